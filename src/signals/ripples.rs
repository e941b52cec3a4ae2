//! What a change to a dependency brings along: `ripple`, and `merge-candidate` where a crate has a single user.

use std::collections::BTreeMap;

use super::SignalId;
use super::carriers::{carriers, count, examples, shared};
use super::evidence::{Counts, Signal, Subject};
use super::judge::Tables;
use super::pairs::{SHARED, counts};
use super::statistics::{share, wilson};
use super::ways_out;

/// So often, at least, a change to a dependency must change its user too.
pub const RIPPLE: f64 = 0.25;
/// So often a change to a crate must change its only user too for joining the two to be considered.
const MERGE: f64 = 0.33;

/// The numbers of a dependency, the dependent first.
#[must_use]
pub fn ripple(tables: &Tables<'_>, dependent: u32, dependency: u32) -> Counts {
    let pair = (dependent.min(dependency), dependent.max(dependency));
    let mut counts = counts(tables, pair);
    if pair.0 != dependent {
        counts.commits.reverse();
    }
    let all = counts.commits[1];
    counts.share = Some(share(counts.shared, all));
    counts.share_at_least = Some(wilson(counts.shared, all));
    counts
}

/// The dependencies whose changes keep reaching their users, the dependent first.
#[must_use]
pub fn reaching(tables: &Tables<'_>) -> Vec<(u32, u32)> {
    let reaches = |(from, to): &&(u32, u32)| {
        let counts = ripple(tables, *from, *to);
        // A crate that half of all commits change is changed with everything: that is no ripple.
        let more_than_chance = counts.at_least > 1.0;
        let facade = tables.facade[*from as usize] || tables.facade[*to as usize];
        !facade && counts.shared >= SHARED && counts.share_at_least >= Some(RIPPLE) && more_than_chance
    };
    tables.links.built.iter().filter(reaches).copied().collect()
}

/// The ripples, each with what it can be read from.
pub fn ripples(subject: &Subject<'_>, tables: &Tables<'_>) -> Vec<Signal> {
    let reached = reaching(tables);
    let mut breadth: BTreeMap<u32, u32> = BTreeMap::new();
    for (_, to) in &reached {
        *breadth.entry(*to).or_default() += 1;
    }
    let signals = reached.into_iter().map(|(from, to)| {
        let mut counts = ripple(tables, from, to);
        counts.breadth = Some(breadth[&to]);
        signal(subject, SignalId::Ripple, [from, to], counts)
    });
    signals.collect()
}

/// The dependencies whose changes keep reaching their users, for [`calls`](super::calls) to weigh against what source says.
pub fn calls(subject: &Subject<'_>, tables: &Tables<'_>) -> Vec<Signal> {
    let reached = reaching(tables).into_iter();
    let signals = reached.map(|(from, to)| signal(subject, SignalId::Calls, [from, to], ripple(tables, from, to)));
    signals.collect()
}

/// The crates that a single other one uses and that seldom change without it.
pub fn merges(subject: &Subject<'_>, tables: &Tables<'_>) -> Vec<Signal> {
    let mut signals = Vec::new();
    for (number, unit) in (0..).zip(&subject.units.all) {
        let users = tables.links.users(number);
        let [user] = users.as_slice() else { continue };
        let members = || std::iter::once(unit.node).chain(unit.companions.iter().copied());
        let workspace = subject.graph.workspace();
        let published = members().any(|node| workspace.members[node.index()].published);
        let counts = ripple(tables, *user, number);
        let owned = (subject.same_owner)(subject.units.all[*user as usize].node, unit.node);
        if published || !owned || unit.facade || counts.shared < SHARED || counts.share < Some(MERGE) {
            continue;
        }
        signals.push(signal(subject, SignalId::MergeCandidate, [*user, number], counts));
    }
    signals
}

fn signal(subject: &Subject<'_>, id: SignalId, units: [u32; 2], counts: Counts) -> Signal {
    let commits = shared(subject.history, units);
    debug_assert_eq!(count(commits.len()), counts.shared);
    let contexts = units.map(|unit| subject.context_of[unit as usize]);
    let (files, carried) = carriers(&commits, units);
    let expected_by = match contexts {
        [Some(one), Some(other)] if one != other => (subject.expected_by)(one, other, id),
        _ => None,
    };
    let mut signal = Signal {
        id,
        units: units.to_vec(),
        contexts: contexts.to_vec(),
        module: None,
        counts,
        files,
        carried,
        examples: examples(&commits),
        suggestions: Vec::new(),
        expected_by,
    };
    signal.suggestions = match id {
        SignalId::Ripple => ways_out::of_ripple(subject, &signal),
        SignalId::Calls => Vec::new(),
        _ => ways_out::of_merge(subject, &signal),
    };
    signal
}
