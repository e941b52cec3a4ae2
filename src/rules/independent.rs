//! `independent`: `[[independent]]` names parties that may not use each other, directly or by any path.

use fixedbitset::FixedBitSet;

use super::named::{Named, Words};
use super::reach::Search;
use super::{Candidate, Case, Rule};
use crate::architecture::{BoundReach, BoundRule};
use crate::finding::Code;
use crate::workspace::NodeId;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::Independent],
    check,
};

fn check<'w>(case: &Case<'_, 'w>, candidates: &mut Vec<Candidate<'w>>) {
    for (index, bound) in case.architecture.rules.iter().enumerate() {
        let BoundRule::Independent { parties, reach } = bound else {
            continue;
        };
        let rule = Named {
            case,
            code: Code::Independent,
            index,
        };
        let everyone = union(case, parties);
        match reach {
            BoundReach::Direct => direct(&rule, parties, &everyone, candidates),
            BoundReach::Transitive { through, not_through } => {
                let search = Search::new(rule, *through, not_through);
                for party in parties {
                    let mut others = everyone.clone();
                    others.difference_with(party);
                    for target in party.ones() {
                        search.onto_member(&others, NodeId::new(target), candidates);
                    }
                }
            }
        }
    }
}

fn union(case: &Case<'_, '_>, parties: &[FixedBitSet]) -> FixedBitSet {
    let mut all = case.architecture.universe.nothing();
    for party in parties {
        all.union_with(party);
    }
    all
}

fn direct<'w>(
    rule: &Named<'_, '_, 'w>,
    parties: &[FixedBitSet],
    everyone: &FixedBitSet,
    candidates: &mut Vec<Candidate<'w>>,
) {
    let case = rule.case;
    let party = |node: NodeId| parties.iter().position(|party| party.contains(node.index()));
    for edge in rule.edges(everyone, true) {
        let (from, to) = (party(edge.1.from), party(edge.1.to));
        if from.is_none() || from == to {
            continue;
        }
        let (user, target) = (case.name(edge.1.from), case.name(edge.1.to));
        let words = Words {
            message: format!("`{user}` may not use `{target}`: they are to be independent"),
            label: format!("rule `{}` keeps the two apart", rule.name()),
            way_out: "move what both need into a crate that stands outside the rule".to_owned(),
        };
        candidates.push(rule.object(edge, words));
    }
}
