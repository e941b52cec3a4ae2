//! What a build of one member alone turns on: the features that cargo would choose for it, and with them the links that
//! are really there. Cargo's own resolve of the workspace unifies the features of all members, and so shows paths that no
//! build of one of them has.
//!
//! The choice is made as cargo makes it (`src/resolver/features.rs` of its source), and a link counts where `cargo tree`
//! shows it, which tests compare it with. guppy simulates the same, and is not asked here for two reasons: it leaves
//! out the build-dependencies of packages without a build script, which are declared and locked all the same; and
//! reading the metadata with it costs a quarter of what cargo itself takes.

use fixedbitset::FixedBitSet;
use semver::Version;

use super::lockfile::LockedId;
use super::platform::{Condition, Triple};
use super::{DependencyKind, NodeId};
use crate::source::Spanned;

mod activate;
mod load;
mod metadata;
mod resolver;
mod suppose;
mod turned_on;

pub use resolver::Resolver;

/// Names a package of [`Builds`].
pub type PackageIndex = usize;

/// Names a link of [`Builds`].
pub type LinkIndex = usize;

/// The packages that cargo resolved, with everything that decides what a build of one of them turns on.
#[derive(Clone, Debug)]
pub struct Builds {
    /// By name, version and source.
    packages: Vec<Package>,
    /// By package, in the order of their destinations.
    links: Vec<Link>,
    /// The conditions of links.
    conditions: Vec<Condition>,
    /// By member: its package.
    of_member: Vec<Option<PackageIndex>>,
    resolver: Resolver,
    /// How many features all packages have together.
    features: usize,
    /// How many names all packages give their dependencies.
    names: usize,
}

/// A package that cargo resolved.
#[derive(Clone, Debug)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: Version,
    /// The member that it is.
    pub member: Option<NodeId>,
    /// The same package in Cargo.lock; none where the lock lacks it.
    pub locked: Option<LockedId>,
    /// Whether its library is a proc-macro.
    pub proc_macro: bool,
    /// Whether anything that it builds is one, an example perhaps.
    builds_proc_macro: bool,
    /// By name, with those that optional dependencies imply.
    features: Vec<Feature>,
    /// The position of its first feature among those of all packages.
    first_feature: usize,
    /// The names that its manifest gives dependencies, sorted.
    names: Vec<String>,
    /// The position of its first name among those of all packages.
    first_name: usize,
    /// Its links in [`Builds::links`].
    links: std::ops::Range<LinkIndex>,
}

/// A feature of a package.
#[derive(Clone, Debug)]
struct Feature {
    name: String,
    turns_on: Vec<Value>,
}

/// An entry of a feature's list, or of a dependency's `features`.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Value {
    /// A feature of the package itself.
    Feature(usize),
    /// `dep:NAME`.
    Dependency(usize),
    /// `NAME/FEATURE` and `NAME?/FEATURE`.
    OfDependency { name: usize, feature: String, weak: bool },
}

/// A declared dependency and the package that it points at.
#[derive(Clone, Debug)]
pub struct Link {
    /// The package that declares it.
    pub from: PackageIndex,
    /// The package that it points at.
    pub to: PackageIndex,
    /// The table it stands in.
    pub kind: DependencyKind,
    /// Whether `optional = true`.
    pub optional: bool,
    /// The name that the manifest gives it.
    pub name: String,
    /// That name's position in [`Package::names`].
    position: usize,
    /// Whether it keeps the default features.
    pub default_features: bool,
    /// The features that it turns on, of the package that it points at.
    turns_on: Vec<Value>,
    /// Position in [`Builds::conditions`], where it holds on some targets only.
    condition: Option<usize>,
}

/// With which features a member is built.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum FeatureSet {
    /// As a plain `cargo build` does.
    #[default]
    Default,
    /// As `--all-features` does.
    All,
    /// As `--no-default-features` does.
    None,
    /// With these and what they turn on, and no others.
    Listed(Vec<Spanned<String>>),
}

/// Which build is asked for.
#[derive(Clone, Debug)]
pub struct Ask<'q> {
    /// The member that is built.
    pub member: NodeId,
    /// With which of its features.
    pub features: &'q FeatureSet,
    /// Whether its dev-dependencies are there, as for its tests.
    pub dev: bool,
    /// Whether those of other members are.
    pub dev_of_others: bool,
    /// Links whose condition holds on none of these are not there; none: links for every target are.
    pub targets: Option<&'q [Triple]>,
    /// Links taken to say `default-features = false`.
    pub without_defaults: &'q [LinkIndex],
}

/// A package as a build has it: on the target, or on the host for build scripts and proc-macros.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Unit {
    /// The package.
    pub package: PackageIndex,
    /// Whether it runs while others are built.
    pub host: bool,
}

impl Unit {
    /// A number of its own, below twice the number of packages.
    #[must_use]
    pub fn index(self) -> usize {
        2 * self.package + usize::from(self.host)
    }
}

/// What a build turns on.
#[derive(Debug)]
pub struct Build<'b> {
    builds: &'b Builds,
    /// Where it starts.
    pub start: Unit,
    dev: bool,
    dev_of_others: bool,
    /// By condition, whether it counts.
    holds: Vec<bool>,
    /// Features that are on, first on the target, then on the host.
    features: FixedBitSet,
    /// Names of optional dependencies that are on, likewise.
    opened: FixedBitSet,
}

impl Builds {
    /// How many packages there are.
    #[must_use]
    pub fn package_count(&self) -> usize {
        self.packages.len()
    }

    /// The packages.
    #[must_use]
    pub fn packages(&self) -> &[Package] {
        &self.packages
    }

    /// The link.
    #[must_use]
    pub fn link(&self, link: LinkIndex) -> &Link {
        &self.links[link]
    }

    /// The member's package; none where cargo knows of no such member.
    #[must_use]
    pub fn package_of(&self, member: NodeId) -> Option<PackageIndex> {
        self.of_member.get(member.index()).copied().flatten()
    }

    /// The links of a package that point at another, under the name that its manifest gives that.
    pub fn links_named<'s>(&'s self, from: PackageIndex, name: &'s str) -> impl Iterator<Item = LinkIndex> + 's {
        let links = self.packages[from].links.clone();
        links.filter(move |link| self.links[*link].name == name)
    }
}

impl Package {
    fn feature(&self, name: &str) -> Option<usize> {
        self.features.binary_search_by(|f| f.name.as_str().cmp(name)).ok()
    }

    fn name_position(&self, name: &str) -> Option<usize> {
        self.names.binary_search_by(|n| n.as_str().cmp(name)).ok()
    }
}
