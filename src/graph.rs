//! The declared dependencies as a graph: edges by kind, and what rules see of them. [`cycles`] and [`walk`] answer the
//! questions that rules ask of graphs.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::workspace::platform::{Condition, Triple};
use crate::workspace::{Dependency, DependencyKind, Kinds, NodeId, Workspace};

pub mod cycles;
pub mod feedback;
mod split;
pub mod walk;

pub use split::Split;

/// Names an edge of a [`Graph`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EdgeId(u32);

/// All dependencies of one kind between the same two packages.
#[derive(Clone, Debug)]
pub struct Edge {
    /// The member that depends.
    pub from: NodeId,
    /// The package depended on.
    pub to: NodeId,
    /// The kind.
    pub kind: DependencyKind,
    /// Positions in the member's dependencies, in file order.
    pub declarations: Vec<u32>,
}

/// The declared dependencies of a workspace; a crate's dependency on itself is left out.
#[derive(Debug)]
pub struct Graph<'w> {
    workspace: &'w Workspace,
    /// Sorted by from, to and kind.
    edges: Vec<Edge>,
    /// What stands between the brackets of `[target.'…'.dependencies]`, read once each.
    conditions: HashMap<&'w str, Condition>,
    /// For each node, the edges that lead to it; made when they are first asked for.
    users: OnceLock<Vec<Vec<EdgeId>>>,
}

impl<'w> Graph<'w> {
    /// Joins the declarations of every member to edges.
    #[must_use]
    pub fn new(workspace: &'w Workspace) -> Self {
        let mut edges: Vec<Edge> = Vec::with_capacity(workspace.declaration_count());
        for (index, member) in workspace.members.iter().enumerate() {
            let from = NodeId::new(index);
            let first = edges.len();
            let mut order: Vec<(NodeId, DependencyKind, u32)> = (0u32..)
                .zip(&member.dependencies)
                .filter(|(_, d)| d.to != from)
                .map(|(i, d)| (d.to, d.kind, i))
                .collect();
            order.sort_unstable();
            for (to, kind, declaration) in order {
                match edges[first..].last_mut() {
                    Some(edge) if edge.to == to && edge.kind == kind => edge.declarations.push(declaration),
                    _ => edges.push(Edge {
                        from,
                        to,
                        kind,
                        declarations: vec![declaration],
                    }),
                }
            }
        }
        let mut conditions = HashMap::new();
        let declarations = workspace.members.iter().flat_map(|member| &member.dependencies);
        for target in declarations.filter_map(|declaration| declaration.target.as_deref()) {
            if !conditions.contains_key(target) {
                conditions.extend(Condition::parse(target).map(|condition| (target, condition)));
            }
        }
        Self {
            workspace,
            edges,
            conditions,
            users: OnceLock::new(),
        }
    }

    /// The workspace that the graph was made from.
    #[must_use]
    pub fn workspace(&self) -> &'w Workspace {
        self.workspace
    }

    /// The edge of this id.
    #[must_use]
    pub fn edge(&self, id: EdgeId) -> &Edge {
        &self.edges[id.0 as usize]
    }

    /// The edge of this kind between two packages.
    #[must_use]
    pub fn edge_between(&self, from: NodeId, to: NodeId, kind: DependencyKind) -> Option<EdgeId> {
        let found = self
            .edges
            .binary_search_by_key(&(from, to, kind), |e| (e.from, e.to, e.kind));
        u32::try_from(found.ok()?).ok().map(EdgeId)
    }

    /// Every edge, sorted by from, to and kind.
    pub fn edges(&self) -> impl Iterator<Item = (EdgeId, &Edge)> {
        (0u32..).map(EdgeId).zip(&self.edges)
    }

    /// The edges that start at a node.
    pub fn edges_from(&self, node: NodeId) -> impl Iterator<Item = (EdgeId, &Edge)> {
        let first = self.edges.partition_point(|edge| edge.from < node);
        let ids = (u32::try_from(first).unwrap_or(u32::MAX)..).map(EdgeId);
        ids.zip(&self.edges[first..])
            .take_while(move |(_, edge)| edge.from == node)
    }

    /// The edges that start or end at a node.
    pub fn edges_at(&self, node: NodeId) -> impl Iterator<Item = &Edge> {
        let users = self.users.get_or_init(|| {
            let mut users = vec![Vec::new(); self.workspace.node_count()];
            for (id, edge) in self.edges() {
                users[edge.to.index()].push(id);
            }
            users
        });
        let own = self.edges_from(node).map(|(_, edge)| edge);
        let onto = users.get(node.index()).into_iter().flatten();
        own.chain(onto.map(|id| self.edge(*id)))
    }

    /// The declarations of an edge, in file order.
    pub fn declarations(&self, edge: &Edge) -> impl Iterator<Item = &'w Dependency> {
        let member = &self.workspace.members[edge.from.index()];
        edge.declarations.iter().map(|i| &member.dependencies[*i as usize])
    }
}

/// Which edges a rule looks at.
#[derive(Clone, Copy, Debug)]
pub struct View<'t> {
    /// The kinds.
    pub kinds: Kinds,
    /// Leaves out what only optional dependencies declare.
    pub ignore_optional: bool,
    /// Leaves out what no declaration that can hold on one of these declares; none: declarations for every target count.
    pub targets: Option<&'t [Triple]>,
    /// The packages whose modules count instead of themselves.
    pub split: &'t Split,
}

impl View<'_> {
    /// Whether the edge counts.
    #[must_use]
    pub fn shows(self, graph: &Graph<'_>, edge: &Edge) -> bool {
        let counts = || graph.declarations(edge).any(|d| self.counts(graph, d));
        self.kinds.contains(edge.kind) && self.split.shows(graph.workspace, edge) && counts()
    }

    /// The declarations of an edge that count.
    pub fn declarations<'w>(self, graph: &Graph<'w>, edge: &Edge) -> Vec<&'w Dependency> {
        graph.declarations(edge).filter(|d| self.counts(graph, d)).collect()
    }

    /// Whether a declaration counts, its kind left aside.
    fn counts(self, graph: &Graph<'_>, declaration: &Dependency) -> bool {
        if self.ignore_optional && declaration.optional {
            return false;
        }
        let (Some(targets), Some(condition)) = (self.targets, &declaration.target) else {
            return true;
        };
        // What cargo cannot read is refused where the manifest is read; what is not known is never left out.
        let condition = graph.conditions.get(condition.as_str());
        condition.is_none_or(|condition| targets.iter().any(|triple| condition.may_hold(*triple)))
    }
}
