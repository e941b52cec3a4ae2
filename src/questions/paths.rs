//! Paths from member to package: by the manifests among members, and by Cargo.lock behind third-party packages. The
//! first step is of any kind; later ones are those that a build of a dependency takes, normal and build.

use fixedbitset::FixedBitSet;
use serde::Serialize;

use super::Package;
use crate::finding::Hop;
use crate::graph::Graph;
use crate::graph::walk::{Step, Walk};
use crate::source::Sources;
use crate::workspace::lockfile::{LockGraph, LockedId};
use crate::workspace::{Dependency, DependencyKind, Kinds, NodeId};

/// One step of a path.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct PathHop {
    /// The step.
    #[serde(flatten)]
    pub(crate) hop: Hop,
    /// The target of every declaration of it, where all name one; more than one joined by commas.
    pub(crate) target: Option<String>,
    /// Whether every declaration of it is optional.
    pub(crate) optional: bool,
}

/// What a step stands for.
#[derive(Clone, Copy, Debug)]
enum Via {
    /// An edge between packages, by its ends and kind; onto an external, with its package in Cargo.lock.
    Declared(NodeId, NodeId, DependencyKind, Option<LockedId>),
    /// An entry of a package in Cargo.lock.
    Locked(LockedId, usize),
}

/// Every way through the workspace and what lies behind it. Nodes are members, declared externals that Cargo.lock does
/// not know, then the packages of Cargo.lock.
pub(super) struct Ways<'q, 'w> {
    graph: &'q Graph<'w>,
    lock: Option<&'q LockGraph>,
    walk: Walk<Via>,
}

impl<'q, 'w> Ways<'q, 'w> {
    /// All ways of a workspace.
    pub(super) fn new(graph: &'q Graph<'w>, lock: Option<&'q LockGraph>) -> Self {
        let nodes = graph.workspace().node_count() + lock.map_or(0, |lock| lock.packages().len());
        let mut ways = Self {
            graph,
            lock,
            walk: Walk::new(nodes, FixedBitSet::with_capacity(nodes)),
        };
        ways.add_declared();
        ways.add_locked();
        ways
    }

    fn add_declared(&mut self) {
        let workspace = self.graph.workspace();
        for (_, edge) in self.graph.edges() {
            let mut onto: Vec<Option<LockedId>> = Vec::new();
            if let Some(lock) = self.lock.filter(|_| workspace.is_external(edge.to)) {
                let declared = self.graph.declarations(edge);
                onto.extend(
                    declared
                        .flat_map(|d| lock.candidates(workspace, edge.from, d))
                        .map(Some),
                );
                onto.sort_unstable();
                onto.dedup();
            }
            if onto.is_empty() {
                onto.push(None);
            }
            for package in onto {
                let step = Step {
                    to: package.map_or(edge.to.index(), |id| self.locked(id)),
                    first: true,
                    later: Kinds::BUILD.contains(edge.kind),
                    via: Via::Declared(edge.from, edge.to, edge.kind, package),
                };
                self.walk.add(edge.from.index(), step);
            }
        }
    }

    fn add_locked(&mut self) {
        let Some(lock) = self.lock else { return };
        for id in lock.ids().filter(|id| lock.member_of(*id).is_none()) {
            for (position, dependency) in lock.dependencies_of(id).iter().enumerate() {
                let step = Step {
                    to: self.locked(dependency.to),
                    first: false,
                    later: true,
                    via: Via::Locked(id, position),
                };
                self.walk.add(self.locked(id), step);
            }
        }
    }

    /// The node of a package of Cargo.lock: the member's own where it is one.
    fn locked(&self, id: LockedId) -> usize {
        match self.lock.and_then(|lock| lock.member_of(id)) {
            Some(member) => member.index(),
            None => self.graph.workspace().node_count() + id.index(),
        }
    }

