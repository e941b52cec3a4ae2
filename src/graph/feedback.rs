//! The lightest edges that have to go so that no cycle is left: a minimum feedback arc set.
//!
//! Small graphs are solved exactly, by dynamic programming over the sets of nodes that can stand first in an order (as
//! Lawler gave it in 1964): an order of the nodes leaves those edges that lead back in it. Larger ones, for which that takes
//! too long, get the order of Eades, Lin and Smyth (A fast and effective heuristic for the feedback arc set problem, 1993),
//! in which nodes are then moved to where they cost least until none can be bettered.

/// Up to so many nodes the answer is exact: four million sets, for which 36 MB are taken.
pub const EXACT: usize = 22;

/// Bits of one half of a set of nodes.
const HALF: usize = EXACT / 2;

/// An edge with its weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Weighted {
    /// Where it starts, below the number of nodes.
    pub from: usize,
    /// Where it leads, below the number of nodes.
    pub to: usize,
    /// How much it takes to cut it; at least 1.
    pub weight: u64,
}

/// The positions of the edges that have to go, ascending, and whether no lighter set would do. Of several sets that weigh
/// the same one with the fewest edges is chosen, and always the same.
#[must_use]
pub fn to_cut(nodes: usize, edges: &[Weighted]) -> (Vec<usize>, bool) {
    let exact = nodes <= EXACT;
    // A lighter set comes first, then one of fewer edges.
    let scale = u64::try_from(edges.len()).unwrap_or(u64::MAX).saturating_add(1);
    let mut costs = Costs {
        rows: vec![vec![0; nodes]; nodes],
    };
    for edge in edges.iter().filter(|edge| edge.from != edge.to) {
        let cost = edge.weight.saturating_mul(scale).saturating_add(1);
        let known = &mut costs.rows[edge.from][edge.to];
        *known = known.saturating_add(cost);
    }
    let order = if exact { costs.best_order() } else { costs.good_order() };
    let mut position = vec![0; nodes];
    for (place, node) in order.iter().enumerate() {
        position[*node] = place;
    }
    let leads_back = |edge: &Weighted| position[edge.from] >= position[edge.to];
    let back = edges.iter().enumerate().filter(|(_, edge)| leads_back(edge));
    (back.map(|(index, _)| index).collect(), exact)
}

/// What each edge costs, by its ends; nothing where there is none.
struct Costs {
    rows: Vec<Vec<u64>>,
}

impl Costs {
    fn count(&self) -> usize {
        self.rows.len()
    }

    /// An order in which the edges that lead back cost least: the best for every set of nodes that could stand first.
    fn best_order(&self) -> Vec<usize> {
        let count = self.count();
        let halves: Vec<[Vec<u64>; 2]> = (0..count)
            .map(|node| [self.onto(node, 0), self.onto(node, HALF)])
            .collect();
        let sets = 1usize << count;
        let mut least = vec![u64::MAX; sets];
        let mut added = vec![0u8; sets];
        least[0] = 0;
        for set in 0..sets {
            for (node, onto) in halves.iter().enumerate() {
                if set & (1 << node) != 0 {
                    continue;
                }
                let back = onto[0][set & ((1 << HALF) - 1)].saturating_add(onto[1][set >> HALF]);
                let cost = least[set].saturating_add(back);
                let grown = set | 1 << node;
                if cost < least[grown] {
                    least[grown] = cost;
                    added[grown] = u8::try_from(node).unwrap_or(u8::MAX);
                }
            }
        }
        let mut order = Vec::with_capacity(count);
        let mut set = sets - 1;
        while set != 0 {
            let node = usize::from(added[set]);
            order.push(node);
            set &= !(1 << node);
        }
        order.reverse();
        order
    }

    /// What the edges of a node onto each set of the nodes of one half from `first` on cost.
    fn onto(&self, node: usize, first: usize) -> Vec<u64> {
        let width = self.count().saturating_sub(first).min(HALF);
        let mut sums = vec![0u64; 1 << width];
        for set in 1..sums.len() {
            let lowest = set.trailing_zeros() as usize;
            let rest = sums[set & (set - 1)];
            sums[set] = rest.saturating_add(self.rows[node][first + lowest]);
        }
        sums
    }

    /// Sinks go to the end, sources to the beginning, and of the others the one next to the beginning that gives most more
    /// than it takes; then each node is moved to its best place, as long as that makes the order better.
    fn good_order(&self) -> Vec<usize> {
        let count = self.count();
        let mut open: Vec<usize> = (0..count).collect();
        let (mut first, mut sinks) = (Vec::with_capacity(count), Vec::new());
        while !open.is_empty() {
            let gives =
                |node: usize, open: &[usize]| open.iter().map(|to| self.rows[node][*to]).fold(0, u64::saturating_add);
            let takes = |node: usize, open: &[usize]| {
                open.iter()
                    .map(|from| self.rows[*from][node])
                    .fold(0, u64::saturating_add)
            };
            let sink = open.iter().position(|node| gives(*node, &open) == 0);
            let source = || open.iter().position(|node| takes(*node, &open) == 0);
            if let Some(at) = sink {
                sinks.push(open.remove(at));
            } else if let Some(at) = source() {
                first.push(open.remove(at));
            } else {
                let surplus = |node: usize| i128::from(gives(node, &open)) - i128::from(takes(node, &open));
                // Of several the first: `max_by_key` would give the last.
                let best = (0..open.len()).rev().max_by_key(|at| surplus(open[*at])).unwrap_or(0);
                first.push(open.remove(best));
            }
        }
        first.extend(sinks.into_iter().rev());
        while self.sift(&mut first) {}
        first
    }

