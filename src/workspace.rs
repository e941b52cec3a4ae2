//! The workspace as the rules see it: members, externals and every declared dependency with its place. Both engines
//! fill this one model.

use camino::Utf8PathBuf;
use serde::Serialize;

use crate::source::{FileId, Span, Spanned};

pub mod builds;
pub mod cargo;
mod declared;
pub mod engine;
pub mod features;
#[cfg(test)]
pub(crate) mod fixture;
mod kinds;
pub mod lockfile;
pub mod manifests;
mod module;
pub mod platform;
#[cfg(test)]
pub(crate) mod random;
pub mod resolved;
pub mod targets;
pub mod verify;

pub use declared::{BuildScript, DeclaredTarget, DeclaredTargets, TargetDeclarations};
pub use features::Features;
pub use kinds::{DependencyKind, Kinds};
pub use module::{Exposed, ModulePlace, Uses};

/// A package that can be at either end of a dependency: first the members, by position in [`Workspace::members`], then
/// the externals, by position in [`Workspace::externals`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(u32);

impl NodeId {
    /// The node at this position, members first.
    #[must_use]
    pub fn new(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// Its position, members first.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Where a dependency's declaration says that the package comes from, after inheritance and before `[patch]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// `path = "…"`: the folder, absolute and normalized. A `version` beside it is kept in the requirement.
    Path(Utf8PathBuf),
    /// `git = "…"`: the address as written, and `branch`, `tag` or `rev` as `branch=main`.
    Git {
        /// The address as written.
        url: String,
        /// `branch=…`, `tag=…` or `rev=…` as written, if any.
        reference: Option<String>,
    },
    /// A registry: none is crates.io; otherwise the `registry` name or `registry-index` address as written.
    Registry(Option<String>),
}

/// One declaration of a dependency in one manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependency {
    /// The package that it points at, found by path and never by name alone.
    pub to: NodeId,
    /// The table it stands in.
    pub kind: DependencyKind,
    /// `cfg(…)` or a triple, as written; none where it holds on every target.
    pub target: Option<String>,
    /// Whether `optional = true`.
    pub optional: bool,
    /// The name that the crate uses for it, where that is not the package's own.
    pub rename: Option<String>,
    /// The version requirement as written, after inheritance.
    pub requirement: Option<String>,
    /// The features that it turns on, after inheritance: those of `[workspace.dependencies]` first.
    pub features: Vec<Spanned<String>>,
    /// Whether it keeps the default features, after inheritance.
    pub default_features: bool,
    /// Where the package comes from.
    pub origin: Origin,
    /// Its key in the member's manifest: `foo` of `foo = …`, `foo.workspace = true` or `[dependencies.foo]`; a quoted
    /// key's quotes are part of it.
    pub key: Span,
    /// Its key in `[workspace.dependencies]`, where it is inherited.
    pub inherited: Option<Span>,
    /// Where no manifest declares it: the places in the source that name what it points at.
    pub uses: Option<Uses>,
}

/// A package of the workspace.
#[derive(Clone, Debug)]
pub struct Member {
    /// The package's name.
    pub name: String,
    /// Its version; none where the manifest gives none (cargo reads that as 0.0.0).
    pub version: Option<String>,
    /// Relative to the workspace root, with `/`; the root package's is `.`, and one beside the root starts with `../`.
    pub directory: String,
    /// Its Cargo.toml.
    pub manifest: FileId,
    /// The value of `name` in `[package]`: where findings about the member itself point.
    pub name_span: Span,
    /// The edition, after inheritance; `2015` where none is given.
    pub edition: String,
    /// Whether it may be published anywhere: `publish` is neither `false` nor `[]`, after inheritance.
    pub published: bool,
    /// The native library that it links, if any.
    pub links: Option<String>,
    /// Whether a plain `cargo build` in the workspace root builds it.
    pub built_by_default: bool,
    /// `[package.metadata]`.
    pub metadata: serde_json::Value,
    /// `[package.metadata.boundaries]`: what the member says of itself.
    pub claim: Claim,
    /// What it builds.
    pub targets: TargetDeclarations,
    /// `[features]`, with those that optional dependencies imply.
    pub features: Features,
    /// Every dependency that it declares, in the order of their places; behind them what its source uses of modules.
    pub dependencies: Vec<Dependency>,
    /// Where it stands in a package, where it is a module and no package.
    pub module: Option<ModulePlace>,
}

