//! `signals --only calls`: how often source names what keeps changing with it.

use serde_json::Value;

use crate::common::{run, write};
use crate::signals::coupled;

/// `c00`, which changes with `c01`, depends on it.
const MANIFEST: (&str, &[u8]) = (
    "c00/Cargo.toml",
    b"[package]\nname = \"c00\"\nversion = \"0.1.0\"\nedition = \"2021\"\n[dependencies]\nc01 = { path = \"../c01\" }\n",
);

#[test]
fn what_few_references_carry_is_told_from_a_wide_use() {
    let folder = coupled();
    let root = folder.path();
    write(root, &[MANIFEST]);
    let asked = ["signals", "--only", "calls", "--since", "all", "--format", "json"];
    let calls = || -> Vec<Value> {
        let ran = run(root, &asked);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        let answer: Value = serde_json::from_str(&ran.stdout).expect("JSON");
        answer["signals"].as_array().expect("a list").clone()
    };
    write(
        root,
        &[("c00/src/lib.rs", b"pub use c01::Thing;\npub fn f(_: Thing) {}\n")],
    );
    let few = calls();
    assert_eq!(few.len(), 1, "{few:?}");
    assert_eq!(few[0]["references"], 2, "{few:?}");
    let ways = few[0]["suggestions"].to_string();
    assert!(
        ways.contains("say in one place what `c00` and `c01` both know"),
        "{ways}"
    );
    let many: Vec<String> = (0..30)
        .map(|number| format!("pub fn f{number}(_: c01::Thing) {{}}\n"))
        .collect();
    let many = many.concat();
    write(
        root,
        &[("c00/src/lib.rs", many.as_bytes()), ("c00/src/broken.rs", b"(")],
    );
    let many = calls();
    assert_eq!(many[0]["references"], 30, "{many:?}");
    assert!(
        many[0]["suggestions"].to_string().contains("let `c01` show `c00` less"),
        "{many:?}"
    );
    let human = run(root, &["signals", "--only", "calls", "--since", "all"]);
    assert!(
        human.stdout.contains("`c00` names `c01` in many places"),
        "{}",
        human.stdout
    );
}

#[test]
fn source_that_does_not_parse_is_named_and_not_fatal() {
    let folder = coupled();
    write(folder.path(), &[MANIFEST]);
    write(
        folder.path(),
        &[("c00/src/lib.rs", b"pub fn f(_: c01::Thing) {}\nfn broken( {\n")],
    );
    let ran = run(folder.path(), &["signals", "--only", "calls", "--since", "all"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let said = format!("{}{}", ran.stdout, ran.stderr);
    assert!(
        said.contains("1 file could not be read") && said.contains("c00/src/lib.rs"),
        "{said}"
    );
}

#[test]
fn references_are_the_same_whatever_was_kept_and_through_globs_too() {
    let folder = coupled();
    let root = folder.path();
    // What `c01` shows is seen only where `c01` is read, and nothing asks for that but the glob.
    write(root, &[MANIFEST]);
    let user = b"use c01::*;\npub fn f(_: Thing) {}\npub fn g(_: Thing) {}\n";
    write(
        root,
        &[("c00/src/lib.rs", user), ("c01/src/lib.rs", b"pub struct Thing;\n")],
    );
    let asked = ["signals", "--only", "calls", "--since", "all", "--format", "json"];
    let first = run(root, &asked);
    let answer: Value = serde_json::from_str(&first.stdout).expect("JSON");
    assert_eq!(answer["signals"][0]["references"], 3, "{answer}");
    std::fs::create_dir_all(root.join("target")).expect("a folder");
    assert_eq!(run(root, &asked).stdout, first.stdout);
    assert!(root.join("target/boundaries/source").is_file());
    assert_eq!(run(root, &asked).stdout, first.stdout, "with what was kept");
}
