//! `check --since` and `check --changed`: what a change brought, beside what was committed.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::common::{Ran, commit, git, run, workspace, write};

/// A rule that keeps the usual workspace's `a` from using anything.
const RULE: &[u8] = b"[[forbidden]]\nname = \"stands-alone\"\nfrom = [\"a\"]\nto = [\"*\", \"external:*\"]\n";
const ALONE: &[u8] = b"[package]\nname = \"a\"\n";
const MORE: &[u8] = b"[package]\nname = \"a\"\n\n[dependencies]\nb = { path = \"../b\" }\nlibc = \"0.2\"\n";

/// The usual workspace, which breaks its rule, committed.
fn repository(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = workspace(&[("boundaries.toml", RULE)]);
    write(folder.path(), files);
    commit(folder.path(), "before");
    folder
}

fn since(folder: &Path, arguments: &[&str]) -> Ran {
    run(folder, &[&["check", "--since", "HEAD"], arguments].concat())
}

fn json(ran: &Ran) -> Value {
    serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {}{}", ran.stdout, ran.stderr))
}

#[track_caller]
fn expect(ran: &Ran, code: i32, said: &str) {
    assert_eq!(ran.code, Some(code), "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stdout.contains(said), "{}{}", ran.stdout, ran.stderr);
}

#[test]
fn the_story_of_adoption() {
    let folder = workspace(&[("boundaries.toml", RULE)]);
    let root = folder.path();
    expect(&run(root, &["check"]), 1, "1 error");
    expect(&run(root, &["baseline"]), 0, "excuses 1 edge");
    expect(&run(root, &["check"]), 0, "clean (1 baselined)");
    commit(root, "adopt");
    // One new edge fails alone; the baseline refuses it, and --since sees it.
    write(root, &[("a/Cargo.toml", MORE)]);
    expect(&run(root, &["check"]), 1, "1 error (1 baselined)");
    expect(&run(root, &["baseline"]), 1, "is left as it is");
    expect(&since(root, &[]), 1, "1 error (1 baselined); since HEAD: 1 new\n");
    // Taking it in all the same is seen too.
    expect(&run(root, &["baseline", "--grow"]), 0, "excuses 2 edges");
    expect(&run(root, &["check"]), 0, "clean (2 baselined)");
    let comment = since(root, &["--format", "markdown"]).stdout;
    assert!(
        comment.contains("\nSince `HEAD`: 1 new, 0 mended.\n\n- ❌"),
        "{comment}"
    );
    let grown = since(root, &["--format", "short"]);
    expect(
        &grown,
        1,
        "boundaries-baseline.toml:5:3: deny[grown-baseline] the baseline grew by `a` → `external:libc`",
    );
    assert_eq!(grown.stdout.lines().count(), 1, "{}", grown.stdout);
    git(root, &["checkout", "--quiet", "."]);
    // A removed edge turns stale, and the baseline shrinks.
    write(root, &[("a/Cargo.toml", ALONE)]);
    expect(&run(root, &["check"]), 0, "1 warning");
    expect(&run(root, &["check", "--deny-stale"]), 1, "1 error");
    expect(&run(root, &["baseline"]), 0, "(1 fewer)");
    expect(&since(root, &["--deny-stale"]), 0, "since HEAD: nothing new");
}

#[test]
fn what_was_there_is_counted_and_what_was_mended_is_named() {
    let folder = repository(&[]);
    let root = folder.path();
    let same = since(root, &[]);
    expect(&same, 0, "clean; since HEAD: nothing new, 1 there before\n");
    assert_eq!(
        json(&since(root, &["--format", "json"]))["findings"],
        serde_json::json!([])
    );
    write(root, &[("a/Cargo.toml", MORE)]);
    let more = json(&since(root, &["--format", "json"]));
    assert_eq!(
        (&more["summary"]["deny"], &more["since"]["new"]),
        (&1.into(), &1.into())
    );
    assert_eq!(
        (&more["since"]["before"], &more["since"]["fixed"]),
        (&1.into(), &serde_json::json!([]))
    );
    assert_eq!(more["findings"][0]["to"], "libc");
    assert_eq!(more["since"]["revision"], "HEAD");
    assert_eq!(more["since"]["commit"], git(root, &["rev-parse", "HEAD"]).stdout.trim());
    write(root, &[("a/Cargo.toml", ALONE)]);
    expect(
        &since(root, &[]),
        0,
        "1 fixed since HEAD:\n  stands-alone: `a` may not use `b`\n",
    );
    let fixed = json(&since(root, &["--format", "json"]));
    assert_eq!(fixed["since"]["fixed"][0]["fingerprint"], "stands-alone:a:b:normal");
    // The tree is left as it was found.
    assert_eq!(git(root, &["status", "--porcelain"]).stdout, " M a/Cargo.toml\n");
    assert_eq!(json(&run(root, &["check", "--format", "json"]))["since"], Value::Null);
}

#[test]
fn crates_that_came_went_and_moved_are_those_of_each_day() {
    let folder = repository(&[(
        "Cargo.toml",
        b"[workspace]\nresolver = \"3\"\nmembers = [\"*\"]\nexclude = [\".git\"]\n",
    )]);
    let root = folder.path();
    // `b` moves, `c` is new and unknown to git, and both days are read without a problem.
    fs::rename(root.join("b"), root.join("moved")).unwrap();
    write(
        root,
        &[
            (
                "a/Cargo.toml",
                b"[package]\nname = \"a\"\n[dependencies]\nb = { path = \"../moved\" }\n",
            ),
            ("c/Cargo.toml", b"[package]\nname = \"c\"\n"),
            ("c/src/lib.rs", b""),
        ],
    );
    expect(&since(root, &[]), 0, "checked 3 crates");
    commit(root, "moved");
    fs::remove_dir_all(root.join("c")).unwrap();
    expect(&since(root, &[]), 0, "checked 2 crates");
    expect(
        &run(root, &["check", "--since", "HEAD~1"]),
        0,
        "nothing new, 1 there before",
    );
}

#[test]
fn an_older_boundaries_toml_judges_its_own_day() {
    let folder = repository(&[]);
    let root = folder.path();
    // A stricter rule makes old edges new findings, and a baseline for them is no growth.
    write(root, &[("boundaries-baseline.toml", b"version = 1\nedges = [\n]\n")]);
    let looser: &[u8] = b"[[forbidden]]\nname = \"stands-alone\"\nfrom = [\"a\"]\nto = [\"external:*\"]\n";
    write(root, &[("boundaries.toml", looser)]);
    commit(root, "looser");
    write(root, &[("boundaries.toml", RULE)]);
    expect(&since(root, &[]), 1, "since HEAD: 1 new");
    expect(&run(root, &["baseline", "--grow"]), 0, "excuses 1 edge");
    expect(&since(root, &[]), 0, "clean (1 baselined); since HEAD: nothing new");
    // The way back makes the edge legal, which is told.
    let back = run(root, &["check", "--since", "HEAD~1", "--format", "short"]);
    expect(&back, 0, "");
    write(root, &[("boundaries.toml", looser)]);
    fs::remove_file(root.join("boundaries-baseline.toml")).unwrap();
    let legal = run(root, &["check", "--since", "HEAD~1", "--format", "short"]);
    expect(
        &legal,
        0,
        "a/Cargo.toml:5:1: warn[legalised-edge] `a` → `b` broke `stands-alone` (`forbidden`) at `HEAD~1` and is allowed now",
    );
    expect(
        &run(root, &["check", "--since", "HEAD~1", "--deny-warnings"]),
        1,
        "legalised-edge",
    );
}

#[test]
fn a_changed_claim_of_a_member_is_seen() {
    let layers: &[u8] = b"[[layers]]\nname = \"top\"\ncrates = [\"b\"]\n[[layers]]\nname = \"bottom\"\ncrates = [\"none\"]\nallow-empty = true\n";
    let claim = |layer: &str| {
        format!(
            "[package]\nname = \"a\"\n[package.metadata.boundaries]\nlayer = \"{layer}\"\n[dependencies]\nb = {{ path = \"../b\" }}\n"
        )
    };
    let layers = String::from_utf8(layers.to_vec())
        .unwrap()
        .replace("\"none\"", "\"none?\"");
    let folder = repository(&[
        ("boundaries.toml", layers.as_bytes()),
        ("a/Cargo.toml", claim("bottom").as_bytes()),
    ]);
    write(folder.path(), &[("a/Cargo.toml", claim("top").as_bytes())]);
    let ran = since(folder.path(), &["--format", "short"]);
    expect(
        &ran,
        0,
        "warn[legalised-edge] `a` → `b` broke `layer` at `HEAD` and is allowed now",
    );
}

#[test]
fn without_a_boundaries_toml_then_everything_is_new() {
    let folder = workspace(&[]);
    commit(folder.path(), "before");
    write(folder.path(), &[("boundaries.toml", RULE)]);
    let ran = since(folder.path(), &[]);
    expect(&ran, 1, "since HEAD: 1 new");
    assert!(
        ran.stderr.contains("there was no boundaries.toml at `HEAD`"),
        "{}",
        ran.stderr
    );
    expect(&run(folder.path(), &["baseline"]), 0, "excuses 1 edge");
    expect(&since(folder.path(), &[]), 0, "nothing new");
}

#[test]
fn a_workspace_below_the_top_of_its_repository() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("rust/shop");
    fs::create_dir_all(&inner).unwrap();
    let made = workspace(&[("boundaries.toml", RULE)]);
    crate::common::copy(made.path(), &inner);
    commit(folder.path(), "before");
    write(&inner, &[("a/Cargo.toml", MORE)]);
    expect(&since(&inner.join("a"), &[]), 1, "since HEAD: 1 new, 1 there before");
}

