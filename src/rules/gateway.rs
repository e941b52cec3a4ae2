//! `gateway`: `[[gateway]]` says that every path from `from` to `to` passes through `via`.

use fixedbitset::FixedBitSet;
use semver::Version;

use super::named::{Named, Words};
use super::reach::{Search, Shut};
use super::ways_out::names;
use super::{Candidate, Case, PathStep, Rule, Subject};
use crate::architecture::selection::Selection;
use crate::architecture::{BoundReach, BoundRule};
use crate::config::{Demand, Gateway};
use crate::finding::Code;
use crate::workspace::{Kinds, NodeId};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::Gateway],
    check,
};

/// How many gateways are named.
const SHOWN: usize = 3;

/// A path that passes through no gateway is one that is there when the gateways are taken away. It ends where it enters
/// `to`: behind that point the crates of `to` use each other, which is theirs to do.
fn check<'w>(case: &Case<'_, 'w>, candidates: &mut Vec<Candidate<'w>>) {
    for (index, bound) in case.architecture.rules.iter().enumerate() {
        let BoundRule::Gateway { from, to, via, reach } = bound else {
            continue;
        };
        let BoundReach::Transitive { through, not_through } = reach else {
            continue;
        };
        let rule = Named {
            case,
            code: Code::Gateway,
            index,
        };
        let mut closed = not_through.clone();
        closed.union_with(via);
        closed.union_with(to);
        let mut found = Vec::new();
        search(rule, (from, to), *through, &closed, &mut found);
        let gateways: Vec<&str> = case.workspace().highest(via).collect();
        candidates.extend(found.into_iter().map(|candidate| reworded(rule, &gateways, candidate)));
    }
}

/// Members are reached through members; externals, where the rule can name any, by what Cargo.lock shows and builds
/// confirm.
fn search<'w>(
    rule: Named<'_, '_, 'w>,
    (from, to): (&FixedBitSet, &Selection),
    through: Kinds,
    closed: &Selection,
    found: &mut Vec<Candidate<'w>>,
) {
    let case = rule.case;
    let Demand::Gateway(Gateway { to: list, reach, .. }) = &rule.rule().demand else {
        return;
    };
    if let Some(lock) = case.lock.filter(|_| case.config().names_externals(list)) {
        let config = case.config();
        let named = |name: &str, version: &Version| config.list_names_external(list, name, version);
        let shut = Shut {
            members: closed,
            externals: &|name, version| reach.is_not_through(config, name, version) || named(name, version),
        };
        Search::outside(rule, lock, shut).onto_externals(from, &named, found);
    }
    let search = Search::new(rule, through, closed);
    let members = case.workspace().members.len();
    for target in to.ones().take_while(|slot| *slot < members) {
        search.onto_member(from, NodeId::new(target), found);
    }
}

/// The same pair, in the words of this rule.
fn reworded<'w>(rule: Named<'_, '_, 'w>, gateways: &[&str], candidate: Candidate<'w>) -> Candidate<'w> {
    let Subject::Path {
        steps, to, identity, ..
    } = &candidate.subject
    else {
        return candidate;
    };
    let from = steps.first().map_or("", |step| step.from.as_str());
    let charges = vec![rule.charge_named(from, identity, words(gateways, from, to, steps))];
    Candidate { charges, ..candidate }
}

fn words(gateways: &[&str], from: &str, to: &str, steps: &[PathStep]) -> Words {
    let through = names(gateways.iter().copied(), SHOWN);
    let (past, go) = match gateways {
        [] => ("though no gateway leads there".to_owned(), String::new()),
        [_] => (format!("past its gateway {through}"), format!("go through {through}: ")),
        _ => (
            format!("past its gateways {through}"),
            format!("go through one of {through}: "),
        ),
    };
    // What third parties use is not for its reader to change.
    let declared = steps.iter().rposition(|step| step.declared).unwrap_or(0);
    match (steps, steps.get(declared)) {
        ([start, _, ..], Some(last)) if declared > 0 => Words {
            message: format!("`{from}` reaches `{to}` {past}"),
            label: "the path starts here".to_owned(),
            way_out: format!(
                "{go}take `{}` out of `{}`, or `{}` out of `{}`",
                last.to, last.from, start.to, start.from
            ),
        },
        ([start, _, ..], _) => Words {
            message: format!("`{from}` reaches `{to}` {past}"),
            label: "the path starts here".to_owned(),
            way_out: format!("{go}take `{}` out of `{}`", start.to, start.from),
        },
        _ => Words {
            message: format!("`{from}` uses `{to}` {past}"),
            label: format!("uses `{to}` directly"),
            way_out: format!("{go}take `{to}` out of `{from}`"),
        },
    }
}
