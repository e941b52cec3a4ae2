//! What git makes of two branches' baselines, shown with real merges.

use std::fs;
use std::path::Path;

use crate::common::{Ran, commit, git, run, workspace, write};

const FILE: &str = "boundaries-baseline.toml";
const CRATES: [&str; 6] = ["c1", "c2", "c3", "c4", "c5", "c6"];
const RULE: &[u8] = b"[[forbidden]]\nname = \"no-b\"\nto = [\"b\"]\n";

/// A workspace in which these crates use `b`, which none may.
fn put(root: &Path, users: &[&str]) {
    for name in CRATES {
        let dependencies = if users.contains(&name) {
            "[dependencies]\nb = { path = \"../b\" }\n"
        } else {
            ""
        };
        let text = format!("[package]\nname = \"{name}\"\n{dependencies}");
        let files: [(&str, &[u8]); 2] = [
            (&format!("{name}/Cargo.toml"), text.as_bytes()),
            (&format!("{name}/src/lib.rs"), b""),
        ];
        write(root, &files);
    }
}

fn repository(users: &[&str], union: bool) -> tempfile::TempDir {
    let folder = workspace(&[
        ("Cargo.toml", b"[workspace]\nmembers = [\"b\", \"c*\"]\n"),
        ("boundaries.toml", RULE),
    ]);
    let root = folder.path();
    put(root, users);
    fs::remove_dir_all(root.join("a")).unwrap();
    let ran = run(
        root,
        if union {
            &["baseline", "--gitattributes"]
        } else {
            &["baseline"]
        },
    );
    assert_eq!(ran.code, Some(0), "{}{}", ran.stdout, ran.stderr);
    commit(root, "adopt");
    folder
}

/// One branch in which these crates use `b`, with the baseline written for it.
fn branch(root: &Path, name: &str, users: &[&str]) {
    git(root, &["checkout", "--quiet", "-b", name, "main"]);
    put(root, users);
    let ran = run(root, &["baseline", "--grow"]);
    assert_eq!(ran.code, Some(0), "{}{}", ran.stdout, ran.stderr);
    commit(root, name);
}

fn merge(root: &Path) -> Ran {
    git(root, &["checkout", "--quiet", "one"]);
    git(root, &["merge", "--quiet", "--no-edit", "two"])
}

fn text(root: &Path) -> String {
    fs::read_to_string(root.join(FILE)).unwrap()
}

/// The crates that the baseline names, line by line.
fn named(root: &Path) -> Vec<String> {
    let text = text(root);
    let from = text
        .lines()
        .filter_map(|line| line.split("from = \"").nth(1)?.split('"').next());
    from.map(String::from).collect()
}

