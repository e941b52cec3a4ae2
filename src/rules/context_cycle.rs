//! `context-cycle`: contexts that use each other in a cycle. Cargo accepts these: crates stay acyclic, contexts do not.

use super::cycles::{Asking, Over, find};
use super::{Candidate, Case, Rule, contexts};
use crate::config::{ContextKind, Demand, Units};
use crate::finding::{Code, Label};
use crate::workspace::NodeId;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::ContextCycle],
    check,
};

fn check<'w>(case: &Case<'_, 'w>, candidates: &mut Vec<Candidate<'w>>) {
    let config = case.config();
    let replaced = config.rules.iter().any(|rule| {
        matches!(
            rule.demand,
            Demand::Acyclic {
                over: Units::Contexts,
                ..
            }
        )
    });
    if replaced || config.contexts.is_empty() {
        return;
    }
    let asking = Asking {
        code: Code::ContextCycle,
        rule: None,
        name: Code::ContextCycle.as_str(),
        kinds: config.settings.contexts.kinds,
        ignore_optional: false,
        targets: None,
        split: &case.architecture.splits.contexts,
        related: Vec::new(),
        reason: None,
        help: None,
    };
    over_contexts(case, &asking, candidates);
}

/// Looks for cycles of contexts, composition roots aside.
pub(super) fn over_contexts<'w>(case: &Case<'_, 'w>, asking: &Asking<'_>, candidates: &mut Vec<Candidate<'w>>) {
    let unit_of = |node: NodeId| {
        let (index, context) = case.architecture.context(node)?;
        (context.kind != ContextKind::CompositionRoot).then_some(index)
    };
    let over = Over {
        units: case
            .config()
            .contexts
            .iter()
            .map(|c| format!("context:{}", c.name.value))
            .collect(),
        word: "context",
        unit_of: &unit_of,
        excused: &|edge| contexts::excused(case, edge),
    };
    let before = candidates.len();
    find(case, &over, asking, candidates);
    for candidate in &mut candidates[before..] {
        if let super::Subject::Cycle(cycle) = &candidate.subject {
            let named = |unit: &String| {
                let declared = case
                    .config()
                    .contexts
                    .iter()
                    .find(|c| unit.strip_prefix("context:") == Some(&c.name.value));
                declared.map(|c| Label {
                    span: c.name.span,
                    text: format!("context `{}` is declared here", c.name.value),
                })
            };
            let labels: Vec<Label> = cycle.units.iter().filter_map(named).collect();
            candidate.charges[0].related.extend(labels);
        }
    }
}
