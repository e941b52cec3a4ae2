//! What a run comes to: what was not drawn, and the last line.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::finding::Finding;
use crate::report::Summary;
use crate::reporters::prose::{Pen, counted, name, plural};

/// Writes how many findings were not drawn, by rule, the most frequent first.
pub(super) fn rest(out: &mut String, findings: &[&Finding]) {
    if findings.is_empty() {
        return;
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in findings {
        *counts.entry(&finding.rule).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let total = findings.len().to_string();
    let _ = writeln!(
        out,
        "{total} more {} not drawn (`--all` draws all):",
        plural(findings.len(), "is", "are")
    );
    for (rule, count) in counts {
        let _ = writeln!(out, "  {count:>width$}  {}", name(rule), width = total.len());
    }
    out.push('\n');
}

/// Writes which command says more of the first finding's code.
pub(super) fn explain_hint(out: &mut String, findings: &[&Finding], pen: Pen) {
    if let Some(first) = findings.first() {
        let hint = format!("more on a code: `cargo boundaries explain {}`", first.code);
        let _ = writeln!(out, "{}\n", pen.dim(&hint));
    }
}

/// Writes how many problems there were.
pub(super) fn problems(out: &mut String, count: usize, hidden: usize, pen: Pen) {
    let text = format!("could not go on: {count} problems");
    out.push_str(&pen.bad(&text));
    if hidden > 0 {
        let _ = write!(out, " ({hidden} not drawn: `--all` draws all)");
    }
    out.push('\n');
}

/// Writes the last line of every run. Parts that are zero are left out; `further` is what else a run has to say of itself.
pub(super) fn last_line(out: &mut String, summary: &Summary, further: &[String], pen: Pen) {
    let _ = write!(
        out,
        "checked {} and {}{} against {} in {}: {}",
        counted(summary.members, "crate", "crates"),
        counted(summary.dependencies, "dependency", "dependencies"),
        inside(summary),
        counted(summary.rules, "rule", "rules"),
        elapsed(summary.elapsed_ms),
        verdict(summary, pen),
    );
    let excused = [(summary.excepted, "excepted"), (summary.baselined, "baselined")];
    let excused: Vec<String> = excused
        .iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, word)| format!("{n} {word}"))
        .collect();
    let parts: Vec<String> = [excused.join(", "), placed(summary)]
        .into_iter()
        .filter(|p| !p.is_empty())
        .collect();
    if !parts.is_empty() {
        let _ = write!(out, " ({})", parts.join("; "));
    }
    for part in further {
        let _ = write!(out, "; {part}");
    }
    out.push('\n');
}

/// What was seen inside of packages, where a rule looks into some.
fn inside(summary: &Summary) -> String {
    match (summary.modules, summary.references) {
        (Some(modules), Some(references)) => format!(
            ", {} and {},",
            counted(modules, "module", "modules"),
            counted(references, "reference", "references")
        ),
        _ => String::new(),
    }
}

/// `clean`, or the counts of what was found.
fn verdict(summary: &Summary, pen: Pen) -> String {
    let mut parts = Vec::new();
    if summary.deny > 0 {
        parts.push(pen.bad(&counted(summary.deny, "error", "errors")));
    }
    if summary.warn > 0 {
        parts.push(pen.doubtful(&counted(summary.warn, "warning", "warnings")));
    }
    if parts.is_empty() {
        return pen.good("clean");
    }
    parts.join(", ")
}

/// How many crates have a place; the word `crates` stands with the first number.
fn placed(summary: &Summary) -> String {
    let (layer, context) = (summary.in_layer, summary.in_context);
    match (layer, context) {
        (0, 0) => String::new(),
        (_, 0) => format!("{} in a layer", counted(layer, "crate", "crates")),
        (0, _) => format!("{} in a context", counted(context, "crate", "crates")),
        _ => format!(
            "{} in a layer, {context} in a context",
            counted(layer, "crate", "crates")
        ),
    }
}

/// Whole milliseconds; tenths below one, so that a fast run does not claim to take no time; seconds from ten on.
fn elapsed(ms: f64) -> String {
    if ms < 0.95 {
        format!("{:.1} ms", ms.max(0.1))
    } else if ms < 9_999.5 {
        format!("{ms:.0} ms")
    } else {
        format!("{:.1} s", ms / 1_000.0)
    }
}
