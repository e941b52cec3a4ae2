//! What is asked of a history, and what it answers: plain data, for every format.

use super::SignalId;
use super::history::{CommitId, History};
use super::units::Units;
use crate::config::Config;
use crate::graph::Graph;
use crate::workspace::NodeId;

/// What is judged: a history, and what the workspace says of itself.
pub struct Subject<'s> {
    /// The declared dependencies.
    pub graph: &'s Graph<'s>,
    /// The crates that history is counted by.
    pub units: &'s Units,
    /// The commits.
    pub history: &'s History,
    /// The names of the declared contexts; none without a boundaries.toml.
    pub contexts: Vec<String>,
    /// For each unit its context, by position in `contexts`.
    pub context_of: Vec<Option<u32>>,
    /// boundaries.toml, where there is one.
    pub config: Option<&'s Config>,
    /// The declared relation that makes a signal between two contexts expected, as a person reads it; the contexts in the
    /// order of the signal's crates.
    pub expected_by: &'s dyn Fn(u32, u32, SignalId) -> Option<String>,
    /// Whether two members have the same owners, as far as somebody wrote down owners.
    pub same_owner: &'s dyn Fn(NodeId, NodeId) -> bool,
    /// What chance is drawn from: the same seed gives the same answer.
    pub seed: u64,
}

/// Evidence that a boundary may lie in the wrong place.
#[derive(Clone, Debug, PartialEq)]
pub struct Signal {
    /// What it is about.
    pub id: SignalId,
    /// The units: by name where neither comes first, dependent and dependency for ripples and merges. Empty where two
    /// contexts are meant.
    pub units: Vec<u32>,
    /// The contexts of the units, or the contexts that are meant.
    pub contexts: Vec<Option<u32>>,
    /// The module of a split, as its path in the crate.
    pub module: Option<String>,
    /// The numbers.
    pub counts: Counts,
    /// Pairs of files that carry it, by position in [`History::paths`], those that carry most first.
    pub files: Vec<Carrier>,
    /// How many of the shared commits touch one of these pairs.
    pub carried: u32,
    /// Commits to look at.
    pub examples: Vec<CommitId>,
    /// Ways out, the cheapest first.
    pub suggestions: Vec<Suggestion>,
    /// The declared relation that makes it expected.
    pub expected_by: Option<String>,
}

/// Two files that change together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Carrier {
    /// The file in the first crate, and that in the second.
    pub files: [u32; 2],
    /// How many commits touch both.
    pub commits: u32,
}

/// The numbers of a signal.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Counts {
    /// Commits that touch both.
    pub shared: u32,
    /// Commits that touch each.
    pub commits: [u32; 2],
    /// How many would touch both by chance.
    pub expected: f64,
    /// So many times more than chance they do, with a certainty of 95 %.
    pub at_least: f64,
    /// How often chance gives as many, or more.
    pub chance: f64,
    /// The share that the signal is about: of the dependency's commits, those that change the dependent too; of a module's,
    /// those that change it alone.
    pub share: Option<f64>,
    /// So high is that share at least, with a certainty of 95 %.
    pub share_at_least: Option<f64>,
    /// How many crates the ripple reaches.
    pub breadth: Option<u32>,
    /// How often the source of the dependent names the dependency.
    pub references: Option<u32>,
}

/// A way out, and what speaks against it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// What to do.
    pub way: String,
    /// What speaks against it.
    pub against: String,
}
