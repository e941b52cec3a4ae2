//! `--format sarif`: SARIF 2.1.0 (OASIS, "Static Analysis Results Interchange Format"), for code scanning.

use std::collections::BTreeMap;

use camino::Utf8Path;

use super::{Detail, Notice, Outcome, Place, Weight, absolute};
use crate::finding::{Code, Finding, Level, Status};
use crate::report::Report;
use crate::reporters::json::escaped;
use crate::rules::explanations;
use crate::source::{Location, display_path, printable};

mod object;

use object::{
    ArtifactLocation, CodeFlow, Configuration, Driver, Invocation, Log, Message, Notification, PhysicalLocation,
    Region, Result, Rule, Run, Suppression, ThreadFlow, ThreadFlowLocation, Tool,
};

/// The name of the folder that all paths start from.
const ROOT: &str = "SRCROOT";

/// One run a workspace.
#[must_use]
pub fn render(outcomes: &[Outcome<'_>]) -> String {
    let log = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: outcomes.iter().map(run).collect(),
    };
    escaped(serde_json::to_string_pretty(&log).unwrap_or_default()) + "\n"
}

fn run(outcome: &Outcome<'_>) -> Run {
    let notices = outcome.notices();
    let mut codes: Vec<Code> = notices.iter().filter_map(|n| Some(n.finding?.code)).collect();
    codes.sort_unstable();
    codes.dedup();
    let results = notices.iter().filter_map(|notice| {
        let (report, finding) = (outcome.result.ok()?, notice.finding?);
        Some(result(outcome, report, finding, notice, &codes))
    });
    let failures = notices.iter().filter(|notice| notice.weight == Weight::Failure);
    Run {
        tool: Tool {
            driver: Driver {
                name: env!("CARGO_PKG_NAME"),
                information_uri: env!("CARGO_PKG_REPOSITORY"),
                version: env!("CARGO_PKG_VERSION"),
                semantic_version: env!("CARGO_PKG_VERSION"),
                rules: codes.iter().map(|code| rule(*code)).collect(),
            },
        },
        invocations: [Invocation {
            execution_successful: outcome.result.is_ok(),
            tool_execution_notifications: failures.map(|notice| notification(notice)).collect(),
        }],
        original_uri_base_ids: BTreeMap::from([(ROOT, base(outcome.repository))]),
        column_kind: "unicodeCodePoints",
        results: results.collect(),
    }
}

fn rule(code: Code) -> Rule {
    let page = explanations::of(code);
    let fixes: Vec<String> = page.fix.iter().map(|fix| format!("- {fix}")).collect();
    Rule {
        id: id(code),
        name: pascal(code.as_str()),
        short_description: Message::new(sentence(page.summary)),
        full_description: Message::new(page.what),
        help: Message::new(format!("{}\n\n{}", page.why, fixes.join("\n"))),
        default_configuration: Configuration {
            level: level(code.default_level()),
        },
    }
}

fn result(outcome: &Outcome<'_>, report: &Report, finding: &Finding, notice: &Notice<'_>, codes: &[Code]) -> Result {
    let of = |file: &str, region| PhysicalLocation {
        artifact_location: at(&display_path(outcome.repository, &absolute(report, file))),
        region,
    };
    let related = finding
        .related
        .iter()
        .enumerate()
        .map(|(id, related)| object::Location {
            id: Some(id),
            physical_location: of(&related.location.file, region(&related.location)),
            message: Some(Message::new(printable(&related.message))),
        });
    let steps = finding.hops.iter().map(|hop| ThreadFlowLocation {
        location: object::Location {
            id: None,
            physical_location: of(&hop.file, Region::line(hop.line)),
            message: Some(Message::new(printable(&format!("`{}` → `{}`", hop.from, hop.to)))),
        },
    });
    let steps: Vec<_> = steps.collect();
    Result {
        rule_id: id(finding.code),
        rule_index: codes.binary_search(&finding.code).unwrap_or_default(),
        level: level(finding.level),
        message: Message::new(text(notice)),
        locations: notice.place.iter().map(place).collect(),
        related_locations: related.collect(),
        code_flows: if steps.is_empty() {
            Vec::new()
        } else {
            vec![CodeFlow {
                thread_flows: [ThreadFlow { locations: steps }],
            }]
        },
        partial_fingerprints: BTreeMap::from([("boundaries/v1", printable(&notice.fingerprint).into_owned())]),
        suppressions: suppressions(finding),
    }
}

fn suppressions(finding: &Finding) -> Vec<Suppression> {
    let justification = match finding.status {
        Status::Active => return Vec::new(),
        Status::Excepted => "an exception of boundaries.toml",
        Status::Baselined => "a line of boundaries-baseline.toml",
    };
    vec![Suppression {
        kind: "external",
        status: "accepted",
        justification,
    }]
}

fn notification(notice: &Notice<'_>) -> Notification {
    Notification {
        level: "error",
        message: Message::new(text(notice)),
        locations: notice.place.iter().map(place).collect(),
    }
}

/// A message is a sentence in SARIF; what follows it stands on lines of its own.
fn text(notice: &Notice<'_>) -> String {
    std::iter::once(sentence(&notice.message))
        .chain(notice.details.iter().map(Detail::line))
        .collect::<Vec<_>>()
        .join("\n")
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

fn place(place: &Place) -> object::Location {
    object::Location {
        id: None,
        physical_location: PhysicalLocation {
            artifact_location: at(&place.path),
            region: region(&place.location),
        },
        message: None,
    }
}

fn region(location: &Location) -> Region {
    Region {
        start_line: location.line,
        start_column: Some(location.column),
        end_line: Some(location.end_line),
        end_column: Some(location.end_column),
    }
}

fn at(path: &str) -> ArtifactLocation {
    ArtifactLocation {
        uri: encoded(path),
        uri_base_id: Some(ROOT),
    }
}

fn base(folder: &Utf8Path) -> ArtifactLocation {
    let path = encoded(&crate::source::slashed(folder.as_str()));
    let lead = if path.starts_with('/') { "" } else { "/" };
    let end = if path.ends_with('/') { "" } else { "/" };
    ArtifactLocation {
        uri: format!("file://{lead}{path}{end}"),
        uri_base_id: None,
    }
}

/// A path as part of a URI (RFC 3986, 3.3): everything is encoded but what a segment may hold.
fn encoded(path: &str) -> String {
    use std::fmt::Write as _;
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Allow => "none",
        Level::Warn => "warning",
        Level::Deny => "error",
    }
}

/// A rule's `id`, which the standard wants to differ from its `name`.
fn id(code: Code) -> String {
    format!("boundaries::{code}")
}

/// `context-private` as SARIF names rules: `ContextPrivate`.
fn pascal(code: &str) -> String {
    let words = code.split('-');
    words.map(|word| word[..1].to_uppercase() + &word[1..]).collect()
}
