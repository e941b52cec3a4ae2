//! Transitive rules: pairs that reach each other, with a shortest path, folded onto the crates where the fix is.

use fixedbitset::FixedBitSet;

use self::built::Confirming;
use super::named::Named;
use super::{Candidate, Case, PathStep, Subject};
use crate::excuses::{End, Excusing};
use crate::graph::walk::{Step, Walk};
use crate::graph::{EdgeId, View};
use crate::workspace::builds::{LinkIndex, Unit};
use crate::workspace::lockfile::{LockGraph, LockedId};
use crate::workspace::{DependencyKind, Kinds, NodeId};

mod built;
mod closing;
mod externals;
mod fold;
mod locked;
mod steps;
mod walked;
mod words;

pub(super) use externals::{Outside, Shut};

/// What a step of a path stands for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Via {
    /// An edge of the manifests; onto an external, with the package that the lockfile holds for it where that was asked.
    Declared(EdgeId, Option<LockedId>),
    /// A dependency of a package in the lockfile, by its position there.
    Locked(LockedId, usize),
    /// A link of a build, from this unit of it, with the edge of the manifests that it is where a member declares it.
    Built(LinkIndex, Unit, Option<EdgeId>),
}

impl Via {
    /// The edge; none where no member declares the step.
    fn edge(self) -> Option<EdgeId> {
        match self {
            Self::Declared(id, _) => Some(id),
            Self::Built(_, _, edge) => edge,
            Self::Locked(..) => None,
        }
    }
}

/// What a transitive rule keeps out of reach: one package, or several versions of one external.
pub(super) struct Target {
    /// The package's name.
    pub name: String,
    /// As exceptions know it.
    pub identity: String,
    /// Its position among the members, where it is one.
    pub member: Option<usize>,
    /// Its nodes.
    pub nodes: FixedBitSet,
    /// Its units in builds, where those are the evidence.
    pub units: FixedBitSet,
}

/// A transitive rule on its way over the graph.
pub(super) struct Search<'s, 'a, 'w> {
    rule: Named<'s, 'a, 'w>,
    walk: Walk<Via>,
    /// Where the steps behind externals come from.
    lock: Option<&'s LockGraph>,
    /// The builds that decide about paths onto externals, where they do.
    confirming: Option<Confirming<'s>>,
    /// Builds are to decide, and are not known yet.
    unconfirmed: bool,
}

/// A pair that breaks the rule.
#[derive(Clone)]
struct Pair {
    from: usize,
    /// The first edge of its path.
    first: EdgeId,
    path: Vec<Via>,
    excused: bool,
}

impl<'s, 'a, 'w> Search<'s, 'a, 'w> {
    /// Prepares the search over members and the externals that they declare.
    pub(super) fn new(rule: Named<'s, 'a, 'w>, through: Kinds, not_through: &FixedBitSet) -> Self {
        let case = rule.case;
        let mut shut = nodes_of(case, not_through);
        if rule.ignores_proc_macros() {
            let members = case.workspace().members.iter().enumerate();
            shut.extend(members.filter(|(_, m)| m.targets.proc_macro).map(|(index, _)| index));
        }
        let mut walk = Walk::new(case.workspace().node_count(), shut);
        for (id, from, first, later) in edges(&rule, through) {
            let to = case.graph.edge(id).to.index();
            let via = Via::Declared(id, None);
            walk.add(from, Step { to, first, later, via });
        }
        Self {
            rule,
            walk,
            lock: None,
            confirming: None,
            unconfirmed: false,
        }
    }

    /// Names every pair of a crate of `from` and the member `target`, folded.
    pub(super) fn onto_member(&self, from: &FixedBitSet, target: NodeId, candidates: &mut Vec<Candidate<'w>>) {
        let member = &self.rule.case.workspace().members[target.index()];
        if member.targets.proc_macro && self.rule.ignores_proc_macros() {
            return;
        }
        let mut nodes = FixedBitSet::with_capacity(self.walk.nodes());
        nodes.insert(target.index());
        let target = Target {
            identity: member.name.clone(),
            name: member.name.clone(),
            member: Some(target.index()),
            nodes,
            units: FixedBitSet::new(),
        };
        self.onto(from, &target, candidates);
    }

