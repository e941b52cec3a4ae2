//! Cycles, by the distances between all units.

use std::collections::BTreeSet;

use super::{context_codes, edges, excused};
use crate::rules::tests::spec::{Common, Kind, Rule, Spec};
use crate::workspace::DependencyKind;

/// For every rule about cycles: its name, who uses whom, and the units' names.
pub fn unit_graphs(spec: &Spec) -> Vec<(String, Vec<BTreeSet<usize>>, Vec<String>)> {
    let replaced = spec
        .rules
        .iter()
        .any(|r| matches!(r, Rule::Acyclic { over: "contexts", .. }));
    let named = spec.rules.iter().enumerate().filter_map(|(index, rule)| match rule {
        Rule::Acyclic { common, over } => Some((format!("r{index}"), common.clone(), *over)),
        _ => None,
    });
    let built_in = Common {
        kinds: spec.kinds.clone(),
        ignore_optional: false,
        targets: None,
    };
    let built_in = (!replaced && !spec.contexts.is_empty()).then(|| ("context-cycle".to_owned(), built_in, "contexts"));
    named
        .chain(built_in)
        .map(|(name, common, over)| unit_graph(spec, name, &common, over))
        .collect()
}

fn unit_graph(spec: &Spec, name: String, common: &Common, over: &str) -> (String, Vec<BTreeSet<usize>>, Vec<String>) {
    let (count, prefix) = match over {
        "contexts" => (spec.contexts.len(), "context:c"),
        "layers" => (spec.layers.len(), "layer:l"),
        _ => (spec.members, "m"),
    };
    let units = |node: usize| match over {
        "contexts" => {
            let context = spec.context_of.get(node).copied().flatten();
            let taking_part = context.filter(|c| spec.contexts[*c].kind != Kind::Root);
            taking_part.into_iter().collect()
        }
        "layers" => spec.layer_of.get(node).cloned().unwrap_or_default(),
        _ => Vec::from_iter((node < spec.members).then_some(node)),
    };
    let together = |a: usize, b: usize| a != b && (over != "layers" || spec.same_stack(a, b));
    let mut successors = vec![BTreeSet::new(); count];
    for edge in edges(spec, &common.kinds, Some(common)) {
        let (from, to, _) = edge;
        // A context edge that is excused under its own code does not count towards a cycle of contexts.
        let codes = context_codes(spec, from, to);
        let left_out = over == "contexts" && codes.iter().any(|code| excused(spec, code, code, edge));
        for a in units(from).into_iter().filter(|_| !left_out) {
            successors[a].extend(units(to).into_iter().filter(|b| together(a, *b)));
        }
    }
    (name, successors, (0..count).map(|u| format!("{prefix}{u}")).collect())
}

fn distances(successors: &[BTreeSet<usize>]) -> Vec<Vec<Option<usize>>> {
    let count = successors.len();
    let mut all = vec![vec![None; count]; count];
    for (from, list) in successors.iter().enumerate() {
        for to in list {
            all[from][*to] = Some(1);
        }
    }
    for over in 0..count {
        for from in 0..count {
            for to in 0..count {
                let around = all[from][over].zip(all[over][to]).map(|(a, b): (usize, usize)| a + b);
                all[from][to] = match (all[from][to], around) {
                    (Some(a), Some(b)) => Some(a.min(b)),
                    (a, b) => a.or(b),
                };
            }
        }
    }
    all
}

/// The units that reach each other, in groups.
pub fn components(successors: &[BTreeSet<usize>]) -> Vec<BTreeSet<usize>> {
    let all = distances(successors);
    let together = |a: usize, b: usize| all[a][b].is_some() && all[b][a].is_some();
    let groups = (0..successors.len()).filter(|a| all[*a][*a].is_some());
    let groups: BTreeSet<BTreeSet<usize>> = groups
        .map(|a| (0..successors.len()).filter(|b| together(a, *b)).collect())
        .collect();
    groups.into_iter().collect()
}

/// The length of a shortest cycle in a component.
pub fn shortest_cycle(successors: &[BTreeSet<usize>], component: &BTreeSet<usize>) -> usize {
    let all = distances(successors);
    component.iter().filter_map(|unit| all[*unit][*unit]).min().unwrap_or(0)
}

/// Whether the crate can be reached from itself by any dependencies.
pub fn in_a_circle(spec: &Spec, name: &str) -> bool {
    let Some(start) = (0..spec.members).find(|m| spec.name(*m) == name) else {
        return false;
    };
    let all = edges(spec, &DependencyKind::ALL, None);
    let mut reached: BTreeSet<usize> = all.iter().filter(|e| e.0 == start).map(|e| e.1).collect();
    for _ in 0..spec.members {
        let more: Vec<usize> = all.iter().filter(|e| reached.contains(&e.0)).map(|e| e.1).collect();
        reached.extend(more);
    }
    reached.contains(&start)
}
