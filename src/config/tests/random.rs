//! Texts that nobody would write: no panic, and every place lies inside the text.

use proptest::prelude::*;

use super::super::parse::parse;
use super::super::selector::parse::parse as parse_selector;
use crate::source::FileId;

fn survives(text: &str) -> Result<(), TestCaseError> {
    let (config, problems) = parse(text, FileId::new(0));
    prop_assert!(config.is_some() || !problems.is_empty());
    for (span, _) in problems.iter().flat_map(|problem| &problem.labels) {
        prop_assert!(text.get(span.range()).is_some(), "{span:?} in {text:?}");
    }
    for problem in &problems {
        prop_assert!(!problem.labels.is_empty() && !problem.message.is_empty(), "{problem:?}");
    }
    Ok(())
}

const WORDS: &[&str] = &[
    "layers",
    "contexts",
    "forbidden",
    "allowed",
    "protected",
    "independent",
    "acyclic",
    "gateway",
    "features",
    "exceptions",
    "externals",
    "levels",
    "groups",
    "settings",
    "version",
    "required-version",
    "name",
    "crates",
    "sets",
    "from",
    "to",
    "over",
    "reach",
    "evidence",
    "through",
    "not-through",
    "may-use",
    "beside",
    "rest",
    "public",
    "public-to",
    "relations",
    "signals",
    "faces",
    "kind",
    "kinds",
    "until",
    "expect",
    "reason",
    "rule",
    "among",
    "a",
    "b",
    "limits",
    "\"q\\u00e4\"",
    "'l'",
];

const STRINGS: &[&str] = &[
    "a",
    "*",
    "!a",
    "layer:a",
    "group:a",
    "group:b",
    "context:b",
    "external:x",
    "external:x@1.2",
    "path:./x",
    "path:a//b",
    "is:lin",
    "a & !b",
    "mod:a::b",
    "transitive",
    "lock",
    "direct",
    "normal",
    "contexts",
    "partnership",
    "deny",
    "metadata:ä=",
    "\\u00e4?",
    "",
    "tag:",
    "ä:ö",
    "!!",
    "a & ",
    "path:",
    "b:f",
];

const VALUES: &[&str] = &[
    "1",
    "0",
    "-1",
    "1.5",
    "true",
    "false",
    "2027-03-31",
    "2027-03-31T00:00:00Z",
    "nan",
    "0x1",
];

const TABLES: &[&str] = &[
    "layers",
    "forbidden",
    "allowed",
    "protected",
    "independent",
    "acyclic",
    "gateway",
    "features",
    "exceptions",
];

/// A word of the language, or of none.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![4 => prop::sample::select(WORDS).prop_map(str::to_owned), 1 => "[a-zä_-]{1,4}"]
}

fn value() -> impl Strategy<Value = String> {
    let string = prop_oneof![
        prop::sample::select(STRINGS).prop_map(|s| format!("\"{s}\"")),
        "[a-zä:*!&? ./@=-]{0,12}".prop_map(|s| format!("'{s}'")),
        "[a-zä\n]{0,5}".prop_map(|s| format!("\"\"\"\n{s}\"\"\"")),
    ];
    let leaf = prop_oneof![4 => string, 1 => prop::sample::select(VALUES).prop_map(str::to_owned)];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(|list| format!("[{}]", list.join(", "))),
            prop::collection::vec((word(), inner), 0..3).prop_map(|table| {
                let lines: Vec<String> = table
                    .into_iter()
                    .map(|(key, value)| format!("{key} = {value}"))
                    .collect();
                format!("{{ {} }}", lines.join(", "))
            }),
        ]
    })
}

fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => (word(), value()).prop_map(|(key, value)| format!("{key} = {value}")),
        1 => (word(), word(), value()).prop_map(|(a, b, value)| format!("{a}.{b} = {value}")),
        2 => word().prop_map(|key| format!("[[{key}]]")),
        1 => word().prop_map(|key| format!("[{key}]")),
        2 => (word(), word()).prop_map(|(a, b)| format!("[{a}.{b}]")),
        1 => "[\\[\\]{}=\"'a-zä,.# ]{0,10}",
    ]
}

/// Files whose TOML is right, so that what stands in them is looked at.
fn document() -> impl Strategy<Value = String> {
    let keys = prop::collection::btree_map(word(), value(), 0..7);
    let table = (prop::sample::select(TABLES), keys).prop_map(|(name, keys)| {
        let lines: Vec<String> = keys
            .into_iter()
            .map(|(key, value)| format!("{key} = {value}\n"))
            .collect();
        format!("[[{name}]]\n{}", lines.concat())
    });
    prop::collection::vec(table, 0..6).prop_map(|tables| tables.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_file_of_right_toml_makes_it_panic(text in document()) {
        survives(&text)?;
    }

    #[test]
    fn no_lines_of_almost_toml_make_it_panic(lines in prop::collection::vec(line(), 0..12), bom: bool, crlf: bool) {
        let text = lines.join(if crlf { "\r\n" } else { "\n" });
        survives(&if bom { format!("\u{feff}{text}") } else { text })?;
    }

    #[test]
    fn no_text_makes_it_panic(text: String) {
        survives(&text)?;
    }

    #[test]
    fn no_selector_makes_it_panic_and_flaws_lie_inside_it(text in "[a-zä:*!&? ./\\\\@=,\\[\\]{}0-9-]{0,24}") {
        match parse_selector(&text) {
            Ok(parsed) => prop_assert!(!parsed.terms.is_empty() && !parsed.terms[0].0.negated),
            Err(flaws) => {
                prop_assert!(!flaws.is_empty());
                for flaw in flaws {
                    prop_assert!(text.get(flaw.range.clone()).is_some(), "{flaw:?} in {text:?}");
                }
            }
        }
    }
}
