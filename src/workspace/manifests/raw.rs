//! One manifest's text as plain data with places: what stands there, before inheritance, `[patch]` or any other file
//! is looked at. Both engines start from it.

use toml::de::DeTable;

use self::walk::Walk;
use super::super::{BuildScript, Claim, DependencyKind, TargetDeclarations};
use crate::error::{Problem, ProblemKind};
use crate::source::{FileId, Span, Spanned};

mod dependency;
mod features;
mod json;
mod package;
mod targets;
pub(super) mod walk;
mod workspace;

pub use features::RawFeature;
pub(super) use workspace::patches;

/// One manifest, as written.
#[derive(Clone, Debug, Default)]
pub struct RawManifest {
    /// `[package]` (or `[project]`).
    pub package: Option<RawPackage>,
    /// `[workspace]`.
    pub workspace: Option<RawWorkspace>,
    /// Every declaration of `[dependencies]` and its relatives, in file order.
    pub dependencies: Vec<RawDependency>,
    /// `[features]`, in file order.
    pub features: Vec<RawFeature>,
    /// Every entry of `[patch]`, in file order. Cargo looks only at the root manifest's.
    pub patches: Vec<RawPatch>,
    /// `[lints] workspace = true`.
    pub inherits_lints: Option<Span>,
    /// Sections spelt with an underscore, which edition 2024 refuses.
    pub old_spellings: Vec<Spanned<String>>,
    /// The first section that a manifest without `[package]` may not have.
    pub package_only: Option<Spanned<String>>,
    /// Mistakes that cargo refuses too.
    pub problems: Vec<Problem>,
    /// What this reader does not know and only cargo can judge.
    pub foreign: Vec<Problem>,
    /// The same, where it counts in the root manifest alone: `[replace]`, and what stands in `[patch]`.
    pub root_foreign: Vec<Problem>,
}

/// `[package]`, as written.
#[derive(Clone, Debug)]
pub struct RawPackage {
    /// The key of the table, where problems of the whole package point.
    pub key: Span,
    /// `name`.
    pub name: Option<Spanned<String>>,
    /// `version`, without surrounding blanks.
    pub version: Option<Inheritable<String>>,
    /// `edition`.
    pub edition: Option<Inheritable<String>>,
    /// `publish`, as whether it allows anything.
    pub publish: Option<Inheritable<bool>>,
    /// `links`.
    pub links: Option<String>,
    /// `workspace = "…"`.
    pub workspace: Option<Spanned<String>>,
    /// Other keys that say `workspace = true`: the key and its place.
    pub inherits: Vec<Spanned<String>>,
    /// `[package.metadata]`.
    pub metadata: serde_json::Value,
    /// `[package.metadata.boundaries]`.
    pub claim: Claim,
    /// Which of [`RawManifest::problems`] are about `[package.metadata.boundaries]`, of which cargo knows nothing.
    pub claim_problems: Vec<Problem>,
    /// What the manifest says of its targets.
    pub targets: TargetDeclarations,
    /// It stands as `[project]`, which edition 2024 refuses.
    pub project: bool,
}

/// A value that may come from `[workspace.package]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inheritable<T> {
    /// It stands here.
    Value(Spanned<T>),
    /// `key.workspace = true`, at this key.
    Workspace(Span),
}

/// `[workspace]`, as written.
#[derive(Clone, Debug)]
pub struct RawWorkspace {
    /// The key of the table.
    pub key: Span,
    /// `members`; none where the key is missing.
    pub members: Option<Vec<Spanned<String>>>,
    /// `default-members`; none where the key is missing.
    pub default_members: Option<Vec<Spanned<String>>>,
    /// `exclude`.
    pub exclude: Vec<String>,
    /// `[workspace.dependencies]`, by name.
    pub dependencies: Vec<RawShared>,
    /// `version`, `edition` and `publish` of `[workspace.package]`.
    pub package: SharedPackage,
    /// Every key of `[workspace.package]`.
    pub package_keys: Vec<String>,
    /// Whether `[workspace.lints]` is there.
    pub lints: bool,
}

impl RawWorkspace {
    /// The entry of `[workspace.dependencies]` with this key.
    #[must_use]
    pub fn dependency(&self, key: &str) -> Option<&RawShared> {
        let found = self.dependencies.binary_search_by(|d| d.key.value.as_str().cmp(key));
        found.ok().map(|i| &self.dependencies[i])
    }
}

/// What members inherit of `[workspace.package]` and rules can ask for.
#[derive(Clone, Debug, Default)]
pub struct SharedPackage {
    /// `version`.
    pub version: Option<Spanned<String>>,
    /// `edition`.
    pub edition: Option<Spanned<String>>,
    /// `publish`, as whether it allows anything.
    pub publish: Option<Spanned<bool>>,
}

/// An entry of `[workspace.dependencies]`.
#[derive(Clone, Debug)]
pub struct RawShared {
    /// Its key and place.
    pub key: Spanned<String>,
    /// What it says.
    pub spec: Specification,
}

/// One declaration of a dependency, as written.
#[derive(Clone, Debug)]
pub struct RawDependency {
    /// Its key and place: quotes included; of `[dependencies.foo]` the `foo`.
    pub key: Spanned<String>,
    /// The table that it stands in.
    pub kind: DependencyKind,
    /// The key of its `[target.…]` table.
    pub target: Option<String>,
    /// What it says.
    pub spec: Specification,
}

