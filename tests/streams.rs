//! The program beside what other programs and machines do to it: pipes and devices in the tree, and streams that are lost.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A workspace of two crates in which all is well.
fn workspace() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in [
        (
            "Cargo.toml",
            "[workspace]\nmembers = [\"a\", \"b\"]\nresolver = \"3\"\n",
        ),
        (
            "a/Cargo.toml",
            "[package]\nname = \"a\"\n\n[dependencies]\nb = { path = \"../b\" }\n",
        ),
        ("b/Cargo.toml", "[package]\nname = \"b\"\n"),
        (
            "boundaries.toml",
            "[[forbidden]]\nname = \"downwards\"\nfrom = [\"b\"]\nto = [\"a\"]\n",
        ),
    ] {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    }
    folder
}

fn check(folder: &Path, stdout: Stdio) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cargo-boundaries"))
        .args(["boundaries", "check"])
        .current_dir(folder)
        .stdout(stdout)
        .stderr(Stdio::piped())
        .spawn()
        .and_then(std::process::Child::wait_with_output)
        .expect("the program runs")
}

#[test]
fn a_device_in_the_place_of_a_file_is_named_and_never_waited_for() {
    for place in [
        "b/Cargo.toml",
        "boundaries.toml",
        "boundaries-baseline.toml",
        ".cargo/config.toml",
    ] {
        let workspace = workspace();
        let path = workspace.path().join(place);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        let _ = fs::remove_file(&path);
        symlink("/dev/null", &path).expect("linked");
        let output = check(workspace.path(), Stdio::piped());
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{place}: {said}");
        assert!(said.contains("it is no regular file"), "{place}: {said}");
    }
}

#[test]
fn a_pipe_that_is_named_as_the_config_file_is_read() {
    let workspace = workspace();
    let output = Command::new("bash")
        .arg("-c")
        .arg("\"$0\" check --config-file <(cat boundaries.toml)")
        .arg(env!("CARGO_BIN_EXE_cargo-boundaries"))
        .current_dir(workspace.path())
        .output();
    // A system without bash cannot name a pipe in this way.
    let Ok(output) = output else { return };
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{said}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_report_that_a_full_disk_swallows_is_no_pass() {
    let workspace = workspace();
    let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("a device");
    let output = check(workspace.path(), full.into());
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("standard output cannot be written"), "{said}");
}

#[test]
fn a_reader_that_has_seen_enough_ends_the_run_quietly() {
    let workspace = workspace();
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let output = check(workspace.path(), writer.into());
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}
