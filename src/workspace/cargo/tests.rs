//! Cargo on small workspaces: what it answers, what it leaves behind, and what is said where it fails.

use std::fs;

use camino::Utf8PathBuf;
use tempfile::TempDir;

use super::*;

const STALE: &str = "# an old lock\nversion = 4\n\n[[package]]\nname = \"gone\"\nversion = \"0.1.0\"\n";

/// A workspace of one package with this text after its name.
fn package(rest: &str) -> (TempDir, Utf8PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let root = Utf8PathBuf::from_path_buf(folder.path().to_path_buf()).expect("UTF-8");
    fs::create_dir(root.join("src")).expect("made");
    fs::write(root.join("src/lib.rs"), "").expect("written");
    let text = format!("[package]\nname = \"alone\"\nversion = \"0.1.0\"\nedition = \"2021\"\n{rest}");
    fs::write(root.join("Cargo.toml"), text).expect("written");
    (folder, root)
}

fn offline() -> Cargo {
    let options = CargoOptions {
        offline: true,
        ..CargoOptions::default()
    };
    Cargo::find(options)
}

/// Every file below `root`, with its content.
fn tree(root: &Utf8Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in root.read_dir_utf8().expect("a folder") {
        let path = entry.expect("an entry").into_path();
        if path.is_dir() {
            files.extend(tree(&path));
        } else {
            files.push((path.to_string(), fs::read(&path).expect("read")));
        }
    }
    files.sort();
    files
}

#[test]
fn a_missing_lock_is_missing_again() {
    let (_folder, root) = package("");
    let before = tree(&root);
    let resolved = offline()
        .resolve(&root.join("Cargo.toml"), &root)
        .expect("cargo resolves it");
    assert!(resolved.json.contains("\"resolve\":{"), "{}", resolved.json);
    assert!(resolved.lock.is_some_and(|lock| lock.contains("name = \"alone\"")));
    assert_eq!(tree(&root), before);
}

#[test]
fn a_stale_lock_has_its_old_content_again() {
    let (_folder, root) = package("");
    fs::write(root.join("Cargo.lock"), STALE).expect("written");
    let before = tree(&root);
    let modified = fs::metadata(root.join("Cargo.lock"))
        .and_then(|m| m.modified())
        .expect("a time");
    offline()
        .resolve(&root.join("Cargo.toml"), &root)
        .expect("cargo resolves it");
    assert_eq!(tree(&root), before);
    assert_eq!(
        fs::metadata(root.join("Cargo.lock"))
            .and_then(|m| m.modified())
            .expect("a time"),
        modified
    );
}

#[test]
fn a_run_that_fails_leaves_the_tree_as_it_was() {
    for lock in [None, Some(STALE), Some("not a lock")] {
        let (_folder, root) = package("[dependencies]\nno-such-package-anywhere = \"9.9.9\"\n");
        if let Some(lock) = lock {
            fs::write(root.join("Cargo.lock"), lock).expect("written");
        }
        let before = tree(&root);
        let failure = offline()
            .resolve(&root.join("Cargo.toml"), &root)
            .expect_err("it cannot resolve");
        assert!(matches!(failure, Failure::Refused(_)), "{failure:?}");
        assert_eq!(tree(&root), before);
    }
}

#[test]
#[cfg(unix)]
fn a_lock_behind_a_link_stays_behind_it() {
    for content in [None, Some(STALE)] {
        let (_folder, root) = package("");
        let elsewhere = root.join("elsewhere.lock");
        if let Some(content) = content {
            fs::write(&elsewhere, content).expect("written");
        }
        std::os::unix::fs::symlink(&elsewhere, root.join("Cargo.lock")).expect("linked");
        offline()
            .resolve(&root.join("Cargo.toml"), &root)
            .expect("cargo resolves it");
        assert!(root.join("Cargo.lock").is_symlink());
        assert_eq!(fs::read_to_string(&elsewhere).ok().as_deref(), content);
    }
}

#[test]
#[cfg(unix)]
fn of_two_runs_at_once_none_keeps_what_the_other_wrote() {
    let (_folder, root) = package("");
    let path = root.join("Cargo.lock");
    let run = |start: u64, path: &Utf8Path| {
        std::thread::sleep(std::time::Duration::from_millis(start));
        let kept = keep::Kept::take(path).expect("kept");
        fs::write(path, "by cargo").expect("written");
        std::thread::sleep(std::time::Duration::from_millis(150));
        kept.restore().expect("put back");
    };
    std::thread::scope(|scope| {
        scope.spawn(|| run(0, &path));
        scope.spawn(|| run(70, &path));
    });
    assert!(!path.exists());
}

#[test]
fn locked_is_passed_on() {
    let (_folder, root) = package("");
    let options = CargoOptions {
        locked: true,
        ..CargoOptions::default()
    };
    let failure = Cargo::find(options)
        .resolve(&root.join("Cargo.toml"), &root)
        .expect_err("there is no lock");
    assert!(
        matches!(&failure, Failure::Refused(words) if words.contains("--locked")),
        "{failure:?}"
    );
}

#[test]
fn cargos_own_words_become_part_of_the_problem() {
    let (_folder, root) = package("license = 1\n");
    let problem = offline()
        .read(&root.join("Cargo.toml"))
        .expect_err("it is broken")
        .into_problem();
    assert_eq!(problem.kind, ProblemKind::Cargo);
    assert!(
        problem.message.starts_with("`cargo metadata` failed: "),
        "{}",
        problem.message
    );
    assert!(
        problem.message.contains("expected a string or workspace"),
        "{}",
        problem.message
    );
    assert!(!problem.message.contains(['\n', '\u{1b}']), "{}", problem.message);
}

#[test]
fn a_missing_cargo_is_said_with_ways_out() {
    let (_folder, root) = package("");
    let cargo = Cargo::at(root.join("no-cargo"), CargoOptions::default());
    let problem = cargo
        .read(&root.join("Cargo.toml"))
        .expect_err("it is not there")
        .into_problem();
    assert_eq!(problem.kind, ProblemKind::Cargo);
    assert!(
        problem.message.starts_with("cargo is needed and is not here"),
        "{}",
        problem.message
    );
    assert_eq!(problem.help.len(), 2);
}

#[test]
fn an_error_and_its_causes_stand_on_one_line() {
    let stderr = "error: failed to load `a`\n\nCaused by:\n  no such file\n\nCaused by:\n  (os error 2)\nnote: more\n";
    assert_eq!(
        one_line(stderr),
        "failed to load `a`: no such file: (os error 2); note: more"
    );
}
