//! Histories as a few commits, and what is told of them.

use super::super::history::{Commit, CommitId};
use super::*;

/// A commit at a day of a year that touches these units.
fn commit(date: &str, units: &[u32]) -> Commit {
    let date: jiff::civil::Date = date.parse().expect("a day");
    let time = date.to_zoned(TimeZone::UTC).expect("a moment").timestamp().as_second();
    Commit {
        id: CommitId::parse(&"0".repeat(40)).expect("a name"),
        time,
        author: 0,
        units: units.into(),
        files: Box::default(),
    }
}

/// Three parts of one unit each, and a fourth unit that is in none.
fn parts() -> Parts {
    Parts {
        names: ["a", "b", "c"].map(str::to_owned).to_vec(),
        of_unit: vec![Some(0), Some(1), Some(2), None],
        unit_owners: vec![Vec::new(); 4],
        ..Parts::default()
    }
}

fn share(of_them: u32, commits: u32) -> Share {
    Share { commits, of_them }
}

#[test]
fn a_commit_crosses_where_it_touches_two_parts_and_counts_in_its_quarter() {
    let commits = [
        commit("2025-03-31", &[0]),
        commit("2025-04-01", &[0, 1]),
        commit("2025-06-30", &[1, 3]),
        commit("2025-12-31", &[0, 1, 2]),
        // What is in no part is no part's business.
        commit("2025-12-31", &[3]),
    ];
    let trend = trend(&commits, &parts());
    assert_eq!(trend.all, share(2, 4));
    let quarters: Vec<(String, Share)> = trend.quarters.iter().map(|(q, s)| (q.to_string(), *s)).collect();
    let expected = [
        ("2025 Q1", share(0, 1)),
        ("2025 Q2", share(1, 2)),
        ("2025 Q4", share(1, 1)),
    ];
    assert_eq!(quarters, expected.map(|(quarter, share)| (quarter.to_owned(), share)));
    assert_eq!(trend.slope, None);
}

#[test]
fn two_crates_of_one_part_are_no_crossing() {
    let parts = Parts {
        of_unit: vec![Some(0), Some(0), Some(1)],
        ..parts()
    };
    let trend = trend(&[commit("2025-01-01", &[0, 1])], &parts);
    assert_eq!(trend.all, share(0, 1));
}

#[test]
fn the_part_that_can_least_be_changed_alone_stands_first_and_one_with_few_commits_last() {
    let mut commits = vec![commit("2025-01-01", &[0]); 30];
    commits.extend(vec![commit("2025-01-01", &[1]); 20]);
    commits.extend(vec![commit("2025-01-01", &[0, 1]); 15]);
    commits.extend(vec![commit("2025-01-01", &[1, 2]); 4]);
    let trend = trend(&commits, &parts());
    let parts: Vec<(u32, Share)> = trend.parts.iter().map(|part| (part.part, part.alone)).collect();
    assert_eq!(parts, [(1, share(20, 39)), (0, share(30, 45)), (2, share(0, 4))]);
}

#[test]
fn one_owner_suffices_where_all_that_is_touched_has_one_in_common() {
    let parts = Parts {
        unit_owners: vec![vec![0, 1], vec![1, 2], vec![3], vec![]],
        owned: true,
        ..parts()
    };
    let of = |units: &[u32]| trend(&[commit("2025-01-01", units)], &parts).parts[0].one_owner;
    assert_eq!(of(&[0, 1]), share(1, 1));
    assert_eq!(of(&[0, 1, 2]), share(0, 1));
    // What nobody owns asks nobody.
    assert_eq!(of(&[2, 3]), share(1, 1));
    assert_eq!(of(&[0, 2, 3]), share(0, 1));
}

#[test]
fn the_bounds_of_a_share_are_wilsons() {
    // 10 of 20, 0 of 20 and 40 of 100, by the formula and by R's `prop.test(…, correct = FALSE)`.
    for (share, low, high) in [
        (share(10, 20), 0.2993, 0.7007),
        (share(0, 20), 0.0, 0.1611),
        (share(40, 100), 0.3094, 0.4980),
    ] {
        let (found_low, found_high) = share.bounds();
        assert!((found_low - low).abs() < 1e-4, "{share:?} {found_low}");
        assert!((found_high - high).abs() < 1e-4, "{share:?} {found_high}");
    }
    assert_eq!(share(0, 0).bounds(), (0.0, 1.0));
}

/// Quarters from 2024 on, with these numbers of crossing commits among 100 each.
fn quarters(crossing: &[u32]) -> Vec<(Quarter, Share)> {
    let mut quarter = Quarter { year: 2024, number: 1 };
    let mut quarters = Vec::new();
    for of_them in crossing {
        quarters.push((quarter, share(*of_them, 100)));
        quarter = quarter.next();
    }
    quarters
}

#[test]
fn a_trend_is_one_only_beyond_chance() {
    let rising = slope(&quarters(&[20, 25, 30, 35, 40])).expect("enough quarters");
    assert!(rising.clear && (rising.per_year - 0.2).abs() < 1e-9, "{rising:?}");
    let falling = slope(&quarters(&[40, 35, 30, 25, 20])).expect("enough quarters");
    assert!(falling.clear && (falling.per_year + 0.2).abs() < 1e-9, "{falling:?}");
    let noise = slope(&quarters(&[30, 35, 28, 33, 31])).expect("enough quarters");
    assert!(!noise.clear, "{noise:?}");
    // Nothing ever crosses: no variance, no trend, and no division by it.
    let still = slope(&quarters(&[0, 0, 0])).expect("enough quarters");
    assert!(!still.clear && still.per_year.abs() < 1e-9, "{still:?}");
}

#[test]
fn quarters_with_few_commits_say_nothing_of_a_trend() {
    let mut few = quarters(&[20, 25, 90]);
    few[2].1 = share(19, 19);
    assert_eq!(slope(&few), None);
}

#[test]
fn a_moment_that_no_calendar_has_is_in_no_quarter() {
    assert_eq!(Quarter::of(i64::MAX), None);
    assert_eq!(Quarter::of(-1).expect("a moment").to_string(), "1969 Q4");
    let mut odd = commit("2025-01-01", &[0, 1]);
    odd.time = i64::MIN;
    let trend = trend(&[odd], &parts());
    assert_eq!((trend.all, trend.quarters.len()), (share(1, 1), 0));
}
