//! What stands around the drawing: the code, the path, the reason, the ways out, whom it concerns.

use std::fmt::Write as _;

use super::path;
use crate::finding::{Code, Finding, Status};
use crate::reporters::prose::{Pen, name, plural, shown};
use crate::source::{Location, Span, is_rust};

/// So many names of a list are printed; the rest is counted.
const NAMES: usize = 10;
/// A longer line of offered TOML is cut.
const LONGEST_LINE: usize = 1_000;

/// `boundaries::CODE`, with the rule's own name and the mark of an excused finding.
pub(super) fn code_line(finding: &Finding) -> String {
    let mut line = format!("boundaries::{}", finding.code);
    if finding.rule != finding.code.as_str() {
        let _ = write!(line, " ({})", name(&finding.rule));
    }
    match finding.status {
        Status::Active => {}
        Status::Excepted => line.push_str(" [excepted]"),
        Status::Baselined => line.push_str(" [baselined]"),
    }
    line
}

/// The declarations of the edge beside the one that the finding points at. The edges of a cycle are listed below the
/// drawing.
pub(super) fn further_declarations(finding: &Finding) -> Vec<(Span, String)> {
    if matches!(finding.code, Code::Cycle | Code::ContextCycle) && !finding.hops.is_empty() {
        return Vec::new();
    }
    let others = finding
        .declarations
        .iter()
        .filter(|d| d.location.span != finding.primary.span);
    let label = |target: &Option<String>| match target {
        Some(target) => format!("also declared here, for `{}`", name(target)),
        None => "also declared here".to_owned(),
    };
    others.map(|d| (d.location.span, label(&d.target))).collect()
}

/// Writes everything below the drawing.
pub(super) fn write(out: &mut String, finding: &Finding, pen: Pen) {
    path::write(out, finding, pen);
    usage(out, finding, pen);
    if let Some(reason) = finding.reason.as_ref().filter(|r| !r.trim().is_empty()) {
        let place = rule_place(finding).map(|at| format!(" ({at})")).unwrap_or_default();
        pen.remark(out, "because:", &format!("{}{place}", reason.trim()));
    }
    if let Some(track) = &finding.history {
        pen.remark(out, "history:", &track.text);
    }
    // What is excused asks for nothing.
    if finding.status == Status::Active {
        helps(out, &finding.help, pen);
    }
    if !finding.also_affects.is_empty() {
        let through = format!(
            "{} through `{}`",
            quoted(&finding.also_affects, pen),
            name(&finding.from)
        );
        pen.remark(out, "also reached by", &through);
    }
    if !finding.owners.is_empty() {
        let lead = if finding.owners.len() == 1 { "owner:" } else { "owners:" };
        pen.remark(out, lead, &finding.owners.join(", "));
    }
}

/// Writes where the source names what the finding is about: `used in src/invoice.rs:8, src/ledger.rs:3 and 2 more places`.
fn usage(out: &mut String, finding: &Finding, pen: Pen) {
    let Some(usage) = &finding.usage else { return };
    let itself = is_rust(&finding.primary.file);
    let listed = usage.places.len() + usize::from(itself);
    let more = usage.references.saturating_sub(listed);
    let before = std::iter::once(None).chain(usage.places.iter().map(Some));
    let shown = |(at, before): (&Location, Option<&Location>)| match before {
        Some(before) if before.file == at.file => at.line.to_string(),
        _ => place(&at.file, at.line),
    };
    let mut places: Vec<String> = usage.places.iter().zip(before).map(shown).collect();
    if more > 0 {
        places.push(format!("{more} more {}", plural(more, "place", "places")));
    }
    let lead = if itself { "also in" } else { "used in" };
    match places.pop() {
        None => {}
        Some(only) if places.is_empty() => pen.remark(out, lead, &only),
        Some(last) => pen.remark(out, lead, &format!("{} and {last}", places.join(", "))),
    }
}

/// Where the rule stands: the first place that explains the finding and lies in no manifest.
fn rule_place(finding: &Finding) -> Option<String> {
    let elsewhere = |file: &str| file.rsplit('/').next() == Some("Cargo.toml") || is_rust(file);
    let rule = finding.related.iter().find(|r| !elsewhere(&r.location.file))?;
    Some(format!("{}:{}", rule.location.file, rule.location.line))
}

/// Names in backticks; the end of a long list is counted.
fn quoted(names: &[String], pen: Pen) -> String {
    let shown = if pen.all() { names.len() } else { names.len().min(NAMES) };
    let mut text = names[..shown]
        .iter()
        .map(|n| format!("`{n}`"))
        .collect::<Vec<_>>()
        .join(", ");
    if names.len() > shown {
        let _ = write!(text, " and {} more", names.len() - shown);
    }
    text
}

/// Writes ways out. The first line of one is a sentence; further lines are TOML to be pasted, so they are neither
/// wrapped nor changed.
pub(crate) fn helps(out: &mut String, helps: &[String], pen: Pen) {
    for help in helps {
        let help = if pen.unicode() {
            help.clone()
        } else {
            help.replace('…', pen.ellipsis())
        };
        let mut lines = help.trim_end().lines();
        pen.remark(out, "help:", lines.next().unwrap_or_default());
        for line in lines {
            if !line.trim().is_empty() {
                out.push_str("          ");
                out.push_str(&shown(line, LONGEST_LINE));
            }
            out.push('\n');
        }
    }
}

/// `file:line` without anything that a terminal would obey.
pub(super) fn place(file: &str, line: usize) -> String {
    format!("{}:{line}", shown(file, LONGEST_LINE))
}
