//! The signal `crossing`: which share of the commits touches more than one context, quarter by quarter, and which contexts can be
//! changed alone.
//!
//! A share is bounded as Wilson did it (*Probable inference, the law of succession, and statistical inference*, JASA 22, 1927), and
//! a trend is said to be one only where the test of Cochran (*Some methods for strengthening the common χ² tests*, Biometrics 10,
//! 1954) and Armitage (*Tests for linear trends in proportions and frequencies*, Biometrics 11, 1955) finds it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::history::Commit;

/// Of fewer commits no share is told: with 20, a share of one half is still known to 20 points up or down only.
pub const ENOUGH: u32 = 20;

/// The quantile of the normal distribution for a certainty of 95 % on both sides.
const Z: f64 = 1.96;

/// What commits are sorted by: the contexts, or the crates of a workspace that declares none.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    /// Whether they are crates.
    pub crates: bool,
    /// Their names.
    pub names: Vec<String>,
    /// For each unit of the history its part; none where it is in none, or in one that stands outside: a composition root
    /// changes with whatever it puts together.
    pub of_unit: Vec<Option<u32>>,
    /// For each part those whom its crates belong to, sorted.
    pub owners: Vec<Vec<String>>,
    /// For each unit those whom it belongs to, as numbers in order; empty where nobody wrote down any, and then anybody may change it.
    pub unit_owners: Vec<Vec<u32>>,
    /// Whether anybody wrote down owners.
    pub owned: bool,
}

/// What the commits of a history say.
#[derive(Clone, Debug, PartialEq)]
pub struct Trend {
    /// Over the whole of it: commits that touch a part, and those of them that touch more than one.
    pub all: Share,
    /// The same by quarter, in their order; quarters without such a commit are left out.
    pub quarters: Vec<(Quarter, Share)>,
    /// Where the quarters lead; none where fewer than three of them have enough commits.
    pub slope: Option<Slope>,
    /// For each part that a commit touches how often it is changed alone: those that can least be first, and those with too few
    /// commits last.
    pub parts: Vec<Changes>,
}

/// Three months.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quarter {
    /// The year.
    pub year: i16,
    /// From 1 to 4.
    pub number: i8,
}

/// Some of so many commits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// All of them.
    pub commits: u32,
    /// Those that are meant.
    pub of_them: u32,
}

/// Where a share of commits leads.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Slope {
    /// How much it rises within a year, as a share: .05 is five points.
    pub per_year: f64,
    /// Whether that is more than chance gives, with a certainty of 95 %.
    pub clear: bool,
}

/// How often a part is changed alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes {
    /// The part, by position in [`Parts::names`].
    pub part: u32,
    /// Of the commits that touch it, those that touch no other part.
    pub alone: Share,
    /// Of the commits that touch it, those that one owner could have made: one of whom everything belongs to that they touch.
    pub one_owner: Share,
}

impl Share {
    /// The share; 0 of nothing.
    #[must_use]
    pub fn value(self) -> f64 {
        if self.commits == 0 {
            return 0.0;
        }
        f64::from(self.of_them) / f64::from(self.commits)
    }

    /// Whether there are enough commits to tell it.
    #[must_use]
    pub fn is_known(self) -> bool {
        self.commits >= ENOUGH
    }

    /// Between which shares the true one lies, with a certainty of 95 %.
    #[must_use]
    pub fn bounds(self) -> (f64, f64) {
        if self.commits == 0 {
            return (0.0, 1.0);
        }
        let (n, share) = (f64::from(self.commits), self.value());
        let middle = share + Z * Z / (2.0 * n);
        let half = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
        let whole = 1.0 + Z * Z / n;
        (((middle - half) / whole).max(0.0), ((middle + half) / whole).min(1.0))
    }

    fn count(&mut self, meant: bool) {
        self.commits += 1;
        self.of_them += u32::from(meant);
    }
}

impl Quarter {
    /// The quarter of a moment, in UTC; none for a moment that no calendar has.
    #[must_use]
    pub fn of(seconds: i64) -> Option<Self> {
        let date = Timestamp::from_second(seconds).ok()?.to_zoned(TimeZone::UTC).date();
        Some(Self {
            year: date.year(),
            number: (date.month() - 1) / 3 + 1,
        })
    }

    /// The quarter after it.
    #[must_use]
    pub fn next(self) -> Self {
        match self.number {
            4.. => Self {
                year: self.year.saturating_add(1),
                number: 1,
            },
            number => Self {
                number: number + 1,
                ..self
            },
        }
    }

