//! What history is counted by: the crates of a workspace, with companions folded into the crate that they belong to.
//!
//! A macro crate, or a crate of helpers for the tests of another, is split off because cargo wants it so; that the two change
//! together says nothing of where a boundary lies.

use std::collections::BTreeSet;

use crate::graph::Graph;
use crate::workspace::{DependencyKind, Member, NodeId};

/// The crates that history is counted by.
#[derive(Clone, Debug, Default)]
pub struct Units {
    /// In the order of their names.
    pub all: Vec<Unit>,
    /// For each member the unit that it counts as, by position in `all`.
    pub of_member: Vec<u32>,
}

/// One crate, with its companions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// The crate's name.
    pub name: String,
    /// The crate.
    pub node: NodeId,
    /// Members whose commits count as its own.
    pub companions: Vec<NodeId>,
    /// Whether it only re-exports other crates: it changes with them because it lists what they offer.
    pub facade: bool,
}

/// What a member is called that the tests of another use, in its tags.
const TEST_SUPPORT: &str = "test-support";

impl Units {
    /// The units of a workspace. `facade` says which members re-export others and do nothing else.
    #[must_use]
    pub fn new(graph: &Graph<'_>, facade: &dyn Fn(&Member) -> bool) -> Self {
        let workspace = graph.workspace();
        let owners: Vec<NodeId> = workspace.member_nodes().map(|node| owner(graph, node)).collect();
        let last: Vec<NodeId> = workspace.member_nodes().map(|node| follow(&owners, node)).collect();
        let mut all: Vec<Unit> = Vec::new();
        let mut unit_of = vec![u32::MAX; workspace.members.len()];
        for node in workspace.member_nodes().filter(|node| last[node.index()] == *node) {
            let member = &workspace.members[node.index()];
            unit_of[node.index()] = number(all.len());
            all.push(Unit {
                name: member.name.clone(),
                node,
                companions: Vec::new(),
                facade: facade(member),
            });
        }
        for node in workspace.member_nodes().filter(|node| last[node.index()] != *node) {
            let unit = unit_of[last[node.index()].index()];
            unit_of[node.index()] = unit;
            all[unit as usize].companions.push(node);
        }
        Self {
            all,
            of_member: unit_of,
        }
    }

    /// The unit that a member counts as.
    #[must_use]
    pub fn of(&self, member: NodeId) -> u32 {
        self.of_member[member.index()]
    }

    /// The name of a unit.
    #[must_use]
    pub fn name(&self, unit: u32) -> &str {
        self.all.get(unit as usize).map_or("", |unit| &unit.name)
    }
}

/// A position as the tables hold it.
fn number(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

/// The end of a chain of companions; in a circle everybody stays on its own.
fn follow(owners: &[NodeId], start: NodeId) -> NodeId {
    let mut node = start;
    for _ in 0..owners.len() {
        let next = owners[node.index()];
        if next == node {
            return node;
        }
        node = next;
    }
    start
}

/// The crate that a member belongs to: itself, unless it is a companion.
fn owner(graph: &Graph<'_>, node: NodeId) -> NodeId {
    let member = &graph.workspace().members[node.index()];
    let users = users(graph, node, false);
    let only = |users: &BTreeSet<NodeId>| users.iter().next().copied().filter(|_| users.len() == 1);
    if member.targets.proc_macro
        && let Some(user) = only(&users)
    {
        return user;
    }
    let named = |suffixes: &[&str], users: &BTreeSet<NodeId>| {
        let name = suffixes.iter().find_map(|suffix| stripped(&member.name, suffix))?;
        let owner = graph.workspace().member_named(name)?;
        users.contains(&owner).then_some(owner)
    };
    if ["macros", "macro", "derive"]
        .iter()
        .any(|suffix| stripped(&member.name, suffix).is_some())
    {
        return named(&["macros", "macro", "derive"], &users)
            .or_else(|| only(&users))
            .unwrap_or(node);
    }
    if is_test_support(member) {
        let users = self::users(graph, node, true);
        return named(&["test-support", "test-utils", "testing", "test"], &users)
            .or_else(|| only(&users))
            .unwrap_or(node);
    }
    node
}

/// The name before a suffix that is set off with `-` or `_`.
fn stripped<'n>(name: &'n str, suffix: &str) -> Option<&'n str> {
    let cut = name.len().checked_sub(suffix.len())?;
    if !name.is_char_boundary(cut) || name[cut..].replace('_', "-") != suffix {
        return None;
    }
    name[..cut].strip_suffix(['-', '_']).filter(|name| !name.is_empty())
}

/// The members that depend on a crate, those whose tests alone do only where that is asked for.
fn users(graph: &Graph<'_>, node: NodeId, tests: bool) -> BTreeSet<NodeId> {
    let edges = graph.edges_at(node).filter(|edge| edge.to == node);
    edges
        .filter(|edge| tests || edge.kind != DependencyKind::Dev)
        .map(|edge| edge.from)
        .collect()
}

/// Whether `[package.metadata.boundaries] tags` says that a crate serves the tests of others.
fn is_test_support(member: &Member) -> bool {
    let tags = member.metadata.get("boundaries").and_then(|table| table.get("tags"));
    let tagged = |value: &serde_json::Value| value.as_str() == Some(TEST_SUPPORT);
    tags.is_some_and(|tags| tagged(tags) || tags.as_array().is_some_and(|tags| tags.iter().any(tagged)))
}
