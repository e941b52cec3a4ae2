//! `protected`: `[[protected]]` and `[externals]` say that only `from` and the crates of `to` themselves may use `to`.

use fixedbitset::FixedBitSet;

use super::named::{Named, Words};
use super::ways_out::names;
use super::{Candidate, Case, Rule};
use crate::architecture::BoundRule;
use crate::config::Demand;
use crate::finding::Code;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::Protected],
    check,
};

fn check<'w>(case: &Case<'_, 'w>, candidates: &mut Vec<Candidate<'w>>) {
    for (index, bound) in case.architecture.rules.iter().enumerate() {
        let BoundRule::Protected { from, to } = bound else {
            continue;
        };
        let rule = Named {
            case,
            code: Code::Protected,
            index,
        };
        let insiders = insiders(&rule, from);
        let several = case.workspace().highest(from).count() > 1;
        for edge in rule.edges(to, true) {
            let user = edge.1.from.index();
            if !from.contains(user) && !to.contains(user) {
                let ends = (case.name(edge.1.from), case.name(edge.1.to));
                let words = words(&rule, ends, &insiders, several);
                candidates.push(rule.object(edge, words));
            }
        }
    }
}

/// How many users are named, or entries of the list that selects them.
const SHOWN: usize = 5;

/// Who may use it: each by name, or as the rule writes it where those are many and it is short.
fn insiders(rule: &Named<'_, '_, '_>, from: &FixedBitSet) -> String {
    if let Demand::Protected { from: list, .. } = &rule.rule().demand
        && rule.case.workspace().highest(from).count() > SHOWN
        && list.entries.len() <= SHOWN
    {
        return names(list.entries.iter().map(|entry| entry.text.value.as_str()), SHOWN);
    }
    names(rule.case.workspace().highest(from), SHOWN)
}

fn words(rule: &Named<'_, '_, '_>, (user, target): (&str, &str), insiders: &str, several: bool) -> Words {
    if insiders.is_empty() {
        Words {
            message: format!("`{user}` may not use `{target}`, which nobody may use"),
            label: format!("`{target}` is for nobody"),
            way_out: format!("take `{target}` out of `{user}`"),
        }
    } else {
        Words {
            message: format!("`{user}` may not use `{target}`, which is for {insiders} alone"),
            label: format!("`{target}` is for {insiders} alone"),
            way_out: format!(
                "go through {}{insiders}, or let `{user}` into rule `{}`",
                if several { "one of " } else { "" },
                rule.name()
            ),
        }
    }
}