#[test]
fn with_the_attribute_no_merge_of_two_branches_conflicts() {
    type Side<'s> = &'s [&'s str];
    let cases: [(Side<'_>, Side<'_>, Side<'_>); 8] = [
        // Both take in edges at the same place; one does; both shrink; one shrinks and one grows; neighbours.
        (&["c1"], &["c1", "c2"], &["c1", "c3"]),
        (&["c3"], &["c1", "c2", "c3"], &["c3", "c4", "c5"]),
        (&["c1", "c2", "c3", "c4"], &["c1", "c2"], &["c3", "c4"]),
        (&["c2", "c3"], &["c2"], &["c2", "c3", "c4"]),
        (&["c2", "c3"], &["c3"], &["c2"]),
        (&["c1", "c2"], &[], &["c1"]),
        (&["c1"], &[], &["c1", "c2"]),
        (&["c1", "c6"], &["c2", "c3"], &["c4", "c5"]),
    ];
    for (base, one, two) in cases {
        let folder = repository(base, true);
        let root = folder.path();
        branch(root, "one", one);
        branch(root, "two", two);
        let merged = merge(root);
        assert_eq!(
            merged.code,
            Some(0),
            "{base:?} {one:?} {two:?}: {}{}",
            merged.stdout,
            text(root)
        );
        assert!(!text(root).contains("<<<<<<<"), "{}", text(root));
        // Whatever lines came back, the merge is green, and what excuses nothing is told and then dropped.
        let ran = run(root, &["check"]);
        assert_eq!(ran.code, Some(0), "{}{}{}", ran.stdout, ran.stderr, text(root));
        let ran = run(root, &["baseline"]);
        assert_eq!(ran.code, Some(0), "{}{}", ran.stdout, ran.stderr);
        let ran = run(root, &["check", "--deny-stale", "--deny-warnings"]);
        assert_eq!(ran.code, Some(0), "{}{}", ran.stdout, ran.stderr);
        let users: Vec<&str> = CRATES
            .into_iter()
            .filter(
                |name| match (base.contains(name), one.contains(name), two.contains(name)) {
                    (true, one, two) => one && two,
                    (false, one, two) => one || two,
                },
            )
            .collect();
        assert_eq!(named(root), users, "{base:?} {one:?} {two:?}");
    }
}

#[test]
fn a_line_that_a_merge_brings_back_is_stale_and_goes() {
    let folder = repository(&["c2", "c3"], true);
    let root = folder.path();
    branch(root, "one", &["c2"]);
    branch(root, "two", &["c2", "c3", "c4"]);
    assert_eq!(merge(root).code, Some(0));
    assert_eq!(
        named(root),
        ["c2", "c3", "c4"],
        "one took c3 out, and two wrote beside it"
    );
    let ran = run(root, &["check", "--format", "short"]);
    assert!(
        ran.stdout
            .contains("warn[stale-baseline] the baseline's line for `c3` → `b`"),
        "{}",
        ran.stdout
    );
    run(root, &["baseline"]);
    assert_eq!(named(root), ["c2", "c4"]);
}

#[test]
fn two_branches_that_both_adopt_are_merged_too() {
    let folder = repository(&[], true);
    let root = folder.path();
    write(root, &[(".gitattributes", b"boundaries-baseline.toml merge=union\n")]);
    commit(root, "attributes");
    assert!(!root.join(FILE).exists(), "nothing failed, and nothing was written");
    branch(root, "one", &["c1", "c2"]);
    branch(root, "two", &["c2", "c5"]);
    assert_eq!(merge(root).code, Some(0), "{}", text(root));
    let ran = run(root, &["baseline"]);
    assert_eq!(ran.code, Some(0), "{}{}{}", ran.stdout, ran.stderr, text(root));
    assert_eq!(named(root), ["c1", "c2", "c5"]);
}

#[test]
fn without_it_only_neighbours_conflict_and_the_next_baseline_settles_it() {
    let apart = repository(&["c1", "c3", "c5"], false);
    branch(apart.path(), "one", &["c3", "c5"]);
    branch(apart.path(), "two", &["c1", "c3"]);
    assert_eq!(merge(apart.path()).code, Some(0), "{}", text(apart.path()));
    assert_eq!(named(apart.path()), ["c3"]);

    let folder = repository(&["c3"], false);
    let root = folder.path();
    branch(root, "one", &["c3", "c4"]);
    branch(root, "two", &["c3", "c5"]);
    assert_eq!(merge(root).code, Some(1));
    assert!(text(root).contains("<<<<<<<"), "{}", text(root));
    let ran = run(root, &["check"]);
    assert_eq!(ran.code, Some(2), "{}", ran.stdout);
    for said in [
        "a merge left its marks in the baseline",
        "`cargo boundaries baseline` keeps the lines of both",
    ] {
        assert!(ran.stderr.contains(said), "{}", ran.stderr);
    }
    let ran = run(root, &["baseline"]);
    assert_eq!(ran.code, Some(0), "{}{}", ran.stdout, ran.stderr);
    assert_eq!(named(root), ["c3", "c4", "c5"]);
    assert_eq!(run(root, &["check"]).code, Some(0));
}
