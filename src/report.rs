//! What a run found, ready to be written: levels, exceptions, baseline, order, counts and exit status are decided here
//! and nowhere else.

use std::sync::Arc;

use serde::Serialize;

use crate::finding::{Finding, Level, Status};
use crate::source::Sources;
use crate::workspace::Engine;
pub use since::{Changed, Fixed, Since};

pub(crate) mod assemble;
mod findings;
mod hygiene;
mod identity;
pub mod levels;
mod remark;
pub mod since;

/// What a run found.
#[derive(Debug)]
#[non_exhaustive]
pub struct Report {
    /// The folder of the root manifest, absolute, with `/`.
    pub workspace_root: String,
    /// Counts.
    pub summary: Summary,
    /// Active findings sorted by manifest path, position and rule; excused ones only where they were asked for.
    pub findings: Vec<Finding>,
    /// How the run compares with an earlier revision, where that was asked for.
    pub since: Option<Since>,
    /// Which members alone were judged, where that was asked for.
    pub changed: Option<Changed>,
    /// What a person should know of how the workspace was read.
    pub notes: Vec<String>,
    /// The files that the findings point into.
    pub(crate) sources: Arc<Sources>,
    /// Positions of the baseline's lines that excuse nothing.
    pub(crate) stale_lines: Vec<usize>,
}

impl Report {
    /// Whether the run fails: an active finding of level deny, or of level warn where warnings are denied.
    #[must_use]
    pub fn fails(&self, deny_warnings: bool) -> bool {
        self.summary.deny > 0 || (deny_warnings && self.summary.warn > 0)
    }

    /// The same report without what exceptions and the baseline excuse.
    pub(crate) fn without_excused(&self) -> Self {
        let active = |f: &&Finding| f.status == Status::Active;
        Self {
            workspace_root: self.workspace_root.clone(),
            summary: self.summary.clone(),
            findings: self.findings.iter().filter(active).cloned().collect(),
            since: self.since.clone(),
            changed: self.changed.clone(),
            notes: self.notes.clone(),
            stale_lines: self.stale_lines.clone(),
            sources: Arc::clone(&self.sources),
        }
    }

    /// Puts the findings in their order.
    pub(crate) fn sort(&mut self) {
        self.findings
            .sort_by(|a, b| assemble::place(a).cmp(&assemble::place(b)));
    }

    /// The findings that count.
    pub fn active(&self) -> impl Iterator<Item = &Finding> {
        let active = |f: &&Finding| f.status == Status::Active && f.level != Level::Allow;
        self.findings.iter().filter(active)
    }
}

/// The counts of a run: the last line of the human report.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Summary {
    /// Members of the workspace.
    pub members: usize,
    /// Declarations in members' manifests: every kind, externals too.
    pub dependencies: usize,
    /// Named rules, one for the layer stack, one for the contexts, one a line of `[externals]`.
    pub rules: usize,
    /// Active findings of level deny.
    pub deny: usize,
    /// Active findings of level warn.
    pub warn: usize,
    /// Edges that an exception excuses.
    pub excepted: usize,
    /// Edges that the baseline excuses.
    pub baselined: usize,
    /// Modules that count beside members, where rules look into their packages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modules: Option<usize>,
    /// Places in the source of these modules that name another module or a package.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub references: Option<usize>,
    /// Members in a layer, themselves or with one of their modules.
    pub in_layer: usize,
    /// Members in a context, likewise.
    pub in_context: usize,
    /// Which reader filled the model.
    pub engine: Engine,
    /// From the start of the run to the report, in milliseconds.
    pub elapsed_ms: f64,
}
