//! Joins what the members say to one graph: which dependency leads to which member, and which leads outside.

use std::collections::{BTreeSet, HashMap, HashSet};

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use super::super::{External, Member, NodeId, Origin, Workspace};
use super::inherit::Declared;
use super::loader::Loader;
use super::members::Found;
use super::patch::{Applied, Patches};
use super::raw::only_cargo;
use crate::error::{Problem, ProblemKind};
use crate::source::display_path;

/// The folders that members point at by path and that are no members: their packages' names are checked too.
pub fn outside(found: &[Found]) -> Vec<Utf8PathBuf> {
    let members: HashSet<_> = found
        .iter()
        .filter_map(|member| member.manifest.parent().map(Utf8Path::as_str))
        .collect();
    let declared = found.iter().flat_map(|member| &member.reading.declared);
    let paths = declared.filter_map(|declared| match &declared.dependency.origin {
        Origin::Path(directory) if !members.contains(directory.as_str()) => Some(directory.as_path()),
        _ => None,
    });
    let folders: BTreeSet<_> = paths.collect();
    folders.into_iter().map(|folder| folder.join("Cargo.toml")).collect()
}

/// What linking needs to know of the members.
struct Index<'a> {
    root: &'a Utf8Path,
    by_directory: HashMap<&'a str, usize>,
    names: Vec<&'a str>,
    versions: Vec<Option<&'a str>>,
}

/// What linking finds to complain about.
#[derive(Default)]
pub struct Complaints {
    /// Paths and patches that lead nowhere or to another package.
    pub problems: Vec<Problem>,
    /// What only cargo can judge.
    pub foreign: Vec<Problem>,
}

/// Fills the members and externals of `workspace`. Members without a name are left out; that is a problem already.
pub fn link(
    workspace: &mut Workspace,
    loader: &Loader,
    mut found: Vec<Found>,
    defaults: &HashSet<Utf8PathBuf>,
    patches: &Patches,
) -> Complaints {
    let name = |found: &Found| Some(&loader.manifest(&found.manifest)?.package.as_ref()?.name.as_ref()?.value);
    found.retain(|found| name(found).is_some());
    found.sort_by(|a, b| (name(a), &a.manifest).cmp(&(name(b), &b.manifest)));
    let root = workspace.root.clone();
    let index = Index {
        root: &root,
        by_directory: found
            .iter()
            .enumerate()
            .filter_map(|(i, f)| Some((f.manifest.parent()?.as_str(), i)))
            .collect(),
        names: found
            .iter()
            .filter_map(|found| name(found).map(String::as_str))
            .collect(),
        versions: found.iter().map(|found| found.reading.version.as_deref()).collect(),
    };
    let mut complaints = Complaints::default();
    check_patches(patches, &index, &mut complaints);
    let linked: Vec<_> = found
        .par_iter()
        .map(|member| targets(member, loader, &index, patches))
        .collect();
    let mut targets = Vec::with_capacity(found.len());
    for (links, complained) in linked {
        targets.push(links);
        complaints.problems.extend(complained.problems);
        complaints.foreign.extend(complained.foreign);
    }
    let outside = found.iter().zip(&targets).flat_map(|(member, targets)| {
        let pairs = member.reading.declared.iter().zip(targets);
        pairs
            .filter(|(_, target)| target.is_none())
            .map(|(declared, _)| declared.package.as_str())
    });
    let externals: Vec<String> = outside
        .collect::<BTreeSet<_>>()
        .into_iter()
        .map(str::to_owned)
        .collect();
    workspace.members = members(workspace, loader, found, targets, defaults, &externals);
    workspace.externals = externals.into_iter().map(|name| External { name }).collect();
    complaints
}

/// Where each dependency of a member leads.
fn targets(member: &Found, loader: &Loader, index: &Index<'_>, patches: &Patches) -> (Vec<Option<usize>>, Complaints) {
    let mut complaints = Complaints::default();
    let declared = member.reading.declared.iter();
    let links = declared.map(|declared| target(declared, loader, index, patches, &mut complaints));
    (links.collect(), complaints)
}

