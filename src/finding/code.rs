//! The codes: what kinds of findings there are.

use std::fmt;

use serde::Serialize;

use super::Level;

/// What a rule reports: the word in brackets, the page of the reference, the subject of `explain`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Code {
    /// An edge goes up the stack, across to a layer of the same rank, or to one that `may-use` does not list.
    Layer,
    /// An edge inside an `independent` layer.
    LayerSibling,
    /// An edge passes over a `closed` layer.
    LayerSkip,
    /// An edge into a context that `may-use` does not list.
    ContextUndeclared,
    /// An edge into another context's crate that is not public to it.
    ContextPrivate,
    /// Contexts use each other in a cycle.
    ContextCycle,
    /// `[[forbidden]]`.
    Forbidden,
    /// `[[allowed]]`.
    NotAllowed,
    /// `[[protected]]` and `[externals]`.
    Protected,
    /// `[[independent]]`.
    Independent,
    /// `[[acyclic]]`.
    Cycle,
    /// `[[gateway]]`.
    Gateway,
    /// `[[features]]`.
    Feature,
    /// `[[exposed]]`.
    Exposed,
    /// A member that no layer claims.
    UnassignedLayer,
    /// A member that no context claims.
    UnassignedContext,
    /// An exception that excuses nothing any more.
    StaleException,
    /// A line of the baseline that excuses nothing any more.
    StaleBaseline,
    /// An edge that an earlier revision's boundaries.toml forbade and today's allows.
    LegalisedEdge,
    /// A line of the baseline that an earlier revision's baseline did not have.
    GrownBaseline,
    /// An exception whose `until` has passed.
    ExpiredException,
    /// An exception whose `until` is near.
    ExpiringException,
    /// An exception that excuses more or fewer edges than it expects.
    ExceptionCount,
    /// A ban names an external that is one letter away from one that is there.
    UnknownExternal,
    /// An entry of a list that permits something, which no edge needs.
    UnusedPermission,
}

impl Code {
    /// Every code, in the order of the reference. For one edge the earlier of two codes of a family is reported.
    pub const ALL: [Self; 25] = [
        Self::Layer,
        Self::LayerSibling,
        Self::LayerSkip,
        Self::ContextUndeclared,
        Self::ContextPrivate,
        Self::ContextCycle,
        Self::Forbidden,
        Self::NotAllowed,
        Self::Protected,
        Self::Independent,
        Self::Cycle,
        Self::Gateway,
        Self::Feature,
        Self::Exposed,
        Self::UnassignedLayer,
        Self::UnassignedContext,
        Self::StaleException,
        Self::StaleBaseline,
        Self::ExpiredException,
        Self::ExpiringException,
        Self::ExceptionCount,
        Self::UnknownExternal,
        Self::UnusedPermission,
        Self::LegalisedEdge,
        Self::GrownBaseline,
    ];

    /// The code as boundaries.toml and reports write it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Layer => "layer",
            Self::LayerSibling => "layer-sibling",
            Self::LayerSkip => "layer-skip",
            Self::ContextUndeclared => "context-undeclared",
            Self::ContextPrivate => "context-private",
            Self::ContextCycle => "context-cycle",
            Self::Forbidden => "forbidden",
            Self::NotAllowed => "not-allowed",
            Self::Protected => "protected",
            Self::Independent => "independent",
            Self::Cycle => "cycle",
            Self::Gateway => "gateway",
            Self::Feature => "feature",
            Self::Exposed => "exposed",
            Self::UnassignedLayer => "unassigned-layer",
            Self::UnassignedContext => "unassigned-context",
            Self::StaleException => "stale-exception",
            Self::StaleBaseline => "stale-baseline",
            Self::LegalisedEdge => "legalised-edge",
            Self::GrownBaseline => "grown-baseline",
            Self::ExpiredException => "expired-exception",
            Self::ExpiringException => "expiring-exception",
            Self::ExceptionCount => "exception-count",
            Self::UnknownExternal => "unknown-external",
            Self::UnusedPermission => "unused-permission",
        }
    }

    /// The code of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.as_str() == name)
    }

    /// The level where nothing else is said.
    #[must_use]
    pub fn default_level(self) -> Level {
        match self {
            Self::UnassignedLayer
            | Self::UnassignedContext
            | Self::StaleException
            | Self::StaleBaseline
            | Self::LegalisedEdge
            | Self::ExpiringException
            | Self::UnknownExternal => Level::Warn,
            Self::UnusedPermission => Level::Allow,
            _ => Level::Deny,
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
