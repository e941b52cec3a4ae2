//! `unused --fix` and `fix --write` on files that are odd, cannot be written, or are no files.

use std::fs;
use std::path::Path;

use crate::common::{run, workspace};

/// Two permissions and an exception that nothing needs, and one of each that something does.
const UNUSED: &str = "[contexts.x]\ncrates = [\"a\"]\nmay-use = [\"y\", \"z\"] # of x\n\n[contexts.y]\ncrates = [\"b\"]\n\
                      public = [\"b\"]\n\n[contexts.z]\ncrates = [\"none-*\"]\nallow-empty = true\n\n[[protected]]\nname = \"p\"\n\
                      to = [\"b\"]\nfrom = [\n  \"b\", # itself\n  \"a\",\n]\n\n# It was once.\n[[exceptions]]\n\
                      rule = \"p\"\nfrom = \"b\"\nto = \"a\"\nreason = \"r\"\n";

/// The same without.
const MENDED: &str = "[contexts.x]\ncrates = [\"a\"]\nmay-use = [\"y\"] # of x\n\n[contexts.y]\ncrates = [\"b\"]\n\
                      public = [\"b\"]\n\n[contexts.z]\ncrates = [\"none-*\"]\nallow-empty = true\n\n[[protected]]\nname = \"p\"\n\
                      to = [\"b\"]\nfrom = [\n  \"a\",\n]\n";

fn read(folder: &Path, file: &str) -> String {
    fs::read_to_string(folder.join(file)).expect("a file")
}

