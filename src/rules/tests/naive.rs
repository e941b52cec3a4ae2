//! The definitions of config.md, evaluated the slow and plain way.

use std::collections::BTreeSet;

mod cycles;
mod edges;
mod features;

pub use cycles::{components, in_a_circle, shortest_cycle, unit_graphs};
use edges::{edges, looked_at};
use features::turns_on;

use super::spec::{Common, Kind, Listed, Reach, Rule, Spec};
use crate::workspace::DependencyKind;

type Row = (String, String, String, String);

/// Everything but cycles: edges as (rule, from, to, kind), pairs of transitive rules with `*`.
pub fn edges_and_pairs(spec: &Spec) -> BTreeSet<Row> {
    let mut rows = BTreeSet::new();
    for (from, to, kind) in edges(spec, &spec.kinds, None) {
        let families = [layer_codes(spec, from, to), context_codes(spec, from, to)];
        for code in families.iter().filter_map(|codes| codes.first()) {
            if !excused(spec, code, code, (from, to, kind)) {
                rows.insert(row(spec, code, from, to, Some(kind)));
            }
        }
    }
    for (index, rule) in spec.rules.iter().enumerate() {
        let name = format!("r{index}");
        match rule {
            Rule::Acyclic { .. } => {}
            Rule::Forbidden {
                reach: Reach::Transitive { .. },
                ..
            }
            | Rule::Independent {
                reach: Reach::Transitive { .. },
                ..
            }
            | Rule::Gateway { .. } => {
                for to in 0..spec.members {
                    let open = open_pairs(spec, index, rule, &spec.name(to));
                    rows.extend(
                        open.into_iter()
                            .map(|from| (name.clone(), from, spec.name(to), "*".to_owned())),
                    );
                }
            }
            _ => {
                let common = common_of(rule);
                for (from, to, kind) in edges(spec, &common.kinds, Some(common)) {
                    let objects = match rule {
                        Rule::Features { .. } => turns_on(spec, rule, (from, to, kind)),
                        _ => objects(spec, rule, from, to),
                    };
                    if objects && !excused(spec, &name, code_of(rule), (from, to, kind)) {
                        rows.insert(row(spec, &name, from, to, Some(kind)));
                    }
                }
            }
        }
    }
    rows
}

fn row(spec: &Spec, rule: &str, from: usize, to: usize, kind: Option<DependencyKind>) -> Row {
    let kind = kind.map_or("*".to_owned(), |k| k.to_string());
    (rule.to_owned(), spec.name(from), spec.name(to), kind)
}

fn common_of(rule: &Rule) -> &Common {
    match rule {
        Rule::Forbidden { common, .. }
        | Rule::Allowed { common, .. }
        | Rule::Protected { common, .. }
        | Rule::Independent { common, .. }
        | Rule::Acyclic { common, .. }
        | Rule::Gateway { common, .. }
        | Rule::Features { common, .. } => common,
    }
}

fn code_of(rule: &Rule) -> &'static str {
    match rule {
        Rule::Forbidden { .. } => "forbidden",
        Rule::Allowed { .. } => "not-allowed",
        Rule::Protected { .. } => "protected",
        Rule::Independent { .. } => "independent",
        Rule::Acyclic { .. } => "cycle",
        Rule::Gateway { .. } => "gateway",
        Rule::Features { .. } => "feature",
    }
}

/// An exception names the rule or its code, and the edge; its kinds, where it has any, hold the edge's.
fn excused(spec: &Spec, rule: &str, code: &str, (from, to, kind): (usize, usize, DependencyKind)) -> bool {
    spec.exceptions
        .iter()
        .any(|(word, f, t, k)| (word == rule || word == code) && *f == from && *t == to && k.is_none_or(|k| k == kind))
}

