//! Which packages a rule looks into: of those it sees the modules and what these use, of all others what their manifests
//! declare.

use fixedbitset::FixedBitSet;

use super::Edge;
use crate::workspace::{NodeId, Workspace};

/// The packages that a rule looks into, and how it divides their modules.
#[derive(Clone, Debug, Default)]
pub struct Split {
    /// The packages.
    packages: FixedBitSet,
    /// For every member the one as whose part it counts: itself, or the module or package that owns it. Empty where no
    /// package is looked into.
    unit: Vec<NodeId>,
}

impl Split {
    /// Looks into the packages of these modules; each module counts as part of the nearest of them that holds it, else as
    /// part of its package.
    #[must_use]
    pub fn new(workspace: &Workspace, modules: &FixedBitSet) -> Self {
        if modules.is_clear() {
            return Self::default();
        }
        let packages = modules
            .ones()
            .filter_map(|node| workspace.package_of(NodeId::new(node)));
        let mut unit: Vec<NodeId> = Vec::with_capacity(workspace.members.len());
        for (index, member) in workspace.members.iter().enumerate() {
            let own = NodeId::new(index);
            unit.push(match &member.module {
                Some(place) if !modules.contains(index) => unit[place.parent.index()],
                _ => own,
            });
        }
        Self {
            packages: packages.map(NodeId::index).collect(),
            unit,
        }
    }

    /// Whether the modules of a package count instead of it.
    #[must_use]
    pub fn divides(&self, package: NodeId) -> bool {
        self.packages.contains(package.index())
    }

    /// The module or package as whose part a member counts.
    #[must_use]
    pub fn unit(&self, node: NodeId) -> NodeId {
        self.unit.get(node.index()).copied().unwrap_or(node)
    }

    /// Whether a rule sees an edge: between modules where it looks into their packages, else between packages.
    #[must_use]
    pub fn shows(&self, workspace: &Workspace, edge: &Edge) -> bool {
        self.shows_end(workspace, edge.from) && self.shows_end(workspace, edge.to)
    }

    fn shows_end(&self, workspace: &Workspace, node: NodeId) -> bool {
        match workspace.package_of(node) {
            Some(package) => self.divides(package) == (package != node),
            None => true,
        }
    }

    /// Whether an edge stays inside what counts as one.
    #[must_use]
    pub fn stays_inside(&self, edge: &Edge) -> bool {
        self.unit(edge.from) == self.unit(edge.to)
    }
}
