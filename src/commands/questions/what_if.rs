//! The answer to `what-if`, as people read it.

use std::fmt::Write as _;

use super::parts;
use crate::finding::Finding;
use crate::questions::what_if::{Counts, WhatIf};
use crate::reporters::prose::{Pen, wrap};

pub(super) fn human(what_if: &WhatIf, pen: Pen) -> String {
    let mut out = String::new();
    let difference = &what_if.difference;
    let (appearing, vanishing) = (difference.appearing.len(), difference.vanishing.len());
    let effect = match (appearing, vanishing, difference.spreading.len()) {
        (0, 0, 0) => "nothing changes".to_owned(),
        (0, 0, spreading) => format!("{} further", counted(spreading, "finding reaches", "findings reach")),
        (appearing, 0, _) => counted(appearing, "finding appears", "findings appear"),
        (0, vanishing, _) => counted(vanishing, "finding vanishes", "findings vanish"),
        (appearing, vanishing, _) => {
            let appear = counted(appearing, "finding appears", "findings appear");
            format!(
                "{appear}, {vanishing} {}",
                if vanishing == 1 { "vanishes" } else { "vanish" }
            )
        }
    };
    let text = format!("if {}: {effect}", what_if.change);
    for line in wrap(&text, pen.prose_width()) {
        let _ = writeln!(out, "{line}");
    }
    for (mark, findings) in [("+ ", &difference.appearing), ("- ", &difference.vanishing)] {
        section(&mut out, mark, findings, pen);
    }
    for spread in &difference.spreading {
        out.push('\n');
        parts::head(&mut out, &spread.finding, "+ ", pen);
        let also: Vec<String> = spread.crates.iter().map(|name| format!("`{name}`")).collect();
        pen.remark(&mut out, "  then also:", &also.join(", "));
    }
    for misfit in what_if.misfits.iter().filter(|_| !pen.quiet()) {
        out.push('\n');
        let place = misfit.place.as_ref().map(|at| format!(" ({})", parts::place(at)));
        let text = format!(
            "boundaries.toml would have to change: {}{}",
            misfit.message,
            place.unwrap_or_default()
        );
        pen.remark(&mut out, "note:", &text);
    }
    let _ = writeln!(
        out,
        "\ntoday: {}; then: {}",
        counts(what_if.before),
        counts(what_if.after)
    );
    out
}

/// Findings in the order of the report, each with the place to look at.
fn section(out: &mut String, mark: &str, findings: &[Finding], pen: Pen) {
    if findings.is_empty() {
        return;
    }
    out.push('\n');
    for finding in findings {
        parts::head(out, finding, mark, pen);
        let _ = writeln!(out, "    {}", pen.dim(&parts::place(&finding.primary)));
    }
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn counts(counts: Counts) -> String {
    let errors = counted(counts.deny, "error", "errors");
    match counts.warn {
        0 => errors,
        warnings => format!("{errors}, {}", counted(warnings, "warning", "warnings")),
    }
}
