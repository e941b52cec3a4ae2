//! What one file says, before anything is resolved: plain data that depends on the file's text alone, so that the cache
//! can hold it. Names are positions in [`Facts::names`]; places are offsets of bytes in the file.

use smallvec::SmallVec;

use super::Form;
use super::store::stored;

mod modules;

pub use modules::{Alternative, ModuleDeclaration};

/// A name, as a position in [`Facts::names`]. Raw identifiers stand without their `r#`.
pub type Name = u32;

stored! {
    /// What one file says.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct Facts {
        /// Every name that stands in the rest.
        pub names: Vec<String>,
        /// The file's own scope, then those in it: inline modules, and blocks that hold items.
        pub scopes: Vec<Scope>,
        /// What could not be parsed. The rest of the file is here all the same.
        pub failures: Vec<Failure>,
        /// The file holds statements, as only `include!` can use them.
        pub statements: bool,
        /// The file says of itself that it is compiled for tests alone.
        pub test: bool,
    }
}

stored! {
    /// A module, or a block with items of its own.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct Scope {
        /// The scope around it; the file's own has itself.
        pub parent: u32,
        /// A block; names that it does not hold are looked up around it.
        pub block: bool,
        /// What it defines, modules aside.
        pub items: Vec<Item>,
        /// What its `use` and `extern crate` name.
        pub imports: Vec<Import>,
        /// Its `mod`s.
        pub modules: Vec<ModuleDeclaration>,
        /// Paths in it, those of one text together.
        pub paths: Vec<PathUse>,
        /// Its `include!`s.
        pub includes: Vec<Include>,
        /// What its public items show.
        pub shown: Vec<Show>,
        /// Calls of macros that may define items, and whose input is none.
        pub opaque_macros: u32,
        /// Modules that a macro makes from what it is given.
        pub made_modules: u32,
    }
}

stored! {
    /// A path as written: `a::b`, `::a::b`, `crate::a`. `$crate` is read as `crate`.
    #[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
    pub struct PathText {
        /// It starts with `::`.
        pub global: bool,
        /// Its segments, `self`, `super` and `crate` among them.
        pub names: SmallVec<[Name; 4]>,
    }
}

stored! {
    /// What an item may be named from.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct Sight {
        /// It says `pub` and nothing more.
        pub public: bool,
        /// The module that `pub(…)` names; none for an item that is private.
        pub within: Option<PathText>,
    }
}

stored! {
    /// The condition under which something is defined in its scope.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct When {
        /// What a `cfg` asks, or the macro that may leave out what it is given, as text.
        pub name: Name,
        /// It must not hold.
        pub not: bool,
    }
}

/// In which namespaces a name lives, as bits.
pub mod space {
    /// Modules, types, traits.
    pub const TYPE: u32 = 1;
    /// Functions, constants, statics, constructors.
    pub const VALUE: u32 = 2;
    /// Macros.
    pub const MACRO: u32 = 4;
    /// All three.
    pub const ALL: u32 = TYPE | VALUE | MACRO;
}

stored! {
    /// Something that is defined.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct Item {
        /// Its name.
        pub name: Name,
        /// The namespaces that it is in, of [`space`].
        pub spaces: u32,
        /// What it may be named from.
        pub sight: Sight,
        /// The condition that it stands under in its scope.
        pub when: Option<When>,
        /// It stands in code for tests.
        pub test: bool,
        /// A macro that `#[macro_export]` puts into the crate's root.
        pub exported: bool,
        /// Of `macro_rules!`, where its name stands: it is seen from there on, also in the modules that are declared there.
        pub textual: Option<u32>,
        /// The variants of an enum.
        pub variants: Vec<Name>,
        /// The paths that a type alias stands for, each with where it stands.
        pub alias: Vec<PathText>,
        /// The type that a type alias is another name for, where that is written as a path.
        pub stands_for: Option<PathText>,
    }
}

stored! {
    /// One name that `use` or `extern crate` brings, or a glob.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct Import {
        /// What it names; of `extern crate` the crate.
        pub path: PathText,
        /// The name that it is known by; none for a glob and for `_`.
        pub name: Option<Name>,
        /// A glob: it brings every name of what it names.
        pub glob: bool,
        /// `extern crate`.
        pub of_crate: bool,
        /// `use a::{self}`, which brings the module alone.
        pub of_module: bool,
        /// Of `#[macro_use] extern crate` the macros that it lists, none of them where it brings all.
        pub macros: Option<Vec<Name>>,
        /// What the name may be named from.
        pub sight: Sight,
        /// The condition that it stands under in its scope.
        pub when: Option<When>,
        /// It stands in code for tests.
        pub test: bool,
        /// Where its path starts, after the last brace.
        pub start: u32,
        /// Where its path ends.
        pub end: u32,
    }
}

stored! {
    /// All places in one scope where one path stands in one way.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct PathUse {
        /// The path.
        pub path: PathText,
        /// The namespace of its last name, of [`space`].
        pub space: u32,
        /// How it stands there, as [`Form::code`].
        pub form: u32,
        /// It stands in code for tests.
        pub test: bool,
        /// It stands in a macro's definition, so that where it is looked up depends on the call.
        pub in_definition: bool,
        /// Start and end of each, in order.
        pub places: SmallVec<[(u32, u32); 2]>,
    }
}

stored! {
    /// `include!(…)`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct Include {
        /// The file, where it is a literal.
        pub path: Option<String>,
        /// It stands in code for tests.
        pub test: bool,
        /// Where the call starts.
        pub start: u32,
        /// Where the call ends.
        pub end: u32,
    }
}

stored! {
    /// A path in what an item shows to those who use it.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct Show {
        /// The item, as people write it: `Invoice::total`.
        pub item: String,
        /// The item that must be public for this to be shown: the item itself, or the type of an `impl`.
        pub owner: PathText,
        /// The owner is the type of an `impl`.
        pub of_impl: bool,
        /// For an `impl` of a trait, the trait, which must be public too.
        pub of_trait: Option<PathText>,
        /// What is shown.
        pub path: PathText,
        /// How, as `Shown::code`.
        pub how: u32,
        /// Where it starts.
        pub start: u32,
        /// Where it ends.
        pub end: u32,
    }
}

stored! {
    /// What could not be parsed.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct Failure {
        /// Why.
        pub message: String,
        /// Where.
        pub start: u32,
        /// Where it ends.
        pub end: u32,
    }
}

impl Facts {
    /// A file of which only this is known.
    pub fn failed(message: impl Into<String>, start: usize, end: usize) -> Self {
        let [start, end] = [start, end].map(|at| u32::try_from(at).unwrap_or(u32::MAX));
        let message = message.into();
        Self {
            scopes: vec![Scope::default()],
            failures: vec![Failure { message, start, end }],
            ..Self::default()
        }
    }

    /// The text of a name.
    pub fn text(&self, name: Name) -> &str {
        self.names.get(name as usize).map_or("", String::as_str)
    }
}

impl Form {
    /// The form as a number of [`PathUse::form`].
    pub(super) fn code(self) -> u32 {
        match self {
            Self::Use => 0,
            Self::Reexport => 1,
            Self::Path => 2,
            Self::Macro => 3,
            Self::Attribute => 4,
            Self::ExternCrate => 5,
        }
    }

    /// The form of a number; none is a path's.
    pub(super) fn of_code(code: u32) -> Self {
        match code {
            0 => Self::Use,
            1 => Self::Reexport,
            3 => Self::Macro,
            4 => Self::Attribute,
            5 => Self::ExternCrate,
            _ => Self::Path,
        }
    }
}
