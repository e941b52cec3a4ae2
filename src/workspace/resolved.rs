//! Reads the workspace as cargo resolves it: `cargo metadata` through guppy's graph. This module alone names guppy.
//!
//! Members, facts and what each declaration points at are cargo's; where each declaration stands is read from the
//! manifests' text, for cargo does not say. A declaration that one side has and the other lacks is a problem, never
//! left out.

use camino::{Utf8Path, Utf8PathBuf};
use cargo_metadata::Metadata;

use super::cargo::{Cargo, CargoOptions, Resolved};
use super::{NodeId, Workspace};
use crate::error::{Problem, ProblemKind};
use crate::source::Sources;

mod graph;
mod member;
mod pairs;
mod targets;
#[cfg(test)]
mod tests;

/// Reads the workspace that `manifest` belongs to, with every feature and for every target. The tree is left as it was
/// found. Every manifest that was read is added to `sources`.
///
/// # Errors
/// Cargo is missing or cannot resolve the workspace; or cargo's reading and the manifests' text do not agree.
pub fn read(manifest: &Utf8Path, sources: &mut Sources, options: CargoOptions) -> Result<Workspace, Vec<Problem>> {
    let cargo = Cargo::find(options);
    let json = cargo.read(manifest).map_err(|failure| vec![failure.into_problem()])?;
    let metadata = declared(&json).map_err(|problem| vec![problem])?;
    let resolved = cargo
        .resolve(manifest, &metadata.workspace_root)
        .map_err(|failure| vec![failure.into_problem()])?;
    model(&metadata, &resolved, sources)
}

/// Reads what `cargo metadata --no-deps` printed.
pub(crate) fn declared(json: &str) -> Result<Metadata, Problem> {
    serde_json::from_str(json).map_err(|error| {
        let message = format!("the output of `cargo metadata` cannot be read: {error}");
        Problem::new(ProblemKind::Cargo, message).help("a newer cargo-boundaries may know this cargo's output")
    })
}

/// The model of the members that `metadata` (of `--no-deps`) declares, with the identities that `resolved` gives.
pub(crate) fn model(
    metadata: &Metadata,
    resolved: &Resolved,
    sources: &mut Sources,
) -> Result<Workspace, Vec<Problem>> {
    let graph = graph::Graph::parse(&resolved.json).map_err(|problem| vec![problem])?;
    let mut reader = member::Reader::new(metadata, graph, resolved.lock.as_deref(), sources);
    let read = reader.members();
    let (root_manifest, problems) = reader.finish();
    match root_manifest {
        Some(manifest) if problems.is_empty() => Ok(assemble(metadata.workspace_root.clone(), manifest, read)),
        _ => Err(problems),
    }
}

/// Numbers the packages: members by name, then externals by name.
fn assemble(root: Utf8PathBuf, manifest: crate::source::FileId, mut read: Vec<member::ReadMember>) -> Workspace {
    read.sort_by(|a, b| a.member.name.cmp(&b.member.name));
    let names: Vec<String> = read.iter().map(|r| r.member.name.clone()).collect();
    let outside = read.iter().flat_map(|r| &r.targets).filter(|t| !t.member);
    let mut externals: Vec<_> = outside.map(|t| super::External { name: t.name.clone() }).collect();
    externals.sort();
    externals.dedup();
    let node = |target: &targets::Target| {
        let found = if target.member {
            names.binary_search(&target.name)
        } else {
            externals
                .binary_search_by(|e| e.name.cmp(&target.name))
                .map(|i| names.len() + i)
        };
        // Every target is a member of the list or has just been put among the externals.
        NodeId::new(found.unwrap_or_else(|i| i))
    };
    let finish = |read: &member::ReadMember| {
        let mut member = read.member.clone();
        for (dependency, target) in member.dependencies.iter_mut().zip(&read.targets) {
            dependency.to = node(target);
        }
        member.dependencies.sort_by_key(|d| d.key);
        member
    };
    let members = read.iter().map(finish).collect();
    Workspace {
        root,
        manifest,
        members,
        externals,
        engine: super::Engine::Cargo,
        notes: Vec::new(),
    }
}
