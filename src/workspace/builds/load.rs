//! From cargo's metadata to packages whose features and links are numbered.

use std::collections::HashMap;

use semver::VersionReq;

use super::metadata::{self, Metadata, Node};
use super::{Builds, Feature, Link, Package, PackageIndex, Resolver, Value};
use crate::error::{Problem, ProblemKind};
use crate::workspace::lockfile::{LockGraph, LockedId};
use crate::workspace::platform::Condition;
use crate::workspace::{DependencyKind, Workspace};

impl Builds {
    /// Reads what `cargo metadata --all-features` printed for this workspace.
    ///
    /// # Errors
    /// The text is not what cargo prints.
    pub fn read(
        json: &str,
        workspace: &Workspace,
        lock: Option<&LockGraph>,
        resolver: Resolver,
    ) -> Result<Self, Problem> {
        let metadata: Metadata = serde_json::from_str(json).map_err(|error| unreadable(&error.to_string()))?;
        let resolve = metadata
            .resolve
            .as_ref()
            .ok_or_else(|| unreadable("it resolves nothing"))?;
        let mut listed: Vec<&metadata::Package> = metadata.packages.iter().collect();
        listed.sort_by(|a, b| (&a.name, &a.version, &a.source, &a.id).cmp(&(&b.name, &b.version, &b.source, &b.id)));
        let mut builds = Self {
            packages: Vec::with_capacity(listed.len()),
            links: Vec::new(),
            conditions: Vec::new(),
            of_member: vec![None; workspace.members.len()],
            resolver,
            features: 0,
            names: 0,
        };
        let members: std::collections::HashSet<&str> = metadata.workspace_members.iter().map(String::as_str).collect();
        let locked = lock.map(Locked::new);
        for (index, package) in listed.iter().enumerate() {
            let is_member = members.contains(package.id.as_str());
            let member = workspace.member_named(&package.name).filter(|_| is_member);
            if let Some(member) = member {
                builds.of_member[member.index()] = Some(index);
            }
            let mut found = read_package(package, builds.features, builds.names);
            found.member = member;
            found.locked = locked.as_ref().and_then(|locked| locked.find(package));
            builds.features += found.features.len();
            builds.names += found.names.len();
            builds.packages.push(found);
        }
        let nodes = resolve.nodes.iter().map(|node| (node.id.as_str(), node)).collect();
        builds.connect(&listed, &nodes);
        Ok(builds)
    }

    /// Finds the packages that declarations point at.
    fn connect(&mut self, listed: &[&metadata::Package], nodes: &HashMap<&str, &Node>) {
        let indices: HashMap<&str, PackageIndex> = listed.iter().enumerate().map(|(i, p)| (p.id.as_str(), i)).collect();
        let mut conditions: HashMap<&str, usize> = HashMap::new();
        for (from, package) in listed.iter().enumerate() {
            let first = self.links.len();
            let node = nodes.get(package.id.as_str());
            for dependency in &package.dependencies {
                let Some(kind) = kind(dependency.kind.as_deref()) else {
                    continue;
                };
                let condition = dependency.target.as_deref().and_then(|text| {
                    if let Some(known) = conditions.get(text) {
                        return Some(*known);
                    }
                    self.conditions.push(Condition::parse(text)?);
                    conditions.insert(text, self.conditions.len() - 1);
                    Some(self.conditions.len() - 1)
                });
                let targets = node
                    .map(|node| targets(dependency, node, listed, &indices))
                    .unwrap_or_default();
                for to in targets {
                    let name = dependency.name_in_toml();
                    let asked = dependency.features.iter();
                    let link = Link {
                        from,
                        to,
                        kind,
                        optional: dependency.optional,
                        name: name.to_owned(),
                        position: self.packages[from].name_position(name).unwrap_or_default(),
                        default_features: dependency.uses_default_features,
                        turns_on: asked.filter_map(|text| value(&self.packages[to], text)).collect(),
                        condition,
                    };
                    self.links.push(link);
                }
            }
            self.links[first..].sort_by(|a, b| (a.to, a.kind, &a.name).cmp(&(b.to, b.kind, &b.name)));
            self.packages[from].links = first..self.links.len();
        }
    }
}

