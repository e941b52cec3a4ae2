//! Files of a size or depth that nobody means: an error of readable length, or an answer, and neither at leisure.

use std::fmt::Write as _;

use super::super::parse::parse;
use crate::source::FileId;

#[test]
fn twenty_thousand_brackets_are_an_error_and_no_overflow() {
    for text in [
        format!("a = {}\n", "[".repeat(20_000)),
        format!("a = {}{}\n", "[".repeat(20_000), "]".repeat(20_000)),
        format!("a = {}\n", "{a=".repeat(20_000)),
        format!("[{}b]\n", "a.".repeat(20_000)),
        "[".repeat(20_000),
    ] {
        let (config, problems) = parse(&text, FileId::new(0));
        assert!(
            config.is_none() && !problems.is_empty() && problems.len() <= 3,
            "{}",
            problems.len()
        );
    }
}

#[test]
fn two_megabytes_of_name_are_an_error_of_readable_length() {
    let name = "k".repeat(2 << 20);
    let text = format!(
        "[[layers]]\nname = \"{name} \"\ncrates = [\"{name}.\", \"layer:{name}\"]\nbeside = \"{name}\"\n[{name}]\n"
    );
    let (_, problems) = parse(&text, FileId::new(0));
    assert_eq!(problems.len(), 5, "{problems:?}");
    assert!(
        problems
            .iter()
            .all(|p| p.message.len() < 500 && p.help.iter().all(|help| help.len() < 500))
    );
}

#[test]
fn a_chain_of_ten_thousand_groups_is_followed_to_its_end_and_refused() {
    let mut text =
        String::from("[[allowed]]\nname = \"a\"\nfrom = \"a\"\nto = \"group:g0\"\n[groups]\ng10000 = \"external:x\"\n");
    for i in 0..10_000 {
        writeln!(text, "g{i} = [\"group:g{}\"]", i + 1).expect("text can be written");
    }
    let (config, problems) = parse(&text, FileId::new(0));
    assert!(config.is_none(), "nobody has to evaluate it");
    let messages: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
    let [external, deep] = messages.as_slice() else {
        panic!("{messages:?}")
    };
    assert!(external.starts_with("an external in `to`"), "{external}");
    assert_eq!(*deep, "`group:g0` is declared more than 64 steps deep");
}

#[test]
fn a_circle_of_ten_thousand_layers_is_shown_in_part() {
    let mut text = String::new();
    for i in 0..10_000 {
        let next = (i + 1) % 10_000;
        writeln!(
            text,
            "[[layers]]\nname = \"l{i}\"\nbeside = \"l{next}\"\nmay-use = [\"l{next}\"]"
        )
        .expect("text can be written");
    }
    let (_, problems) = parse(&text, FileId::new(0));
    assert_eq!(problems.len(), 1, "{}", problems.len());
    assert!(problems[0].message.starts_with("`beside` in a circle") && problems[0].message.len() < 500);
    assert!(problems[0].labels.len() < 20);
}

/// Each group names the one before it twice: every path through them is as long as a lifetime.
#[test]
fn groups_that_name_each_other_twice_are_asked_once_each() {
    let mut text = "[groups]\ng0 = [\"a\"]\n".to_owned();
    for i in 1..60 {
        let before = i - 1;
        let _ = writeln!(text, "g{i} = [\"group:g{before}\", \"group:g{before} & *\"]");
    }
    text.push_str("[[forbidden]]\nname = \"n\"\nto = [\"group:g59\"]\n");
    let (config, problems) = parse(&text, FileId::new(0));
    let config = config.unwrap_or_else(|| panic!("{problems:?}"));
    assert!(!config.tells_versions_apart());
    let last = config.groups.last().map(|g| &g.selectors).expect("a group");
    assert!(!config.names_externals(last));
    assert!(!config.list_names_external(last, "serde", &semver::Version::new(1, 0, 0)));
}
