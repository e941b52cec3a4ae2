//! Signals from history that a boundary may lie in the wrong place: crates that keep changing together, dependencies whose
//! every change ripples, contexts that no team can change alone. Evidence and ways out, never a verdict.

use std::fmt;
use std::str::FromStr;

use crate::config::nearest::{listed, nearest, quoted};

pub mod calls;
mod carriers;
pub mod evidence;
pub mod facade;
pub mod fit;
pub mod history;
pub mod judge;
pub mod links;
pub mod numbers;
pub mod pairs;
pub mod relations;
pub mod ripples;
pub mod split;
pub mod statistics;
pub mod table;
#[cfg(test)]
mod tests;
pub mod trend;
pub mod units;
mod ways_out;

/// So many months of history are read unless somebody asks for others.
pub const MONTHS: u32 = 24;
/// What chance is drawn from. It is fixed, so that the same history gives the same answer to everybody.
pub const SEED: u64 = 1;

/// What a signal is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SignalId {
    /// Two crates of different contexts, or two contexts, change together more than chance has it.
    CoChange,
    /// Two crates change together and none depends on the other.
    HiddenCoupling,
    /// A crate keeps changing when one that it depends on does.
    Ripple,
    /// How often a crate's source names another whose changes reach it.
    Calls,
    /// A crate that a single other one uses, and that seldom changes without it.
    MergeCandidate,
    /// A module that already changes alone.
    SplitCandidate,
    /// A crate whose commits fit another context better.
    ContextFit,
    /// A relation that boundaries.toml declares and history does not bear out.
    Relation,
    /// How many commits touch more than one context.
    Crossing,
    /// The dependencies in numbers.
    Graph,
}

impl SignalId {
    /// Every signal, in the order of the reports.
    pub const ALL: [Self; 10] = [
        Self::HiddenCoupling,
        Self::CoChange,
        Self::Ripple,
        Self::Calls,
        Self::MergeCandidate,
        Self::SplitCandidate,
        Self::ContextFit,
        Self::Relation,
        Self::Crossing,
        Self::Graph,
    ];

    /// Whether it informs, and flags nothing.
    #[must_use]
    pub fn informs(self) -> bool {
        matches!(self, Self::Crossing | Self::Graph)
    }

    /// Whether it is held against what chance would give.
    #[must_use]
    pub fn asks_chance(self) -> bool {
        match self {
            Self::CoChange
            | Self::HiddenCoupling
            | Self::Ripple
            | Self::Calls
            | Self::MergeCandidate
            | Self::ContextFit
            | Self::Relation => true,
            Self::SplitCandidate | Self::Crossing | Self::Graph => false,
        }
    }

    /// The word that the command line and the reports use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CoChange => "co-change",
            Self::HiddenCoupling => "hidden-coupling",
            Self::Ripple => "ripple",
            Self::Calls => "calls",
            Self::MergeCandidate => "merge-candidate",
            Self::SplitCandidate => "split-candidate",
            Self::ContextFit => "context-fit",
            Self::Relation => "relation",
            Self::Crossing => "crossing",
            Self::Graph => "graph",
        }
    }
}

impl fmt::Display for SignalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for SignalId {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        if let Some(id) = Self::ALL.into_iter().find(|id| id.as_str() == word) {
            return Ok(id);
        }
        let names = || Self::ALL.into_iter().map(Self::as_str);
        Err(match nearest(word, names()) {
            Some(near) => format!("no signal is called {}; did you mean `{near}`?", quoted(word)),
            None => format!("the signals are {}", listed(names(), "and")),
        })
    }
}
