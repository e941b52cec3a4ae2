//! `--format markdown`: a short report for the comment of a pull request.

use std::fmt::Write as _;

use super::{About, Notice, Outcome, Weight};
use crate::report::Since;
use crate::reporters::prose::{counted, plural};

/// Marks the comment, so that the next run can find it and write it anew.
const MARK: &str = "<!-- cargo-boundaries -->";
/// A comment on GitHub holds 65,536 characters; what follows this many is counted.
const LONGEST: usize = 60_000;

/// All workspaces in one comment.
#[must_use]
pub fn render(outcomes: &[Outcome<'_>]) -> String {
    let notices: Vec<Notice<'_>> = outcomes.iter().flat_map(Outcome::notices).collect();
    let (mut listed, excused): (Vec<_>, Vec<_>) = notices.iter().partition(|notice| !notice.excused());
    // What fails the run is read first.
    listed.sort_by_key(|notice| notice.weight == Weight::Warn);
    let mut text = format!("{MARK}\n### {}\n", heading(&listed));
    for report in outcomes.iter().filter_map(|outcome| outcome.result.ok()) {
        text.extend(report.since.iter().map(|since| format!("\n{}\n", compared(since))));
    }
    if !listed.is_empty() {
        text.push('\n');
    }
    for (position, notice) in listed.iter().enumerate() {
        let mut entry = String::new();
        write_entry(&mut entry, notice);
        if text.len() + entry.len() > LONGEST {
            let _ = writeln!(text, "- and {} more", listed.len() - position);
            break;
        }
        text.push_str(&entry);
    }
    if !excused.is_empty() {
        let _ = writeln!(text, "\n{} excused by exceptions or the baseline.", excused.len());
    }
    text
}

fn heading(listed: &[&Notice<'_>]) -> String {
    let of = |weight| listed.iter().filter(|notice| notice.weight == weight).count();
    if of(Weight::Failure) > 0 {
        return "cargo-boundaries could not check".to_owned();
    }
    match (of(Weight::Deny), of(Weight::Warn)) {
        (0, 0) => "cargo-boundaries: clean".to_owned(),
        (errors, 0) => format!("cargo-boundaries: {}", counted(errors, "error", "errors")),
        (0, warnings) => format!("cargo-boundaries: {}", counted(warnings, "warning", "warnings")),
        (errors, warnings) => format!(
            "cargo-boundaries: {}, {}",
            counted(errors, "error", "errors"),
            counted(warnings, "warning", "warnings")
        ),
    }
}

/// What the change brought and mended, in one line: the findings that follow are those that are new.
fn compared(since: &Since) -> String {
    let revision = code(&since.revision);
    let mut line = format!("Since {revision}: {} new, {} mended", since.new, since.fixed.len());
    if since.before > 0 {
        let _ = write!(
            line,
            "; {} {} there before",
            since.before,
            plural(since.before, "was", "were")
        );
    }
    line + "."
}

fn write_entry(text: &mut String, notice: &Notice<'_>) {
    let mark = match notice.weight {
        Weight::Failure | Weight::Deny => "❌",
        Weight::Warn => "⚠️",
    };
    let _ = write!(text, "- {mark} {}", inline(&notice.message));
    if let Some(place) = &notice.place {
        let _ = write!(
            text,
            "<br>{} `[{}]`",
            code(&format!("{}:{}", place.path, place.location.line)),
            notice.code
        );
    } else {
        let _ = write!(text, " `[{}]`", notice.code);
    }
    text.push('\n');
    // A comment is read in passing: one way out will do, and TOML to paste stands in the report of the run.
    let help = notice
        .details
        .iter()
        .find(|d| d.about == About::Help && !d.text.contains('\n'));
    let before = notice
        .details
        .iter()
        .filter(|d| matches!(d.about, About::Path | About::Reason));
    let owners = notice.details.iter().filter(|d| d.about == About::Owners);
    for detail in before.chain(help).chain(owners) {
        let _ = match detail.about {
            About::Path | About::Help => writeln!(text, "  - {}", inline(&detail.text)),
            About::Reason => writeln!(text, "  - because {}", inline(&detail.text)),
            About::Owners => writeln!(text, "  - {}", code(&detail.text)),
        };
    }
}

/// A sentence with names in backticks; outside them nothing is markup, calls nobody and links nowhere.
pub(crate) fn inline(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    let paired = parts.len() % 2 == 1;
    let mut written = String::new();
    for (position, part) in parts.iter().enumerate() {
        match position % 2 {
            1 if paired => written.push_str(&code(part)),
            _ => plain(&mut written, part),
        }
    }
    written
}

fn plain(written: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '\\' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '`' => written.extend(['\\', c]),
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            '&' => written.push_str("&amp;"),
            // A word joiner is not seen, and keeps a name from being notified.
            '@' => written.push_str("@\u{2060}"),
            c => written.push(c),
        }
    }
}

/// Text in backticks, of which it may hold some itself.
pub(crate) fn code(text: &str) -> String {
    let runs = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(runs + 1);
    match runs {
        0 => format!("{fence}{text}{fence}"),
        _ => format!("{fence} {text} {fence}"),
    }
}
