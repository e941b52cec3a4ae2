//! `--format junit`: one `<testcase>` a finding, each with its one `<failure>`, in the dialect that Jenkins publishes a
//! schema for and that other servers read.

use std::fmt::Write as _;

use super::{Notice, Outcome, Weight};
use crate::source::printable;

/// One `<testsuite>` a workspace.
#[must_use]
pub fn render(outcomes: &[Outcome<'_>]) -> String {
    let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"cargo-boundaries\">\n".to_owned();
    for outcome in outcomes {
        suite(&mut text, outcome);
    }
    text.push_str("</testsuites>\n");
    text
}

fn suite(text: &mut String, outcome: &Outcome<'_>) {
    let notices = outcome.notices();
    let skipped = notices.iter().filter(|notice| notice.excused()).count();
    let errors = notices.iter().filter(|notice| notice.weight == Weight::Failure).count();
    let failures = notices.len() - skipped - errors;
    let (name, seconds) = match outcome.result {
        Ok(report) => (report.workspace_root.as_str(), report.summary.elapsed_ms / 1e3),
        Err(_) => ("the workspace could not be checked", 0.0),
    };
    let _ = writeln!(
        text,
        "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{failures}\" errors=\"{errors}\" skipped=\"{skipped}\" time=\"{seconds:.3}\">",
        attribute(name),
        notices.len().max(1),
    );
    for notice in &notices {
        case(text, notice);
    }
    if notices.is_empty() {
        // Servers take a suite without a test for one that did not run.
        text.push_str("    <testcase classname=\"boundaries\" name=\"check\"/>\n");
    }
    text.push_str("  </testsuite>\n");
}

fn case(text: &mut String, notice: &Notice<'_>) {
    let (element, kind) = match notice.weight {
        Weight::Failure => ("error", "failure"),
        Weight::Deny => ("failure", "deny"),
        Weight::Warn => ("failure", "warn"),
    };
    let _ = writeln!(
        text,
        "    <testcase classname=\"boundaries.{}\" name=\"{}\">",
        notice.code,
        attribute(&notice.fingerprint),
    );
    let message = attribute(&notice.message);
    if notice.excused() {
        let _ = writeln!(text, "      <skipped message=\"{message}\"/>");
    } else {
        let place = notice.place.as_ref();
        let place = place.map(|p| format!("{}:{}:{}\n", p.path, p.location.line, p.location.column));
        let lines = place.unwrap_or_default() + &notice.whole();
        let _ = writeln!(
            text,
            "      <{element} type=\"{kind}\" message=\"{message}\">{}</{element}>",
            content(&lines)
        );
    }
    text.push_str("    </testcase>\n");
}

/// Text between tags. What XML 1.0 cannot hold (control characters, which paths and names may have) is not there any more.
fn content(text: &str) -> String {
    let holds = |c: char| c == '\n' || (!c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}'));
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            c if holds(c) => escaped.push(c),
            _ => escaped.push('\u{fffd}'),
        }
    }
    escaped
}

fn attribute(text: &str) -> String {
    content(&printable(text)).replace('"', "&quot;")
}
