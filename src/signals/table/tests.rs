//! Shuffles keep what they promise to keep, and chance is what a count says it is.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{Asked, Pair, Table};
use crate::signals::statistics::Random;

pub(super) fn table(rows: &[Vec<u32>], width: usize) -> Table {
    Table::new(width, rows.iter().map(Vec::as_slice))
}

/// 300 rows of one to five of twelve columns, of which the first are touched most.
pub(super) fn mixed() -> Table {
    let mut random = Random::new(5, 0);
    let rows = (0..300).map(|_| {
        let touches = 1 + random.below(2) * random.below(5);
        let mut column = || {
            let most = random.below(12);
            random.below(1 + most)
        };
        let row: BTreeSet<u32> = (0..touches).map(|_| column()).collect();
        row.into_iter().collect()
    });
    table(&rows.collect::<Vec<Vec<u32>>>(), 12)
}

fn rows() -> impl Strategy<Value = Vec<Vec<u32>>> {
    let row = proptest::collection::btree_set(0u32..12, 1..6);
    proptest::collection::vec(row.prop_map(|row: BTreeSet<u32>| row.into_iter().collect()), 1..60)
}

proptest! {
    #[test]
    fn a_shuffle_keeps_every_sum_and_touches_nothing_twice(rows in rows(), seed in 0u64..1000) {
        let table = table(&rows, 12);
        let shuffled = table.shuffled(seed, 3);
        prop_assert_eq!(table.totals(), shuffled.totals());
        for (before, after) in table.rows().zip(shuffled.rows()) {
            prop_assert_eq!(before.len(), after.len());
            prop_assert_eq!(after.iter().collect::<BTreeSet<_>>().len(), after.len());
        }
        prop_assert_eq!(shuffled.rows().flatten().copied().collect::<Vec<u32>>(),
            table.shuffled(seed, 3).rows().flatten().copied().collect::<Vec<u32>>());
    }

    #[test]
    fn chance_counts_the_pairs_of_the_shuffles(rows in rows(), seed in 0u64..1000) {
        let table = table(&rows, 12);
        let group_of: Vec<Option<u32>> = (0..12).map(|column| (column % 4 != 3).then_some(column % 4)).collect();
        let asked = |table: &Table| {
            let mut pairs: Vec<(Pair, u32)> = table.pairs().into_iter().collect();
            pairs.sort_unstable();
            pairs
        };
        let groups = asked(&table.grouped(&group_of, 3));
        let chances = table.chance(&Asked::new(asked(&table), groups.clone(), &group_of), 4, seed);
        let shuffled: Vec<Table> = (0..4).map(|stream| table.shuffled(seed, stream)).collect();
        for (pair, there) in asked(&table) {
            let counts: Vec<u32> = shuffled.iter().map(|t| t.pairs().get(&pair).copied().unwrap_or(0)).collect();
            let chance = chances.of(pair);
            prop_assert!((chance.expected() - f64::from(counts.iter().sum::<u32>()) / 4.0).abs() < 1e-12);
            let reached = u32::try_from(counts.iter().filter(|count| **count >= there).count()).expect("few");
            prop_assert!((chance.p() - f64::from(reached + 1) / 5.0).abs() < 1e-12);
        }
        for (pair, _) in groups {
            let count = |t: &Table| t.grouped(&group_of, 3).pairs().get(&pair).copied().unwrap_or(0);
            let sum: u32 = shuffled.iter().map(count).sum();
            prop_assert!((chances.of_groups(pair).expected() - f64::from(sum) / 4.0).abs() < 1e-12);
        }
    }
}

#[test]
fn of_two_busy_columns_chance_expects_what_their_activity_says() {
    // 400 rows of two touches each over ten columns that are alike: every one of 45 pairs is expected in about 400 / 45.
    let rows: Vec<Vec<u32>> = (0..400u32)
        .map(|row| {
            let (one, step) = (row % 10, 1 + row / 10 % 9);
            let mut row = vec![one, (one + step) % 10];
            row.sort_unstable();
            row
        })
        .collect();
    let table = table(&rows, 10);
    let pairs: Vec<(Pair, u32)> = table.pairs().into_iter().collect();
    let chances = table.chance(&Asked::new(pairs.clone(), Vec::new(), &[None; 10]), 200, 1);
    for (pair, _) in pairs {
        let expected = chances.of(pair).expected();
        assert!((expected - 400.0 / 45.0).abs() < 1.5, "{pair:?}: {expected}");
    }
}
