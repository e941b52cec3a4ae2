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

    /// For every node, how many later steps lead from it to a target at least.
    #[must_use]
    pub fn distances(&self, targets: &FixedBitSet) -> Vec<Option<usize>> {
        let mut distances: Vec<Option<usize>> = vec![None; self.nodes()];
        let mut queue: VecDeque<(usize, usize)> = targets.ones().map(|target| (target, 0)).collect();
        for target in targets.ones() {
            distances[target] = Some(0);
        }
        while let Some((node, distance)) = queue.pop_front() {
            if distance > 0 && self.not_through.contains(node) {
                continue;
            }
            for user in &self.users[node] {
                if distances[*user].is_none() {
                    distances[*user] = Some(distance + 1);
                    queue.push_back((*user, distance + 1));
                }
            }
        }
        distances
    }

    /// How many steps are left to a target after this one; none where none is reached.
    fn left_after(&self, step: &Step<V>, distances: &[Option<usize>]) -> Option<usize> {
        distances[step.to].filter(|left| *left == 0 || !self.not_through.contains(step.to))
    }

    /// Whether a path from here can reach a target. `distances` as for [`Walk::shortest`].
    #[must_use]
    pub fn starts(&self, from: usize, distances: &[Option<usize>]) -> bool {
        let mut first = self.steps[from].iter().filter(|step| step.first);
        first.any(|step| self.left_after(step, distances).is_some())
    }

    /// A shortest path to a target, as its steps, among those whose first step may be taken; of several the one whose
    /// steps were added first. `distances` is what [`Walk::distances`] gave for the same targets: with it a path costs
    /// its own steps, not a search of the graph.
    #[must_use]
    pub fn shortest(
        &self,
        from: usize,
        targets: &FixedBitSet,
        distances: &[Option<usize>],
        may_start: impl Fn(&Step<V>) -> bool,
    ) -> Option<Vec<Step<V>>> {
        let first = self.steps[from].iter().filter(|step| step.first && may_start(step));
        let (mut left, first) = first
            .filter_map(|step| Some((self.left_after(step, distances)?, step)))
            .min_by_key(|(left, _)| *left)?;
        let mut path = vec![*first];
        while left > 0 {
            let mut later = self.steps[path[path.len() - 1].to].iter().filter(|step| step.later);
            let next = later.find(|step| self.left_after(step, distances) == Some(left - 1))?;
            path.push(*next);
            left -= 1;
        }
        if path.iter().any(|step| step.to == from) {
            // It leads back to where it starts, which a path of other steps may not have to.
            return self.search(from, targets, may_start);
        }
        Some(path)
    }

    /// [`Walk::shortest`] by a search from the start, among paths that do not lead back to it.
    fn search(&self, from: usize, targets: &FixedBitSet, may_start: impl Fn(&Step<V>) -> bool) -> Option<Vec<Step<V>>> {
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
