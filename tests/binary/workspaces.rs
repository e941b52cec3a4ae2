//! Every folder of `test-workspaces/rules`, `test-workspaces/decisions` and `test-workspaces/guards` is checked by the binary
//! and compared with its `expected.txt`. `UPDATE_SNAPSHOTS=1 cargo test` writes those anew; read every line that changed.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use cargo_boundaries::{Code, Level};
use serde_json::Value;

use crate::common::{Ran, commit, copy, run, test_workspaces};

/// The file that says what a check of its folder gives.
const EXPECTED: &str = "expected.txt";
/// The folder that holds what files of its folder were, for what is judged beside an earlier revision.
const BEFORE: &str = "before";

#[test]
fn every_workspace_gives_what_its_expectation_says() {
    let update = std::env::var_os("UPDATE_SNAPSHOTS").is_some();
    let folders = folders();
    let mut failures = Vec::new();
    for folder in &folders {
        let found = checked(folder);
        let file = folder.join(EXPECTED);
        if update {
            fs::write(&file, &found).unwrap();
        }
        let wanted = fs::read_to_string(&file).unwrap_or_default();
        if wanted != found {
            let name = shown(folder);
            failures.push(format!("── {name}: expected\n{wanted}\n── and found\n{found}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_code_has_a_workspace_that_breaks_it_and_one_that_holds() {
    let rules = test_workspaces().join("rules");
    let mut wrong = Vec::new();
    for code in Code::ALL {
        let word = code.as_str();
        let (breaks, holds) = (rules.join(word).join("breaks"), rules.join(word).join("holds"));
        if !breaks.join("boundaries.toml").is_file() || !holds.join("boundaries.toml").is_file() {
            wrong.push(format!(
                "{word}: test-workspaces/rules/{word} needs `breaks` and `holds`"
            ));
            continue;
        }
        let broken = report(&breaks);
        let reported = findings(&broken.1);
        // What is not reported unless it is asked for is asked for here, as a warning.
        let level = code.default_level().max(Level::Warn);
        let exit = i32::from(level == Level::Deny);
        if broken.0.code != Some(exit) {
            wrong.push(format!("{word}: `breaks` ends with {:?}, not {exit}", broken.0.code));
        }
        for finding in reported.iter().filter(|f| f["code"] != word) {
            wrong.push(format!("{word}: `breaks` reports {} too", finding["code"]));
        }
        if !reported
            .iter()
            .any(|f| f["code"] == word && f["level"] == level.as_str())
        {
            wrong.push(format!("{word}: `breaks` does not report it at {level}"));
        }
        let held = report(&holds);
        if held.0.code != Some(0) || !findings(&held.1).is_empty() {
            wrong.push(format!("{word}: `holds` reports something: {}", held.0.stdout));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_folder_below_the_rules_is_a_code_and_is_run() {
    let mut manifests = Vec::new();
    for family in ["rules", "decisions", "guards"] {
        collect(&test_workspaces().join(family), "boundaries.toml", &mut manifests);
    }
    let mut run: Vec<PathBuf> = folders().iter().map(|f| f.join("boundaries.toml")).collect();
    manifests.sort();
    run.sort();
    assert_eq!(manifests, run, "a boundaries.toml lies where no test looks");
    for code in children(&test_workspaces().join("rules")) {
        let name = code.file_name().unwrap().to_str().unwrap();
        let known = Code::ALL.iter().any(|code| code.as_str() == name);
        assert!(known, "test-workspaces/rules/{name}: no code is called so");
        for side in children(&code) {
            let side = side.file_name().unwrap().to_str().unwrap().to_owned();
            assert!(matches!(&*side, "breaks" | "holds"), "{name}/{side} is not run");
        }
    }
}

/// The workspaces: two for each code, one for each decision, one for each guard of a real project.
fn folders() -> Vec<PathBuf> {
    let rules = children(&test_workspaces().join("rules"));
    let mut folders: Vec<PathBuf> = rules.iter().flat_map(|code| children(code)).collect();
    for family in ["decisions", "guards"] {
        folders.extend(children(&test_workspaces().join(family)));
    }
    folders
}

/// The folders in a folder, sorted.
fn children(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let is_side = |path: &PathBuf| path.is_dir() && !path.ends_with(BEFORE);
    let mut folders: Vec<PathBuf> = entries.filter(is_side).collect();
    folders.sort();
    folders
}

fn collect(folder: &Path, name: &str, found: &mut Vec<PathBuf>) {
    if folder.join(name).is_file() {
        found.push(folder.join(name));
    }
    for child in children(folder) {
        collect(&child, name, found);
    }
}

fn shown(folder: &Path) -> String {
    let below = folder.strip_prefix(test_workspaces()).unwrap();
    below.to_str().unwrap().replace('\\', "/")
}

fn report(folder: &Path) -> (Ran, Value) {
    let ran = check(folder, "json");
    let json = serde_json::from_str(&ran.stdout).unwrap_or_else(|error| {
        panic!("{}: {error}\n{}\n{}", shown(folder), ran.stdout, ran.stderr);
    });
    (ran, json)
}

/// A check of a folder; beside what it was, where the folder holds that: it is committed in a copy, and changed to what
/// it is.
fn check(folder: &Path, format: &str) -> Ran {
    let arguments = ["check", "--format", format, "--show-excepted", "--no-source"];
    let before = folder.join(BEFORE);
    if !before.is_dir() {
        return run(folder, &arguments);
    }
    let copied = tempfile::tempdir().unwrap();
    copy(folder, copied.path());
    copy(&before, copied.path());
    commit(copied.path(), "before");
    copy(folder, copied.path());
    run(copied.path(), &[&arguments[..], &["--since", "HEAD"]].concat())
}

/// The findings that count.
fn findings(json: &Value) -> Vec<&Value> {
    let all = json["findings"].as_array().unwrap().iter();
    all.filter(|f| f["status"] == "active").collect()
}

/// A check of a folder as text: the exit code, the counts, then every line of `--format short` with what `--format json`
/// holds for it. Times and absolute paths are left out.
fn checked(folder: &Path) -> String {
    let (ran, json) = report(folder);
    let short = check(folder, "short");
    assert_eq!(ran.code, short.code, "{}: the formats disagree", shown(folder));
    let mut text = format!("exit {}\n", ran.code.expect("no signal"));
    if let Some(summary) = json["summary"].as_object() {
        let counts = summary
            .iter()
            .filter(|(key, _)| !matches!(&***key, "elapsed_ms" | "engine"));
        let counts: Vec<String> = counts.map(|(key, n)| format!("{key} {n}")).collect();
        writeln!(text, "{}", counts.join(", ")).unwrap();
    }
    text.push_str(&short.stderr);
    let findings = json["findings"].as_array().unwrap();
    assert_eq!(findings.len(), short.stdout.lines().count(), "{}", short.stdout);
    for (line, finding) in short.stdout.lines().zip(findings) {
        writeln!(text, "\n{line}").unwrap();
        describe(&mut text, folder, finding);
    }
    text
}

/// What json says of one finding, beyond its line.
fn describe(text: &mut String, folder: &Path, finding: &Value) {
    let word = |key: &str| finding[key].as_str().unwrap_or("-").to_owned();
    let external = if finding["external"] == true { " (external)" } else { "" };
    let (from, to, kind) = (word("from"), word("to"), word("kind"));
    writeln!(text, "  from {from} to {to}{external}, kind {kind}").unwrap();
    writeln!(text, "  primary {}", place(folder, &finding["primary"])).unwrap();
    for declaration in list(finding, "declarations") {
        write!(text, "  declared {}", place(folder, declaration)).unwrap();
        for key in ["target", "rename"] {
            if let Some(value) = declaration[key].as_str() {
                write!(text, ", {key} {value}").unwrap();
            }
        }
        for key in ["optional", "inherited"] {
            if declaration[key] == true {
                write!(text, ", {key}").unwrap();
            }
        }
        text.push('\n');
    }
    if !list(finding, "path").is_empty() {
        writeln!(text, "  path {}", names(finding, "path", " → ")).unwrap();
    }
    for hop in list(finding, "hops") {
        let kind = hop["kind"].as_str().unwrap_or("by Cargo.lock");
        let (from, to) = (hop["from"].as_str().unwrap(), hop["to"].as_str().unwrap());
        let version = hop["version"].as_str().map(|v| format!(" {v}")).unwrap_or_default();
        let (file, line) = (hop["file"].as_str().unwrap(), &hop["line"]);
        let feature = hop["feature"]
            .as_str()
            .map(|f| format!(" (feature {f})"))
            .unwrap_or_default();
        writeln!(text, "  hop {from} → {to}{version}{feature}, {kind}, {file}:{line}").unwrap();
    }
    for (key, title) in [("also_affects", "also affects"), ("owners", "owners")] {
        if !list(finding, key).is_empty() {
            writeln!(text, "  {title} {}", names(finding, key, ", ")).unwrap();
        }
    }
    for related in list(finding, "related") {
        let message = related["message"].as_str().unwrap();
        writeln!(text, "  related {}: {message}", place(folder, related)).unwrap();
    }
    if let Some(reason) = finding["reason"].as_str() {
        writeln!(text, "  because {reason}").unwrap();
    }
    for help in list(finding, "help") {
        writeln!(text, "  help {}", help.as_str().unwrap().replace('\n', "\n    ")).unwrap();
    }
    if let Some(usage) = finding["usage"].as_object() {
        let places = usage["places"].as_array().unwrap().iter();
        let places: Vec<String> = places
            .map(|at| format!("{}:{}", at["file"].as_str().unwrap(), at["line"]))
            .collect();
        writeln!(text, "  used {} times, shown {places:?}", usage["references"]).unwrap();
    }
    writeln!(text, "  fingerprint {}", word("fingerprint")).unwrap();
}

fn list<'v>(finding: &'v Value, key: &str) -> &'v [Value] {
    finding[key].as_array().map_or(&[], Vec::as_slice)
}

fn names(finding: &Value, key: &str, between: &str) -> String {
    let names: Vec<&str> = list(finding, key).iter().map(|n| n.as_str().unwrap()).collect();
    names.join(between)
}

/// A place with what stands there, which is read from the file by the bytes: lines, columns and bytes must agree.
fn place(folder: &Path, at: &Value) -> String {
    let number = |key: &str| usize::try_from(at[key].as_u64().unwrap()).unwrap();
    let file = at["file"].as_str().unwrap();
    // `HEAD:boundaries.toml` is what the file was.
    let was = file.strip_prefix("HEAD:").map(|path| folder.join(BEFORE).join(path));
    let text = fs::read_to_string(was.unwrap_or_else(|| folder.join(file))).unwrap();
    let (start, end) = (number("byte_start"), number("byte_end"));
    let (line, column) = line_column(&text, start);
    assert_eq!((line, column), (number("line"), number("column")), "{file}");
    assert_eq!(
        line_column(&text, end),
        (number("end_line"), number("end_column")),
        "{file}"
    );
    let quoted = text[start..end].replace('\n', "⏎");
    format!("{file}:{line}:{column} bytes {start}..{end} ⟨{quoted}⟩")
}

fn line_column(text: &str, offset: usize) -> (usize, usize) {
    let before = &text[..offset];
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() + 1, before[start..].chars().count() + 1)
}
