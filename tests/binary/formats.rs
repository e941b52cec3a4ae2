//! Every format, written for a workspace that has a finding of every shape, in a repository whose paths hold what formats
//! must escape. `UPDATE_SNAPSHOTS=1 cargo test` writes the files of tests/snapshots/formats anew.

mod read_back;

use std::fs;
use std::path::Path;

use crate::common::{Ran, binary, project, run, test_workspaces, write};

/// The formats and how their files are called.
const FORMATS: [(&str, &str); 8] = [
    ("short", "txt"),
    ("json", "json"),
    ("sarif", "sarif"),
    ("github", "txt"),
    ("gitlab", "json"),
    ("junit", "xml"),
    ("markdown", "md"),
    ("rust-analyzer", "json"),
];

/// A repository, whose workspace lies in a folder below.
pub struct Repository {
    folder: tempfile::TempDir,
}

impl Repository {
    /// With the test workspace of the formats.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().join("re po%");
        fs::create_dir_all(root.join(".git")).expect("a folder");
        copy(&test_workspaces().join("formats"), &root.join("back, end: \"ü\""));
        Self { folder }
    }

    pub fn workspace(&self) -> std::path::PathBuf {
        self.folder.path().join("re po%").join("back, end: \"ü\"")
    }

    /// What a check prints, with what differs between machines and runs named instead.
    pub fn report(&self, arguments: &[&str]) -> Ran {
        let mut command = vec!["check"];
        command.extend(arguments);
        let mut ran = run(&self.workspace(), &command);
        let root = self.folder.path().canonicalize().expect("a folder");
        let root = root.to_str().expect("UTF-8");
        ran.stdout = without_times(&ran.stdout.replace(root, "[ROOT]"));
        ran
    }
}