#[test]
fn only_what_changed_is_judged() {
    let folder = repository(&[
        (
            "boundaries.toml",
            b"[[forbidden]]\nname = \"nothing\"\nto = [\"*\", \"external:*\"]\n",
        ),
        ("b/Cargo.toml", b"[package]\nname = \"b\"\n"),
    ]);
    let root = folder.path();
    expect(&run(root, &["check"]), 1, "1 error");
    expect(
        &run(root, &["check", "--changed"]),
        0,
        "clean; only 0 crates judged, changed since HEAD\n",
    );
    write(
        root,
        &[(
            "b/Cargo.toml",
            b"[package]\nname = \"b\"\n[dependencies]\nlibc = \"0.2\"\n",
        )],
    );
    let ran = run(root, &["check", "--changed"]);
    expect(&ran, 1, "1 error; only 1 crate judged, changed since HEAD\n");
    assert!(ran.stdout.contains("`b` may not use `libc`"), "{}", ran.stdout);
    commit(root, "more");
    expect(&run(root, &["check", "--changed"]), 0, "only 0 crates");
    expect(
        &run(root, &["check", "--changed", "--since", "HEAD~1"]),
        1,
        "since HEAD~1: 1 new, 1 there before; only 1 crate judged",
    );
    // What all share concerns all.
    write(
        root,
        &[(
            "boundaries.toml",
            b"[[forbidden]]\nname = \"nothing\"\nto = [\"*\",\"external:*\"]\n",
        )],
    );
    expect(
        &run(root, &["check", "--changed"]),
        1,
        "2 errors; all judged, since what they share changed since HEAD\n",
    );
}