fn read_package(package: &metadata::Package, first_feature: usize, first_name: usize) -> Package {
    let mut names: Vec<String> = (package.dependencies.iter().map(|d| d.name_in_toml().to_owned())).collect();
    names.sort_unstable();
    names.dedup();
    let feature = |name: &String| Feature {
        name: name.clone(),
        turns_on: Vec::new(),
    };
    let mut found = Package {
        name: package.name.clone(),
        version: package.version.clone(),
        member: None,
        locked: None,
        proc_macro: package.targets.iter().any(|target| holds(&target.kind, "proc-macro")),
        builds_proc_macro: package
            .targets
            .iter()
            .any(|target| holds(&target.crate_types, "proc-macro")),
        features: package.features.keys().map(feature).collect(),
        first_feature,
        names,
        first_name,
        links: 0..0,
    };
    for (index, texts) in package.features.values().enumerate() {
        found.features[index].turns_on = texts.iter().filter_map(|text| value(&found, text)).collect();
    }
    found
}

fn holds(words: &[String], word: &str) -> bool {
    words.iter().any(|w| w == word)
}

/// An entry of a list of features; none where it names nothing that the package has, which cargo lets pass only where
/// it has no effect.
pub(super) fn value(package: &Package, text: &str) -> Option<Value> {
    if let Some((name, feature)) = text.split_once('/') {
        let (name, weak) = name.strip_suffix('?').map_or((name, false), |name| (name, true));
        return Some(Value::OfDependency {
            name: package.name_position(name)?,
            feature: feature.to_owned(),
            weak,
        });
    }
    match text.strip_prefix("dep:") {
        Some(name) => package.name_position(name).map(Value::Dependency),
        None => package.feature(text).map(Value::Feature),
    }
}

/// The packages that a declaration points at: those of the package's own resolved ones whose name and version fit.
/// Where that leaves several, the source and the name under which sources know it tell; a crate may depend on two
/// versions of a package that its requirement both takes, and what cannot be told apart counts.
fn targets(
    dependency: &metadata::Dependency,
    node: &Node,
    listed: &[&metadata::Package],
    indices: &HashMap<&str, PackageIndex>,
) -> Vec<PackageIndex> {
    let resolved = node
        .dependencies
        .iter()
        .filter_map(|id| indices.get(id.as_str()).copied());
    let mut found: Vec<PackageIndex> = resolved.filter(|to| listed[*to].name == dependency.name).collect();
    if found.len() < 2 {
        return found;
    }
    let mut narrow = |keep: &dyn Fn(PackageIndex) -> bool| {
        if found.iter().any(|to| keep(*to)) {
            found.retain(|to| keep(*to));
        }
    };
    let requirement = VersionReq::parse(&dependency.req).ok();
    narrow(&|to| (requirement.as_ref()).is_none_or(|r| *r == VersionReq::STAR || r.matches(&listed[to].version)));
    narrow(&|to| match &dependency.path {
        Some(path) => listed[to].manifest_path.parent() == Some(path),
        None => dependency.source.is_some() == listed[to].source.is_some(),
    });
    let in_sources = dependency.name_in_toml().replace('-', "_");
    narrow(&|to| {
        let mut named = node.deps.iter().filter(|dep| dep.name == in_sources);
        named.any(|dep| indices.get(dep.pkg.as_str()) == Some(&to))
    });
    found
}

/// The kind; none for one that only a newer cargo knows.
fn kind(word: Option<&str>) -> Option<DependencyKind> {
    match word {
        None | Some("normal") => Some(DependencyKind::Normal),
        Some("build") => Some(DependencyKind::Build),
        Some("dev") => Some(DependencyKind::Dev),
        Some(_) => None,
    }
}

/// Cargo.lock by name.
struct Locked<'l> {
    lock: &'l LockGraph,
    by_name: HashMap<&'l str, Vec<LockedId>>,
}

impl<'l> Locked<'l> {
    fn new(lock: &'l LockGraph) -> Self {
        let mut by_name: HashMap<&str, Vec<LockedId>> = HashMap::new();
        for id in lock.ids() {
            by_name.entry(&lock.package(id).name).or_default().push(id);
        }
        Self { lock, by_name }
    }

    /// The same package there: of its version and, where several are, of its source.
    fn find(&self, package: &metadata::Package) -> Option<LockedId> {
        let named = self.by_name.get(package.name.as_str())?.iter().copied();
        let same: Vec<LockedId> = named
            .filter(|id| self.lock.package(*id).version == package.version)
            .collect();
        let of_source = same.iter().find(|id| self.lock.package(**id).source == package.source);
        of_source.or(same.first()).copied()
    }
}

fn unreadable(why: &str) -> Problem {
    let message = format!("the output of `cargo metadata` cannot be read: {why}");
    Problem::new(ProblemKind::Cargo, message).help("a newer cargo-boundaries may know this cargo's output")
}
