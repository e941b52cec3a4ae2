//! `impact CRATE`: who rebuilds when a crate changes, by declared dependencies; behind third-party crates by Cargo.lock.

use std::collections::BTreeSet;

use serde::Serialize;

use super::paths::Ways;
use super::{Package, Subject};
use crate::error::Error;
use crate::graph::Graph;
use crate::workspace::{Kinds, NodeId, Workspace, targets};

/// Who rebuilds when a package changes.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Impact {
    /// The package that changes.
    #[serde(rename = "crate")]
    pub(crate) package: String,
    /// Whether it is no member.
    pub(crate) external: bool,
    /// How many other members the workspace has.
    pub(crate) others: usize,
    /// Members whose build needs it, by name.
    pub(crate) rebuilds: Vec<Rebuilt>,
    /// Further members that need it for their tests, examples and benches alone, by name.
    pub(crate) tests: Vec<Rebuilt>,
    /// Whom the contexts of those that rebuild, and of the crate itself, belong to.
    pub(crate) owners: Vec<String>,
    /// How they are grouped: `context`, `layer`, or null where boundaries.toml declares neither.
    pub(crate) grouped_by: Option<&'static str>,
}

/// A member that rebuilds.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Rebuilt {
    /// Its name.
    pub(crate) name: String,
    /// Whether it declares the dependency itself.
    pub(crate) direct: bool,
    /// Whether it builds a binary.
    pub(crate) binary: bool,
    /// Its layer.
    pub(crate) layer: Option<String>,
    /// Its context.
    pub(crate) context: Option<String>,
}

/// Where members belong; nowhere without a boundaries.toml.
struct Placed {
    layers: Vec<Option<String>>,
    contexts: Vec<Option<(String, Vec<String>)>>,
    grouped_by: Option<&'static str>,
}

/// Answers.
pub(crate) fn impact(subject: &Subject, package: &Package) -> Result<Impact, Error> {
    let (workspace, sources) = (subject.workspace(), subject.sources());
    let graph = Graph::new(workspace);
    let ways = Ways::new(&graph, subject.lock.as_ref());
    let (built, tested) = ways.users(package);
    let placed = placed(subject, workspace)?;
    let direct = |user: NodeId, kinds: Kinds| {
        let own = &workspace.members[user.index()].dependencies;
        package
            .node
            .is_some_and(|node| own.iter().any(|d| d.to == node && kinds.contains(d.kind)))
    };
    let rebuilt = |user: &NodeId, kinds: Kinds| {
        let member = &workspace.members[user.index()];
        Rebuilt {
            name: member.name.clone(),
            direct: direct(*user, kinds),
            binary: targets::facts(member, sources).bin,
            layer: placed.layers.get(user.index()).cloned().flatten(),
            context: placed
                .contexts
                .get(user.index())
                .cloned()
                .flatten()
                .map(|(name, _)| name),
        }
    };
    let itself = package.node.filter(|_| !package.external);
    let concerned = built.iter().copied().chain(itself);
    let owners: BTreeSet<String> = concerned
        .filter_map(|node| placed.contexts.get(node.index()).cloned().flatten())
        .flat_map(|(_, owners)| owners)
        .collect();
    Ok(Impact {
        package: package.name.clone(),
        external: package.external,
        others: workspace.packages().len() - usize::from(itself.is_some()),
        rebuilds: built.iter().map(|user| rebuilt(user, Kinds::BUILD)).collect(),
        tests: tested.iter().map(|user| rebuilt(user, Kinds::ALL)).collect(),
        owners: owners.into_iter().collect(),
        grouped_by: placed.grouped_by,
    })
}

fn placed(subject: &Subject, workspace: &Workspace) -> Result<Placed, Error> {
    let Some(loaded) = subject.loaded() else {
        return Ok(Placed {
            layers: Vec::new(),
            contexts: Vec::new(),
            grouped_by: None,
        });
    };
    loaded.bound(|architecture| {
        let layer = |node| {
            architecture
                .layers_of(node)
                .next()
                .map(|(_, layer)| layer.name.value.clone())
        };
        let context = |node| {
            let (_, context) = architecture.context(node)?;
            Some((context.name.value.clone(), context.owners.clone()))
        };
        let config = architecture.config;
        Placed {
            layers: workspace.member_nodes().map(layer).collect(),
            contexts: workspace.member_nodes().map(context).collect(),
            grouped_by: match (config.contexts.is_empty(), config.layers.is_empty()) {
                (false, _) => Some("context"),
                (true, false) => Some("layer"),
                (true, true) => None,
            },
        }
    })
}
