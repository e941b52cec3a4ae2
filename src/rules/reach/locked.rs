//! Transitive rules onto externals with `evidence = "lock"`: members by their manifests, everything behind them by
//! Cargo.lock, which is a superset of every build.

use std::collections::BTreeMap;

use fixedbitset::FixedBitSet;

use super::{Named, Search, Target, Via, steps};
use crate::config::selector::SelectorList;
use crate::graph::walk::{Step, Walk};
use crate::rules::{Candidate, Case};
use crate::workspace::Kinds;
use crate::workspace::lockfile::{LockGraph, LockedId};

impl<'s, 'a, 'w> Search<'s, 'a, 'w> {
    /// Prepares the search over members and every package of the lockfile. Nodes are members, then packages.
    pub(in crate::rules) fn locked(
        rule: Named<'s, 'a, 'w>,
        lock: &'s LockGraph,
        through: Kinds,
        not_through: Option<&SelectorList>,
        closed: &FixedBitSet,
    ) -> Self {
        let case = rule.case;
        let members = case.workspace().members.len();
        let node = |id: LockedId| match lock.member_of(id) {
            Some(member) => member.index(),
            None => members + id.index(),
        };
        let mut shut = FixedBitSet::with_capacity(members + lock.packages().len());
        shut.extend(closed.ones().take_while(|slot| *slot < members));
        for id in lock.ids().filter(|id| lock.member_of(*id).is_none()) {
            let package = lock.package(id);
            let named = |list| case.config().list_names_external(list, &package.name, &package.version);
            if not_through.is_some_and(named) {
                shut.insert(node(id));
            }
        }
        let mut walk = Walk::new(members + lock.packages().len(), shut);
        for (id, from, first, later) in steps(&rule, through) {
            let edge = case.graph.edge(id);
            if edge.to.index() < members {
                let via = Via::Declared(id, None);
                walk.add(
                    from,
                    Step {
                        to: edge.to.index(),
                        first,
                        later,
                        via,
                    },
                );
                continue;
            }
            for package in packages(case, &rule, lock, id) {
                let via = Via::Declared(id, Some(package));
                walk.add(
                    from,
                    Step {
                        to: node(package),
                        first,
                        later,
                        via,
                    },
                );
            }
        }
        for id in lock.ids().filter(|id| lock.member_of(*id).is_none()) {
            for (position, dependency) in lock.dependencies_of(id).iter().enumerate() {
                let step = Step {
                    to: node(dependency.to),
                    first: false,
                    later: true,
                    via: Via::Locked(id, position),
                };
                walk.add(node(id), step);
            }
        }
        Self {
            rule,
            walk,
            lock: Some(lock),
        }
    }

    /// Names every pair of a crate of `from` and an external that the list names.
    pub(in crate::rules) fn onto_externals(
        &self,
        from: &FixedBitSet,
        to: &SelectorList,
        lock: &LockGraph,
        candidates: &mut Vec<Candidate<'w>>,
    ) {
        let case = self.rule.case;
        let members = case.workspace().members.len();
        let mut targets: BTreeMap<&str, FixedBitSet> = BTreeMap::new();
        for id in lock.ids().filter(|id| lock.member_of(*id).is_none()) {
            let package = lock.package(id);
            if case.config().list_names_external(to, &package.name, &package.version) {
                let nodes = targets.entry(&package.name).or_default();
                nodes.grow_and_insert(members + id.index());
            }
        }
        for (name, nodes) in targets {
            let target = Target {
                name: name.to_owned(),
                identity: format!("external:{name}"),
                member: None,
                nodes,
            };
            self.onto(from, &target, candidates);
        }
    }
}

/// The locked packages that an edge can mean: of every declaration that counts, each once.
fn packages(
    case: &Case<'_, '_>,
    rule: &Named<'_, '_, '_>,
    lock: &LockGraph,
    id: crate::graph::EdgeId,
) -> Vec<LockedId> {
    let edge = case.graph.edge(id);
    let declarations = rule.view().declarations(case.graph, edge);
    let candidates = declarations
        .into_iter()
        .flat_map(|d| lock.candidates(case.workspace(), edge.from, d));
    let mut packages: Vec<LockedId> = candidates.collect();
    packages.sort_unstable();
    packages.dedup();
    packages
}
