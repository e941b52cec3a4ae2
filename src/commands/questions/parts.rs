//! What answers share: paths, findings in a few lines, and grounds.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use crate::finding::{Finding, Level, Status};
use crate::questions::Ground;
use crate::questions::paths::PathHop;
use crate::reporters::human::{helps, steps};
use crate::reporters::prose::{Pen, name, pad, wrap};
use crate::source::{Location, printable};

/// A wider name of a rule does not push what it says.
const WIDEST_RULE: usize = 28;

/// Writes a path, one step a line.
pub(super) fn path(out: &mut String, path: &[PathHop], pen: Pen) {
    let more = |step: &PathHop| conditions(step.target.as_deref(), step.optional);
    let rows: Vec<_> = path.iter().map(|step| (&step.hop, more(step))).collect();
    steps(out, &rows, pen);
}

/// `, optional, cfg(unix)`: on what a dependency hangs.
pub(super) fn conditions(target: Option<&str>, optional: bool) -> String {
    let mut text = String::new();
    if optional {
        text.push_str(", optional");
    }
    if let Some(target) = target {
        let _ = write!(text, ", {}", name(target));
    }
    text
}

/// `file:line`.
pub(super) fn place(at: &Location) -> String {
    format!("{}:{}", printable(&at.file), at.line)
}

/// How much of a finding is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail {
    /// All of it.
    Full,
    /// All but its path, which stands above.
    WithoutPath,
    /// Its path and its rule.
    Brief,
}

/// `deny[layer] message`, and below it where the rule stands, why, and what to do.
pub(super) fn objection(out: &mut String, finding: &Finding, detail: Detail, pen: Pen) {
    head(out, finding, "", pen);
    if finding.hops.len() > 1 && detail != Detail::WithoutPath {
        let rows: Vec<_> = finding.hops.iter().map(|hop| (hop, String::new())).collect();
        steps(out, &rows, pen);
    }
    let manifest = |file: &str| file.rsplit('/').next() == Some("Cargo.toml");
    if let Some(rule) = finding.related.iter().find(|r| !manifest(&r.location.file)) {
        let named = finding.rule != finding.code.as_str();
        let text = if named {
            format!("`{}`", finding.rule)
        } else {
            rule.message.clone()
        };
        pen.remark(out, "rule:", &format!("{text} ({})", place(&rule.location)));
    }
    if detail == Detail::Brief {
        return;
    }
    if let Some(reason) = finding.reason.as_ref().filter(|reason| !reason.trim().is_empty()) {
        pen.remark(out, "because:", reason);
    }
    if finding.status == Status::Active && !pen.quiet() {
        helps(out, &finding.help, pen);
    }
}

/// `mark deny[code] rule: message`, wrapped.
pub(super) fn head(out: &mut String, finding: &Finding, mark: &str, pen: Pen) {
    let code = finding.code.as_str();
    let word = match (finding.status, finding.level) {
        (Status::Excepted, _) => "excepted",
        (Status::Baselined, _) => "baselined",
        (Status::Active, level) => level.as_str(),
    };
    let painted = match (finding.status, finding.level) {
        (Status::Active, Level::Deny) => pen.bad(word),
        (Status::Active, _) => pen.doubtful(word),
        _ => pen.dim(word),
    };
    let rule = match finding.rule.as_str() {
        rule if rule == code => String::new(),
        rule => format!("{rule}: "),
    };
    let text = format!("{mark}{word}[{code}] {rule}{}", finding.message);
    for (index, line) in wrap(&text, pen.prose_width().saturating_sub(4)).iter().enumerate() {
        // The word is ours, and stands at the beginning: colour can be put around it once lines are broken.
        let _ = match line.strip_prefix(mark).and_then(|rest| rest.strip_prefix(word)) {
            Some(rest) if index == 0 => writeln!(out, "{mark}{painted}{rest}"),
            _ => writeln!(out, "    {line}"),
        };
    }
}

/// Writes what rules say for a dependency, in two columns.
pub(super) fn grounds(out: &mut String, grounds: &[Ground], pen: Pen) {
    let widest = grounds
        .iter()
        .map(|ground| name(&ground.rule).width())
        .max()
        .unwrap_or(0);
    let widest = widest.min(WIDEST_RULE);
    let mut before = "";
    for ground in grounds {
        let rule = if ground.rule == before { "" } else { &ground.rule };
        before = &ground.rule;
        let place = ground
            .place
            .as_ref()
            .map(|at| format!(" ({})", place(at)))
            .unwrap_or_default();
        let says = format!("{}{place}", ground.says);
        let room = pen.prose_width().saturating_sub(widest + 4);
        for (index, line) in wrap(&says, room).iter().enumerate() {
            let mut lead = String::new();
            pad(&mut lead, &name(if index == 0 { rule } else { "" }), widest);
            let line = if ground.judges { line.clone() } else { pen.dim(line) };
            let _ = writeln!(out, "  {}  {line}", pen.lead(&lead));
        }
    }
}
