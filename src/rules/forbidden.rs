//! `forbidden`: `[[forbidden]]` says that `from` may not use `to`, directly or by any path.

use super::named::{Named, Words};
use super::reach::{Search, nodes_of};
use super::{Candidate, Case, Rule};
use crate::architecture::{BoundReach, BoundRule};
use crate::finding::Code;
use crate::workspace::NodeId;

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
                    let (user, used) = (case.name(edge.1.from), case.name(edge.1.to));
                    let words = Words {
                        message: format!("`{user}` may not use `{used}`"),
                        label: format!("rule `{}` forbids this", rule.name()),
                        way_out: format!(
                            "take `{used}` out of `{user}`, or let a crate that may use it hand in what is needed"
                        ),
                    };
                    rule.object(edge, words)
                }));
            }
            BoundReach::Transitive { through, not_through } => {
                let search = Search::new(rule, *through, not_through);
                for target in nodes_of(case, to).ones() {
                    search.onto(from, NodeId::new(target), candidates);
                }
            }
        }
    }
}
