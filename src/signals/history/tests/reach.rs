//! How far a history reaches: merges, dates and revisions, clones that lack something, paths that are no text.

use std::fs;

use camino::Utf8PathBuf;

use super::{ROOT, change, package, read, told, two, write};
use crate::git::tests::{commit, git};
use crate::signals::history::Insufficient;
use crate::signals::history::read::Since;
use crate::workspace::fixture::workspace;

#[test]
fn a_merge_counts_with_all_that_it_brought_where_merges_are_many() {
    let (_folder, root) = two();
    for turn in 0..3 {
        git(&root, &["checkout", "--quiet", "-b", &format!("topic{turn}")]);
        change(&root, &["crates/a/src/lib.rs"], &format!("a {turn}"));
        change(&root, &["crates/b/src/lib.rs"], &format!("b {turn}"));
        git(&root, &["checkout", "--quiet", "-"]);
        git(
            &root,
            &["merge", "--quiet", "--no-ff", "-m", "merge", &format!("topic{turn}")],
        );
    }
    let history = read(&root, "all").expect("a history");
    assert!(history.first_parent);
    assert_eq!(
        told(&history)[1..],
        ["[0, 1] crates/a/src/lib.rs crates/b/src/lib.rs"; 3]
    );
}

#[test]
fn history_is_read_from_the_day_or_the_commit_that_is_asked_for() {
    let (_folder, root) = two();
    let first = git(&root, &["rev-parse", "HEAD"]);
    change(&root, &["crates/a/src/lib.rs"], "later");
    let since = read(&root, first.trim()).expect("a history");
    assert_eq!((since.read, since.since.as_str()), (1, first.trim()));
    assert_eq!(read(&root, "2999-01-01").expect("a history").read, 0);
    assert_eq!(read(&root, "1999-12-31").expect("a history").read, 2);
    let unknown = read(&root, "no-such-branch").expect_err("a problem");
    assert_eq!(unknown.message, "git knows no commit `no-such-branch`");
    for wrong in ["2026-13-01", "2026-02-30", "-x", "a..b", ""] {
        assert!(wrong.parse::<Since>().is_err(), "{wrong}");
    }
    git(&root, &["checkout", "--quiet", "--orphan", "rewritten"]);
    commit(&root, "everything anew");
    let rewritten = read(&root, first.trim()).expect("a history");
    assert!(rewritten.notes[0].contains("is no ancestor"), "{:?}", rewritten.notes);
}

#[test]
fn what_is_no_repository_or_an_empty_or_a_shallow_one_is_said() {
    let (_folder, root) = workspace(&[("Cargo.toml", ROOT), ("crates/a/Cargo.toml", &package("a"))]);
    let outside = read(&root, "all").expect_err("a problem");
    assert!(outside.message.ends_with("lies in no git repository"), "{outside:?}");
    git(&root, &["init", "--quiet"]);
    let empty = read(&root, "all").expect("a history");
    assert_eq!(empty.insufficient, Some(Insufficient::FewCommits(0)));
    commit(&root, "one");
    change(&root, &["crates/a/src/lib.rs"], "two");
    change(&root, &["crates/a/src/lib.rs"], "three");
    let beside = tempfile::tempdir().expect("a folder");
    let beside = Utf8PathBuf::from_path_buf(beside.path().to_owned()).expect("UTF-8");
    let url = format!("file://{root}");
    git(
        &root,
        &[
            "clone",
            "--quiet",
            "--depth",
            "2",
            &url,
            beside.join("shallow").as_str(),
        ],
    );
    let shallow = read(&beside.join("shallow"), "all").expect("a history");
    assert_eq!(shallow.insufficient, Some(Insufficient::Shallow));
    let complete = read(&beside.join("shallow"), "HEAD~1").expect("a history");
    assert_eq!(
        complete.insufficient,
        Some(Insufficient::FewCommits(1)),
        "what was asked for is all there"
    );
    git(&root, &["config", "uploadpack.allowFilter", "true"]);
    git(
        &root,
        &[
            "clone",
            "--quiet",
            "--no-checkout",
            "--filter=blob:none",
            &url,
            beside.join("partial").as_str(),
        ],
    );
    git(
        &beside.join("partial"),
        &["config", "remote.origin.url", "file:///nowhere"],
    );
    write(&beside.join("partial"), "Cargo.toml", ROOT);
    write(&beside.join("partial"), "crates/a/Cargo.toml", &package("a"));
    let partial = read(&beside.join("partial"), "all").expect("a history");
    assert_eq!((partial.read, told(&partial).len()), (3, 3), "no content is needed");
}

#[test]
fn members_that_no_commit_knows_are_named() {
    let (_folder, root) = two();
    write(&root, "crates/new/Cargo.toml", &package("new"));
    write(&root, "crates/new/src/lib.rs", "");
    let history = read(&root, "all").expect("a history");
    assert!(history.notes[0].starts_with("`new`: no commit"), "{:?}", history.notes);
}

#[cfg(unix)]
#[test]
fn paths_that_are_no_text_stay_apart() {
    use std::os::unix::ffi::OsStrExt as _;
    let (_folder, root) = two();
    for byte in [0xfe, 0xff] {
        let name = [b'x', byte, b'.', b'r', b's'];
        let path = root
            .as_std_path()
            .join("crates/a/src")
            .join(std::ffi::OsStr::from_bytes(&name));
        fs::write(path, "// no text").expect("written");
    }
    commit(&root, "odd");
    assert_eq!(
        told(&read(&root, "all").expect("a history"))[1],
        "[0] crates/a/src/x\\xfe.rs crates/a/src/x\\xff.rs"
    );
}

#[test]
fn a_history_that_was_grafted_is_read_as_git_shows_it() {
    let (_folder, root) = two();
    for text in ["one", "two", "three"] {
        change(&root, &["crates/a/src/lib.rs"], text);
    }
    assert_eq!(read(&root, "all").expect("a history").read, 4);
    git(&root, &["replace", "--graft", "HEAD~1"]);
    let grafted = read(&root, "all").expect("a history");
    assert_eq!(grafted.read, 2, "what the graft cut off is not here");
    assert_eq!(grafted.insufficient, Some(Insufficient::FewCommits(2)));
}

#[test]
fn a_workspace_in_a_submodule_has_the_history_of_the_submodule() {
    let (_folder, inner) = two();
    change(&inner, &["crates/b/src/lib.rs"], "more");
    let (_folder, outer) = workspace(&[("Cargo.toml", ROOT), ("crates/x/Cargo.toml", &package("x"))]);
    commit(&outer, "first");
    git(&outer, &["submodule", "add", "--quiet", inner.as_str(), "vendor/inner"]);
    commit(&outer, "a submodule");
    let history = read(&outer.join("vendor/inner"), "all").expect("a history");
    assert_eq!(told(&history), told(&read(&inner, "all").expect("a history")));
    assert_eq!(history.read, 2);
}

#[test]
fn sources_that_the_newest_commit_lacks_are_known_as_gone() {
    let (_folder, root) = two();
    change(&root, &["crates/a/src/x.rs", "crates/a/src/y.rs"], "both");
    fs::remove_file(root.join("crates/a/src/x.rs")).expect("removed");
    commit(&root, "x went");
    let history = read(&root, "all").expect("a history");
    let gone: Vec<&str> = history.gone.iter().map(|path| history.paths.text(*path)).collect();
    assert_eq!(gone, ["crates/a/src/x.rs"]);
}
