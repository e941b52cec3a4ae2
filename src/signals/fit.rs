//! How well the declared contexts fit what changes together: Newman's modularity, against contexts drawn at random; and the
//! crates that would fit better elsewhere.

use super::SignalId;
use super::carriers::examples;
use super::evidence::{Counts, Signal, Subject};
use super::history::Commit;
use super::judge::Tables;
use super::statistics::{Random, real};
use super::table::Table;
use super::ways_out;

/// Drawings of contexts at random.
const PERMUTATIONS: u32 = 300;
/// Drawings of the history, with commits put back.
const BOOTSTRAPS: u32 = 50;
/// In so many of them a move must raise the modularity.
const RAISED: u32 = 45;
/// A crate with fewer commits is not moved.
const COMMITS: u32 = 30;
/// The streams of random numbers, apart from those of the shuffles.
const STREAM: u64 = 1 << 32;

/// How well contexts fit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// Newman's Q of the declared contexts (M. E. J. Newman, Modularity and Community Structure in Networks, PNAS 103,
    /// 2006): how much more of what changes together lies inside of a context than the activity of its crates explains.
    pub modularity: f64,
    /// The mean of contexts of the same sizes drawn at random.
    pub by_chance: f64,
    /// The share of drawings that fit as well or better, the declared contexts counted as one.
    pub chance: f64,
    /// The crates that it was computed of.
    pub crates: usize,
}

/// How often two units changed together, as a graph.
struct Weights {
    side: usize,
    /// Row by row.
    together: Vec<f64>,
    /// For each unit, the sum of its row.
    degrees: Vec<f64>,
    /// The sum of all rows: each pair twice.
    total: f64,
}

impl Weights {
    /// Of these rows of a table, restricted to columns of which the place is known.
    fn new<'r>(rows: impl Iterator<Item = &'r [u32]>, places: &[Option<usize>], side: usize) -> Self {
        let mut together = vec![0.0; side * side];
        for row in rows.filter(|row| row.len() > 1) {
            let crates: Vec<usize> = row.iter().filter_map(|column| places[*column as usize]).collect();
            for one in &crates {
                for other in crates.iter().filter(|other| *other != one) {
                    together[one * side + other] += 1.0;
                }
            }
        }
        let degrees: Vec<f64> = together.chunks(side.max(1)).map(|row| row.iter().sum()).collect();
        Self {
            total: degrees.iter().sum(),
            side,
            together,
            degrees,
        }
    }

    /// Newman's Q of a division.
    fn modularity(&self, contexts: &[u32], count: usize) -> f64 {
        if self.total <= 0.0 {
            return 0.0;
        }
        let mut inside = 0.0;
        let mut degrees = vec![0.0; count];
        for (one, row) in self.together.chunks(self.side).enumerate() {
            degrees[contexts[one] as usize] += self.degrees[one];
            let own = row
                .iter()
                .zip(contexts)
                .filter(|(_, context)| **context == contexts[one]);
            inside += own.map(|(weight, _)| weight).sum::<f64>();
        }
        let by_chance: f64 = degrees.iter().map(|degree| (degree / self.total).powi(2)).sum();
        inside / self.total - by_chance
    }

    /// The context into which a unit fits best, where that raises Q.
    fn better(&self, unit: usize, contexts: &[u32], count: usize) -> Option<u32> {
        let mut ties = vec![0.0; count];
        let mut degrees = vec![0.0; count];
        for (other, context) in contexts.iter().enumerate().filter(|(other, _)| *other != unit) {
            ties[*context as usize] += self.together[unit * self.side + other];
            degrees[*context as usize] += self.degrees[other];
        }
        let gain = |context: usize| ties[context] - self.degrees[unit] * degrees[context] / self.total;
        let own = gain(contexts[unit] as usize);
        let best = (0..count).max_by(|a, b| gain(*a).total_cmp(&gain(*b)).then(b.cmp(a)))?;
        (self.total > 0.0 && gain(best) > own)
            .then(|| u32::try_from(best).ok())
            .flatten()
    }
}

