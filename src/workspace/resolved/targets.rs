//! What a declaration points at, member or external: by cargo's graph, and by Cargo.lock for what the graph leaves out.

use std::collections::HashMap;

use camino::Utf8Path;
use cargo_metadata::{Dependency as Declared, Metadata};
use semver::VersionReq;

use super::graph::Link;
use crate::source::FileId;
use crate::workspace::NodeId;
use crate::workspace::lockfile::LockGraph;

/// One end of an edge, before the packages are numbered.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Target {
    /// The package's name.
    pub name: String,
    /// Whether it is a member.
    pub member: bool,
}

/// The members as the lock and paths know them.
pub(super) struct Members {
    /// By position in the metadata.
    names: Vec<String>,
    /// Folder to name.
    folders: HashMap<String, String>,
    lock: Option<LockGraph>,
}

impl Members {
    pub fn new(metadata: &Metadata, lock: Option<&str>) -> Self {
        let packages = &metadata.packages;
        let versions: Vec<String> = packages.iter().map(|p| p.version.to_string()).collect();
        let members = packages
            .iter()
            .zip(&versions)
            .map(|(p, version)| (p.name.as_str(), Some(version.as_str())));
        // The lock is only asked for packages; its spans lead nowhere, so that any file will do.
        let lock = lock.and_then(|text| LockGraph::parse(text, FileId::new(0), members).ok());
        let folder =
            |p: &cargo_metadata::Package| p.manifest_path.parent().map(Utf8Path::to_string).unwrap_or_default();
        Self {
            names: packages.iter().map(|p| p.name.to_string()).collect(),
            folders: packages.iter().map(|p| (folder(p), p.name.to_string())).collect(),
            lock,
        }
    }

    /// What a declaration of `member` points at, given the links that fit it. None where neither the graph nor the lock
    /// tells, or where they tell two things.
    pub fn target(&self, member: &str, declared: &Declared, links: &[&Link]) -> Option<Target> {
        let target = |member: bool| Target {
            name: declared.name.clone(),
            member,
        };
        if let Some((first, rest)) = links.split_first() {
            return rest
                .iter()
                .all(|link| link.member == first.member)
                .then(|| target(first.member));
        }
        // Cargo's graph leaves out packages without a library, such as a program that tests run.
        if let Some(path) = &declared.path {
            return Some(target(self.folders.contains_key(path.as_str())));
        }
        self.locked(member, declared).map(target)
    }

    /// Whether what the lock lists for a declaration is a member.
    fn locked(&self, member: &str, declared: &Declared) -> Option<bool> {
        let lock = self.lock.as_ref()?;
        let position = self.names.iter().position(|name| name == member)?;
        let entry = lock.package_of(NodeId::new(position))?;
        let requirement = Some(&declared.req).filter(|r| **r != VersionReq::STAR);
        let mut fitting = lock.dependencies_of(entry).iter().filter(|d| {
            let package = lock.package(d.to);
            package.name == declared.name && requirement.is_none_or(|r| r.matches(&package.version))
        });
        let first = lock.member_of(fitting.next()?.to).is_some();
        fitting
            .all(|d| lock.member_of(d.to).is_some() == first)
            .then_some(first)
    }
}
