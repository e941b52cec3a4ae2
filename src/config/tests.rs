//! The whole way from text to [`Config`](super::Config): mistakes as data, and that no text at all makes it panic.

mod extreme;
mod follow_on;
mod meaning;
mod random;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::parse::parse;
use super::schema;
use crate::error::{Error, Problem};
use crate::source::{FileId, SourceFile, Sources, Span};

const FOLDER: &str = "tests/config-errors";

/// The problems of a text, in the order of their places, as a run reports them.
fn problems(text: &str) -> Vec<Problem> {
    let (_, problems) = parse(text, FileId::new(0));
    if problems.is_empty() {
        problems
    } else {
        Error::new(problems, Sources::default()).problems
    }
}

/// The problems of a text, each with the part of the text that it points at.
fn described(text: &str) -> String {
    let file = SourceFile::new("boundaries.toml".to_owned(), "boundaries.toml".into(), text);
    let place = |span: Span| {
        let (line, column) = file.line_column(span.start as usize);
        let (end_line, end_column) = file.line_column(span.end as usize);
        format!("{line}:{column}-{end_line}:{end_column}")
    };
    let mut all = String::new();
    for problem in problems(text) {
        writeln!(all, "{}: {}", problem.kind.as_str(), problem.message).expect("text can be written");
        for (span, label) in &problem.labels {
            let part: String = text[span.range()].escape_debug().take(70).collect();
            writeln!(all, "    {} «{part}» {label}", place(*span)).expect("text can be written");
        }
        for help in &problem.help {
            writeln!(all, "  help: {help}").expect("text can be written");
        }
    }
    all
}

fn fixtures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(FOLDER);
    let entries = std::fs::read_dir(folder).expect("the fixtures are there");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("a file").path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    files
}

#[test]
fn every_mistake_is_reported_at_its_place_with_a_way_out() {
    let mut found =
        String::from("# Written by `UPDATE_SNAPSHOTS=1 cargo test --lib config`. Read every line of a change.\n");
    for fixture in fixtures() {
        let text = std::fs::read_to_string(&fixture).expect("a fixture can be read");
        let name = fixture.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let verdict = match toml::de::DeTable::parse(&text) {
            Err(_) => "is not TOML",
            Ok(_) if schema::tests::fits(&text) => "fits the JSON Schema",
            Ok(_) => "does not fit the JSON Schema",
        };
        let described = described(&text);
        assert!(!described.is_empty(), "{name} has no problem");
        write!(found, "\n== {name} {verdict}\n{described}").expect("text can be written");
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(FOLDER).join("expected.txt");
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some_and(|value| value == "1") {
        std::fs::write(&file, &found).expect("the snapshot can be written");
    }
    let expected = std::fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
    let line = found.lines().zip(expected.lines()).position(|(a, b)| a != b);
    let line = line.unwrap_or_else(|| found.lines().count().min(expected.lines().count()));
    assert!(
        found == expected,
        "{FOLDER}/expected.txt differs in line {}:\n  found:    {:?}\n  expected: {:?}\nrun `UPDATE_SNAPSHOTS=1 cargo test --lib \
         config` and read the difference",
        line + 1,
        found.lines().nth(line),
        expected.lines().nth(line),
    );
}

/// What only the schema of the file is broken by must not fit the JSON Schema.
#[test]
fn files_of_a_wrong_shape_do_not_fit_the_json_schema() {
    let shapes: Vec<PathBuf> = fixtures()
        .into_iter()
        .filter(|file| {
            file.file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with("shape-"))
        })
        .collect();
    assert!(shapes.len() >= 5);
    for shape in shapes {
        let text = std::fs::read_to_string(&shape).expect("a fixture can be read");
        assert!(!schema::tests::fits(&text), "{}", shape.display());
    }
}
