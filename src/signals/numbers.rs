//! The dependencies in numbers, companions folded: for information, a signal by themselves they are not.

use std::collections::BTreeSet;

use super::evidence::Subject;
use super::links::Links;
use super::statistics::real;

/// The dependencies of a workspace in numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Numbers {
    /// For each unit.
    pub crates: Vec<Coupling>,
    /// Dependencies on a crate that is less stable than the one that depends (R. C. Martin's Stable Dependencies Principle):
    /// dependent first.
    pub against_stability: Vec<(u32, u32)>,
    /// The share of crates that a change to one can reach, itself counted, on average (A. `MacCormack`, J. Rusnak and
    /// C. Baldwin, Exploring the Structure of Complex Software Designs, Management Science 52, 2006).
    pub propagation_cost: f64,
}

/// How a crate hangs together with others.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Coupling {
    /// Crates that depend on it.
    pub afferent: u32,
    /// Crates that it depends on.
    pub efferent: u32,
    /// The second over both, from 0 (stable) to 1; 0 where there is neither.
    pub instability: f64,
}

/// The numbers of a workspace: what is built counts, dev-dependencies do not.
#[must_use]
pub fn numbers(subject: &Subject<'_>) -> Numbers {
    let links = Links::new(subject.graph, subject.units).built;
    let mut crates = vec![Coupling::default(); subject.units.all.len()];
    for (from, to) in &links {
        crates[*from as usize].efferent += 1;
        crates[*to as usize].afferent += 1;
    }
    for coupling in &mut crates {
        let both = coupling.afferent + coupling.efferent;
        coupling.instability = super::statistics::share(coupling.efferent, both);
    }
    let stable = |unit: u32| crates[unit as usize].instability;
    let against_stability = links
        .iter()
        .filter(|(from, to)| stable(*to) > stable(*from))
        .copied()
        .collect();
    let reached: usize = (0..).take(crates.len()).map(|unit| reach(&links, unit)).sum();
    let all = real(crates.len());
    Numbers {
        propagation_cost: if crates.is_empty() {
            0.0
        } else {
            real(reached) / (all * all)
        },
        against_stability,
        crates,
    }
}

/// How many units one reaches by its dependencies, itself counted.
fn reach(links: &BTreeSet<(u32, u32)>, start: u32) -> usize {
    let mut seen = BTreeSet::from([start]);
    let mut left = vec![start];
    while let Some(unit) = left.pop() {
        let used = links.range((unit, 0)..=(unit, u32::MAX)).map(|(_, to)| *to);
        left.extend(used.filter(|to| seen.insert(*to)));
    }
    seen.len()
}
