//! Rules about modules in runs of the binary: paths out of modules onto third parties, revisions, what changed, source that
//! cannot be read.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::common::{self, binary, commit, run};

fn write(root: &Path, path: &str, text: &str) {
    common::write(root, &[(path, text.as_bytes())]);
}

/// A crate whose domain reaches `retry` through a module of its own, and `clock` through `retry` where that feature is on.
fn lay_out(root: &Path, features: &str) {
    let outside = [
        ("clock", ""),
        (
            "retry",
            "[features]\nbackoff = [\"dep:clock\"]\n[dependencies]\nclock = { path = \"../clock\", optional = true }\n",
        ),
    ];
    for (name, more) in outside {
        let manifest =
            format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n{more}[workspace]\n");
        write(root, &format!("outside/{name}/Cargo.toml"), &manifest);
        write(root, &format!("outside/{name}/src/lib.rs"), "pub struct Thing;\n");
    }
    write(
        root,
        "Cargo.toml",
        &format!(
            "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[workspace]\nexclude = [\"outside\"]\n[dependencies]\n\
             retry = {{ path = \"outside/retry\", features = [{features}] }}\n"
        ),
    );
    write(root, "src/lib.rs", "pub mod clean;\npub mod domain;\npub mod net;\n");
    write(root, "src/clean.rs", "pub struct Clean;\n");
    write(root, "src/domain.rs", "pub struct Order(pub crate::net::Client);\n");
    write(root, "src/net.rs", "pub struct Client(pub retry::Thing);\n");
    write(
        root,
        "boundaries.toml",
        "[[forbidden]]\nname = \"domain-without-clock\"\nfrom = [\"mod:shop::domain\", \"mod:shop::clean\"]\nto = [\"external:clock\"]\n\
         reach = \"transitive\"\n",
    );
    let made = Command::new(env!("CARGO"))
        .args(["generate-lockfile", "--offline"])
        .current_dir(root)
        .output();
    assert!(made.is_ok_and(|made| made.status.success()), "a lockfile is made");
}

#[test]
fn a_path_out_of_a_module_is_there_where_a_build_of_its_package_has_it() {
    let folder = tempfile::tempdir().unwrap();
    lay_out(folder.path(), "");
    let ran = run(folder.path(), &["check", "--format", "short"]);
    assert_eq!((ran.code, &*ran.stdout), (Some(0), ""), "{}", ran.stderr);
    let folder = tempfile::tempdir().unwrap();
    lay_out(folder.path(), "\"backoff\"");
    let ran = run(folder.path(), &["check", "--no-source"]);
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    assert!(
        ran.stdout
            .contains("`mod:shop::domain` reaches `clock`, three steps away"),
        "{}",
        ran.stdout
    );
    let path = "  mod:shop::domain → mod:shop::net       src/domain.rs:1  normal
    → retry 0.1.0                        src/net.rs:1     normal
      → clock 0.1.0 (feature `backoff`)  Cargo.lock:13    third party
";
    assert!(ran.stdout.contains(path), "{}", ran.stdout);
    assert!(
        !ran.stdout.contains("clean"),
        "what a module does not name it does not reach:\n{}",
        ran.stdout
    );
}

#[test]
fn without_cargo_such_a_path_is_no_verdict() {
    let folder = tempfile::tempdir().unwrap();
    lay_out(folder.path(), "\"backoff\"");
    let ran = binary(folder.path())
        .arg("check")
        .env("CARGO", "/nowhere/cargo")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ran.stderr);
    assert_eq!(ran.status.code(), Some(2), "{said}");
    assert!(said.contains("mod:shop::domain"), "{said}");
}

fn small(root: &Path) {
    write(
        root,
        "Cargo.toml",
        "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[workspace]\n",
    );
    write(root, "src/lib.rs", "pub mod a;\npub mod b;\n");
    write(root, "src/a.rs", "pub struct A;\n");
    write(root, "src/b.rs", "pub struct B;\n");
    write(
        root,
        "boundaries.toml",
        "[[forbidden]]\nname = \"a-without-b\"\nfrom = [\"mod:shop::a\"]\nto = [\"mod:shop::b\"]\n",
    );
}

