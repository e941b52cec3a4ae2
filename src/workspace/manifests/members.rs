//! Which packages are members: `members` globs, the root itself, and path dependencies that cargo takes in by
//! themselves (`Workspace::find_members`).

use std::collections::HashSet;
use std::io::ErrorKind;

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use super::super::Origin;
use super::discovery::{is_excluded, root_of};
use super::inherit::{self, Reading, Root};
use super::loader::Loader;
use super::paths;
use super::raw::RawWorkspace;
use crate::error::{Problem, ProblemKind};
use crate::source::{Span, Spanned};

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
    let mut wave: Vec<Wanted> = listed.flat_map(|entry| expand(&directory, entry, problems)).collect();
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
                if has_package(loader, &wanted, problems) {
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
        let read: Vec<Found> = taken
            .into_par_iter()
            .filter_map(|path| read(loader, path, Some(inherited)))
            .collect();
        wave = path_dependencies(&read, &seen);
        members.found.extend(read);
    }
    members
}

/// The one package of a manifest without any workspace.
pub fn alone(loader: &Loader, manifest: &Utf8Path, problems: &mut Vec<Problem>) -> Members {
    let wanted = Wanted {
        manifest: manifest.to_owned(),
        why: Why::Root,
    };
    let mut members = Members::default();
    if has_package(loader, &wanted, problems) {
        members.found.extend(read(loader, wanted.manifest, None));
    } else {
        members.others.push(wanted.manifest);
    }
    members
}

