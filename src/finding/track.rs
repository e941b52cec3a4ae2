//! What history says of the edge that a finding is about: plain data beside the finding.

use serde::Serialize;

/// How an edge fared in history; there with `--with-history` alone.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Track {
    /// The crates whose commits were counted: of a cycle those of the edge that ripples least, else those of the finding. The dependent
    /// comes first.
    pub crates: [String; 2],
    /// Commits that change each.
    pub commits: [u32; 2],
    /// Commits that change both.
    pub shared: u32,
    /// How many would by chance; null where fewer than 5 commits change both.
    pub expected: Option<f64>,
    /// So many times more than chance they are, at least (95 %); null where `expected` is.
    pub at_least: Option<f64>,
    /// The share of the dependency's commits that change the dependent too.
    pub ripple: f64,
    /// So high is that share at least (95 %).
    pub ripple_at_least: f64,
    /// How often the source of the dependent names the dependency; null where no source was read.
    pub references: Option<u32>,
    /// What that suggests.
    pub suggests: Suggestion,
    /// The same for people: a lowercase phrase with names in backticks.
    pub text: String,
}

/// What an edge's history suggests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Suggestion {
    /// The two do not change together: the rule and history agree, and the code is what to mend.
    MendTheCode,
    /// They change together more than chance, or a change to one keeps reaching the other: look at the boundary first.
    LookAtTheBoundary,
    /// There are too few commits to say.
    TooFewCommits,
}
