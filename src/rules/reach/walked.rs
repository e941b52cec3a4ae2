//! What paths of a rule may walk in a build: from unit to unit by its links and, in packages that the rule looks into, from
//! module to module by what their source names.

use fixedbitset::FixedBitSet;

use super::built::Confirming;
use super::{Search, Via};
use crate::graph::walk::{Step, Walk};
use crate::graph::{Edge, EdgeId};
use crate::workspace::builds::{Build, LinkIndex, Unit};
use crate::workspace::{DependencyKind, NodeId};

/// A place on the way: a unit, or a module of its package.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Place {
    unit: Unit,
    module: Option<NodeId>,
}

/// A build while its walk is made.
struct Walking<'c, 's, 'b> {
    confirming: &'c Confirming<'s>,
    build: &'c Build<'b>,
    start: Place,
    walk: Walk<Via>,
    seen: FixedBitSet,
    open: Vec<Place>,
}

impl Walking<'_, '_, '_> {
    fn node(&self, place: Place) -> usize {
        match place.module {
            Some(module) => self.confirming.nodes.module(module.index(), place.unit.host),
            None => place.unit.index(),
        }
    }

    fn step(&mut self, from: Place, to: Place, via: Via) {
        let starts = from == self.start;
        let step = Step {
            to: self.node(to),
            first: starts,
            later: !starts,
            via,
        };
        self.walk.add(self.node(from), step);
        if !self.seen.put(self.node(to)) {
            self.open.push(to);
        }
    }
}

impl Search<'_, '_, '_> {
    /// What paths of the rule may walk in a build of the package that `from` is of or is, and the node at which they start.
    pub(super) fn walk_of(&self, confirming: &Confirming<'_>, build: &Build<'_>, from: NodeId) -> (Walk<Via>, usize) {
        let start = Place {
            unit: build.start,
            module: self.rule.case.workspace().module(from).map(|_| from),
        };
        let nodes = confirming.nodes.count();
        let mut walking = Walking {
            confirming,
            build,
            start,
            walk: Walk::new(nodes, confirming.shut.clone()),
            seen: FixedBitSet::with_capacity(nodes),
            open: vec![start],
        };
        let first = walking.node(start);
        walking.seen.insert(first);
        while let Some(place) = walking.open.pop() {
            match place.module {
                Some(module) => self.walk_module(&mut walking, place, module),
                None => self.walk_unit(&mut walking, place),
            }
        }
        (walking.walk, first)
    }

    fn walk_unit(&self, walking: &mut Walking<'_, '_, '_>, place: Place) {
        let builds = walking.confirming.builds;
        for (index, to) in walking.build.links(place.unit) {
            let link = builds.link(index);
            if !self.may_take(walking, place, index) || !self.kinds(walking, place).contains(link.kind) {
                continue;
            }
            let member = builds.packages()[link.to].member;
            if member.is_some_and(|member| self.rule.split().divides(member)) {
                let package = builds.packages()[place.unit.package].member;
                for (edge, module) in self.modules_named(package, member, link.kind) {
                    let to = Place {
                        unit: to,
                        module: Some(module),
                    };
                    walking.step(place, to, Via::Declared(edge, None));
                }
            } else {
                let to = Place { unit: to, module: None };
                walking.step(place, to, Via::Built(index, place.unit, self.edge_of(builds, index)));
            }
        }
    }

    /// The modules of one package that another names, by edges of a kind.
    fn modules_named(
        &self,
        from: Option<NodeId>,
        package: Option<NodeId>,
        kind: DependencyKind,
    ) -> Vec<(EdgeId, NodeId)> {
        let graph = self.rule.case.graph;
        let workspace = graph.workspace();
        let edges = from.into_iter().flat_map(|from| graph.edges_from(from));
        let meant = |edge: &Edge| {
            let module = workspace.module(edge.to);
            edge.kind == kind && module.is_some_and(|module| Some(module.package) == package)
        };
        edges
            .filter(|(_, edge)| meant(edge))
            .map(|(id, edge)| (id, edge.to))
            .collect()
    }

    fn walk_module(&self, walking: &mut Walking<'_, '_, '_>, place: Place, module: NodeId) {
        let graph = self.rule.case.graph;
        let workspace = graph.workspace();
        let mut view = self.rule.view();
        view.kinds = self.kinds(walking, place);
        for (id, edge) in graph.edges_from(module).filter(|(_, edge)| view.shows(graph, edge)) {
            let inside = workspace.module(edge.to).map(|_| edge.to);
            if workspace.package_of(edge.to) == workspace.package_of(module) {
                let to = Place {
                    unit: place.unit,
                    module: inside,
                };
                walking.step(place, to, Via::Declared(id, None));
                continue;
            }
            for (index, unit) in self.links_of(walking, place, edge) {
                let to = Place { unit, module: inside };
                let via = match inside {
                    Some(_) => Via::Declared(id, None),
                    None => Via::Built(index, place.unit, Some(id)),
                };
                walking.step(place, to, via);
            }
        }
    }

    /// The links of a build by which a module can name what an edge leads to.
    fn links_of(&self, walking: &Walking<'_, '_, '_>, place: Place, edge: &Edge) -> Vec<(LinkIndex, Unit)> {
        let builds = walking.confirming.builds;
        let workspace = self.rule.case.workspace();
        let serves = |index: LinkIndex| {
            let link = builds.link(index);
            let package = &builds.packages()[link.to];
            let target = workspace.package_of(edge.to);
            let meant = match target {
                Some(_) => package.member == target,
                None => package.member.is_none() && package.name == workspace.name(edge.to),
            };
            // What is declared for all is what tests name.
            let kind =
                link.kind == edge.kind || edge.kind == DependencyKind::Dev && link.kind == DependencyKind::Normal;
            meant && kind && self.may_take(walking, place, index)
        };
        walking
            .build
            .links(place.unit)
            .filter(|(index, _)| serves(*index))
            .collect()
    }

    /// The kinds of dependencies that a path may take from here.
    fn kinds(&self, walking: &Walking<'_, '_, '_>, place: Place) -> crate::workspace::Kinds {
        if place == walking.start {
            self.rule.rule().kinds
        } else {
            walking.confirming.through
        }
    }

    /// Whether the rule lets paths take a link.
    fn may_take(&self, walking: &Walking<'_, '_, '_>, place: Place, index: LinkIndex) -> bool {
        let builds = walking.confirming.builds;
        let link = builds.link(index);
        // A path does not come back to where it started; where that is a module, it may come back to others.
        let back = link.to == walking.build.start.package && walking.start.module.is_none();
        let left_out = link.to == link.from
            || back
            || self.rule.rule().ignore_optional && link.optional
            || self.rule.ignores_proc_macros() && builds.packages()[link.to].proc_macro;
        !left_out && place.unit.package == link.from
    }
}
