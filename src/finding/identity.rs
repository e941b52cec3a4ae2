//! What stays the same of an edge while lines move and levels change.

use crate::workspace::DependencyKind;

/// What the baseline knows an edge by: never a line, never a level.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EdgeIdentity {
    /// A code or a rule's name.
    pub rule: String,
    /// The package or unit.
    pub from: String,
    /// The package or unit; an external as `external:NAME`.
    pub to: String,
    /// The kind.
    pub kind: DependencyKind,
}
