//! Selectors that are right (those that are wrong are in tests/config-errors), and the patterns against naive matchers.

use proptest::prelude::*;

use super::parse::parse;
use super::{Atom, Fact, Glob, PathGlob, Selector, Version};
use crate::source::{FileId, Span, Spanned};

/// How a selector was understood, in one line.
fn understood(text: &str) -> String {
    let parsed = parse(text).expect("a right selector");
    let terms: Vec<String> = parsed
        .terms
        .iter()
        .map(|(term, range)| {
            let not = if term.negated { "not " } else { "" };
            format!("{not}{:?} «{}»", term.atom, &text[range.clone()])
        })
        .collect();
    let (not, optional) = (
        if parsed.negated { "without " } else { "" },
        if parsed.optional { " if any" } else { "" },
    );
    format!("{not}{}{optional}", terms.join(" and "))
}

#[track_caller]
fn check(text: &str, expected: &Atom) {
    let parsed = parse(text).expect("a right selector");
    let atoms: Vec<&Atom> = parsed.terms.iter().map(|(term, _)| &term.atom).collect();
    assert_eq!(atoms, [expected], "{text}");
}

#[test]
fn every_form_is_understood() {
    let text = |text: &str| text.to_owned();
    check("billing-*", &Atom::Name(Glob::new("billing-*")));
    check("größe", &Atom::Name(Glob::new("größe")));
    check("path:a/**", &Atom::Path(PathGlob::new("a/**")));
    check("path:.", &Atom::Path(PathGlob::new(".")));
    check("path:my crates/a.b", &Atom::Path(PathGlob::new("my crates/a.b")));
    check("layer:domain", &Atom::Layer(text("domain")));
    check("context:billing", &Atom::Context(text("billing")));
    check("group:drivers", &Atom::Group(text("drivers")));
    check("external:sqlx*", &Atom::External(Glob::new("sqlx*"), None));
    check(
        "external:a@1",
        &Atom::External(Glob::new("a"), Some(Version { major: 1, minor: None })),
    );
    check(
        "external:a@0",
        &Atom::External(Glob::new("a"), Some(Version { major: 0, minor: None })),
    );
    check(
        "external:a*@0.4",
        &Atom::External(
            Glob::new("a*"),
            Some(Version {
                major: 0,
                minor: Some(4),
            }),
        ),
    );
    check(
        "metadata:a.b-c=x y, *=1",
        &Atom::Metadata(vec![text("a"), text("b-c")], text("x y, *=1")),
    );
    check("metadata:a=", &Atom::Metadata(vec![text("a")], text("")));
    check(
        "tag:core",
        &Atom::Metadata(vec![text("boundaries"), text("tags")], text("core")),
    );
    check("edition:2021", &Atom::Edition(text("2021")));
    check("deps-of:shop", &Atom::DepsOf(text("shop")));
    check("users-of:db", &Atom::UsersOf(text("db")));
    for (word, fact) in Fact::ALL {
        check(&format!("is:{word}"), &Atom::Is(fact));
    }
}

#[test]
fn an_intersection_keeps_what_is_not_its_negated_terms() {
    assert_eq!(
        understood("!a & !is:bin?"),
        "without Name(Glob { text: \"a\" }) «a» and not Is(Bin) «!is:bin» if any"
    );
    assert_eq!(
        understood("edition:2018 & is:lib"),
        "Edition(\"2018\") «edition:2018» and Is(Lib) «is:lib»"
    );
}

#[test]
fn a_pattern_is_anything_but_one_exact_name() {
    let is_pattern = |text: &str| {
        let parsed = parse(text).expect("a right selector");
        let selector = Selector {
            text: Spanned::new(text.to_owned(), Span::new(FileId::new(0), 0..0)),
            negated: parsed.negated,
            optional: parsed.optional,
            terms: parsed.terms.into_iter().map(|(term, _)| term).collect(),
        };
        selector.is_pattern()
    };
    for exact in ["a", "external:a", "external:a@1", "layer:a", "context:a"] {
        assert!(!is_pattern(exact), "{exact}");
    }
    for pattern in [
        "a*",
        "!a",
        "a & b",
        "external:*",
        "path:a",
        "group:a",
        "is:bin",
        "tag:a",
        "deps-of:a",
    ] {
        assert!(is_pattern(pattern), "{pattern}");
    }
}

