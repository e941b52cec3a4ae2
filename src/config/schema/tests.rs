//! What is generated from the schema: the reference and the JSON Schema, and that both are true.

mod decisions;
mod json;
mod reference;

use std::path::Path;

use serde_json::Value;

use super::{ROOT, Status, Table, Type};
use crate::config::parse::parse;
use crate::error::{Problem, ProblemKind};
use crate::source::FileId;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Compares a file with what it should hold, and rewrites it where `UPDATE_DOCS=1` asks for that.
#[track_caller]
fn generated(path: &str, right: &str) {
    let file = root().join(path);
    if std::env::var_os("UPDATE_DOCS").is_some_and(|value| value == "1") {
        std::fs::write(&file, right).expect("the generated file can be written");
    }
    // A checkout on Windows may have turned the line ends.
    let found = std::fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
    let line = found
        .lines()
        .zip(right.lines())
        .position(|(a, b)| a != b)
        .unwrap_or(found.lines().count());
    assert!(
        found == right,
        "{path} does not say what src/config/schema says, first in line {}: run `UPDATE_DOCS=1 cargo test --lib schema` \
         and commit the result",
        line + 1
    );
}

#[test]
fn the_reference_says_what_the_schema_says() {
    generated("docs/configuration.md", &reference::reference(&examples()[0].1));
}

#[test]
fn the_json_schema_says_what_the_schema_says() {
    let text = serde_json::to_string_pretty(&json::schema()).expect("a schema is text");
    generated("docs/boundaries.schema.json", &format!("{text}\n"));
}

/// Files that are right, by name: `complete.toml` first.
fn examples() -> Vec<(String, String)> {
    let mut files: Vec<_> = ["tests/config-examples", "test-workspaces"]
        .iter()
        .flat_map(|f| toml_files(&root().join(f)))
        .collect();
    files.sort_by_key(|file| (!file.ends_with("complete.toml"), file.clone()));
    let read = |file: std::path::PathBuf| {
        let text = std::fs::read_to_string(&file).expect("an example can be read");
        (file.display().to_string(), text)
    };
    files.into_iter().map(read).collect()
}

/// The configuration files below a folder; of the test workspaces, those named boundaries.toml. Links are not followed:
/// one of those workspaces may hold a loop of them.
fn toml_files(folder: &Path) -> Vec<std::path::PathBuf> {
    let examples = folder.ends_with("config-examples");
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            found.extend(toml_files(&path));
        } else if name == "boundaries.toml" || (examples && path.extension().is_some_and(|e| e == "toml")) {
            found.push(path);
        }
    }
    found
}

/// A TOML document as an editor's validator sees it.
pub fn as_json(text: &str) -> Value {
    fn plain(value: toml::Value) -> Value {
        match value {
            toml::Value::String(text) => Value::String(text),
            toml::Value::Integer(number) => number.into(),
            toml::Value::Float(number) => number.into(),
            toml::Value::Boolean(flag) => Value::Bool(flag),
            toml::Value::Datetime(day) => Value::String(day.to_string()),
            toml::Value::Array(array) => array.into_iter().map(plain).collect(),
            toml::Value::Table(table) => table.into_iter().map(|(key, value)| (key, plain(value))).collect(),
        }
    }
    let table: toml::Table = toml::from_str(text.trim_start_matches('\u{feff}')).expect("valid TOML");
    plain(toml::Value::Table(table))
}

/// Whether the JSON Schema accepts a document.
pub fn fits(text: &str) -> bool {
    let validator = jsonschema::draft202012::new(&json::schema()).expect("the schema is a schema");
    validator.is_valid(&as_json(text))
}

#[test]
fn the_json_schema_is_a_schema() {
    jsonschema::draft202012::meta::validate(&json::schema()).expect("the schema fits the metaschema");
}

#[test]
fn every_example_has_no_problem_and_fits_the_json_schema() {
    let validator = jsonschema::draft202012::new(&json::schema()).expect("the schema is a schema");
    assert!(examples().len() >= 4);
    for (name, text) in examples() {
        let (config, problems) = parse(&text, FileId::new(0));
        // A test workspace may be there to be refused; then the configuration is wrong on purpose.
        if name.contains("test-workspaces") && !problems.is_empty() {
            continue;
        }
        assert!(config.is_some() && problems.is_empty(), "{name}: {problems:?}");
        let errors: Vec<String> = validator.iter_errors(&as_json(&text)).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{name}: {errors:?}");
    }
}

/// Every table of the schema.
fn tables() -> Vec<&'static Table> {
    let mut tables: Vec<&'static Table> = vec![&ROOT];
    let mut next = 0;
    while next < tables.len() {
        for key in tables[next].keys() {
            tables.extend(key.value.table());
        }
        next += 1;
    }
    tables
}

/// Problems of a part of a file, but for what only the rest of the file could tell.
pub fn problems_of_a_part(text: &str) -> Vec<Problem> {
    let rest = [
        "without",
        "unknown layer",
        "unknown context",
        "unknown group",
        "nothing to check",
        "a code nor",
        "declares none",
    ];
    let (_, mut problems) = parse(text, FileId::new(0));
    problems.retain(|p| !rest.iter().any(|rest| p.message.contains(rest)));
    problems
}

#[test]
fn every_example_of_a_table_is_right_and_fits_the_json_schema() {
    for table in tables().into_iter().filter(|table| !table.example.is_empty()) {
        let problems = problems_of_a_part(table.example);
        assert!(problems.is_empty(), "{}: {problems:?}", table.header);
        let whole = format!("{}\n[externals]\n", table.example);
        assert!(fits(&whole), "{}", table.header);
    }
}

#[test]
fn every_example_of_a_key_is_right() {
    for table in tables() {
        for key in table.keys().filter(|key| !key.example.is_empty()) {
            let header = if table.header.starts_with('[') {
                table.header
            } else {
                ""
            };
            let mut problems = problems_of_a_part(&format!("{header}\n{}\n", key.example));
            problems.retain(|p| p.kind == ProblemKind::Config);
            assert!(problems.is_empty(), "{} {}: {problems:?}", table.header, key.name);
            assert!(
                key.example.contains(key.name),
                "the example of `{}` shows another key",
                key.name
            );
        }
    }
}

#[test]
fn every_table_and_key_is_described_in_whole_sentences() {
    for table in tables() {
        assert!(table.doc.ends_with('.'), "{}", table.header);
        let mut names: Vec<&str> = table.keys().map(|key| key.name).collect();
        names.sort_unstable();
        assert!(
            names.windows(2).all(|pair| pair[0] != pair[1]),
            "{}: a key twice",
            table.header
        );
        for key in table.keys() {
            assert!(
                key.doc.ends_with('.') && key.doc.len() > 15,
                "{} {}",
                table.header,
                key.name
            );
            let optional = key.required || !key.default.is_empty() || key.status != Status::Works;
            let speaks = matches!(key.value, Type::Flag | Type::Choice(_) | Type::Choices(_));
            assert!(optional || !speaks, "{} {}: no default", table.header, key.name);
        }
    }
}