/// Whether a direct rule objects to an edge.
fn objects(spec: &Spec, rule: &Rule, from: usize, to: usize) -> bool {
    let external = to >= spec.members;
    match rule {
        Rule::Forbidden {
            from: users, to: used, ..
        } => users.contains(&from) && used.contains(&to),
        Rule::Allowed {
            from: users,
            to: used,
            among,
            ..
        } => {
            let closed = *among == "all" || (*among == "external") == external;
            users.contains(&from) && closed && !used.contains(&to)
        }
        Rule::Protected {
            from: users, to: used, ..
        } => used.contains(&to) && !users.contains(&from) && !used.contains(&from),
        Rule::Independent { parties, .. } => apart(parties, from, to),
        Rule::Acyclic { .. } | Rule::Gateway { .. } | Rule::Features { .. } => false,
    }
}

fn apart(parties: &[Vec<usize>], from: usize, to: usize) -> bool {
    let party = |node: usize| parties.iter().position(|p| p.contains(&node));
    party(from).is_some() && party(to).is_some() && party(from) != party(to)
}

/// The codes of every stack in which both ends are in a layer, in order.
fn layer_codes(spec: &Spec, from: usize, to: usize) -> Vec<&'static str> {
    let of = |node: usize| spec.layer_of.get(node).cloned().unwrap_or_default();
    let pairs = of(from)
        .into_iter()
        .flat_map(|a| of(to).into_iter().map(move |b| (a, b)));
    let codes: BTreeSet<&str> = pairs
        .filter(|(a, b)| spec.same_stack(*a, *b))
        .flat_map(|(a, b)| codes_in_a_stack(spec, a, b))
        .collect();
    let order = ["layer", "layer-sibling", "layer-skip"];
    order.into_iter().filter(|code| codes.contains(code)).collect()
}

fn codes_in_a_stack(spec: &Spec, a: usize, b: usize) -> Vec<&'static str> {
    let lists = spec.lower(a).map(|list| list.contains(&b));
    let mut codes = Vec::new();
    if a != b && (spec.rank(b) <= spec.rank(a) || lists == Some(false)) {
        codes.push("layer");
    }
    if a == b && spec.layers[a].independent {
        codes.push("layer-sibling");
    }
    let passes = |c: usize| spec.same_stack(a, c) && spec.rank(a) < spec.rank(c) && spec.rank(c) < spec.rank(b);
    let past_closed = (0..spec.layers.len()).any(|c| spec.layers[c].closed && passes(c));
    if past_closed && !spec.layers[b].open && lists != Some(true) {
        codes.push("layer-skip");
    }
    codes
}

fn context_codes(spec: &Spec, from: usize, to: usize) -> Vec<&'static str> {
    let of = |node: usize| spec.context_of.get(node).copied().flatten();
    let (Some(a), Some(b)) = (of(from), of(to)) else {
        return Vec::new();
    };
    let (from_kind, to_kind) = (spec.contexts[a].kind, spec.contexts[b].kind);
    if a == b || from_kind == Kind::Root {
        return Vec::new();
    }
    let listed = spec.listed(a, b);
    let lists = listed.map(|listed| match listed {
        Listed::No => false,
        Listed::Whole => true,
        Listed::Face(face) => spec.face_holds(b, face, to),
    });
    let mut codes = Vec::new();
    let undeclared = match (from_kind, to_kind) {
        (_, Kind::Root) => true,
        (Kind::Kernel, _) => lists != Some(true),
        (_, Kind::Kernel) => false,
        _ => lists == Some(false),
    };
    if undeclared {
        codes.push("context-undeclared");
    }
    if !spec.in_public(b, to) && !spec.opened_to(b, a, to) && to_kind != Kind::Root {
        codes.push("context-private");
    }
    codes
}

