//! What is told of two years, and whether it holds in the year after: over yearly cuts of real histories.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use cargo_boundaries::validation::{History, Numbers};

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

/// What became of pairs.
#[derive(Clone, Copy, Default)]
struct Tally {
    told: usize,
    held: usize,
    /// All pairs of crates with enough commits before and after, told or not.
    all: usize,
    all_held: usize,
    ripples: usize,
    ripples_held: usize,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.told += other.told;
        self.held += other.held;
        self.all += other.all;
        self.all_held += other.all_held;
        self.ripples += other.ripples;
        self.ripples_held += other.ripples_held;
    }
}

pub fn run(repositories: &[PathBuf]) -> Result<bool, String> {
    let mut whole = Tally::default();
    let mut worst: Option<f64> = None;
    for path in repositories {
        let (id, day) = repository::head(path)?;
        println!("{} {id} {day}", shown(path));
        let mut of = Tally::default();
        for year in YEARS {
            if let Some(tally) = cut(path, year)? {
                println!(
                    "  {year}: {} of {} pairs held, {} of {} by themselves, {} of {} ripples",
                    tally.held, tally.told, tally.all_held, tally.all, tally.ripples_held, tally.ripples
                );
                of.add(tally);
            }
        }
        let precision = share(of.held, of.told);
        if let Some(precision) = precision.filter(|_| of.told >= 5) {
            worst = Some(worst.map_or(precision, |worst: f64| worst.min(precision)));
        }
        println!(
            "  all: precision {:?}, base {:?}, ripple {:?}",
            precision,
            share(of.all_held, of.all),
            share(of.ripples_held, of.ripples)
        );
        whole.add(of);
    }
    let (precision, base) = (share(whole.held, whole.told), share(whole.all_held, whole.all));
    let (Some(precision), Some(base), Some(ripple)) = (precision, base, share(whole.ripples_held, whole.ripples))
    else {
        return Err("too few commits: name repositories".to_owned());
    };
    println!("together: {} pairs told", whole.told);
    let mut holds = figure("precision", precision, 0.80, true);
    holds &= figure("times the base rate", precision / base, 4.0, true);
    holds &= figure("worst history", worst.unwrap_or(0.0), 0.70, true);
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
    let (Some(told), Some(came)) = (numbers(path, &then, None)?, numbers(path, &later, Some(&cut))?) else {
        return Ok(None);
    };
    if told.commits < 100 || came.commits < 100 {
        return Ok(None);
    }
    Ok(Some(compare(&told, &came)))
}

fn numbers(path: &Path, commit: &str, since: Option<&str>) -> Result<Option<Numbers>, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    repository::unpack(path, commit, folder.path())?;
    // A workspace of long ago may be written in ways that cargo no longer reads.
    match History::read(folder.path(), Some((path, commit)), since) {
        Ok(history) => Ok(Some(history.numbers())),
        Err(error) => {
            println!("  {commit}: {}", error.lines().next().unwrap_or_default());
            Ok(None)
        }
    }
}

fn compare(told: &Numbers, came: &Numbers) -> Tally {
    let mut tally = Tally::default();
    let active = |names: &[String; 2]| {
        names
            .iter()
            .all(|name| came.crates.get(name).is_some_and(|commits| *commits >= ENOUGH))
    };
    let held: BTreeMap<&[String; 2], bool> = (came.pairs.iter())
        .map(|(names, (shared, expected))| (names, f64::from(*shared) >= GOES_ON * expected && *shared > 0))
        .collect();
    let goes_on = |names: &[String; 2]| held.get(names).copied().unwrap_or(false);
    for names in told.pairs.keys().filter(|names| active(names)) {
        tally.all += 1;
        tally.all_held += usize::from(goes_on(names));
    }
    for names in told.together.iter().filter(|names| active(names)) {
        tally.told += 1;
        tally.held += usize::from(goes_on(names));
    }
    for [dependent, dependency] in told.ripples.iter().filter(|names| active(names)) {
        let mut names = [dependent.clone(), dependency.clone()];
        names.sort();
        let shared = came.pairs.get(&names).map_or(0, |(shared, _)| *shared);
        let commits = came.crates.get(dependency).copied().unwrap_or(0);
        tally.ripples += 1;
        tally.ripples_held += usize::from(f64::from(shared) >= RIPPLES * f64::from(commits));
    }
    tally
}
