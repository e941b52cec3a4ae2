//! `unused-permission` against its definition, over random graphs and configurations: what is reported can go all at once
//! and changes no other finding, and nothing that is left can go.

use std::collections::BTreeSet;
use std::ops::Range;

use proptest::prelude::*;

use super::spec::{self, Spec};
use crate::config::parse::parse;
use crate::edit::{Wanted, apply, plan};
use crate::finding::{Code, Finding};
use crate::source::FileId;

/// Entries that stand behind those of the list: the same once more, patterns, and some that take away.
fn with_more(text: &str, more: &[Option<usize>]) -> String {
    let mut more = more.iter().cycle();
    let mut lines = Vec::new();
    let mut of_permission = false;
    for line in text.lines() {
        if line.starts_with("[[") {
            of_permission = ["[[allowed]]", "[[protected]]"].contains(&line);
        }
        let keys = ["public = ", "public-to.", "faces."];
        let of_rule = of_permission && (line.starts_with("to = ") || line.starts_with("from = "));
        let list = line.contains("[\"") && (of_rule || keys.iter().any(|key| line.starts_with(key)));
        lines.push(match (list, more.next().copied().flatten()) {
            (true, Some(n)) => {
                let entries = line.split_once('[').and_then(|(_, list)| list.strip_suffix(']'));
                let entries: Vec<&str> = entries.into_iter().flat_map(|list| list.split(", ")).collect();
                let (one, other) = (entries[n % entries.len()], entries[n / 2 % entries.len()]);
                // A face holds nothing that is not public: what is public is not made smaller.
                let added = match n % 5 {
                    1 | 2 if line.starts_with("public") => one.to_owned(),
                    0 => one.to_owned(),
                    1 => format!("\"!{}", &one[1..]),
                    2 => format!("\"!{}, {other}", &one[1..]),
                    3 if line.starts_with("to") || line.starts_with("from") => "\"m*?\"".to_owned(),
                    _ => format!("{one}, {other}"),
                };
                line.replace(']', &format!(", {added}]"))
            }
            _ => line.to_owned(),
        });
    }
    lines.join("\n") + "\n[levels]\nunused-permission = \"warn\"\n"
}

/// The places of the entries that are reported, with those that would be left with nothing to take away from.
fn reported(text: &str, findings: &[Finding]) -> Vec<Range<usize>> {
    let unused = findings.iter().filter(|finding| finding.code == Code::UnusedPermission);
    let places: Vec<Range<usize>> = unused.map(|finding| finding.primary.span.range()).collect();
    without_openings(text, places)
}

fn without_openings(text: &str, mut places: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let config = parse(text, FileId::new(0)).0.expect("a configuration");
    for list in config.permitting_lists() {
        let left = list.left_with_nothing_before(|entry| places.contains(&entry.text.span.range()));
        let left: Vec<_> = left.into_iter().map(|entry| entry.text.span.range()).collect();
        places.extend(left);
    }
    places
}

fn without(text: &str, removed: Vec<Range<usize>>) -> String {
    let wanted = Wanted {
        removed,
        sorted: Vec::new(),
    };
    apply(
        text,
        &plan(text, &wanted).unwrap_or_else(|| panic!("no plan: {wanted:?}\n{text}")),
    )
}

/// Everything else that is found, as what stays the same while lines and lists change.
fn others(findings: &[Finding]) -> BTreeSet<(String, String, Vec<String>)> {
    let others = findings.iter().filter(|finding| finding.code != Code::UnusedPermission);
    let known = others.map(|finding| {
        // An edge that breaks several rules of a family is one finding, which names the others.
        let also = finding.message.split_once(" (and ").map_or("", |(_, others)| others);
        // So is one that several stacks object to: its message names them.
        let stacks = Some(&finding.message).filter(|_| finding.rule.starts_with("layer"));
        let code = format!("{} {:?} {also} {stacks:?}", finding.code, finding.status);
        (finding.fingerprint.clone(), code, finding.also_affects.clone())
    });
    known.collect()
}

/// The places of the entries of every list that permits something.
fn permissions(text: &str) -> Vec<Range<usize>> {
    let config = parse(text, FileId::new(0)).0.expect("a configuration");
    let of_layers = config.layers.iter().filter_map(|layer| layer.may_use.as_ref());
    let of_contexts = config.contexts.iter().filter_map(|context| context.may_use.as_ref());
    let names = of_layers.chain(of_contexts).flat_map(|list| &list.names);
    let selectors = config.permitting_lists().flat_map(|list| &list.entries);
    let positive = selectors.filter(|entry| !entry.negated).map(|entry| &entry.text);
    names.chain(positive).map(|entry| entry.span.range()).collect()
}

fn judged(spec: &Spec, text: &str) -> Vec<Finding> {
    spec.judge_by(text)
        .unwrap_or_else(|problems| panic!("{problems:?}\n{text}"))
}

/// The workspaces, each with what stands in its lists besides.
fn cases() -> impl Strategy<Value = (Spec, Vec<Option<usize>>)> {
    let more = proptest::collection::vec(prop::option::weighted(0.4, 0..40usize), 1..12);
    (spec::specs(), more)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, ..ProptestConfig::default() })]

    #[test]
    fn what_is_reported_can_go_at_once((spec, more) in cases()) {
        let text = with_more(&spec.text(), &more);
        let findings = judged(&spec, &text);
        let after = without(&text, reported(&text, &findings));
        let again = judged(&spec, &after);
        prop_assert_eq!(others(&findings), others(&again), "{}\n── after\n{}", text, after);
        let left: Vec<_> = again.iter().filter(|f| f.code == Code::UnusedPermission).map(|f| &f.message).collect();
        prop_assert!(left.is_empty(), "{left:?}\n{text}\n── after\n{after}");
    }

    #[test]
    fn what_is_left_is_needed((mut spec, more) in cases()) {
        // An edge that is excused needs its permission all the same, but its finding would not show.
        spec.exceptions.clear();
        let text = with_more(&spec.text(), &more);
        let after = without(&text, reported(&text, &judged(&spec, &text)));
        let whole = others(&judged(&spec, &after));
        for entry in permissions(&after) {
            let less = without(&after, without_openings(&after, vec![entry.clone()]));
            // A crate that a face holds has to be public: without that the file is wrong.
            let Ok(findings) = spec.judge_by(&less) else { continue };
            prop_assert_ne!(&whole, &others(&findings), "{}\n── left is {}", after, &after[entry]);
        }
    }
}
