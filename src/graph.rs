//! The declared dependencies as a graph: edges by kind, paths, reachability and cycles. Everything here is
//! deterministic: nodes are visited by name, so that the same workspace gives the same path on every machine.

use std::collections::VecDeque;

use fixedbitset::FixedBitSet;

use crate::workspace::{Dependency, DependencyKind, Kinds, NodeId, Workspace};

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
    /// For each member, where its edges start in `edges`; one more than there are members.
    starts: Vec<u32>,
}

impl<'w> Graph<'w> {
    /// Joins the declarations of every member to edges.
    #[must_use]
    pub fn new(workspace: &'w Workspace) -> Self {
        let mut edges: Vec<Edge> = Vec::with_capacity(workspace.declaration_count());
        let mut starts = vec![0];
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
            starts.push(u32::try_from(edges.len()).unwrap_or(u32::MAX));
        }
        Self {
            workspace,
            edges,
            starts,
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

    /// Every edge, sorted by from, to and kind.
    pub fn edges(&self) -> impl Iterator<Item = (EdgeId, &Edge)> {
        (0u32..).map(EdgeId).zip(&self.edges)
    }

    /// The edges of one node, sorted by to and kind; an external has none.
    pub fn edges_of(&self, node: NodeId) -> impl Iterator<Item = (EdgeId, &Edge)> {
        let range = match self.starts.get(node.index() + 1) {
            Some(end) => self.starts[node.index()]..*end,
            None => 0..0,
        };
        range.map(|i| (EdgeId(i), &self.edges[i as usize]))
    }

    /// The declarations of an edge, in file order.
    pub fn declarations(&self, edge: &Edge) -> impl Iterator<Item = &'w Dependency> {
        let member = &self.workspace.members[edge.from.index()];
        edge.declarations.iter().map(|i| &member.dependencies[*i as usize])
    }
}

/// Which edges a rule looks at.
#[derive(Clone, Copy, Debug)]
pub struct View {
    /// The kinds.
    pub kinds: Kinds,
    /// Leaves out what only optional dependencies declare.
    pub ignore_optional: bool,
}

impl View {
    /// Whether the edge counts.
    #[must_use]
    pub fn shows(&self, graph: &Graph<'_>, edge: &Edge) -> bool {
        self.kinds.contains(edge.kind) && (!self.ignore_optional || graph.declarations(edge).any(|d| !d.optional))
    }

    /// The declarations of an edge that count.
    pub fn declarations<'w>(&self, graph: &Graph<'w>, edge: &Edge) -> Vec<&'w Dependency> {
        let counts = |d: &&Dependency| !self.ignore_optional || !d.optional;
        graph.declarations(edge).filter(counts).collect()
    }
}

/// How a transitive rule walks: the first hop by one set of kinds, the later hops by another.
#[derive(Debug)]
pub struct Walk<'g, 'w> {
    /// The graph.
    pub graph: &'g Graph<'w>,
    /// What the first hop may be.
    pub first: View,
    /// What the later hops may be.
    pub later: View,
    /// Nodes that a path may not pass over; its ends may be among them.
    pub not_through: FixedBitSet,
}

impl Walk<'_, '_> {
    /// The nodes from which `target` can be reached by later hops alone, `target` itself included, without passing
    /// over a node of `closed` or of `not_through` (such a node may be where the path starts).
    #[must_use]
    pub fn reaching(&self, target: NodeId, closed: &FixedBitSet, users: &Users) -> FixedBitSet {
        let mut seen = FixedBitSet::with_capacity(self.graph.workspace.node_count());
        let mut queue = VecDeque::from([target]);
        seen.insert(target.index());
        while let Some(node) = queue.pop_front() {
            let blocked = closed.contains(node.index()) || self.not_through.contains(node.index());
            if node != target && blocked {
                continue;
            }
            for user in users.of(node) {
                seen_once(&mut seen, &mut queue, *user);
            }
        }
        seen
    }

    /// Whether a path leads from `from` over one first hop into `reaching` (what [`Walk::reaching`] gave for `target`).
    #[must_use]
    pub fn starts_into(&self, from: NodeId, target: NodeId, reaching: &FixedBitSet, closed: &FixedBitSet) -> bool {
        self.graph.edges_of(from).any(|(_, edge)| {
            let blocked = closed.contains(edge.to.index()) || self.not_through.contains(edge.to.index());
            self.first.shows(self.graph, edge) && reaching.contains(edge.to.index()) && (edge.to == target || !blocked)
        })
    }

