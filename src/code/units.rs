//! The modules of a member as others see them: one for each path, whatever the targets that have it.

use std::collections::{BTreeMap, BTreeSet};

use super::tree::{Forest, Node};
use super::{Module, ModuleId};
use crate::source::{FileId, Span};
use crate::workspace::{DependencyKind, NodeId, Workspace};

/// Which module each node is a part of.
#[derive(Debug)]
pub struct Units {
    /// The modules, by member and path.
    pub modules: Vec<Module>,
    /// By node.
    of_node: Vec<ModuleId>,
}

impl Units {
    /// Joins the nodes of one member and path.
    pub fn new(workspace: &Workspace, members: &[NodeId], forest: &Forest) -> Self {
        let mut by_path: BTreeMap<(NodeId, &str), Module> = BTreeMap::new();
        for id in members {
            // Whatever becomes of its files, a member has a root.
            if let Some(member) = workspace.member(*id) {
                by_path.insert((*id, ""), root(*id, member.name_span));
            }
        }
        let mut public: Vec<bool> = Vec::with_capacity(forest.nodes.len());
        let mut placed: BTreeSet<NodeId> = BTreeSet::new();
        for (position, node) in (0u32..).zip(&forest.nodes) {
            let above = node.parent.is_none_or(|parent| public[parent as usize]);
            public.push(above && node.public);
            if node.unit != position {
                continue;
            }
            let member = forest.crates[node.of as usize].member;
            let kind = kind_of(forest, node);
            let nowhere = Span::new(FileId::new(0), 0..0);
            let public = public[public.len() - 1];
            let module = by_path.entry((member, &node.path)).or_insert_with(|| Module {
                path: node.path.clone(),
                kind: DependencyKind::Dev,
                public: false,
                ..root(member, node.place.unwrap_or(nowhere))
            });
            module.kind = module.kind.min(kind);
            module.public |= public;
            if node.parent.is_none()
                && let Some(place) = node.place
                && placed.insert(member)
            {
                module.place = place;
            }
        }
        let positions: BTreeMap<(NodeId, &str), ModuleId> = by_path
            .keys()
            .enumerate()
            .map(|(position, key)| (*key, ModuleId::new(position)))
            .collect();
        let of_node = |node: &Node| {
            let unit = &forest.nodes[node.unit as usize];
            let member = forest.crates[node.of as usize].member;
            positions
                .get(&(member, unit.path.as_str()))
                .copied()
                .unwrap_or(ModuleId(0))
        };
        let of_node = forest.nodes.iter().map(of_node).collect();
        let mut modules: Vec<Module> = by_path.into_values().collect();
        for module in &mut modules {
            if !module.path.is_empty() {
                let above = module.path.rsplit_once("::").map_or("", |(above, _)| above);
                module.parent = positions.get(&(module.member, above)).copied();
            }
        }
        Self { modules, of_node }
    }

    /// The module that a node is a part of.
    pub fn of(&self, node: u32) -> ModuleId {
        self.of_node[node as usize]
    }
}

fn root(member: NodeId, place: Span) -> Module {
    Module {
        member,
        path: String::new(),
        parent: None,
        place,
        kind: DependencyKind::Dev,
        public: true,
    }
}

/// What a module is for: the first in the order of kinds, of those of its parts.
fn kind_of(forest: &Forest, node: &Node) -> DependencyKind {
    let of_target = forest.crates[node.of as usize].dependency_kind();
    let parts = node
        .bodies
        .iter()
        .map(|body| if body.test { DependencyKind::Dev } else { of_target });
    // A module without a part is one whose file is missing: as its target is.
    parts.min().unwrap_or(of_target)
}
