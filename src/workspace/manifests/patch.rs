//! `[patch]`: registry and git dependencies that a patch leads to a member.

use std::collections::HashMap;

use camino::{Utf8Path, Utf8PathBuf};

use super::super::Origin;
use super::inherit::origin;
use super::raw::RawPatch;
use crate::source::Span;

/// The patches that lead to a folder, by the name of the package.
#[derive(Debug, Default)]
pub struct Patches {
    by_package: HashMap<String, Vec<Patch>>,
    /// Index addresses of named registries, as far as the workspace's own configuration says them.
    registries: HashMap<String, String>,
}

/// One patch that leads to a folder.
#[derive(Debug)]
pub struct Patch {
    source: Source,
    name: String,
    /// The folder.
    pub directory: Utf8PathBuf,
    /// Its key.
    pub key: Span,
}

/// A registry or a repository, in the one spelling that cargo compares (`CanonicalUrl`).
#[derive(Clone, Debug, PartialEq, Eq)]
enum Source {
    CratesIo,
    /// A registry whose address only the machine's configuration knows.
    Named(String),
    Address(String),
}

/// What a patch makes of a dependency.
pub enum Applied<'a> {
    /// No patch fits.
    No,
    /// It leads here.
    To(&'a Patch),
    /// A patch of an address would fit if the registry of that name were there, which only cargo knows.
    Unknown(&'a Patch),
}

impl Patches {
    /// Nothing patched yet, with the registries that the workspace's configuration names.
    pub fn new(registries: HashMap<String, String>) -> Self {
        Self {
            by_package: HashMap::new(),
            registries,
        }
    }

    /// Takes in an entry, seen from the folder of the file that says it. What was taken in before wins over a later
    /// one of the same key and source: cargo prefers its configuration to the manifest.
    pub fn add(&mut self, raw: &RawPatch, directory: &Utf8Path) {
        let source = self.source(&raw.source.value);
        let package = raw.spec.package.as_ref().unwrap_or(&raw.key.value);
        let taken = self
            .by_package
            .values()
            .flatten()
            .any(|p| p.name == raw.key.value && p.source == source);
        if let Origin::Path(directory) = origin(raw.spec.origin.clone(), directory)
            && !taken
            && !raw.spec.foreign
        {
            let patch = Patch {
                source,
                name: raw.key.value.clone(),
                directory,
                key: raw.key.span,
            };
            self.by_package.entry(package.clone()).or_default().push(patch);
        }
    }

    /// Every patch with the name of its package.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Patch)> {
        self.by_package
            .iter()
            .flat_map(|(name, patches)| patches.iter().map(move |patch| (name.as_str(), patch)))
    }

    /// The patch that takes a dependency over: its source is the same, and the version that `version_of` knows of
    /// the folder fits. A folder of which it knows none is no member, and of no interest.
    pub fn apply<'v>(
        &self,
        package: &str,
        origin: &Origin,
        requirement: Option<&str>,
        version_of: impl Fn(&Utf8Path) -> Option<Option<&'v str>>,
    ) -> Applied<'_> {
        let Some(patches) = self.by_package.get(package) else {
            return Applied::No;
        };
        let source = match origin {
            Origin::Path(_) => return Applied::No,
            Origin::Git { url, .. } => Source::Address(canonical(url)),
            Origin::Registry(None) => Source::CratesIo,
            Origin::Registry(Some(registry)) => self.source(registry),
        };
        let fitting = |patch: &&Patch| version_of(&patch.directory).is_some_and(|version| fits(requirement, version));
        if let Some(patch) = patches.iter().filter(|patch| patch.source == source).find(fitting) {
            return Applied::To(patch);
        }
        let open = |patch: &&Patch| {
            matches!(
                (&patch.source, &source),
                (Source::Named(_), Source::Address(_)) | (Source::Address(_), Source::Named(_))
            ) && !matches!(origin, Origin::Git { .. })
        };
        patches
            .iter()
            .filter(open)
            .find(fitting)
            .map_or(Applied::No, Applied::Unknown)
    }

    /// The source that a key of `[patch]` or a dependency's `registry` names.
    fn source(&self, key: &str) -> Source {
        if key == "crates-io" {
            return Source::CratesIo;
        }
        let address = match self.registries.get(key) {
            Some(index) => canonical(index),
            None if key.contains(':') => canonical(key),
            None => return Source::Named(key.to_owned()),
        };
        if address == CRATES_IO {
            Source::CratesIo
        } else {
            Source::Address(address)
        }
    }
}

/// The index of crates.io, canonical.
const CRATES_IO: &str = "https://github.com/rust-lang/crates.io-index";

/// Whether a member of this version is what the requirement asks for.
fn fits(requirement: Option<&str>, version: Option<&str>) -> bool {
    let Some(requirement) = requirement else { return true };
    let Ok(requirement) = semver::VersionReq::parse(requirement) else {
        return false;
    };
    let version = semver::Version::parse(version.unwrap_or("0.0.0"));
    version.is_ok_and(|version| requirement.matches(&version))
}

/// An address in the spelling that cargo compares: scheme and host in lower case, no slash at the end, no `.git`, and
/// everything on GitHub over https and in lower case.
pub fn canonical(address: &str) -> String {
    let address = address.trim();
    let Some((scheme, rest)) = address.split_once("://") else {
        return address.to_owned();
    };
    let scheme = scheme.to_ascii_lowercase();
    let (before, after) = rest.split_at(rest.find(['?', '#']).unwrap_or(rest.len()));
    let (host, path) = before.split_at(before.find('/').unwrap_or(before.len()));
    let (user, host) = host.rsplit_once('@').map_or(("", host), |(user, host)| (user, host));
    let host = host.to_ascii_lowercase();
    let mut path = path.strip_suffix('/').unwrap_or(path).to_owned();
    let github = host == "github.com";
    if github {
        path = path.to_lowercase();
    }
    let scheme = if github { "https" } else { &scheme };
    let path = path.strip_suffix(".git").unwrap_or(&path);
    let at = if user.is_empty() { "" } else { "@" };
    format!("{scheme}://{user}{at}{host}{path}{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_compared_as_cargo_compares_them() {
        for (a, b) in [
            ("https://github.com/Foo/Bar.git", "HTTP://GitHub.com/foo/bar/"),
            ("https://example.com/foo/", "https://EXAMPLE.com/foo"),
            ("https://example.com/foo.git", "https://example.com/foo"),
            ("git://github.com/foo/bar", "https://github.com/foo/bar"),
        ] {
            assert_eq!(canonical(a), canonical(b), "{a} and {b}");
        }
        for (a, b) in [
            ("https://example.com/Foo", "https://example.com/foo"),
            ("ssh://git@github.com/foo/bar", "https://github.com/foo/bar"),
            ("http://example.com/foo", "https://example.com/foo"),
            ("sparse+https://example.com/foo", "https://example.com/foo"),
        ] {
            assert_ne!(canonical(a), canonical(b), "{a} and {b}");
        }
    }

    #[test]
    fn a_patch_fits_by_version_as_semver_says() {
        for (requirement, version, fit) in [
            (None, Some("0.1.0-alpha"), true),
            (Some("0.1"), Some("0.1.7"), true),
            (Some("0.1"), Some("0.2.0"), false),
            (Some("0.1"), Some("0.1.0-alpha"), false),
            (Some("*"), None, true),
            (Some("1"), None, false),
        ] {
            assert_eq!(fits(requirement, version), fit, "{requirement:?} {version:?}");
        }
    }
}
