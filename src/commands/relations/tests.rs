//! What people and machines see of tested relations.

use super::*;
use crate::config::parse::parse;
use crate::reporters::Style;
use crate::signals::relations::judge;
use crate::source::SourceFile;

const RULES: &str = "[contexts.billing]\n[contexts.billing.relations]\nledger = \"published-language\"\nshipping = \"separate-ways\"\n\
                     identity = \"partnership\"\nkernel = \"shared-kernel\"\n[contexts.ledger]\nrelations.shipping = \"customer-supplier\"\n\
                     [contexts.shipping]\nrelations.identity = \"conformist\"\n[contexts.identity]\n[contexts.kernel]\n";

/// Every relation of these rules, each with numbers under which it is broken where it can be.
fn tested(config: &Config) -> Vec<Tested> {
    let numbers = Numbers {
        commits: [74, 60],
        shared: 44,
        expected: 9.1,
        at_least: 3.2,
        ripple: 0.61,
        bound: 0.61,
        edges: [1, 2],
        enough: true,
    };
    let mut tested = Vec::new();
    for (context, declaring) in config.contexts.iter().enumerate() {
        for line in &declaring.relations {
            let other = config
                .contexts
                .iter()
                .position(|c| c.name.value == line.other.value)
                .expect("a context");
            tested.push(Tested {
                context,
                other,
                relation: line.relation,
                word: line.word,
                numbers,
                outcome: judge(line.relation, &numbers),
                examples: Vec::new(),
            });
        }
    }
    let young = Numbers {
        commits: [74, 3],
        shared: 1,
        enough: true,
        ..Numbers::default()
    };
    tested.push(Tested {
        numbers: young,
        outcome: Outcome::Unknown,
        ..tested[0].clone()
    });
    tested
}

fn drawn(style: Style) -> String {
    let mut sources = Sources::default();
    let file = sources.add(SourceFile::new(
        "boundaries.toml".to_owned(),
        "/shop/boundaries.toml".into(),
        RULES,
    ));
    let (config, problems) = parse(RULES, file);
    assert!(problems.is_empty(), "{problems:?}");
    let config = config.expect("a configuration");
    let commits = |tested: &Tested| match tested.outcome {
        Outcome::Broken(_) => vec!["1a2b3c4 Book what was shipped".to_owned()],
        _ => Vec::new(),
    };
    human(&tested(&config), &config, &sources, Pen::new(style), &commits)
}

const PLAIN: Style = Style {
    color: false,
    unicode: true,
    width: 80,
    all: false,
    quiet: false,
};

#[test]
fn every_reason_is_told_with_its_numbers_and_ways_out_in_eighty_columns() {
    use unicode_width::UnicodeWidthStr;
    let text = drawn(PLAIN);
    for line in text.lines() {
        assert!(line.width() <= 80, "{line}");
    }
    crate::tests::expect_file("tests/snapshots/relations/human.txt", &text);
}

#[test]
fn a_quiet_run_tells_the_outcomes_alone_and_ascii_is_ascii() {
    let quiet = Style {
        quiet: true,
        unicode: false,
        ..PLAIN
    };
    let text = drawn(quiet);
    assert!(text.is_ascii() && !text.contains("way out"), "{text}");
}

#[test]
fn machines_are_told_the_same() {
    let mut sources = Sources::default();
    let file = sources.add(SourceFile::new(
        "boundaries.toml".to_owned(),
        "/shop/boundaries.toml".into(),
        RULES,
    ));
    let config = parse(RULES, file).0.expect("a configuration");
    let all = tested(&config);
    let first = serde_json::to_value(json(&all[0], &config, &sources)).expect("json");
    assert_eq!(first["outcome"], "broken");
    assert_eq!(first["reasons"], serde_json::json!(["ripples"]));
    assert_eq!(first["commits"], serde_json::json!([74, 60]));
    assert_eq!(
        (&first["place"]["file"], &first["place"]["line"]),
        (&"boundaries.toml".into(), &3.into())
    );
    let last = serde_json::to_value(json(&all[all.len() - 1], &config, &sources)).expect("json");
    assert_eq!(
        (&last["outcome"], &last["expected"]),
        (&"unknown".into(), &serde_json::Value::Null)
    );
}
