//! Which commits count, in repositories that are made for it.

use std::fs;

use camino::{Utf8Path, Utf8PathBuf};

use super::read::{Repository, Since};
use super::*;
use crate::git::tests::{commit, git};
use crate::graph::Graph;
use crate::signals::units::Units;
use crate::source::Sources;
use crate::workspace::cargo::CargoOptions;
use crate::workspace::engine;
use crate::workspace::fixture::workspace;

mod reach;

#[test]
fn a_commit_is_named_as_git_names_it() {
    for name in ["0123456789abcdef0123456789abcdef01234567", &"fe".repeat(32)] {
        assert_eq!(CommitId::parse(name).expect("a name").to_string(), name);
    }
    for wrong in ["", "abc", &"g".repeat(40), &"a".repeat(41)] {
        assert_eq!(CommitId::parse(wrong), None, "{wrong}");
    }
}

#[test]
fn a_text_is_held_once() {
    let mut names = Names::default();
    let numbers = ["a", "b", "a"].map(|text| names.number(text));
    assert_eq!(numbers, [0, 1, 0]);
    assert_eq!((names.text(1), names.text(7), names.len()), ("b", "", 2));
}

const ROOT: &str = "[workspace]\nmembers = [\"crates/*\"]\n";

fn package(name: &str) -> String {
    format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2021\"\n")
}

fn write(root: &Utf8Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(path, text).expect("written");
}

/// Two crates, each with a source.
fn two() -> (tempfile::TempDir, Utf8PathBuf) {
    let (folder, root) = workspace(&[
        ("Cargo.toml", ROOT),
        ("crates/a/Cargo.toml", &package("a")),
        ("crates/b/Cargo.toml", &package("b")),
    ]);
    commit(&root, "both");
    (folder, root)
}

fn change(root: &Utf8Path, paths: &[&str], text: &str) {
    for path in paths {
        write(root, path, &format!("// {text} of {path}\n"));
    }
    commit(root, text);
}

fn read(root: &Utf8Path, since: &str) -> Result<History, crate::error::Problem> {
    let mut sources = Sources::default();
    let choice = crate::config::EngineChoice::Manifests;
    let workspace = engine::read(&root.join("Cargo.toml"), choice, CargoOptions::default(), &mut sources);
    let workspace = workspace.unwrap_or_else(|problems| panic!("{problems:?}"));
    let units = Units::new(&Graph::new(&workspace), &|_| false);
    let since: Since = since.parse().expect("a time");
    Repository::open(root)?.read(&workspace, &units, &since, &mut |_| {})
}

/// For each commit that counts its crates and its files, the oldest first.
fn told(history: &History) -> Vec<String> {
    let one = |commit: &Commit| {
        let files: Vec<&str> = commit.files.iter().map(|(file, _)| history.paths.text(*file)).collect();
        let mut files: Vec<String> = files.into_iter().map(str::to_owned).collect();
        files.sort();
        format!("{:?} {}", commit.units, files.join(" "))
    };
    history.commits.iter().map(one).collect()
}

#[test]
fn a_crate_stays_itself_when_its_folder_moves() {
    let (_folder, root) = two();
    change(&root, &["crates/a/src/x.rs"], "one");
    git(&root, &["mv", "crates/a", "crates/c"]);
    write(
        &root,
        "crates/c/Cargo.toml",
        &(package("a") + "description = \"moved, and its manifest changed\"\n"),
    );
    commit(&root, "moved");
    change(&root, &["crates/c/src/x.rs", "crates/b/src/lib.rs"], "two");
    let history = read(&root, "all").expect("a history");
    assert_eq!(
        told(&history),
        [
            "[0, 1] crates/b/src/lib.rs crates/c/src/lib.rs",
            "[0] crates/c/src/x.rs",
            "[0, 1] crates/b/src/lib.rs crates/c/src/x.rs",
        ]
    );
    assert_eq!((history.read, history.left_out.rename_only), (4, 1));
}

#[test]
fn a_folder_that_was_another_crates_before_gives_it_no_past() {
    let (_folder, root) = two();
    change(&root, &["crates/a/src/lib.rs"], "of a");
    git(&root, &["mv", "crates/a", "crates/c"]);
    commit(&root, "moved");
    write(&root, "crates/a/Cargo.toml", &package("n"));
    change(&root, &["crates/a/src/lib.rs"], "of n");
    let history = read(&root, "all").expect("a history");
    assert_eq!(
        told(&history)[1..],
        ["[0] crates/c/src/lib.rs", "[2] crates/a/src/lib.rs"]
    );
}

