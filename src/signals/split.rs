//! Modules that already change alone: a cut that history supports. The path of a file tells its module; no source is read.

use super::SignalId;
use super::carriers::{count, examples};
use super::evidence::{Counts, Signal, Subject};
use super::history::Commit;
use super::statistics::{real, share, wilson};
use super::table::{Alone, Table};
use super::ways_out;

/// A module that changes alone as often by chance, somewhere in the workspace, with a higher probability is none.
const CHANCE: f64 = 0.05;
/// A module with fewer commits is not judged.
const COMMITS: u32 = 8;
/// More than so many of its commits must leave its siblings alone.
const ALONE: f64 = 0.5;
/// The lower bound of that share must be so many times the share by chance.
const FLOOR: f64 = 1.5;

/// The modules of one crate, and which commits touch which of them.
struct Modules<'h> {
    unit: u32,
    /// In their order.
    names: Vec<&'h str>,
    /// Of each whether it is still there. One that is gone has changed with its siblings all the same.
    there: Vec<bool>,
    table: Table,
    /// Of each row its commit, by position in the history.
    commits: Vec<u32>,
}

/// A module that changes alone.
#[derive(Clone, Copy)]
struct Module {
    place: usize,
    total: u32,
    alone: u32,
    expected: f64,
    chance: f64,
}

/// The modules that change alone more than chance has it, over all crates at once.
///
/// For each module the commits are counted that touch it and no sibling, and compared with what the activity of the modules
/// and the sizes of the commits give ([`Alone`]). Since the most striking of hundreds of modules strikes by chance, each
/// probability is multiplied by the number of modules that are judged (C. E. Bonferroni, 1936).
pub fn splits(subject: &Subject<'_>) -> Vec<Signal> {
    let crates = crates(subject);
    let found = apart(&crates).into_iter();
    found.map(|(of, module)| signal(subject, &crates[of], module)).collect()
}

/// How many modules change alone in a history in which, crate by crate, every module is as active and every commit as large
/// as they were, and everything else is random.
#[must_use]
pub fn found_in_shuffled(subject: &Subject<'_>, seed: u64) -> usize {
    let mut crates = crates(subject);
    for (stream, of) in (0..).zip(&mut crates) {
        of.table = of.table.shuffled(seed, stream);
    }
    apart(&crates).len()
}

/// The modules that change alone, each with its crate, by position.
fn apart(crates: &[Modules<'_>]) -> Vec<(usize, Module)> {
    let judged = |of: &Modules<'_>| {
        let totals = of.table.totals().into_iter().zip(&of.there);
        totals.filter(|(total, there)| **there && *total >= COMMITS).count()
    };
    let judged = real(crates.iter().map(judged).sum());
    let found = crates.iter().enumerate().flat_map(|(number, of)| {
        let there = |module: &Module| of.there[module.place];
        let alone = alone_in(&of.table, judged).into_iter().filter(there);
        alone.map(move |module| (number, module))
    });
    found.collect()
}

/// The modules of one crate that change alone, where so many are judged in all.
fn alone_in(table: &Table, judged: f64) -> Vec<Module> {
    let mut alone = vec![0; table.width()];
    for row in table.rows().filter(|row| row.len() == 1) {
        alone[row[0] as usize] += 1;
    }
    let often = |(_, (total, alone)): &(usize, (u32, u32))| *total >= COMMITS && share(*alone, *total) > ALONE;
    let candidates: Vec<(usize, (u32, u32))> = table
        .totals()
        .into_iter()
        .zip(alone)
        .enumerate()
        .filter(often)
        .collect();
    if candidates.is_empty() {
        return Vec::new();
    }
    let model = Alone::new(table);
    let known = candidates.into_iter().filter_map(|(place, (total, alone))| {
        let expected = model.expected(total);
        if wilson(alone, total) * f64::from(total) < FLOOR * expected {
            return None;
        }
        Some(Module {
            place,
            total,
            alone,
            expected,
            chance: (model.p(total, alone) * judged).min(1.0),
        })
    });
    known.filter(|module| module.chance <= CHANCE).collect()
}

/// The crates with modules.
fn crates<'h>(subject: &Subject<'h>) -> Vec<Modules<'h>> {
    let history = subject.history;
    let module_of: Vec<Option<(u32, &str)>> = modules_of_paths(subject);
    let units = subject.units.of_member.iter();
    let mut crates: Vec<Modules<'h>> = units
        .map(|unit| Modules {
            unit: *unit,
            names: Vec::new(),
            there: Vec::new(),
            table: Table::new(0, std::iter::empty()),
            commits: Vec::new(),
        })
        .collect();
    for (member, module) in module_of.iter().flatten() {
        crates[*member as usize].names.push(module);
    }
    for of in &mut crates {
        of.names.sort_unstable();
        of.names.dedup();
        of.there = vec![false; of.names.len()];
        of.table = Table::new(of.names.len(), std::iter::empty());
    }
    let place = |(member, module): (u32, &str)| {
        let place = crates[member as usize].names.binary_search(&module);
        (member, count(place.unwrap_or_default()))
    };
    let place_of: Vec<Option<(u32, u32)>> = module_of.into_iter().map(|module| module.map(place)).collect();
    for (path, (member, place)) in (0u32..)
        .zip(&place_of)
        .filter_map(|(path, place)| Some((path, (*place)?)))
    {
        crates[member as usize].there[place as usize] |= !history.gone.contains(&path);
    }
    let mut touched: Vec<(u32, u32)> = Vec::new();
    for (number, commit) in (0u32..).zip(&history.commits) {
        touched.clear();
        touched.extend(commit.files.iter().filter_map(|(file, _)| place_of[*file as usize]));
        touched.sort_unstable();
        touched.dedup();
        for of_member in touched.chunk_by(|one, other| one.0 == other.0) {
            let row: Vec<u32> = of_member.iter().map(|(_, place)| *place).collect();
            let of = &mut crates[of_member[0].0 as usize];
            of.table.push(&row);
            of.commits.push(number);
        }
    }
    crates.retain(|of| of.names.len() > 1);
    crates
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

fn signal(subject: &Subject<'_>, of: &Modules<'_>, module: Module) -> Signal {
    let rows = of.table.rows().zip(&of.commits);
    let number = count(module.place);
    let commits: Vec<&Commit> = rows
        .filter(|(row, _)| *row == [number])
        .map(|(_, commit)| &subject.history.commits[*commit as usize])
        .collect();
    let mut signal = Signal {
        id: SignalId::SplitCandidate,
        units: vec![of.unit],
        contexts: vec![subject.context_of[of.unit as usize]],
        module: Some(of.names[module.place].to_owned()),
        counts: Counts {
            shared: module.alone,
            commits: [module.total, count(of.table.len())],
            expected: module.expected,
            at_least: super::statistics::at_least(module.alone, module.expected),
            chance: module.chance,
            share: Some(share(module.alone, module.total)),
            share_at_least: Some(wilson(module.alone, module.total)),
            references: None,
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
