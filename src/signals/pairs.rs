//! Pairs that change together: `co-change`, and `hidden-coupling` where no dependency explains it.

use super::SignalId;
use super::carriers::{count, examples, shared, signal};
use super::evidence::{Counts, Signal, Subject};
use super::history::Commit;
use super::judge::Tables;
use super::statistics::{at_least, share};
use super::table::Pair;
use super::ways_out;

/// A crate with fewer commits is not judged.
pub const COMMITS: u32 = 10;
/// A pair with fewer shared commits is not judged.
pub const SHARED: u32 = 5;
/// So many times more than chance, at least, two crates must change together.
const AT_LEAST: f64 = 1.5;
/// So many of the commits of the less active one must change the other too.
const SHARE: f64 = 0.25;
/// In a workspace of fewer active crates chance must not give as many more often than this.
const SMALL_CHANCE: f64 = 0.01;

/// The numbers of a pair of units.
#[must_use]
pub fn counts(tables: &Tables<'_>, (one, other): Pair) -> Counts {
    let shared = tables.pairs.get(&(one, other)).copied().unwrap_or(0);
    let chance = tables.chances.of((one, other));
    Counts {
        shared,
        commits: [tables.totals[one as usize], tables.totals[other as usize]],
        expected: chance.expected(),
        at_least: at_least(shared, chance.expected()),
        chance: chance.p(),
        ..Counts::default()
    }
}

/// Whether two crates, or two contexts, change together more than chance has it.
pub fn together(counts: &Counts, small: bool) -> bool {
    let fewest = counts.commits[0].min(counts.commits[1]);
    fewest >= COMMITS
        && counts.shared >= SHARED
        && counts.at_least >= AT_LEAST
        && share(counts.shared, fewest) >= SHARE
        && (!small || counts.chance <= SMALL_CHANCE)
}

/// The pairs of units that change together more than chance has it, whatever their contexts.
#[must_use]
pub fn flagged(tables: &Tables<'_>) -> Vec<(Pair, Counts)> {
    let pairs = tables.candidates().into_iter().map(|pair| (pair, counts(tables, pair)));
    pairs.filter(|(_, counts)| together(counts, tables.small)).collect()
}

/// The pairs of crates of different contexts, and of crates without one, that change together; each pair with no dependency
/// either way is a hidden coupling besides.
pub fn crates(subject: &Subject<'_>, tables: &Tables<'_>) -> Vec<Signal> {
    let mut signals = Vec::new();
    for (pair, counts) in flagged(tables) {
        let contexts = [subject.context_of[pair.0 as usize], subject.context_of[pair.1 as usize]];
        let cohesion = contexts[0].is_some() && contexts[0] == contexts[1];
        if cohesion {
            continue;
        }
        let commits = shared(subject.history, [pair.0, pair.1]);
        let hidden = !tables.links.either(pair.0, pair.1);
        let ids: &[SignalId] = if hidden {
            &[SignalId::HiddenCoupling, SignalId::CoChange]
        } else {
            &[SignalId::CoChange]
        };
        for id in ids {
            let mut signal = signal(subject, *id, [pair.0, pair.1], counts, &commits);
            signal.suggestions = ways_out::of_pair(subject, &signal);
            signals.push(signal);
        }
    }
    signals
}

/// The pairs of contexts that change together.
pub fn contexts(subject: &Subject<'_>, tables: &Tables<'_>) -> Vec<Signal> {
    let mut signals = Vec::new();
    for (pair, shared) in &tables.group_pairs {
        let chance = tables.chances.of_groups(*pair);
        let counts = Counts {
            shared: *shared,
            commits: [
                tables.group_totals[pair.0 as usize],
                tables.group_totals[pair.1 as usize],
            ],
            expected: chance.expected(),
            at_least: at_least(*shared, chance.expected()),
            chance: chance.p(),
            ..Counts::default()
        };
        if !together(&counts, tables.small) {
            continue;
        }
        let touches = |commit: &Commit, context: u32| {
            let context = Some(context);
            commit
                .units
                .iter()
                .any(|unit| subject.context_of[*unit as usize] == context)
        };
        let both = |commit: &&Commit| touches(commit, pair.0) && touches(commit, pair.1);
        let commits: Vec<&Commit> = subject.history.commits.iter().filter(both).collect();
        debug_assert_eq!(count(commits.len()), *shared);
        let mut signal = Signal {
            id: SignalId::CoChange,
            units: Vec::new(),
            contexts: vec![Some(pair.0), Some(pair.1)],
            module: None,
            counts,
            files: Vec::new(),
            carried: 0,
            examples: examples(&commits),
            suggestions: Vec::new(),
            expected_by: (subject.expected_by)(pair.0, pair.1, SignalId::CoChange),
        };
        signal.suggestions = ways_out::of_contexts(subject, &signal);
        signals.push(signal);
    }
    signals
}
