//! The root file of every target of a member, as `cargo::util::toml::targets` finds them.

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};

use super::super::manifests::paths::normalize;
use super::super::{BuildScript, DeclaredTargets, Member};
use crate::source::{Sources, Tree};

/// What a target is built for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RootKind {
    /// The library, a proc macro too.
    Lib,
    /// A binary.
    Bin,
    /// An example.
    Example,
    /// An integration test.
    Test,
    /// A benchmark.
    Bench,
    /// A build script.
    Build,
}

/// The file that a target starts from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Root {
    /// What the target is built for.
    pub kind: RootKind,
    /// The file, absolute and normalized; nobody has looked whether a declared one is there.
    pub path: Utf8PathBuf,
}

/// The name by which code names this member's library.
#[must_use]
pub fn library_name(member: &Member) -> String {
    let name = member.targets.lib_name.as_ref().unwrap_or(&member.name);
    name.replace('-', "_")
}

/// The roots of all targets of this member, by kind and path: those that its manifest declares and those that cargo
/// finds beside it.
#[must_use]
pub fn roots(member: &Member, sources: &Sources) -> Vec<Root> {
    let manifest = &sources.file(member.manifest).absolute;
    let folder = manifest.parent().unwrap_or(manifest);
    let (tree, targets) = (sources.tree(), &member.targets);
    let mut found = Vec::new();
    let mut add = |kind: RootKind, path: &Utf8Path| {
        let path = normalize(&folder.join(path));
        found.push(Root { kind, path });
    };
    if let Some(path) = library(member, folder, tree) {
        add(RootKind::Lib, &path);
    }
    for (kind, below, targets) in [
        (RootKind::Bin, "src/bin", &targets.bins),
        (RootKind::Example, "examples", &targets.examples),
        (RootKind::Test, "tests", &targets.tests),
        (RootKind::Bench, "benches", &targets.benches),
    ] {
        let mut beside = inferred(tree, folder, below);
        if kind == RootKind::Bin && tree.exists(&folder.join("src/main.rs")) {
            beside.push((member.name.clone(), Utf8PathBuf::from("src/main.rs")));
        }
        for path in of_kind(member, targets, beside, below, folder, tree) {
            add(kind, &path);
        }
    }
    match &targets.build {
        Some(BuildScript::Default) => add(RootKind::Build, Utf8Path::new("build.rs")),
        Some(BuildScript::Paths(paths)) => {
            for path in paths {
                add(RootKind::Build, Utf8Path::new(path));
            }
        }
        None if tree.is_file(&folder.join("build.rs")) => add(RootKind::Build, Utf8Path::new("build.rs")),
        Some(BuildScript::Off) | None => {}
    }
    found.sort();
    found.dedup();
    found
}

/// The library's root, relative to the member's folder.
fn library(member: &Member, folder: &Utf8Path, tree: &Tree) -> Option<Utf8PathBuf> {
    let targets = &member.targets;
    if let Some(path) = &targets.lib_path {
        return Some(path.into());
    }
    let usual = Utf8PathBuf::from("src/lib.rs");
    let stands = tree.exists(&folder.join(&usual));
    if !targets.lib {
        return (targets.autolib != Some(false) && stands).then_some(usual);
    }
    // What cargo allowed before there was an edition.
    let old = Utf8PathBuf::from(format!("src/{}.rs", library_name(member)));
    let by_name = !stands && member.edition == "2015" && tree.exists(&folder.join(&old));
    Some(if by_name { old } else { usual })
}

/// The roots of one sort, relative to the member's folder: what is declared, and what stands there and is not.
fn of_kind(
    member: &Member,
    targets: &DeclaredTargets,
    beside: Vec<(String, Utf8PathBuf)>,
    below: &str,
    folder: &Utf8Path,
    tree: &Tree,
) -> Vec<Utf8PathBuf> {
    let mut found = Vec::new();
    for target in &targets.declared {
        if let Some(path) = &target.path {
            found.push(path.into());
            continue;
        }
        let mut named = beside.iter().filter(|(name, _)| *name == target.name);
        let path = named.next_back().map(|(_, path)| path.clone());
        found.push(path.unwrap_or_else(|| by_old_rules(member, &target.name, below, folder, tree)));
    }
    let auto = targets
        .auto
        .unwrap_or(member.edition != "2015" || targets.declared.is_empty());
    if auto {
        let names: BTreeSet<&str> = targets.declared.iter().map(|target| target.name.as_str()).collect();
        let paths: BTreeSet<Utf8PathBuf> = found.iter().map(|path: &Utf8PathBuf| normalize(path)).collect();
        let others = beside
            .into_iter()
            .filter(|(name, path)| !names.contains(name.as_str()) && !paths.contains(path));
        found.extend(others.map(|(_, path)| path).collect::<Vec<_>>());
    }
    found
}

/// Where edition 2015 also looks for a target that is declared without a path.
fn by_old_rules(member: &Member, name: &str, below: &str, folder: &Utf8Path, tree: &Tree) -> Utf8PathBuf {
    let usual = Utf8PathBuf::from(format!("{below}/{name}.rs"));
    if member.edition != "2015" {
        return usual;
    }
    let old = match below {
        "src/bin" => vec![format!("src/{name}.rs"), "src/bin/main.rs".to_owned()],
        "benches" => vec!["src/bench.rs".to_owned()],
        _ => Vec::new(),
    };
    let old = old
        .into_iter()
        .map(Utf8PathBuf::from)
        .find(|path| tree.exists(&folder.join(path)));
    old.unwrap_or(usual)
}

/// `NAME.rs` and `NAME/main.rs` in a folder of targets, each with the target's name, the file relative to the
/// member's folder.
pub(super) fn inferred(tree: &Tree, folder: &Utf8Path, below: &str) -> Vec<(String, Utf8PathBuf)> {
    let Ok(entries) = tree.entries(&folder.join(below)) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for entry in entries.iter().filter(|entry| !entry.name.starts_with('.')) {
        let path = Utf8Path::new(below).join(&entry.name);
        if let Some(name) = path.file_stem().filter(|_| path.extension() == Some("rs")) {
            found.push((name.to_owned(), path));
        } else if tree.is_dir(&folder.join(&path)) && tree.exists(&folder.join(&path).join("main.rs")) {
            found.push((entry.name.clone(), path.join("main.rs")));
        }
    }
    found.sort();
    found
}
