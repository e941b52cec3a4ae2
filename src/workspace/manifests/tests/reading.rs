//! Every folder of `test-workspaces/reading` is read and compared with its `expected.txt`, and with cargo where there
//! is one. `UPDATE_EXPECTED=1 cargo test reading` writes the files anew.

use std::fmt::Write;

use super::{Sources, Workspace, read, test_workspaces};
use crate::workspace::targets;
use crate::workspace::verify::compare_no_deps;

/// Cases whose reading starts elsewhere than at `Cargo.toml`; each start has an expectation of its own.
const STARTS: [(&str, &[&str]); 2] = [
    ("nested-workspace", &["Cargo.toml", "inner/b/Cargo.toml"]),
    ("outside-the-root", &["root/Cargo.toml", "pointing/Cargo.toml"]),
];

#[test]
fn every_hard_case_is_read_as_expected_and_as_cargo_reads_it() {
    let mut cases: Vec<String> = test_workspaces()
        .read_dir_utf8()
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_owned())
        .collect();
    cases.sort();
    assert!(cases.len() >= 18, "cases are missing: {cases:?}");
    let mut failures = Vec::new();
    for case in &cases {
        let starts = STARTS.iter().find(|(name, _)| name == case).map(|(_, starts)| *starts);
        for start in starts.unwrap_or(&["Cargo.toml"]) {
            failures.extend(check(case, start));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Reads one case and says what is not as expected.
fn check(case: &str, start: &str) -> Vec<String> {
    let folder = test_workspaces().join(case);
    let manifest = folder.join(start);
    let mut sources = Sources::default();
    let workspace = match read(&manifest, &mut sources) {
        Ok(workspace) => workspace,
        Err(error) => return vec![format!("{case}: {error:?}")],
    };
    let found = render(&workspace, &sources, &folder);
    let name = match start.strip_suffix("/Cargo.toml") {
        Some(folder) => format!("expected-{}.txt", folder.replace('/', "-")),
        None => "expected.txt".to_owned(),
    };
    let expected = folder.join(name);
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(&expected, &found).unwrap();
    }
    let mut failures = Vec::new();
    let wanted = std::fs::read_to_string(&expected)
        .unwrap_or_default()
        .replace("\r\n", "\n");
    if wanted != found {
        failures.push(format!("{case}: expected\n{wanted}\nand found\n{found}"));
    }
    let root = workspace.root.join("Cargo.toml");
    let mut command = cargo_metadata::MetadataCommand::new();
    let options = ["--offline".to_owned()];
    match command
        .manifest_path(&root)
        .current_dir(&folder)
        .no_deps()
        .other_options(options)
        .exec()
    {
        Ok(metadata) => {
            let differences = compare_no_deps(&workspace, &sources, &metadata);
            failures.extend(
                differences
                    .into_iter()
                    .map(|difference| format!("{case}: {difference}")),
            );
        }
        Err(cargo_metadata::Error::Io(error)) => eprintln!("{case}: not compared, there is no cargo: {error}"),
        Err(error) => failures.push(format!("{case}: cargo refuses it: {error}")),
    }
    failures
}

/// The whole model as text, one line a member and one a dependency.
fn render(workspace: &Workspace, sources: &Sources, folder: &camino::Utf8Path) -> String {
    let mut text = String::new();
    let root = crate::source::display_path(folder, &workspace.root);
    writeln!(text, "root {root}").unwrap();
    for member in &workspace.members {
        let version = member.version.as_deref().unwrap_or("-");
        write!(
            text,
            "\n{} {version} {} in {}",
            member.name, member.edition, member.directory
        )
        .unwrap();
        let facts = targets::facts(member, sources);
        for (holds, word) in [
            (member.built_by_default, "default"),
            (member.published, "published"),
            (member.links.is_some(), "links"),
            (facts.lib, "lib"),
            (facts.proc_macro, "proc-macro"),
            (facts.bin, "bin"),
            (facts.build_script, "build-script"),
        ] {
            if holds {
                write!(text, " {word}").unwrap();
            }
        }
        text.push('\n');
        if !member.metadata.is_null() {
            writeln!(text, "  metadata {}", member.metadata).unwrap();
        }
        for claim in member.claim.layer.iter().chain(&member.claim.context) {
            writeln!(text, "  claims {}", claim.value).unwrap();
        }
        for feature in member.features.iter() {
            let implied = if feature.implied { " (implied)" } else { "" };
            let at = sources.location(feature.name.span).line;
            write!(text, "  feature {}{implied} at line {at}:", feature.name.value).unwrap();
            for value in &feature.values {
                write!(text, " {}", value.value).unwrap();
            }
            text.push('\n');
        }
        for dependency in &member.dependencies {
            dependency_line(&mut text, workspace, sources, dependency);
        }
    }
    for note in &workspace.notes {
        writeln!(text, "note {note}").unwrap();
    }
    text
}

fn dependency_line(
    text: &mut String,
    workspace: &Workspace,
    sources: &Sources,
    dependency: &crate::workspace::Dependency,
) {
    let place = |span: crate::source::Span| {
        let at = sources.location(span);
        let quoted = &sources.file(span.file).text[span.range()];
        format!("{}:{}:{} {quoted}", at.file, at.line, at.column)
    };
    let to = workspace.identity(dependency.to);
    write!(text, "  {} {to} at {}", dependency.kind, place(dependency.key)).unwrap();
    if let Some(inherited) = dependency.inherited {
        write!(text, " from {}", place(inherited)).unwrap();
    }
    for (word, value) in [
        ("as", &dependency.rename),
        ("on", &dependency.target),
        ("req", &dependency.requirement),
    ] {
        if let Some(value) = value {
            write!(text, ", {word} {value}").unwrap();
        }
    }
    if dependency.optional {
        text.push_str(", optional");
    }
    if !dependency.default_features {
        text.push_str(", no default features");
    }
    if !dependency.features.is_empty() {
        let features: Vec<&str> = dependency.features.iter().map(|f| f.value.as_str()).collect();
        write!(text, ", features {}", features.join(" ")).unwrap();
    }
    text.push('\n');
}
