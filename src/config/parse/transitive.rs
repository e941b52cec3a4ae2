//! How far a rule looks: `reach`, and the keys that have a meaning only along paths.

use std::collections::{HashMap, HashSet};

use super::lists::{Select, kinds, selectors};
use super::view::{Reader, View};
use crate::config::nearest::quoted;
use crate::config::selector::{Atom, Selector, SelectorList};
use crate::config::{Evidence, Group, Reach, unsupported};
use crate::workspace::Kinds;
use crate::workspace::builds::FeatureSet;

/// The groups by name.
pub type Groups<'g> = HashMap<&'g str, &'g Group>;

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
    Reach::Transitive {
        through,
        not_through,
        evidence: match view.word("evidence") {
            Some("lock") => Evidence::Lock,
            _ => Evidence::Resolved,
        },
        features: features(reader, view),
        ignore_proc_macros: view.word("proc-macros") == Some("ignore"),
    }
}

/// The features under `features`. A list names those of the crate itself, as `[features]` does.
fn features(reader: &mut Reader<'_>, view: View<'_>) -> FeatureSet {
    let Some(entry) = view.get("features") else {
        return FeatureSet::Default;
    };
    match entry.value.get_ref().as_str() {
        Some("all") => return FeatureSet::All,
        Some("none") => return FeatureSet::None,
        Some(_) => return FeatureSet::Default,
        None => {}
    }
    let names = entry.strings(reader);
    for name in names.iter().filter(|name| name.value.contains(['/', ':'])) {
        let help = "name a feature of the crate that turns it on";
        let message = format!("{} is not a feature of the crate itself", quoted(&name.value));
        reader.report(message, name.span, "one of the names in `[features]` is due", help);
    }
    FeatureSet::Listed(names)
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

/// Refuses the keys that could have no effect: what Cargo.lock cannot tell where it is the evidence, and the features of
/// a build where no path leads onto an external.
pub fn refuse_idle_keys(reader: &mut Reader<'_>, view: View<'_>, reach: &Reach, onto_externals: bool) {
    let Reach::Transitive {
        evidence,
        ignore_proc_macros,
        ..
    } = reach
    else {
        return;
    };
    let lock = *evidence == Evidence::Lock && onto_externals;
    if let Some(entry) = view.get("features").filter(|_| lock || !onto_externals) {
        let span = entry.key(reader);
        let (message, label) = if lock {
            (
                "`features` beside `evidence = \"lock\"`",
                "Cargo.lock holds what any feature could turn on",
            )
        } else {
            (
                "`features` in a rule that names no external",
                "between members every declared dependency counts",
            )
        };
        reader.report(message, span, label, "remove the key");
    }
    if let Some(entry) = view.get("proc-macros").filter(|_| lock && *ignore_proc_macros) {
        let span = entry.key(reader);
        reader.report(
            "`proc-macros = \"ignore\"` beside `evidence = \"lock\"`",
            span,
            "Cargo.lock does not say which packages are proc-macros",
            "remove `evidence = \"lock\"`, or list the proc-macros in `not-through`",
        );
    }
}

/// The entries of a list that select externals, by themselves or through groups.
pub fn externals_of<'s>(list: &'s SelectorList, groups: &Groups<'_>) -> Vec<&'s Selector> {
    let entries = list.entries.iter();
    entries
        .filter(|entry| !entry.negated && selects_external(entry, groups))
        .collect()
}

/// The entries of a list that select modules.
pub fn modules_of<'s>(list: &'s SelectorList, groups: &Groups<'_>) -> Vec<&'s Selector> {
    let of_modules = |atom: &Atom| matches!(atom, Atom::Module(_));
    let entries = list.entries.iter();
    entries.filter(|entry| selects(entry, groups, &of_modules)).collect()
}

fn selects_external(selector: &Selector, groups: &Groups<'_>) -> bool {
    selects(selector, groups, &|atom| matches!(atom, Atom::External(..)))
}

/// Keeps a list of what is to be looked at instead of calling itself: groups may stand in a long chain, and in a
/// circle, which is reported elsewhere.
fn selects(selector: &Selector, groups: &Groups<'_>, wanted: &dyn Fn(&Atom) -> bool) -> bool {
    let mut seen = HashSet::new();
    let mut open = vec![selector];
    while let Some(selector) = open.pop() {
        for term in selector.terms.iter().filter(|term| !term.negated) {
            match &term.atom {
                atom if wanted(atom) => return true,
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