/// An entry of `[patch.SOURCE]`.
#[derive(Clone, Debug)]
pub struct RawPatch {
    /// `crates-io`, a registry's name or an address.
    pub source: Spanned<String>,
    /// The entry's key.
    pub key: Spanned<String>,
    /// What it says.
    pub spec: Specification,
}

/// What a dependency says, in any of its forms.
#[derive(Clone, Debug, Default)]
pub struct Specification {
    /// `workspace = true`; then only `features`, `default_features` and `optional` count.
    pub workspace: bool,
    /// `package = "…"`.
    pub package: Option<String>,
    /// The version requirement.
    pub version: Option<Spanned<String>>,
    /// Where it comes from; none for crates.io and for inherited ones.
    pub origin: Option<RawOrigin>,
    /// `optional`.
    pub optional: bool,
    /// `features`.
    pub features: Vec<Spanned<String>>,
    /// `default-features`, or its old spelling.
    pub default_features: Option<bool>,
    /// Where the old spelling `default_features` stands, which edition 2024 refuses.
    pub underscore: Option<Span>,
    /// It cannot be read without cargo, which [`RawManifest::foreign`] says; nothing may be concluded from it.
    pub foreign: bool,
}

/// Where a dependency's package comes from, as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RawOrigin {
    /// `path`, relative to the manifest's folder.
    Path(String),
    /// `git`, and `branch=…`, `tag=…` or `rev=…`.
    Git(String, Option<String>),
    /// `registry` or `registry-index`.
    Registry(String),
}

/// Reads one manifest's text. `file` is only used for the spans.
///
/// Nothing fails: what cannot be read stands in [`RawManifest::problems`]. Where the text is no TOML at all, that is
/// all there is.
#[must_use]
pub fn parse(text: &str, file: FileId) -> RawManifest {
    let mut walk = Walk::new(file);
    let document = match walk.document(text) {
        Ok(document) => document,
        Err(problems) => {
            return RawManifest {
                problems,
                ..RawManifest::default()
            };
        }
    };
    let mut manifest = RawManifest::default();
    read_document(&mut manifest, &mut walk, document.get_ref());
    manifest.dependencies.sort_by_key(|d| d.key.span.start);
    manifest.patches.sort_by_key(|p| p.key.span.start);
    manifest.problems = walk.problems;
    manifest.foreign = walk.foreign;
    manifest.old_spellings = walk.old_spellings;
    manifest
}

/// Goes through the top-level keys. Those that bear neither on the graph nor on facts are left alone, unknown ones
/// too (cargo warns of them), unless their name says that they declare dependencies.
fn read_document(manifest: &mut RawManifest, walk: &mut Walk, document: &DeTable<'_>) {
    let package = document.get_key_value("package").or(document.get_key_value("project"));
    if let Some((key, value)) = package {
        manifest.package = package::read(walk, key, value, document);
    }
    for (key, value) in document {
        match key.get_ref().as_ref() {
            "workspace" => manifest.workspace = workspace::read(walk, key, value),
            "patch" => {
                let outer = std::mem::take(&mut walk.foreign);
                manifest.patches = workspace::patches(walk, value);
                manifest
                    .root_foreign
                    .extend(std::mem::replace(&mut walk.foreign, outer));
            }
            "replace" => {
                let problem = only_cargo("`[replace]` is read by cargo alone");
                let problem = problem.at(walk.span(key.span()), "replaced here");
                let help = "write `[patch]` instead, which cargo has recommended since 1.21";
                manifest.root_foreign.push(problem.help(help));
            }
            "cargo-features" => walk.foreign(
                key.span(),
                "`cargo-features` turns on what only a nightly cargo can read",
            ),
            "features" => manifest.features = features::read(walk, value),
            "lints" => manifest.inherits_lints = package::workspace_key(walk, value),
            other if !KNOWN_SECTIONS.contains(&other) && other.contains("dependenc") => {
                walk.foreign(key.span(), format!("`[{other}]` is no section that this version knows"));
            }
            _ => {}
        }
    }
    dependency::sections(walk, document, &mut manifest.dependencies);
    let package_only = document.keys().filter(|k| PACKAGE_ONLY.contains(&k.get_ref().as_ref()));
    manifest.package_only = package_only
        .min_by_key(|k| k.span().start)
        .map(|k| Spanned::new(k.get_ref().to_string(), walk.span(k.span())));
}

/// What only cargo can read, before its place is known.
pub(super) fn only_cargo(message: impl Into<String>) -> Problem {
    Problem::new(ProblemKind::Unsupported, message)
}

/// The sections whose names speak of dependencies and that are read elsewhere.
const KNOWN_SECTIONS: [&str; 5] = [
    "dependencies",
    "dev-dependencies",
    "dev_dependencies",
    "build-dependencies",
    "build_dependencies",
];

/// Cargo refuses these in a manifest without `[package]`.
const PACKAGE_ONLY: [&str; 15] = [
    "badges",
    "features",
    "lib",
    "bin",
    "example",
    "test",
    "bench",
    "dependencies",
    "dev-dependencies",
    "dev_dependencies",
    "build-dependencies",
    "build_dependencies",
    "target",
    "lints",
    "hints",
];
