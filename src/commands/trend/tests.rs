//! What people see of a trend, at 80 columns.

use super::*;
use crate::reporters::Style;

const PLAIN: Style = Style {
    color: false,
    unicode: true,
    width: 80,
    all: false,
    quiet: false,
};

fn share(of_them: u32, commits: u32) -> Share {
    Share { commits, of_them }
}

/// Six quarters of three contexts, with owners.
fn shop() -> (Trend, Parts) {
    let quarter = |year, number| Quarter { year, number };
    let parts = Parts {
        names: ["billing", "ledger", "shipping\u{1b}[2J"].map(str::to_owned).to_vec(),
        owners: vec![
            vec!["@shop/billing".to_owned()],
            vec!["@shop/ledger".to_owned(), "@shop/money-and-numbers".to_owned()],
            Vec::new(),
        ],
        owned: true,
        ..Parts::default()
    };
    let alone = |part, alone, one_owner| Changes { part, alone, one_owner };
    let trend = Trend {
        all: share(210, 640),
        quarters: vec![
            (quarter(2024, 1), share(1, 1)),
            (quarter(2025, 1), share(30, 120)),
            (quarter(2025, 2), share(44, 131)),
            (quarter(2025, 3), share(51, 140)),
            (quarter(2025, 4), share(84, 241)),
            (quarter(2026, 1), share(2, 7)),
        ],
        slope: Some(Slope {
            per_year: 0.113,
            clear: true,
        }),
        parts: vec![
            alone(1, share(101, 300), share(150, 300)),
            alone(0, share(280, 420), share(300, 420)),
            alone(2, share(3, 9), share(3, 9)),
        ],
    };
    (trend, parts)
}

#[test]
fn a_trend_is_drawn_in_eighty_columns() {
    let (trend, parts) = shop();
    let text = human(&trend, &parts, Pen::new(PLAIN));
    for line in text.lines() {
        assert!(line.width() <= 80, "{line}");
    }
    crate::tests::expect_file("tests/snapshots/trend/unicode.txt", &text);
}

#[test]
fn a_trend_is_drawn_in_ascii_where_the_locale_asks() {
    let (trend, parts) = shop();
    let style = Style {
        unicode: false,
        ..PLAIN
    };
    let text = human(&trend, &parts, Pen::new(style));
    assert!(text.is_ascii(), "{text}");
    crate::tests::expect_file("tests/snapshots/trend/ascii.txt", &text);
}

#[test]
fn a_trend_without_owners_and_of_crates_says_so() {
    let (trend, mut parts) = shop();
    parts.owned = false;
    parts.crates = true;
    let trend = Trend { slope: None, ..trend };
    let text = human(&trend, &parts, Pen::new(PLAIN));
    crate::tests::expect_file("tests/snapshots/trend/crates.txt", &text);
}

#[test]
fn a_trend_is_written_as_markdown() {
    let (trend, parts) = shop();
    crate::tests::expect_file("tests/snapshots/trend/trend.md", &markdown(&trend, &parts));
}

#[test]
fn few_commits_are_no_share_for_machines_either() {
    let (trend, parts) = shop();
    let written = serde_json::to_value(json(&trend, &parts)).expect("json");
    let last = &written["quarters"][5];
    assert_eq!((&last["quarter"], &last["commits"]), (&"2026-Q1".into(), &7.into()));
    assert!(last["share"].is_null() && last["bounds"].is_null(), "{last}");
    assert_eq!(written["alone"][0]["share"], 0.3367);
    assert_eq!(written["alone"][2]["one_owner"]["share"], serde_json::Value::Null);
}

#[test]
fn nothing_from_a_repository_reaches_a_terminal_unescaped() {
    let (mut trend, mut parts) = shop();
    for part in &mut trend.parts {
        part.alone = share(20, 40);
    }
    for owners in &mut parts.owners {
        *owners = vec!["@a\u{1b}]0;x\u{7}".to_owned()];
    }
    for text in [human(&trend, &parts, Pen::new(PLAIN)), markdown(&trend, &parts)] {
        assert!(!text.contains(['\u{1b}', '\u{7}']), "{text:?}");
    }
}

#[test]
fn a_bar_is_as_long_as_its_share() {
    assert_eq!(bar(0.5, 8, true), "████");
    assert_eq!(bar(1.0, 4, true), "████");
    assert_eq!(bar(0.53, 8, true), "████▎");
    assert_eq!(bar(0.0001, 8, true), "▏");
    assert_eq!(bar(0.0, 8, true), "");
    assert_eq!(bar(0.5, 9, false), "#####");
    assert_eq!(bar(0.0001, 8, false), "#");
}

#[test]
fn no_commit_is_nothing_to_tell() {
    let (_, parts) = shop();
    let trend = Trend {
        all: share(0, 0),
        quarters: Vec::new(),
        slope: None,
        parts: Vec::new(),
    };
    let text = human(&trend, &parts, Pen::new(PLAIN));
    assert_eq!(text, "no commit touches a context: there is nothing to tell\n");
}
