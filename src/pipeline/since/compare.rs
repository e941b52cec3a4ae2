//! Sorts the findings of today: new, there before, made legal, hidden by a baseline that grew.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::crossed;
use crate::error::Error;
use crate::finding::{Code, EdgeIdentity, Finding, Level, Status};
use crate::git::Revision;
use crate::pipeline::Loaded;
use crate::report::since::{grown, is_about_the_same, is_left, is_same, legalised};
use crate::report::{Fixed, Report, Since};
use crate::source::Sources;

/// The report of today with only what is new since the revision.
pub fn compare(
    today: &Loaded,
    then: Option<&Loaded>,
    revision: &Revision,
    show_excepted: bool,
) -> Result<Report, Error> {
    let mut report = today.check()?;
    let past = match then {
        Some(then) => {
            today.share_builds(then);
            then.check()
                .map_err(|error| super::unreadable(error, revision))?
                .findings
        }
        None => Vec::new(),
    };
    let past_active: Vec<&Finding> = past.iter().filter(|f| f.status == Status::Active).collect();
    let mut further = Vec::new();
    match then {
        Some(then) => {
            further.extend(made_legal(today, then, revision, &mut report));
            further.extend(grown_lines(today, then, revision, &report, &past));
        }
        None => report.notes.push(format!(
            "there was no boundaries.toml at `{}`: everything counts as new, and the baseline as first written",
            revision.name
        )),
    }
    let fixed = past_active
        .iter()
        .filter(|then| !report.findings.iter().any(|now| is_left(then, now)))
        .map(|then| Fixed::of(then));
    let fixed: Vec<Fixed> = fixed.collect();
    let known = |finding: &Finding| past_active.iter().any(|then| is_same(finding, then));
    let mut before = 0;
    report.findings.retain(|finding| match finding.status {
        Status::Active if known(finding) => {
            before += 1;
            false
        }
        Status::Active => true,
        _ => show_excepted,
    });
    report.findings.extend(further);
    report.sort();
    report.since = Some(Since {
        revision: revision.name.clone(),
        commit: revision.commit.clone(),
        new: 0,
        before,
        fixed,
    });
    Ok(report)
}

/// Edges of today that the rules of then forbade, and today's do not.
fn made_legal(today: &Loaded, then: &Loaded, revision: &Revision, report: &mut Report) -> Vec<Finding> {
    let level = today.level(Code::LegalisedEdge);
    if level == Level::Allow || crossed::is_same_law(today, then) {
        return Vec::new();
    }
    let Some(by_old_law) = crossed::judge(today, then) else {
        report.notes.push(format!(
            "rules that are looser than at `{}` were not looked for: that needs Cargo.lock",
            revision.name
        ));
        return Vec::new();
    };
    // The places of the old boundaries.toml are in these, and so are all of today's.
    let sources: Arc<Sources> = Arc::clone(&by_old_law.sources);
    let forbidden = by_old_law.findings.into_iter();
    let forbidden = forbidden.filter(|f| f.status == Status::Active && !f.path.is_empty());
    let mut found = Vec::new();
    for edge in forbidden {
        let now: Vec<&Finding> = report.findings.iter().filter(|f| is_about_the_same(&edge, f)).collect();
        let still = now
            .iter()
            .any(|f| matches!(f.status, Status::Active | Status::Baselined));
        if !still {
            let excepted = now.into_iter().find(|f| f.status == Status::Excepted);
            found.push(legalised(edge, excepted, &revision.name, level));
        }
    }
    report.sources = sources;
    found
}

/// Lines that the baseline of then did not have: for edges that are new, or that the rules of then forbade. Those that
/// only stricter rules object to are the price of the rules, and so are all where no baseline stood.
fn grown_lines(today: &Loaded, then: &Loaded, revision: &Revision, report: &Report, past: &[Finding]) -> Vec<Finding> {
    let level = today.level(Code::GrownBaseline);
    let (Some(baseline), Some(before)) = (&today.written.baseline, &then.written.baseline) else {
        return Vec::new();
    };
    let known: BTreeSet<EdgeIdentity> = before.lines.iter().map(crate::baseline::Line::edge).collect();
    let mut told = BTreeSet::new();
    let mut added = baseline.lines.iter().filter(|line| !known.contains(&line.edge()));
    let mut added: Vec<_> = added.by_ref().filter(|line| told.insert(line.edge())).collect();
    if level == Level::Allow || added.is_empty() {
        return Vec::new();
    }
    // What today's rules would have found then, whatever was excused.
    let by_new_law = crossed::judge(then, today);
    let stood = |edge: &EdgeIdentity| {
        let names = |finding: &Finding| finding.excusable.contains(edge);
        by_new_law
            .as_ref()
            .is_some_and(|report| report.findings.iter().any(names))
    };
    let forbidden = |edge: &EdgeIdentity| {
        let names = |finding: &&Finding| finding.excusable.contains(edge);
        past.iter()
            .filter(names)
            .any(|finding| finding.status == Status::Active)
    };
    added.retain(|line| forbidden(&line.edge()) || !stood(&line.edge()));
    let covered = |line: &crate::baseline::Line| {
        let edge = line.edge();
        report.findings.iter().find(|finding| finding.excusable.contains(&edge))
    };
    added
        .into_iter()
        .map(|line| grown(line, &report.sources, covered(line), &revision.name, level))
        .collect()
}
