//! A workspace as it would be: with one dependency more or less.

use std::borrow::Cow;

use toml::de::DeTable;

use super::Package;
use crate::pipeline::Model;
use crate::source::{Sources, Span};
use crate::workspace::{Dependency, DependencyKind, External, NodeId, Origin, Workspace};

/// Takes every declaration of one kind (or of every kind) between two packages out. How many there were.
pub(super) fn take_out(model: &mut Model<'_>, from: NodeId, to: NodeId, kind: Option<DependencyKind>) -> usize {
    let member = &mut model.workspace.to_mut().members[from.index()];
    let before = member.dependencies.len();
    let meant = |d: &Dependency| d.to == to && kind.is_none_or(|kind| d.kind == kind);
    member.dependencies.retain(|d| !meant(d));
    before - member.dependencies.len()
}

/// Adds a plain dependency: for every target, not optional, with its default features. Its place is that of the
/// declaration that is there today, else where its table starts, else the package's name. The package's node in the model, and that place.
pub(super) fn add(
    model: &mut Model<'_>,
    from: NodeId,
    to: &Package,
    kind: DependencyKind,
    sources: &Sources,
) -> (NodeId, Span) {
    let node = to
        .node
        .unwrap_or_else(|| new_external(model.workspace.to_mut(), &to.name));
    let workspace = &model.workspace;
    let key = place(workspace, from, node, kind, sources);
    let others = workspace.members.iter().flat_map(|m| &m.dependencies);
    let others: Vec<&Dependency> = others.filter(|d| d.to == node).collect();
    let requirement = to.requirement.clone().or_else(|| agreed(&others));
    let origin = match workspace.member(node) {
        Some(member) => Origin::Path(workspace.root.join(&member.directory)),
        None => others
            .first()
            .map_or(Origin::Registry(None), |other| other.origin.clone()),
    };
    if let Some(lock) = model.lock.as_mut().filter(|_| to.external) {
        *lock = Cow::Owned(lock.with_dependency(from, &to.name, requirement.as_deref(), key));
    }
    let dependency = Dependency {
        uses: None,
        to: node,
        kind,
        target: None,
        optional: false,
        rename: None,
        requirement,
        features: Vec::new(),
        default_features: true,
        origin,
        key,
        inherited: None,
    };
    let dependencies = &mut model.workspace.to_mut().members[from.index()].dependencies;
    let position = dependencies.partition_point(|d| d.key <= key);
    dependencies.insert(position, dependency);
    (node, key)
}

/// The requirement that all who use a package state alike.
fn agreed(others: &[&Dependency]) -> Option<String> {
    let first = others.first()?.requirement.as_ref()?;
    let alike = others.iter().all(|d| d.requirement.as_ref() == Some(first));
    alike.then(|| first.clone())
}

/// Adds an external where its name sorts; those behind it move up by one.
fn new_external(workspace: &mut Workspace, name: &str) -> NodeId {
    let position = workspace
        .externals
        .partition_point(|external| external.name.as_str() < name);
    let node = NodeId::new(workspace.members.len() + position);
    for dependency in workspace.members.iter_mut().flat_map(|m| &mut m.dependencies) {
        if dependency.to >= node {
            dependency.to = NodeId::new(dependency.to.index() + 1);
        }
    }
    workspace.externals.insert(position, External { name: name.to_owned() });
    node
}

fn place(workspace: &Workspace, from: NodeId, to: NodeId, kind: DependencyKind, sources: &Sources) -> Span {
    let member = &workspace.members[from.index()];
    let there = member.dependencies.iter().find(|d| d.to == to && d.kind == kind);
    if let Some(there) = there {
        return there.key;
    }
    let text = &sources.file(member.manifest).text;
    let names: &[&str] = match kind {
        DependencyKind::Normal => &["dependencies"],
        DependencyKind::Build => &["build-dependencies", "build_dependencies"],
        DependencyKind::Dev => &["dev-dependencies", "dev_dependencies"],
    };
    // The manifest was read before; what the workspace was read from may still hold a byte order mark.
    let header = DeTable::parse(text.trim_start_matches('\u{feff}'))
        .ok()
        .and_then(|table| {
            let mut keys = table.get_ref().keys();
            let key = keys.find(|key| names.contains(&key.get_ref().as_ref()))?;
            let shift = text.len() - text.trim_start_matches('\u{feff}').len();
            Some(Span::new(
                member.manifest,
                key.span().start + shift..key.span().end + shift,
            ))
        });
    header.unwrap_or(member.name_span)
}
