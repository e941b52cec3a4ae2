//! Modules that already change alone: a cut that history supports. The path of a file tells its module; no source is read.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::SignalId;
use super::carriers::{count, examples};
use super::evidence::{Counts, Signal, Subject};
use super::history::Commit;
use super::statistics::{real, share, wilson};
use super::table::Table;
use super::ways_out;

/// Shuffles of the commit × module tables.
const SHUFFLES: u32 = 200;
/// A module that changes alone as often by chance, somewhere in the workspace, in more than so many shuffles is none.
const CHANCE: f64 = 0.05;
/// A module with fewer commits is not judged.
const COMMITS: u32 = 8;
/// More than so many of its commits must leave its siblings alone.
const ALONE: f64 = 0.5;
/// The streams of random numbers, apart from those of other shuffles.
const STREAM: u64 = 3 << 32;

/// The modules of one crate, and which commits touch which of them.
struct Modules<'h> {
    unit: u32,
    names: Vec<String>,
    table: Table,
    commits: Vec<&'h Commit>,
}

/// What is known of one module.
#[derive(Clone, Copy)]
struct Module {
    krate: usize,
    place: usize,
    alone: u32,
}

/// The modules that change alone more than chance has it, over all crates at once.
///
/// For each module the commits are counted that touch it and no sibling; a shuffled table of the same sums says how many that
/// would be by chance, and how much that varies. Since the most striking of hundreds of modules strikes by chance, each is
/// compared with the most striking module of every shuffle (P. H. Westfall and S. S. Young, Resampling-Based Multiple
/// Testing, 1993).
pub fn splits(subject: &Subject<'_>) -> Vec<Signal> {
    let crates = crates(subject);
    let seed = subject.seed;
    let mut modules = Vec::new();
    for (krate, of) in crates.iter().enumerate() {
        let totals = of.table.totals();
        let alone = alone(&of.table);
        let judged = (0..of.names.len()).filter(|module| totals[*module] >= COMMITS);
        modules.extend(judged.map(|place| Module {
            krate,
            place,
            alone: alone[place],
        }));
    }
    let shuffled: Vec<Vec<u32>> = (0..SHUFFLES)
        .into_par_iter()
        .map(|shuffle| {
            let stream = STREAM + (u64::from(shuffle) << 16);
            let counts: Vec<Vec<u32>> = (0..)
                .zip(&crates)
                .map(|(krate, of)| alone(&of.table.shuffled(seed, stream + krate)))
                .collect();
            modules
                .iter()
                .map(|module| counts[module.krate][module.place])
                .collect()
        })
        .collect();
    let spreads: Vec<(f64, f64)> = (0..modules.len())
        .map(|at| spread(shuffled.iter().map(|of| of[at])))
        .collect();
    let striking = |counts: &dyn Fn(usize) -> u32, at: usize| (f64::from(counts(at)) - spreads[at].0) / spreads[at].1;
    let most: Vec<f64> = shuffled
        .iter()
        .map(|of| {
            (0..modules.len())
                .map(|at| striking(&|at| of[at], at))
                .fold(f64::MIN, f64::max)
        })
        .collect();
    let mut signals = Vec::new();
    for (at, module) in modules.iter().enumerate() {
        let own = striking(&|at| modules[at].alone, at);
        let reached = most.iter().filter(|most| **most >= own).count();
        let chance = real(reached + 1) / real(most.len() + 1);
        let of = &crates[module.krate];
        let total = of.table.totals()[module.place];
        if chance <= CHANCE && share(module.alone, total) > ALONE {
            signals.push(signal(subject, of, *module, spreads[at].0, chance));
        }
    }
    signals
}

/// The mean, and how far counts are off it: at least 1, or a module that chance never moves would strike at once.
fn spread(counts: impl Iterator<Item = u32> + Clone) -> (f64, f64) {
    let all = real(counts.clone().count());
    let mean = counts.clone().map(f64::from).sum::<f64>() / all;
    let squares: f64 = counts.map(|count| (f64::from(count) - mean).powi(2)).sum();
    (mean, (squares / all).sqrt().max(1.0))
}

