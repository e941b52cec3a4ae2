//! `evidence = "resolved"`: where Cargo.lock shows a path, a build of the crate at which it starts decides whether it is
//! there. Each crate has a build of its own, and so a graph of its own.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use fixedbitset::FixedBitSet;
use rayon::prelude::*;

use super::{Named, Outside, Pair, Search, Shut, Target, Via};
use crate::graph::walk::{Step, Walk};
use crate::workspace::builds::{Ask, Build, Builds, FeatureSet, LinkIndex, Unit};
use crate::workspace::{DependencyKind, Kinds, NodeId};

/// The builds that decide, each made when it is first needed.
pub(super) struct Confirming<'s> {
    pub builds: &'s Builds,
    pub features: &'s FeatureSet,
    pub(super) nodes: Nodes,
    pub(super) through: Kinds,
    /// Units that paths may not pass over.
    pub(super) shut: FixedBitSet,
    /// By member; none where cargo does not know it.
    own: Vec<OnceLock<Option<Own<'s>>>>,
}

/// One crate's build.
pub(super) struct Own<'s> {
    pub build: Build<'s>,
    pub walk: Walk<Via>,
    /// The node at which its paths start.
    pub start: usize,
}

/// How the nodes of a build's walk are numbered: its units first, then the modules of packages that the rule looks into,
/// each on the target and on the host.
#[derive(Clone, Copy)]
pub(super) struct Nodes {
    packages: usize,
    members: usize,
}

impl Nodes {
    pub(super) fn count(self) -> usize {
        2 * (self.packages + self.members)
    }

    pub(super) fn module(self, member: usize, host: bool) -> usize {
        2 * (self.packages + member) + usize::from(host)
    }
}

impl<'s> Confirming<'s> {
    pub(super) fn new(
        builds: &'s Builds,
        rule: Named<'s, '_, '_>,
        features: &'s FeatureSet,
        through: Kinds,
        shut: Shut<'_>,
    ) -> Self {
        let members = rule.case.workspace().members.len();
        let nodes = Nodes {
            packages: builds.package_count(),
            members,
        };
        let mut units = FixedBitSet::with_capacity(nodes.count());
        for (package, found) in builds.packages().iter().enumerate() {
            let is_shut = match found.member {
                Some(member) => shut.members.contains(member.index()),
                None => (shut.externals)(&found.name, &found.version),
            };
            if is_shut {
                units.insert_range(2 * package..2 * package + 2);
            }
        }
        for member in shut.members.ones().take_while(|slot| *slot < members) {
            units.insert_range(nodes.module(member, false)..nodes.module(member, false) + 2);
        }
        Self {
            builds,
            nodes,
            features,
            through,
            shut: units,
            own: (0..members).map(|_| OnceLock::new()).collect(),
        }
    }

    /// Adds to every target the units that it is in builds.
    pub(super) fn aim(&self, targets: &mut BTreeMap<&str, Target>, meant: Outside<'_>) {
        for (index, package) in self.builds.packages().iter().enumerate() {
            if package.member.is_none()
                && let Some(target) = targets.get_mut(package.name.as_str())
                && meant(&package.name, &package.version)
            {
                target.units.grow(2 * self.builds.package_count());
                target.units.insert_range(2 * index..2 * index + 2);
            }
        }
    }

    fn own(&self, from: usize) -> Option<&Own<'s>> {
        self.own.get(from)?.get()?.as_ref()
    }

    /// Whether a path from a crate to the target runs over none of the other crates of `open`.
    pub(super) fn starts(&self, from: usize, open: &FixedBitSet, target: &Target) -> bool {
        let Some(own) = self.own(from) else { return true };
        let mut closed = FixedBitSet::with_capacity(self.nodes.count());
        for member in open.ones().take_while(|node| *node < self.nodes.members) {
            closed.insert_range(self.nodes.module(member, false)..self.nodes.module(member, false) + 2);
            if let Some(package) = self.builds.package_of(NodeId::new(member)) {
                closed.insert_range(2 * package..2 * package + 2);
            }
        }
        let reaching = own.walk.reaching(&target.units, &closed);
        own.walk.starts_into(own.start, &target.units, &reaching, &closed)
    }

    /// Whether a feature is on by default in the build that a pair was found in.
    pub(super) fn on_by_default(&self, from: usize, unit: Unit, feature: &str) -> bool {
        self.own(from).is_some_and(|own| own.build.on_by_default(unit, feature))
    }

    /// The feature that opens a link in the build that a pair was found in.
    pub(super) fn opened_by(&self, from: usize, unit: Unit, link: LinkIndex) -> Option<String> {
        self.own(from)?.build.opened_by(unit, link).map(str::to_owned)
    }
}

impl Search<'_, '_, '_> {
    /// Of the pairs that the lockfile shows, those that builds have.
    pub(super) fn confirmed(&self, confirming: &Confirming<'_>, shown: &[Pair], target: &Target) -> Vec<Pair> {
        let mut froms: Vec<&Pair> = shown.iter().collect();
        froms.dedup_by_key(|pair| pair.from);
        froms.par_iter().for_each(|pair| {
            confirming.own[pair.from].get_or_init(|| self.own(confirming, pair.from, (confirming.features, &[])));
        });
        let confirm = |pair: &&Pair| {
            let Some(own) = confirming.own(pair.from) else {
                return Vec::new();
            };
            let distances = own.walk.distances(&target.units);
            let shortest = |may_start: &dyn Fn(&Step<Via>) -> bool| {
                own.walk.shortest(own.start, &target.units, &distances, may_start)
            };
            self.pairs_from(pair.from, target, &shortest)
        };
        let found: Vec<Vec<Pair>> = froms.par_iter().map(confirm).collect();
        found.into_iter().flatten().collect()
    }

    /// A build of a crate, some links taken to say `default-features = false`.
    pub(super) fn own<'s>(
        &self,
        confirming: &Confirming<'s>,
        from: usize,
        (features, without_defaults): (&FeatureSet, &[LinkIndex]),
    ) -> Option<Own<'s>> {
        let rule = self.rule.rule();
        let from = NodeId::new(from);
        let build = confirming.builds.build(&Ask {
            member: self.rule.case.workspace().package_of(from).unwrap_or(from),
            features,
            dev: rule.kinds.contains(DependencyKind::Dev),
            dev_of_others: confirming.through.contains(DependencyKind::Dev),
            targets: rule.targets.as_deref(),
            without_defaults,
        })?;
        let (walk, start) = self.walk_of(confirming, &build, from);
        Some(Own { build, walk, start })
    }
}
