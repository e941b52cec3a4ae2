//! `not-allowed`: `[[allowed]]` says that a crate of `from` may use nothing but `to`.

use super::named::{Named, Words};
use super::{Candidate, Case, Rule};
use crate::architecture::BoundRule;
use crate::config::{Among, Demand};
use crate::finding::{Code, Label};
use crate::workspace::NodeId;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::NotAllowed],
    check,
};

fn check<'w>(case: &Case<'_, 'w>, candidates: &mut Vec<Candidate<'w>>) {
    for (index, bound) in case.architecture.rules.iter().enumerate() {
        let rule = Named {
            case,
            code: Code::NotAllowed,
            index,
        };
        let (BoundRule::Allowed { from, to }, Demand::Allowed { among, to: list, .. }) = (bound, &rule.rule().demand)
        else {
            continue;
        };
        for edge in rule.edges(to, false) {
            if !from.contains(edge.1.from.index()) || !closes(*among, case, edge.1.to) {
                continue;
            }
            let (user, target) = (case.name(edge.1.from), case.name(edge.1.to));
            let identity = case.workspace().identity(edge.1.to);
            let label = if list.entries.is_empty() {
                format!("`{user}` may use {}", nothing_of(*among))
            } else {
                format!("not among what `{user}` may use")
            };
            let words = Words {
                message: format!("`{user}` may not use `{target}`, which its list does not hold"),
                label,
                way_out: format!(
                    "take `{target}` out of `{user}`, or add \"{identity}\" to `to` of rule `{}`",
                    rule.name()
                ),
            };
            let mut candidate = rule.object(edge, words);
            candidate.charges[0].related.push(Label {
                span: list.key,
                text: "this list is closed".to_owned(),
            });
            candidates.push(candidate);
        }
    }
}

/// Whether the list closes packages of this sort.
fn closes(among: Among, case: &Case<'_, '_>, node: NodeId) -> bool {
    match among {
        Among::Workspace => !case.workspace().is_external(node),
        Among::External => case.workspace().is_external(node),
        Among::All => true,
    }
}

fn nothing_of(among: Among) -> &'static str {
    match among {
        Among::Workspace => "no member",
        Among::External => "no external",
        Among::All => "nothing",
    }
}
