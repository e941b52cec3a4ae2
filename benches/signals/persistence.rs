//! What is told of two years, and whether it holds in the year after: over yearly cuts of real histories.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use cargo_boundaries::validation::{History, Numbers, estimate};

use super::shuffled::shown;
use super::{figure, repository, share};

/// What is told must go on so many times more often than by chance.
const GOES_ON: f64 = 1.5;
/// A ripple must go on to reach so many of the commits.
const RIPPLES: f64 = 0.25;
/// A crate with fewer commits in the year after tells nothing of a pair.
const ENOUGH: u32 = 10;
/// The years whose first day is a cut.
const YEARS: std::ops::RangeInclusive<i32> = 2017..=2025;
/// The cuts after this year are shown by themselves: what was chosen on the others is confirmed on them.
const FIRST_HALF: i32 = 2021;
/// Shuffles of each year after, for what goes on by luck alone.
const SHUFFLES: u64 = 10;

/// When a pair counts as going on in the year after.
#[derive(Clone, Copy, Debug)]
enum Rule {
    /// The commits that change both are so many times those by chance. One commit where .3 are expected does, so that one
    /// pair in five goes on by luck.
    Plain,
    /// The ratio of the two is estimated to be so high, as the signals estimate it: few commits say little.
    Estimate,
}

const RULES: [Rule; 2] = [Rule::Estimate, Rule::Plain];

impl Rule {
    fn goes_on(self, shared: u32, expected: f64) -> bool {
        match self {
            Self::Plain => shared > 0 && f64::from(shared) >= GOES_ON * expected,
            Self::Estimate => estimate(shared, expected) >= GOES_ON,
        }
    }
}

/// What became of pairs by one rule.
#[derive(Clone, Copy, Default)]
struct Held {
    told: usize,
    /// Of all pairs of crates with enough commits before and after, told or not.
    all: usize,
    /// Of these, in years that were shuffled, all shuffles together.
    by_luck: usize,
}

/// What became of pairs.
#[derive(Clone, Copy, Default)]
struct Tally {
    told: usize,
    all: usize,
    held: [Held; 2],
    ripples: usize,
    ripples_held: usize,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.told += other.told;
        self.all += other.all;
        for (here, there) in self.held.iter_mut().zip(other.held) {
            here.told += there.told;
            here.all += there.all;
            here.by_luck += there.by_luck;
        }
        self.ripples += other.ripples;
        self.ripples_held += other.ripples_held;
    }

    fn print(&self, title: &str) {
        println!("  {title}: {} of {} ripples", self.ripples_held, self.ripples);
        let of = |some: usize, all: usize| share(some, all).map_or("none".to_owned(), |share| format!("{share:.3}"));
        for (rule, held) in RULES.iter().zip(&self.held) {
            println!(
                "    {rule:?}: told {} of {} ({}); all {} of {} ({}); not told {}; by luck {}; {} times all",
                held.told,
                self.told,
                of(held.told, self.told),
                held.all,
                self.all,
                of(held.all, self.all),
                of(held.all - held.told, self.all - self.told),
                of(held.by_luck, self.all * usize::try_from(SHUFFLES).unwrap_or(1)),
                self.times(*held).map_or("-".to_owned(), |times| format!("{times:.2}")),
            );
        }
    }

    /// How many times more often what is told goes on than a pair of all.
    fn times(&self, held: Held) -> Option<f64> {
        let base = share(held.all, self.all).filter(|base| *base > 0.0)?;
        Some(share(held.told, self.told)? / base)
    }
}

