//! Which packages are members: `members` globs, the root itself, and path dependencies that cargo takes in by
//! themselves (`Workspace::find_members`).

use std::collections::HashSet;

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use super::super::Origin;
use super::discovery::{is_excluded, root_of};
use super::inherit::{self, Reading, Root};
use super::loader::Loader;
use super::paths;
use super::raw::{RawDependency, RawWorkspace};
use crate::error::Problem;
use crate::source::Spanned;

mod globs;
mod manifest;

use globs::expand;
pub use globs::matches;
use manifest::has_package;

/// A package that was found to be a member.
pub struct Found {
    /// Its manifest, normalized.
    pub manifest: Utf8PathBuf,
    /// What it says after inheritance.
    pub reading: Reading,
}

/// What the search for members comes to.
#[derive(Default)]
pub struct Members {
    /// Every member, by the order of finding.
    pub found: Vec<Found>,
    /// Manifests that cargo reads among them and that hold no package: a virtual root, or one that is broken.
    pub others: Vec<Utf8PathBuf>,
}

/// A manifest that is to be read.
#[derive(Clone)]
struct Wanted {
    manifest: Utf8PathBuf,
    why: Why,
}

/// Why a manifest is read.
#[derive(Clone)]
enum Why {
    /// An entry of `members`, written out or as a glob.
    Listed { entry: Spanned<String>, glob: bool },
    /// It is the root.
    Root,
    /// It is a member's path dependency.
    Path,
}

/// Every member of the workspace with this root manifest. A listed manifest that cannot be read is a problem.
pub fn find(loader: &mut Loader, root: &Utf8Path, problems: &mut Vec<Problem>) -> Members {
    let directory = root.parent().unwrap_or(root).to_owned();
    let Some(workspace) = loader.manifest(root).and_then(|raw| raw.workspace.clone()) else {
        return Members::default();
    };
    let listed = workspace.members.iter().flatten();
    let tree = loader.tree();
    let mut wave: Vec<Wanted> = listed
        .flat_map(|entry| expand(tree, &directory, entry, problems))
        .collect();
    wave.push(Wanted {
        manifest: root.to_owned(),
        why: Why::Root,
    });
    let mut seen = HashSet::new();
    let mut members = Members::default();
    while !wave.is_empty() {
        let paths: Vec<_> = wave.iter().map(|wanted| wanted.manifest.clone()).collect();
        loader.load(&paths);
        let mut taken = Vec::new();
        for wanted in wave {
            let folder = wanted.manifest.parent().unwrap_or(&wanted.manifest).as_str();
            if !seen.contains(folder) && belongs(loader, &workspace, root, &wanted, problems) {
                seen.insert(folder.to_owned());
                if has_package(loader, &wanted, &directory, problems) {
                    taken.push(wanted.manifest);
                } else {
                    members.others.push(wanted.manifest);
                }
            }
        }
        let inherited = Root {
            directory: &directory,
            workspace: &workspace,
        };
        let taken: Vec<_> = taken
            .into_iter()
            .map(|path| (loader.take_dependencies(&path), path))
            .collect();
        let read = taken
            .into_par_iter()
            .filter_map(|(dependencies, path)| read(loader, path, dependencies, Some(inherited)));
        let read: Vec<Found> = read.collect();
        wave = path_dependencies(&read, &seen);
        members.found.extend(read);
    }
    members
}

/// The one package of a manifest without any workspace.
pub fn alone(loader: &mut Loader, manifest: &Utf8Path, problems: &mut Vec<Problem>) -> Members {
    let wanted = Wanted {
        manifest: manifest.to_owned(),
        why: Why::Root,
    };
    let mut members = Members::default();
    if has_package(loader, &wanted, manifest.parent().unwrap_or(manifest), problems) {
        let dependencies = loader.take_dependencies(manifest);
        members.found.extend(read(loader, wanted.manifest, dependencies, None));
    } else {
        members.others.push(wanted.manifest);
    }
    members
}

fn read(
    loader: &Loader,
    manifest: Utf8PathBuf,
    dependencies: Vec<RawDependency>,
    root: Option<Root<'_>>,
) -> Option<Found> {
    let file = loader.get(&manifest)?;
    let raw = file.content.as_ref().ok()?;
    let reading = inherit::package(raw, raw.package.as_ref()?, dependencies, file.directory(), root);
    Some(Found { manifest, reading })
}

/// What the members just read point at by path, each once. `seen` holds the folders of those that are members already.
fn path_dependencies(found: &[Found], seen: &HashSet<String>) -> Vec<Wanted> {
    let mut next = HashSet::new();
    let mut wave = Vec::new();
    for declared in found.iter().flat_map(|found| &found.reading.declared) {
        if let Origin::Path(directory) = &declared.dependency.origin
            && !seen.contains(directory.as_str())
            && next.insert(directory.as_str())
        {
            wave.push(Wanted {
                manifest: directory.join("Cargo.toml"),
                why: Why::Path,
            });
        }
    }
    wave
}

/// Whether cargo takes the manifest for a member: a path dependency beside the root only where it names this root,
/// and nothing that is excluded.
fn belongs(
    loader: &mut Loader,
    workspace: &RawWorkspace,
    root: &Utf8Path,
    wanted: &Wanted,
    problems: &mut Vec<Problem>,
) -> bool {
    let directory = root.parent().unwrap_or(root);
    let by_path = matches!(wanted.why, Why::Path);
    let outside = || {
        !wanted
            .manifest
            .parent()
            .is_some_and(|own| paths::lies_in(own, directory))
    };
    if by_path && outside() {
        // One that is missing is told of where the dependency is looked at.
        match root_of(loader, &wanted.manifest) {
            Ok(found) if found.as_deref() == Some(root) => {}
            Ok(_) => return false,
            Err(problem) => {
                problems.push(problem);
                return false;
            }
        }
    }
    !is_excluded(workspace, directory, &wanted.manifest)
}
