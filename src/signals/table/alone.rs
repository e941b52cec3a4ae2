//! How many rows touch a column and no other, by chance: computed from the sums of a table, without shuffles.
//!
//! The model is the bipartite configuration model (F. Saracco, R. Di Clemente, A. Gabrielli and T. Squartini, Randomizing
//! Bipartite Networks: the Case of the World Trade Web, Scientific Reports 5, 2015): a row touches a column with the
//! probability xy / (1 + xy), where x belongs to the row and y to the column, and both are such that every sum is expected to
//! be what it is. Of one column the sum is then held exactly.

use std::collections::BTreeMap;

use super::Table;
use crate::signals::statistics::real;

/// Rounds of fitting; where a column or a row is full the fit only comes near, and ever slower.
const ROUNDS: usize = 500;
/// A fit that moves less than this is found.
const FOUND: f64 = 1e-9;
/// Less than this share of the most likely number is as good as impossible.
const IMPOSSIBLE: f64 = 1e-40;

/// The model of one table.
#[derive(Clone, Debug)]
pub struct Alone {
    /// For each size of a row how many rows have it, and their x; the smallest first.
    rows: Vec<(usize, usize, f64)>,
    /// For each sum of a column how many columns have it, and their y.
    columns: BTreeMap<u32, (usize, f64)>,
}

impl Alone {
    /// Fits the model to a table: rows of one size are alike, and so are columns of one sum.
    #[must_use]
    pub fn new(table: &Table) -> Self {
        let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
        for row in table.rows().filter(|row| !row.is_empty()) {
            *sizes.entry(row.len()).or_default() += 1;
        }
        let touches = real(table.columns.len()).sqrt().max(1.0);
        let mut columns: BTreeMap<u32, (usize, f64)> = BTreeMap::new();
        for total in table.totals().into_iter().filter(|total| *total > 0) {
            columns.entry(total).or_insert((0, f64::from(total) / touches)).0 += 1;
        }
        let rows = sizes.into_iter().map(|(size, rows)| (size, rows, real(size) / touches));
        let mut model = Self {
            rows: rows.collect(),
            columns,
        };
        for _ in 0..ROUNDS {
            if model.fit() < FOUND {
                break;
            }
        }
        model
    }

    /// One round: sets every x and then every y so that its sum is right, and says how far the farthest moved.
    fn fit(&mut self) -> f64 {
        let mut moved: f64 = 0.0;
        let mut set = |place: &mut f64, value: f64| {
            moved = moved.max((value / *place - 1.0).abs());
            *place = value;
        };
        for (size, _, x) in &mut self.rows {
            let each = self
                .columns
                .values()
                .map(|(columns, y)| real(*columns) * y / (1.0 + *x * y));
            set(x, real(*size) / each.sum::<f64>());
        }
        for (total, (_, y)) in &mut self.columns {
            let each = self.rows.iter().map(|(_, rows, x)| real(*rows) * x / (1.0 + x * *y));
            set(y, f64::from(*total) / each.sum::<f64>());
        }
        moved
    }

    /// Of the rows that touch a column of this sum, how many are expected to touch no other.
    #[must_use]
    pub fn expected(&self, total: u32) -> f64 {
        let y = self.y(total);
        let single = self.rows.iter().find(|(size, ..)| *size == 1);
        single.map_or(0.0, |(_, rows, x)| real(*rows) * touched(x * y))
    }

    /// The probability that of the rows that touch a column of this sum so many or more touch no other.
    #[must_use]
    pub fn p(&self, total: u32, alone: u32) -> f64 {
        let y = self.y(total);
        let most = total as usize;
        let (mut single, mut others) = (vec![1.0], vec![1.0]);
        for (size, rows, x) in &self.rows {
            let of_size = binomial(*rows, touched(x * y), most);
            if *size == 1 {
                single = of_size;
            } else {
                others = sums(&others, &of_size, most);
            }
        }
        let weight = |alone: usize| {
            let rest = most.checked_sub(alone).and_then(|rest| others.get(rest));
            single.get(alone).unwrap_or(&0.0) * rest.unwrap_or(&0.0)
        };
        let all: f64 = (0..=most).map(weight).sum();
        let reached: f64 = (alone as usize..=most).map(weight).sum();
        // A number that the sums allow at all has a weight; where rounding took all of them nothing is known.
        if all > 0.0 { (reached / all).min(1.0) } else { 1.0 }
    }

    fn y(&self, total: u32) -> f64 {
        self.columns.get(&total).map_or(0.0, |(_, y)| *y)
    }
}

/// The probability of a touch, of its odds.
fn touched(odds: f64) -> f64 {
    odds / (1.0 + odds)
}