/// The crates of a transitive rule's `from` that reach the target by a path whose first kind is not excused.
pub fn open_pairs(spec: &Spec, index: usize, rule: &Rule, target: &str) -> BTreeSet<String> {
    let Some(target) = (0..spec.members).find(|m| spec.name(*m) == target) else {
        return BTreeSet::new();
    };
    let in_from = |node: usize| match rule {
        Rule::Forbidden { from, to, .. } => from.contains(&node) && to.contains(&target),
        Rule::Independent { parties, .. } => apart(parties, node, target),
        // Crates of `via` stand in the gateway, crates of `to` behind it.
        Rule::Gateway { from, to, via, .. } => {
            let starts = from.as_ref().is_none_or(|from| from.contains(&node));
            starts && !to.contains(&node) && !via.contains(&node) && to.contains(&target) && !via.contains(&target)
        }
        _ => false,
    };
    // Excuses name the kind that a path starts with: the pair is open while a path starts with one that is not excused.
    let open = |node: &usize| {
        DependencyKind::ALL.into_iter().any(|kind| {
            let rule_name = format!("r{index}");
            starts_with(spec, rule, *node, target, kind)
                && !excused(spec, &rule_name, code_of(rule), (*node, target, kind))
        })
    };
    (0..spec.members)
        .filter(|node| *node != target && in_from(*node))
        .filter(open)
        .map(|node| spec.name(node))
        .collect()
}

/// The kinds of the later hops, and what a path may not pass over.
fn reach_of(rule: &Rule) -> (&[DependencyKind], Vec<usize>) {
    match rule {
        Rule::Forbidden {
            reach: Reach::Transitive { through, not_through },
            ..
        }
        | Rule::Independent {
            reach: Reach::Transitive { through, not_through },
            ..
        } => (through, not_through.clone()),
        Rule::Gateway {
            through,
            not_through,
            via,
            to,
            ..
        } => (through, [not_through, via, to].into_iter().flatten().copied().collect()),
        _ => (&[], Vec::new()),
    }
}

/// Whether a path of any length leads there whose first hop is of this kind.
fn starts_with(spec: &Spec, rule: &Rule, from: usize, to: usize, kind: DependencyKind) -> bool {
    let common = common_of(rule);
    let firsts = edges(spec, &common.kinds, Some(common));
    let starts: Vec<_> = firsts.into_iter().filter(|e| e.0 == from && e.2 == kind).collect();
    (0..spec.members).any(|later| {
        let mut starts = starts.iter();
        starts.any(|(_, next, _)| continues(spec, rule, *next, to, later, &[from]))
    })
}

/// Whether a path of exactly so many later hops leads on, without coming back and without passing over `not-through`.
fn continues(spec: &Spec, rule: &Rule, at: usize, to: usize, hops: usize, seen: &[usize]) -> bool {
    let (through, not_through) = reach_of(rule);
    if at == to {
        return hops == 0;
    }
    if hops == 0 || at >= spec.members || seen.contains(&at) || not_through.contains(&at) {
        return false;
    }
    let seen: Vec<usize> = seen.iter().copied().chain([at]).collect();
    let next = edges(spec, through, Some(common_of(rule)));
    next.into_iter()
        .filter(|e| e.0 == at)
        .any(|e| continues(spec, rule, e.1, to, hops - 1, &seen))
}

/// Whether `from` reaches `to` over none of the other crates of `open`.
pub fn reaches_without(spec: &Spec, rule: &Rule, from: &str, to: &str, open: &BTreeSet<String>) -> bool {
    let node = |name: &str| (0..spec.members).find(|m| spec.name(*m) == name);
    let (Some(from_node), Some(to_node)) = (node(from), node(to)) else {
        return false;
    };
    let others: Vec<usize> = (0..spec.members)
        .filter(|m| *m != from_node && open.contains(&spec.name(*m)))
        .collect();
    let common = common_of(rule);
    let firsts = edges(spec, &common.kinds, Some(common));
    let seen: Vec<usize> = others.into_iter().chain([from_node]).collect();
    (0..spec.members).any(|hops| {
        firsts
            .iter()
            .filter(|e| e.0 == from_node)
            .any(|e| continues(spec, rule, e.1, to_node, hops, &seen))
    })
}
