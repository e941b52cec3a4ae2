//! The command line as people and scripts use it. `tests/cli` holds what is typed and what comes back;
//! `TRYCMD=overwrite cargo test --test binary` writes it anew.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::Stdio;

use crate::common::{Ran, TODAY, binary, project, run, workspace};
use serde_json::Value;

#[test]
fn what_is_typed_gives_what_is_written_down() {
    trycmd::TestCases::new()
        .env("BOUNDARIES_TODAY", TODAY)
        .env("LC_ALL", "C.UTF-8")
        // What builds and terminals set must not show.
        .env("NO_COLOR", "1")
        .env("CARGO_TERM_COLOR", "")
        .env("COLUMNS", "100")
        .case("tests/cli/*.trycmd");
}

/// A rule that the usual workspace breaks.
const BROKEN: &[u8] = b"[[forbidden]]\nname = \"a-stands-alone\"\nfrom = [\"a\"]\nto = [\"b\"]\n";

#[test]
fn from_any_folder_inside_the_verdict_is_the_same() {
    let folder = workspace(&[("boundaries.toml", BROKEN), ("a/src/deep/er/x.txt", b"")]);
    let at_the_root = run(folder.path(), &["check", "--format", "short"]);
    assert_eq!(at_the_root.code, Some(1), "{}", at_the_root.stderr);
    for below in ["a", "a/src", "a/src/deep/er", "b"] {
        let ran = run(&folder.path().join(below), &["check", "--format", "short"]);
        assert_eq!((ran.code, &ran.stdout), (Some(1), &at_the_root.stdout), "{below}");
    }
}

#[test]
fn outside_of_any_workspace_the_way_in_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let ran = run(folder.path(), &["check"]);
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.stderr.contains("Cargo.toml") && ran.stderr.contains("--manifest-path"),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_workspace_within_another_is_told_of_the_one_that_has_a_boundaries_toml() {
    let folder = workspace(&[
        ("boundaries.toml", BROKEN),
        (
            "Cargo.toml",
            b"[workspace]\nmembers = [\"a\", \"b\"]\nexclude = [\"inner\"]\n",
        ),
        ("inner/Cargo.toml", b"[package]\nname = \"inner\"\n[workspace]\n"),
        ("inner/src/lib.rs", b""),
    ]);
    let ran = run(&folder.path().join("inner"), &["check", "--format", "json"]);
    assert_eq!(ran.code, Some(2));
    let json: Value = serde_json::from_str(&ran.stdout).unwrap();
    let help = json["errors"][0]["help"].as_array().unwrap();
    assert!(help[0].as_str().unwrap().contains("cargo boundaries init"), "{json}");
    // What is offered works as it stands.
    let offered = help[1].as_str().unwrap();
    let manifest = offered
        .split("--manifest-path ")
        .nth(1)
        .unwrap()
        .split('`')
        .next()
        .unwrap();
    let there = run(&folder.path().join("inner"), &["check", "--manifest-path", manifest]);
    assert_eq!(there.code, Some(1), "{}", there.stderr);
}

#[test]
fn json_holds_what_is_wrong_with_the_command_line_too() {
    let folder = workspace(&[("boundaries.toml", BROKEN)]);
    let usage = ["check", "--format", "json", "--config-file", "x.toml"];
    let twice = ["--manifest-path", "a/Cargo.toml", "--manifest-path", "b/Cargo.toml"];
    let ran = run(folder.path(), &[&usage[..], &twice].concat());
    assert_eq!(ran.code, Some(2));
    let json: Value = serde_json::from_str(&ran.stdout).expect("one document");
    assert_eq!(json["errors"][0]["kind"], "usage", "{json}");
    assert!(ran.stderr.contains("--config-file"), "{}", ran.stderr);
}

#[test]
fn a_day_that_is_none_is_not_taken_for_today() {
    let folder = workspace(&[("boundaries.toml", BROKEN)]);
    for day in ["tomorrow", "2027-02-30", "2027-1-1", "01.02.2027"] {
        let ran = binary(folder.path())
            .env("BOUNDARIES_TODAY", day)
            .arg("check")
            .output()
            .unwrap();
        let ran = Ran::of(&ran);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{day}");
        assert!(
            ran.stderr.contains(day) && ran.stderr.contains("YYYY-MM-DD"),
            "{}",
            ran.stderr
        );
    }
}

#[test]
fn a_report_in_a_file_leaves_standard_output_to_another() {
    let folder = workspace(&[("boundaries.toml", BROKEN)]);
    let ran = run(
        folder.path(),
        &["check", "--format", "short", "--format", "json=report.json"],
    );
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(1), ""));
    assert!(
        ran.stdout.starts_with("a/Cargo.toml:5:1: deny[forbidden]"),
        "{}",
        ran.stdout
    );
    let report = std::fs::read_to_string(folder.path().join("report.json")).unwrap();
    let report: Value = serde_json::from_str(&report).unwrap();
    assert_eq!(report["findings"].as_array().unwrap().len(), 1);
    let alone = run(folder.path(), &["check", "--format", "human=report.txt"]);
    assert_eq!((alone.code, alone.stdout.as_str()), (Some(1), ""));
    let drawn = std::fs::read_to_string(folder.path().join("report.txt")).unwrap();
    assert!(drawn.contains("`a` may not use `b`"), "{drawn}");
}

