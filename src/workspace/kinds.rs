//! The kinds of dependencies, and sets of them.

use std::fmt;

use serde::Serialize;

/// What a dependency is for, as cargo has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum DependencyKind {
    /// `[dependencies]`: the library and its binaries.
    Normal,
    /// `[build-dependencies]`: the build script.
    Build,
    /// `[dev-dependencies]`: tests, examples and benchmarks.
    Dev,
}

impl DependencyKind {
    /// All three, in the order in which edges sort.
    pub const ALL: [Self; 3] = [Self::Normal, Self::Build, Self::Dev];

    /// The word that boundaries.toml and reports use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Build => "build",
            Self::Dev => "dev",
        }
    }
}

impl fmt::Display for DependencyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A set of dependency kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kinds(u8);

impl Kinds {
    /// No kind.
    pub const NONE: Self = Self(0);
    /// Normal and build: what a build of the crate needs.
    pub const BUILD: Self = Self(0b011);
    /// All three.
    pub const ALL: Self = Self(0b111);

    /// Adds a kind.
    #[must_use]
    pub fn with(self, kind: DependencyKind) -> Self {
        Self(self.0 | 1 << kind as u8)
    }

    /// Whether the set holds this kind.
    #[must_use]
    pub fn contains(self, kind: DependencyKind) -> bool {
        self.0 & (1 << kind as u8) != 0
    }
}

impl FromIterator<DependencyKind> for Kinds {
    fn from_iter<T: IntoIterator<Item = DependencyKind>>(kinds: T) -> Self {
        kinds.into_iter().fold(Self::NONE, Self::with)
    }
}
