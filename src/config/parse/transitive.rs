//! How far a rule looks: `reach`, and the keys that have a meaning only along paths.

use std::collections::{HashMap, HashSet};

use super::lists::{Select, kinds, selectors};
use super::view::{Reader, View};
use crate::config::selector::{Atom, Selector, SelectorList};
use crate::config::{Group, Reach, unsupported};
use crate::error::{Problem, ProblemKind};
use crate::workspace::Kinds;

/// The groups by name.
pub type Groups<'g> = HashMap<&'g str, &'g Group>;

const LOCK: &str = "write `evidence = \"lock\"`: every path that Cargo.lock shows is then the verdict";

/// The reach of a rule, with the keys that belong to it.
pub fn reach(reader: &mut Reader<'_>, view: View<'_>, transitive_by_default: bool) -> Reach {
    let transitive = match view.word("reach") {
        Some("transitive") => true,
        Some("direct") => false,
        _ => transitive_by_default,
    };
    if !transitive {
        kinds(reader, view, "through");
        selectors(reader, view, "not-through", Select::Packages);
        // A word that is none was reported, and leaves open what was meant.
        if view.word("reach").is_none_or(|word| word == "direct") {
            refuse_path_keys(reader, view);
        }
        return Reach::Direct;
    }
    paths(reader, view)
}

/// How the paths of a rule are followed, by the keys that belong to it.
pub fn paths(reader: &mut Reader<'_>, view: View<'_>) -> Reach {
    let through = kinds(reader, view, "through").unwrap_or(Kinds::BUILD);
    let not_through = selectors(reader, view, "not-through", Select::Packages);
    if let Some(entry) = view
        .get("evidence")
        .filter(|entry| entry.value.get_ref().as_str() == Some("resolved"))
    {
        let span = entry.value_span(reader);
        reader.unsupported(unsupported("evidence = \"resolved\""), span, LOCK);
    }
    Reach::Transitive {
        through,
        not_through,
        lock: view.word("evidence") == Some("lock"),
    }
}

/// Refuses the keys of paths in a rule that looks at one dependency.
fn refuse_path_keys(reader: &mut Reader<'_>, view: View<'_>) {
    for key in view.spec.keys().filter(|key| key.transitive) {
        if let Some(entry) = view.get(key.name) {
            let span = entry.key(reader);
            let help = "add `reach = \"transitive\"`, or remove the key";
            reader.report(
                format!("`{}` without `reach = \"transitive\"`", key.name),
                span,
                "this rule looks at one dependency",
                help,
            );
        }
    }
}

/// For the tables whose rules look at one dependency in this version.
pub fn refuse_transitive(reader: &mut Reader<'_>, view: View<'_>, instead: &str) {
    if view.word("reach") != Some("transitive") {
        reach(reader, view, false);
        return;
    }
    reach(reader, view, true);
    if let Some(entry) = view.get("reach") {
        let span = entry.value_span(reader);
        let message = unsupported(&format!("reach = \"transitive\"` in `{}", view.spec.header));
        reader.unsupported(message, span, instead);
    }
}

/// Refuses a transitive ban onto externals that does not say `evidence = "lock"`.
pub fn require_evidence(
    reader: &mut Reader<'_>,
    view: View<'_>,
    reach: &Reach,
    to: &SelectorList,
    groups: &Groups<'_>,
) {
    if !matches!(reach, Reach::Transitive { .. }) || view.get("evidence").is_some() {
        return;
    }
    if let Some(entry) = externals_of(to, groups).first() {
        let label = "a path onto an external, with `evidence` unset";
        let problem = Problem::new(ProblemKind::Unsupported, unsupported("evidence = \"resolved\""));
        reader.problems.push(problem.at(entry.text.span, label).help(LOCK));
    }
}

/// The entries of a list that select externals, by themselves or through groups.
pub fn externals_of<'s>(list: &'s SelectorList, groups: &Groups<'_>) -> Vec<&'s Selector> {
    let entries = list.entries.iter();
    entries
        .filter(|entry| !entry.negated && selects_external(entry, groups))
        .collect()
}

/// Keeps a list of what is to be looked at instead of calling itself: groups may stand in a long chain, and in a
/// circle, which is reported elsewhere.
fn selects_external(selector: &Selector, groups: &Groups<'_>) -> bool {
    let mut seen = HashSet::new();
    let mut open = vec![selector];
    while let Some(selector) = open.pop() {
        for term in selector.terms.iter().filter(|term| !term.negated) {
            match &term.atom {
                Atom::External(..) => return true,
                Atom::Group(name) if seen.insert(name) => {
                    let group = groups.get(name.as_str());
                    let entries = group.into_iter().flat_map(|group| &group.selectors.entries);
                    open.extend(entries.filter(|entry| !entry.negated));
                }
                _ => {}
            }
        }
    }
    false
}
