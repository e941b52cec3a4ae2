//! `forbidden`: `[[forbidden]]` says that `from` may not use `to`, directly or by any path.

use fixedbitset::FixedBitSet;
use semver::Version;

use super::named::{Named, Words};
use super::reach::{Search, Shut};
use super::{Candidate, Case, Rule};
use crate::architecture::selection::Selection;
use crate::architecture::{BoundReach, BoundRule};
use crate::config::Demand;
use crate::finding::Code;
use crate::workspace::{Kinds, NodeId};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::Forbidden],
    check,
};

fn check<'w>(case: &Case<'_, 'w>, candidates: &mut Vec<Candidate<'w>>) {
    for (index, bound) in case.architecture.rules.iter().enumerate() {
        let BoundRule::Forbidden { from, to, reach } = bound else {
            continue;
        };
        let rule = Named {
            case,
            code: Code::Forbidden,
            index,
        };
        match reach {
            BoundReach::Direct => {
                let edges = rule.edges(to, true).into_iter();
                let banned = edges.filter(|(_, edge, _)| from.contains(edge.from.index()));
                candidates.extend(banned.map(|edge| {
                    let (user, target) = (case.name(edge.1.from), case.name(edge.1.to));
                    let words = Words {
                        message: format!("`{user}` may not use `{target}`"),
                        label: format!("rule `{}` forbids this", rule.name()),
                        way_out: format!(
                            "take `{target}` out of `{user}`, or let a crate that may use it hand in what is needed"
                        ),
                    };
                    rule.object(edge, words)
                }));
            }
            BoundReach::Transitive { through, not_through } => {
                transitive(rule, (from, to), *through, not_through, candidates);
            }
        }
    }
}

/// Members are reached through members; externals, where the rule can name any, by what Cargo.lock shows and builds
/// confirm.
fn transitive<'w>(
    rule: Named<'_, '_, 'w>,
    (from, to): (&FixedBitSet, &Selection),
    through: Kinds,
    not_through: &Selection,
    candidates: &mut Vec<Candidate<'w>>,
) {
    let case = rule.case;
    let Demand::Forbidden { to: list, reach, .. } = &rule.rule().demand else {
        return;
    };
    let members = case.workspace().members.len();
    if let Some(lock) = case.lock.filter(|_| case.config().names_externals(list)) {
        let config = case.config();
        let shut = Shut {
            members: not_through,
            externals: &|name, version| reach.is_not_through(config, name, version),
        };
        let search = Search::outside(rule, lock, shut);
        let named = |name: &str, version: &Version| config.list_names_external(list, name, version);
        search.onto_externals(from, &named, candidates);
    }
    let search = Search::new(rule, through, not_through);
    for target in to.ones().take_while(|slot| *slot < members) {
        search.onto_member(from, NodeId::new(target), candidates);
    }
}
