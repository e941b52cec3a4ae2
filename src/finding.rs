//! Findings: plain data that every report is written from. `rules` makes candidates of them, `report` decides which
//! count.

use std::fmt;

use serde::Serialize;

use crate::source::{Location, Span};
use crate::workspace::DependencyKind;

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
    /// A member that no layer claims.
    UnassignedLayer,
    /// A member that no context claims.
    UnassignedContext,
    /// An exception that excuses nothing any more.
    StaleException,
    /// A line of the baseline that excuses nothing any more.
    StaleBaseline,
    /// An exception whose `until` has passed.
    ExpiredException,
    /// An exception whose `until` is near.
    ExpiringException,
    /// An exception that excuses more or fewer edges than it expects.
    ExceptionCount,
    /// A ban names an external that is one letter away from one that is there.
    UnknownExternal,
}

impl Code {
    /// Every code, in the order of the reference. For one edge the earlier of two codes of a family is reported.
    pub const ALL: [Self; 19] = [
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
        Self::UnassignedLayer,
        Self::UnassignedContext,
        Self::StaleException,
        Self::StaleBaseline,
        Self::ExpiredException,
        Self::ExpiringException,
        Self::ExceptionCount,
        Self::UnknownExternal,
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
            Self::UnassignedLayer => "unassigned-layer",
            Self::UnassignedContext => "unassigned-context",
            Self::StaleException => "stale-exception",
            Self::StaleBaseline => "stale-baseline",
            Self::ExpiredException => "expired-exception",
            Self::ExpiringException => "expiring-exception",
            Self::ExceptionCount => "exception-count",
            Self::UnknownExternal => "unknown-external",
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
            | Self::ExpiringException
            | Self::UnknownExternal => Level::Warn,
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
    /// What is to be seen at the primary place, for the reports that quote it.
    #[serde(skip)]
    pub(crate) label: String,
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
