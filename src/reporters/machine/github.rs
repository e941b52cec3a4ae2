//! `--format github`: workflow commands, which GitHub Actions turns into annotations on the changed lines.
//!
//! The commands and their escapes are those of the toolkit's own `issueCommand` (actions/toolkit,
//! `packages/core/src/command.ts`).

use std::fmt::Write as _;

use super::{Notice, Outcome, Weight};

/// One `::error` or `::warning` a notice; what is excused is not annotated.
#[must_use]
pub fn render(outcome: &Outcome<'_>) -> String {
    let mut text = String::new();
    for notice in outcome.notices().iter().filter(|notice| !notice.excused()) {
        command(&mut text, notice);
    }
    text
}

fn command(text: &mut String, notice: &Notice<'_>) {
    let word = match notice.weight {
        Weight::Failure | Weight::Deny => "error",
        Weight::Warn => "warning",
    };
    let _ = write!(text, "::{word} ");
    if let Some(place) = &notice.place {
        let at = &place.location;
        let _ = write!(text, "file={},line={}", property(&place.path), at.line);
        let _ = write!(text, ",endLine={}", at.end_line);
        // GitHub refuses columns where the lines differ.
        if at.line == at.end_line {
            let _ = write!(text, ",col={},endColumn={}", at.column, at.end_column);
        }
        text.push(',');
    }
    let title = format!("boundaries::{}", notice.code);
    let _ = writeln!(text, "title={}::{}", property(&title), data(&notice.whole()));
}

/// Text after the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, which ends at a comma or a colon.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
