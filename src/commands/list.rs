//! `cargo boundaries list`: each member with its place in the architecture and its dependencies by kind.

use std::collections::BTreeMap;

use super::{Exit, fail, print};
use crate::architecture::{Architecture, Assignment};
use crate::cli::{Common, ListArguments, ListFormat};
use crate::error::{Error, Problem};
use crate::graph::Graph;
use crate::pipeline::{self, Read};
use crate::workspace::{DependencyKind, Member, NodeId, Workspace};

mod human;
mod json;
#[cfg(test)]
mod tests;

use human::human;
use json::json;

/// Lists the members of every workspace that was named. Without a boundaries.toml there are no layers and contexts to
/// show, which is no mistake here; with a broken one the members are still listed, since their names are what mends it.
pub(super) fn run(common: &Common, arguments: ListArguments) -> Exit {
    let mut exit = Exit::Clean;
    for manifest in common.manifests() {
        let mut read = match pipeline::read(&common.options(manifest)) {
            Ok(read) => read,
            Err(error) => {
                exit = fail(&error, common);
                continue;
            }
        };
        let placements = placements(&mut read);
        let placed = placements.as_ref().ok().and_then(Option::as_deref);
        let style = common.stdout_style();
        let text = match arguments.format {
            ListFormat::Human => human(&read.workspace, placed, style),
            ListFormat::Json => json(&read.workspace, &read.sources, placed),
        };
        exit = exit.max(print(&text, style));
        if let Err(problems) = placements {
            exit = fail(&Error::new(problems, read.sources), common);
        }
    }
    exit
}

/// Where every member stands; none without a boundaries.toml.
fn placements(read: &mut Read) -> Result<Option<Vec<Placement>>, Vec<Problem>> {
    let expanded = pipeline::seen_by_rules(read)?;
    let config = match &read.written {
        Ok(Some(written)) => &written.config,
        Ok(None) => return Ok(None),
        Err(problems) => return Err(problems.clone()),
    };
    let graph = Graph::new(expanded.as_ref().unwrap_or(&read.workspace));
    let architecture = Architecture::bind(config, &graph, &read.sources)?;
    let said = |assignment: &Assignment| {
        let at = read.sources.location(assignment.span);
        format!("{}:{}", at.file, at.line)
    };
    let place = |node: NodeId| Placement {
        layers: (architecture.layers_of(node))
            .map(|(assignment, layer)| (layer.name.value.clone(), said(&assignment)))
            .collect(),
        context: architecture.context_of[node.index()].map(|a| (config.contexts[a.unit].name.value.clone(), said(&a))),
        groups: (config.groups.iter().zip(&architecture.groups))
            .filter(|(_, selection)| selection.contains(node.index()))
            .map(|(group, _)| group.name.value.clone())
            .collect(),
    };
    Ok(Some(read.workspace.member_nodes().map(place).collect()))
}

/// Where a member stands, each with where that is said: as far as the workspace has a boundaries.toml.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Placement {
    /// The layers, one of a stack, each with where the claim stands that puts the member into it.
    pub layers: Vec<(String, String)>,
    /// The context, and where the claim stands that puts the member into it.
    pub context: Option<(String, String)>,
    /// The groups whose selectors take the member.
    pub groups: Vec<String>,
}

/// What a member depends on by one kind: each package once, sorted by name.
#[derive(Debug, Default)]
struct Targets<'a> {
    members: Vec<&'a str>,
    externals: Vec<&'a str>,
}

/// The packages that a member depends on, by kind. A dependency on itself is one of them.
fn by_kind<'a>(workspace: &'a Workspace, member: &Member) -> BTreeMap<DependencyKind, Targets<'a>> {
    let mut edges: Vec<(DependencyKind, NodeId)> = member.dependencies.iter().map(|d| (d.kind, d.to)).collect();
    edges.sort_unstable();
    edges.dedup();
    let mut kinds = BTreeMap::<_, Targets<'a>>::new();
    for (kind, to) in edges {
        let targets = kinds.entry(kind).or_default();
        let name = workspace.name(to);
        if workspace.is_external(to) {
            &mut targets.externals
        } else {
            &mut targets.members
        }
        .push(name);
    }
    kinds
}

/// Each member with its placement; without one where none are known.
fn placed<'a>(
    workspace: &'a Workspace,
    placements: Option<&'a [Placement]>,
) -> impl Iterator<Item = (&'a Member, Option<&'a Placement>)> {
    let placement = move |index: usize| placements.and_then(|all| all.get(index));
    workspace
        .members
        .iter()
        .enumerate()
        .map(move |(index, member)| (member, placement(index)))
}
