//! Folds pairs onto those where the fix is.

use fixedbitset::FixedBitSet;

use super::{Pair, Search, Target};

impl Search<'_, '_, '_> {
    /// For each pair the position of the pair that it is folded into, or its own. A pair is folded where every path
    /// runs through other crates with an open pair; it goes to the first of them on its path that is not folded
    /// itself.
    pub(super) fn fold(&self, pairs: &[Pair], target: &Target) -> Vec<usize> {
        let mut open = FixedBitSet::with_capacity(self.walk.nodes());
        open.extend(pairs.iter().filter(|pair| !pair.excused).map(|pair| pair.from));
        let folds = self.folding(pairs, &open, target);
        let mut position = vec![None; self.walk.nodes()];
        for (index, pair) in pairs.iter().enumerate().filter(|(_, pair)| !pair.excused) {
            position[pair.from] = Some(index);
        }
        let next = |pair: &Pair| {
            let mut on_path = pair.path.iter().filter_map(|via| self.member_at(*via));
            let node = on_path.find(|node| target.member != Some(*node) && open.contains(*node))?;
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

    /// For each pair, whether every path runs through other crates with an open pair.
    fn folding(&self, pairs: &[Pair], open: &FixedBitSet, target: &Target) -> Vec<bool> {
        if let Some(confirming) = self.confirming.as_ref().filter(|_| target.member.is_none()) {
            let starts = |pair: &Pair| confirming.starts(pair.from, open, target);
            return pairs.iter().map(|pair| !pair.excused && !starts(pair)).collect();
        }
        let reaching = self.walk.reaching(&target.nodes, open);
        let starts = |pair: &Pair| self.walk.starts_into(pair.from, &target.nodes, &reaching, open);
        pairs.iter().map(|pair| !pair.excused && !starts(pair)).collect()
    }
}