#[test]
fn a_path_pattern_fits_as_the_reference_says() {
    let fits = |pattern: &str, directory: &str| PathGlob::new(pattern).matches(directory);
    assert!(fits("x/**", "x/y") && fits("x/**", "x/y/z") && !fits("x/**", "x") && !fits("x/**", "xy"));
    assert!(fits("x/*", "x/y") && !fits("x/*", "x/y/z") && !fits("x/*", "x"));
    assert!(fits("**", "x") && fits("**", "x/y") && !fits("**", ".") && !fits("*", "."));
    assert!(fits("**/x", "x") && fits("**/x", "a/b/x") && fits("a/**/x", "a/x") && !fits("a/**/x", "x"));
    assert!(fits(".", ".") && !fits(".", "x") && fits("a*c", "abc") && !fits("a*c", "a/c"));
    assert!(fits("**/**", "x/y") && fits("**/**", "x"));
}

#[test]
fn a_pattern_of_many_stars_is_no_reason_to_wait() {
    let name = "a".repeat(20_000);
    assert!(!Glob::new(&("a*".repeat(50) + "c")).matches(&name));
    let path = "a/".repeat(2_000) + "a";
    assert!(!PathGlob::new(&("**/a/".repeat(50) + "b")).matches(&path));
}

/// The definition: `*` is any run of characters.
fn naive(pattern: &[char], text: &[char]) -> bool {
    match pattern.split_first() {
        None => text.is_empty(),
        Some(('*', rest)) => (0..=text.len()).any(|skip| naive(rest, &text[skip..])),
        Some((c, rest)) => text
            .split_first()
            .is_some_and(|(first, below)| first == c && naive(rest, below)),
    }
}

/// The definition: `**` is any number of segments, none included, but at the end at least one.
fn naive_path(pattern: &[&str], path: &[&str]) -> bool {
    let segment =
        |pattern: &str, text: &str| naive(&pattern.chars().collect::<Vec<_>>(), &text.chars().collect::<Vec<_>>());
    match pattern.split_first() {
        None => path.is_empty(),
        Some((&"**", [])) => !path.is_empty(),
        Some((&"**", rest)) => (0..=path.len()).any(|skip| naive_path(rest, &path[skip..])),
        Some((first, rest)) => path
            .split_first()
            .is_some_and(|(name, below)| segment(first, name) && naive_path(rest, below)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_name_pattern_matches_as_its_definition_says(pattern in "[abä*]{0,7}", text in "[abä]{0,8}") {
        let chars = |text: &str| text.chars().collect::<Vec<_>>();
        prop_assert_eq!(Glob::new(&pattern).matches(&text), naive(&chars(&pattern), &chars(&text)));
    }

    #[test]
    fn a_path_pattern_matches_as_its_definition_says(
        pattern in prop::collection::vec(prop_oneof![2 => Just("**".to_owned()), 3 => "[ab]{0,1}[*]?[ab]{0,1}"], 1..6),
        path in prop::collection::vec("[ab]{1,2}", 1..6),
    ) {
        let pattern: Vec<&str> = pattern.iter().map(String::as_str).filter(|segment| !segment.is_empty()).collect();
        prop_assume!(!pattern.is_empty());
        let segments: Vec<&str> = path.iter().map(String::as_str).collect();
        let fits = PathGlob::new(&pattern.join("/")).matches(&path.join("/"));
        prop_assert_eq!(fits, naive_path(&pattern, &segments));
    }

    #[test]
    fn a_literal_pattern_fits_itself_alone(name in "[a-zä_-]{1,8}", other in "[a-zä_-]{1,8}") {
        let glob = Glob::new(&name);
        prop_assert_eq!(glob.literal(), Some(name.as_str()));
        prop_assert_eq!(glob.matches(&other), name == other);
        prop_assert_eq!(PathGlob::new(&name).matches(&other), name == other);
    }
}
