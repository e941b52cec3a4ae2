//! Cargo.lock as a graph of packages: what transitive rules onto externals walk where `evidence = "lock"`, and where
//! every resolved rule looks first.
//!
//! The lock merges a member's normal, build and dev dependencies into one list. The first hop of a path, and every hop
//! from a member, therefore comes from the manifests, which know kinds ([`LockGraph::candidates`] joins the two); only
//! hops from packages that are no members are taken from [`LockGraph::dependencies_of`]. Of those the lock lists what
//! a build can need with some feature set and some target: a superset of every build, without dev-dependencies.

use std::io::ErrorKind;

use semver::{Version, VersionReq};

use self::identity::{accepts, comes_from, find_member};
use super::{Dependency, NodeId, Workspace};
use crate::error::{Problem, ProblemKind};
use crate::source::{FileId, SourceFile, Sources, Span, display_path};

mod identity;
mod parse;
mod suppose;
#[cfg(test)]
mod tests;

/// A package of a [`LockGraph`], by position in [`LockGraph::packages`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LockedId(u32);

impl LockedId {
    fn new(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// Its position in [`LockGraph::packages`].
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A `[[package]]` of Cargo.lock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockedPackage {
    /// The package's name.
    pub name: String,
    /// The locked version.
    pub version: Version,
    /// Where it comes from, as the lock writes it; none for members and other packages that lie on disk.
    pub source: Option<String>,
    /// The value of its `name`.
    pub span: Span,
    dependencies: Vec<LockedDependency>,
}

/// One entry of a package's `dependencies`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LockedDependency {
    /// The package that it means.
    pub to: LockedId,
    /// The entry.
    pub span: Span,
}

/// Cargo.lock, joined with the workspace that it belongs to.
#[derive(Clone, Debug)]
pub struct LockGraph {
    packages: Vec<LockedPackage>,
    /// By member: its package.
    of_member: Vec<Option<LockedId>>,
    /// By package: its member.
    member_of: Vec<Option<NodeId>>,
}

impl LockGraph {
    /// Reads the Cargo.lock beside the root manifest, in any of the formats 1 to 4, and adds it to `sources`.
    ///
    /// # Errors
    /// The file is missing, cannot be read, is broken or of a format that is not known: each with a way out. Only who
    /// needs the lock should ask for it, for rules about direct dependencies hold without one.
    pub fn read(workspace: &Workspace, sources: &mut Sources) -> Result<Self, Vec<Problem>> {
        let path = workspace.root.join("Cargo.lock");
        let bytes = sources.tree().read(&path).map_err(|error| vec![unreadable(&error)])?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            let message = format!("`Cargo.lock` is not UTF-8: byte {at} starts no character");
            vec![Problem::new(ProblemKind::Workspace, message).help(REWRITE)]
        })?;
        let file = sources.add(SourceFile::new(
            display_path(&workspace.root, &path),
            path,
            text.as_str(),
        ));
        let members = workspace
            .members
            .iter()
            .map(|m| (m.name.as_str(), m.version.as_deref()));
        Self::parse(&text, file, members)
    }

    /// Reads a Cargo.lock that stands in `text`, for members with these names and versions.
    ///
    /// # Errors
    /// It is broken, or of a format that is not known.
    pub(super) fn parse<'a>(
        text: &str,
        file: FileId,
        members: impl Iterator<Item = (&'a str, Option<&'a str>)>,
    ) -> Result<Self, Vec<Problem>> {
        let packages = parse::packages(text, file)?;
        let of_member: Vec<_> = members
            .map(|(name, version)| find_member(&packages, name, version))
            .collect();
        let mut member_of = vec![None; packages.len()];
        for (member, package) in of_member.iter().enumerate() {
            if let Some(package) = package {
                member_of[package.index()] = Some(NodeId::new(member));
            }
        }
        Ok(Self {
            packages,
            of_member,
            member_of,
        })
    }

    /// Every package, in the order of the file (cargo sorts it by name, version and source).
    #[must_use]
    pub fn packages(&self) -> &[LockedPackage] {
        &self.packages
    }

    /// The packages of this graph.
    pub fn ids(&self) -> impl Iterator<Item = LockedId> + use<> {
        (0..self.packages.len()).map(LockedId::new)
    }

    /// The package.
    ///
    /// # Panics
    /// With an id of another graph.
    #[must_use]
    pub fn package(&self, id: LockedId) -> &LockedPackage {
        &self.packages[id.index()]
    }

    /// What the package depends on, in the order of the file. For a member this merges all three kinds: take a
    /// member's hops from its manifest instead.
    #[must_use]
    pub fn dependencies_of(&self, id: LockedId) -> &[LockedDependency] {
        &self.package(id).dependencies
    }

    /// The member's package; none where the lock does not have it (it is stale, then).
    #[must_use]
    pub fn package_of(&self, member: NodeId) -> Option<LockedId> {
        self.of_member.get(member.index()).copied().flatten()
    }

    /// The member that this package is; none for externals.
    #[must_use]
    pub fn member_of(&self, id: LockedId) -> Option<NodeId> {
        self.member_of.get(id.index()).copied().flatten()
    }

    /// Which locked packages a member's declaration can mean: those of the member's own entry whose name, requirement
    /// and source fit. Nearly always one; several only where the member depends on two versions of a package and the
    /// requirement takes both. A verdict that must not miss a path looks at all of them.
    ///
    /// Empty where the lock does not have what the manifest declares: [`LockGraph::stale`] says so to people.
    #[must_use]
    pub fn candidates(&self, workspace: &Workspace, member: NodeId, dependency: &Dependency) -> Vec<LockedId> {
        let Some(entry) = self.package_of(member) else {
            return Vec::new();
        };
        let listed = self.dependencies_of(entry).iter().map(|d| d.to);
        if !workspace.is_external(dependency.to) {
            let target = self.package_of(dependency.to);
            return listed.filter(|id| Some(*id) == target).take(1).collect();
        }
        let name = workspace.name(dependency.to);
        let requirement = dependency
            .requirement
            .as_deref()
            .and_then(|r| VersionReq::parse(r).ok());
        let fits = |id: &LockedId| {
            let package = self.package(*id);
            package.name == name && self.member_of(*id).is_none() && accepts(requirement.as_ref(), &package.version)
        };
        let mut found: Vec<_> = listed.filter(fits).collect();
        // A `[patch]` or a source replacement gives a package another source than its declaration, so that the source
        // only chooses among several.
        let from_there: Vec<_> = found
            .iter()
            .copied()
            .filter(|id| comes_from(&dependency.origin, self.package(*id)))
            .collect();
        if !from_there.is_empty() {
            found = from_there;
        }
        found
    }

    /// What the manifests declare and the lock lacks, one problem each, at its place in the manifest. Empty where the
    /// lock is up to date. A member's dependency on itself is not looked at, for it is never judged.
    #[must_use]
    pub fn stale(&self, workspace: &Workspace) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (node, member) in workspace.member_nodes().zip(&workspace.members) {
            let Some(entry) = self.package_of(node) else {
                let message = format!("`Cargo.lock` is out of date: it has no entry for `{}`", member.name);
                let problem =
                    Problem::new(ProblemKind::Workspace, message).at(member.name_span, "this member is not locked");
                problems.push(problem.help(UPDATE));
                continue;
            };
            for dependency in member.dependencies.iter().filter(|d| d.to != node) {
                if !self.candidates(workspace, node, dependency).is_empty() {
                    continue;
                }
                let wanted = workspace.name(dependency.to);
                let asked = dependency
                    .requirement
                    .as_deref()
                    .map_or(String::new(), |r| format!(" {r}"));
                let message = format!(
                    "`Cargo.lock` is out of date: its entry for `{}` has no `{wanted}{asked}`, which the manifest declares",
                    member.name
                );
                let problem = Problem::new(ProblemKind::Workspace, message)
                    .at(dependency.key, "declared here")
                    .at(self.package(entry).span, "not among its `dependencies`");
                problems.push(problem.help(UPDATE));
            }
        }
        problems
    }
}

const UPDATE: &str = "bring it up to date with `cargo update --workspace`, and commit it";
const REWRITE: &str = "restore it from version control, or delete it and run `cargo generate-lockfile`";

fn unreadable(error: &std::io::Error) -> Problem {
    if error.kind() == ErrorKind::NotFound {
        let message = "the workspace has no `Cargo.lock`, which says what third-party crates depend on";
        return Problem::new(ProblemKind::Workspace, message).help(
            "write one with `cargo generate-lockfile`, and commit it so that every machine judges the same graph",
        );
    }
    Problem::new(ProblemKind::Io, format!("`Cargo.lock` cannot be read: {error}"))
}