#[test]
fn where_git_gives_no_answer_the_run_fails_with_a_way_out() {
    let fails = |ran: &Ran, said: &[&str]| {
        assert_eq!(ran.code, Some(2), "{}", ran.stdout);
        for said in said {
            assert!(ran.stderr.contains(said), "{}", ran.stderr);
        }
    };
    let none = workspace(&[("boundaries.toml", RULE)]);
    fails(
        &since(none.path(), &[]),
        &["boundaries::git", "lies in no git repository", "leave them out"],
    );
    let folder = repository(&[]);
    let root = folder.path();
    let at = |name: &str| run(root, &["check", "--since", name]);
    fails(&at("nowhere"), &["git knows no commit `nowhere`", "origin/NAME"]);
    fails(&at("main..HEAD"), &["is no revision", "main..."]);
    fails(&run(root, &["check", "--since=--output=x"]), &["is no revision"]);
    let json: Value = serde_json::from_str(&since(none.path(), &["--format", "json"]).stdout).unwrap();
    assert_eq!(json["errors"][0]["kind"], "git");
    let without = crate::common::binary(root)
        .args(["check", "--since", "HEAD"])
        .env("PATH", "/nowhere")
        .output()
        .unwrap();
    fails(&Ran::of(&without), &["no program `git` is found", "install git"]);
    // A day that could not be checked is no clean day.
    write(
        root,
        &[("boundaries.toml", b"[[forbidden]]\nname = \"x\"\nto = [\"nobody\"]\n")],
    );
    commit(root, "broken");
    write(root, &[("boundaries.toml", RULE)]);
    fails(
        &since(root, &[]),
        &["could not be checked as it was at `HEAD`", "HEAD:boundaries.toml:3"],
    );
}

#[test]
fn a_cycle_that_is_recorded_is_not_mended() {
    let round: &[u8] = b"[[acyclic]]\nname = \"round\"\nover = \"crates\"\nkinds = [\"normal\", \"dev\"]\n";
    let folder = repository(&[
        ("boundaries.toml", round),
        (
            "b/Cargo.toml",
            b"[package]\nname = \"b\"\n[dev-dependencies]\na = { path = \"../a\" }\n",
        ),
    ]);
    let root = folder.path();
    expect(&since(root, &[]), 0, "since HEAD: nothing new, 1 there before\n");
    expect(&run(root, &["baseline"]), 0, "excuses 1 edge");
    expect(&since(root, &[]), 0, "clean (1 baselined); since HEAD: nothing new\n");
    fs::remove_file(root.join("boundaries-baseline.toml")).unwrap();
    write(root, &[("b/Cargo.toml", b"[package]\nname = \"b\"\n")]);
    expect(&since(root, &[]), 0, "since HEAD: nothing new, 1 fixed\n");
}