/// For each column the rows that touch it alone.
fn alone(table: &Table) -> Vec<u32> {
    let mut alone = vec![0; table.width()];
    for row in table.rows() {
        if let [column] = row {
            alone[*column as usize] += 1;
        }
    }
    alone
}

/// The crates with modules.
fn crates<'h>(subject: &Subject<'h>) -> Vec<Modules<'h>> {
    let history = subject.history;
    let module_of: Vec<Option<(u32, &str)>> = modules_of_paths(subject);
    let mut rows: BTreeMap<u32, Vec<(&Commit, Vec<&str>)>> = BTreeMap::new();
    for commit in &history.commits {
        let mut touched: BTreeMap<u32, Vec<&str>> = BTreeMap::new();
        for (member, module) in commit.files.iter().filter_map(|(file, _)| module_of[*file as usize]) {
            touched.entry(member).or_default().push(module);
        }
        for (member, mut modules) in touched {
            modules.sort_unstable();
            modules.dedup();
            rows.entry(member).or_default().push((commit, modules));
        }
    }
    let joined = rows.into_iter().map(|(member, rows)| {
        let mut modules: Vec<&str> = rows.iter().flat_map(|(_, modules)| modules.iter().copied()).collect();
        modules.sort_unstable();
        modules.dedup();
        let place = |module: &&str| count(modules.binary_search(module).unwrap_or_default());
        let numbers: Vec<Vec<u32>> = rows
            .iter()
            .map(|(_, touched)| touched.iter().map(place).collect())
            .collect();
        Modules {
            unit: subject.units.of_member[member as usize],
            table: Table::new(modules.len(), numbers.iter().map(Vec::as_slice)),
            names: modules.iter().map(|module| (*module).to_owned()).collect(),
            commits: rows.iter().map(|(commit, _)| *commit).collect(),
        }
    });
    joined.filter(|of| of.names.len() > 1).collect()
}

/// For each path of the history its member and the module at its crate's root that it is, or belongs to: `a` of
/// `src/a.rs` and of all below `src/a/`. The root file itself, and programs beside it, are no module.
fn modules_of_paths<'h>(subject: &Subject<'h>) -> Vec<Option<(u32, &'h str)>> {
    let members = &subject.graph.workspace().members;
    let mut folders: Vec<(String, u32)> = (0..)
        .zip(members)
        .map(|(number, member)| match member.directory.as_str() {
            "." => (String::new(), number),
            folder => (format!("{folder}/"), number),
        })
        .collect();
    folders.sort_by_key(|(folder, _)| std::cmp::Reverse(folder.len()));
    let module = |path: &'h str| {
        let (folder, member) = folders.iter().find(|(folder, _)| path.starts_with(folder.as_str()))?;
        let below = path[folder.len()..].strip_prefix("src/")?;
        let name = match below.split_once('/') {
            Some((name, _)) => name,
            None => below.strip_suffix(".rs")?,
        };
        (!matches!(name, "lib" | "main" | "mod" | "bin")).then_some((*member, name))
    };
    let paths = 0..count(subject.history.paths.len());
    paths.map(|path| module(subject.history.paths.text(path))).collect()
}

fn signal(subject: &Subject<'_>, of: &Modules<'_>, module: Module, expected: f64, chance: f64) -> Signal {
    let rows = of.table.rows().zip(&of.commits);
    let number = count(module.place);
    let commits: Vec<&Commit> = rows
        .filter(|(row, _)| *row == [number])
        .map(|(_, commit)| *commit)
        .collect();
    let total = of.table.totals()[module.place];
    let mut signal = Signal {
        id: SignalId::SplitCandidate,
        units: vec![of.unit],
        contexts: vec![subject.context_of[of.unit as usize]],
        module: Some(of.names[module.place].clone()),
        counts: Counts {
            shared: module.alone,
            commits: [total, count(of.table.len())],
            expected,
            at_least: super::statistics::at_least(module.alone, expected),
            chance,
            share: Some(share(module.alone, total)),
            share_at_least: Some(wilson(module.alone, total)),
            breadth: None,
        },
        files: Vec::new(),
        carried: 0,
        examples: examples(&commits),
        suggestions: Vec::new(),
        expected_by: None,
    };
    signal.suggestions = ways_out::of_split(subject, &signal);
    signal
}
