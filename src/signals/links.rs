//! The declared dependencies between units.

use std::collections::BTreeSet;

use super::units::Units;
use crate::graph::Graph;
use crate::workspace::{DependencyKind, NodeId};

/// Which unit depends on which: dependent first. A unit's dependencies are those of its companions too.
#[derive(Clone, Debug, Default)]
pub struct Links {
    /// By `[dependencies]` and `[build-dependencies]`.
    pub built: BTreeSet<(u32, u32)>,
    /// By any table.
    pub any: BTreeSet<(u32, u32)>,
}

impl Links {
    /// The dependencies of a workspace.
    #[must_use]
    pub fn new(graph: &Graph<'_>, units: &Units) -> Self {
        let members = graph.workspace().members.len();
        let is_member = |node: NodeId| node.index() < members;
        let mut links = Self::default();
        for (_, edge) in graph.edges().filter(|(_, edge)| is_member(edge.to)) {
            let link = (units.of(edge.from), units.of(edge.to));
            if link.0 == link.1 {
                continue;
            }
            links.any.insert(link);
            if edge.kind != DependencyKind::Dev {
                links.built.insert(link);
            }
        }
        links
    }

    /// Whether either unit depends on the other.
    #[must_use]
    pub fn either(&self, one: u32, other: u32) -> bool {
        self.any.contains(&(one, other)) || self.any.contains(&(other, one))
    }

    /// The units that depend on one, by any table.
    #[must_use]
    pub fn users(&self, unit: u32) -> Vec<u32> {
        let users = self.any.iter().filter(|(_, to)| *to == unit);
        users.map(|(from, _)| *from).collect()
    }
}
