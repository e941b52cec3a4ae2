//! Findings: plain data that every report is written from. `rules` makes candidates of them, `report` decides which
//! count.

use std::fmt;

use serde::Serialize;

use crate::source::{Location, Span};
use crate::workspace::DependencyKind;

mod code;
mod identity;
mod track;

pub use code::Code;
pub use identity::EdgeIdentity;
pub use track::{Suggestion, Track};

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Not reported.
    Allow,
    /// Reported; the run still passes unless told `--deny-warnings`.
    Warn,
    /// Reported; the run fails with exit code 1.
    Deny,
}

impl Level {
    /// The word that boundaries.toml and reports use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Warn => "warn",
            Self::Deny => "deny",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Whether a finding counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// It counts.
    Active,
    /// An exception of boundaries.toml covers it.
    Excepted,
    /// The baseline covers it.
    Baselined,
}

/// What a run found: one edge, one path, one cycle, one member or one exception that a rule objects to.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Finding {
    /// What kind of finding it is; `explain` says more of it.
    #[cfg_attr(test, schemars(with = "String"))]
    pub code: Code,
    /// The rule's `name` for named rules, else the code.
    pub rule: String,
    /// How much it weighs.
    pub level: Level,
    /// Whether it counts.
    pub status: Status,
    /// A lowercase phrase with names in backticks.
    pub message: String,
    /// Why the rule stands, as boundaries.toml has it.
    pub reason: Option<String>,
    /// The package, or `context:NAME` or `layer:NAME` for cycles over those; empty where no edge is concerned.
    pub from: String,
    /// The package, or unit, at the other end.
    pub to: String,
    /// Whether `to` is no member.
    pub external: bool,
    /// The dependency's kind, of the first hop for paths; none where no single edge is concerned.
    pub kind: Option<DependencyKind>,
    /// The whole path, or the cycle's members in order.
    pub path: Vec<String>,
    /// Other crates that break the same rule only through `from`: the fix is there.
    pub also_affects: Vec<String>,
    /// Whom the contexts concerned belong to.
    pub owners: Vec<String>,
    /// The declarations of the edge, in file order.
    pub declarations: Vec<Declaration>,
    /// The path or cycle, one hop each.
    pub hops: Vec<Hop>,
    /// Where to look first.
    pub primary: Location,
    /// Other places that explain it: the line in the root manifest, the rule.
    pub related: Vec<Related>,
    /// Ways out.
    pub help: Vec<String>,
    /// What stays the same while lines move: rule, from, to and kind.
    pub fingerprint: String,
    /// How the source uses it, where source was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usage: Option<Usage>,
    /// What history says of the edge; there with `--with-history` alone, and only where it says something.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub history: Option<Track>,
    /// What is to be seen at the primary place, for the reports that quote it.
    #[serde(skip)]
    pub(crate) label: String,
    /// What the baseline has to name to excuse it; empty where no baseline can.
    #[serde(skip)]
    pub(crate) excusable: Vec<EdgeIdentity>,
    /// All units that reach each other, sorted, where it is about a cycle.
    #[serde(skip)]
    pub(crate) component: Vec<String>,
}

/// One declaration of a dependency.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Declaration {
    /// The dependency's key.
    #[serde(flatten)]
    pub location: Location,
    /// `cfg(…)` or a triple.
    pub target: Option<String>,
    /// Whether it is optional.
    pub optional: bool,
    /// The name that the crate uses, where it is not the package's own.
    pub rename: Option<String>,
    /// Whether `[workspace.dependencies]` says what it is.
    pub inherited: bool,
}

/// How the source of `from` names `to`; of a path, how it names the package behind the first hop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Usage {
    /// How many places name it. None does not say that it can go: what macros make is not seen.
    pub references: usize,
    /// The first three of them, without the one that the finding itself points at.
    pub places: Vec<Location>,
}

/// One step of a path or a cycle.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Hop {
    /// The package that depends.
    pub from: String,
    /// The package depended on.
    pub to: String,
    /// The kind of dependency; none where only the lockfile knows of it.
    pub kind: Option<DependencyKind>,
    /// The manifest (or Cargo.lock) that declares it.
    pub file: String,
    /// The 1-based line there.
    pub line: usize,
    /// The version of `to`, where it is an external and the lockfile gives one.
    pub version: Option<String>,
    /// The feature that opens the hop, where that is known.
    pub feature: Option<String>,
}

/// A place that explains a finding.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Related {
    /// Where.
    #[serde(flatten)]
    pub location: Location,
    /// What is to be seen there.
    pub message: String,
}

/// A place and what is to be seen there, before it has lines and columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is to be seen.
    pub text: String,
}