/// The member that a dependency leads to; none where it leads outside.
fn target(
    declared: &Declared,
    loader: &Loader,
    index: &Index<'_>,
    patches: &Patches,
    complaints: &mut Complaints,
) -> Option<usize> {
    let dependency = &declared.dependency;
    if let Origin::Path(directory) = &dependency.origin {
        let member = index.by_directory.get(directory.as_str()).copied();
        let wrong = match member {
            Some(member) if index.names[member] == declared.package => None,
            Some(member) => Some(format!("holds the package `{}`", index.names[member])),
            None => wrong_outside(loader, directory, &declared.package),
        };
        if let Some(wrong) = wrong {
            let folder = display_path(index.root, directory);
            let text = format!("`{}` leads to `{folder}`, which {wrong}", declared.package);
            let mut problem = Problem::new(ProblemKind::Workspace, text).at(dependency.key, "declared here");
            if let Some(inherited) = dependency.inherited {
                problem = problem.at(inherited, "inherited from here");
            }
            let help = "correct the `path`, or say the package's own name with `package = \"…\"`";
            complaints.problems.push(problem.help(help));
        }
        return member;
    }
    let requirement = dependency.requirement.as_deref();
    let version = |directory: &Utf8Path| Some(index.versions[*index.by_directory.get(directory.as_str())?]);
    match patches.apply(&declared.package, &dependency.origin, requirement, version) {
        Applied::No => None,
        Applied::To(patch) => index.by_directory.get(patch.directory.as_str()).copied(),
        Applied::Unknown(patch) => {
            let text = format!(
                "whether the patch reaches `{}` depends on a registry that the workspace's `.cargo/config.toml` does not name",
                declared.package
            );
            let problem = only_cargo(text).at(dependency.key, "from a registry by name or address");
            complaints.foreign.push(problem.at(patch.key, "patched here"));
            None
        }
    }
}

/// What is wrong with a dependency by path onto a folder that is no member.
fn wrong_outside(loader: &Loader, directory: &Utf8Path, package: &str) -> Option<String> {
    let manifest = directory.join("Cargo.toml");
    match &loader.get(&manifest)?.content {
        Err(failure) => {
            use std::io::ErrorKind::{NotADirectory, NotFound};
            Some(match failure.kind {
                NotFound | NotADirectory => "has no `Cargo.toml`".to_owned(),
                _ => format!("has a `Cargo.toml` that cannot be read: {}", failure.message),
            })
        }
        Ok(raw) => match raw.package.as_ref().map(|package| package.name.as_ref()) {
            Some(Some(name)) if name.value == package => None,
            Some(Some(name)) => Some(format!("holds the package `{}`", name.value)),
            // What is wrong with the manifest itself is told of once, there.
            _ if !raw.problems.is_empty() => None,
            Some(None) | None => Some("holds no package".to_owned()),
        },
    }
}

/// A patch onto a member must name it.
fn check_patches(patches: &Patches, index: &Index<'_>, complaints: &mut Complaints) {
    for (package, patch) in patches.iter() {
        if let Some(member) = index.by_directory.get(patch.directory.as_str())
            && index.names[*member] != package
        {
            let name = index.names[*member];
            let text = format!("the patch of `{package}` leads to the member `{name}`");
            let problem = Problem::new(ProblemKind::Workspace, text).at(patch.key, "patched here");
            let help = format!("correct the `path`, or write `package = \"{name}\"`");
            complaints.problems.push(problem.help(help));
        }
    }
}

/// The members of the model, in the order of `found`.
fn members(
    workspace: &Workspace,
    loader: &Loader,
    found: Vec<Found>,
    targets: Vec<Vec<Option<usize>>>,
    defaults: &HashSet<Utf8PathBuf>,
    externals: &[String],
) -> Vec<Member> {
    let count = found.len();
    let outside: HashMap<&str, usize> = externals
        .iter()
        .enumerate()
        .map(|(i, name)| (name.as_str(), i))
        .collect();
    let node = |target: Option<usize>, package: &str| match target {
        Some(member) => NodeId::new(member),
        None => NodeId::new(count + outside.get(package).copied().unwrap_or_default()),
    };
    let mut members = Vec::with_capacity(count);
    for (found, targets) in found.into_iter().zip(targets) {
        let Some(raw) = loader.manifest(&found.manifest) else {
            continue;
        };
        let Some(package) = &raw.package else { continue };
        let (Some(name), Some(manifest)) = (&package.name, loader.id(&found.manifest)) else {
            continue;
        };
        let declared = found.reading.declared.into_iter().zip(targets);
        let dependencies = declared.map(|(declared, target)| {
            let mut dependency = declared.dependency;
            dependency.to = node(target, &declared.package);
            dependency
        });
        let directory = found.manifest.parent().unwrap_or(&found.manifest);
        members.push(Member {
            name: name.value.clone(),
            version: found.reading.version,
            directory: display_path(&workspace.root, directory),
            manifest,
            name_span: name.span,
            edition: found.reading.edition,
            published: found.reading.published,
            links: package.links.clone(),
            built_by_default: defaults.contains(&found.manifest),
            metadata: package.metadata.clone(),
            claim: package.claim.clone(),
            targets: package.targets.clone(),
            features: found.reading.features,
            dependencies: dependencies.collect(),
            module: None,
        });
    }
    members
}