    /// A shortest path, as its edges; of several the one whose nodes come first by name, and of two kinds of one
    /// edge the first of normal, build and dev.
    #[must_use]
    pub fn shortest(&self, from: NodeId, target: NodeId) -> Option<Vec<EdgeId>> {
        let mut came_by: Vec<Option<EdgeId>> = vec![None; self.graph.workspace.node_count()];
        let mut queue = VecDeque::from([from]);
        while let Some(node) = queue.pop_front() {
            if node != from && self.not_through.contains(node.index()) {
                continue;
            }
            let view = if node == from { self.first } else { self.later };
            for (id, edge) in self.graph.edges_of(node) {
                if edge.to == from || came_by[edge.to.index()].is_some() || !view.shows(self.graph, edge) {
                    continue;
                }
                came_by[edge.to.index()] = Some(id);
                if edge.to == target {
                    return Some(self.trace(from, target, &came_by));
                }
                queue.push_back(edge.to);
            }
        }
        None
    }

    fn trace(&self, from: NodeId, target: NodeId, came_by: &[Option<EdgeId>]) -> Vec<EdgeId> {
        let mut path = Vec::new();
        let mut node = target;
        while node != from {
            let Some(id) = came_by[node.index()] else { break };
            path.push(id);
            node = self.graph.edge(id).from;
        }
        path.reverse();
        path
    }
}

fn seen_once(seen: &mut FixedBitSet, queue: &mut VecDeque<NodeId>, node: NodeId) {
    if !seen.put(node.index()) {
        queue.push_back(node);
    }
}

/// For every node, who uses it through the edges that a [`View`] shows.
#[derive(Debug)]
pub struct Users {
    lists: Vec<Vec<NodeId>>,
}

impl Users {
    /// Turns the edges around.
    #[must_use]
    pub fn new(graph: &Graph<'_>, view: View) -> Self {
        let mut lists = vec![Vec::new(); graph.workspace.node_count()];
        for (_, edge) in graph.edges().filter(|(_, e)| view.shows(graph, e)) {
            if lists[edge.to.index()].last() != Some(&edge.from) {
                lists[edge.to.index()].push(edge.from);
            }
        }
        Self { lists }
    }

    /// Who uses this node.
    #[must_use]
    pub fn of(&self, node: NodeId) -> &[NodeId] {
        &self.lists[node.index()]
    }
}

/// The strongly connected components of more than one node, each with a shortest cycle through it. `successors` lists,
/// for each node, where its edges lead; nodes are numbers below its length.
#[must_use]
pub fn cycles(successors: &[Vec<usize>]) -> Vec<Component> {
    let mut graph = petgraph::graph::DiGraph::<(), ()>::new();
    let nodes: Vec<_> = successors.iter().map(|_| graph.add_node(())).collect();
    for (from, list) in successors.iter().enumerate() {
        for to in list {
            graph.add_edge(nodes[from], nodes[*to], ());
        }
    }
    let mut found: Vec<Component> = petgraph::algo::tarjan_scc(&graph)
        .into_iter()
        .filter(|component| component.len() > 1)
        .map(|component| {
            let mut members: Vec<usize> = component.into_iter().map(petgraph::graph::NodeIndex::index).collect();
            members.sort_unstable();
            let cycle = shortest_cycle(successors, &members);
            Component { members, cycle }
        })
        .collect();
    found.sort_by(|a, b| a.members.cmp(&b.members));
    found
}

/// Units that all reach each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Component {
    /// The units, sorted.
    pub members: Vec<usize>,
    /// A shortest cycle among them, in order; its last unit leads back to its first, which is its smallest.
    pub cycle: Vec<usize>,
}

/// A shortest cycle inside a strongly connected component: of several, the first by its smallest unit, then by the
/// order of the others.
fn shortest_cycle(successors: &[Vec<usize>], members: &[usize]) -> Vec<usize> {
    let mut inside = FixedBitSet::with_capacity(successors.len());
    inside.extend(members.iter().copied());
    let mut best: Option<Vec<usize>> = None;
    for start in members {
        // Every cycle is found from its smallest unit, so smaller units need not be passed again.
        let limit = best.as_ref().map_or(usize::MAX, Vec::len);
        if let Some(cycle) = cycle_from(successors, &inside, *start, limit)
            && cycle.len() < limit
        {
            best = Some(cycle);
        }
        if best.as_ref().is_some_and(|b| b.len() == 2) {
            break;
        }
        inside.remove(*start);
    }
    best.unwrap_or_default()
}

fn cycle_from(successors: &[Vec<usize>], inside: &FixedBitSet, start: usize, limit: usize) -> Option<Vec<usize>> {
    let mut came_from = vec![usize::MAX; successors.len()];
    let mut depth = vec![0usize; successors.len()];
    let mut queue = VecDeque::from([start]);
    while let Some(node) = queue.pop_front() {
        if depth[node] + 1 >= limit {
            return None;
        }
        for next in &successors[node] {
            if *next == start {
                let mut cycle = vec![node];
                while cycle.last() != Some(&start) {
                    cycle.extend(cycle.last().map(|last| came_from[*last]));
                }
                cycle.reverse();
                return Some(cycle);
            }
            if inside.contains(*next) && came_from[*next] == usize::MAX {
                came_from[*next] = node;
                depth[*next] = depth[node] + 1;
                queue.push_back(*next);
            }
        }
    }
    None
}
