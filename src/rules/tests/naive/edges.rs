//! What a rule looks at.

use std::collections::BTreeSet;

use crate::rules::tests::spec::{CONDITIONS, Common, Dep, Spec};
use crate::workspace::DependencyKind;

/// Whether a rule looks at a declaration, its kind left aside.
pub fn looked_at(d: &Dep, rule: Option<&Common>) -> bool {
    rule.is_none_or(|rule| {
        let holds_on = |triple: &usize| {
            d.target
                .is_none_or(|condition| CONDITIONS[condition].1.contains(triple))
        };
        !(rule.ignore_optional && d.optional) && rule.targets.as_ref().is_none_or(|t| t.iter().any(holds_on))
    })
}

/// The distinct edges of these kinds that a rule looks at; a crate's dependency on itself is none.
pub fn edges(spec: &Spec, kinds: &[DependencyKind], rule: Option<&Common>) -> BTreeSet<(usize, usize, DependencyKind)> {
    let counts = |d: &&Dep| kinds.contains(&d.kind) && d.from != d.to && looked_at(d, rule);
    spec.deps
        .iter()
        .filter(counts)
        .map(|d| (d.from, d.to, d.kind))
        .collect()
}
