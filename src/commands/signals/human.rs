//! The signals as people read them: what was looked at, then each signal with its numbers, the files that carry it, commits
//! to look at and ways out.

use std::fmt::Write as _;

use super::{Answer, texts};
use crate::commands::{relations, trend};
use crate::reporters::prose::{Pen, counted, name, shown, wrap};
use crate::signals::SignalId;
use crate::signals::evidence::Signal;
use crate::signals::relations::Tested;

/// So many signals of one sort are drawn unless all are asked for.
const DRAWN: usize = 5;
/// A subject is not shown longer.
const SUBJECT: usize = 60;

/// The answer for people.
pub(super) fn human(answer: &Answer<'_>, pen: Pen) -> String {
    let mut out = String::new();
    paragraph(&mut out, "", &answer.basis(), pen);
    if let Some(text) = answer.left_out().filter(|_| !pen.quiet()) {
        paragraph(&mut out, "  ", &text, pen);
    }
    for text in answer.caution().iter().chain(&answer.thin()) {
        out.push('\n');
        paragraph(&mut out, "", text, pen);
    }
    for id in SignalId::ALL {
        section(&mut out, answer, id, pen);
        if id == SignalId::Relation {
            relations(&mut out, answer, pen);
        }
    }
    let found = !answer.judgement.signals.is_empty() || !answer.judgement.relations.is_empty();
    if answer.can_tell() && !found {
        out.push('\n');
        let about = if answer.focus.is_empty() {
            ""
        } else {
            " about what was asked"
        };
        paragraph(&mut out, "", &format!("history shows no signal{about}"), pen);
    }
    if !pen.quiet() {
        closing(&mut out, answer, pen);
    }
    out
}

/// How many commits cross contexts, for people.
pub(super) fn trend(answer: &Answer<'_>, pen: Pen) -> String {
    let mut out = String::new();
    paragraph(&mut out, "", &answer.basis(), pen);
    if let Some(text) = answer.left_out().filter(|_| !pen.quiet()) {
        paragraph(&mut out, "  ", &text, pen);
    }
    if answer.subject.history.insufficient.is_some() {
        out.push('\n');
        answer
            .caution()
            .iter()
            .for_each(|text| paragraph(&mut out, "", text, pen));
    }
    if let Some(found) = &answer.trend {
        out.push('\n');
        out.push_str(&trend::human(found, &answer.parts, pen));
    }
    out
}

fn relations(out: &mut String, answer: &Answer<'_>, pen: Pen) {
    let Some(config) = answer.subject.config.filter(|_| !answer.judgement.relations.is_empty()) else {
        return;
    };
    let commits = |tested: &Tested| {
        let known = tested.examples.iter().filter_map(|id| answer.commits.get(id));
        known
            .map(|(id, subject)| format!("{id} {}", shown(subject, room(pen))))
            .collect()
    };
    out.push('\n');
    out.push_str(&relations::human(
        &answer.judgement.relations,
        config,
        answer.sources,
        pen,
        &commits,
    ));
}

fn section(out: &mut String, answer: &Answer<'_>, id: SignalId, pen: Pen) {
    let of_id = answer
        .judgement
        .signals
        .iter()
        .filter(|signal| signal.id == id && !answer.repeats(signal));
    let (expected, flagged): (Vec<&Signal>, Vec<&Signal>) = of_id.partition(|signal| signal.expected_by.is_some());
    let most = if pen.all() || !answer.focus.is_empty() {
        usize::MAX
    } else {
        DRAWN
    };
    if !flagged.is_empty() {
        let _ = writeln!(out, "\n{} ({})", pen.lead(id.as_str()), flagged.len());
    }
    for signal in flagged.iter().take(most) {
        out.push('\n');
        one(out, answer, signal, pen);
    }
    let rest: Vec<&&Signal> = flagged.iter().skip(most).collect();
    if !rest.is_empty() {
        let text = format!(
            "{} more; `--all` shows every one",
            counted(rest.len(), "signal", "signals")
        );
        let _ = writeln!(out, "\n  {}", pen.dim(&text));
    }
    if !expected.is_empty() && !pen.quiet() {
        let _ = writeln!(
            out,
            "\n{} that declared relations expect ({})",
            pen.lead(id.as_str()),
            expected.len()
        );
        for signal in expected {
            let by = signal.expected_by.as_deref().unwrap_or_default();
            paragraph(out, "  ", &format!("{} (`{by}`)", answer.headline(signal)), pen);
        }
    }
}

