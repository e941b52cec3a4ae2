//! What the validation of the signals asks of the library (`cargo bench --bench signals`): histories at any commit, the numbers of
//! every pair, and histories shuffled. No part of the library's interface, as little as what the benchmark of reading
//! source asks.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use camino::Utf8Path;

use crate::git::log::{self, Part};
use crate::graph::Graph;
use crate::pipeline::{self, Options, Past};
use crate::signals::evidence::{Signal, Subject};
use crate::signals::facade::is_facade;
use crate::signals::history::Commit;
use crate::signals::history::read::{Repository, Since};
use crate::signals::judge::{self, Judgement, Setting};
use crate::signals::pairs::{COMMITS, SHARED};
use crate::signals::table::{Asked, Pair, Table};
use crate::signals::{MONTHS, SignalId};
use crate::signals::{links::Links, ripples, split};
use crate::workspace::{Member, Workspace};

mod source;

pub use source::{STACK, Source};

pub use crate::signals::ripples::Against;
pub use crate::signals::statistics::{at_least, estimate};

/// A workspace and the history of its repository up to one commit.
#[derive(Debug)]
pub struct History {
    workspace: Workspace,
    past: Past,
}

/// The numbers of a history.
#[derive(Clone, Debug, Default)]
pub struct Numbers {
    /// For each crate that counts by itself, how many commits change it.
    pub crates: BTreeMap<String, u32>,
    /// For each pair of crates of which each has enough commits: how many commits change both, and how many would by chance.
    pub pairs: BTreeMap<[String; 2], (u32, f64)>,
    /// The pairs that `co-change` lists, in the order of their names.
    pub together: Vec<[String; 2]>,
    /// What `ripple` lists, the dependent first.
    pub ripples: Vec<[String; 2]>,
    /// What `merge-candidate` lists, the dependent first.
    pub merges: Vec<[String; 2]>,
    /// For each crate the only one that depends on it, if so, and what keeps `merge-candidate` from listing it.
    pub joining: BTreeMap<String, (Option<String>, Vec<Against>)>,
    /// What `split-candidate` lists: a crate and a module of it.
    pub splits: Vec<[String; 2]>,
    /// The dependencies, of tests too: the dependent first.
    pub links: BTreeSet<[String; 2]>,
    /// How many commits count.
    pub commits: usize,
}

