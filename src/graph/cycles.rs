//! Strongly connected components, each with a shortest cycle.

use std::collections::VecDeque;

use fixedbitset::FixedBitSet;

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
