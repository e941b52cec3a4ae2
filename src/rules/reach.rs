//! Transitive rules: pairs that reach each other, with a shortest path, folded onto the crates where the fix is.

use fixedbitset::FixedBitSet;

use super::named::{Named, Words};
use super::{Candidate, Case, Charge, PathStep, Subject};
use crate::excuses::{End, Excusing};
use crate::graph::walk::{Step, Walk};
use crate::graph::{EdgeId, View};
use crate::workspace::lockfile::{LockGraph, LockedId};
use crate::workspace::{Dependency, DependencyKind, Kinds, NodeId};

mod fold;
mod locked;

/// What a step of a path stands for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Via {
    /// An edge of the manifests; onto an external, with the package that the lockfile holds for it where that was asked.
    Declared(EdgeId, Option<LockedId>),
    /// A dependency of a package in the lockfile, by its position there.
    Locked(LockedId, usize),
}

impl Via {
    /// The edge; none where only the lockfile knows of the step.
    fn edge(self) -> Option<EdgeId> {
        match self {
            Self::Declared(id, _) => Some(id),
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
}

/// A transitive rule on its way over the graph.
pub(super) struct Search<'s, 'a, 'w> {
    rule: Named<'s, 'a, 'w>,
    walk: Walk<Via>,
    /// Where the steps behind externals come from.
    lock: Option<&'s LockGraph>,
}

/// A pair that breaks the rule.
struct Pair {
    from: usize,
    /// The first edge of its path.
    first: EdgeId,
    path: Vec<Step<Via>>,
    excused: bool,
}

impl<'s, 'a, 'w> Search<'s, 'a, 'w> {
    /// Prepares the search over members and the externals that they declare.
    pub(super) fn new(rule: Named<'s, 'a, 'w>, through: Kinds, not_through: &FixedBitSet) -> Self {
        let case = rule.case;
        let not_through = nodes_of(case, not_through);
        let mut walk = Walk::new(case.workspace().node_count(), not_through);
        for (id, from, first, later) in steps(&rule, through) {
            let to = case.graph.edge(id).to.index();
            let via = Via::Declared(id, None);
            walk.add(from, Step { to, first, later, via });
        }
        Self { rule, walk, lock: None }
    }

    /// Names every pair of a crate of `from` and the member `target`, folded.
    pub(super) fn onto_member(&self, from: &FixedBitSet, target: NodeId, candidates: &mut Vec<Candidate<'w>>) {
        let mut nodes = FixedBitSet::with_capacity(self.walk.nodes());
        nodes.insert(target.index());
        let name = self.rule.case.name(target).to_owned();
        let target = Target {
            identity: name.clone(),
            name,
            member: Some(target.index()),
            nodes,
        };
        self.onto(from, &target, candidates);
    }

    /// Names every pair of a crate of `from` and the target, folded.
    fn onto(&self, from: &FixedBitSet, target: &Target, candidates: &mut Vec<Candidate<'w>>) {
        let pairs = self.pairs(from, target);
        let mut open = FixedBitSet::with_capacity(self.walk.nodes());
        open.extend(pairs.iter().filter(|p| !p.excused).map(|p| p.from));
        let homes = self.fold(&pairs, &open, target);
        let mut folded: Vec<Vec<String>> = vec![Vec::new(); pairs.len()];
        for (position, home) in homes.iter().enumerate().filter(|(position, home)| position != *home) {
            let name = self.rule.case.name(NodeId::new(pairs[position].from));
            folded[*home].push(name.to_owned());
        }
        for (position, (pair, also_affects)) in pairs.iter().zip(folded).enumerate() {
            if homes[position] != position {
                continue;
            }
            let steps: Vec<PathStep> = pair.path.iter().filter_map(|step| self.describe(step.via)).collect();
            candidates.push(Candidate {
                also_affects,
                charges: vec![self.charge(&steps, target)],
                subject: Subject::Path {
                    first: (pair.first, self.declarations(pair.first)),
                    steps,
                    to: target.name.clone(),
                    identity: target.identity.clone(),
                    member: target.member,
                },
            });
        }
    }

