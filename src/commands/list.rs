//! `cargo boundaries list`: each member with its place in the architecture and its dependencies by kind.

use std::collections::BTreeMap;

use crate::workspace::{DependencyKind, Member, NodeId, Workspace};

mod human;
mod json;
#[cfg(test)]
mod tests;

pub use human::human;
pub use json::json;

/// Where a member stands, each with where that is said: as far as the workspace has a boundaries.toml.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Placement {
    /// The layer, and where the claim stands that puts the member into it.
    pub layer: Option<(String, String)>,
    /// The context, and where the claim stands that puts the member into it.
    pub context: Option<(String, String)>,
    /// The groups whose selectors take the member.
    pub groups: Vec<String>,
}

/// What a member depends on by one kind: each package once, sorted by name.
#[derive(Debug, Default)]
struct Targets<'a> {
    members: Vec<&'a str>,
    externals: Vec<&'a str>,
}

/// The packages that a member depends on, by kind. A dependency on itself is one of them.
fn by_kind<'a>(workspace: &'a Workspace, member: &Member) -> BTreeMap<DependencyKind, Targets<'a>> {
    let mut edges: Vec<(DependencyKind, NodeId)> = member.dependencies.iter().map(|d| (d.kind, d.to)).collect();
    edges.sort_unstable();
    edges.dedup();
    let mut kinds = BTreeMap::<_, Targets<'a>>::new();
    for (kind, to) in edges {
        let targets = kinds.entry(kind).or_default();
        let name = workspace.name(to);
        if workspace.is_external(to) {
            &mut targets.externals
        } else {
            &mut targets.members
        }
        .push(name);
    }
    kinds
}

/// Each member with its placement; without one where none are known.
fn placed<'a>(
    workspace: &'a Workspace,
    placements: Option<&'a [Placement]>,
) -> impl Iterator<Item = (&'a Member, Option<&'a Placement>)> {
    let placement = move |index: usize| placements.and_then(|all| all.get(index));
    workspace
        .members
        .iter()
        .enumerate()
        .map(move |(index, member)| (member, placement(index)))
}
