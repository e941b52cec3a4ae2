//! Folds pairs onto those where the fix is.

use fixedbitset::FixedBitSet;

use super::{Pair, Search, Target};

impl Search<'_, '_, '_> {
    /// For each pair the position of the pair that it is folded into, or its own. A pair is folded where every path
    /// runs through other crates with an open pair; it goes to the first of them on its path that is not folded
    /// itself.
    pub(super) fn fold(&self, pairs: &[Pair], open: &FixedBitSet, target: &Target) -> Vec<usize> {
        let reaching = self.walk.reaching(&target.nodes, open);
        let starts = |pair: &Pair| self.walk.starts_into(pair.from, &target.nodes, &reaching, open);
        let folds: Vec<bool> = pairs.iter().map(|pair| !pair.excused && !starts(pair)).collect();
        let mut position = vec![None; self.walk.nodes()];
        for (index, pair) in pairs.iter().enumerate().filter(|(_, pair)| !pair.excused) {
            position[pair.from] = Some(index);
        }
        let next = |pair: &Pair| {
            let mut on_path = pair.path.iter().map(|step| step.to);
            let node = on_path.find(|node| !target.nodes.contains(*node) && open.contains(*node))?;
            position[node]
        };
        let home = |start: usize| {
            // Each step leads to a crate further along; where dev-dependencies lead back, the smallest stays open.
            let (mut at, mut seen) = (start, vec![start]);
            while folds[at] {
                let Some(after) = next(&pairs[at]) else { break };
                if let Some(circle) = seen.iter().position(|p| *p == after) {
                    return seen[circle..].iter().copied().min().unwrap_or(after);
                }
                seen.push(after);
                at = after;
            }
            at
        };
        (0..pairs.len()).map(home).collect()
    }
}