    fn pairs(&self, from: &FixedBitSet, target: &Target) -> Vec<Pair> {
        let distances = self.walk.distances(&target.nodes);
        let others = from.ones().filter(|node| target.member != Some(*node));
        others
            .flat_map(|node| self.pairs_from(node, target, &distances))
            .collect()
    }

    /// The pair of one crate and the target. Excuses name the kind that a path starts with: where paths start with kinds
    /// that are not excused alike, each sort is a pair of its own, so that an excuse of one hides nothing of another.
    fn pairs_from(&self, from: usize, target: &Target, distances: &[Option<u32>]) -> Vec<Pair> {
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
            let path = self.walk.shortest(from, &target.nodes, distances, may_start)?;
            Some(Pair {
                from,
                first: path.first()?.via.edge()?,
                path,
                excused: !excusing.is_empty(),
            })
        };
        alike.into_iter().filter_map(pair).collect()
    }

    /// The declarations of an edge that count.
    fn declarations(&self, id: EdgeId) -> Vec<&'w Dependency> {
        let graph = self.rule.case.graph;
        self.rule.view().declarations(graph, graph.edge(id))
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

    /// A step as reports show it.
    fn describe(&self, via: Via) -> Option<PathStep> {
        let case = self.rule.case;
        let version = |id: LockedId| Some(self.lock?.package(id).version.to_string());
        match via {
            Via::Declared(id, package) => {
                let edge = case.graph.edge(id);
                Some(PathStep {
                    from: case.name(edge.from).to_owned(),
                    to: case.name(edge.to).to_owned(),
                    kind: Some(edge.kind),
                    span: self.declarations(id).first()?.key,
                    version: package.and_then(version),
                })
            }
            Via::Locked(id, position) => {
                let lock = self.lock?;
                let dependency = lock.dependencies_of(id)[position];
                Some(PathStep {
                    from: lock.package(id).name.clone(),
                    to: lock.package(dependency.to).name.clone(),
                    kind: None,
                    span: dependency.span,
                    version: version(dependency.to),
                })
            }
        }
    }

    fn charge(&self, path: &[PathStep], target: &Target) -> Charge {
        let (from, to) = (path.first().map_or("", |step| &step.from), &target.name);
        let words = match path {
            [_, _, ..] => Words {
                message: format!("`{from}` reaches `{to}`, {} steps away", count(path.len())),
                label: "the path starts here".to_owned(),
                way_out: cut(path),
            },
            _ => Words {
                message: format!("`{from}` may not use `{to}`"),
                label: format!("uses `{to}` directly"),
                way_out: format!("take `{to}` out of `{from}`, or let a crate that may use it hand in what is needed"),
            },
        };
        self.rule.charge_named(from, &target.identity, words)
    }
}

/// Where a path of several steps can be cut: at its start, and at the last step that a manifest of the workspace declares.
/// What third parties use is not for its reader to cut, though a feature may leave it out.
fn cut(path: &[PathStep]) -> String {
    let named = |step: &PathStep| format!("`{}` → `{}`", step.from, step.to);
    let declared = path.iter().rposition(|step| step.kind.is_some()).unwrap_or(0);
    let (start, last, to) = (&path[0], &path[declared], &path[path.len() - 1].to);
    let leaves = declared + 1 < path.len();
    match declared {
        0 => format!(
            "take `{}` out of `{}`, or turn off the feature of it that brings `{to}` in",
            start.to, start.from
        ),
        _ if leaves => format!(
            "cut the path at its start, {}, or where it leaves the workspace, {}",
            named(start),
            named(last)
        ),
        1 => format!(
            "cut {}, or {} for all who use `{}`",
            named(start),
            named(last),
            start.to
        ),
        _ => format!(
            "cut the path at its start, {}, or at its end, {}",
            named(start),
            named(last)
        ),
    }
}

/// The edges that the rule may walk: each with where it starts, and whether it may be the first hop and a later one.
fn steps(rule: &Named<'_, '_, '_>, through: Kinds) -> Vec<(EdgeId, usize, bool, bool)> {
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

fn count(steps: usize) -> String {
    const WORDS: [&str; 10] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    ];
    WORDS
        .get(steps)
        .map_or_else(|| steps.to_string(), |word| (*word).to_owned())
}
