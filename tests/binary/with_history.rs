//! `check --with-history`: what is said beside a finding, in repositories with a history that is made for it.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::common::{Ran, git, run, workspace, write};

/// Keeps the usual workspace's `a` from using `b`.
const RULES: &[u8] = b"[[forbidden]]\nname = \"stands-alone\"\nfrom = [\"a\"]\nto = [\"b\", \"external:*\"]\n";
const MANIFEST: &[u8] = b"[package]\nname = \"a\"\n\n[dependencies]\nb = { path = \"../b\" }\nlibc = \"0.2\"\n";

/// What a commit changes: the source of `a`, that of `b`, or both.
#[derive(Clone, Copy)]
pub enum Touched {
    A,
    B,
    Both,
}

/// The usual workspace, which the first commit brings whole, with a finding on `a` → `b` and one on an external, and these commits in its history, a day apart.
pub fn repository(commits: &[Touched]) -> tempfile::TempDir {
    let folder = workspace(&[("boundaries.toml", RULES), ("a/Cargo.toml", MANIFEST)]);
    let root = folder.path();
    git(root, &["init", "--quiet", "--initial-branch=main"]);
    let mut stream = String::new();
    let tracked = [
        "Cargo.toml",
        "boundaries.toml",
        "a/Cargo.toml",
        "a/src/lib.rs",
        "b/Cargo.toml",
        "b/src/lib.rs",
    ];
    for (number, touched) in commits.iter().enumerate() {
        let time = 1_735_689_600 + number * 86_400;
        let _ = write!(
            stream,
            "commit refs/heads/main\ncommitter Test <test@example.com> {time} +0000\ndata 6\ncommit\n"
        );
        let mut file = |path: &str, text: &str| {
            let _ = write!(stream, "M 100644 inline {path}\ndata {}\n{text}\n", text.len());
        };
        if number == 0 {
            for path in tracked {
                file(path, &std::fs::read_to_string(root.join(path)).expect("a file"));
            }
        }
        let text = format!("//! {number}\n");
        if matches!(touched, Touched::A | Touched::Both) {
            file("a/src/lib.rs", &text);
        }
        if matches!(touched, Touched::B | Touched::Both) {
            file("b/src/lib.rs", &text);
        }
        stream.push('\n');
    }
    let mut import = Command::new("git");
    import
        .current_dir(root)
        .args(["fast-import", "--quiet"])
        .stdin(Stdio::piped());
    import
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null");
    let mut import = import.spawn().expect("git starts");
    let mut stdin = import.stdin.take().expect("a pipe");
    stdin.write_all(stream.as_bytes()).expect("git reads");
    drop(stdin);
    assert!(import.wait().expect("git ends").success());
    git(root, &["reset", "--quiet", "--hard", "main"]);
    folder
}

/// So many commits to `a`, to `b` and to both.
pub fn commits(a: usize, b: usize, both: usize) -> Vec<Touched> {
    let mut commits = vec![Touched::A; a];
    commits.extend(vec![Touched::B; b]);
    commits.extend(vec![Touched::Both; both]);
    commits
}

fn check(root: &Path, more: &[&str]) -> Ran {
    run(root, &[&["check", "--with-history"], more].concat())
}

fn findings(ran: &Ran) -> Vec<Value> {
    let report: Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {ran:?}"));
    report["findings"].as_array().expect("findings").clone()
}

#[test]
fn a_finding_whose_ends_do_not_change_together_is_said_to_be_one_of_the_code() {
    let folder = repository(&commits(60, 50, 2));
    let ran = check(folder.path(), &[]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    let said = "history: 0 references, no ripple (3 of 53 commits to `b` changed `a` too): the code is easy to fix";
    assert!(ran.stdout.contains(said), "{}", ran.stdout);
    let found = findings(&check(folder.path(), &["--format", "json"]));
    assert_eq!(found.len(), 2);
    let history = &found[0]["history"];
    assert_eq!(
        (&history["suggests"], &history["shared"]),
        (&"mend-the-code".into(), &3.into()),
        "{history}"
    );
    assert_eq!(history["commits"], serde_json::json!([62, 53]));
    // Of what is outside nothing is known.
    assert!(found[1].get("history").is_none(), "{}", found[1]);
}

#[test]
fn a_finding_whose_ends_keep_changing_together_asks_for_a_look_at_the_boundary() {
    let folder = repository(&commits(80, 10, 30));
    let found = findings(&check(folder.path(), &["--format", "json"]));
    // Two crates are too few to tell from chance how often both change, but that one reaches the other shows.
    let history = &found[0]["history"];
    assert_eq!(history["suggests"], "look-at-the-boundary", "{history}");
    assert_eq!(
        (&history["shared"], &history["ripple"]),
        (&31.into(), &0.7561.into()),
        "{history}"
    );
}

#[test]
fn without_the_option_nothing_is_read_and_nothing_said() {
    let folder = repository(&commits(60, 50, 2));
    let found = findings(&run(folder.path(), &["check", "--format", "json"]));
    assert!(found.iter().all(|finding| finding.get("history").is_none()));
}

#[test]
fn a_history_that_does_not_suffice_is_said_once_and_keeps_no_check_from_its_verdict() {
    let folder = repository(&commits(10, 10, 2));
    let ran = check(folder.path(), &[]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    let said = "note: history says nothing of these findings: only 22 commits count, and 100 are needed";
    assert!(ran.stderr.contains(said), "{}", ran.stderr);
    assert!(!ran.stdout.contains("history:"), "{}", ran.stdout);
}

#[test]
fn a_shallow_clone_says_that_it_is_one() {
    let folder = repository(&commits(100, 50, 2));
    let clones = tempfile::tempdir().expect("a folder");
    let source = format!("file://{}", folder.path().display());
    git(clones.path(), &["clone", "--quiet", "--depth=120", &source, "shallow"]);
    let ran = check(&clones.path().join("shallow"), &[]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.stderr.contains("the clone is shallow"), "{}", ran.stderr);
}

#[test]
fn outside_a_repository_the_run_could_not_do_what_it_was_asked() {
    let folder = workspace(&[("boundaries.toml", RULES)]);
    let ran = check(folder.path(), &[]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.stderr.contains("lies in no git repository"), "{}", ran.stderr);
    let found: Value = serde_json::from_str(&check(folder.path(), &["--format", "json"]).stdout).expect("json");
    assert_eq!(found["errors"][0]["kind"], "git");
}

#[test]
fn it_goes_with_since_and_changed() {
    let folder = repository(&commits(60, 50, 2));
    let root = folder.path();
    let clean = [RULES, b"[externals]\n"].concat();
    write(root, &[("boundaries.toml", &clean)]);
    for more in [&["--since", "HEAD"][..], &["--changed"]] {
        let ran = check(root, &[more, &["--format", "json"]].concat());
        assert!(ran.code != Some(2), "{ran:?}");
    }
    let ran = check(root, &["--since", "HEAD~110", "--show-excepted"]);
    assert!(ran.code != Some(2), "{ran:?}");
}
