//! What a file says of the modules that it declares.

use super::{Name, Sight, When};
use crate::code::store::stored;

stored! {
    /// `mod a { … }` or `mod a;`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct ModuleDeclaration {
        /// Its name.
        pub name: Name,
        /// What it may be named from.
        pub sight: Sight,
        /// It is compiled for tests alone.
        pub test: bool,
        /// The condition that it stands under in its scope.
        pub when: Option<When>,
        /// It stands under some `cfg`, so that its file may be missing.
        pub conditional: bool,
        /// `#[macro_use]`: its macros of textual scope are seen behind it.
        pub macro_use: bool,
        /// `#[path]`, as written.
        pub path: Option<String>,
        /// The paths of `#[cfg_attr(…, path = …)]`.
        pub alternatives: Vec<Alternative>,
        /// The scope that it opens; none where a file holds it.
        pub inline: Option<u32>,
        /// Where its name starts.
        pub start: u32,
        /// Where its name ends.
        pub end: u32,
    }
}

stored! {
    /// A path that a module has under a condition: `#[cfg_attr(unix, path = "unix.rs")]`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct Alternative {
        /// The path, as written.
        pub path: String,
        /// The condition, with that of the module.
        pub when: Option<When>,
        /// It is compiled for tests alone.
        pub test: bool,
    }
}
