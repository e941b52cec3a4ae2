//! `signals --trend` and the relations that contexts declare, in repositories with a history that is made for it.

use serde_json::Value;

use crate::common::{Ran, run, write};
use crate::with_history::{Touched, commits, repository};

/// Two contexts, of which `a` uses `b` and says that `b` publishes a language.
const CONTEXTS: &[u8] =
    b"[contexts.a]\ncrates = [\"a\"]\nrelations.b = \"published-language\"\nowners = [\"@shop/a\"]\n\
                          [contexts.b]\ncrates = [\"b\"]\n";

fn contexts(touched: &[Touched], rules: &[u8]) -> tempfile::TempDir {
    let folder = repository(touched);
    write(folder.path(), &[("boundaries.toml", rules)]);
    folder
}

fn json(ran: &Ran) -> Value {
    serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {ran:?}"))
}

#[test]
fn a_relation_that_does_not_hold_is_shown_with_its_numbers_and_fails_a_run_that_denies_it() {
    let folder = contexts(&commits(60, 30, 30), CONTEXTS);
    let root = folder.path();
    let ran = run(root, &["signals"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(
        ran.stdout.contains("1 of 1 declared relation does not hold"),
        "{}",
        ran.stdout
    );
    assert!(
        ran.stdout.contains("31 of 61 commits to `b` changed `a` too"),
        "{}",
        ran.stdout
    );
    assert_eq!(run(root, &["signals", "--deny", "relation"]).code, Some(1));
    assert_eq!(run(root, &["signals", "--deny", "split-candidate"]).code, Some(0));
    let found = json(&run(root, &["signals", "--format", "json", "--only", "relation"]));
    let relation = &found["relations"][0];
    assert_eq!(
        (&relation["outcome"], &relation["shared_commits"]),
        (&"broken".into(), &31.into()),
        "{found}"
    );
    assert_eq!(relation["place"]["line"], 3);
    assert_eq!(found["signals"], serde_json::json!([]));
    let page = run(root, &["signals", "--format", "markdown", "--only", "relation"]);
    assert!(page.stdout.contains("published-language"), "{}", page.stdout);
}

#[test]
fn the_file_can_deny_a_relation_too() {
    let rules = [CONTEXTS, b"[signals]\ndeny = [\"relation\"]\nmonths = 600\n"].concat();
    let folder = contexts(&commits(60, 30, 30), &rules);
    assert_eq!(run(folder.path(), &["signals"]).code, Some(1));
}

#[test]
fn a_relation_that_holds_fails_nothing() {
    let folder = contexts(&commits(60, 50, 2), CONTEXTS);
    let ran = run(folder.path(), &["signals", "--deny", "relation"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(
        ran.stdout.contains("holds: `a` → `b`: published-language"),
        "{}",
        ran.stdout
    );
}

#[test]
fn a_trend_counts_by_quarter_and_says_who_can_change_alone() {
    let folder = contexts(&commits(60, 30, 30), CONTEXTS);
    let root = folder.path();
    let ran = run(root, &["signals", "--trend"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    for said in [
        "commits that touch more than one context, by quarter",
        "2025 Q1",
        "26 % of 120",
        "@shop/a",
    ] {
        assert!(ran.stdout.contains(said), "{said}: {}", ran.stdout);
    }
    let found = json(&run(root, &["signals", "--trend", "--format", "json"]));
    assert_eq!(found["crossing"]["parts"], "contexts");
    assert_eq!(found["crossing"]["all"]["of_them"], 31);
    let page = run(root, &["signals", "--trend", "--format", "markdown"]).stdout;
    assert!(
        page.contains("\n| quarter | commits | touch more than one context |\n"),
        "{page}"
    );
}

#[test]
fn a_trend_of_a_workspace_without_contexts_counts_crates() {
    let folder = repository(&commits(60, 30, 30));
    let root = folder.path();
    std::fs::remove_file(root.join("boundaries.toml")).expect("removed");
    let ran = run(root, &["signals", "--trend"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(
        ran.stdout
            .contains("no contexts are declared, so that crates are counted instead"),
        "{ran:?}"
    );
}

#[test]
fn codeowners_say_who_could_have_made_a_commit_alone() {
    let folder = contexts(&commits(60, 30, 30), CONTEXTS);
    let root = folder.path();
    write(root, &[(".github/CODEOWNERS", b"* @shop/all\n/b/ @shop/b\n!x @y\n")]);
    let ran = run(root, &["signals", "--trend"]);
    assert!(
        ran.stdout.contains("@shop/all") && ran.stdout.contains("@shop/b"),
        "{}",
        ran.stdout
    );
    assert!(
        ran.stderr.contains(".github/CODEOWNERS: 1 line is not GitHub's syntax"),
        "{}",
        ran.stderr
    );
    let found = json(&run(root, &["signals", "--trend", "--format", "json"]));
    let b = found["crossing"]["alone"]
        .as_array()
        .expect("contexts")
        .iter()
        .find(|part| part["name"] == "b");
    assert_eq!(b.expect("b")["one_owner"]["of_them"], 30, "{found}");
}

#[test]
fn too_little_history_is_said_and_nothing_scored() {
    let folder = contexts(&commits(10, 10, 2), CONTEXTS);
    let ran = run(folder.path(), &["signals", "--trend"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(
        ran.stdout.contains("22 commits count, and 100 are needed"),
        "{}",
        ran.stdout
    );
    assert!(!ran.stdout.contains("by quarter"), "{}", ran.stdout);
    let ran = run(folder.path(), &["signals", "--deny", "relation"]);
    assert!(
        ran.stdout.contains("unknown: `a` → `b`: published-language"),
        "{}",
        ran.stdout
    );
}
