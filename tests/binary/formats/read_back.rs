//! Every format read back by what its readers read it with, as far as that can be done without their programs; the
//! programs themselves are run by `.ci/formats`.

use std::io::Cursor;

use cargo_metadata::Message;
use cargo_metadata::diagnostic::DiagnosticLevel;
use serde_json::Value;

use super::Repository;
use crate::common::project;

#[test]
fn the_lines_for_rust_analyzer_are_messages_of_cargo() {
    let repository = Repository::new();
    let text = repository.report(&["--format", "rust-analyzer"]).stdout;
    let messages: Vec<Message> = Message::parse_stream(Cursor::new(&text))
        .collect::<Result<_, _>>()
        .expect("messages");
    let diagnostics: Vec<_> = messages
        .iter()
        .filter_map(|message| match message {
            Message::CompilerMessage(message) => Some(&message.message),
            _ => None,
        })
        .collect();
    assert_eq!(
        diagnostics.len(),
        text.lines().count() - 1,
        "a line is not understood: {text}"
    );
    for diagnostic in &diagnostics {
        let primary: Vec<_> = diagnostic.spans.iter().filter(|span| span.is_primary).collect();
        assert_eq!(primary.len(), 1, "{diagnostic:?}");
        assert!(primary[0].line_start > 0 && primary[0].column_end > primary[0].column_start);
        assert!(
            std::path::Path::new(&primary[0].file_name)
                .extension()
                .is_some_and(|e| e == "toml")
        );
    }
    assert!(diagnostics.iter().any(|d| d.level == DiagnosticLevel::Warning));
    let finished = messages.iter().find_map(|message| match message {
        Message::BuildFinished(finished) => Some(finished.success),
        _ => None,
    });
    assert_eq!(finished, Some(false));
}

#[test]
fn gitlab_gets_the_fields_that_it_documents() {
    let text = Repository::new().report(&["--format", "gitlab"]).stdout;
    let issues: Vec<Value> = serde_json::from_str(&text).expect("JSON");
    let mut prints = Vec::new();
    for issue in &issues {
        let word = |name: &str| issue[name].as_str().unwrap_or_default().to_owned();
        assert!(
            !word("description").is_empty() && !word("check_name").is_empty(),
            "{issue}"
        );
        assert!(["info", "minor", "major", "critical", "blocker"].contains(&word("severity").as_str()));
        let path = issue["location"]["path"].as_str().expect("a path");
        assert!(
            path.starts_with("back, end: \"ü\"/"),
            "not a path of the repository: {path}"
        );
        assert!(
            issue["location"]["lines"]["begin"]
                .as_u64()
                .is_some_and(|line| line > 0)
        );
        prints.push(word("fingerprint"));
    }
    let count = prints.len();
    prints.sort();
    prints.dedup();
    assert_eq!(prints.len(), count, "two issues share a fingerprint");
}

#[test]
fn the_json_report_keeps_to_its_own_schema() {
    let schema = std::fs::read_to_string(project().join("docs/report.schema.json")).expect("a schema");
    let schema: Value = serde_json::from_str(&schema).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    for arguments in [&["--format", "json"][..], &["--format", "json", "--show-excepted"]] {
        let text = Repository::new().report(arguments).stdout.replace("[TIME]", "1.5");
        let report: Value = serde_json::from_str(&text).expect("JSON");
        let wrong: Vec<String> = validator.iter_errors(&report).map(|error| error.to_string()).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}

#[test]
fn annotations_escape_what_ends_them() {
    let text = Repository::new().report(&["--format", "github"]).stdout;
    for line in text.lines() {
        let (command, message) = line[2..].split_once("::").expect("a command");
        let (word, properties) = command.split_once(' ').expect("properties");
        assert!(["error", "warning"].contains(&word) && !message.is_empty(), "{line}");
        for property in properties.split(',') {
            let (name, value) = property.split_once('=').expect("a property");
            assert!(
                ["file", "line", "endLine", "col", "endColumn", "title"].contains(&name),
                "{line}"
            );
            assert!(!value.contains([':', ',']), "{line}");
        }
    }
    assert!(text.contains("file=back%2C end%3A \"ü\"/domain/Cargo.toml,"), "{text}");
    assert!(text.contains("100 %25 of the rules"), "{text}");
}
