//! Decides what counts: which charge of a candidate is reported, whether an exception or the baseline excuses it, in
//! which order findings stand, and what the counts are.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil;

use super::findings::Writer;
use super::hygiene::{self, Remark};
use super::identity::{component, excusable, excusing};
use super::levels::Levels;
use super::{Report, Summary};
use crate::baseline::{Baseline, Line};
use crate::excuses::Excusing;
use crate::finding::{Code, Finding, Level, Status};
use crate::rules::{Candidate, Case, Charge, Subject};
use crate::source::Sources;
use crate::workspace::{Dependency, DependencyKind, NodeId, Workspace};

/// What a run asks of its report.
#[derive(Clone, Copy, Debug)]
pub struct Wishes {
    /// `--deny-stale`.
    pub deny_stale: bool,
    /// `--show-excepted`.
    pub show_excepted: bool,
    /// The day on which exceptions are judged.
    pub today: civil::Date,
}

/// Makes the report of what the rules object to.
#[must_use]
pub fn assemble(
    case: &Case<'_, '_>,
    candidates: &[Candidate<'_>],
    baseline: Option<&Baseline>,
    sources: Arc<Sources>,
    wishes: Wishes,
) -> Report {
    let config = case.config();
    let mut tally = Tally {
        case,
        levels: Levels {
            config,
            deny_stale: wishes.deny_stale,
        },
        exceptions: vec![Vec::new(); config.exceptions.len()],
        lines: vec![0; baseline.map_or(0, |b| b.lines.len())],
        disregarded: vec![false; baseline.map_or(0, |b| b.lines.len())],
        excepted: 0,
        baselined: 0,
    };
    let writer = Writer {
        case,
        sources: &sources,
    };
    let mut findings: Vec<Finding> = Vec::new();
    for candidate in candidates {
        let Some((charge, others, verdict)) = tally.decide(candidate) else {
            continue;
        };
        if verdict.status == Status::Active || wishes.show_excepted {
            let mut finding = Finding {
                excusable: excusable(case, candidate, charge),
                component: component(candidate),
                ..writer.finding(candidate, charge, &others, verdict)
            };
            let line = verdict.disregarded.and_then(|line| baseline?.lines.get(line));
            finding
                .help
                .extend(line.map(|line| of_strict(line, &finding.from, &sources)));
            findings.push(finding);
        }
    }
    let mut remarks: Vec<Remark> = hygiene::of_exceptions(config, &tally.exceptions, wishes.today);
    let counts = tally.lines.iter().zip(&tally.disregarded);
    let needed: Vec<bool> = counts.map(|(count, disregarded)| *count > 0 || *disregarded).collect();
    remarks.extend(baseline.into_iter().flat_map(|b| hygiene::of_baseline(b, &needed)));
    for remark in remarks {
        let level = tally.levels.of(remark.code, None);
        if level != Level::Allow {
            findings.push(writer.remark(remark, level));
        }
    }
    findings.sort_by(|a, b| place(a).cmp(&place(b)));
    let summary = summary(case, &tally, &findings);
    let root = crate::source::slashed(case.workspace().root.as_str());
    Report {
        workspace_root: root,
        summary,
        findings,
        notes: case.workspace().notes.clone(),
        sources,
        since: None,
        changed: None,
        stale_lines: (0..tally.lines.len()).filter(|line| tally.lines[*line] == 0).collect(),
    }
}

/// What is said of a finding that a line of the baseline would excuse.
fn of_strict(line: &Line, from: &str, sources: &Sources) -> String {
    let at = sources.location(line.span);
    format!(
        "`{from}` is strict (`[settings] strict`): what {}:{} says of it does not count, and `cargo boundaries baseline` takes it out",
        at.file, at.line
    )
}

/// By manifest path, position and rule.
pub(super) fn place(finding: &Finding) -> (&str, usize, &str, &str, &str, Option<&'static str>) {
    let kind = finding.kind.map(crate::workspace::DependencyKind::as_str);
    let at = &finding.primary;
    (&at.file, at.byte_start, &finding.rule, &finding.from, &finding.to, kind)
}

fn summary(case: &Case<'_, '_>, tally: &Tally<'_, '_, '_>, findings: &[Finding]) -> Summary {
    let workspace = case.workspace();
    let counting = |level| {
        let active = findings.iter().filter(|f| f.status == Status::Active);
        active.filter(|f| f.level == level).count()
    };
    let modules = workspace.members.len() - workspace.packages().len();
    Summary {
        members: workspace.packages().len(),
        dependencies: workspace.declaration_count(),
        rules: case.config().rule_count(),
        deny: counting(Level::Deny),
        warn: counting(Level::Warn),
        excepted: tally.excepted,
        baselined: tally.baselined,
        in_layer: packages_with(workspace, |node| case.architecture.layers_of(node).next().is_some()),
        in_context: packages_with(workspace, |node| case.architecture.context(node).is_some()),
        modules: Some(modules).filter(|modules| *modules > 0),
        references: (modules > 0).then(|| references(workspace)),
        engine: workspace.engine,
        elapsed_ms: 0.0,
    }
}

/// How many packages have a place, or have a module that has one.
fn packages_with(workspace: &Workspace, placed: impl Fn(NodeId) -> bool) -> usize {
    let nodes = (0..workspace.members.len()).map(NodeId::new);
    let packages = nodes
        .filter(|node| placed(*node))
        .filter_map(|node| workspace.package_of(node));
    packages.collect::<BTreeSet<_>>().len()
}

/// How many places in the source of modules name another module or a package.
fn references(workspace: &Workspace) -> usize {
    let modules = &workspace.members[workspace.packages().len()..];
    let divided: BTreeSet<NodeId> = modules
        .iter()
        .filter_map(|m| m.module.as_ref())
        .map(|m| m.package)
        .collect();
    // What leads into another such package is there twice: onto the module, and onto the package for rules that do not look
    // into that one.
    let counts = |d: &&Dependency| !divided.contains(&d.to);
    let edges = modules.iter().flat_map(|module| &module.dependencies).filter(counts);
    edges.filter_map(|d| d.uses.as_ref()).map(|uses| uses.count).sum()
}

/// What levels and exceptions decided.
#[derive(Clone, Copy)]
pub(super) struct Verdict {
    pub level: Level,
    pub status: Status,
    /// The line of the baseline that would excuse it, were it not strict.
    pub disregarded: Option<usize>,
}

/// Decides about candidates, and counts what excuses them.
struct Tally<'t, 'a, 'w> {
    case: &'t Case<'a, 'w>,
    levels: Levels<'t>,
    /// For each exception, the edges that it excuses, as reports name them.
    exceptions: Vec<Vec<String>>,
    /// For each line of the baseline, how many.
    lines: Vec<u64>,
    /// For each line of the baseline, whether it would excuse an edge, were that not of a strict member.
    disregarded: Vec<bool>,
    excepted: usize,
    baselined: usize,
}