    /// Every node that a package may be: an external is in Cargo.lock once a version.
    fn nodes_of(&self, package: &Package) -> FixedBitSet {
        let mut nodes = FixedBitSet::with_capacity(self.walk.nodes());
        nodes.extend(package.node.map(NodeId::index));
        if let Some(lock) = self.lock.filter(|_| package.external) {
            let third = lock.ids().filter(|id| lock.member_of(*id).is_none());
            let named = third.filter(|id| lock.package(*id).name == package.name);
            nodes.extend(named.map(|id| self.locked(id)));
        }
        nodes
    }

    /// A shortest path, the first of several in the order of names; one that starts with a dev-dependency only where
    /// there is no other.
    pub(super) fn shortest(&self, from: NodeId, to: &Package, sources: &Sources) -> Option<Vec<PathHop>> {
        let targets = self.nodes_of(to);
        let distances = self.walk.distances(&targets);
        let kind = |step: &Step<Via>| match step.via {
            Via::Declared(_, _, kind, _) => kind,
            Via::Locked(..) => DependencyKind::Normal,
        };
        let built = |step: &Step<Via>| Kinds::BUILD.contains(kind(step));
        let path = (self.walk.shortest(from.index(), &targets, &distances, built))
            .or_else(|| self.walk.shortest(from.index(), &targets, &distances, |_| true))?;
        Some(path.iter().filter_map(|step| self.hop(step.via, sources)).collect())
    }

    /// The members whose build reaches the package, and those that reach it only by a dev-dependency of their own.
    pub(super) fn users(&self, package: &Package) -> (Vec<NodeId>, Vec<NodeId>) {
        let targets = self.nodes_of(package);
        let none = FixedBitSet::with_capacity(self.walk.nodes());
        let reaching = self.walk.reaching(&targets, &none);
        let members = self.graph.workspace().member_nodes();
        let others = members.filter(|node| !targets.contains(node.index()));
        let (built, rest): (Vec<NodeId>, Vec<NodeId>) = others.partition(|node| reaching.contains(node.index()));
        let tested = |node: &NodeId| self.walk.starts_into(node.index(), &targets, &reaching, &none);
        (built, rest.into_iter().filter(tested).collect())
    }

    fn hop(&self, via: Via, sources: &Sources) -> Option<PathHop> {
        match via {
            Via::Declared(from, to, kind, package) => self.declared((from, to, kind), package, sources),
            Via::Locked(id, position) => self.behind(id, position, sources),
        }
    }

    fn declared(
        &self,
        (from, to, kind): (NodeId, NodeId, DependencyKind),
        package: Option<LockedId>,
        sources: &Sources,
    ) -> Option<PathHop> {
        let workspace = self.graph.workspace();
        let own = workspace.members[from.index()].dependencies.iter();
        let all: Vec<&Dependency> = own.filter(|d| d.to == to && d.kind == kind).collect();
        let at = sources.location(all.first()?.key);
        let targets: Option<Vec<&str>> = all.iter().map(|d| d.target.as_deref()).collect();
        Some(PathHop {
            hop: Hop {
                from: workspace.name(from).to_owned(),
                to: workspace.name(to).to_owned(),
                kind: Some(kind),
                file: at.file,
                line: at.line,
                version: self.version(package),
                feature: None,
            },
            target: targets.map(|targets| targets.join(", ")),
            optional: all.iter().all(|d| d.optional),
        })
    }

    fn behind(&self, id: LockedId, position: usize, sources: &Sources) -> Option<PathHop> {
        let lock = self.lock?;
        let entry = lock.dependencies_of(id).get(position)?;
        let at = sources.location(entry.span);
        Some(PathHop {
            hop: Hop {
                from: lock.package(id).name.clone(),
                to: lock.package(entry.to).name.clone(),
                kind: None,
                file: at.file,
                line: at.line,
                version: self.version(Some(entry.to)),
                feature: None,
            },
            target: None,
            optional: false,
        })
    }

    /// The locked version of what is no member.
    fn version(&self, package: Option<LockedId>) -> Option<String> {
        let (lock, id) = (self.lock?, package?);
        let external = lock.member_of(id).is_none();
        external.then(|| lock.package(id).version.to_string())
    }
}