fn one(out: &mut String, answer: &Answer<'_>, signal: &Signal, pen: Pen) {
    paragraph(out, "  ", &answer.headline(signal), pen);
    if pen.quiet() {
        return;
    }
    paragraph(out, "    ", &answer.evidence(signal), pen);
    files(out, answer, signal, pen);
    for (at, id) in signal.examples.iter().enumerate() {
        let (abbreviated, subject) = answer.commits.get(id).map_or(("", ""), |(id, subject)| (id, subject));
        let lead = if at == 0 { "commits:" } else { "        " };
        let _ = writeln!(out, "    {} {abbreviated} {}", pen.dim(lead), shown(subject, room(pen)));
    }
    for (at, suggestion) in (1..).zip(&signal.suggestions) {
        let lead = if at == 1 { "ways out:" } else { "" };
        let text = format!("{at}. {}; against it: {}", suggestion.way, suggestion.against);
        hang(out, lead, &text, pen);
    }
}

/// How much of a subject fits.
fn room(pen: Pen) -> usize {
    pen.width().saturating_sub(28).min(SUBJECT)
}

fn files(out: &mut String, answer: &Answer<'_>, signal: &Signal, pen: Pen) {
    let history = answer.subject.history;
    let shared = signal.counts.shared;
    for (at, carrier) in signal.files.iter().enumerate() {
        let [one, other] = carrier.files.map(|file| name(texts::path(history, file)));
        let lead = if at == 0 { "files:" } else { "      " };
        let _ = writeln!(out, "    {} {one}", pen.dim(lead));
        let _ = writeln!(
            out,
            "           {other}  {}",
            pen.dim(&format!("in {} of {shared}", carrier.commits))
        );
    }
    // Where no few files carry it, that is worth knowing too.
    if !signal.files.is_empty() && u64::from(signal.carried) * 100 < u64::from(shared) * 80 {
        let text = format!(
            "these cover {} of the {shared} commits: no few files carry it",
            signal.carried
        );
        let _ = writeln!(out, "           {}", pen.dim(&text));
    }
}

fn closing(out: &mut String, answer: &Answer<'_>, pen: Pen) {
    let mut texts = answer.whole();
    if let Some(trend) = answer.trend.as_ref().filter(|trend| trend.all.commits > 0) {
        texts.push(format!(
            "crossing: {} of {} that touch a context touch more than one ({})",
            trend.all.of_them,
            counted(trend.all.commits as usize, "commit", "commits"),
            texts::percent(trend.all.value())
        ));
    }
    if !texts.is_empty() {
        out.push('\n');
    }
    for text in texts {
        paragraph(out, "", &text, pen);
    }
}

/// Sentences below each other, all set in by as much.
fn paragraph(out: &mut String, indent: &str, text: &str, pen: Pen) {
    for line in wrap(text, pen.prose_width().saturating_sub(indent.len())) {
        let _ = writeln!(out, "{indent}{line}");
    }
}

/// A sentence behind a word, its later lines set below its first.
fn hang(out: &mut String, lead: &str, text: &str, pen: Pen) {
    let column = 4 + "ways out: ".len();
    for (at, line) in wrap(text, pen.prose_width().saturating_sub(column + 3))
        .iter()
        .enumerate()
    {
        if at == 0 {
            let _ = writeln!(
                out,
                "    {}{} {line}",
                pen.dim(lead),
                " ".repeat("ways out:".len() - lead.len())
            );
        } else {
            let _ = writeln!(out, "{}{line}", " ".repeat(column + 3));
        }
    }
}
