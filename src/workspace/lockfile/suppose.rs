//! Cargo.lock as it would be, roughly, with one more dependency: for questions about what is not there yet.

use semver::{Version, VersionReq};

use super::identity::accepts;
use super::{LockGraph, LockedDependency, LockedId, LockedPackage};
use crate::source::Span;
use crate::workspace::NodeId;

impl LockGraph {
    /// The same with a member's dependency on the package of this name that is no member: on every version that the
    /// requirement takes and the lock holds, else on one that is added, of which nothing is known but that a build may
    /// need it.
    #[must_use]
    pub fn with_dependency(&self, member: NodeId, name: &str, requirement: Option<&str>, at: Span) -> Self {
        let mut lock = self.clone();
        let Some(user) = self.package_of(member) else {
            return lock;
        };
        let parsed = requirement.and_then(|requirement| VersionReq::parse(requirement).ok());
        let fits = |id: &LockedId| {
            let package = self.package(*id);
            self.member_of(*id).is_none() && package.name == name && accepts(parsed.as_ref(), &package.version)
        };
        let mut onto: Vec<LockedId> = self.ids().filter(fits).collect();
        if onto.is_empty() {
            onto.push(LockedId::new(lock.packages.len()));
            lock.packages.push(LockedPackage {
                name: name.to_owned(),
                version: parsed.as_ref().map_or(Version::new(0, 0, 0), lowest),
                source: None,
                span: at,
                dependencies: Vec::new(),
            });
            lock.member_of.push(None);
        }
        let listed = &mut lock.packages[user.index()].dependencies;
        for to in onto {
            if !listed.iter().any(|entry| entry.to == to) {
                listed.push(LockedDependency { to, span: at });
            }
        }
        lock
    }
}

/// A version that fits the first part of a requirement.
fn lowest(requirement: &VersionReq) -> Version {
    requirement.comparators.first().map_or(Version::new(0, 0, 0), |first| {
        Version::new(first.major, first.minor.unwrap_or(0), first.patch.unwrap_or(0))
    })
}
