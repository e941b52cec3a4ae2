//! What a change to a dependency brings along: `ripple`, and `merge-candidate` where a crate has a single user.

use std::collections::BTreeMap;

use super::SignalId;
use super::carriers::{shared, signal};
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
        let mut signal = of_two(subject, SignalId::Ripple, [from, to], counts);
        signal.suggestions = ways_out::of_ripple(subject, &signal);
        signal
    });
    signals.collect()
}

/// The dependencies whose changes keep reaching their users, for [`calls`](super::calls) to weigh against what source says.
pub fn calls(subject: &Subject<'_>, tables: &Tables<'_>) -> Vec<Signal> {
    let reached = reaching(tables).into_iter();
    let signals = reached.map(|(from, to)| of_two(subject, SignalId::Calls, [from, to], ripple(tables, from, to)));
    signals.collect()
}

/// Why joining a crate to its user is not to be considered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Against {
    /// No crate depends on it.
    NoUser,
    /// More than one does.
    ManyUsers,
    /// It only re-exports others.
    Facade,
    /// Others than this workspace may depend on it.
    Published,
    /// CODEOWNERS gives it to others than its user.
    OtherOwner,
    /// Too few commits change both.
    FewShared,
    /// It changes without its user too often.
    ChangesAlone,
}

/// The only user of a crate, where it has just one, and all that speaks against joining the two.
#[must_use]
pub fn against_joining(subject: &Subject<'_>, tables: &Tables<'_>, number: u32) -> (Option<u32>, Vec<Against>) {
    let unit = &subject.units.all[number as usize];
    let members = || std::iter::once(unit.node).chain(unit.companions.iter().copied());
    let workspace = subject.graph.workspace();
    let mut against = Vec::new();
    let mut say = |holds: bool, why: Against| against.extend(holds.then_some(why));
    say(unit.facade, Against::Facade);
    let published = members().any(|node| workspace.members[node.index()].published);
    say(published, Against::Published);
    let users = tables.links.users(number);
    let [user] = users.as_slice() else {
        say(users.is_empty(), Against::NoUser);
        say(!users.is_empty(), Against::ManyUsers);
        return (None, against);
    };
    let counts = ripple(tables, *user, number);
    let owned = (subject.same_owner)(subject.units.all[*user as usize].node, unit.node);
    say(!owned, Against::OtherOwner);
    say(counts.shared < SHARED, Against::FewShared);
    say(counts.share < Some(MERGE), Against::ChangesAlone);
    (Some(*user), against)
}

/// The crates that a single other one uses and that seldom change without it.
pub fn merges(subject: &Subject<'_>, tables: &Tables<'_>) -> Vec<Signal> {
    let mut signals = Vec::new();
    for number in (0..).take(subject.units.all.len()) {
        let (Some(user), against) = against_joining(subject, tables, number) else {
            continue;
        };
        if against.is_empty() {
            let counts = ripple(tables, user, number);
            let mut signal = of_two(subject, SignalId::MergeCandidate, [user, number], counts);
            signal.suggestions = ways_out::of_merge(subject, &signal);
            signals.push(signal);
        }
    }
    signals
}

fn of_two(subject: &Subject<'_>, id: SignalId, units: [u32; 2], counts: Counts) -> Signal {
    signal(subject, id, units, counts, &shared(subject.history, units))
}