#[test]
fn json_stands_alone_on_standard_output_also_where_nothing_could_be_checked() {
    let folder = workspace(&[("boundaries.toml", b"[[forbidden]]\nname = \"n\"\nto = [\"c\"]\n")]);
    let ran = run(folder.path(), &["check", "--format", "json"]);
    assert_eq!(ran.code, Some(2));
    let json: Value = serde_json::from_str(&ran.stdout).expect("one document");
    assert_eq!(json["errors"][0]["places"][0]["line"], 3, "{json}");
    assert!(ran.stderr.contains("no member is called `c`"), "{}", ran.stderr);
    let short = run(folder.path(), &["check", "--format", "short"]);
    assert_eq!((short.stdout.as_str(), short.stderr.lines().count()), ("", 1));
}

#[test]
fn notes_never_stand_on_standard_output() {
    let folder = workspace(&[("boundaries.toml", BROKEN)]);
    let quiet = run(folder.path(), &["check", "--format", "json"]);
    let verbose = run(folder.path(), &["check", "--format", "json", "-v"]);
    assert_eq!(quiet.stderr, "");
    assert!(verbose.stderr.starts_with("note: "), "{}", verbose.stderr);
    assert_eq!(verbose.stdout.lines().count(), 1);
}

#[test]
fn a_reader_who_has_seen_enough_is_no_error() {
    let rules = (0..400).map(|i| format!("[[forbidden]]\nname = \"n{i}\"\nto = [\"b\"]\n"));
    let many = rules.collect::<Vec<_>>().concat();
    let folder = workspace(&[("boundaries.toml", many.as_bytes())]);
    for arguments in [
        &["check", "--all"][..],
        &["check", "--all", "--format", "json"],
        &["list"],
        &["explain"],
    ] {
        let mut child = binary(folder.path())
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = Vec::new();
        let mut stdout = BufReader::with_capacity(16, child.stdout.take().unwrap());
        stdout.read_until(b'\n', &mut line).unwrap_or_default();
        drop(stdout);
        let mut stderr = String::new();
        child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
        let code = child.wait().unwrap().code();
        assert_eq!(stderr, "", "{arguments:?}");
        assert_eq!(
            code,
            Some(i32::from(arguments[0] == "check")),
            "{arguments:?}: the verdict stays"
        );
    }
}

#[test]
fn a_new_boundaries_toml_is_written_once_and_can_be_checked() {
    let folder = workspace(&[]);
    let file = folder.path().join("boundaries.toml");
    let dry = run(folder.path(), &["init", "--dry-run"]);
    assert_eq!((dry.code, file.exists()), (Some(0), false), "{}", dry.stderr);
    let wrote = run(&folder.path().join("a"), &["init"]);
    assert_eq!(wrote.code, Some(0), "{}", wrote.stderr);
    let written = std::fs::read_to_string(&file).unwrap();
    assert_eq!(written, dry.stdout);
    let again = run(folder.path(), &["init"]);
    assert_eq!((again.code, again.stdout.as_str()), (Some(2), ""));
    assert!(again.stderr.contains("already"), "{}", again.stderr);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), written);
    let checked = run(folder.path(), &["check"]);
    assert!(
        matches!(checked.code, Some(0 | 1)),
        "{}{}",
        checked.stdout,
        checked.stderr
    );
}

#[test]
fn a_new_boundaries_toml_says_what_cargo_thinks_of_the_reading_and_needs_no_cargo() {
    let folder = workspace(&[]);
    let file = folder.path().join("boundaries.toml");
    let with = run(folder.path(), &["init"]);
    assert!(with.stderr.starts_with("note: cargo reads all "), "{}", with.stderr);
    std::fs::remove_file(&file).expect("it was written");
    let mut command = binary(folder.path());
    let command = command.args(["init"]).env("CARGO", "no-such-cargo");
    let without = Ran::of(&command.output().expect("the binary starts"));
    assert_eq!((without.code, without.stderr.as_str()), (Some(0), ""));
    assert!(file.exists());
}

#[test]
fn colour_comes_where_it_is_asked_for_and_nowhere_else() {
    let folder = workspace(&[("boundaries.toml", BROKEN)]);
    let coloured = |variables: &[(&str, &str)], arguments: &[&str]| {
        let mut command = binary(folder.path());
        command.envs(variables.iter().copied()).args(["check"]).args(arguments);
        Ran::of(&command.output().unwrap()).stdout.contains('\u{1b}')
    };
    assert!(!coloured(&[], &[]), "a pipe");
    assert!(coloured(&[], &["--color", "always"]));
    assert!(coloured(&[("CLICOLOR_FORCE", "1")], &[]));
    assert!(coloured(&[("CARGO_TERM_COLOR", "always")], &[]));
    assert!(!coloured(&[("CLICOLOR_FORCE", "1")], &["--color", "never"]));
    assert!(!coloured(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], &[]));
}

#[test]
fn the_shop_fails_with_exactly_one() {
    let ran = run(
        project(),
        &[
            "boundaries",
            "check",
            "--manifest-path",
            "test-workspaces/shop/Cargo.toml",
        ],
    );
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
}
