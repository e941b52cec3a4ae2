//! `--format rust-analyzer`: the lines that `cargo check --message-format=json` would print, so that
//! `check.overrideCommand` shows findings in the editor.

use camino::Utf8Path;
use serde::Serialize;

use super::{About, Detail, Notice, Outcome, Place, Weight, absolute};
use crate::reporters::json::escaped;

#[derive(Serialize)]
struct CompilerMessage<'a> {
    reason: &'static str,
    package_id: String,
    manifest_path: &'a Utf8Path,
    target: Target<'a>,
    message: Diagnostic<'a>,
}

#[derive(Serialize)]
struct Target<'a> {
    kind: [&'static str; 1],
    crate_types: [&'static str; 1],
    name: &'a str,
    src_path: &'a Utf8Path,
    edition: &'static str,
    doc: bool,
    doctest: bool,
    test: bool,
}

#[derive(Serialize)]
struct Diagnostic<'a> {
    message: &'a str,
    code: Option<Code>,
    level: &'static str,
    spans: Vec<Span<'a>>,
    children: Vec<Diagnostic<'a>>,
    rendered: Option<String>,
}

#[derive(Serialize)]
struct Code {
    code: String,
    explanation: Option<String>,
}

#[derive(Serialize)]
struct Span<'a> {
    file_name: String,
    byte_start: usize,
    byte_end: usize,
    line_start: usize,
    line_end: usize,
    column_start: usize,
    column_end: usize,
    is_primary: bool,
    text: [(); 0],
    label: Option<&'a str>,
    suggested_replacement: Option<String>,
    suggestion_applicability: Option<String>,
    expansion: Option<String>,
}

#[derive(Serialize)]
struct BuildFinished {
    reason: &'static str,
    success: bool,
}

/// One line a notice. `last` adds the line with which cargo ends: not where cargo's own lines follow.
#[must_use]
pub fn render(outcomes: &[Outcome<'_>], last: bool) -> String {
    let mut text = String::new();
    let mut success = true;
    for outcome in outcomes {
        for notice in outcome.notices().iter().filter(|notice| !notice.excused()) {
            success &= notice.weight == Weight::Warn;
            push(&mut text, &message(outcome, notice));
        }
    }
    if last {
        let reason = "build-finished";
        push(&mut text, &BuildFinished { reason, success });
    }
    text
}

fn push(text: &mut String, line: &impl Serialize) {
    text.push_str(&escaped(serde_json::to_string(line).unwrap_or_default()));
    text.push('\n');
}

fn message<'n>(outcome: &Outcome<'n>, notice: &'n Notice<'n>) -> CompilerMessage<'n> {
    let manifest: &Utf8Path = notice
        .place
        .as_ref()
        .map_or(Utf8Path::new("Cargo.toml"), |p| &p.absolute);
    let folder = manifest.parent().unwrap_or(manifest);
    let child = |detail: &'n Detail| Diagnostic {
        message: &detail.text,
        code: None,
        level: if detail.about == About::Help { "help" } else { "note" },
        spans: Vec::new(),
        children: Vec::new(),
        rendered: None,
    };
    CompilerMessage {
        reason: "compiler-message",
        package_id: format!("path+file://{folder}"),
        manifest_path: manifest,
        target: Target {
            kind: ["lib"],
            crate_types: ["lib"],
            name: "boundaries",
            src_path: manifest,
            edition: "2024",
            doc: false,
            doctest: false,
            test: false,
        },
        message: Diagnostic {
            message: &notice.message,
            code: Some(Code {
                code: format!("boundaries::{}", notice.code),
                explanation: None,
            }),
            level: match notice.weight {
                Weight::Failure | Weight::Deny => "error",
                Weight::Warn => "warning",
            },
            spans: spans(outcome, notice),
            children: notice.details.iter().map(child).collect(),
            rendered: Some(notice.whole() + "\n"),
        },
    }
}

fn spans<'n>(outcome: &Outcome<'n>, notice: &'n Notice<'n>) -> Vec<Span<'n>> {
    let primary = notice.place.iter().map(|place| span(place, true, None));
    let mut spans: Vec<Span<'n>> = primary.collect();
    if let (Ok(report), Some(finding)) = (outcome.result, notice.finding) {
        spans.extend(finding.related.iter().map(|related| {
            let place = Place {
                path: String::new(),
                absolute: absolute(report, &related.location.file),
                location: related.location.clone(),
            };
            span(&place, false, Some(&related.message))
        }));
    }
    spans
}

fn span<'n>(place: &Place, is_primary: bool, label: Option<&'n str>) -> Span<'n> {
    let at = &place.location;
    Span {
        file_name: place.absolute.to_string(),
        byte_start: at.byte_start,
        byte_end: at.byte_end,
        line_start: at.line,
        line_end: at.end_line,
        column_start: at.column,
        column_end: at.end_column,
        is_primary,
        text: [],
        label,
        suggested_replacement: None,
        suggestion_applicability: None,
        expansion: None,
    }
}
