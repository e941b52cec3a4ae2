//! Histories in which some pairs of crates are known to belong together, and histories in which none are.

use std::collections::BTreeSet;

use crate::signals::history::reader::MOST_CRATES;
use crate::signals::judge::{Setting, shuffled};
use crate::signals::pairs::flagged;
use crate::signals::statistics::Random;
use crate::signals::table::{Pair, Table};

/// How a history is made.
#[derive(Clone, Copy, Debug)]
struct Plan {
    /// Crates; the first change most, as in real workspaces: the n-th as often as 1 / n.
    crates: u32,
    /// Commits.
    commits: u32,
    /// Pairs that belong together: when one of the two changes, the other does too in six of ten cases.
    pairs: u32,
    /// Of a hundred commits so many sweep over half of all crates.
    sweeping: u32,
    /// Whether the crates that change most are others in each quarter of the history.
    drift: bool,
    /// Of a hundred commits so many are two that were made one.
    tangled: u32,
    /// What it is drawn from.
    seed: u64,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            crates: 40,
            commits: 3000,
            pairs: 8,
            sweeping: 0,
            drift: false,
            tangled: 0,
            seed: 1,
        }
    }
}

/// What was found of what was planted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Found {
    /// Pairs that were planted.
    planted: usize,
    /// Pairs that were flagged.
    flagged: usize,
    /// Pairs that are both.
    both: usize,
}

/// Of a hundred changes to one crate of a pair so many change the other.
const TOGETHER: u32 = 60;

struct Maker {
    plan: Plan,
    random: Random,
    partners: Vec<Option<u32>>,
}

impl Maker {
    fn new(plan: Plan) -> Self {
        let mut random = Random::new(plan.seed, 77);
        let mut order: Vec<u32> = (0..plan.crates).collect();
        random.shuffle(&mut order);
        let mut partners = vec![None; order.len()];
        for pair in order.chunks_exact(2).take(plan.pairs as usize) {
            partners[pair[0] as usize] = Some(pair[1]);
            partners[pair[1] as usize] = Some(pair[0]);
        }
        Self { plan, random, partners }
    }

    fn planted(&self) -> BTreeSet<Pair> {
        let pairs = (0..)
            .zip(&self.partners)
            .filter_map(|(one, other)| Some((one, (*other)?)));
        pairs.filter(|(one, other)| one < other).collect()
    }

    fn percent(&mut self, percent: u32) -> bool {
        self.random.below(100) < percent
    }

    /// A crate, at this time of the history.
    fn krate(&mut self, at: u32) -> u32 {
        // Zipf's law by rejection: the n-th of all is kept with chance 1 / n, and at least one in twelve.
        loop {
            let rank = self.random.below(self.plan.crates);
            if self.random.below((rank + 1).min(12)) == 0 {
                let turn = if self.plan.drift {
                    at * 4 / self.plan.commits * self.plan.crates / 4
                } else {
                    0
                };
                return (rank + turn) % self.plan.crates;
            }
        }
    }

    /// One thing that somebody did.
    fn task(&mut self, at: u32, touched: &mut BTreeSet<u32>) {
        let mut crates = vec![self.krate(at)];
        while crates.len() < 4 && self.percent(25) {
            crates.push(self.krate(at));
        }
        for krate in crates {
            touched.insert(krate);
            if let Some(partner) = self.partners[krate as usize]
                && self.percent(TOGETHER)
            {
                touched.insert(partner);
            }
        }
    }

    fn rows(&mut self) -> Vec<Vec<u32>> {
        let mut rows = Vec::new();
        for at in 0..self.plan.commits {
            let mut touched = BTreeSet::new();
            if self.percent(self.plan.sweeping) {
                touched.extend((0..self.plan.crates).filter(|krate| (krate + at).is_multiple_of(2)));
            } else {
                self.task(at, &mut touched);
                if self.percent(self.plan.tangled) {
                    self.task(at, &mut touched);
                }
            }
            if touched.len() <= MOST_CRATES {
                rows.push(touched.into_iter().collect());
            }
        }
        rows
    }
}

fn judge(table: &Table, seed: u64) -> BTreeSet<Pair> {
    let setting = Setting {
        context_of: &vec![None; table.width()],
        contexts: 0,
        links: crate::signals::links::Links::default(),
        facade: vec![false; table.width()],
        seed,
        chance: true,
    };
    flagged(&shuffled(table, setting))
        .into_iter()
        .map(|(pair, _)| pair)
        .collect()
}

/// Makes a history, and says which pairs are found in it.
fn planted(plan: Plan) -> Found {
    let mut maker = Maker::new(plan);
    let rows = maker.rows();
    let table = Table::new(plan.crates as usize, rows.iter().map(Vec::as_slice));
    let flagged = judge(&table, plan.seed);
    let planted = maker.planted();
    Found {
        planted: planted.len(),
        flagged: flagged.len(),
        both: flagged.intersection(&planted).count(),
    }
}

/// Makes a history, shuffles it, and says how many pairs are flagged though only chance has joined them.
fn noise(plan: Plan, shuffle: u64) -> usize {
    let rows = Maker::new(plan).rows();
    let table = Table::new(plan.crates as usize, rows.iter().map(Vec::as_slice));
    judge(&table.shuffled(plan.seed ^ 0x5eed, shuffle), plan.seed).len()
}

#[test]
fn planted_pairs_are_found_and_little_else() {
    for (sweeping, drift, tangled) in [(0, false, 0), (6, true, 20)] {
        let mut all = Found::default();
        for seed in 1..=4 {
            let found = planted(Plan {
                sweeping,
                drift,
                tangled,
                seed,
                ..Plan::default()
            });
            all.planted += found.planted;
            all.flagged += found.flagged;
            all.both += found.both;
        }
        assert!(
            all.both * 100 >= all.planted * 90,
            "{sweeping} {drift} {tangled}: {all:?}"
        );
        assert!(
            all.both * 100 >= all.flagged * 95,
            "{sweeping} {drift} {tangled}: {all:?}"
        );
    }
}

#[test]
fn in_noise_hardly_anything_is_found() {
    let found: usize = (0..2).map(|shuffle| noise(Plan::default(), shuffle)).sum();
    assert!(found <= 1, "{found}");
}
