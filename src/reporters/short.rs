//! `--format short`: `file:line:col: level[code] message`, one line a finding.

use std::fmt::Write as _;

use crate::error::Error;
use crate::finding::{Finding, Level, Status};
use crate::report::Report;
use crate::source::printable;

/// The lines of a run that checked.
#[must_use]
pub fn render(report: &Report) -> String {
    let mut text = String::new();
    for finding in report.findings.iter().filter(|f| f.level != Level::Allow) {
        line(&mut text, finding);
    }
    text
}

/// One finding.
pub(crate) fn line(text: &mut String, finding: &Finding) {
    let at = &finding.primary;
    let status = match finding.status {
        Status::Active => "",
        Status::Excepted => " (excepted)",
        Status::Baselined => " (baselined)",
    };
    // A rule's own name says more than its code where it has one.
    let code = finding.code.as_str();
    let rule = match finding.rule.as_str() {
        rule if rule == code => String::new(),
        rule => format!("{}: ", printable(rule)),
    };
    let _ = writeln!(
        text,
        "{}:{}:{}: {}[{code}] {rule}{}{status}",
        printable(&at.file),
        at.line,
        at.column,
        finding.level,
        printable(&finding.message),
    );
}

/// The lines of a run that could not check.
#[must_use]
pub fn render_error(error: &Error) -> String {
    let mut text = String::new();
    for problem in &error.problems {
        if let Some((span, _)) = problem.labels.first() {
            let at = error.sources.location(*span);
            let _ = write!(text, "{}:{}:{}: ", printable(&at.file), at.line, at.column);
        }
        let _ = writeln!(text, "error[{}] {}", problem.kind.as_str(), printable(&problem.message));
    }
    text
}