impl Tally<'_, '_, '_> {
    /// The charge that is reported, the codes of the others that apply, and what it weighs; none where every charge's
    /// level is `allow`.
    fn decide<'c>(&mut self, candidate: &'c Candidate<'_>) -> Option<(&'c Charge, Vec<Code>, Verdict)> {
        let levels = self.levels;
        let level = |charge: &Charge| levels.of(charge.code, charge.rule);
        let reported = candidate.charges.iter().position(|c| level(c) != Level::Allow);
        // A rule that is switched off for a while does not make its exceptions stale.
        for charge in &candidate.charges[..reported.unwrap_or(candidate.charges.len())] {
            let excusing = excusing(self.case, candidate, charge);
            self.count(candidate, &excusing);
        }
        let position = reported?;
        let charge = &candidate.charges[position];
        let level_of_it = level(charge);
        let later = candidate.charges[position + 1..].iter();
        let others = later.filter(|c| level(c) != Level::Allow).map(|c| c.code).collect();
        let excusing = excusing(self.case, candidate, charge);
        self.count(candidate, &excusing);
        let status = if !excusing.exceptions.is_empty() {
            self.excepted += 1;
            Status::Excepted
        } else if !excusing.baseline.is_empty() {
            self.baselined += 1;
            Status::Baselined
        } else {
            Status::Active
        };
        let verdict = Verdict {
            level: level_of_it,
            status,
            disregarded: excusing.disregarded.first().copied(),
        };
        Some((charge, others, verdict))
    }

    fn count(&mut self, candidate: &Candidate<'_>, excusing: &Excusing) {
        for index in &excusing.exceptions {
            let edge = self.edge(candidate);
            self.exceptions[*index].push(edge);
        }
        for index in &excusing.baseline {
            self.lines[*index] += 1;
        }
        for index in &excusing.disregarded {
            self.disregarded[*index] = true;
        }
    }

    /// The edge that is excused, as reports name it.
    fn edge(&self, candidate: &Candidate<'_>) -> String {
        let (graph, workspace) = (self.case.graph, self.case.workspace());
        let shown = |from: &str, to: &str, kind| format!("`{from}` → `{to}` ({kind})");
        match &candidate.subject {
            Subject::Edge(id, _) => {
                let edge = graph.edge(*id);
                shown(workspace.name(edge.from), &workspace.identity(edge.to), edge.kind)
            }
            Subject::Path { first, to, .. } => {
                let edge = graph.edge(first.0);
                shown(workspace.name(edge.from), to, edge.kind)
            }
            Subject::Exposure { from, to, .. } => {
                shown(workspace.name(*from), &workspace.identity(*to), DependencyKind::Normal)
            }
            Subject::LeftOut { from, to, edge } => shown(from, to, graph.edge(*edge).kind),
            // These are never excused.
            Subject::Cycle(_) | Subject::Member(_) | Subject::Place(_) | Subject::Entry { .. } => String::new(),
        }
    }
}
