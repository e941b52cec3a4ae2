//! Paths and reachability as transitive rules see them: the first hop by one set of steps, the later hops by another,
//! never over a node that does not count. Nodes are numbers, so that the lockfile's packages can stand beside members.
//! Everything here is deterministic: steps are taken in the order in which they were added.

use std::collections::VecDeque;

use fixedbitset::FixedBitSet;

/// One step from a node.
#[derive(Clone, Copy, Debug)]
pub struct Step<V> {
    /// Where it leads.
    pub to: usize,
    /// Whether a path may start with it.
    pub first: bool,
    /// Whether a path may go on with it.
    pub later: bool,
    /// What it stands for.
    pub via: V,
}

/// A graph of steps.
#[derive(Debug)]
pub struct Walk<V> {
    steps: Vec<Vec<Step<V>>>,
    /// For every node, the nodes from which a later step leads to it.
    users: Vec<Vec<usize>>,
    /// Nodes that a path may not pass over; its ends may be among them.
    not_through: FixedBitSet,
}

impl<V: Copy> Walk<V> {
    /// A graph of so many nodes, without steps.
    #[must_use]
    pub fn new(nodes: usize, not_through: FixedBitSet) -> Self {
        Self {
            steps: (0..nodes).map(|_| Vec::new()).collect(),
            users: vec![Vec::new(); nodes],
            not_through,
        }
    }

    /// How many nodes there are.
    #[must_use]
    pub fn nodes(&self) -> usize {
        self.steps.len()
    }

    /// Adds a step.
    pub fn add(&mut self, from: usize, step: Step<V>) {
        if step.later && self.users[step.to].last() != Some(&from) {
            self.users[step.to].push(from);
        }
        self.steps[from].push(step);
    }

    fn passable(&self, node: usize, closed: &FixedBitSet) -> bool {
        !closed.contains(node) && !self.not_through.contains(node)
    }

    /// The nodes from which one of `targets` can be reached by later steps alone, the targets included, without
    /// passing over a node of `closed` (such a node may be where the path starts).
    #[must_use]
    pub fn reaching(&self, targets: &FixedBitSet, closed: &FixedBitSet) -> FixedBitSet {
        let mut seen = targets.clone();
        seen.grow(self.nodes());
        let mut queue: VecDeque<usize> = targets.ones().collect();
        while let Some(node) = queue.pop_front() {
            if !targets.contains(node) && !self.passable(node, closed) {
                continue;
            }
            for user in &self.users[node] {
                if !seen.put(*user) {
                    queue.push_back(*user);
                }
            }
        }
        seen
    }

    /// Whether a path from `from` can start: a first step leads to a target, or to a node of `reaching` (what
    /// [`Walk::reaching`] gave for the same targets and `closed`) that it may pass over.
    #[must_use]
    pub fn starts_into(
        &self,
        from: usize,
        targets: &FixedBitSet,
        reaching: &FixedBitSet,
        closed: &FixedBitSet,
    ) -> bool {
        self.steps[from].iter().any(|step| {
            let leads = targets.contains(step.to) || reaching.contains(step.to) && self.passable(step.to, closed);
            step.first && leads
        })
    }

    /// A shortest path to a target, as its steps, among those whose first step may be taken; of several the one whose
    /// steps were added first.
    #[must_use]
    pub fn shortest(
        &self,
        from: usize,
        targets: &FixedBitSet,
        may_start: impl Fn(&Step<V>) -> bool,
    ) -> Option<Vec<Step<V>>> {
        let mut came_by: Vec<Option<(usize, Step<V>)>> = vec![None; self.nodes()];
        let mut queue = VecDeque::from([from]);
        while let Some(node) = queue.pop_front() {
            if node != from && self.not_through.contains(node) {
                continue;
            }
            for step in &self.steps[node] {
                let open = if node == from {
                    step.first && may_start(step)
                } else {
                    step.later
                };
                if !open || step.to == from || came_by[step.to].is_some() {
                    continue;
                }
                came_by[step.to] = Some((node, *step));
                if targets.contains(step.to) {
                    return Some(trace(step.to, &came_by));
                }
                queue.push_back(step.to);
            }
        }
        None
    }
}

fn trace<V: Copy>(target: usize, came_by: &[Option<(usize, Step<V>)>]) -> Vec<Step<V>> {
    let mut path = Vec::new();
    let mut at = target;
    while let Some((before, step)) = came_by[at] {
        path.push(step);
        at = before;
    }
    path.reverse();
    path
}