    /// Moves every node to where it costs least among the others as they stand; whether one was moved. The whole costs less
    /// with every move, so that this comes to an end.
    fn sift(&self, order: &mut Vec<usize>) -> bool {
        let mut moved = false;
        for node in 0..self.count() {
            let Some(at) = order.iter().position(|other| *other == node) else {
                continue;
            };
            order.remove(at);
            // At the beginning every edge that leads to it leads back; behind an edge of its own onto the node passed does.
            let mut cost: i128 = order.iter().map(|other| i128::from(self.rows[*other][node])).sum();
            let (mut best, mut least, mut own) = (0, cost, cost);
            for (place, other) in order.iter().enumerate() {
                cost += i128::from(self.rows[node][*other]) - i128::from(self.rows[*other][node]);
                if cost < least {
                    (best, least) = (place + 1, cost);
                }
                if place + 1 == at {
                    own = cost;
                }
            }
            let place = if least < own { best } else { at };
            moved |= least < own;
            order.insert(place, node);
        }
        moved
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Costs, EXACT, Weighted, to_cut};
    use crate::graph::cycles::cycles;

    fn edge(from: usize, to: usize, weight: u64) -> Weighted {
        Weighted { from, to, weight }
    }

    /// What is left of the graph has no cycle.
    fn is_acyclic(nodes: usize, edges: &[Weighted], cut: &[usize]) -> bool {
        let mut successors = vec![Vec::new(); nodes];
        for (index, edge) in edges.iter().enumerate() {
            if !cut.contains(&index) {
                successors[edge.from].push(edge.to);
            }
        }
        cycles(&successors).is_empty()
    }

    fn weight(edges: &[Weighted], cut: &[usize]) -> u64 {
        cut.iter().map(|index| edges[*index].weight).sum()
    }

    #[test]
    fn the_lighter_of_two_edges_goes() {
        let edges = [edge(0, 1, 5), edge(1, 0, 2)];
        assert_eq!(to_cut(2, &edges), (vec![1], true));
    }

    #[test]
    fn one_edge_that_two_cycles_share_goes_before_one_of_each() {
        // 0 → 1 → 2 → 0 and 0 → 1 → 3 → 0.
        let edges = [
            edge(0, 1, 1),
            edge(1, 2, 1),
            edge(2, 0, 1),
            edge(1, 3, 1),
            edge(3, 0, 1),
        ];
        assert_eq!(to_cut(4, &edges).0, [0]);
    }

    #[test]
    fn of_sets_that_weigh_the_same_the_one_of_fewer_edges_goes() {
        // Either 0 → 1, or both 1 → 2 and 1 → 3.
        let edges = [
            edge(0, 1, 2),
            edge(1, 2, 1),
            edge(2, 0, 9),
            edge(1, 3, 1),
            edge(3, 0, 9),
        ];
        assert_eq!(to_cut(4, &edges).0, [0]);
    }

    #[test]
    fn what_is_too_large_to_be_exact_is_said_to_be() {
        let ring: Vec<Weighted> = (0..=EXACT)
            .map(|node| edge(node, (node + 1) % (EXACT + 1), 1))
            .collect();
        let (cut, exact) = to_cut(EXACT + 1, &ring);
        assert_eq!((cut.len(), exact), (1, false));
    }

    fn graphs(nodes: usize) -> impl Strategy<Value = Vec<Weighted>> {
        proptest::collection::btree_map((0..nodes, 0..nodes), 1..6u64, 0..nodes * 3).prop_map(|edges| {
            let edges = edges.into_iter().filter(|((from, to), _)| from != to);
            edges.map(|((from, to), weight)| edge(from, to, weight)).collect()
        })
    }

    proptest! {
        #[test]
        fn no_lighter_set_of_edges_breaks_all_cycles(edges in graphs(5)) {
            let edges = &edges[..edges.len().min(12)];
            let (cut, exact) = to_cut(5, edges);
            prop_assert!(exact && is_acyclic(5, edges, &cut));
            for set in 0..1usize << edges.len() {
                let other: Vec<usize> = (0..edges.len()).filter(|index| set & (1 << index) != 0).collect();
                let better = (weight(edges, &other), other.len()) < (weight(edges, &cut), cut.len());
                prop_assert!(!better || !is_acyclic(5, edges, &other), "{other:?} is better than {cut:?}");
            }
        }

        #[test]
        fn what_the_heuristic_cuts_breaks_all_cycles(edges in graphs(30)) {
            let (cut, exact) = to_cut(30, &edges);
            prop_assert!(!exact && is_acyclic(30, &edges, &cut));
        }

        #[test]
        fn the_heuristic_is_never_better_than_the_exact_answer(edges in graphs(9)) {
            let mut costs = Costs { rows: vec![vec![0; 9]; 9] };
            for edge in &edges {
                costs.rows[edge.from][edge.to] += edge.weight;
            }
            let cost = |order: &[usize]| -> u64 {
                let place = |node| order.iter().position(|other| *other == node);
                edges.iter().filter(|e| place(e.from) > place(e.to)).map(|e| e.weight).sum()
            };
            prop_assert!(cost(&costs.good_order()) >= cost(&costs.best_order()));
        }
    }
}
