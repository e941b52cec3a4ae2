//! What is known of a scope while its file is walked.

use super::super::facts::Name;
use super::super::hash::{FastMap, FastSet};

/// What a scope holds, as far as the file says.
#[derive(Default)]
pub struct Held {
    /// Namespaces in which a name is defined, modules aside.
    pub items: FastMap<Name, u32>,
    /// The modules.
    pub modules: FastSet<Name>,
    /// Whether a name is imported.
    pub imports: FastSet<Name>,
    /// The type aliases among the items.
    pub aliases: FastSet<Name>,
    /// There is a glob, which may bring any name.
    pub globs: bool,
}

/// The bit beside those of [`facts::space`](super::super::facts::space) of a name that some item has under a condition.
pub const CONDITIONAL: u32 = 8;

impl Held {
    /// Whether an item defines this name in one of these namespaces.
    pub fn defines(&self, name: Name, spaces: u32) -> bool {
        self.items.get(&name).is_some_and(|of| of & spaces != 0)
    }

    /// Whether a name that an item defines may be imported where the item's condition does not hold.
    pub fn imports_beside(&self, name: Name) -> bool {
        self.defines(name, CONDITIONAL) && (self.imports.contains(&name) || self.globs)
    }
}