impl History {
    /// Reads a workspace from this folder, and the history up to `head` of the repository in another; none means the
    /// repository that the workspace lies in, at its last commit. `since` as on the command line, else two years.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub fn read(workspace: &Path, repository: Option<(&Path, &str)>, since: Option<&str>) -> Result<Self, String> {
        let options = Options {
            manifest_path: Some(workspace.join("Cargo.toml")),
            ..Options::default()
        };
        let (workspace, sources) = pipeline::read_workspace(&options).map_err(|error| error.to_string())?;
        let since = match since {
            Some(word) => word.parse::<Since>()?,
            None => Since::Months(MONTHS),
        };
        let past = {
            let graph = Graph::new(&workspace);
            let facade = |member: &Member| is_facade(sources.tree(), &workspace.root, member);
            let repository = match repository {
                Some((folder, head)) => Utf8Path::from_path(folder)
                    .ok_or("the folder is not UTF-8".to_owned())
                    .and_then(|folder| Repository::bare(folder, head).map_err(|problem| problem.message))?,
                None => Repository::open(&workspace.root).map_err(|problem| problem.message)?,
            };
            let past = pipeline::history_of(repository, &graph, None, &facade, &since, &mut |_| {});
            past.map_err(|problem| problem.message)?
        };
        Ok(Self { workspace, past })
    }

    /// What git was asked with to read it, after `git`.
    ///
    /// # Errors
    /// It was read from a revision on.
    pub fn log_arguments(&self) -> Result<Vec<String>, String> {
        let history = &self.past.history;
        let day = |day: &str| {
            let day: jiff::civil::Date = day.parse().map_err(|_| format!("`{day}` is no day"))?;
            let at = day
                .to_zoned(jiff::tz::TimeZone::UTC)
                .map_err(|error| error.to_string())?;
            Ok::<i64, String>(at.timestamp().as_second())
        };
        let after = match history.since.as_str() {
            "all" => None,
            since => Some(day(since)?),
        };
        Ok(log::arguments(&Part {
            head: history.head.clone(),
            not: None,
            after,
            first_parent: history.first_parent,
        }))
    }

    /// For each pair that could be a signal how many commits would change both by chance, from so many shuffles of so many
    /// swaps.
    #[must_use]
    pub fn expected(&self, shuffles: u32, seed: u64, swaps: usize) -> Vec<f64> {
        let graph = Graph::new(&self.workspace);
        let table = self.past.ask(&graph, None, judge::table);
        let mut pairs: Vec<(Pair, u32)> = table
            .pairs()
            .into_iter()
            .filter(|(_, shared)| *shared >= SHARED)
            .collect();
        pairs.sort_unstable();
        let chances = table.chance_of(&Asked::new(pairs.clone(), Vec::new(), &[]), shuffles, seed, swaps);
        pairs.iter().map(|(pair, _)| chances.of(*pair).expected()).collect()
    }

    /// How many commits count.
    #[must_use]
    pub fn commits(&self) -> usize {
        self.past.history.commits.len()
    }

    fn judgement(&self, only: &[SignalId]) -> Judgement {
        let graph = Graph::new(&self.workspace);
        self.past.ask(&graph, None, |subject| judge::judge(subject, only))
    }

    /// Everything that is told of it, as text: the same history gives the same.
    #[must_use]
    pub fn told(&self) -> String {
        let names =
            |signal: &Signal| -> Vec<&str> { signal.units.iter().map(|unit| self.past.units.name(*unit)).collect() };
        let judgement = self.judgement(&[]);
        let lines = judgement.signals.iter().map(|signal| {
            let counts = &signal.counts;
            format!("{} {:?} {:?} {counts:?}\n", signal.id, names(signal), signal.module)
        });
        lines.collect()
    }

    /// The numbers of every crate and pair.
    #[must_use]
    pub fn numbers(&self) -> Numbers {
        let graph = Graph::new(&self.workspace);
        let units = &self.past.units;
        let name = |unit: u32| units.name(unit).to_owned();
        let mut numbers = self.past.ask(&graph, None, |subject| {
            let table = judge::table(subject);
            let totals = table.totals();
            let active = |unit: u32| totals[unit as usize] >= COMMITS && !units.all[unit as usize].facade;
            let active: Vec<u32> = (0..).take(totals.len()).filter(|unit| active(*unit)).collect();
            let shared = table.pairs();
            let mut pairs: Vec<(Pair, u32)> = Vec::new();
            for (at, one) in active.iter().enumerate() {
                let others = active[at + 1..].iter().map(|other| (*one, *other));
                pairs.extend(others.map(|pair| (pair, shared.get(&pair).copied().unwrap_or(0))));
            }
            let chances = table.chance(&Asked::new(pairs.clone(), Vec::new(), &[]), 40, subject.seed);
            let pair = |(pair, shared): (Pair, u32)| {
                (
                    sorted(name(pair.0), name(pair.1)),
                    (shared, chances.of(pair).expected()),
                )
            };
            Numbers {
                crates: (0..).zip(&totals).map(|(unit, total)| (name(unit), *total)).collect(),
                pairs: pairs.into_iter().map(pair).collect(),
                joining: self.joining(subject, &table),
                links: (Links::new(&graph, units).any.iter())
                    .map(|(from, to)| [name(*from), name(*to)])
                    .collect(),
                commits: subject.history.commits.len(),
                ..Numbers::default()
            }
        });
        let wanted = [
            SignalId::CoChange,
            SignalId::Ripple,
            SignalId::MergeCandidate,
            SignalId::SplitCandidate,
        ];
        for signal in self.judgement(&wanted).signals {
            if let (&[unit], Some(module)) = (signal.units.as_slice(), signal.module) {
                numbers.splits.push([name(unit), module]);
                continue;
            }
            let &[one, other] = signal.units.as_slice() else {
                continue;
            };
            match signal.id {
                SignalId::CoChange => numbers.together.push(sorted(name(one), name(other))),
                SignalId::Ripple => numbers.ripples.push([name(one), name(other)]),
                SignalId::MergeCandidate => numbers.merges.push([name(one), name(other)]),
                _ => {}
            }
        }
        numbers
    }

    fn joining(&self, subject: &Subject<'_>, table: &Table) -> BTreeMap<String, (Option<String>, Vec<Against>)> {
        // What speaks against joining is told by shares of commits, and chance has no part in it.
        let setting = Setting {
            chance: false,
            ..Setting::of(subject)
        };
        let tables = judge::shuffled(table, setting);
        let name = |unit: u32| self.past.units.name(unit).to_owned();
        let units = (0..).take(self.past.units.all.len());
        let against = units.map(|unit| (unit, ripples::against_joining(subject, &tables, unit)));
        against
            .map(|(unit, (user, against))| (name(unit), (user.map(name), against)))
            .collect()
    }

    /// How many pairs `co-change` lists in a history in which every crate is as active and every commit as large, and
    /// everything else is random.
    #[must_use]
    pub fn flags_when_shuffled(&mut self, seed: u64) -> usize {
        let shuffled = self.shuffled(seed);
        let rows = self.past.history.commits.iter().zip(shuffled.rows());
        let shuffled = rows.map(|(commit, row)| {
            let mut units = row.to_vec();
            units.sort_unstable();
            Commit {
                units: units.into(),
                files: Box::default(),
                ..commit.clone()
            }
        });
        let shuffled: Vec<Commit> = shuffled.collect();
        let kept = std::mem::replace(&mut self.past.history.commits, shuffled);
        let found = self.judgement(&[SignalId::CoChange]).signals.len();
        self.past.history.commits = kept;
        found
    }

    /// How many commits change both of each pair in such a history; pairs that none changes are not in it.
    #[must_use]
    pub fn pairs_when_shuffled(&self, seed: u64) -> BTreeMap<[String; 2], u32> {
        let name = |unit: u32| self.past.units.name(unit).to_owned();
        let pairs = self.shuffled(seed).pairs().into_iter();
        pairs
            .map(|((one, other), shared)| (sorted(name(one), name(other)), shared))
            .collect()
    }

    /// How many modules `split-candidate` lists where, crate by crate, every module is as active and every commit as
    /// large, and everything else is random.
    #[must_use]
    pub fn splits_when_shuffled(&self, seed: u64) -> usize {
        let graph = Graph::new(&self.workspace);
        self.past
            .ask(&graph, None, |subject| split::found_in_shuffled(subject, seed))
    }

    fn shuffled(&self, seed: u64) -> Table {
        let graph = Graph::new(&self.workspace);
        self.past.ask(&graph, None, judge::table).shuffled(seed, u64::MAX)
    }
}

fn sorted(one: String, other: String) -> [String; 2] {
    if one <= other { [one, other] } else { [other, one] }
}