/// How likely so many of all trials succeed, for each number up to `most`, in ratio to the likeliest of these.
fn binomial(trials: usize, p: f64, most: usize) -> Vec<f64> {
    let last = trials.min(most);
    let mut weights = vec![0.0; last + 1];
    if p >= 1.0 {
        weights[last] = 1.0;
        return weights;
    }
    let odds = p / (1.0 - p);
    let ratio = |number: usize| real(trials - number + 1) / real(number) * odds;
    // Each is the one before it times a ratio that falls: from the likeliest on, both ways, nothing overflows.
    let mode = (1..=last).take_while(|number| ratio(*number) >= 1.0).count();
    weights[mode] = 1.0;
    for number in mode + 1..=last {
        weights[number] = kept(weights[number - 1] * ratio(number));
    }
    for number in (1..=mode).rev() {
        weights[number - 1] = kept(weights[number] / ratio(number));
    }
    weights
}

/// How likely the sum of two independent numbers is each number up to `most`, in ratio to the likeliest.
fn sums(one: &[f64], other: &[f64], most: usize) -> Vec<f64> {
    let mut sums = vec![0.0; (one.len() + other.len() - 1).min(most + 1)];
    for (a, weight) in one.iter().enumerate().filter(|(_, weight)| **weight > 0.0) {
        for (sum, more) in sums[a.min(most)..].iter_mut().zip(other) {
            *sum += weight * more;
        }
    }
    let likeliest = sums.iter().copied().fold(0.0, f64::max);
    if likeliest > 0.0 {
        for sum in &mut sums {
            *sum = kept(*sum / likeliest);
        }
    }
    sums
}

fn kept(weight: f64) -> f64 {
    if weight < IMPOSSIBLE { 0.0 } else { weight }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{mixed, table};
    use super::*;

    /// For each column in how many rows it is alone, in each of so many shuffles.
    fn shuffled(table: &Table, shuffles: u64) -> Vec<Vec<u32>> {
        let one = |stream: u64| {
            let mut alone = vec![0; table.width()];
            for row in table.shuffled(7, stream).rows().filter(|row| row.len() == 1) {
                alone[row[0] as usize] += 1;
            }
            alone
        };
        (0..shuffles).map(one).collect()
    }

    #[test]
    fn what_is_computed_is_what_shuffles_have() {
        let table = mixed();
        let model = Alone::new(&table);
        let shuffled = shuffled(&table, 400);
        let all = real(shuffled.len());
        for (column, total) in table.totals().into_iter().enumerate() {
            let counts = || shuffled.iter().map(|alone| alone[column]);
            let mean = counts().map(f64::from).sum::<f64>() / all;
            let expected = model.expected(total);
            assert!(
                (expected - mean).abs() < 0.04 * mean + 0.2,
                "{column}: {expected} and not {mean}"
            );
            for reach in 0..=total {
                let found = real(counts().filter(|count| *count >= reach).count()) / all;
                let p = model.p(total, reach);
                assert!(
                    (p - found).abs() < 0.12,
                    "{column}, {reach} of {total}: {p} and not {found}"
                );
            }
        }
    }

    #[test]
    fn columns_that_are_alike_share_the_single_rows() {
        // Ten columns; 20 rows touch one and 20 two, each column as often as any other.
        let rows = (0..10u32).flat_map(|column| {
            let next = (column + 1) % 10;
            [
                vec![column],
                vec![column],
                vec![column.min(next), column.max(next)],
                vec![column.min(next), column.max(next)],
            ]
        });
        let table = table(&rows.collect::<Vec<_>>(), 10);
        let model = Alone::new(&table);
        assert!((model.expected(6) - 2.0).abs() < 1e-6, "{}", model.expected(6));
        assert!((model.p(6, 0) - 1.0).abs() < 1e-12 && model.p(6, 6) < 0.01);
        assert!((0..6).all(|alone| model.p(6, alone) > model.p(6, alone + 1)));
    }

    #[test]
    fn full_rows_and_columns_give_numbers_too() {
        let rows = [
            vec![],
            vec![vec![0]; 5],
            vec![vec![0, 1, 2]; 5],
            vec![vec![0], vec![0, 1], vec![0, 2]],
        ];
        for rows in rows {
            let table = table(&rows, 3);
            let model = Alone::new(&table);
            for total in table.totals() {
                let p: Vec<f64> = (0..=total).map(|alone| model.p(total, alone)).collect();
                assert!(
                    p.iter().all(|p| (0.0..=1.0).contains(p)) && p.is_sorted_by(|a, b| a >= b),
                    "{rows:?}: {p:?}"
                );
                assert!((0.0..=5.1).contains(&model.expected(total)), "{rows:?}");
            }
        }
    }
}
