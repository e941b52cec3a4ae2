//! Tested relations as Markdown and as JSON.

use std::fmt::Write as _;

use serde::Serialize;

use super::{names, numbers, reason_of, unknown, ways_out};
use crate::config::Config;
use crate::reporters::machine::markdown::{code, inline};
use crate::reporters::prose::name;
use crate::signals::relations::{Outcome, Reason, SHARED, Tested};
use crate::source::{Location, Sources};

/// The relations as Markdown, one a line.
pub(in crate::commands) fn markdown(tested: &[Tested], config: &Config, sources: &Sources) -> String {
    let mut out = String::new();
    for tested in tested {
        let names = names(tested, config).map(|text| name(text));
        let names = [&*names[0], &*names[1]];
        let (outcome, said) = match &tested.outcome {
            Outcome::Broken(reasons) => {
                let reasons: Vec<String> = reasons.iter().map(|reason| reason_of(*reason, tested, names)).collect();
                ("**broken**", reasons.join("; "))
            }
            Outcome::Holds => ("holds", numbers(&tested.numbers, names)),
            Outcome::Unknown => ("unknown", unknown(&tested.numbers, names)),
        };
        let at = sources.location(tested.word);
        let _ = writeln!(
            out,
            "- {outcome}: {}, {} and {} ({}:{}): {}",
            code(tested.relation.as_str()),
            code(names[0]),
            code(names[1]),
            inline(&at.file),
            at.line,
            inline(&said)
        );
    }
    out
}

/// A tested relation for machines.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::commands) struct Written {
    /// The context that declares it: of relations with a direction the downstream one.
    context: String,
    /// The other.
    other: String,
    /// The relation, as boundaries.toml writes it.
    relation: &'static str,
    /// `broken`, `holds` or `unknown`.
    outcome: &'static str,
    /// Why it is broken.
    reasons: Vec<Reason>,
    /// Commits that change each; null where the history does not suffice.
    commits: Option<[u32; 2]>,
    /// Commits that change both; null likewise.
    shared_commits: Option<u32>,
    /// How many would by chance; null where fewer than 5 commits change both.
    expected: Option<f64>,
    /// So many times more than chance they are, at least (95 %); null where `expected` is.
    at_least: Option<f64>,
    /// The share of the other's commits that change the declaring context too, at least (95 %); null where the history does not suffice.
    ripple_at_least: Option<f64>,
    /// Dependencies from the declaring context to the other, and back; those of tests aside.
    dependencies: [u32; 2],
    /// Commits to look at.
    examples: Vec<String>,
    /// Ways out, each with what speaks against it.
    suggestions: Vec<String>,
    /// Where it is declared.
    place: Location,
}

/// What machines are told.
pub(in crate::commands) fn json(tested: &Tested, config: &Config, sources: &Sources) -> Written {
    let rounded = |number: f64| (number * 1e4).round() / 1e4;
    let numbers = &tested.numbers;
    let counted = numbers.enough && numbers.shared >= SHARED;
    let [context, other] = names(tested, config).map(str::to_owned);
    Written {
        context,
        other,
        relation: tested.relation.as_str(),
        outcome: match tested.outcome {
            Outcome::Broken(_) => "broken",
            Outcome::Holds => "holds",
            Outcome::Unknown => "unknown",
        },
        reasons: match &tested.outcome {
            Outcome::Broken(reasons) => reasons.clone(),
            _ => Vec::new(),
        },
        commits: numbers.enough.then_some(numbers.commits),
        shared_commits: numbers.enough.then_some(numbers.shared),
        expected: counted.then(|| rounded(numbers.expected)),
        at_least: counted.then(|| rounded(numbers.at_least)),
        ripple_at_least: numbers.enough.then(|| rounded(numbers.ripple)),
        dependencies: numbers.edges,
        examples: tested.examples.iter().map(ToString::to_string).collect(),
        suggestions: ways_out(tested, config)
            .into_iter()
            .map(|(way, against)| format!("{way}; against it: {against}"))
            .collect(),
        place: sources.location(tested.word),
    }
}
