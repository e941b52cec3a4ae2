//! Which edges turn on a denied feature.

use std::collections::BTreeSet;

use super::{common_of, looked_at};
use crate::rules::tests::spec::{Dep, Entry, Rule, Spec};
use crate::workspace::DependencyKind;

/// Whether a declaration of the edge turns on a feature that the rule denies.
pub fn turns_on(spec: &Spec, rule: &Rule, (from, to, kind): (usize, usize, DependencyKind)) -> bool {
    let Rule::Features {
        from: users,
        to: used,
        deny,
        ..
    } = rule
    else {
        return false;
    };
    if !users.as_ref().is_none_or(|users| users.contains(&from)) || !used.contains(&to) {
        return false;
    }
    let edge = |d: &&Dep| (d.from, d.to, d.kind) == (from, to, kind) && looked_at(d, Some(common_of(rule)));
    spec.deps.iter().filter(edge).any(|d| {
        let mut on: BTreeSet<usize> = d.features.iter().copied().collect();
        let has_default = to >= spec.members || spec.tables[to][0].is_some();
        if d.default_features && has_default {
            on.insert(0);
        }
        on.extend(forwarded(spec, from, to, &|feature| {
            used.contains(&from) && deny.contains(&feature)
        }));
        all_on(spec, to, on).iter().any(|feature| deny.contains(feature))
    })
}

/// The features of `to` to which features of `from` forward that can be on although some may not be turned on.
fn forwarded(spec: &Spec, from: usize, to: usize, denied: &dyn Fn(usize) -> bool) -> BTreeSet<usize> {
    let open =
        (0..spec.tables[from].len()).filter(|feature| spec.tables[from][*feature].is_some() && !denied(*feature));
    let on = all_on(spec, from, open.collect());
    let entries = on
        .iter()
        .filter_map(|feature| spec.tables[from][*feature].as_ref())
        .flatten();
    let of = |entry: &Entry| match entry {
        Entry::Of(node, feature) if *node == to => Some(*feature),
        _ => None,
    };
    entries.filter_map(of).collect()
}

/// These features and all that they turn on in the same package, as far as that is known.
fn all_on(spec: &Spec, node: usize, mut on: BTreeSet<usize>) -> BTreeSet<usize> {
    let Some(table) = spec.tables.get(node) else {
        return on;
    };
    for _ in 0..table.len() {
        let entries = on.iter().filter_map(|feature| table[*feature].as_ref()).flatten();
        let own = |entry: &Entry| match entry {
            Entry::Own(feature) => Some(*feature),
            Entry::Of(..) => None,
        };
        let more: Vec<usize> = entries.filter_map(own).collect();
        on.extend(more);
    }
    on
}
