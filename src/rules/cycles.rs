//! Cycles over contexts, layers or crates: what the built-in check and `[[acyclic]]` have in common.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::ways_out::names;
use super::{Candidate, Case, Charge, Cycle, Subject, layers};
use crate::excuses::End;
use crate::finding::{Code, Label};
use crate::graph::cycles::cycles;
use crate::graph::{Edge, EdgeId, Split, View};
use crate::workspace::platform::Triple;
use crate::workspace::{DependencyKind, Kinds, NodeId};

/// The units between which cycles are looked for.
pub(super) struct Over<'u> {
    /// Their identities, as reports write them; by position.
    pub units: Vec<String>,
    /// The word for one of them.
    pub word: &'static str,
    /// The unit of a package; none where it takes no part.
    pub unit_of: &'u dyn Fn(NodeId) -> Option<usize>,
    /// Edges that do not count, since they are excused elsewhere.
    pub excused: &'u dyn Fn(&Edge) -> bool,
}

impl Over<'_> {
    /// A unit as exceptions name it: crates and modules by their node, contexts and layers by identity.
    fn end(&self, unit: usize, node: NodeId, split: &Split) -> End<'_> {
        let is_member = matches!(self.word, "crate" | "module");
        End {
            member: is_member.then(|| split.unit(node).index()),
            identity: Cow::Borrowed(&self.units[unit]),
        }
    }
}

/// Which rule looks.
pub(super) struct Asking<'r> {
    pub code: Code,
    /// Position of the `[[acyclic]]` table.
    pub rule: Option<usize>,
    /// The rule's name or the code.
    pub name: &'r str,
    pub kinds: Kinds,
    pub ignore_optional: bool,
    pub targets: Option<&'r [Triple]>,
    pub split: &'r Split,
    pub related: Vec<Label>,
    pub reason: Option<String>,
    pub help: Option<String>,
}

/// The edges between crates that lead from one unit to another.
type Steps = BTreeMap<(usize, usize), Vec<EdgeId>>;

/// Names one cycle a strongly connected component, and every edge that an exception leaves out of one.
pub(super) fn find<'w>(case: &Case<'_, 'w>, over: &Over<'_>, asking: &Asking<'_>, out: &mut Vec<Candidate<'w>>) {
    let mut open = Steps::new();
    let mut left_out = Steps::new();
    let view = View {
        kinds: asking.kinds,
        ignore_optional: asking.ignore_optional,
        targets: asking.targets,
        split: asking.split,
    };
    for (id, edge) in case.graph.edges().filter(|(_, e)| view.shows(case.graph, e)) {
        let (Some(from), Some(to)) = ((over.unit_of)(edge.from), (over.unit_of)(edge.to)) else {
            continue;
        };
        if from == to || (over.excused)(edge) {
            continue;
        }
        let ends = (
            over.end(from, edge.from, asking.split),
            over.end(to, edge.to, asking.split),
        );
        let excused = case
            .excuses
            .any(asking.code, asking.name, &ends.0, &ends.1, Some(edge.kind));
        let steps = if excused { &mut left_out } else { &mut open };
        steps.entry((from, to)).or_default().push(id);
    }
    if !left_out.is_empty() {
        report_left_out(over, asking, &open, &left_out, out);
    }
    for component in cycles(&successors(over.units.len(), open.keys())) {
        let pairs: Vec<(usize, usize)> = around(&component.cycle);
        let steps: Vec<Vec<EdgeId>> = pairs.iter().map(|pair| open[pair].clone()).collect();
        let identity = |unit: &usize| over.units[*unit].clone();
        let mut all: Vec<String> = component.members.iter().map(identity).collect();
        all.sort();
        let first = |step: &Vec<EdgeId>| (step[0], view.declarations(case.graph, case.graph.edge(step[0])));
        let cycle = Cycle {
            shown: steps.iter().map(first).collect(),
            units: component.cycle.iter().map(identity).collect(),
            component: all,
            cut: cheapest_cut(case, &steps),
            steps,
        };
        let charge = charge(case, over, asking, &cycle);
        out.push(Candidate {
            subject: Subject::Cycle(cycle),
            charges: vec![charge],
            also_affects: Vec::new(),
        });
    }
}

fn around(cycle: &[usize]) -> Vec<(usize, usize)> {
    let next = cycle.iter().cycle().skip(1);
    cycle.iter().copied().zip(next.copied()).collect()
}

fn successors<'k>(units: usize, pairs: impl Iterator<Item = &'k (usize, usize)>) -> Vec<Vec<usize>> {
    let mut successors = vec![Vec::new(); units];
    for (from, to) in pairs {
        successors[*from].push(*to);
    }
    successors
}