#[test]
fn every_format_says_what_its_file_says() {
    let update = std::env::var_os("UPDATE_SNAPSHOTS").is_some();
    let repository = Repository::new();
    let broken = workspace_that_cannot_be_checked();
    let mut wrong = Vec::new();
    for (format, extension) in FORMATS {
        let found = repository.report(&["--format", format]);
        assert_eq!(found.code, Some(1), "{format}: {}", found.stderr);
        let failed = run(broken.path(), &["check", "--format", format]);
        assert_eq!(failed.code, Some(2), "{format}");
        let root = broken.path().canonicalize().expect("a folder");
        let failed = failed.stdout.replace(root.to_str().expect("UTF-8"), "[ROOT]");
        for (name, text) in [("findings", &found.stdout), ("failure", &failed)] {
            let file = project().join(format!("tests/snapshots/formats/{name}-{format}.{extension}"));
            if update {
                fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
                fs::write(&file, text).expect("a file");
            }
            if fs::read_to_string(&file).unwrap_or_default() != *text {
                wrong.push(format!("── {}: found\n{text}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn several_formats_go_to_several_files_and_one_to_standard_output() {
    let repository = Repository::new();
    let mut arguments = vec!["--format".to_owned(), "short".to_owned()];
    for (format, extension) in FORMATS {
        arguments.extend(["--format".to_owned(), format!("{format}=out {format}.{extension}")]);
    }
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let ran = repository.report(&arguments);
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    assert!(ran.stdout.contains("deny[layer]"), "{}", ran.stdout);
    for (format, extension) in FORMATS {
        let file = repository.workspace().join(format!("out {format}.{extension}"));
        let alone = repository.report(&["--format", format]).stdout;
        let written = fs::read_to_string(&file).expect("a report");
        // What is asked for beside it changes nothing in a report.
        assert_eq!(written.lines().count(), alone.lines().count(), "{format}");
    }
}

#[test]
fn a_file_that_cannot_be_written_is_said_and_the_others_are_written() {
    let repository = Repository::new();
    let ran = repository.report(&["--format", "json=absent/report.json", "--format", "short=report.txt"]);
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.stderr.contains("`absent/report.json` cannot be written"),
        "{}",
        ran.stderr
    );
    let written = fs::read_to_string(repository.workspace().join("report.txt")).expect("a report");
    assert!(written.contains("deny[layer]"), "{written}");
    let left: Vec<_> = fs::read_dir(repository.workspace())
        .expect("entries")
        .flatten()
        .collect();
    let left: Vec<_> = left
        .iter()
        .filter(|e| e.file_name().to_string_lossy().ends_with(".new"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[cfg(unix)]
#[test]
fn a_link_is_written_where_it_leads() {
    let repository = Repository::new();
    let elsewhere = tempfile::tempdir().expect("a folder");
    let target = elsewhere.path().join("report.txt");
    fs::write(&target, "old").expect("a file");
    let link = repository.workspace().join("report.txt");
    std::os::unix::fs::symlink(&target, &link).expect("a link");
    let ran = repository.report(&["--format", "short=report.txt"]);
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    assert!(fs::symlink_metadata(&link).expect("the link").is_symlink());
    assert!(fs::read_to_string(&target).expect("a report").contains("deny[layer]"));
    assert_eq!(fs::read_dir(elsewhere.path()).expect("entries").count(), 1);
}

#[test]
fn in_github_actions_annotations_come_before_the_report_by_themselves() {
    let repository = Repository::new();
    let with = |arguments: &[&str]| {
        let mut command = binary(&repository.workspace());
        command.env("GITHUB_ACTIONS", "true").arg("check").args(arguments);
        Ran::of(&command.output().expect("the binary starts"))
    };
    let ran = with(&[]);
    assert!(ran.stdout.starts_with("::warning file="), "{}", ran.stdout);
    let last = ran.stdout.lines().last().unwrap_or_default();
    assert!(last.starts_with("checked 5 crates"), "{last}");
    // Whoever asks for another format, or puts the annotations elsewhere, gets no second copy.
    assert!(!with(&["--format", "short"]).stdout.contains("::error"));
    assert!(
        !with(&["--format", "human", "--format", "github=notes"])
            .stdout
            .contains("::error ")
    );
}

#[test]
fn what_is_excused_is_suppressed_in_sarif_and_listed_elsewhere_only_where_asked() {
    let repository = Repository::new();
    for (format, _) in FORMATS.iter().filter(|(format, _)| *format != "sarif") {
        let usual = repository.report(&["--format", format]).stdout;
        assert!(!usual.contains("core` may not use `serde`"), "{format}: {usual}");
    }
    let sarif = repository.report(&["--format", "sarif"]).stdout;
    assert_eq!(sarif.matches("\"suppressions\"").count(), 2, "{sarif}");
    assert!(sarif.contains("a line of boundaries-baseline.toml"), "{sarif}");
    let junit = repository.report(&["--format", "junit", "--show-excepted"]).stdout;
    assert_eq!(junit.matches("<skipped").count(), 2, "{junit}");
}

#[test]
fn fingerprints_stay_while_lines_move() {
    let repository = Repository::new();
    let prints = |report: &str| -> Vec<String> {
        let lines = report
            .lines()
            .filter(|l| l.contains("fingerprint") || l.contains("boundaries/v1"));
        let mut lines: Vec<String> = lines.map(|l| l.trim().to_owned()).collect();
        lines.sort();
        lines
    };
    let before: Vec<_> = ["sarif", "gitlab"]
        .map(|f| prints(&repository.report(&["--format", f]).stdout))
        .into();
    assert!(before.iter().all(|prints| prints.len() > 5), "{before:?}");
    for file in [
        "domain/Cargo.toml",
        "audit/Cargo.toml",
        "core/Cargo.toml",
        "boundaries.toml",
        "boundaries-baseline.toml",
    ] {
        let path = repository.workspace().join(file);
        let text = fs::read_to_string(&path).expect("a file");
        fs::write(&path, format!("# moved\n\n\n{text}")).expect("a file");
    }
    let after: Vec<_> = ["sarif", "gitlab"]
        .map(|f| prints(&repository.report(&["--format", f]).stdout))
        .into();
    assert_eq!(before, after);
}

#[test]
fn then_runs_a_command_after_the_check_and_passes_its_lines_through() {
    let repository = Repository::new();
    let ran = repository.report(&["--format", "rust-analyzer", "--then", "cargo", "--version", "--verbose"]);
    assert_eq!(ran.code, Some(1));
    assert!(!ran.stdout.contains("build-finished"), "{}", ran.stdout);
    let last = ran
        .stdout
        .lines()
        .find(|line| !line.starts_with('{'))
        .unwrap_or_default();
    assert!(last.starts_with("cargo 1."), "{}", ran.stdout);
    let absent = repository.report(&["--format", "short", "--then", "no-such-program"]);
    assert_eq!(absent.code, Some(2));
    assert!(
        absent.stderr.contains("`no-such-program` cannot be run"),
        "{}",
        absent.stderr
    );
}

/// A workspace with two mistakes in its boundaries.toml.
fn workspace_that_cannot_be_checked() -> tempfile::TempDir {
    let text = "[[forbidden]]\nname = \"n\"\nfrom = [\"absent\"]\nto = [\"b\"]\nreson = \"x\"\n";
    crate::common::workspace(&[("boundaries.toml", text.as_bytes())])
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("entries").flatten() {
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            write(
                to,
                &[(
                    entry.file_name().to_str().expect("UTF-8"),
                    &fs::read(&path).expect("a file"),
                )],
            );
        }
    }
}

/// The report with `[TIME]` for what takes a while.
fn without_times(text: &str) -> String {
    let mut text = text.to_owned();
    for (before, after) in [("\"elapsed_ms\":", "}"), (" time=\"", "\"")] {
        if let Some(start) = text.find(before).map(|at| at + before.len())
            && let Some(length) = text[start..].find(after)
        {
            text.replace_range(start..start + length, "[TIME]");
        }
    }
    text
}