pub fn run(repositories: &[PathBuf]) -> Result<bool, String> {
    let (mut early, mut late) = (Tally::default(), Tally::default());
    let mut worst: [Option<f64>; 2] = [None; 2];
    for path in repositories {
        let (id, day) = repository::head(path)?;
        println!("{} {id} {day}", shown(path));
        let mut of = Tally::default();
        for year in YEARS {
            if let Some(tally) = cut(path, year)? {
                println!("  {year}: {} of {} pairs told", tally.told, tally.all);
                of.add(tally);
                if year <= FIRST_HALF { &mut early } else { &mut late }.add(tally);
            }
        }
        of.print("all");
        for (worst, held) in worst.iter_mut().zip(of.held) {
            if let Some(precision) = share(held.told, of.told).filter(|_| of.told >= 5) {
                *worst = Some(worst.map_or(precision, |worst: f64| worst.min(precision)));
            }
        }
    }
    println!("together");
    early.print(&format!("cuts up to {FIRST_HALF}"));
    late.print("cuts after");
    let mut whole = early;
    whole.add(late);
    whole.print("all");
    let mut holds = true;
    for ((rule, held), worst) in RULES.iter().zip(whole.held).zip(worst) {
        let (Some(precision), Some(times)) = (share(held.told, whole.told), whole.times(held)) else {
            return Err("too few commits: name repositories".to_owned());
        };
        println!("{rule:?}");
        let mut bars = figure("precision", precision, 0.80, true);
        bars &= figure("times the base rate", times, 4.0, true);
        bars &= figure("worst history", worst.unwrap_or(0.0), 0.70, true);
        // The plain rule is shown for comparison: most of its base rate is luck.
        holds &= bars || matches!(rule, Rule::Plain);
    }
    let ripple = share(whole.ripples_held, whole.ripples).unwrap_or(0.0);
    holds &= figure("ripple", ripple, 0.75, true);
    Ok(holds)
}

/// What was told at the first day of a year, and what the year brought; none where there is no history for it.
fn cut(path: &Path, year: i32) -> Result<Option<Tally>, String> {
    let (cut, next) = (format!("{year}-01-01"), format!("{}-01-01", year + 1));
    let (Some(then), Some(later)) = (repository::before(path, &cut)?, repository::before(path, &next)?) else {
        return Ok(None);
    };
    if then == later {
        return Ok(None);
    }
    let (Some((_, told)), Some((history, came))) = (numbers(path, &then, None)?, numbers(path, &later, Some(&cut))?)
    else {
        return Ok(None);
    };
    if told.commits < 100 || came.commits < 100 {
        return Ok(None);
    }
    Ok(Some(compare(&told, &came, &history)))
}

fn numbers(path: &Path, commit: &str, since: Option<&str>) -> Result<Option<(History, Numbers)>, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    repository::unpack(path, commit, folder.path())?;
    // A workspace of long ago may be written in ways that cargo no longer reads.
    match History::read(folder.path(), Some((path, commit)), since) {
        Ok(history) => {
            let numbers = history.numbers();
            Ok(Some((history, numbers)))
        }
        Err(error) => {
            println!("  {commit}: {}", error.lines().next().unwrap_or_default());
            Ok(None)
        }
    }
}

fn compare(told: &Numbers, came: &Numbers, year: &History) -> Tally {
    let mut tally = Tally::default();
    let active = |names: &&[String; 2]| {
        names
            .iter()
            .all(|name| came.crates.get(name).is_some_and(|commits| *commits >= ENOUGH))
    };
    let all: Vec<&[String; 2]> = told.pairs.keys().filter(active).collect();
    let pairs: Vec<&[String; 2]> = told.together.iter().filter(active).collect();
    tally.all = all.len();
    tally.told = pairs.len();
    let shuffled: Vec<BTreeMap<[String; 2], u32>> = (0..SHUFFLES)
        .map(|seed| year.pairs_when_shuffled(2000 + seed))
        .collect();
    for (rule, held) in RULES.iter().zip(&mut tally.held) {
        let goes_on = |names: &[String; 2]| {
            let found = came.pairs.get(names);
            found.is_some_and(|(shared, expected)| rule.goes_on(*shared, *expected))
        };
        held.told = pairs.iter().filter(|names| goes_on(names)).count();
        held.all = all.iter().filter(|names| goes_on(names)).count();
        let by_luck = |shuffled: &BTreeMap<[String; 2], u32>, names: &[String; 2]| {
            let shared = shuffled.get(names).copied().unwrap_or(0);
            let expected = came.pairs.get(names).map(|(_, expected)| *expected);
            expected.is_some_and(|expected| rule.goes_on(shared, expected))
        };
        let lucky = |shuffled| all.iter().filter(|names| by_luck(shuffled, names)).count();
        held.by_luck = shuffled.iter().map(lucky).sum();
    }
    for [dependent, dependency] in told.ripples.iter().filter(active) {
        let mut names = [dependent.clone(), dependency.clone()];
        names.sort();
        let shared = came.pairs.get(&names).map_or(0, |(shared, _)| *shared);
        let commits = came.crates.get(dependency).copied().unwrap_or(0);
        tally.ripples += 1;
        tally.ripples_held += usize::from(f64::from(shared) >= RIPPLES * f64::from(commits));
    }
    tally
}
