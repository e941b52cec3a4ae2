//! Cargo's resolved graph, asked through guppy: what each member's declarations turned out to point at.

use camino::Utf8PathBuf;
use guppy::graph::PackageGraph;
use semver::Version;

use crate::error::{Problem, ProblemKind};
use crate::workspace::{DependencyKind, Kinds};

/// Everything that one member's declarations of one package came to, merged over tables and targets as guppy does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Link {
    /// The package that it points at.
    pub to: String,
    /// That package's version.
    pub version: Version,
    /// Whether that package is a member.
    pub member: bool,
    /// That package's folder.
    pub folder: Utf8PathBuf,
    /// The key of one of the declarations.
    pub key: String,
    /// The kinds of the declarations.
    pub kinds: Kinds,
}

/// The resolved graph.
pub(super) struct Graph(PackageGraph);

impl Graph {
    /// Reads what `cargo metadata` printed.
    pub fn parse(json: &str) -> Result<Self, Problem> {
        PackageGraph::from_json(json).map(Self).map_err(|error| {
            let message = format!("the resolved graph of `cargo metadata` cannot be read: {error}");
            Problem::new(ProblemKind::Cargo, message).help("a newer cargo-boundaries may know this cargo's output")
        })
    }

    /// The member of this name and what it links to; none where there is no such member.
    pub fn links(&self, member: &str) -> Option<Vec<Link>> {
        let package = self.0.workspace().member_by_name(member).ok()?;
        let link = |link: guppy::graph::PackageLink<'_>| {
            let to = link.to();
            let kinds = DependencyKind::ALL
                .into_iter()
                .filter(|kind| link.req_for_kind(named(*kind)).is_present());
            Link {
                to: to.name().to_owned(),
                version: to.version().clone(),
                member: to.in_workspace(),
                folder: to.manifest_path().parent().map(ToOwned::to_owned).unwrap_or_default(),
                key: link.dep_name().to_owned(),
                kinds: kinds.collect(),
            }
        };
        Some(package.direct_links().map(link).collect())
    }
}

fn named(kind: DependencyKind) -> guppy::DependencyKind {
    match kind {
        DependencyKind::Normal => guppy::DependencyKind::Normal,
        DependencyKind::Build => guppy::DependencyKind::Build,
        DependencyKind::Dev => guppy::DependencyKind::Development,
    }
}