/// The files of a folder, sorted: nothing is left beside what was written.
fn files(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn what_is_taken_out_leaves_the_rest_byte_for_byte() {
    for (mark, end) in [("", "\n"), ("\u{feff}", "\r\n")] {
        let text = format!("{mark}{}", UNUSED.replace('\n', end));
        let folder = workspace(&[("boundaries.toml", text.as_bytes())]);
        let before = files(folder.path());
        let verdict = run(folder.path(), &["check", "--format", "short", "--deny-warnings"]);
        assert!(verdict.stdout.contains("stale-exception"), "{}", verdict.stdout);
        let fixed = run(folder.path(), &["unused", "--fix"]);
        assert_eq!((fixed.code, fixed.stderr.as_str()), (Some(0), ""), "{}", fixed.stdout);
        assert_eq!(fixed.stdout.lines().count(), 4, "{}", fixed.stdout);
        assert_eq!(
            read(folder.path(), "boundaries.toml"),
            format!("{mark}{}", MENDED.replace('\n', end))
        );
        assert_eq!(files(folder.path()), before);
        let clean = run(folder.path(), &["check", "--format", "short", "--deny-warnings"]);
        assert_eq!((clean.code, clean.stdout.as_str()), (Some(0), ""), "{}", clean.stderr);
    }
}

#[test]
fn without_a_boundaries_toml_or_with_a_broken_one_nothing_is_written() {
    for text in [
        None,
        Some("[contexts.x]\ncrates = [\"a\", \"c\"]\nmay-use = []\n"),
        Some("[contexts"),
    ] {
        let folder = workspace(&[]);
        if let Some(text) = text {
            fs::write(folder.path().join("boundaries.toml"), text).expect("a file");
        }
        for arguments in [&["unused", "--fix"][..], &["fix", "--write"], &["unused"], &["fix"]] {
            let ran = run(folder.path(), arguments);
            assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{arguments:?}");
            assert!(ran.stderr.contains("boundaries.toml"), "{}", ran.stderr);
        }
        let left = fs::read_to_string(folder.path().join("boundaries.toml")).ok();
        assert_eq!(left.as_deref(), text);
    }
}

#[test]
fn two_workspaces_do_not_share_a_file_that_is_to_change() {
    let folder = workspace(&[("boundaries.toml", UNUSED.as_bytes())]);
    let arguments = ["unused", "--fix", "--config-file", "boundaries.toml"];
    let twice = ["--manifest-path", "a/Cargo.toml", "--manifest-path", "Cargo.toml"];
    let ran = run(folder.path(), &[&arguments[..], &twice].concat());
    assert_eq!(ran.code, Some(2), "{}", ran.stdout);
    assert_eq!(read(folder.path(), "boundaries.toml"), UNUSED);
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    #[test]
    fn a_read_only_file_is_left_as_it_is() {
        let folder = workspace(&[("boundaries.toml", UNUSED.as_bytes())]);
        let file = folder.path().join("boundaries.toml");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o444)).expect("permissions");
        let ran = run(folder.path(), &["unused", "--fix"]);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
        assert!(ran.stderr.contains("is read-only"), "{}", ran.stderr);
        assert_eq!(read(folder.path(), "boundaries.toml"), UNUSED);
        assert_eq!(run(folder.path(), &["unused"]).code, Some(1), "it can be looked at");
    }

    #[test]
    fn a_link_stays_a_link_and_its_file_keeps_its_permissions() {
        let folder = workspace(&[("shared/rules.toml", UNUSED.as_bytes())]);
        let target = folder.path().join("shared/rules.toml");
        fs::set_permissions(&target, fs::Permissions::from_mode(0o640)).expect("permissions");
        symlink("shared/rules.toml", folder.path().join("boundaries.toml")).expect("a link");
        let ran = run(folder.path(), &["unused", "--fix"]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        assert_eq!(read(folder.path(), "shared/rules.toml"), MENDED);
        assert!(folder.path().join("boundaries.toml").is_symlink());
        assert_eq!(
            fs::metadata(&target).expect("a file").permissions().mode() & 0o777,
            0o640
        );
        assert_eq!(files(&folder.path().join("shared")), ["rules.toml"]);
    }

    #[test]
    fn a_pipe_can_be_looked_at_and_not_mended() {
        let folder = workspace(&[("rules.toml", UNUSED.as_bytes())]);
        let through_a_pipe = |arguments: &str| {
            let line = format!("\"$0\" unused {arguments} --config-file <(cat rules.toml)");
            let program = env!("CARGO_BIN_EXE_cargo-boundaries");
            let mut command = std::process::Command::new("bash");
            let command = command.args(["-c", &line, program]).current_dir(folder.path());
            crate::common::Ran::of(&command.output().expect("bash starts"))
        };
        let looked = through_a_pipe("");
        assert_eq!(looked.code, Some(1), "{}", looked.stderr);
        let mended = through_a_pipe("--fix");
        assert_eq!(
            (mended.code, mended.stdout.as_str()),
            (Some(2), ""),
            "{}",
            mended.stderr
        );
        assert!(mended.stderr.contains("no regular file"), "{}", mended.stderr);
    }
}

#[test]
fn a_diff_is_what_git_applies() {
    let text = format!("{UNUSED}\n[levels]\nunused-permission = \"warn\"\n").replace('\n', "\r\n");
    let folder = workspace(&[("boundaries.toml", text.as_bytes())]);
    let shown = run(folder.path(), &["fix"]);
    assert_eq!(shown.code, Some(1), "{}", shown.stderr);
    fs::write(folder.path().join("patch"), &shown.stdout).expect("a file");
    let applied = std::process::Command::new("git")
        .args(["apply", "--whitespace=nowarn", "patch"])
        .current_dir(folder.path())
        .output()
        .expect("git starts");
    assert!(
        applied.status.success(),
        "{}\n{}",
        shown.stdout,
        String::from_utf8_lossy(&applied.stderr)
    );
    let by_git = read(folder.path(), "boundaries.toml");
    fs::write(folder.path().join("boundaries.toml"), &text).expect("a file");
    assert_eq!(run(folder.path(), &["fix", "--write"]).code, Some(0));
    assert_eq!(read(folder.path(), "boundaries.toml"), by_git);
    assert_ne!(by_git, text);
}
