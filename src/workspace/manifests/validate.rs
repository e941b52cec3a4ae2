//! What cargo checks of a workspace once its members are known (`Workspace::validate`), and which members a plain
//! build takes.

use std::collections::{BTreeMap, HashSet};

use camino::{Utf8Path, Utf8PathBuf};

use super::discovery::{is_excluded, root_of};
use super::loader::Loader;
use super::members::{Found, matches};
use super::paths;
use super::raw::{RawPackage, RawWorkspace};
use crate::error::{Problem, ProblemKind};
use crate::source::{Span, Spanned, Tree, display_path};

/// Names, roots, and the membership of the manifest that was started from.
pub fn check(loader: &mut Loader, root: &Utf8Path, start: &Utf8Path, found: &[Found], problems: &mut Vec<Problem>) {
    unique_names(loader, found, problems);
    let mut nested = Vec::new();
    for member in found.iter().filter(|member| member.manifest != root) {
        if let Some(raw) = loader.manifest(&member.manifest).and_then(|raw| raw.workspace.as_ref()) {
            nested.push(raw.key);
        }
    }
    if !nested.is_empty() {
        problems.push(several_roots(loader, root, &nested));
        return;
    }
    for member in found {
        match root_of(loader, &member.manifest) {
            Ok(actual) if actual.as_deref() == Some(root) => {}
            Ok(actual) => problems.push(wrong_root(loader, root, member, actual.as_deref())),
            Err(problem) => problems.push(problem),
        }
    }
    if start != root && !found.iter().any(|member| member.manifest == start) {
        problems.push(not_in_members(loader, root, start));
    }
}

fn package<'a>(loader: &'a Loader, manifest: &Utf8Path) -> Option<&'a RawPackage> {
    loader.manifest(manifest)?.package.as_ref()
}

/// The place of a package's name, else of its table.
fn name_span(package: &RawPackage) -> Span {
    package.name.as_ref().map_or(package.key, |name| name.span)
}

/// Two members of one name are refused by cargo, and shown both.
fn unique_names(loader: &Loader, found: &[Found], problems: &mut Vec<Problem>) {
    let mut names: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    for member in found {
        if let Some(name) = package(loader, &member.manifest).and_then(|package| package.name.as_ref()) {
            names.entry(&name.value).or_default().push(name.span);
        }
    }
    for (name, mut spans) in names.into_iter().filter(|(_, spans)| spans.len() > 1) {
        spans.sort();
        let text = format!("{} packages of this workspace are named `{name}`", spans.len());
        let mut problem = Problem::new(ProblemKind::Workspace, text);
        for (i, span) in spans.into_iter().enumerate() {
            problem = problem.at(span, if i == 0 { "named here" } else { "and here" });
        }
        problems.push(problem.help("rename all but one, or add the others to `exclude`"));
    }
}

/// A member with a `[workspace]` of its own.
fn several_roots(loader: &Loader, root: &Utf8Path, nested: &[Span]) -> Problem {
    let text = "a member of the workspace is the root of another";
    let mut problem = Problem::new(ProblemKind::Workspace, text);
    for span in nested {
        problem = problem.at(*span, "a second root");
    }
    if let Some(workspace) = loader.manifest(root).and_then(|raw| raw.workspace.as_ref()) {
        problem = problem.at(workspace.key, "the root");
    }
    problem.help("add its folder to `exclude` of the outer workspace, or remove its `[workspace]`")
}

/// A member whose own search for a root ends elsewhere.
fn wrong_root(loader: &Loader, root: &Utf8Path, member: &Found, actual: Option<&Utf8Path>) -> Problem {
    let name = package(loader, &member.manifest).and_then(|package| package.name.as_ref());
    let path = |path| display_path(root.parent().unwrap_or(root), path);
    let shown = name.map_or_else(|| path(&member.manifest), |name| name.value.clone());
    let text = match actual {
        Some(actual) => format!(
            "`{shown}` is a member here and belongs to the workspace of `{}`",
            path(actual)
        ),
        None => format!("`{shown}` is a member here, and no folder above it holds the root of this workspace"),
    };
    let mut problem = Problem::new(ProblemKind::Workspace, text);
    if let Some(package) = package(loader, &member.manifest) {
        let pointer = package.workspace.as_ref().map(|pointer| pointer.span);
        problem = problem.at(pointer.unwrap_or_else(|| name_span(package)), "this member");
    }
    problem.help(
        "add `workspace = \"PATH\"`, the way to the root's folder, to its `[package]`, or take it out of `members`",
    )
}

/// The manifest that was started from lies below a root that does not take it in.
fn not_in_members(loader: &Loader, root: &Utf8Path, start: &Utf8Path) -> Problem {
    let shown = display_path(root.parent().unwrap_or(root), start);
    let text = format!("`{shown}` lies below the root of a workspace and is no member of it");
    let mut problem = Problem::new(ProblemKind::Workspace, text);
    if let Some(package) = package(loader, start) {
        problem = problem.at(name_span(package), "this package");
    }
    if let Some(workspace) = loader.manifest(root).and_then(|raw| raw.workspace.as_ref()) {
        problem = problem.at(workspace.key, "the workspace");
    }
    problem.help("add it to `members` or to `exclude` of that workspace, or give it a `[workspace]` of its own")
}

/// The manifests that a plain `cargo build` in the root's folder builds (the end of `Workspace::find_members`).
pub fn default_members(
    loader: &Loader,
    root: &Utf8Path,
    found: &[Found],
    problems: &mut Vec<Problem>,
) -> HashSet<Utf8PathBuf> {
    let members = || found.iter().map(|member| member.manifest.clone());
    let raw = loader.manifest(root);
    let Some(workspace) = raw.and_then(|raw| raw.workspace.as_ref()) else {
        return members().collect();
    };
    match &workspace.default_members {
        Some(listed) => {
            let known: HashSet<_> = members().collect();
            let directory = root.parent().unwrap_or(root);
            let mut defaults = HashSet::new();
            for entry in listed {
                defaults.extend(listed_defaults(
                    loader.tree(),
                    workspace,
                    directory,
                    entry,
                    &known,
                    problems,
                ));
            }
            defaults
        }
        None if raw.is_some_and(|raw| raw.package.is_some()) => HashSet::from([root.to_owned()]),
        None => members().collect(),
    }
}

/// The members that one entry of `default-members` stands for. One that is listed and excluded counts for nothing;
/// any other that is no member is a mistake.
fn listed_defaults(
    tree: &Tree,
    workspace: &RawWorkspace,
    directory: &Utf8Path,
    entry: &Spanned<String>,
    known: &HashSet<Utf8PathBuf>,
    problems: &mut Vec<Problem>,
) -> Vec<Utf8PathBuf> {
    let pattern = directory.join(&entry.value);
    let Some(matched) = matches(tree, &pattern, entry, problems) else {
        return Vec::new();
    };
    let written_out = matched.is_empty();
    let candidates = if written_out { vec![pattern] } else { matched };
    let mut defaults = Vec::new();
    for path in candidates {
        let own = paths::normalize(&path);
        let manifest = own.join("Cargo.toml");
        if known.contains(&manifest) {
            defaults.push(manifest);
        } else if !is_excluded(workspace, directory, &own) && (tree.is_dir(&path) || written_out && !tree.exists(&path))
        {
            let text = format!(
                "`{}` in `default-members` is no member: `{}`",
                entry.value,
                display_path(directory, &own)
            );
            let problem = Problem::new(ProblemKind::Workspace, text).at(entry.span, "listed here");
            problems.push(problem.help("add it to `members`, or remove it here"));
        }
    }
    defaults
}
