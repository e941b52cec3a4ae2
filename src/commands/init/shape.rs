//! What today's dependencies say of a workspace: who stands at the top, who at the bottom, and which externals have one
//! user.

use std::collections::BTreeMap;

use crate::workspace::{DependencyKind, Kinds, NodeId, Workspace};

/// Members by their place in the graph of normal and build dependencies, each list by name.
pub(super) struct Shape {
    /// They use members and no member uses them.
    pub tops: Vec<NodeId>,
    /// Members use them and they use none.
    pub leaves: Vec<NodeId>,
    /// All others.
    pub middle: Vec<NodeId>,
    /// Members on a cycle, or between two, once dev-dependencies count.
    pub in_cycles: Vec<NodeId>,
    /// For each member how many steps it is at most above one that uses no other.
    pub heights: Vec<usize>,
}

impl Shape {
    pub fn of(workspace: &Workspace) -> Self {
        let count = workspace.members.len();
        let uses = edges(workspace, Kinds::BUILD);
        let mut has_users = vec![false; count];
        for to in uses.iter().flatten() {
            has_users[*to] = true;
        }
        let (mut tops, mut leaves, mut middle) = (Vec::new(), Vec::new(), Vec::new());
        for member in 0..count {
            let list = match (has_users[member], uses[member].is_empty()) {
                (false, false) => &mut tops,
                (true, true) => &mut leaves,
                _ => &mut middle,
            };
            list.push(NodeId::new(member));
        }
        let in_cycles = left_over(&edges(workspace, Kinds::ALL)).map(NodeId::new).collect();
        Self {
            tops,
            leaves,
            middle,
            in_cycles,
            heights: heights(&uses),
        }
    }
}

/// For each member the members that it uses, each once and itself never.
fn edges(workspace: &Workspace, kinds: Kinds) -> Vec<Vec<usize>> {
    let of = |(from, member): (usize, &crate::workspace::Member)| {
        let judged = member
            .dependencies
            .iter()
            .filter(|d| kinds.contains(d.kind) && !workspace.is_external(d.to));
        let mut to: Vec<usize> = judged.map(|d| d.to.index()).filter(|to| *to != from).collect();
        to.sort_unstable();
        to.dedup();
        to
    };
    workspace.members.iter().enumerate().map(of).collect()
}

/// The same edges the other way round.
fn reversed(uses: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut turned = vec![Vec::new(); uses.len()];
    for (from, targets) in uses.iter().enumerate() {
        for to in targets {
            turned[*to].push(from);
        }
    }
    turned
}

/// Members in an order in which each stands after those that it uses; without those that reach a cycle.
fn bottom_up(uses: &[Vec<usize>]) -> Vec<usize> {
    let turned = reversed(uses);
    let mut open: Vec<usize> = uses.iter().map(Vec::len).collect();
    let mut order: Vec<usize> = (0..uses.len()).filter(|m| open[*m] == 0).collect();
    let mut next = 0;
    while let Some(member) = order.get(next).copied() {
        next += 1;
        for user in &turned[member] {
            open[*user] -= 1;
            if open[*user] == 0 {
                order.push(*user);
            }
        }
    }
    order
}

/// The members that neither end of an order can hold: those on cycles, and those on paths between cycles.
fn left_over(uses: &[Vec<usize>]) -> impl Iterator<Item = usize> + use<> {
    let mut left = vec![true; uses.len()];
    for member in bottom_up(uses).into_iter().chain(bottom_up(&reversed(uses))) {
        left[member] = false;
    }
    (0..uses.len()).filter(move |member| left[*member])
}

fn heights(uses: &[Vec<usize>]) -> Vec<usize> {
    let mut heights = vec![0; uses.len()];
    for member in bottom_up(uses) {
        heights[member] = uses[member].iter().map(|to| heights[*to] + 1).max().unwrap_or(0);
    }
    heights
}

/// For each external, by name, the members that use it for a build.
pub(super) fn external_users(workspace: &Workspace) -> BTreeMap<&str, Vec<NodeId>> {
    let mut users: BTreeMap<&str, Vec<NodeId>> = BTreeMap::new();
    for node in workspace.member_nodes() {
        for dependency in &workspace.members[node.index()].dependencies {
            if workspace.is_external(dependency.to) && dependency.kind != DependencyKind::Dev {
                let list = users.entry(workspace.name(dependency.to)).or_default();
                if list.last() != Some(&node) {
                    list.push(node);
                }
            }
        }
    }
    users
}
