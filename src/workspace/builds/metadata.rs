//! The part of cargo's metadata that says what a build turns on. Everything else is skipped while it is read: guppy's
//! graph of the same text takes longer than the search itself.

use std::collections::BTreeMap;

use serde::Deserialize;

/// What `cargo metadata` printed.
#[derive(Deserialize)]
pub(super) struct Metadata {
    pub packages: Vec<Package>,
    pub workspace_members: Vec<String>,
    pub resolve: Option<Resolve>,
}

#[derive(Deserialize)]
pub(super) struct Package {
    pub id: String,
    pub name: String,
    pub version: semver::Version,
    pub source: Option<String>,
    pub manifest_path: camino::Utf8PathBuf,
    pub targets: Vec<Target>,
    pub features: BTreeMap<String, Vec<String>>,
    pub dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
pub(super) struct Target {
    pub kind: Vec<String>,
    pub crate_types: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct Dependency {
    pub name: String,
    pub req: String,
    pub kind: Option<String>,
    pub rename: Option<String>,
    pub optional: bool,
    pub uses_default_features: bool,
    pub features: Vec<String>,
    pub target: Option<String>,
    pub path: Option<camino::Utf8PathBuf>,
    pub source: Option<String>,
}

impl Dependency {
    /// The name that the manifest gives it, by which `[features]` mean it.
    pub fn name_in_toml(&self) -> &str {
        self.rename.as_deref().unwrap_or(&self.name)
    }
}

#[derive(Deserialize)]
pub(super) struct Resolve {
    pub nodes: Vec<Node>,
}

#[derive(Deserialize)]
pub(super) struct Node {
    pub id: String,
    pub dependencies: Vec<String>,
    #[serde(default)]
    pub deps: Vec<Dep>,
}

/// A resolved dependency by the name under which sources know it.
#[derive(Deserialize)]
pub(super) struct Dep {
    pub name: String,
    pub pkg: String,
}
