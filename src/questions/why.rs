//! `why A B`: whether A reaches B, by which path, and what the rules say of it.

use serde::Serialize;

use super::grounds::{Asked, Ground, grounds};
use super::paths::{PathHop, Ways};
use super::{Package, Ruling, Subject};
use crate::error::Error;
use crate::finding::{Declaration, Finding};
use crate::graph::Graph;
use crate::pipeline::Judged;
use crate::report::assemble::Wishes;
use crate::source::Sources;
use crate::workspace::{Dependency, DependencyKind, NodeId, Workspace};

/// Why one package uses another.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Why {
    /// The member that was asked about.
    pub(crate) from: String,
    /// The package at the other end.
    pub(crate) to: String,
    /// Whether `to` is no member.
    pub(crate) external: bool,
    /// A shortest path, one step each; empty where there is none.
    pub(crate) path: Vec<PathHop>,
    /// The declarations of a direct dependency, by kind.
    pub(crate) direct: Vec<Direct>,
    /// What the rules say of it; null where there is no path or no boundaries.toml.
    pub(crate) verdict: Option<Verdict>,
}

/// The declarations of one kind.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Direct {
    /// The kind.
    pub(crate) kind: DependencyKind,
    /// In file order.
    pub(crate) declarations: Vec<Declaration>,
    /// What the rules say for it.
    pub(crate) grounds: Vec<Ground>,
}

/// What the rules say of a path.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Verdict {
    /// What it comes to.
    pub(crate) ruling: Ruling,
    /// What objects to the one end reaching the other, also where it is excused.
    pub(crate) objections: Vec<Finding>,
    /// What is found about single steps of a longer path.
    pub(crate) on_the_way: Vec<Finding>,
}

/// Answers.
pub(crate) fn why(subject: &Subject, from: NodeId, to: &Package) -> Result<Why, Error> {
    let (workspace, sources) = (subject.workspace(), subject.sources());
    let graph = Graph::new(workspace);
    let lock = subject.lock.as_ref();
    let path = Ways::new(&graph, lock).shortest(from, to, sources).unwrap_or_default();
    let mut why = Why {
        from: workspace.name(from).to_owned(),
        to: to.name.clone(),
        external: to.external,
        direct: to
            .node
            .map_or_else(Vec::new, |node| direct(workspace, from, node, sources)),
        path,
        verdict: None,
    };
    let Some(loaded) = subject.loaded().filter(|_| !why.path.is_empty()) else {
        return Ok(why);
    };
    let wishes = Wishes {
        show_excepted: true,
        ..loaded.wishes()
    };
    loaded.judge_model(&loaded.as_read(), wishes, |judged| {
        why.be_judged(judged, from, to, sources);
    })?;
    Ok(why)
}

impl Why {
    fn be_judged(&mut self, judged: Judged<'_, '_, '_>, from: NodeId, to: &Package, sources: &Sources) {
        let findings = judged.report.findings;
        let about = |finding: &&Finding| self.is_about(finding);
        let objections: Vec<Finding> = findings.iter().filter(about).cloned().collect();
        for direct in &mut self.direct {
            let Some(node) = to.node else { continue };
            let asked = Asked {
                case: judged.case,
                candidates: judged.candidates,
                sources,
                from,
                to: node,
                kind: direct.kind,
            };
            direct.grounds = grounds(asked, &objections);
        }
        let steps = self.path.iter().filter(|_| self.path.len() > 1);
        let on_step = |finding: &Finding, step: &PathHop| {
            let hop = &step.hop;
            finding.hops.len() == 1 && finding.from == hop.from && finding.to == hop.to && finding.kind == hop.kind
        };
        let on_the_way = steps.flat_map(|step| findings.iter().filter(move |finding| on_step(finding, step)));
        self.verdict = Some(Verdict {
            ruling: Ruling::of(&objections),
            on_the_way: on_the_way.cloned().collect(),
            objections,
        });
    }

    /// Whether a finding objects to the one end reaching the other. What is found about exceptions, members and cycles
    /// has no path between the two.
    fn is_about(&self, finding: &Finding) -> bool {
        let starts = finding.from == self.from || finding.also_affects.contains(&self.from);
        let ends = finding.to == self.to && finding.external == self.external;
        let path = finding.path.first() == Some(&finding.from) && finding.path.last() == Some(&finding.to);
        starts && ends && path && !finding.hops.is_empty()
    }
}

fn direct(workspace: &Workspace, from: NodeId, to: NodeId, sources: &Sources) -> Vec<Direct> {
    let own = &workspace.members[from.index()].dependencies;
    let of_kind = |kind| {
        let meant = own.iter().filter(|d| d.to == to && d.kind == kind);
        Direct {
            kind,
            declarations: meant.map(|d| declaration(d, sources)).collect(),
            grounds: Vec::new(),
        }
    };
    let kinds = DependencyKind::ALL.into_iter().map(of_kind);
    kinds.filter(|direct| !direct.declarations.is_empty()).collect()
}

fn declaration(dependency: &Dependency, sources: &Sources) -> Declaration {
    Declaration {
        location: sources.location(dependency.key),
        target: dependency.target.clone(),
        optional: dependency.optional,
        rename: dependency.rename.clone(),
        inherited: dependency.inherited.is_some(),
    }
}
