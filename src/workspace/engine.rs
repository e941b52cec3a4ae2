//! Chooses the reader of the workspace: its manifests, or cargo where they hold what only cargo can read.

use camino::Utf8Path;

use super::Workspace;
use super::cargo::CargoOptions;
use super::manifests::{self, ReadError};
use crate::error::{Problem, ProblemKind};
use crate::source::Sources;

/// Which engine reads the workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EngineChoice {
    /// The manifests, and cargo where they hold what only cargo can read.
    Auto,
    /// The manifests alone.
    Manifests,
    /// Cargo.
    Cargo,
}

/// Reads the workspace that `manifest` belongs to.
///
/// # Errors
/// Every problem that was found, each with its place. Where the manifests hold what only cargo can read and cargo does
/// not read it either, that is never a pass: all of it comes back.
pub fn read(
    manifest: &Utf8Path,
    choice: EngineChoice,
    options: CargoOptions,
    sources: &mut Sources,
) -> Result<Workspace, Vec<Problem>> {
    // Cargo reads what lies on disk, and not what lay there once.
    let past = sources.tree().is_past();
    if choice == EngineChoice::Cargo && !past {
        return super::resolved::read(manifest, sources, options);
    }
    match manifests::read(manifest, sources) {
        Ok(workspace) => Ok(workspace),
        Err(ReadError::Problems(problems)) => Err(problems),
        Err(ReadError::NeedsCargo { mut reasons, problems }) if past => {
            let help = "cargo reads the disk as it is: check out that revision elsewhere, and check it there";
            reasons = reasons.into_iter().map(|reason| reason.help(help)).collect();
            Err(reasons.into_iter().chain(problems).collect())
        }
        Err(ReadError::NeedsCargo { reasons, problems }) if choice == EngineChoice::Manifests => {
            let help = "`--engine auto` lets cargo read what the manifests' reader does not know";
            let reasons = reasons.into_iter().map(|reason| reason.help(help));
            Err(reasons.chain(problems).collect())
        }
        Err(ReadError::NeedsCargo { reasons, .. }) => by_cargo(manifest, reasons, options, sources),
    }
}

fn by_cargo(
    manifest: &Utf8Path,
    reasons: Vec<Problem>,
    options: CargoOptions,
    sources: &mut Sources,
) -> Result<Workspace, Vec<Problem>> {
    let mut by_cargo = Sources::default();
    match super::resolved::read(manifest, &mut by_cargo, options) {
        Ok(mut workspace) => {
            *sources = by_cargo;
            let what = reasons
                .iter()
                .map(|reason| format!("{}: read by cargo", reason.message));
            workspace.notes.extend(what);
            Ok(workspace)
        }
        Err(mut problems) => {
            // The places of cargo's problems are in files that were read anew; what is said matters more here.
            for problem in &mut problems {
                problem.labels.clear();
            }
            let undecided = "only cargo can read this workspace, and cargo did not";
            problems.push(Problem::new(ProblemKind::Cargo, undecided));
            problems.extend(reasons);
            Err(problems)
        }
    }
}
