//! Builds of a workspace as it would be: with one dependency more or less than cargo resolved.

use std::collections::BTreeMap;

use super::{Builds, Link, Package, PackageIndex};
use crate::workspace::lockfile::LockGraph;
use crate::workspace::{Dependency, DependencyKind, NodeId, Workspace};

/// A dependency as far as two readings can be compared: to whom, whether that is a member, of which kind, and whether it
/// is optional.
type Declared<'w> = (&'w str, bool, DependencyKind, bool);

impl Builds {
    /// The same, of a workspace that differs from the one that cargo resolved in what its members declare; none where it
    /// does not differ. What is new is a plain dependency onto what `lock` holds for it, as cargo would resolve it where
    /// the lockfile can stay as it is.
    #[must_use]
    pub fn supposing(&self, resolved: &Workspace, supposed: &Workspace, lock: &LockGraph) -> Option<Self> {
        let mut builds = self.clone();
        let packages = self.packages.iter();
        let mut links: Vec<Vec<Link>> = packages.map(|p| self.links[p.links.clone()].to_vec()).collect();
        let mut differs = false;
        for member in (0..supposed.members.len()).map(NodeId::new) {
            let before = declared(resolved, member);
            let after = declared(supposed, member);
            if before == after {
                continue;
            }
            let Some(from) = self.package_of(member) else { continue };
            differs = true;
            let left = |(name, is_member, kind): (&str, bool, DependencyKind)| {
                [false, true]
                    .iter()
                    .any(|optional| after.contains_key(&(name, is_member, kind, *optional)))
            };
            links[from].retain(|link| {
                let to = &builds.packages[link.to];
                left((&to.name, to.member.is_some(), link.kind))
            });
            for (new, count) in &after {
                if before.get(new).is_none_or(|known| known < count) {
                    let onto = builds.meant(member, *new, supposed, lock);
                    links.resize_with(builds.packages.len(), Vec::new);
                    let plain = onto.into_iter().map(|to| builds.plain(from, to, new.2));
                    links[from].extend(plain);
                }
            }
            links[from].sort_by(|a, b| (a.to, a.kind, &a.name).cmp(&(b.to, b.kind, &b.name)));
        }
        builds.links.clear();
        for (package, links) in builds.packages.iter_mut().zip(links) {
            let first = builds.links.len();
            builds.links.extend(links);
            package.links = first..builds.links.len();
        }
        differs.then_some(builds)
    }

    /// The packages that a new dependency means; what cargo resolved nothing of is taken in as a package without
    /// dependencies of its own.
    fn meant(
        &mut self,
        member: NodeId,
        (name, is_member, ..): Declared<'_>,
        supposed: &Workspace,
        lock: &LockGraph,
    ) -> Vec<PackageIndex> {
        if is_member {
            let to = supposed.member_named(name);
            return to.and_then(|to| self.package_of(to)).into_iter().collect();
        }
        let Some(user) = lock.package_of(member) else {
            return Vec::new();
        };
        let listed = lock.dependencies_of(user).iter().map(|dependency| dependency.to);
        let meant = listed.filter(|id| lock.member_of(*id).is_none() && lock.package(*id).name == name);
        let mut found = Vec::new();
        for id in meant {
            let known = self.packages.iter().position(|package| package.locked == Some(id));
            found.push(known.unwrap_or_else(|| {
                self.packages.push(Package {
                    name: name.to_owned(),
                    version: lock.package(id).version.clone(),
                    member: None,
                    locked: Some(id),
                    proc_macro: false,
                    builds_proc_macro: false,
                    features: Vec::new(),
                    first_feature: 0,
                    names: Vec::new(),
                    first_name: 0,
                    links: 0..0,
                });
                self.packages.len() - 1
            }));
        }
        found
    }

    /// A dependency for every target, not optional, with its default features.
    fn plain(&self, from: PackageIndex, to: PackageIndex, kind: DependencyKind) -> Link {
        let name = self.packages[to].name.clone();
        Link {
            from,
            to,
            kind,
            optional: false,
            // A name that the manifest has not given yet is one that none of its features can mean.
            position: self.packages[from].name_position(&name).unwrap_or(usize::MAX),
            name,
            default_features: true,
            turns_on: Vec::new(),
            condition: None,
        }
    }
}

/// What a member declares, and how often.
fn declared(workspace: &Workspace, member: NodeId) -> BTreeMap<Declared<'_>, usize> {
    let mut found = BTreeMap::new();
    let as_compared = |dependency: &Dependency| {
        let to = dependency.to;
        (
            workspace.name(to),
            workspace.member(to).is_some(),
            dependency.kind,
            dependency.optional,
        )
    };
    for dependency in &workspace.members[member.index()].dependencies {
        *found.entry(as_compared(dependency)).or_default() += 1;
    }
    found
}
