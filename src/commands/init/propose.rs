//! Draws a boundaries.toml and judges it before anybody sees it: what does not hold is not proposed.

use crate::error::{Error, Problem, ProblemKind};
use crate::finding::EdgeIdentity;
use crate::infer::{self, Leave, Preset, Proposal};
use crate::pipeline::{Growth, proposed};
use crate::source::Sources;
use crate::workspace::Workspace;
use crate::workspace::targets::facts;

/// A boundaries.toml that holds for a workspace, with its baseline.
#[derive(Debug)]
pub(super) struct Drawn {
    /// What was inferred.
    pub proposal: Proposal,
    /// boundaries.toml.
    pub text: String,
    /// boundaries-baseline.toml, where some edges do not fit.
    pub baseline: Option<String>,
    /// Those edges.
    pub excused: Vec<EdgeIdentity>,
}

/// Draws what the preset asks for. The first proposal that holds is taken: with the odd edges in the baseline, then with
/// layers that fit every edge, then without contexts and owners, and last what holds of every workspace.
pub(super) fn draw(workspace: &Workspace, sources: &Sources, preset: Preset) -> Result<Drawn, Error> {
    let facts: Vec<_> = workspace.members.iter().map(|m| facts(m, sources)).collect();
    for leave in [Leave::Odd, Leave::Nothing] {
        let proposal = infer::infer(workspace, &facts, preset, leave);
        if let Some(missing) = proposal.missing(preset) {
            return Err(Error::plain(missing_shape(missing)));
        }
        if let Some(drawn) = holds(workspace, sources, proposal) {
            return Ok(drawn);
        }
    }
    if preset != Preset::Shown {
        return Err(Error::plain(missing_shape("too many edges would break it today")));
    }
    let layers = infer::infer(workspace, &facts, preset, Leave::Nothing).only_layers();
    for proposal in [layers, infer::bare(workspace)] {
        if let Some(drawn) = holds(workspace, sources, proposal) {
            return Ok(drawn);
        }
    }
    let problem = Problem::new(ProblemKind::Config, "nothing was found that holds for this workspace");
    Err(Error::plain(problem.help(
        "write a boundaries.toml by hand: `cargo boundaries explain` says what can stand in it",
    )))
}

fn missing_shape(what: &str) -> Problem {
    Problem::new(
        ProblemKind::Usage,
        format!("this preset does not fit the workspace: {what}"),
    )
    .help("`cargo boundaries init --help` says what the presets are made of")
    .help("without `--preset` the workspace says by itself what fits")
}

/// The proposal with its baseline, where a check is clean with it and few edges are excused.
fn holds(workspace: &Workspace, sources: &Sources, proposal: Proposal) -> Option<Drawn> {
    let text = infer::text(&proposal, 0);
    let loaded = proposed(workspace.clone(), sources.clone(), &text).ok()?;
    let ratchet = loaded.ratchet(Growth::First).ok()?;
    let others = ratchet.report.active().any(|finding| finding.excusable.is_empty());
    if others || ratchet.added.len() > proposal.most_excused(workspace) {
        return None;
    }
    let text = infer::text(&proposal, ratchet.added.len());
    Some(Drawn {
        proposal,
        text,
        baseline: ratchet.after,
        excused: ratchet.added,
    })
}