    /// How many quarters lead from it to another; none to one before it.
    #[must_use]
    pub fn until(self, other: Self) -> usize {
        usize::try_from(other.index() - self.index()).unwrap_or(0)
    }

    /// How many quarters lie before it, since the year 0.
    fn index(self) -> i32 {
        i32::from(self.year) * 4 + i32::from(self.number)
    }
}

impl std::fmt::Display for Quarter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04} Q{}", self.year, self.number)
    }
}

/// Counts the commits of a history.
#[must_use]
pub fn trend(commits: &[Commit], parts: &Parts) -> Trend {
    let mut all = Share::default();
    let mut quarters: BTreeMap<Quarter, Share> = BTreeMap::new();
    let mut alone: Vec<Changes> = (0u32..)
        .zip(&parts.names)
        .map(|(part, _)| Changes {
            part,
            alone: Share::default(),
            one_owner: Share::default(),
        })
        .collect();
    for commit in commits {
        let mut touched: Vec<u32> = commit.units.iter().filter_map(|unit| parts.of(*unit)).collect();
        touched.sort_unstable();
        touched.dedup();
        if touched.is_empty() {
            continue;
        }
        let crosses = touched.len() > 1;
        all.count(crosses);
        if let Some(quarter) = Quarter::of(commit.time) {
            quarters.entry(quarter).or_default().count(crosses);
        }
        let one_owner = parts.have_one_owner(&commit.units);
        for part in touched {
            let of = &mut alone[part as usize];
            of.alone.count(!crosses);
            of.one_owner.count(one_owner);
        }
    }
    alone.retain(|part| part.alone.commits > 0);
    alone.sort_by(|a, b| order(a, b).then_with(|| parts.names[a.part as usize].cmp(&parts.names[b.part as usize])));
    let quarters: Vec<(Quarter, Share)> = quarters.into_iter().collect();
    Trend {
        all,
        slope: slope(&quarters),
        quarters,
        parts: alone,
    }
}

/// Those that can least be changed alone first, and those of which nothing is known last.
fn order(a: &Changes, b: &Changes) -> std::cmp::Ordering {
    let (a, b) = (a.alone, b.alone);
    let known = b.is_known().cmp(&a.is_known());
    // a/n against b/m without dividing: equal shares are equal.
    let product = |share: Share, other: Share| u64::from(share.of_them) * u64::from(other.commits);
    known
        .then(product(a, b).cmp(&product(b, a)))
        .then(b.commits.cmp(&a.commits))
}

impl Parts {
    fn of(&self, unit: u32) -> Option<u32> {
        self.of_unit.get(unit as usize).copied().flatten()
    }

    /// Whether there is somebody to whom all of these belong; what belongs to nobody is everybody's.
    fn have_one_owner(&self, units: &[u32]) -> bool {
        let mut common: Option<Vec<u32>> = None;
        for unit in units {
            let owners = self.unit_owners.get(*unit as usize).map_or(&[][..], Vec::as_slice);
            if owners.is_empty() {
                continue;
            }
            match &mut common {
                None => common = Some(owners.to_vec()),
                Some(common) => common.retain(|owner| owners.binary_search(owner).is_ok()),
            }
        }
        common.is_none_or(|common| !common.is_empty())
    }
}

/// The line that fits the shares of the quarters best, each weighing as many as its commits; and whether the shares rise or fall
/// with time beyond chance.
fn slope(quarters: &[(Quarter, Share)]) -> Option<Slope> {
    let known: Vec<(f64, f64, f64)> = quarters
        .iter()
        .filter(|(_, share)| share.is_known())
        .map(|(quarter, share)| {
            (
                f64::from(quarter.index()),
                f64::from(share.commits),
                f64::from(share.of_them),
            )
        })
        .collect();
    if known.len() < 3 {
        return None;
    }
    let commits: f64 = known.iter().map(|(_, n, _)| n).sum();
    let crossing: f64 = known.iter().map(|(_, _, r)| r).sum();
    let share = crossing / commits;
    let mean = known.iter().map(|(t, n, _)| t * n).sum::<f64>() / commits;
    let spread: f64 = known.iter().map(|(t, n, _)| n * (t - mean).powi(2)).sum();
    let leaning: f64 = known.iter().map(|(t, n, r)| (t - mean) * (r - n * share)).sum();
    let variance = share * (1.0 - share) * spread;
    Some(Slope {
        per_year: 4.0 * leaning / spread,
        clear: variance > 0.0 && leaning.powi(2) > Z * Z * variance,
    })
}

#[cfg(test)]
mod tests;