#[test]
fn a_revision_is_judged_by_its_own_source() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    small(root);
    commit(root, "clean");
    let before = fs::read_to_string(root.join("src/a.rs")).unwrap();
    write(root, "src/a.rs", &format!("{before}pub fn b(_: crate::b::B) {{}}\n"));
    let ran = run(root, &["check", "--format", "short", "--since", "HEAD"]);
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    assert_eq!(
        ran.stdout,
        "src/a.rs:2:13: deny[forbidden] a-without-b: `mod:shop::a` may not use `mod:shop::b`\n"
    );
    commit(root, "broken");
    write(root, "src/b.rs", "pub struct B;\n// Nothing of note.\n");
    let ran = run(root, &["check", "--format", "short", "--since", "HEAD"]);
    assert_eq!(
        (ran.code, &*ran.stdout),
        (Some(0), ""),
        "it was there before\n{}",
        ran.stderr
    );
    write(root, "src/a.rs", &before);
    let ran = run(root, &["check", "--since", "HEAD"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(ran.stdout.contains("1 fixed"), "{}", ran.stdout);
}

#[test]
fn changed_source_makes_its_package_one_that_changed() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    small(root);
    write(root, "src/a.rs", "pub fn b(_: crate::b::B) {}\n");
    commit(root, "broken");
    let ran = run(root, &["check", "--format", "short", "--changed"]);
    assert_eq!(
        (ran.code, &*ran.stdout),
        (Some(0), ""),
        "nothing changed\n{}",
        ran.stderr
    );
    write(root, "src/b.rs", "pub struct B;\npub struct C;\n");
    let ran = run(root, &["check", "--format", "short", "--changed"]);
    assert_eq!(ran.code, Some(1), "{}", ran.stdout);
}

#[test]
fn source_that_a_rule_needs_and_that_cannot_be_read_ends_the_run() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    small(root);
    write(root, "src/a.rs", "pub struct A {\n");
    write(root, "src/lib.rs", "pub mod a;\npub mod b;\npub mod c;\n");
    let ran = run(root, &["check"]);
    assert_eq!(ran.code, Some(2), "{}", ran.stdout);
    for said in [
        "src/c.rs does not exist, nor does `src/c/mod.rs`",
        "src/lib.rs:3:9",
        "src/a.rs does not parse",
        "src/a.rs:1:14",
        "could not go on: 2 problems",
    ] {
        assert!(ran.stderr.contains(said), "{said}\n{}", ran.stderr);
    }
}

#[test]
fn a_module_that_is_none_is_told_with_the_nearest_name() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    small(root);
    write(
        root,
        "boundaries.toml",
        "[[forbidden]]\nname = \"x\"\nfrom = [\"mod:shop::aa\", \"mod:shap::a\", \"mod:shop::b::inner?\", \"mod:shop::b\"]\nto = [\"mod:shop::zzz::*\"]\n",
    );
    let ran = run(root, &["check"]);
    assert_eq!(ran.code, Some(2), "{}", ran.stdout);
    for said in [
        "no module is called `mod:shop::aa`",
        "did you mean `mod:shop::a`?",
        "no member is called `shap`",
        "did you mean `shop`?",
        "`mod:shop::zzz::*` selects nothing",
        "could not go on: 3 problems",
    ] {
        assert!(ran.stderr.contains(said), "{said}\n{}", ran.stderr);
    }
}

#[test]
fn a_check_that_needs_no_source_reads_none() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    small(root);
    write(root, "src/a.rs", "this is no Rust (\n");
    write(
        root,
        "boundaries.toml",
        "[[forbidden]]\nname = \"x\"\nfrom = [\"shop\"]\nto = [\"external:y\"]\n",
    );
    fs::create_dir(root.join("target")).unwrap();
    let ran = run(root, &["check"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(
        fs::read_dir(root.join("target")).unwrap().next().is_none(),
        "nothing was kept of what was not read"
    );
}