/// How well the contexts fit, and the crates that would fit better elsewhere; nothing where fewer than two contexts have
/// crates.
pub fn fit(subject: &Subject<'_>, tables: &Tables<'_>) -> (Option<Fit>, Vec<Signal>) {
    let count = subject.contexts.len();
    let mut places = vec![None; subject.units.all.len()];
    let (mut units, mut contexts) = (Vec::new(), Vec::new());
    for (unit, context) in (0u32..).zip(&subject.context_of) {
        if let Some(context) = context
            && !subject.units.all[unit as usize].facade
            && tables.totals[unit as usize] > 0
        {
            places[unit as usize] = Some(units.len());
            units.push(unit);
            contexts.push(*context);
        }
    }
    let mut used = contexts.clone();
    used.sort_unstable();
    used.dedup();
    let weights = Weights::new(tables.table.rows(), &places, units.len());
    if used.len() < 2 || weights.total <= 0.0 {
        return (None, Vec::new());
    }
    let modularity = weights.modularity(&contexts, count);
    let drawn: Vec<f64> = (0..PERMUTATIONS)
        .map(|drawing| {
            let mut drawn = contexts.clone();
            Random::new(subject.seed, STREAM + u64::from(drawing)).shuffle(&mut drawn);
            weights.modularity(&drawn, count)
        })
        .collect();
    let as_good = drawn.iter().filter(|drawn| **drawn >= modularity).count();
    let fit = Fit {
        modularity,
        by_chance: drawn.iter().sum::<f64>() / real(drawn.len()),
        chance: real(as_good + 1) / real(drawn.len() + 1),
        crates: units.len(),
    };
    let raised = bootstrap(subject, tables.table, &places, &contexts);
    let mut moves = Vec::new();
    for (place, unit) in units
        .iter()
        .enumerate()
        .filter(|(_, unit)| tables.totals[**unit as usize] >= COMMITS)
    {
        let Some(to) = weights.better(place, &contexts, count) else {
            continue;
        };
        let often = raised[place * count + to as usize];
        if often >= RAISED {
            moves.push(signal(subject, tables, *unit, (contexts[place], to), often));
        }
    }
    (Some(fit), moves)
}

/// For each unit and context, in how many histories drawn from this one the unit fits best there.
fn bootstrap(subject: &Subject<'_>, table: &Table, places: &[Option<usize>], contexts: &[u32]) -> Vec<u32> {
    let count = subject.contexts.len();
    let mut raised = vec![0; contexts.len() * count];
    let Ok(rows) = u32::try_from(table.len()) else {
        return raised;
    };
    for drawing in 0..BOOTSTRAPS {
        let mut random = Random::new(subject.seed, 2 * STREAM + u64::from(drawing));
        let drawn = (0..rows).map(|_| table.row(random.below(rows) as usize));
        let weights = Weights::new(drawn, places, contexts.len());
        for unit in 0..contexts.len() {
            if let Some(to) = weights.better(unit, contexts, count) {
                raised[unit * count + to as usize] += 1;
            }
        }
    }
    raised
}

fn signal(subject: &Subject<'_>, tables: &Tables<'_>, unit: u32, (from, to): (u32, u32), often: u32) -> Signal {
    let with = |commit: &Commit, context: u32| {
        let in_context = |other: &u32| *other != unit && subject.context_of[*other as usize] == Some(context);
        commit.units.binary_search(&unit).is_ok() && commit.units.iter().any(in_context)
    };
    let there: Vec<&Commit> = subject
        .history
        .commits
        .iter()
        .filter(|commit| with(commit, to))
        .collect();
    let here = subject
        .history
        .commits
        .iter()
        .filter(|commit| with(commit, from))
        .count();
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let mut signal = Signal {
        id: SignalId::ContextFit,
        units: vec![unit],
        contexts: vec![Some(from), Some(to)],
        module: None,
        counts: Counts {
            shared: count(there.len()),
            commits: [tables.totals[unit as usize], count(here)],
            share: Some(f64::from(often) / f64::from(BOOTSTRAPS)),
            ..Counts::default()
        },
        files: Vec::new(),
        carried: 0,
        examples: examples(&there),
        suggestions: Vec::new(),
        expected_by: (subject.expected_by)(from, to, SignalId::ContextFit),
    };
    signal.suggestions = ways_out::of_move(subject, &signal);
    signal
}
