//! What other programs are given: hooks, schemas, completions, manual pages; and the one version that they all name.

use std::fs;
use std::path::Path;

use crate::common::{self, binary, git_command, project, run, workspace, write};

/// Git, which must succeed.
fn git(folder: &Path, arguments: &[&str]) {
    let ran = common::git(folder, arguments);
    assert_eq!(ran.code, Some(0), "git {arguments:?}: {}", ran.stderr);
}

const BROKEN: &str = "[[forbidden]]\nname = \"n\"\nfrom = [\"a\"]\nto = [\"b\"]\n";

#[cfg(unix)]
#[test]
fn the_hook_keeps_a_commit_from_breaking_a_rule_and_lets_others_pass() {
    let folder = workspace(&[("boundaries.toml", BROKEN.as_bytes())]);
    let root = folder.path();
    git(root, &["init", "--quiet"]);
    let installed = run(root, &["hook", "install"]);
    assert_eq!(installed.code, Some(0), "{}", installed.stderr);
    assert!(installed.stdout.contains("pre-commit"), "{}", installed.stdout);
    git(root, &["add", "--all"]);
    let commit = || {
        let own = Path::new(env!("CARGO_BIN_EXE_cargo-boundaries"));
        let path = std::env::join_paths(
            std::iter::once(own.parent().expect("a folder").to_owned())
                .chain(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())),
        );
        let mut command = git_command(root);
        command.env("PATH", path.expect("a path"));
        command.args(["commit", "--quiet", "-m", "one"]).output().expect("git")
    };
    let refused = commit();
    assert!(!refused.status.success());
    let said = String::from_utf8_lossy(&refused.stdout).into_owned() + &String::from_utf8_lossy(&refused.stderr);
    assert!(said.contains("`a` may not use `b`"), "{said}");
    // A commit that changes neither manifests nor source is none of the hook's business.
    git(root, &["reset", "--quiet"]);
    write(root, &[("notes.md", b"notes\n")]);
    git(root, &["add", "notes.md"]);
    assert!(commit().status.success());
    assert_eq!(run(root, &["hook", "uninstall"]).code, Some(0));
    git(root, &["add", "--all"]);
    assert!(commit().status.success());
}

#[test]
fn a_hook_that_somebody_else_wrote_is_left_alone() {
    let folder = workspace(&[("boundaries.toml", BROKEN.as_bytes())]);
    let root = folder.path();
    git(root, &["init", "--quiet"]);
    git(root, &["config", "core.hooksPath", "hooks of ours"]);
    write(root, &[("hooks of ours/pre-commit", b"#!/bin/sh\nexit 0\n")]);
    for command in ["install", "uninstall"] {
        let ran = run(root, &["hook", command]);
        assert_eq!(ran.code, Some(2));
        assert!(ran.stderr.contains("somebody else wrote"), "{}", ran.stderr);
    }
    let text = fs::read_to_string(root.join("hooks of ours/pre-commit")).expect("the hook");
    assert_eq!(text, "#!/bin/sh\nexit 0\n");
}

