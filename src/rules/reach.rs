//! Transitive rules among members: pairs that reach each other, with a shortest path, folded onto the crates where the
//! fix is.

use fixedbitset::FixedBitSet;

use super::named::{Named, Words};
use super::{Candidate, Case, Charge, Subject};
use crate::graph::{EdgeId, Users, View, Walk};
use crate::workspace::{Kinds, NodeId};

/// A transitive rule on its way over the graph.
pub(super) struct Search<'s, 'a, 'w> {
    rule: Named<'s, 'a, 'w>,
    walk: Walk<'s, 'w>,
    users: Users,
}

/// A pair that breaks the rule.
struct Pair {
    from: NodeId,
    path: Vec<EdgeId>,
    excused: bool,
}

impl<'s, 'a, 'w> Search<'s, 'a, 'w> {
    /// Prepares the search of a rule.
    pub(super) fn new(rule: Named<'s, 'a, 'w>, through: Kinds, not_through: &FixedBitSet) -> Self {
        let first = rule.view();
        let later = View {
            kinds: through,
            ..first
        };
        let walk = Walk {
            graph: rule.case.graph,
            first,
            later,
            not_through: nodes_of(rule.case, not_through),
        };
        let users = Users::new(rule.case.graph, later);
        Self { rule, walk, users }
    }

    /// Names every pair of a crate of `from` and `target`, folded.
    pub(super) fn onto(&self, from: &FixedBitSet, target: NodeId, candidates: &mut Vec<Candidate<'w>>) {
        let pairs = self.pairs(from, target);
        let mut open = FixedBitSet::with_capacity(self.rule.case.workspace().node_count());
        open.extend(pairs.iter().filter(|p| !p.excused).map(|p| p.from.index()));
        let homes = self.fold(&pairs, &open, target);
        for (position, pair) in pairs.iter().enumerate() {
            if homes[position] == position {
                let folded = (0..pairs.len()).filter(|other| *other != position && homes[*other] == position);
                let also_affects = folded
                    .map(|other| self.rule.case.name(pairs[other].from).to_owned())
                    .collect();
                candidates.push(Candidate {
                    subject: Subject::Path(pair.path.clone()),
                    charges: vec![self.charge(pair, target)],
                    also_affects,
                });
            }
        }
    }

    fn pairs(&self, from: &FixedBitSet, target: NodeId) -> Vec<Pair> {
        let none = FixedBitSet::new();
        let reaching = self.walk.reaching(target, &none, &self.users);
        let name = self.rule.name();
        from.ones()
            .map(NodeId::new)
            .filter(|node| *node != target && self.walk.starts_into(*node, target, &reaching, &none))
            .filter_map(|node| {
                let path = self.walk.shortest(node, target)?;
                let kind = self.rule.case.graph.edge(*path.first()?).kind;
                let excused = self.rule.case.excuses_edge(self.rule.code, name, node, target, kind);
                Some(Pair {
                    from: node,
                    path,
                    excused,
                })
            })
            .collect()
    }

    /// For each pair the position of the pair that it is folded into, or its own. A pair is folded where every path
    /// runs through other crates with an open pair; it goes to the first of them on its path that is not folded
    /// itself.
    fn fold(&self, pairs: &[Pair], open: &FixedBitSet, target: NodeId) -> Vec<usize> {
        let reaching = self.walk.reaching(target, open, &self.users);
        let folds: Vec<bool> = (pairs.iter())
            .map(|pair| !pair.excused && !self.walk.starts_into(pair.from, target, &reaching, open))
            .collect();
        let next = |pair: &Pair| {
            let nodes = pair.path.iter().map(|id| self.rule.case.graph.edge(*id).to);
            let mut on_path = nodes.filter(|node| *node != target && open.contains(node.index()));
            let node = on_path.next()?;
            pairs.iter().position(|p| p.from == node)
        };
        let mut homes: Vec<usize> = (0..pairs.len()).collect();
        for start in 0..pairs.len() {
            // Each step leads to a crate further along; where dev-dependencies lead back, the smallest stays open.
            let mut at = start;
            let mut seen = vec![start];
            while folds[at] {
                let Some(after) = next(&pairs[at]) else { break };
                if seen.contains(&after) {
                    let circle = seen.iter().position(|p| *p == after).unwrap_or_default();
                    at = seen[circle..].iter().copied().min().unwrap_or(after);
                    break;
                }
                seen.push(after);
                at = after;
            }
            homes[start] = at;
        }
        homes
    }

    fn charge(&self, pair: &Pair, target: NodeId) -> Charge {
        let case = self.rule.case;
        let (from, to) = (case.name(pair.from), case.name(target));
        let words = match pair.path.as_slice() {
            [first, .., last] => {
                let first = case.name(case.graph.edge(*first).to);
                let last = case.name(case.graph.edge(*last).from);
                let cut = if first == last {
                    format!("cut `{from}` → `{first}`, or `{first}` → `{to}` for all who use `{first}`")
                } else {
                    format!("cut the path at its start, `{from}` → `{first}`, or at its end, `{last}` → `{to}`")
                };
                Words {
                    message: format!("`{from}` reaches `{to}`, {} steps away", count(pair.path.len())),
                    label: "the path starts here".to_owned(),
                    way_out: cut,
                }
            }
            _ => Words {
                message: format!("`{from}` may not use `{to}`"),
                label: format!("uses `{to}` directly"),
                way_out: format!("take `{to}` out of `{from}`, or let a crate that may use it hand in what is needed"),
            },
        };
        self.rule.charge(pair.from, target, words)
    }
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
