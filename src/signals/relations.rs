//! Relations that boundaries.toml declares between contexts, as expectations that history tests.
//!
//! The relations are those of context mapping: Evans, *Domain-Driven Design* (2003), chapter 14; *Domain-Driven Design Reference*
//! (2015) for Partnership. What each of them lets one expect of a history is ours, and stands at [`judge`]: the literature speaks of
//! teams and models, and numbers can contradict a declaration but never prove it.

use crate::config::{Config, Relation};
use crate::signals::SignalId;
use crate::signals::history::CommitId;

mod measure;

pub use measure::test;

/// Fewer commits on a side say nothing.
pub const ENOUGH: u32 = 10;
/// Fewer shared commits are no evidence against a relation.
pub const SHARED: u32 = 5;
/// Two that go separate ways do not change together as often as this beyond chance.
pub const TOGETHER: f64 = 1.5;
/// What is published ripples less than this.
pub const RIPPLE: f64 = 0.25;
/// More often than not.
pub const HALF: f64 = 0.5;

/// What is known of two contexts, the one that declares the relation first.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Numbers {
    /// Commits that touch each.
    pub commits: [u32; 2],
    /// Commits that touch both.
    pub shared: u32,
    /// How many would by chance.
    pub expected: f64,
    /// So many times more than chance they are, with a certainty of 95 %.
    pub at_least: f64,
    /// The share of the other's commits that change the declaring context too, at least, with a certainty of 95 %.
    pub ripple: f64,
    /// The share of the less active one's commits that change both, at least, with a certainty of 95 %.
    pub bound: f64,
    /// Dependencies between crates of the two: from the declaring context to the other, and back. Those of tests alone do not count.
    pub edges: [u32; 2],
    /// Whether the history says enough at all.
    pub enough: bool,
}

/// What history says of a declared relation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It does not hold, for these reasons.
    Broken(Vec<Reason>),
    /// Nothing speaks against it.
    Holds,
    /// Nothing can be said, for want of commits.
    Unknown,
}

/// Why a relation does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// A crate of one depends on a crate of the other.
    Dependency,
    /// The upstream context depends on the downstream one.
    WrongWay,
    /// They change together more than chance.
    Together,
    /// Changes of the upstream context reach the downstream one.
    Ripples,
    /// The upstream context changes with the downstream one more often than not.
    Bound,
}

impl Reason {
    /// Whether it stands in the manifests, and not in the history.
    #[must_use]
    pub fn is_of_today(self) -> bool {
        matches!(self, Self::Dependency | Self::WrongWay)
    }
}

/// A relation and what history says of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Tested {
    /// The context that declares it, by position in the configuration.
    pub context: usize,
    /// The other.
    pub other: usize,
    /// What is declared.
    pub relation: Relation,
    /// The word in boundaries.toml.
    pub word: crate::source::Span,
    /// The numbers.
    pub numbers: Numbers,
    /// What they say.
    pub outcome: Outcome,
    /// Of a relation that does not hold: commits to look at.
    pub examples: Vec<CommitId>,
}

/// What these numbers say of a relation.
///
/// | relation | does not hold where |
/// |---|---|
/// | published language | a change of the published context ripples into the one that uses it in a quarter of the cases or more |
/// | separate ways | a crate of one depends on a crate of the other, or they change together 1.5 times as often as by chance, or more |
/// | partnership | never: that both change together is what was agreed |
/// | conformist | the upstream context depends on the downstream one: it then has a reason to care. Ripples are what was accepted |
/// | customer and supplier | the supplier depends on its customer, or half of its changes or more need the customer's: what was planned for one customer has an interface that lets the supplier change behind it |
/// | shared kernel | half of the changes of the less active context or more touch the other: what is shared was to be a small part |
#[must_use]
pub fn judge(relation: Relation, numbers: &Numbers) -> Outcome {
    let mut reasons = Vec::new();
    let many = numbers.shared >= SHARED;
    match relation {
        Relation::SeparateWays => {
            if numbers.edges != [0, 0] {
                reasons.push(Reason::Dependency);
            }
            if many && numbers.at_least >= TOGETHER {
                reasons.push(Reason::Together);
            }
        }
        Relation::PublishedLanguage => {
            if many && numbers.ripple >= RIPPLE {
                reasons.push(Reason::Ripples);
            }
        }
        Relation::Conformist | Relation::CustomerSupplier => {
            if numbers.edges[1] > 0 {
                reasons.push(Reason::WrongWay);
            }
            if relation == Relation::CustomerSupplier && many && numbers.ripple >= HALF {
                reasons.push(Reason::Bound);
            }
        }
        Relation::SharedKernel => {
            if many && numbers.bound >= HALF {
                reasons.push(Reason::Bound);
            }
        }
        Relation::Partnership => {}
    }
    // What the history says counts only where there is enough of it; a dependency is there or not.
    reasons.retain(|reason| numbers.enough || reason.is_of_today());
    let known = numbers.enough && numbers.commits.iter().all(|commits| *commits >= ENOUGH);
    match reasons.as_slice() {
        [] if known || relation == Relation::Partnership => Outcome::Holds,
        [] => Outcome::Unknown,
        _ => Outcome::Broken(reasons),
    }
}

/// The declared relation that makes a signal between two contexts expected: it is listed then, and flags nothing. For a ripple the
/// dependent comes first.
#[must_use]
pub fn expected_by(config: &Config, first: usize, second: usize, signal: SignalId) -> Option<Relation> {
    if !matches!(signal, SignalId::CoChange | SignalId::HiddenCoupling | SignalId::Ripple) {
        return None;
    }
    let declared = |from: usize, to: usize| {
        let name = &config.contexts.get(to)?.name.value;
        let lines = &config.contexts.get(from)?.relations;
        lines
            .iter()
            .find(|line| line.other.value == *name)
            .map(|line| line.relation)
    };
    let (own, back) = (declared(first, second), declared(second, first));
    let relation = own.or(back)?;
    match relation {
        Relation::Partnership | Relation::SharedKernel => Some(relation),
        // A ripple is expected downstream alone; that the two change together does not tell who follows whom.
        Relation::Conformist | Relation::CustomerSupplier => {
            (signal != SignalId::Ripple || own.is_some()).then_some(relation)
        }
        Relation::PublishedLanguage | Relation::SeparateWays => None,
    }
}

#[cfg(test)]
mod tests;
