//! What stands behind a number: the files that carry a pair, and commits to look at.

use std::cmp::Reverse;

use fixedbitset::FixedBitSet;

use super::SignalId;
use super::evidence::{Carrier, Counts, Signal, Subject};
use super::history::{Commit, CommitId, History};

/// So much of the shared commits, in percent, is to be covered by the pairs of files that are named.
const COVERED: usize = 80;
/// No more pairs are named: a list that nobody reads to its end explains nothing.
const MOST: usize = 5;
/// So many commits are named.
const EXAMPLES: usize = 3;

/// The pairs of files, one of each unit, that cover most of these commits, and how many they cover together. The pair
/// that covers most of what is not covered yet comes next.
#[must_use]
pub fn carriers(commits: &[&Commit], units: [u32; 2]) -> (Vec<Carrier>, u32) {
    let of = |commit: &Commit, unit: u32| -> Vec<u32> {
        let files = commit.files.iter().filter(|(_, of)| *of == unit);
        files.map(|(file, _)| *file).collect()
    };
    // By files, then commit: each pair of files stands in a row with all its commits.
    let mut touched: Vec<([u32; 2], usize)> = Vec::new();
    for (at, commit) in commits.iter().enumerate() {
        let others = of(commit, units[1]);
        for one in of(commit, units[0]) {
            touched.extend(others.iter().map(|other| ([one, *other], at)));
        }
    }
    touched.sort_unstable();
    touched.dedup();
    let mut covered = FixedBitSet::with_capacity(commits.len());
    let mut carriers = Vec::new();
    while covered.count_ones(..) * 100 < commits.len() * COVERED && carriers.len() < MOST {
        let news = |row: &[([u32; 2], usize)]| row.iter().filter(|(_, at)| !covered.contains(*at)).count();
        let rows = touched.chunk_by(|one, other| one.0 == other.0);
        let best = rows
            .map(|row| (news(row), row))
            .max_by_key(|(news, row)| (*news, row.len(), Reverse(row[0].0)));
        let Some((_, row)) = best.filter(|(news, _)| *news > 0) else {
            break;
        };
        carriers.push(Carrier {
            files: row[0].0,
            commits: count(row.len()),
        });
        covered.extend(row.iter().map(|(_, at)| *at));
    }
    (carriers, count(covered.count_ones(..)))
}

/// Commits to look at: those that touch fewest crates and files say most about the few; of these the newest.
#[must_use]
pub fn examples(commits: &[&Commit]) -> Vec<CommitId> {
    let mut order: Vec<(usize, &&Commit)> = commits.iter().enumerate().collect();
    order.sort_by_key(|(at, commit)| (commit.units.len(), commit.files.len(), Reverse(*at)));
    order.into_iter().take(EXAMPLES).map(|(_, commit)| commit.id).collect()
}

/// The commits that touch both units, the oldest first.
#[must_use]
pub fn shared(history: &History, units: [u32; 2]) -> Vec<&Commit> {
    let both = |commit: &&Commit| units.iter().all(|unit| commit.units.binary_search(unit).is_ok());
    history.commits.iter().filter(both).collect()
}

/// The signal of two units, with what it can be read from: the files and commits of all that they share. What it suggests is
/// left to those who know what it means.
#[must_use]
pub fn signal(subject: &Subject<'_>, id: SignalId, units: [u32; 2], counts: Counts, commits: &[&Commit]) -> Signal {
    debug_assert_eq!(count(commits.len()), counts.shared);
    let contexts = units.map(|unit| subject.context_of[unit as usize]);
    let (files, carried) = carriers(commits, units);
    let expected_by = match contexts {
        [Some(one), Some(other)] if one != other => (subject.expected_by)(one, other, id),
        _ => None,
    };
    Signal {
        id,
        units: units.to_vec(),
        contexts: contexts.to_vec(),
        module: None,
        counts,
        files,
        carried,
        examples: examples(commits),
        suggestions: Vec::new(),
        expected_by,
    }
}

/// A count as signals hold it.
pub fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
