//! `--format json`: one document a workspace, on one line. Its schema is published with the project.

use std::fmt::Write as _;

use serde::Serialize;

use crate::error::{Error, Problem};
use crate::finding::Finding;
use crate::report::{Changed, Report, Since, Summary};
use crate::source::{Location, Sources, is_obeyed};

/// The version of this format: it grows when a reader of today could misread a report of tomorrow.
pub(crate) const SCHEMA_VERSION: u32 = 1;

/// The whole document.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(title = "The report of cargo-boundaries"))]
struct Document<'a> {
    /// The version of this format.
    schema_version: u32,
    /// What wrote the report.
    tool: Tool,
    /// The folder of the root manifest, absolute, with `/`; null where none was found.
    workspace_root: Option<&'a str>,
    /// Counts; null where the run could not check.
    summary: Option<&'a Summary>,
    /// Why the run could not check (exit code 2).
    errors: Vec<ErrorEntry<'a>>,
    /// How the run compares with a revision; there with `--since` alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<&'a Since>,
    /// Which members alone were judged; there with `--changed` alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    changed: Option<&'a Changed>,
    /// What the run found.
    findings: &'a [Finding],
}

/// What wrote a report.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Tool {
    /// `cargo-boundaries`.
    name: &'static str,
    /// Its version.
    version: &'static str,
}

pub(crate) const TOOL: Tool = Tool {
    name: env!("CARGO_PKG_NAME"),
    version: env!("CARGO_PKG_VERSION"),
};

/// One reason why a run could not check.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct ErrorEntry<'a> {
    /// `config`, `workspace`, `source`, `cargo`, `usage`, `git`, `io` or `unsupported`.
    kind: &'static str,
    /// A lowercase phrase with names in backticks.
    message: &'a str,
    /// Places in files, the first the one to look at.
    places: Vec<Place<'a>>,
    /// Ways out.
    help: &'a [String],
}

/// A place in a file, and what is to be seen there.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Place<'a> {
    /// Where.
    #[serde(flatten)]
    location: Location,
    /// What is to be seen there.
    message: &'a str,
}

/// The document of a run that checked.
#[must_use]
pub fn render(report: &Report) -> String {
    write(&Document {
        schema_version: SCHEMA_VERSION,
        tool: TOOL,
        workspace_root: Some(&report.workspace_root),
        summary: Some(&report.summary),
        errors: Vec::new(),
        since: report.since.as_ref(),
        changed: report.changed.as_ref(),
        findings: &report.findings,
    })
}

/// The document of a run that could not check.
#[must_use]
pub fn render_error(error: &Error) -> String {
    write(&Document {
        schema_version: SCHEMA_VERSION,
        tool: TOOL,
        workspace_root: None,
        summary: None,
        errors: entries(error),
        since: None,
        changed: None,
        findings: &[],
    })
}

/// Why a run could not do what it was asked.
pub(crate) fn entries(error: &Error) -> Vec<ErrorEntry<'_>> {
    let entry = |problem| entry(&error.sources, problem);
    error.problems.iter().map(entry).collect()
}

fn entry<'a>(sources: &Sources, problem: &'a Problem) -> ErrorEntry<'a> {
    let place = |(span, message): &'a (_, String)| Place {
        location: sources.location(*span),
        message,
    };
    ErrorEntry {
        kind: problem.kind.as_str(),
        message: &problem.message,
        places: problem.labels.iter().map(place).collect(),
        help: &problem.help,
    }
}

/// A document on one line.
pub(crate) fn write(document: &impl Serialize) -> String {
    // Nothing in our documents can fail to be written: their keys are strings, and they hold no maps of our own.
    let mut text = escaped(serde_json::to_string(document).unwrap_or_default());
    text.push('\n');
    text
}

/// The same document, with everything escaped that JSON allows and a terminal obeys: delete and the controls above it,
/// line separators, marks that turn the direction of text. They stand in strings alone, where an escape means the same.
#[must_use]
pub fn escaped(json: String) -> String {
    let obeyed = |c: char| c != '\n' && is_obeyed(c);
    if !json.contains(obeyed) {
        return json;
    }
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        if obeyed(c) {
            let _ = write!(text, "\\u{:04x}", u32::from(c));
        } else {
            text.push(c);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::Document;

    #[test]
    fn the_published_schema_is_that_of_the_types() {
        let schema = schemars::schema_for!(Document<'static>);
        let text = serde_json::to_string_pretty(&schema).expect("a schema") + "\n";
        crate::tests::expect_file("docs/report.schema.json", &text);
    }
}
