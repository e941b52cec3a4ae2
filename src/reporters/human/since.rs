//! What a comparison with an earlier revision comes to.

use std::fmt::Write as _;

use crate::report::Report;
use crate::reporters::prose::{Pen, counted, name};

/// So many mended findings are named unless all are asked for; the rest is counted.
const NAMED: usize = 20;

/// Writes what was mended since the revision.
pub(super) fn write(out: &mut String, report: &Report, pen: Pen) {
    let Some(since) = report.since.as_ref().filter(|since| !since.fixed.is_empty()) else {
        return;
    };
    let _ = writeln!(
        out,
        "{} since {}:",
        pen.good(&format!("{} fixed", since.fixed.len())),
        name(&since.revision)
    );
    let shown = if pen.all() {
        since.fixed.len()
    } else {
        since.fixed.len().min(NAMED)
    };
    for fixed in &since.fixed[..shown] {
        pen.remark(out, &format!("{}:", name(&fixed.rule)), &fixed.message);
    }
    if since.fixed.len() > shown {
        let _ = writeln!(out, "  and {} more (`--all` names all)", since.fixed.len() - shown);
    }
    out.push('\n');
}

/// What the last line says of it.
pub(super) fn parts(report: &Report) -> Vec<String> {
    [compared(report), kept(report)].into_iter().flatten().collect()
}

/// How the run compares with a revision.
fn compared(report: &Report) -> Option<String> {
    let since = report.since.as_ref()?;
    let mut parts = vec![match since.new {
        0 => "nothing new".to_owned(),
        new => format!("{new} new"),
    }];
    if !since.fixed.is_empty() {
        parts.push(format!("{} fixed", since.fixed.len()));
    }
    if since.before > 0 {
        parts.push(format!("{} there before", since.before));
    }
    Some(format!("since {}: {}", name(&since.revision), parts.join(", ")))
}

/// Which members were judged.
fn kept(report: &Report) -> Option<String> {
    let changed = report.changed.as_ref()?;
    Some(if changed.all {
        format!(
            "all judged, since what they share changed since {}",
            name(&changed.revision)
        )
    } else {
        let crates = counted(changed.members, "crate", "crates");
        format!("only {crates} judged, changed since {}", name(&changed.revision))
    })
}