#[test]
fn what_was_part_of_another_crate_before_it_was_split_off_counts_there() {
    let (_folder, root) = two();
    change(&root, &["crates/a/inner/src/x.rs"], "inside");
    write(&root, "crates/a/inner/Cargo.toml", &package("inner"));
    write(&root, "crates/a/inner/src/lib.rs", "// new\n");
    write(
        &root,
        "Cargo.toml",
        "[workspace]\nmembers = [\"crates/*\", \"crates/a/inner\"]\n",
    );
    commit(&root, "split off");
    change(&root, &["crates/a/inner/src/x.rs"], "outside");
    let history = read(&root, "all").expect("a history");
    assert_eq!(
        &told(&history)[1..],
        [
            "[0] crates/a/inner/src/x.rs",
            "[2] crates/a/inner/src/lib.rs",
            "[2] crates/a/inner/src/x.rs"
        ]
    );
}

#[test]
fn what_says_nothing_is_left_out_and_counted() {
    let (_folder, root) = two();
    change(
        &root,
        &["crates/a/Cargo.lock", "readme.md"],
        "no source at all: not even read",
    );
    change(
        &root,
        &["crates/a/tests/fixtures/x.rs", "build.rs"],
        "fixtures, and outside of every crate",
    );
    git(&root, &["mv", "crates/a/src/lib.rs", "crates/a/src/main.rs"]);
    commit(&root, "only moved");
    let many: Vec<String> = (0..51).map(|file| format!("crates/a/src/f{file}.rs")).collect();
    change(
        &root,
        &many.iter().map(String::as_str).collect::<Vec<_>>(),
        "too many files",
    );
    git(
        &root,
        &[
            "-c",
            "user.name=renovate[bot]",
            "commit",
            "--quiet",
            "--allow-empty",
            "-m",
            "nothing",
        ],
    );
    write(&root, "crates/b/src/lib.rs", "// by a program\n");
    git(&root, &["add", "--all"]);
    git(
        &root,
        &[
            "commit",
            "--quiet",
            "--author",
            "renovate[bot] <x@example.com>",
            "-m",
            "bump",
        ],
    );
    change(&root, &["crates/a/src/f1.rs", "crates/b/src/lib.rs"], "formatted");
    let formatted = git(&root, &["rev-parse", "HEAD"]);
    write(&root, ".git-blame-ignore-revs", &format!("# formatting\n{formatted}"));
    commit(&root, "ignore");
    let history = read(&root, "all").expect("a history");
    assert_eq!(told(&history).len(), 1, "{:?}", told(&history));
    let left_out = LeftOut {
        no_source: 1,
        rename_only: 1,
        too_many_files: 1,
        bots: 1,
        blame_ignored: 1,
        too_many_crates: 0,
    };
    assert_eq!((history.left_out, history.read), (left_out, 6));
    assert_eq!(history.insufficient, Some(Insufficient::FewCommits(1)));
}

#[test]
fn a_commit_of_more_than_eight_crates_is_left_out() {
    let names: Vec<String> = (0..9).map(|number| format!("c{number}")).collect();
    let manifests: Vec<(String, String)> = names
        .iter()
        .map(|name| (format!("crates/{name}/Cargo.toml"), package(name)))
        .collect();
    let mut files: Vec<(&str, &str)> = manifests
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    files.push(("Cargo.toml", ROOT));
    let (_folder, root) = workspace(&files);
    commit(&root, "nine at once");
    let paths: Vec<String> = names.iter().map(|name| format!("crates/{name}/src/lib.rs")).collect();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    change(&root, &paths[..8], "eight");
    let history = read(&root, "all").expect("a history");
    assert_eq!((history.left_out.too_many_crates, history.commits.len()), (1, 1));
}

#[test]
fn a_workspace_in_a_folder_of_a_larger_repository_is_told_from_the_rest() {
    let (_folder, root) = workspace(&[
        ("tools/my ws/Cargo.toml", ROOT),
        ("tools/my ws/crates/a/Cargo.toml", &package("a")),
        ("tools/my ws/crates/b/Cargo.toml", &package("b")),
        ("other/src/lib.rs", ""),
    ]);
    commit(&root, "all");
    change(&root, &["other/src/lib.rs"], "elsewhere");
    change(&root, &["tools/my ws/crates/a/src/ä.rs", "other/src/lib.rs"], "both");
    let history = read(&root.join("tools/my ws"), "all").expect("a history");
    assert_eq!(history.read, 2);
    assert_eq!(told(&history)[1], "[0] crates/a/src/ä.rs");
}
