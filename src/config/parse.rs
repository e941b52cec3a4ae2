//! From text to [`Config`].

use std::ops::Range;

use toml::de::DeTable;

use super::Config;
use super::schema::{ROOT, Type};
use crate::error::{Problem, ProblemKind};
use crate::source::FileId;
use view::{Reader, View};

mod acyclic;
mod check;
mod circles;
mod exceptions;
mod faces;
mod features;
mod gateway;
mod lists;
mod names;
mod relations;
mod rules;
mod settings;
mod structure;
mod transitive;
mod units;
mod version;
mod view;

/// How many syntax errors are shown: past these, most are consequences of the first.
const SYNTAX_ERRORS: usize = 20;

/// Reads a boundaries.toml. A configuration comes back even where problems were found, as far as it could be
/// understood, so that binding it can find more; where a problem comes back the run ends with exit code 2.
#[must_use]
pub fn parse(text: &str, file: FileId) -> (Option<Config>, Vec<Problem>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader::new(text, file);
    syntax(&mut reader, errors);
    let root = View::root(table.get_ref());
    // What a table looked like behind a syntax error is a guess, and another version's file is not ours to judge.
    if !reader.problems.is_empty() || !version::check(&mut reader, root) {
        return (None, reader.problems);
    }
    check::table(&mut reader, root);
    let config = config(&mut reader, root);
    names::check(&mut reader, root, &config);
    let evaluable = circles::check(&mut reader, &config);
    if checks_nothing(&config, root) {
        let problem = Problem::new(
            ProblemKind::Config,
            "there is nothing to check: no layer, context or rule is declared",
        );
        let problem = problem.at(reader.span(0..0), "this file declares no rule");
        reader.problems.push(problem.help(
            "declare `[[layers]]`, `[contexts.NAME]` or a rule, such as `[[forbidden]]` with `name`, `from` and `to`",
        ));
        return (None, reader.problems);
    }
    (evaluable.then_some(config), reader.problems)
}

/// Reports the errors of TOML itself, one a line: others on the same line are consequences of its first.
fn syntax(reader: &mut Reader<'_>, mut errors: Vec<toml::de::Error>) {
    let start = |error: &toml::de::Error| error.span().map_or(0, |span| span.start);
    errors.sort_by_key(start);
    let mut shown = 0;
    let mut told = Vec::new();
    let mut last: Option<usize> = None;
    for error in errors {
        let place = start(&error);
        let span = error.span().unwrap_or(0..0);
        if error.message() == "duplicate key"
            && let Some(key) = mixed(reader.text, span.clone())
        {
            if !told.contains(&key) {
                let at = single_header(reader.text, key).unwrap_or(span);
                let help = format!("write each of them as `[[{key}]]`");
                let at = reader.span(at);
                let message = format!("`{key}` is written both as one table and as a list of tables");
                reader.report(message, at, "a list of tables is due", help);
                told.push(key);
            }
            continue;
        }
        let between = last.and_then(|last| reader.text.as_bytes().get(last..place));
        if shown < SYNTAX_ERRORS && between.is_none_or(|text| text.contains(&b'\n')) {
            reader.syntax(error.message(), error.span());
            (shown, last) = (shown + 1, Some(place));
        }
    }
}

/// The list of tables whose key stands in this place, in the header of a table.
fn mixed(text: &str, place: Range<usize>) -> Option<&'static str> {
    let before = text.get(..place.start)?;
    let key = ROOT.key(text.get(place)?)?;
    (before.ends_with('[') && matches!(key.value, Type::Tables(_))).then_some(key.name)
}

/// The first header that makes `key` one table: `[key]` or `[key.name]`.
fn single_header(text: &str, key: &str) -> Option<Range<usize>> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let rest = line.strip_prefix('[').and_then(|rest| rest.strip_prefix(key));
        if rest.is_some_and(|rest| rest.starts_with([']', '.'])) {
            return Some(start + 1..start + 1 + key.len());
        }
        start += line.len();
    }
    None
}

fn config(reader: &mut Reader<'_>, root: View<'_>) -> Config {
    let settings = settings::settings(reader, root);
    let groups = settings::groups(reader, root);
    Config {
        file: reader.file,
        layers: structure::layers(reader, root),
        contexts: structure::contexts(reader, root),
        rules: rules::rules(reader, root, &settings, &groups),
        levels: settings::levels(reader, root),
        exceptions: exceptions::exceptions(reader, root),
        signals: relations::signals(reader, root),
        groups,
        settings,
    }
}

/// Whether the file declares no rule at all, not even one that could not be understood.
fn checks_nothing(config: &Config, root: View<'_>) -> bool {
    let declared = |name: &str| root.get(name).is_some_and(|entry| entry.declares_something());
    let rules = [
        "forbidden",
        "allowed",
        "protected",
        "independent",
        "acyclic",
        "gateway",
        "features",
        "exposed",
    ];
    let others = ["layers", "contexts", "externals"];
    config.rule_count() == 0
        && !rules.iter().chain(&others).any(|name| declared(name))
        && root.entries().iter().all(|entry| ROOT.key(entry.name).is_some())
}
