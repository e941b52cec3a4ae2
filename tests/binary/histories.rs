//! How `signals` reads history: clones that lack contents, how far back it goes, and what `--quiet` leaves of it.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::common::{self, run};
use crate::signals::coupled;

fn git(folder: &Path, arguments: &[&str]) -> String {
    let ran = common::git(folder, arguments);
    assert_eq!(ran.code, Some(0), "git {arguments:?}: {}", ran.stderr);
    ran.stdout
}

/// A clone of a workspace without what a filter leaves out, whose origin is gone: nothing can be fetched. Its files stand
/// there all the same.
fn partial(of: &Path, filter: &str) -> tempfile::TempDir {
    git(of, &["config", "uploadpack.allowFilter", "true"]);
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("file://{}", of.display());
    let filter = format!("--filter={filter}");
    git(
        folder.path(),
        &["clone", "--quiet", "--no-checkout", &filter, &url, "clone"],
    );
    let clone = folder.path().join("clone");
    git(&clone, &["remote", "set-url", "origin", "file:///gone/away"]);
    fs::copy(of.join("Cargo.toml"), clone.join("Cargo.toml")).expect("copied");
    for number in 0..12 {
        let source = format!("c{number:02}/src");
        fs::create_dir_all(clone.join(&source)).expect("made");
        for file in [format!("c{number:02}/Cargo.toml"), format!("{source}/lib.rs")] {
            fs::copy(of.join(&file), clone.join(&file)).expect("copied");
        }
    }
    folder
}

#[test]
fn a_clone_without_contents_says_what_the_whole_one_does() {
    let whole = coupled();
    let folder = partial(whole.path(), "blob:none");
    let clone = folder.path().join("clone");
    let missing = || {
        let objects = git(&clone, &["rev-list", "--objects", "--missing=print", "HEAD"]);
        objects.lines().filter(|line| line.starts_with('?')).count()
    };
    let before = missing();
    assert!(before > 100, "{before}");
    let ran = run(&clone, &["signals"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{}", ran.stdout);
    assert_eq!(ran.stdout, run(whole.path(), &["signals"]).stdout);
    assert!(ran.stdout.contains("`c00` and `c01` change together"), "{}", ran.stdout);
    assert_eq!(missing(), before);
}

#[test]
fn a_clone_without_folders_cannot_be_told_of_and_says_so() {
    let whole = coupled();
    let folder = partial(whole.path(), "tree:0");
    let ran = run(&folder.path().join("clone"), &["signals"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{}", ran.stderr);
    assert!(ran.stderr.contains("git cannot read the history"), "{}", ran.stderr);
    assert!(ran.stderr.contains("`--filter=blob:none`"), "{}", ran.stderr);
}

#[test]
fn months_count_back_from_the_newest_commit() {
    let folder = coupled();
    let history = |arguments: &[&str]| {
        let all = [&["signals", "--format", "json"], arguments].concat();
        let document: Value = serde_json::from_str(&run(folder.path(), &all).stdout).expect("JSON");
        document["history"].clone()
    };
    // The newest commit is of 2023-11-23.
    let month = history(&["--months", "1"]);
    assert_eq!(month["since"], "2023-10-23");
    assert!(month["used"].as_u64().is_some_and(|used| used > 200), "{month}");
    assert_eq!(history(&[])["since"], "2021-11-23");
}

#[test]
fn quiet_leaves_what_was_found_and_no_notes() {
    let folder = coupled();
    fs::create_dir_all(folder.path().join("c99/src")).expect("made");
    fs::write(folder.path().join("c99/src/lib.rs"), "").expect("written");
    let manifest = "[package]\nname = \"c99\"\nversion = \"0.1.0\"\nedition = \"2021\"\n";
    fs::write(folder.path().join("c99/Cargo.toml"), manifest).expect("written");
    let loud = run(folder.path(), &["signals"]);
    assert!(
        loud.stderr
            .contains("note: `c99`: no commit of this repository holds it"),
        "{}",
        loud.stderr
    );
    let quiet = run(folder.path(), &["signals", "--quiet"]);
    assert_eq!((quiet.code, quiet.stderr.as_str()), (Some(0), ""));
    for said in ["210 of 211 commits", "`c00` and `c01` change together"] {
        assert!(quiet.stdout.contains(said), "{}", quiet.stdout);
    }
    assert!(
        loud.stdout.contains("ways out") && !quiet.stdout.contains("ways out"),
        "{}",
        quiet.stdout
    );
}

#[test]
fn who_asks_for_what_only_informs_is_not_told_that_history_shows_nothing() {
    let folder = coupled();
    for arguments in [&["signals", "--only", "graph"][..], &["signals", "--trend"]] {
        let human = run(folder.path(), arguments).stdout;
        assert!(!human.contains("no signal"), "{human}");
        let markdown = run(folder.path(), &[arguments, &["--format", "markdown"]].concat()).stdout;
        assert!(
            markdown.starts_with("### cargo-boundaries: what history shows\n"),
            "{markdown}"
        );
    }
    let graph = run(folder.path(), &["signals", "--only", "graph", "--format", "markdown"]).stdout;
    assert!(graph.contains("graph: a change to a crate can reach"), "{graph}");
    let none = run(folder.path(), &["signals", "--only", "merge-candidate,graph"]).stdout;
    assert!(none.contains("history shows no signal"), "{none}");
}
