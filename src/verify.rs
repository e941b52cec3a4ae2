//! `--verify`: reads the workspace a second time, as cargo does, and tells every difference.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::Metadata;

use crate::error::{Problem, ProblemKind};
use crate::source::{FileId, Sources, Span};
use crate::workspace::cargo::{Cargo, CargoOptions, Failure};
use crate::workspace::verify::compare_no_deps;
use crate::workspace::{DependencyKind, Member, NodeId, Workspace, resolved};

#[cfg(test)]
mod tests;

/// A reading that cargo agrees with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// How many declarations were compared.
    pub declarations: usize,
    /// Whether what they point at was compared too, and not only what they say.
    pub resolved: bool,
    /// What a person should know: that, and why, cargo could not resolve the workspace.
    pub note: Option<String>,
}

/// Compares what was read with `cargo metadata --no-deps`, and with the graph that cargo resolves where it can. Where
/// it cannot (no network, a git dependency that is not at hand, a lockfile that may not change), a note says so: that
/// is no failure.
///
/// # Errors
/// Every difference, at its place where it has one; or cargo is missing, or cannot read the workspace at all.
pub fn verify(workspace: &Workspace, sources: &Sources, options: CargoOptions) -> Result<Verified, Vec<Problem>> {
    verify_with(&Cargo::find(options), workspace, sources)
}

/// Compares what was read with `cargo metadata --no-deps` alone: that takes no network and writes nothing. None where
/// cargo is not here, else how many declarations were compared.
///
/// # Errors
/// Every difference; or cargo cannot read the workspace at all.
pub fn verify_declared(
    workspace: &Workspace,
    sources: &Sources,
    options: CargoOptions,
) -> Result<Option<usize>, Vec<Problem>> {
    match declared(&Cargo::find(options), workspace, sources) {
        Ok((_, problems)) if problems.is_empty() => Ok(Some(workspace.declaration_count())),
        Ok((_, problems)) => Err(problems),
        Err(Failure::Missing(_)) => Ok(None),
        Err(failure) => Err(vec![failure.into_problem()]),
    }
}

/// What cargo says of the manifests, and how that differs from what was read.
fn declared(cargo: &Cargo, workspace: &Workspace, sources: &Sources) -> Result<(Metadata, Vec<Problem>), Failure> {
    let json = cargo.read(&sources.file(workspace.manifest).absolute)?;
    let metadata = resolved::declared(&json).map_err(Failure::Broken)?;
    let lines = compare_no_deps(workspace, sources, &metadata);
    let problems = lines.into_iter().map(|line| difference(workspace, line)).collect();
    Ok((metadata, problems))
}

fn verify_with(cargo: &Cargo, workspace: &Workspace, sources: &Sources) -> Result<Verified, Vec<Problem>> {
    let manifest = &sources.file(workspace.manifest).absolute;
    let (metadata, mut problems) =
        declared(cargo, workspace, sources).map_err(|failure| vec![failure.into_problem()])?;
    let note = match cargo.resolve(manifest, &workspace.root) {
        Ok(answer) => {
            let mut theirs = Sources::default();
            match resolved::model(&metadata, &answer, &mut theirs) {
                Ok(model) => problems.extend(compare(workspace, sources, &model)),
                Err(found) => problems.extend(found.into_iter().map(|p| relocate(p, &theirs, sources))),
            }
            None
        }
        Err(Failure::Refused(words)) => Some(format!(
            "cargo cannot resolve this workspace, so that it was compared with `cargo metadata --no-deps` alone: {words}"
        )),
        Err(failure) => {
            problems.push(failure.into_problem());
            None
        }
    };
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(Verified {
        declarations: workspace.declaration_count(),
        resolved: note.is_none(),
        note,
    })
}

fn difference(workspace: &Workspace, line: impl AsRef<str>) -> Problem {
    let message = format!("cargo reads this workspace otherwise: {}", line.as_ref());
    let problem = Problem::new(ProblemKind::Cargo, message);
    // What was left out on purpose is the likeliest cause.
    let notes = workspace.notes.iter().cloned();
    notes
        .fold(problem, Problem::help)
        .help("check with `--engine cargo` until the difference is understood, and report it")
}

/// What a declaration points at, by the place of its key and by kind.
type Edges = BTreeMap<(u32, DependencyKind), String>;

fn edges(workspace: &Workspace, member: &Member) -> Edges {
    let edge = |d: &crate::workspace::Dependency| ((d.key.start, d.kind), workspace.identity(d.to));
    member.dependencies.iter().map(edge).collect()
}

/// Every declaration that points elsewhere in the two readings. Both take places from the same text.
fn compare(ours: &Workspace, sources: &Sources, theirs: &Workspace) -> Vec<Problem> {
    let mut problems = Vec::new();
    let names: BTreeSet<&str> = ours
        .members
        .iter()
        .chain(&theirs.members)
        .map(|m| m.name.as_str())
        .collect();
    for name in names {
        let found = |workspace: &'_ Workspace| workspace.member_named(name).map(NodeId::index);
        let (Some(our), Some(their)) = (found(ours), found(theirs)) else {
            let side = if found(ours).is_some() {
                "the manifests have"
            } else {
                "cargo has"
            };
            problems.push(difference(ours, format!("only {side} a member `{name}`")));
            continue;
        };
        let manifest = ours.members[our].manifest;
        let (our, their) = (edges(ours, &ours.members[our]), edges(theirs, &theirs.members[their]));
        let keys: BTreeSet<_> = our.keys().chain(their.keys()).collect();
        for key @ (start, kind) in keys {
            let (a, b) = (our.get(key), their.get(key));
            if a == b {
                continue;
            }
            let shown = |side: Option<&String>| side.map_or("nothing".to_owned(), |to| format!("`{to}`"));
            let line = format!(
                "a {kind} dependency of `{name}` points at {} by the manifests, at {} in cargo's graph",
                shown(a),
                shown(b)
            );
            let end = key_end(ours, sources, manifest, *start);
            let span = Span {
                file: manifest,
                start: *start,
                end,
            };
            problems.push(difference(ours, line).at(span, "declared here"));
        }
    }
    problems
}

/// Where the key that starts here ends: as the model has it, else the next character.
fn key_end(workspace: &Workspace, sources: &Sources, manifest: FileId, start: u32) -> u32 {
    let mut members = workspace.members.iter().filter(|m| m.manifest == manifest);
    let known = members
        .find_map(|m| m.dependencies.iter().find(|d| d.key.start == start))
        .map(|d| d.key.end);
    known.unwrap_or_else(|| {
        let rest = sources.file(manifest).text.get(start as usize..).unwrap_or_default();
        start
            + rest
                .chars()
                .next()
                .map_or(0, |c| u32::try_from(c.len_utf8()).unwrap_or(0))
    })
}

/// The same problem with its places in the files of `to`; places in files that `to` does not have are left out.
fn relocate(mut problem: Problem, from: &Sources, to: &Sources) -> Problem {
    let file = |span: &Span| {
        let path = &from.file(span.file).absolute;
        (0..to.len()).map(FileId::new).find(|id| to.file(*id).absolute == *path)
    };
    problem.labels.retain_mut(|(span, _)| match file(span) {
        Some(found) => {
            span.file = found;
            true
        }
        None => false,
    });
    problem
}
