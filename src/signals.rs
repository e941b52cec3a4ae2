//! Signals from history that a boundary may lie in the wrong place: crates that keep changing together, dependencies whose
//! every change ripples, contexts that no team can change alone. Evidence and ways out, never a verdict.

use std::fmt;
use std::str::FromStr;

use crate::config::nearest::{listed, nearest, quoted};

pub mod evidence;
pub mod history;
pub mod units;

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
    /// A crate that a single other one uses, and that seldom changes without it.
    MergeCandidate,
    /// A module that already changes alone.
    SplitCandidate,
    /// A crate whose commits fit another context better.
    ContextFit,
    /// How many commits touch more than one context.
    Crossing,
    /// The dependencies in numbers.
    Graph,
}

impl SignalId {
    /// Every signal, in the order of the reports.
    pub const ALL: [Self; 8] = [
        Self::HiddenCoupling,
        Self::CoChange,
        Self::Ripple,
        Self::MergeCandidate,
        Self::SplitCandidate,
        Self::ContextFit,
        Self::Crossing,
        Self::Graph,
    ];

    /// The word that the command line and the reports use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CoChange => "co-change",
            Self::HiddenCoupling => "hidden-coupling",
            Self::Ripple => "ripple",
            Self::MergeCandidate => "merge-candidate",
            Self::SplitCandidate => "split-candidate",
            Self::ContextFit => "context-fit",
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
