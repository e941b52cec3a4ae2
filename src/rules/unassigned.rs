//! `unassigned-layer` and `unassigned-context`: members that no layer (no context) claims, once any is declared.

use super::{Candidate, Case, Charge, Rule, Subject};
use crate::finding::Code;
use crate::workspace::NodeId;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::UnassignedLayer, Code::UnassignedContext],
    check,
};

fn check<'w>(case: &Case<'_, 'w>, candidates: &mut Vec<Candidate<'w>>) {
    let config = case.config();
    if !config.layers.is_empty() {
        family(
            case,
            Code::UnassignedLayer,
            "layer",
            &|node| case.architecture.layers_of(node).next().is_some(),
            candidates,
        );
    }
    if !config.contexts.is_empty() {
        family(
            case,
            Code::UnassignedContext,
            "context",
            &|node| case.architecture.context(node).is_some(),
            candidates,
        );
    }
}

fn family(
    case: &Case<'_, '_>,
    code: Code,
    word: &str,
    assigned: &dyn Fn(NodeId) -> bool,
    candidates: &mut Vec<Candidate<'_>>,
) {
    for node in case.workspace().member_nodes().filter(|node| !assigned(*node)) {
        let name = case.name(node);
        let mut help = vec![format!("name it in the `crates` of a {word} in boundaries.toml")];
        if !case.config().settings.deny_member_claims {
            help.push(format!(
                "or let it say so itself:\n[package.metadata.boundaries]\n{word} = \"…\""
            ));
        }
        help.push(format!(
            "or allow members without a {word}: `unassigned = \"allow\"` in `[settings.{word}s]`"
        ));
        candidates.push(Candidate {
            subject: Subject::Member(node),
            charges: vec![Charge {
                code,
                rule: None,
                message: format!("`{name}` is in no {word}"),
                label: format!("no {word} claims this crate, so no {word} rule judges it"),
                related: Vec::new(),
                reason: None,
                help,
            }],
            also_affects: Vec::new(),
        });
    }
}
