//! How lists are evaluated, and what comes of it.

use fixedbitset::FixedBitSet;

use crate::architecture::selection::Selection;

/// Which externals a list may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::architecture) enum Externals {
    /// A ban: what is not there today may be named.
    Ban,
    /// A permission: what is named must be there.
    Permit,
    /// A permission along paths: also third-party packages on which no member depends can be meant, which Cargo.lock
    /// holds.
    Reach,
    /// None: the list takes members.
    No,
}

/// How a list is evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::architecture) struct Manner {
    /// Which externals it may name.
    pub externals: Externals,
    /// Whether selectors may select nothing.
    pub allow_empty: bool,
    /// Whether a module and a package stand for themselves alone, and not for the modules below them too: exceptions
    /// excuse by identity.
    pub alone: bool,
}

impl Manner {
    /// A list of members.
    pub fn members(allow_empty: bool) -> Self {
        Self {
            allow_empty,
            ..Self::packages(Externals::No)
        }
    }

    /// A list of packages.
    pub fn packages(externals: Externals) -> Self {
        Self {
            externals,
            allow_empty: false,
            alone: false,
        }
    }
}

/// What one selector selects.
#[derive(Clone, Debug)]
pub(in crate::architecture) struct Selected {
    pub selection: Selection,
    /// The members among it that it names exactly, itself or through a group.
    pub exact: FixedBitSet,
    /// The modules that it names: what is below them is selected because they are.
    pub bases: FixedBitSet,
    /// Selecting nothing is no mistake: the reason was given elsewhere, or it is a ban on what is not there.
    pub(super) may_be_empty: bool,
}
