//! `unused-permission`: entries of lists that permit something, which no edge needs.
//!
//! An entry is needed where an edge that its rule judges breaks the rule without it. Whether that edge is excused, and what
//! the rule's level is, makes no difference. Of entries that permit the same the earlier is the needed one, so that all that
//! are reported can go at once.

use super::{Candidate, Case, Rule};
use crate::finding::Code;

mod contexts;
mod list;
mod needs;

use list::{Ledger, List};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::UnusedPermission],
    check,
};

fn check<'w>(case: &Case<'_, 'w>, candidates: &mut Vec<Candidate<'w>>) {
    let Some(permissions) = &case.architecture.permissions else {
        return;
    };
    let config = case.config();
    for (index, needed) in needs::of_layers(case).iter().enumerate() {
        let layer = &config.layers[index];
        let Some((names, lower)) = layer
            .may_use
            .as_ref()
            .zip(case.architecture.layers[index].may_use.as_ref())
        else {
            continue;
        };
        let name = &layer.name.value;
        let list = List::new(format!("`may-use` of layer `{name}`"), format!("layer:{name}:may-use"));
        let mut ledger = Ledger::new(needed.clone());
        for (name, lower) in names.names.iter().zip(lower) {
            let mut permits = ledger.nothing();
            permits.insert(*lower);
            ledger.enter(&list, name, permits);
        }
        candidates.extend(ledger.close().unneeded);
    }
    contexts::check(case, permissions, candidates);
    for (index, rule) in config.rules.iter().enumerate() {
        let Some((key, entries)) = rule.demand.permitting() else {
            continue;
        };
        let name = &rule.name.value;
        let shown = match name.strip_prefix("externals.") {
            Some(external) => format!("`{external}` in `[externals]`"),
            None => format!("`{key}` of rule `{name}`"),
        };
        let list = List {
            declared: Some(rule.name.span),
            ..List::new(shown, format!("{name}:{key}"))
        };
        let mut ledger = Ledger::new(needs::of_rule(case, index));
        ledger.enter_all(&list, entries, &permissions.rules[index], Clone::clone);
        candidates.extend(ledger.close().unneeded);
    }
}