/// An exception is of use while the edge that it leaves out would be part of a cycle.
fn report_left_out(over: &Over<'_>, asking: &Asking<'_>, open: &Steps, left_out: &Steps, out: &mut Vec<Candidate<'_>>) {
    let pairs: BTreeSet<_> = open.keys().chain(left_out.keys()).collect();
    let components = cycles(&successors(over.units.len(), pairs.into_iter()));
    let together = |(from, to): &(usize, usize)| {
        components
            .iter()
            .any(|c| c.members.contains(from) && c.members.contains(to))
    };
    for (pair, edges) in left_out.iter().filter(|(pair, _)| together(pair)) {
        for edge in edges {
            let (from, to) = (over.units[pair.0].clone(), over.units[pair.1].clone());
            let message = format!("`{from}` → `{to}` is left out of the search for cycles");
            out.push(Candidate {
                subject: Subject::LeftOut { from, to, edge: *edge },
                charges: vec![Charge {
                    code: asking.code,
                    rule: asking.rule,
                    message,
                    label: "left out by an exception".to_owned(),
                    related: asking.related.clone(),
                    reason: asking.reason.clone(),
                    help: Vec::new(),
                }],
                also_affects: Vec::new(),
            });
        }
    }
}

fn charge(case: &Case<'_, '_>, over: &Over<'_>, asking: &Asking<'_>, cycle: &Cycle<'_>) -> Charge {
    let bare: Vec<&str> = cycle.units.iter().map(|unit| bare_name(unit)).collect();
    let word = over.word;
    let message = match bare.as_slice() {
        [a, b] => format!("{word}s `{a}` and `{b}` use each other"),
        units => {
            let closed = units.iter().chain(units.first());
            let shown: Vec<String> = closed.map(|u| format!("`{u}`")).collect();
            format!("{word}s use each other in a cycle: {}", shown.join(" → "))
        }
    };
    let beyond = cycle.component.len() - cycle.units.len();
    let mut help: Vec<String> = asking.help.clone().into_iter().collect();
    help.extend(cycle.cut.map(|step| cut_here(case, over, cycle, step)));
    if beyond > 0 {
        let others = cycle.component.iter().filter(|unit| !cycle.units.contains(unit));
        let others = others.map(|unit| bare_name(unit));
        help.push(format!(
            "in all {} {word}s use each other: also {}",
            cycle.component.len(),
            names(others, 8)
        ));
    }
    help.push(
        "turn one direction around: let the other side define a trait, or move what both need into a third".to_owned(),
    );
    // What is excused is what is to be cut: the other direction may be the one that is meant to be.
    let (_, from, to) = cycle.to_excuse();
    help.push(super::ways_out::record(asking.name, from, to));
    let (from, to) = (bare[0], bare[1]);
    Charge {
        code: asking.code,
        rule: asking.rule,
        message,
        label: format!("leads from {word} `{from}` to {word} `{to}`"),
        related: asking.related.clone(),
        reason: asking.reason.clone(),
        help,
    }
}

/// A unit's name without `context:` or `layer:`.
fn bare_name(unit: &str) -> &str {
    let bare = |prefix| unit.strip_prefix(prefix);
    bare("context:").or_else(|| bare("layer:")).unwrap_or(unit)
}

/// The step of the cycle with the fewest edges, and of several the one that most dev-dependencies make, among those in
/// which the layers allow no edge: a legal edge is never what is to be cut.
fn cheapest_cut(case: &Case<'_, '_>, steps: &[Vec<EdgeId>]) -> Option<usize> {
    let legal = |id: &EdgeId| layers::allow(case, case.graph.edge(*id)) == Some(true);
    let built = |id: &&EdgeId| case.graph.edge(**id).kind != DependencyKind::Dev;
    let steps = steps.iter().enumerate();
    let candidates = steps.filter(|(_, step)| !step.iter().any(legal));
    let cheapest = candidates.min_by_key(|(_, step)| (step.len(), step.iter().filter(built).count()));
    cheapest.map(|(index, _)| index)
}

fn cut_here(case: &Case<'_, '_>, over: &Over<'_>, cycle: &Cycle<'_>, step: usize) -> String {
    let cheapest = &cycle.steps[step];
    let edge = case.graph.edge(cheapest[0]);
    let (from, to) = (case.name(edge.from), case.name(edge.to));
    let word = over.word;
    let others: usize = cycle.steps.iter().map(Vec::len).sum::<usize>() - cheapest.len();
    let rest = format!("the rest of the cycle has {others}");
    match cheapest.len() {
        _ if word == "crate" => format!("cut here: `{from}` → `{to}`"),
        1 => format!("cut here: `{from}` → `{to}` is the only edge of its direction; {rest}"),
        n => format!("cut here: `{from}` → `{to}` is one of {n} edges of its direction; {rest}"),
    }
}
