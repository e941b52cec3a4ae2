//! The signals as Markdown, for the comment of a pull request or a page.

use std::fmt::Write as _;

use super::{Answer, texts};
use crate::commands::{relations, trend};
use crate::reporters::machine::markdown::{code, inline};
use crate::reporters::prose::shown;
use crate::signals::evidence::Signal;

/// A comment on GitHub holds 65,536 characters; what follows this many is counted.
const LONGEST: usize = 60_000;
/// A subject is not shown longer.
const SUBJECT: usize = 100;

/// The answer.
pub(super) fn markdown(answer: &Answer<'_>) -> String {
    let signals: Vec<&Signal> = answer
        .judgement
        .signals
        .iter()
        .filter(|signal| !answer.repeats(signal))
        .collect();
    let flagged = signals.iter().filter(|signal| signal.expected_by.is_none()).count();
    let heading = match flagged {
        0 if answer.can_tell() => "cargo-boundaries: history shows no signal".to_owned(),
        0 => "cargo-boundaries: what history shows".to_owned(),
        1 => "cargo-boundaries: 1 signal from history".to_owned(),
        flagged => format!("cargo-boundaries: {flagged} signals from history"),
    };
    let mut text = format!("### {heading}\n\n{}.\n", inline(&answer.basis()));
    let more = answer
        .left_out()
        .into_iter()
        .chain(answer.caution())
        .chain(answer.thin());
    for line in more.chain(answer.notes.iter().cloned()) {
        let _ = writeln!(text, "\n{}.", inline(&line));
    }
    for (position, signal) in signals.iter().enumerate() {
        let mut entry = String::new();
        one(&mut entry, answer, signal);
        if text.len() + entry.len() > LONGEST {
            let _ = writeln!(text, "\nand {} more", signals.len() - position);
            break;
        }
        text.push_str(&entry);
    }
    if let Some(config) = answer.subject.config {
        let list = relations::markdown(&answer.judgement.relations, config, answer.sources);
        if !list.is_empty() && text.len() + list.len() < LONGEST {
            let _ = write!(text, "\n#### relation\n\n{list}");
        }
    }
    for line in answer.whole() {
        let _ = writeln!(text, "\n{}.", inline(&line));
    }
    if let Some(found) = answer.trend.as_ref().filter(|found| found.all.commits > 0) {
        let table = trend::markdown(found, &answer.parts);
        if text.len() + table.len() < LONGEST {
            let _ = write!(text, "\n#### crossing\n\n{table}");
        }
    }
    text
}

fn one(text: &mut String, answer: &Answer<'_>, signal: &Signal) {
    let _ = writeln!(text, "\n#### {}: {}\n", signal.id, inline(&answer.headline(signal)));
    let _ = writeln!(text, "{}.", inline(&answer.evidence(signal)));
    if let Some(by) = &signal.expected_by {
        let _ = writeln!(text, "A declared relation expects it: {}.", code(by));
    }
    text.push('\n');
    let history = answer.subject.history;
    for carrier in &signal.files {
        let [one, other] = carrier.files.map(|file| code(&shown(texts::path(history, file), 200)));
        let _ = writeln!(
            text,
            "- {one} and {other}, in {} of {}",
            carrier.commits, signal.counts.shared
        );
    }
    for id in &signal.examples {
        if let Some((abbreviated, subject)) = answer.commits.get(id) {
            // Hashes and names in subjects are nobody to call and nothing to link to.
            let _ = writeln!(text, "- {} {}", code(abbreviated), inline(&shown(subject, SUBJECT)));
        }
    }
    if !signal.suggestions.is_empty() {
        text.push_str("\nWays out:\n");
    }
    for (at, suggestion) in (1..).zip(&signal.suggestions) {
        let _ = writeln!(
            text,
            "{at}. {}; against it: {}",
            inline(&suggestion.way),
            inline(&suggestion.against)
        );
    }
}