    /// Names every pair of a crate of `from` and the target, folded.
    fn onto(&self, from: &FixedBitSet, target: &Target, candidates: &mut Vec<Candidate<'w>>) {
        let shown = self.pairs(from, target);
        let pairs = match &self.confirming {
            Some(confirming) if target.member.is_none() => self.confirmed(confirming, &shown, target),
            _ => shown,
        };
        if pairs.is_empty() {
            return;
        }
        let homes = self.fold(&pairs, target);
        let mut folded: Vec<Vec<String>> = vec![Vec::new(); pairs.len()];
        for (position, home) in homes.iter().enumerate().filter(|(position, home)| position != *home) {
            let name = self.rule.case.name(NodeId::new(pairs[position].from));
            folded[*home].push(name.to_owned());
        }
        for (position, (pair, also_affects)) in pairs.iter().zip(folded).enumerate() {
            if homes[position] != position {
                continue;
            }
            let steps: Vec<PathStep> = pair
                .path
                .iter()
                .filter_map(|via| self.describe(pair.from, *via))
                .collect();
            let closing = self.closing(pair, target);
            let declarations = match pair.path.first() {
                Some(via) if via.edge() == Some(pair.first) => self.declarations_of(*via),
                _ => self.declarations(pair.first),
            };
            candidates.push(Candidate {
                also_affects,
                charges: vec![self.charge(&steps, target, closing)],
                subject: Subject::Path {
                    first: (pair.first, declarations),
                    steps,
                    to: target.name.clone(),
                    identity: target.identity.clone(),
                    member: target.member,
                    unconfirmed: self.unconfirmed && target.member.is_none(),
                },
            });
        }
    }

    fn pairs(&self, from: &FixedBitSet, target: &Target) -> Vec<Pair> {
        let distances = self.walk.distances(&target.nodes);
        let others = from.ones().filter(|node| target.member != Some(*node));
        let pairs = |node: usize| {
            let shortest =
                |may_start: &dyn Fn(&Step<Via>) -> bool| self.walk.shortest(node, &target.nodes, &distances, may_start);
            self.pairs_from(node, target, &shortest)
        };
        others.flat_map(pairs).collect()
    }

    /// The pair of one crate and the target. Excuses name the kind that a path starts with: where paths start with kinds
    /// that are not excused alike, each sort is a pair of its own, so that an excuse of one hides nothing of another.
    fn pairs_from(&self, from: usize, target: &Target, shortest: Shortest<'_>) -> Vec<Pair> {
        let mut alike: Vec<(Excusing, Kinds)> = Vec::new();
        for kind in DependencyKind::ALL {
            let excusing = self.excusing(from, target, kind);
            match alike.iter_mut().find(|(known, _)| *known == excusing) {
                Some((_, kinds)) => *kinds = kinds.with(kind),
                None => alike.push((excusing, Kinds::NONE.with(kind))),
            }
        }
        let pair = |(excusing, kinds): (Excusing, Kinds)| {
            let may_start = |step: &Step<Via>| step.via.edge().is_some_and(|id| kinds.contains(self.kind(id)));
            let path = shortest(&may_start)?;
            Some(Pair {
                from,
                first: path.first()?.via.edge()?,
                path: path.into_iter().map(|step| step.via).collect(),
                excused: !excusing.is_empty(),
            })
        };
        alike.into_iter().filter_map(pair).collect()
    }

    fn kind(&self, id: EdgeId) -> DependencyKind {
        self.rule.case.graph.edge(id).kind
    }

    /// What excuses paths from a crate to the target that start with this kind.
    fn excusing(&self, from: usize, target: &Target, kind: DependencyKind) -> Excusing {
        let case = self.rule.case;
        let from = End::package(case.workspace(), NodeId::new(from));
        let to = End {
            member: target.member,
            identity: target.identity.as_str().into(),
        };
        case.excuses
            .find(self.rule.code, self.rule.name(), &from, &to, Some(kind))
    }
}

/// A shortest path to a target, among those whose first step may be taken.
type Shortest<'f> = &'f dyn Fn(&dyn Fn(&Step<Via>) -> bool) -> Option<Vec<Step<Via>>>;

/// The edges that the rule may walk: each with where it starts, and whether it may be the first hop and a later one.
fn edges(rule: &Named<'_, '_, '_>, through: Kinds) -> Vec<(EdgeId, usize, bool, bool)> {
    let graph = rule.case.graph;
    let first = rule.view();
    let later = View {
        kinds: through,
        ..first
    };
    let step = |(id, edge): (EdgeId, &crate::graph::Edge)| {
        let (first, later) = (first.shows(graph, edge), later.shows(graph, edge));
        (first || later).then_some((id, edge.from.index(), first, later))
    };
    graph.edges().filter_map(step).collect()
}

/// A selection as nodes. An external counts where any of its versions is selected.
pub(super) fn nodes_of(case: &Case<'_, '_>, selection: &FixedBitSet) -> FixedBitSet {
    let members = case.workspace().members.len();
    let mut nodes = FixedBitSet::with_capacity(case.workspace().node_count());
    nodes.extend(selection.ones().take_while(|slot| *slot < members));
    for (slot, node, _) in case.architecture.universe.variants() {
        if selection.contains(slot) {
            nodes.insert(node.index());
        }
    }
    nodes
}
