//! Every file of `cases` holds the files of a workspace, questions about its modules, and what is answered.
//! `UPDATE_SNAPSHOTS=1 cargo test modules` writes the answers anew.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use camino::{Utf8Path, Utf8PathBuf};
use tempfile::TempDir;

use super::human;
use crate::error::Error;
use crate::pipeline::{self, Options};
use crate::questions::Subject;
use crate::questions::modules::{Modules, asked, modules};
use crate::reporters::Style;
use crate::reporters::prose::Pen;

/// Without a manifest, a case is a package of this sort.
const MANIFEST: &str = "[package]\nname = \"a\"\nedition = \"2024\"\n";

fn cases() -> Vec<Utf8PathBuf> {
    let folder = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("src/commands/questions/modules/cases");
    let entries = folder.read_dir_utf8().unwrap();
    let mut cases: Vec<Utf8PathBuf> = entries.map(|entry| entry.unwrap().into_path()).collect();
    cases.sort();
    assert!(cases.len() > 3, "cases are missing: {cases:?}");
    cases
}

fn read(case: &Utf8Path) -> String {
    fs::read_to_string(case).unwrap().replace("\r\n", "\n")
}

/// Writes the files of a case.
fn write(given: &str) -> (TempDir, Utf8PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let root = Utf8PathBuf::from_path_buf(folder.path().canonicalize().unwrap()).unwrap();
    fs::write(root.join("Cargo.toml"), MANIFEST).unwrap();
    for file in given.split("--- ").skip(1) {
        let (name, text) = file.split_once('\n').unwrap();
        let path = root.join(name.trim());
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    (folder, root)
}

fn ask(root: &Utf8Path, word: &str, depth: Option<usize>) -> Result<Modules, Error> {
    let options = Options {
        manifest_path: Some(root.join("Cargo.toml").into()),
        ..Options::default()
    };
    let (subject, asked) = Subject::read(&options, |_| false, &|workspace, _| asked(workspace, word, depth))?;
    modules(&subject, &asked)
}

/// What is answered to `a::b --depth 1`.
fn answer(root: &Utf8Path, question: &str) -> String {
    let words: Vec<&str> = question.split(' ').collect();
    let depth = match words[1..] {
        [] => None,
        ["--depth", depth] => Some(depth.parse().unwrap()),
        _ => panic!("`{question}` is no question"),
    };
    let style = Style {
        color: false,
        unicode: true,
        width: 80,
        all: false,
        quiet: false,
    };
    match ask(root, words[0], depth) {
        Ok(answer) => human(&answer, Pen::new(style)),
        Err(error) => crate::reporters::human::render_error(&error, style),
    }
}

#[test]
fn every_case_is_answered_as_expected() {
    let mut wrong = Vec::new();
    for case in cases() {
        let text = read(&case);
        let (given, asked) = text.split_once("===\n").expect("questions");
        let (_folder, root) = write(given);
        let mut right = String::new();
        for question in asked.lines().filter_map(|line| line.strip_prefix("$ ")) {
            write!(right, "$ {question}\n{}", answer(&root, question)).unwrap();
        }
        let right = format!("{given}===\n{}", right.replace(root.as_str(), "ROOT"));
        if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
            fs::write(&case, &right).unwrap();
        }
        if right != text {
            wrong.push(format!("{case} says\n{text}\nand should say\n{right}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The modules that use each other, of every cycle.
type Cycles = BTreeSet<Vec<String>>;

#[test]
fn what_is_a_cycle_here_is_one_for_a_rule_about_the_modules_of_each_level() {
    let mut compared = 0;
    for case in cases() {
        let text = read(&case);
        let (_folder, root) = write(text.split_once("===\n").expect("questions").0);
        let Ok(answer) = ask(&root, "a", None) else { continue };
        if !answer.unread.is_empty() {
            // A rule judges nothing of which a part is missing.
            continue;
        }
        let told: Cycles = (answer.cycles.iter())
            .map(|cycle| cycle.modules.iter().map(|path| format!("mod:a::{path}")).collect())
            .collect();
        let mut reported = Cycles::new();
        for module in &answer.modules {
            let rule = format!(
                "[[acyclic]]\nname = \"level\"\nover = \"modules\"\nmodules = [\"{}::*\"]\nallow-empty = true\n",
                module.name
            );
            fs::write(root.join("boundaries.toml"), rule).unwrap();
            let options = Options {
                manifest_path: Some(root.join("Cargo.toml").into()),
                ..Options::default()
            };
            let report = pipeline::check(&options).unwrap_or_else(|error| panic!("{case}: {error}"));
            reported.extend(report.findings.into_iter().map(|finding| finding.component));
        }
        compared += told.len();
        assert_eq!(told, reported, "{case}");
    }
    assert!(compared > 2, "only {compared} cycles were compared");
}
