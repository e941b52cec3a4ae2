//! Joins three readings of one manifest: the declarations as they stand there, as cargo read them, and as cargo's graph
//! links them. What one has and another lacks comes back as well.

use cargo_metadata::Dependency as Declared;
use cargo_platform::Platform;
use semver::VersionReq;

use super::graph::Link;
use crate::workspace::manifests::raw::RawDependency;
use crate::workspace::{DependencyKind, Kinds};

/// The declarations of one manifest, each as it stands there and as cargo read it.
#[derive(Debug, Default)]
pub(super) struct Pairs<'a> {
    pub both: Vec<(&'a RawDependency, &'a Declared)>,
    /// Cargo knows nothing of them.
    pub only_written: Vec<&'a RawDependency>,
    /// The manifest has no place for them.
    pub only_declared: Vec<&'a Declared>,
}

/// Pairs declarations by table, key and target. Cargo prints targets in its own way, so that they are compared by
/// what they mean.
pub(super) fn pair<'a>(written: &'a [RawDependency], declared: &'a [Declared]) -> Pairs<'a> {
    let mut pairs = Pairs::default();
    let mut left: Vec<&Declared> = declared.iter().collect();
    for raw in written {
        let platform = raw.target.as_deref().map(str::parse::<Platform>);
        let same_target = |target: Option<&Platform>| match (&platform, target) {
            (None, None) => true,
            (Some(Ok(ours)), Some(theirs)) => ours == theirs,
            _ => false,
        };
        let same =
            |d: &&Declared| kind(d) == Some(raw.kind) && key(d) == raw.key.value && same_target(d.target.as_ref());
        match left.iter().position(same) {
            Some(position) => pairs.both.push((raw, left.remove(position))),
            None => pairs.only_written.push(raw),
        }
    }
    pairs.only_declared = left;
    pairs
}

/// The key under which the manifest declares it.
pub(super) fn key(declared: &Declared) -> &str {
    declared.rename.as_deref().unwrap_or(&declared.name)
}

/// The kind; none for one that a newer cargo has.
pub(super) fn kind(declared: &Declared) -> Option<DependencyKind> {
    match declared.kind {
        cargo_metadata::DependencyKind::Normal => Some(DependencyKind::Normal),
        cargo_metadata::DependencyKind::Build => Some(DependencyKind::Build),
        cargo_metadata::DependencyKind::Development => Some(DependencyKind::Dev),
        cargo_metadata::DependencyKind::Unknown => None,
    }
}

/// One member's links, and which of them a declaration has been found for.
pub(super) struct Links {
    links: Vec<Link>,
    used: Vec<Kinds>,
}

impl Links {
    pub fn new(links: Vec<Link>) -> Self {
        let used = vec![Kinds::NONE; links.len()];
        Self { links, used }
    }

    /// What a declaration points at: the package's name is its own, and links of that name and kind are narrowed by
    /// folder, by version and by key as long as any is left. Several can be left only where one key stands for
    /// several versions; a member and an external among them is what the caller must tell apart.
    pub fn of(&mut self, declared: &Declared, kind: DependencyKind) -> Vec<&Link> {
        let fits = |i: &usize| self.links[*i].kinds.contains(kind) && self.links[*i].to == declared.name;
        let mut found: Vec<usize> = (0..self.links.len()).filter(fits).collect();
        let mut narrow = |keep: &dyn Fn(&Link) -> bool| {
            if found.iter().any(|i| keep(&self.links[*i])) {
                found.retain(|i| keep(&self.links[*i]));
            }
        };
        if let Some(path) = &declared.path {
            narrow(&|link| link.folder == *path);
        }
        narrow(&|link| declared.req == VersionReq::STAR || declared.req.matches(&link.version));
        narrow(&|link| link.key == key(declared));
        for i in &found {
            self.used[*i] = self.used[*i].with(kind);
        }
        found.into_iter().map(|i| &self.links[i]).collect()
    }

    /// Links, with a kind each, that no declaration was found for.
    pub fn unused(&self) -> impl Iterator<Item = (&Link, DependencyKind)> {
        self.links.iter().zip(&self.used).flat_map(|(link, used)| {
            let left = move |kind: &DependencyKind| link.kinds.contains(*kind) && !used.contains(*kind);
            DependencyKind::ALL
                .into_iter()
                .filter(left)
                .map(move |kind| (link, kind))
        })
    }
}
