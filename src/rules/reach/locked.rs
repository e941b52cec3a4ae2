//! What Cargo.lock shows of paths onto externals: members by their manifests, everything behind them by the lockfile,
//! which is a superset of every build. With `evidence = "lock"` that is the verdict; else no path here is one.

use fixedbitset::FixedBitSet;

use super::{Named, Search, Shut, Via, edges};
use crate::graph::walk::{Step, Walk};
use crate::rules::Case;
use crate::workspace::Kinds;
use crate::workspace::lockfile::{LockGraph, LockedId};

impl<'s, 'a, 'w> Search<'s, 'a, 'w> {
    /// Prepares the search over members and every package of the lockfile. Nodes are members, then packages.
    pub(super) fn locked(rule: Named<'s, 'a, 'w>, lock: &'s LockGraph, through: Kinds, shut: Shut<'_>) -> Self {
        let case = rule.case;
        let members = case.workspace().members.len();
        let node = |id: LockedId| match lock.member_of(id) {
            Some(member) => member.index(),
            None => members + id.index(),
        };
        let mut closed = FixedBitSet::with_capacity(members + lock.packages().len());
        closed.extend(shut.members.ones().take_while(|slot| *slot < members));
        for id in lock.ids().filter(|id| lock.member_of(*id).is_none()) {
            let package = lock.package(id);
            if (shut.externals)(&package.name, &package.version) {
                closed.insert(node(id));
            }
        }
        let mut walk = Walk::new(members + lock.packages().len(), closed);
        for (id, from, first, later) in edges(&rule, through) {
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
            confirming: None,
            unconfirmed: false,
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
    let package = case.workspace().package_of(edge.from).unwrap_or(edge.from);
    let candidates = declarations
        .into_iter()
        .flat_map(|d| lock.candidates(case.workspace(), package, d));
    let mut packages: Vec<LockedId> = candidates.collect();
    packages.sort_unstable();
    packages.dedup();
    packages
}
