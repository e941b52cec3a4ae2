//! A step of a path as reports show it.

use super::{Search, Via};
use crate::graph::EdgeId;
use crate::rules::PathStep;
use crate::source::Span;
use crate::workspace::builds::{Builds, LinkIndex, Unit};
use crate::workspace::lockfile::LockedId;
use crate::workspace::{Dependency, NodeId};

impl<'w> Search<'_, '_, 'w> {
    /// The declarations of an edge that count.
    pub(super) fn declarations(&self, id: EdgeId) -> Vec<&'w Dependency> {
        let graph = self.rule.case.graph;
        self.rule.view().declarations(graph, graph.edge(id))
    }

    /// The declarations of the edge that a step takes: of those under several names the ones that the build has.
    pub(super) fn declarations_of(&self, via: Via) -> Vec<&'w Dependency> {
        let Some(id) = via.edge() else { return Vec::new() };
        let mut declarations = self.declarations(id);
        if let (Via::Built(link, ..), Some(confirming)) = (via, &self.confirming) {
            let name = &confirming.builds.link(link).name;
            let named = |d: &&Dependency| d.rename.as_deref().unwrap_or(self.rule.case.name(d.to)) == name;
            if declarations.iter().any(&named) {
                declarations.retain(|d| named(d));
            }
        }
        declarations
    }

    /// The member that a step leads to.
    pub(super) fn member_at(&self, via: Via) -> Option<usize> {
        let node = match via {
            Via::Declared(id, _) => self.rule.case.graph.edge(id).to,
            Via::Locked(id, position) => {
                let lock = self.lock?;
                lock.member_of(lock.dependencies_of(id)[position].to)?
            }
            Via::Built(link, ..) => {
                let builds = self.confirming.as_ref()?.builds;
                builds.packages()[builds.link(link).to].member?
            }
        };
        (!self.rule.case.workspace().is_external(node)).then_some(node.index())
    }

    /// A step of a path from a crate as reports show it.
    pub(super) fn describe(&self, from: usize, via: Via) -> Option<PathStep> {
        let case = self.rule.case;
        let version = |id: LockedId| Some(self.lock?.package(id).version.to_string());
        match via {
            Via::Declared(id, package) => {
                let edge = case.graph.edge(id);
                Some(PathStep {
                    from: case.name(edge.from).to_owned(),
                    to: case.name(edge.to).to_owned(),
                    kind: Some(edge.kind),
                    declared: true,
                    span: self.declarations(id).first()?.key,
                    version: package.and_then(version),
                    feature: None,
                })
            }
            Via::Locked(id, position) => {
                let lock = self.lock?;
                let dependency = lock.dependencies_of(id)[position];
                Some(PathStep {
                    from: lock.package(id).name.clone(),
                    to: lock.package(dependency.to).name.clone(),
                    kind: None,
                    declared: false,
                    span: dependency.span,
                    version: version(dependency.to),
                    feature: None,
                })
            }
            Via::Built(link, unit, _) => self.describe_built(from, via, (link, unit)),
        }
    }

    fn describe_built(&self, start: usize, via: Via, (index, unit): (LinkIndex, Unit)) -> Option<PathStep> {
        let confirming = self.confirming.as_ref()?;
        let builds = confirming.builds;
        let link = builds.link(index);
        let (from, to) = (&builds.packages()[link.from], &builds.packages()[link.to]);
        let declared = self.declarations_of(via).first().map(|d| d.key);
        let workspace = self.rule.case.workspace();
        let module = via.edge().map(|id| self.rule.case.graph.edge(id).from);
        let module = module.filter(|from| workspace.module(*from).is_some());
        Some(PathStep {
            from: module.map_or(&*from.name, |module| workspace.name(module)).to_owned(),
            to: to.name.clone(),
            kind: Some(link.kind),
            declared: declared.is_some(),
            span: declared.unwrap_or_else(|| self.locked_at(builds, index)),
            version: to.member.is_none().then(|| to.version.to_string()),
            feature: confirming.opened_by(start, unit, index),
        })
    }

    /// Where Cargo.lock lists a link; where it does not, the package it starts at, or the rule itself.
    fn locked_at(&self, builds: &Builds, index: LinkIndex) -> Span {
        let link = builds.link(index);
        let (from, to) = (builds.packages()[link.from].locked, builds.packages()[link.to].locked);
        let found = self.lock.zip(from).map(|(lock, from)| {
            let mut listed = lock.dependencies_of(from).iter();
            let entry = listed.find(|dependency| Some(dependency.to) == to);
            entry.map_or(lock.package(from).span, |dependency| dependency.span)
        });
        found.unwrap_or(self.rule.rule().name.span)
    }

    /// The edge of the manifests that a link is.
    pub(super) fn edge_of(&self, builds: &Builds, index: LinkIndex) -> Option<EdgeId> {
        let case = self.rule.case;
        let link = builds.link(index);
        let node = |package: usize| -> Option<NodeId> {
            let package = &builds.packages()[package];
            package
                .member
                .or_else(|| case.workspace().external_named(&package.name))
        };
        let from = builds.packages()[link.from].member?;
        case.graph.edge_between(from, node(link.to)?, link.kind)
    }
}
