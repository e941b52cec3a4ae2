//! What the baseline is to hold: the findings of the day it is first written, and after that ever fewer.

use std::collections::BTreeSet;

use super::Loaded;
use crate::architecture::Architecture;
use crate::baseline::{Baseline, FILE_NAME, Line, write};
use crate::error::Error;
use crate::excuses::Excuses;
use crate::finding::{Code, EdgeIdentity, Finding, Level};
use crate::graph::Graph;
use crate::report::Report;
use crate::source::Span;
use crate::workspace::NodeId;

/// A baseline as it stands and as it is to stand.
#[derive(Debug)]
pub struct Ratchet {
    /// The file as it stands; none where there is none.
    pub before: Option<String>,
    /// The file as it is to stand; none where there is none and nothing to put into one.
    pub after: Option<String>,
    /// How many edges it is to hold.
    pub edges: usize,
    /// Edges that it holds and that break no rule any more.
    pub dropped: Vec<EdgeIdentity>,
    /// Edges that it is to take in.
    pub added: Vec<EdgeIdentity>,
    /// The report with the baseline as it stands.
    pub report: Report,
    /// What fails the run and is not in the baseline, though it could be: positions in the report's findings.
    pub uncovered: Vec<usize>,
    /// What fails the run and is no matter of a baseline: positions in the report's findings.
    pub beyond: Vec<usize>,
    /// How many of these are of strict members.
    pub strict: usize,
}

/// Whether a baseline may take in what it does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Growth {
    /// It only shrinks; one that is not there yet takes in everything.
    First,
    /// It takes in everything: `--grow`.
    Any,
}

impl Loaded {
    /// What the baseline is to hold: without what is stale and, where it may grow, with what fails the run today.
    /// Nothing is written.
    ///
    /// # Errors
    /// As [`Loaded::check`].
    pub fn ratchet(&self, growth: Growth) -> Result<Ratchet, Error> {
        let graph = Graph::new(&self.workspace);
        let architecture = Architecture::bind(&self.written.config, &graph, &self.sources)
            .map_err(|problems| Error::new(problems, self.sources.clone()))?;
        let judge = |baseline: Option<&Baseline>| {
            let excuses = Excuses::new(&architecture, baseline);
            self.court().judge(&graph, &architecture, &excuses, baseline)
        };
        let standing = self.written.baseline.as_ref();
        let report = judge(standing)?;
        let (uncovered, beyond) = failing(&report);
        let of_strict = |index: &&usize| {
            let finding = &report.findings[**index];
            let member = self.workspace.member_named(&finding.from).map(NodeId::index);
            !finding.path.is_empty() && architecture.is_strict(member, &finding.from)
        };
        let strict = beyond.iter().filter(of_strict).count();
        let mut added = BTreeSet::new();
        if growth == Growth::Any || standing.is_none() {
            // What is excused brings to light what was folded into it, and the next cycle: until nothing is left.
            let mut found: Vec<EdgeIdentity> = wanting(&report);
            while found.iter().any(|edge| !added.contains(edge)) {
                added.extend(found);
                found = wanting(&judge(Some(&grown(standing, &added)))?);
            }
        }
        let stale: Vec<usize> = report.stale_lines.clone();
        let lines = standing.map_or(&[][..], |baseline| &baseline.lines);
        let kept: BTreeSet<EdgeIdentity> = (lines.iter().enumerate())
            .filter(|(index, _)| !stale.contains(index))
            .map(|(_, line)| line.edge())
            .chain(added.iter().cloned())
            .collect();
        let dropped: BTreeSet<EdgeIdentity> = stale.iter().map(|index| lines[*index].edge()).collect();
        let read = standing.map(|baseline| &self.sources.file(baseline.file).text);
        let after = match (standing, read) {
            (Some(baseline), Some(text)) => Some(write::rewritten(baseline, text, &stale, &added)),
            _ if added.is_empty() => None,
            _ => Some(write::first(&added)),
        };
        let path = self.workspace.root.join(FILE_NAME);
        // As it stands on disk: of one that a merge left unfinished, what was read is the lines of both sides.
        let before = self.sources.files().find(|file| file.absolute == path);
        let before = before.map(|file| file.text.to_string());
        Ok(Ratchet {
            before,
            after,
            edges: kept.len(),
            dropped: dropped.into_iter().collect(),
            added: added.into_iter().collect(),
            report,
            uncovered,
            beyond,
            strict,
        })
    }
}

/// The baseline with further edges, as a run would read it.
fn grown(standing: Option<&Baseline>, added: &BTreeSet<EdgeIdentity>) -> Baseline {
    let nowhere = Span::new(crate::source::FileId::new(0), 0..0);
    let line = |edge: &EdgeIdentity| Line {
        rule: edge.rule.clone(),
        from: edge.from.clone(),
        to: edge.to.clone(),
        kind: edge.kind,
        span: nowhere,
    };
    let lines = standing.iter().flat_map(|baseline| baseline.lines.iter().cloned());
    Baseline {
        lines: lines.chain(added.iter().map(line)).collect(),
        file: nowhere.file,
        list: None,
    }
}

/// The positions of what fails the run: what a baseline can take in, and the rest. A stale line is neither, since it is
/// taken out.
fn failing(report: &Report) -> (Vec<usize>, Vec<usize>) {
    let fails = |finding: &Finding| finding.level == Level::Deny && finding.code != Code::StaleBaseline;
    let positions = report.findings.iter().enumerate().filter(|(_, f)| fails(f));
    let (can, cannot): (Vec<_>, Vec<_>) = positions.partition(|(_, finding)| !finding.excusable.is_empty());
    let only = |found: Vec<(usize, &Finding)>| found.into_iter().map(|(index, _)| index).collect();
    (only(can), only(cannot))
}

/// The edges that fail the run and that a baseline can take in.
fn wanting(report: &Report) -> Vec<EdgeIdentity> {
    let (can, _) = failing(report);
    can.into_iter()
        .flat_map(|index| report.findings[index].excusable.clone())
        .collect()
}
