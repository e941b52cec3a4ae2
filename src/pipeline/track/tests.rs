//! Numbers in, what is told out.

use super::*;

fn known() -> Known {
    Known {
        crates: ["app", "store"].map(str::to_owned),
        commits: [74, 110],
        shared: 2,
        expected: 0.0,
        at_least: 0.9,
        share: 0.018,
        share_at_least: 0.005,
        together: false,
        small: false,
        references: None,
    }
}

#[track_caller]
fn check(known: &Known, suggests: Suggestion, text: &str) {
    let track = written(known, "");
    assert_eq!((track.suggests, track.text.as_str()), (suggests, text));
}

#[test]
fn few_references_and_no_ripple_is_code_that_is_easy_to_fix() {
    let with = |references| Known {
        references: Some(references),
        ..known()
    };
    check(
        &with(12),
        Suggestion::MendTheCode,
        "12 references, no ripple (2 of 110 commits to `store` changed `app` too): the code is easy to fix",
    );
    check(
        &with(21),
        Suggestion::MendTheCode,
        "21 references, no ripple (2 of 110 commits to `store` changed `app` too): much code to change, but the boundary holds",
    );
    assert!(written(&with(1), "").text.starts_with("1 reference, no ripple"));
}

#[test]
fn without_a_reader_of_source_nothing_is_said_of_references() {
    check(
        &known(),
        Suggestion::MendTheCode,
        "no ripple (2 of 110 commits to `store` changed `app` too): history does not speak against the rule",
    );
    assert_eq!(written(&known(), "").references, None);
}

#[test]
fn crates_that_change_together_ask_for_a_look_at_the_boundary() {
    let together = Known {
        shared: 24,
        expected: 2.1,
        at_least: 4.44,
        together: true,
        references: Some(3),
        ..known()
    };
    check(
        &together,
        Suggestion::LookAtTheBoundary,
        "3 references, `app` and `store` change together at least 4.4 times more than chance (24 commits change both, 2.1 would by \
         chance): look at the boundary first",
    );
}

#[test]
fn so_does_a_ripple_of_a_quarter() {
    let rippling = |share_at_least, shared| Known {
        share_at_least,
        shared,
        at_least: 1.2,
        ..known()
    };
    check(
        &rippling(0.254, 36),
        Suggestion::LookAtTheBoundary,
        "36 of 110 commits to `store` changed `app` too (at least 25 %): look at the boundary first",
    );
    assert_eq!(written(&rippling(0.249, 36), "").suggests, Suggestion::MendTheCode);
    assert_eq!(written(&rippling(0.3, 4), "").suggests, Suggestion::MendTheCode);
}

#[test]
fn young_crates_are_not_judged() {
    let young = Known {
        commits: [3, 110],
        ..known()
    };
    check(
        &young,
        Suggestion::TooFewCommits,
        "too few commits to say (3 change `app`, 110 change `store`)",
    );
}

#[test]
fn what_few_commits_share_has_no_expectation() {
    let track = written(&known(), "");
    assert_eq!((track.expected, track.at_least), (None, None));
    let track = written(&Known { shared: 5, ..known() }, "over 2 steps: ");
    assert_eq!(track.expected, Some(0.0));
    assert!(track.text.starts_with("over 2 steps: no ripple"));
}

#[test]
fn a_crate_that_changes_with_everything_ripples_no_more_than_chance() {
    let busy = Known {
        shared: 90,
        share_at_least: 0.7,
        at_least: 0.98,
        ..known()
    };
    check(
        &busy,
        Suggestion::MendTheCode,
        "90 of 110 commits to `store` changed `app` too, but `app` changes as often with everything else: history does not speak \
         against the rule",
    );
    // Of few crates chance knows nothing, and what reaches is believed.
    let small = Known { small: true, ..busy };
    assert_eq!(written(&small, "").suggests, Suggestion::LookAtTheBoundary);
}

#[test]
fn of_a_cycle_the_edge_that_ripples_least_is_told_and_a_young_one_last() {
    let edge = |from: &str, share_at_least, commits| Known {
        crates: [from.to_owned(), "x".to_owned()],
        share_at_least,
        commits,
        ..known()
    };
    let edges = vec![
        edge("a", 0.2, [50, 50]),
        edge("b", 0.1, [50, 50]),
        edge("c", 0.0, [50, 9]),
    ];
    assert_eq!(least(edges).expect("an edge").crates[0], "b");
    assert_eq!(least(vec![edge("c", 0.0, [50, 9])]).expect("an edge").crates[0], "c");
    assert!(least(Vec::new()).is_none());
}