/// What a member says of its own place in `[package.metadata.boundaries]`. Unknown keys there are problems.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Claim {
    /// `layer = "…"`, or a list: one of each stack.
    pub layer: Vec<Spanned<String>>,
    /// `context = "…"`.
    pub context: Option<Spanned<String>>,
}

/// A package that a member depends on and that is no member: from a registry, from git, or by a path outside.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct External {
    /// The package's name. Two versions of one package are one external.
    pub name: String,
}

/// Which reader filled the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Engine {
    /// The manifests themselves: no cargo process, no network.
    Manifests,
    /// `cargo metadata`, through guppy.
    Cargo,
}

impl Engine {
    /// The word that the command line and reports use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Manifests => "manifests",
            Self::Cargo => "cargo",
        }
    }
}

/// A Cargo workspace, or a package without `[workspace]` as a workspace of one.
#[derive(Clone, Debug)]
pub struct Workspace {
    /// The folder of the root manifest, absolute.
    pub root: Utf8PathBuf,
    /// The root manifest.
    pub manifest: FileId,
    /// By name; names are unique. Behind the packages stand modules, where rules name some: by package, and each behind
    /// the module that holds it.
    pub members: Vec<Member>,
    /// By name; names are unique.
    pub externals: Vec<External>,
    /// Which reader filled the model.
    pub engine: Engine,
    /// What a person should know of how the workspace was read (a patch that was not applied, say).
    pub notes: Vec<String>,
}

impl Workspace {
    /// How many nodes there are: members and externals.
    #[must_use]
    pub fn node_count(&self) -> usize {
        self.members.len() + self.externals.len()
    }

    /// The member at this node, or none where it is an external.
    #[must_use]
    pub fn member(&self, node: NodeId) -> Option<&Member> {
        self.members.get(node.index())
    }

    /// Whether the node is an external.
    #[must_use]
    pub fn is_external(&self, node: NodeId) -> bool {
        node.index() >= self.members.len()
    }

    /// The package's name.
    #[must_use]
    pub fn name(&self, node: NodeId) -> &str {
        match self.members.get(node.index()) {
            Some(member) => &member.name,
            None => &self.externals[node.index() - self.members.len()].name,
        }
    }

    /// The name by which the crate that declares it knows the dependency.
    #[must_use]
    pub fn known_as<'a>(&'a self, dependency: &'a Dependency) -> &'a str {
        match &dependency.rename {
            Some(rename) => rename,
            None => self.name(dependency.to),
        }
    }

    /// The name by which exceptions, the baseline and fingerprints know the package: `external:NAME` for externals.
    #[must_use]
    pub fn identity(&self, node: NodeId) -> String {
        let name = self.name(node);
        if self.is_external(node) {
            format!("external:{name}")
        } else {
            name.to_owned()
        }
    }

    /// The members that are packages.
    #[must_use]
    pub fn packages(&self) -> &[Member] {
        &self.members[..self.members.partition_point(|member| member.module.is_none())]
    }

    /// The nodes of all packages of the workspace, by name.
    pub fn member_nodes(&self) -> impl Iterator<Item = NodeId> + use<> {
        (0..self.packages().len()).map(NodeId::new)
    }

    /// The member of this name; a module's is `mod:CRATE::PATH`.
    #[must_use]
    pub fn member_named(&self, name: &str) -> Option<NodeId> {
        let packages = self.packages();
        if name.starts_with(module::PREFIX) {
            let position = self.members[packages.len()..].iter().position(|m| m.name == name);
            return position.map(|position| NodeId::new(packages.len() + position));
        }
        let found = packages.binary_search_by(|m| m.name.as_str().cmp(name));
        found.ok().map(NodeId::new)
    }

    /// The external of this name.
    #[must_use]
    pub fn external_named(&self, name: &str) -> Option<NodeId> {
        let found = self.externals.binary_search_by(|e| e.name.as_str().cmp(name));
        found.ok().map(|i| NodeId::new(self.members.len() + i))
    }

    /// Declarations in members' manifests: every kind, externals too.
    #[must_use]
    pub fn declaration_count(&self) -> usize {
        let declared = self.packages().iter().flat_map(|m| &m.dependencies);
        declared.filter(|d| d.uses.is_none()).count()
    }
}
