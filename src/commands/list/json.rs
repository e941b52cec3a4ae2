//! The list as programs read it: every declaration of every member, with its place.

use serde::Serialize;

use super::{Placement, placed};
use crate::reporters::json::escaped;
use crate::source::{Sources, display_path};
use crate::workspace::{Dependency, DependencyKind, Engine, Member, Workspace};

#[derive(Serialize)]
struct List<'a> {
    schema_version: u32,
    workspace_root: String,
    engine: Engine,
    members: Vec<ListedMember<'a>>,
}

#[derive(Serialize)]
struct ListedMember<'a> {
    name: &'a str,
    version: Option<&'a str>,
    directory: &'a str,
    manifest: &'a str,
    default_member: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    placement: Option<ListedPlacement<'a>>,
    dependencies: Vec<ListedDependency<'a>>,
}

#[derive(Serialize)]
struct ListedPlacement<'a> {
    /// The first of `layers`.
    layer: Option<ListedClaim<'a>>,
    /// One of each stack that the member is in.
    layers: Vec<ListedClaim<'a>>,
    context: Option<ListedClaim<'a>>,
    groups: &'a [String],
}

#[derive(Serialize)]
struct ListedClaim<'a> {
    name: &'a str,
    said: &'a str,
}

#[derive(Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a key of the JSON of its own")]
struct ListedDependency<'a> {
    name: &'a str,
    external: bool,
    kind: DependencyKind,
    target: Option<&'a str>,
    optional: bool,
    rename: Option<&'a str>,
    requirement: Option<&'a str>,
    features: Vec<&'a str>,
    default_features: bool,
    inherited: bool,
    file: String,
    line: usize,
    column: usize,
}

/// The list as JSON. `placement` is there only where `placements`, one a member, are known.
#[must_use]
pub fn json(workspace: &Workspace, sources: &Sources, placements: Option<&[Placement]>) -> String {
    let listed = |(member, placement)| listed_member(workspace, sources, member, placement);
    let list = List {
        schema_version: 1,
        workspace_root: display_path("".into(), &workspace.root),
        engine: workspace.engine,
        members: placed(workspace, placements).map(listed).collect(),
    };
    // Nothing in it can fail: its keys are field names, and its values strings, numbers and booleans.
    let mut text = escaped(serde_json::to_string_pretty(&list).unwrap_or_default());
    text.push('\n');
    text
}

fn listed_member<'a>(
    workspace: &'a Workspace,
    sources: &'a Sources,
    member: &'a Member,
    placement: Option<&'a Placement>,
) -> ListedMember<'a> {
    ListedMember {
        name: &member.name,
        version: member.version.as_deref(),
        directory: &member.directory,
        manifest: &sources.file(member.manifest).path,
        default_member: member.built_by_default,
        placement: placement.map(|p| ListedPlacement {
            layer: p.layers.first().map(listed_claim),
            layers: p.layers.iter().map(listed_claim).collect(),
            context: p.context.as_ref().map(listed_claim),
            groups: &p.groups,
        }),
        dependencies: member
            .dependencies
            .iter()
            .map(|d| listed_dependency(workspace, sources, d))
            .collect(),
    }
}

fn listed_claim((name, said): &(String, String)) -> ListedClaim<'_> {
    ListedClaim { name, said }
}

fn listed_dependency<'a>(
    workspace: &'a Workspace,
    sources: &Sources,
    dependency: &'a Dependency,
) -> ListedDependency<'a> {
    let at = sources.location(dependency.key);
    ListedDependency {
        name: workspace.name(dependency.to),
        external: workspace.is_external(dependency.to),
        kind: dependency.kind,
        target: dependency.target.as_deref(),
        optional: dependency.optional,
        rename: dependency.rename.as_deref(),
        requirement: dependency.requirement.as_deref(),
        features: dependency.features.iter().map(|f| f.value.as_str()).collect(),
        default_features: dependency.default_features,
        inherited: dependency.inherited.is_some(),
        file: at.file,
        line: at.line,
        column: at.column,
    }
}
