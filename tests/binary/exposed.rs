//! Rules about what public items show, in the ways that single workspaces cannot state.

use std::fs;
use std::path::Path;

use crate::common::{commit, run};

/// A workspace of two members, of which one shows a type of the other at two places.
fn small(root: &Path) {
    for (file, text) in [
        (
            "Cargo.toml",
            "[workspace]\nmembers = [\"billing\", \"store\"]\nresolver = \"3\"\n",
        ),
        (
            "boundaries.toml",
            "[[exposed]]\nname = \"no-rows\"\nfrom = [\"billing\"]\nto = [\"store\"]\n",
        ),
        (
            "billing/Cargo.toml",
            "[package]\nname = \"billing\"\nedition = \"2024\"\n[dependencies]\nstore = { path = \"../store\" }\n",
        ),
        ("billing/src/lib.rs", "pub mod api;\n"),
        (
            "billing/src/api.rs",
            "pub fn row() -> store::Row {\n    store::Row\n}\n",
        ),
        ("store/Cargo.toml", "[package]\nname = \"store\"\nedition = \"2024\"\n"),
        ("store/src/lib.rs", "pub struct Row;\n"),
    ] {
        write(root, file, text);
    }
}

fn write(root: &Path, file: &str, text: &str) {
    let path = root.join(file);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

#[test]
fn what_is_needed_to_know_what_shows_and_cannot_be_read_ends_the_run() {
    for (file, text, said) in [
        (
            "billing/src/api.rs",
            "pub fn row( {\n",
            "billing/src/api.rs does not parse",
        ),
        (
            "store/src/lib.rs",
            "pub struct Row {\n",
            "store/src/lib.rs does not parse",
        ),
        (
            "billing/src/lib.rs",
            "pub mod nowhere;\n",
            "billing/src/nowhere.rs does not exist",
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        small(root);
        write(root, file, text);
        let ran = run(root, &["check"]);
        assert_eq!(ran.code, Some(2), "{file}: {}", ran.stdout);
        assert!(ran.stderr.contains(said), "{said}\n{}", ran.stderr);
    }
}

#[test]
fn what_nobody_who_is_judged_can_name_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    small(root);
    write(
        root,
        "boundaries.toml",
        "[[exposed]]\nname = \"no-rows\"\nfrom = [\"store\"]\nto = [\"billing\"]\n",
    );
    write(root, "billing/src/api.rs", "this is no Rust (\n");
    let ran = run(root, &["check", "--no-source"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
}

#[test]
fn only_what_shows_since_a_revision_is_new() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    small(root);
    commit(root, "before");
    let since = ["check", "--format", "short", "--since", "HEAD"];
    let ran = run(root, &since);
    assert_eq!(ran.code, Some(0), "{}{}", ran.stdout, ran.stderr);
    // Another item that shows it is the same edge; another module is a new one.
    write(
        root,
        "billing/src/api.rs",
        "\npub struct Held(pub store::Row);\npub fn row() -> store::Row {\n    store::Row\n}\n",
    );
    let ran = run(root, &since);
    assert_eq!(ran.code, Some(0), "{}{}", ran.stdout, ran.stderr);
    write(root, "billing/src/lib.rs", "pub mod api;\npub use store::Row;\n");
    let ran = run(root, &since);
    assert_eq!(ran.code, Some(1), "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stdout.contains("billing/src/lib.rs:2:9"), "{}", ran.stdout);
    assert!(!ran.stdout.contains("api.rs"), "{}", ran.stdout);
}

#[test]
fn the_baseline_takes_in_what_shows_and_lets_it_go() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    small(root);
    assert_eq!(run(root, &["baseline"]).code, Some(0));
    let baseline = fs::read_to_string(root.join("boundaries-baseline.toml")).unwrap();
    let line = r#"{ rule = "no-rows", from = "mod:billing::api", to = "store", kind = "normal" }"#;
    assert!(baseline.contains(line), "{baseline}");
    // Cargo, which is asked whether it reads the workspace alike, knows of no modules.
    let ran = run(root, &["check", "--verify"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    write(root, "billing/src/api.rs", "pub fn row() {}\n");
    let ran = run(root, &["check", "--deny-stale"]);
    assert_eq!(ran.code, Some(1), "{}", ran.stdout);
    assert_eq!(run(root, &["baseline"]).code, Some(0));
    assert_eq!(run(root, &["check", "--deny-stale"]).code, Some(0));
}

#[test]
fn every_format_writes_what_shows() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    small(root);
    for format in [
        "human",
        "short",
        "json",
        "sarif",
        "github",
        "gitlab",
        "junit",
        "markdown",
        "rust-analyzer",
    ] {
        let ran = run(root, &["check", "--format", format]);
        assert_eq!(ran.code, Some(1), "{format}: {}", ran.stderr);
        assert!(ran.stdout.contains("billing/src/api.rs"), "{format}: {}", ran.stdout);
    }
}
