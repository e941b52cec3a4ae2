//! Transitive rules onto externals: which packages are meant, and what decides whether a path to one is there.

use std::collections::BTreeMap;

use fixedbitset::FixedBitSet;
use semver::Version;

use super::built::Confirming;
use super::{Named, Search, Target};
use crate::config::{Evidence, Reach};
use crate::rules::Candidate;
use crate::workspace::lockfile::LockGraph;

/// Tells externals by name and version.
pub(in crate::rules) type Outside<'f> = &'f (dyn Fn(&str, &Version) -> bool + Sync);

/// What paths may not pass over; they may end there.
#[derive(Clone, Copy)]
pub(in crate::rules) struct Shut<'f> {
    pub members: &'f FixedBitSet,
    pub externals: Outside<'f>,
}

impl<'s, 'a, 'w> Search<'s, 'a, 'w> {
    /// Prepares the search onto externals, with the evidence that the rule asks for.
    pub(in crate::rules) fn outside(rule: Named<'s, 'a, 'w>, lock: &'s LockGraph, shut: Shut<'_>) -> Self {
        let Some(Reach::Transitive {
            through,
            evidence,
            features,
            ..
        }) = rule.rule().demand.reach()
        else {
            return Self::new(rule, rule.rule().kinds, shut.members);
        };
        let mut search = Self::locked(rule, lock, *through, shut);
        match (evidence, rule.case.builds) {
            (Evidence::Lock, _) => {}
            (Evidence::Resolved, None) => search.unconfirmed = true,
            (Evidence::Resolved, Some(builds)) => {
                search.confirming = Some(Confirming::new(builds, rule, features, *through, shut));
            }
        }
        search
    }

    /// Names every pair of a crate of `from` and an external that is meant.
    pub(in crate::rules) fn onto_externals(
        &self,
        from: &FixedBitSet,
        meant: Outside<'_>,
        candidates: &mut Vec<Candidate<'w>>,
    ) {
        let Some(lock) = self.lock else { return };
        let members = self.rule.case.workspace().members.len();
        let mut targets: BTreeMap<&str, Target> = BTreeMap::new();
        for id in lock.ids().filter(|id| lock.member_of(*id).is_none()) {
            let package = lock.package(id);
            if meant(&package.name, &package.version) {
                let target = targets.entry(&package.name).or_insert_with(|| Target {
                    name: package.name.clone(),
                    identity: format!("external:{}", package.name),
                    member: None,
                    nodes: FixedBitSet::new(),
                    units: FixedBitSet::new(),
                });
                target.nodes.grow_and_insert(members + id.index());
            }
        }
        if let Some(confirming) = &self.confirming {
            confirming.aim(&mut targets, meant);
        }
        for target in targets.values() {
            self.onto(from, target, candidates);
        }
    }
}