#[test]
fn the_hook_of_a_workspace_in_a_subfolder_names_its_manifest() {
    let folder = tempfile::tempdir().expect("a folder");
    git(folder.path(), &["init", "--quiet"]);
    let files: [(&str, &[u8]); 2] = [
        ("it's here/Cargo.toml", b"[package]\nname = \"a\"\n"),
        ("it's here/src/lib.rs", b""),
    ];
    write(folder.path(), &files);
    let ran = run(&folder.path().join("it's here"), &["hook", "install"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let hook = fs::read_to_string(folder.path().join(".git/hooks/pre-commit")).expect("a hook");
    assert!(hook.contains("--manifest-path 'it'\\''s here/Cargo.toml'"), "{hook}");
    assert_eq!(
        run(&folder.path().join("it's here"), &["hook", "install"])
            .stdout
            .lines()
            .count(),
        1
    );
}

#[test]
fn a_hook_needs_a_repository() {
    let folder = workspace(&[("boundaries.toml", BROKEN.as_bytes())]);
    let mut command = binary(folder.path());
    // Whatever lies above the folder for temporary files is no repository of ours.
    command.env("GIT_CEILING_DIRECTORIES", folder.path().parent().expect("a folder"));
    let output = command.args(["hook", "install"]).output().expect("the binary");
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("in no git repository"), "{said}");
}

#[test]
fn schema_prints_what_is_published() {
    for (arguments, file) in [
        (&["schema"][..], "docs/boundaries.schema.json"),
        (&["schema", "report"], "docs/report.schema.json"),
    ] {
        let ran = run(project(), arguments);
        assert_eq!(ran.code, Some(0));
        assert_eq!(ran.stdout, fs::read_to_string(project().join(file)).expect("a schema"));
    }
}

#[test]
fn every_shell_completes_every_subcommand_and_man_has_a_page_for_it() {
    let help = run(project(), &["--help"]).stdout;
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let names: Vec<&str> = listed.map_while(|line| line.split_whitespace().next()).collect();
    assert!(names.len() > 6, "{help}");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = run(project(), &["completions", shell]).stdout;
        for name in &names {
            assert!(script.contains(name), "{shell} does not complete {name}");
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    let pages = folder.path().join("man 1");
    let ran = run(project(), &["man", "--dir", pages.to_str().expect("UTF-8")]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    for name in names.iter().filter(|name| **name != "help") {
        assert!(
            pages.join(format!("cargo-boundaries-{name}.1")).is_file(),
            "no page for {name}"
        );
    }
    assert!(run(project(), &["man"]).stdout.contains(".TH cargo-boundaries"));
}

#[test]
fn one_version_is_named_everywhere() {
    let version = env!("CARGO_PKG_VERSION");
    let named = [
        ("pyproject.toml", format!("version = \"{version}\"")),
        ("pyproject.toml", format!("\"cargo-boundaries=={version}\"")),
        ("action.yml", format!("default: \"{version}\"")),
        ("docs/running/hook.md", format!("rev: v{version}")),
        ("docs/running/github.md", format!("cargo-boundaries@v{version}")),
        ("docs/running/gitlab.md", format!("cargo-boundaries=={version}")),
        ("docs/running/ci.md", format!("--version {version}")),
        ("docs/running/ci.md", format!("cargo-boundaries=={version}")),
        (
            "docs/running/editor.md",
            format!("/v{version}/docs/boundaries.schema.json"),
        ),
    ];
    for (file, text) in named {
        let found = fs::read_to_string(project().join(file)).expect("a file");
        assert!(found.contains(&text), "{file} does not say {text}");
        assert!(!found.contains("@v0.0") && !found.contains("==0.0"), "{file}");
    }
}

#[test]
fn the_snippets_about_editors_parse() {
    let page = fs::read_to_string(project().join("docs/running/editor.md")).expect("a page");
    let block = page
        .split("```json\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next())
        .expect("a snippet");
    let settings: serde_json::Value = serde_json::from_str(block).expect("JSON");
    let command = settings["rust-analyzer.check.overrideCommand"]
        .as_array()
        .expect("a command");
    let words: Vec<&str> = command.iter().filter_map(serde_json::Value::as_str).collect();
    assert_eq!(words[..2], ["cargo", "boundaries"]);
    // The command as it stands, with a command in cargo's place that can be run here.
    let then = words
        .iter()
        .position(|word| *word == "--then")
        .expect("a command to follow");
    let folder = workspace(&[("boundaries.toml", BROKEN.as_bytes())]);
    let mut arguments = words[2..=then].to_vec();
    arguments.extend(["cargo", "--version"]);
    let ran = run(folder.path(), &arguments);
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    assert!(
        ran.stdout.starts_with("{\"reason\":\"compiler-message\""),
        "{}",
        ran.stdout
    );
}
