//! `cycle`: `[[acyclic]]` says that contexts, layers or crates may not use each other in a cycle.

use fixedbitset::FixedBitSet;

use super::cycles::{Asking, Over, find};
use super::{Candidate, Case, Rule, context_cycle};
use crate::architecture::BoundRule;
use crate::config::{Demand, Units};
use crate::finding::{Code, Label};
use crate::workspace::NodeId;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::Cycle],
    check,
};

fn check<'w>(case: &Case<'_, 'w>, candidates: &mut Vec<Candidate<'w>>) {
    for (index, rule) in case.config().rules.iter().enumerate() {
        let Demand::Acyclic { over, .. } = rule.demand else {
            continue;
        };
        let asking = Asking {
            code: Code::Cycle,
            rule: Some(index),
            name: &rule.name.value,
            kinds: rule.kinds,
            ignore_optional: rule.ignore_optional,
            targets: rule.targets.as_deref(),
            split: match over {
                Units::Contexts => &case.architecture.splits.contexts,
                Units::Layers => &case.architecture.splits.layers,
                Units::Crates | Units::Modules => &case.architecture.splits.rules[index],
            },
            related: vec![Label {
                span: rule.name.span,
                text: "the rule is declared here".to_owned(),
            }],
            reason: rule.reason.clone(),
            help: rule.help.clone(),
        };
        match over {
            Units::Contexts => context_cycle::over_contexts(case, &asking, candidates),
            Units::Layers => over_layers(case, &asking, candidates),
            Units::Crates => over_crates(case, &asking, candidates),
            Units::Modules => over_modules(case, index, &asking, candidates),
        }
    }
}

/// Looks for cycles in each stack by itself.
fn over_layers<'w>(case: &Case<'_, 'w>, asking: &Asking<'_>, candidates: &mut Vec<Candidate<'w>>) {
    let layers = &case.config().layers;
    for stack in 0..case.architecture.layer_of.len() {
        let over = Over {
            units: layers.iter().map(|l| format!("layer:{}", l.name.value)).collect(),
            word: "layer",
            unit_of: &|node| case.architecture.layer_in(stack, node).map(|(index, _)| index),
            excused: &|_| false,
        };
        find(case, &over, asking, candidates);
    }
}

/// Looks for cycles between modules, each with what counts as part of it.
fn over_modules<'w>(case: &Case<'_, 'w>, index: usize, asking: &Asking<'_>, candidates: &mut Vec<Candidate<'w>>) {
    let BoundRule::Acyclic { modules } = &case.architecture.rules[index] else {
        return;
    };
    let split = &case.architecture.splits.rules[index];
    let first = |members: &FixedBitSet| members.minimum().map(|first| split.unit(NodeId::new(first)));
    let over = Over {
        units: modules
            .iter()
            .filter_map(first)
            .map(|unit| case.name(unit).to_owned())
            .collect(),
        word: "module",
        unit_of: &|node: NodeId| modules.iter().position(|members| members.contains(node.index())),
        excused: &|_| false,
    };
    find(case, &over, asking, candidates);
}

fn over_crates<'w>(case: &Case<'_, 'w>, asking: &Asking<'_>, candidates: &mut Vec<Candidate<'w>>) {
    let workspace = case.workspace();
    let over = Over {
        units: workspace.packages().iter().map(|m| m.name.clone()).collect(),
        word: "crate",
        unit_of: &|node: NodeId| workspace.member(node).map(|_| node.index()),
        excused: &|_| false,
    };
    find(case, &over, asking, candidates);
}