fn read(loader: &Loader, manifest: Utf8PathBuf, root: Option<Root<'_>>) -> Option<Found> {
    let file = loader.get(&manifest)?;
    let raw = file.content.as_ref().ok()?;
    let reading = inherit::package(raw, raw.package.as_ref()?, file.directory(), root);
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

/// Whether the manifest could be read and holds a package. `false` without a problem is a virtual manifest, or a file
/// beside the members that a glob matched.
fn has_package(loader: &Loader, wanted: &Wanted, problems: &mut Vec<Problem>) -> bool {
    let Some(file) = loader.get(&wanted.manifest) else {
        return false;
    };
    let raw = match &file.content {
        Ok(raw) => raw,
        Err(failure) => {
            // Cargo leaves out whatever matches an entry and is no folder.
            if failure.kind == ErrorKind::NotADirectory && matches!(wanted.why, Why::Listed { .. }) {
                return false;
            }
            problems.extend(unreadable(wanted, failure.kind, &failure.message));
            return false;
        }
    };
    let empty = raw.package.is_none() && raw.workspace.is_none() && raw.problems.is_empty();
    if empty && !matches!(wanted.why, Why::Path) {
        problems.push(no_package(loader, wanted));
    }
    raw.package.is_some()
}

/// A manifest that is wanted and cannot be read. That of a dependency is told of for every dependency on it, later.
fn unreadable(wanted: &Wanted, kind: ErrorKind, message: &str) -> Option<Problem> {
    let manifest = &wanted.manifest;
    let missing = matches!(kind, ErrorKind::NotFound | ErrorKind::NotADirectory);
    let problem = |text: String| Problem::new(ProblemKind::Workspace, text);
    let cause = if missing {
        "there is no such file".to_owned()
    } else {
        message.to_owned()
    };
    Some(match &wanted.why {
        Why::Listed { entry, glob: true } => {
            let text = format!(
                "`{}` matches a folder whose manifest cannot be read: `{manifest}`: {cause}",
                entry.value
            );
            let problem = problem(text).at(entry.span, "listed here");
            problem.help("remove the folder, give it a `Cargo.toml`, or add it to `exclude`")
        }
        Why::Listed { entry, glob: false } if missing && entry.value.contains(['*', '?', '[']) => {
            let text = format!("`{}` in `members` matches nothing", entry.value);
            problem(text)
                .at(entry.span, "no folder matches")
                .help("correct the glob or remove it; cargo refuses it too")
        }
        Why::Listed { entry, .. } => {
            let text = format!(
                "the manifest of member `{}` cannot be read: `{manifest}`: {cause}",
                entry.value
            );
            problem(text)
                .at(entry.span, "listed here")
                .help("correct the path or remove it from `members`")
        }
        Why::Root => problem(format!("`{manifest}` cannot be read: {cause}")).help("make it a readable manifest"),
        Why::Path => return None,
    })
}

/// A manifest that holds neither a package nor a workspace.
fn no_package(loader: &Loader, wanted: &Wanted) -> Problem {
    let text = format!("`{}` has neither `[package]` nor `[workspace]`", wanted.manifest);
    let mut problem = Problem::new(ProblemKind::Workspace, text);
    if let Some(id) = loader.id(&wanted.manifest) {
        problem = problem.at(Span::new(id, 0..0), "nothing says what this manifest is for");
    }
    if let Why::Listed { entry, .. } = &wanted.why {
        problem = problem.at(entry.span, "listed here");
    }
    problem.help("add `[package]` with a `name`")
}

/// The manifests that an entry of `members` stands for: what the glob matches, else the path as written, as cargo
/// does it, through the same crate.
fn expand(directory: &Utf8Path, entry: &Spanned<String>, problems: &mut Vec<Problem>) -> Vec<Wanted> {
    let wanted = |path: Utf8PathBuf, glob| Wanted {
        manifest: paths::normalize(&path).join("Cargo.toml"),
        why: Why::Listed {
            entry: entry.clone(),
            glob,
        },
    };
    let pattern = directory.join(&entry.value);
    let Some(matches) = matches(&pattern, entry, problems) else {
        return Vec::new();
    };
    if matches.is_empty() {
        return vec![wanted(pattern, false)];
    }
    let several = matches.len() > 1 || matches[0] != pattern;
    matches.into_iter().map(|path| wanted(path, several)).collect()
}

/// What a path of `members` or `default-members` matches on disk; none where it is no glob. Without any wildcard
/// nothing is looked up.
pub fn matches(pattern: &Utf8Path, entry: &Spanned<String>, problems: &mut Vec<Problem>) -> Option<Vec<Utf8PathBuf>> {
    if !pattern.as_str().contains(['*', '?', '[']) {
        return Some(Vec::new());
    }
    let found = match glob::glob(pattern.as_str()) {
        Ok(found) => found,
        Err(error) => {
            let text = format!("`{}` is no glob: {}", entry.value, error.msg);
            let problem = Problem::new(ProblemKind::Workspace, text).at(entry.span, "cargo refuses this");
            problems.push(problem.help("correct the glob"));
            return None;
        }
    };
    let mut paths = Vec::new();
    for path in found.take(MATCHES) {
        match path.map(Utf8PathBuf::from_path_buf) {
            Ok(Ok(path)) => paths.push(path),
            Ok(Err(path)) => {
                let text = format!(
                    "`{}` matches a path that is not UTF-8: `{}`",
                    entry.value,
                    path.display()
                );
                let problem = Problem::new(ProblemKind::Workspace, text).at(entry.span, "matched by this");
                problems.push(problem.help("rename the folder"));
            }
            Err(error) => {
                let text = format!("`{}` cannot be looked up: {error}", entry.value);
                let problem = Problem::new(ProblemKind::Workspace, text).at(entry.span, "needed for this");
                problems.push(problem.help("make the folder readable, or say the members more exactly"));
            }
        }
    }
    if paths.len() == MATCHES {
        let text = format!(
            "`{}` matches more than {MATCHES} paths; is there a loop of symbolic links?",
            entry.value
        );
        let problem = Problem::new(ProblemKind::Workspace, text).at(entry.span, "matches too much");
        problems.push(problem.help("say the members more exactly"));
    }
    Some(paths)
}

/// No workspace has so many members; a `**` over looping links has more matches than fit in memory.
const MATCHES: usize = 100_000;
