//! Which packages a target's code can name: the dependencies that the manifest declares, by kind, and the library of the
//! own package.

use super::hash::FastMap;
use super::resolve::End;
use super::symbols::Symbol;
use super::tree::Forest;
use crate::workspace::targets::{RootKind, library_name};
use crate::workspace::{DependencyKind, NodeId, Workspace};

/// Which packages names stand for, by member.
#[derive(Debug)]
pub struct Externs {
    /// By member, kind and name, each package once, in the order of their declarations.
    declared: FastMap<(NodeId, DependencyKind, Symbol), Vec<NodeId>>,
    /// The root of each member's library.
    libraries: FastMap<NodeId, u32>,
    /// The name of each member's library.
    names: FastMap<NodeId, Symbol>,
    /// Members of edition 2015.
    old: Vec<NodeId>,
}

impl Externs {
    /// Those of the members that were read.
    pub fn new(workspace: &Workspace, forest: &mut Forest) -> Self {
        let mut externs = Self {
            declared: FastMap::default(),
            libraries: FastMap::default(),
            names: FastMap::default(),
            old: Vec::new(),
        };
        for of in &forest.crates {
            if of.kind == RootKind::Lib {
                externs.libraries.insert(of.member, of.root);
            }
        }
        let mut members: Vec<NodeId> = forest.crates.iter().map(|of| of.member).collect();
        members.dedup();
        for id in members {
            let Some(member) = workspace.member(id) else { continue };
            let name = forest.symbols.of(&library_name(member));
            externs.names.insert(id, name);
            if member.edition == "2015" {
                externs.old.push(id);
            }
            for dependency in &member.dependencies {
                let known = match (&dependency.rename, workspace.member(dependency.to)) {
                    (Some(rename), _) => rename.replace('-', "_"),
                    (None, Some(target)) => library_name(target),
                    (None, None) => workspace.name(dependency.to).replace('-', "_"),
                };
                let key = (id, dependency.kind, forest.symbols.of(&known));
                let packages = externs.declared.entry(key).or_default();
                if !packages.contains(&dependency.to) {
                    packages.push(dependency.to);
                }
            }
        }
        externs
    }

    /// Whether a module is of a member of edition 2015.
    pub fn is_2015(&self, forest: &Forest, node: u32) -> bool {
        let of = forest.nodes[node as usize].of;
        self.old.contains(&forest.crates[of as usize].member)
    }

    /// What a name stands for in a target: in code for tests also what only those may use.
    pub fn named(&self, forest: &Forest, of: u32, name: Symbol, test: bool) -> Vec<End> {
        let target = &forest.crates[of as usize];
        let own = match target.kind {
            RootKind::Lib | RootKind::Build => None,
            _ => self.names.get(&target.member).filter(|own| **own == name),
        };
        if let Some(library) = own.and_then(|_| self.libraries.get(&target.member)) {
            return vec![End::Module(*library)];
        }
        let kinds: &[DependencyKind] = match target.dependency_kind() {
            DependencyKind::Build => &[DependencyKind::Build],
            DependencyKind::Normal if !test => &[DependencyKind::Normal],
            _ => &[DependencyKind::Normal, DependencyKind::Dev],
        };
        let mut packages: Vec<NodeId> = Vec::new();
        for kind in kinds {
            for package in self.declared.get(&(target.member, *kind, name)).into_iter().flatten() {
                if !packages.contains(package) {
                    packages.push(*package);
                }
            }
        }
        let end = |package: NodeId| match self.libraries.get(&package) {
            Some(library) => End::Module(*library),
            None => End::Package(package),
        };
        packages.into_iter().map(end).collect()
    }
}
