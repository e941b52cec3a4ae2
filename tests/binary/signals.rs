//! `signals` as people and scripts run it, in repositories that are made for it.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Stdio;

use crate::common::{Ran, binary, git_command, project, run, workspace};
use serde_json::Value;

/// Twelve crates, so that there are enough to be judged.
fn crates() -> tempfile::TempDir {
    let names: Vec<String> = (0..12).map(|number| format!("c{number:02}")).collect();
    let mut files: Vec<(String, Vec<u8>)> =
        vec![("Cargo.toml".to_owned(), b"[workspace]\nmembers = [\"c*\"]\n".to_vec())];
    for name in &names {
        let manifest = format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2021\"\n");
        files.push((format!("{name}/Cargo.toml"), manifest.into_bytes()));
        files.push((format!("{name}/src/lib.rs"), Vec::new()));
    }
    let files: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_slice()))
        .collect();
    workspace(&files)
}

fn git(folder: &Path, arguments: &[&str], input: &str) {
    let mut command = git_command(folder);
    command.args(["-c", "protocol.file.allow=always"]).args(arguments);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("git runs");
    std::io::Write::write_all(&mut child.stdin.take().expect("a stream"), input.as_bytes()).expect("written");
    assert!(child.wait().expect("git ends").success(), "git {arguments:?}");
}

/// Gives a workspace a history: first everything, then for each line the crates that one commit touches.
fn history(folder: &Path, commits: &[&str]) {
    git(folder, &["init", "--quiet"], "");
    let mut stream = String::new();
    let mut all: Vec<(String, String)> = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let name = entry.file_name().into_string().expect("UTF-8");
        if entry.path().join("Cargo.toml").is_file() {
            all.push((
                format!("{name}/Cargo.toml"),
                fs::read_to_string(entry.path().join("Cargo.toml")).expect("text"),
            ));
            all.push((format!("{name}/src/lib.rs"), String::new()));
        }
    }
    let mut commit = |number: usize, subject: &str, files: &[(String, String)]| {
        let time = 1_700_000_000 + number * 3600;
        let _ = write!(
            stream,
            "commit refs/heads/main\ncommitter T <t@example.com> {time} +0000\ndata {}\n{subject}\n",
            subject.len()
        );
        for (path, text) in files {
            let _ = write!(stream, "M 100644 inline {path}\ndata {}\n{text}\n", text.len());
        }
    };
    commit(0, "first", &all);
    for (number, touched) in (1..).zip(commits) {
        let files: Vec<(String, String)> = touched
            .split_whitespace()
            .map(|name| (format!("{name}/src/lib.rs"), format!("// {number}")))
            .collect();
        commit(number, "change \u{1b}[31m<b>@somebody</b>", &files);
    }
    git(folder, &["fast-import", "--quiet"], &stream);
    git(folder, &["reset", "--quiet", "--mixed"], "");
}

/// A history in which `c00` and `c01` belong together.
pub fn coupled() -> tempfile::TempDir {
    let folder = crates();
    let names: Vec<String> = (0..12).map(|number| format!("c{number:02}")).collect();
    let mut commits: Vec<&str> = Vec::new();
    for turn in 0..15 {
        commits.extend(names.iter().map(String::as_str));
        commits.push("c00 c01");
        commits.push(if turn % 3 == 0 { "c02 c05" } else { "c03" });
    }
    history(folder.path(), &commits);
    folder
}

#[test]
fn what_belongs_together_is_shown_and_fails_nothing_unless_asked() {
    let folder = coupled();
    let ran = run(folder.path(), &["signals"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{}", ran.stdout);
    assert!(
        ran.stdout
            .contains("`c00` and `c01` change together, and neither depends on the other"),
        "{}",
        ran.stdout
    );
    assert!(!ran.stdout.contains('\u{1b}'), "{}", ran.stdout);
    assert_eq!(
        ran.stdout.matches("`c00` and `c01` change together").count(),
        1,
        "{}",
        ran.stdout
    );
    assert_eq!(run(folder.path(), &["signals"]).stdout, ran.stdout);
    assert_eq!(
        run(folder.path(), &["signals", "--deny", "hidden-coupling"]).code,
        Some(1)
    );
    assert_eq!(run(folder.path(), &["signals", "--deny", "ripple"]).code, Some(0));
    let other = run(folder.path(), &["signals", "c07"]);
    assert!(
        other.stdout.contains("history shows no signal about what was asked"),
        "{}",
        other.stdout
    );
    let short = run(folder.path(), &["signals", "--since", "HEAD~120", "c07"]);
    assert!(
        short.stdout.contains("insufficient evidence of `c07`"),
        "{}",
        short.stdout
    );
    let markdown = run(folder.path(), &["signals", "--format", "markdown"]);
    assert!(
        markdown.stdout.contains("&lt;b&gt;@\u{2060}somebody"),
        "{}",
        markdown.stdout
    );
    assert!(
        markdown
            .stdout
            .starts_with("### cargo-boundaries: 1 signal from history\n"),
        "{}",
        markdown.stdout
    );
}

#[test]
fn contexts_that_are_declared_are_judged_too() {
    let folder = coupled();
    let boundaries = "[contexts.one]\ncrates = [\"c00\", \"c02\", \"c03\", \"c04\", \"c05\"]\n\n[contexts.two]\ncrates = [\"c01\", \"c06\", \"c07\", \"c08\"]\n";
    fs::write(folder.path().join("boundaries.toml"), boundaries).expect("written");
    let ran = run(folder.path(), &["signals", "context:two"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(
        ran.stdout.contains("`c00` (context one) and `c01` (context two)"),
        "{}",
        ran.stdout
    );
    assert!(ran.stdout.contains("crossing: 15 of"), "{}", ran.stdout);
    let unknown = run(folder.path(), &["signals", "context:twoo"]);
    assert_eq!(unknown.code, Some(2));
    assert!(
        unknown.stderr.contains("did you mean `context:two`?"),
        "{}",
        unknown.stderr
    );
    fs::write(folder.path().join("boundaries.toml"), "[contexts.one]\ncrate = []\n").expect("written");
    assert_eq!(
        run(folder.path(), &["signals"]).code,
        Some(2),
        "a broken one is no reason to go without"
    );
}

#[test]
fn what_cannot_be_asked_is_said_with_a_way_out() {
    let folder = crates();
    let mut without = binary(folder.path());
    without
        .args(["signals", "--engine", "manifests"])
        .env("PATH", "/nowhere");
    let without = Ran::of(&without.output().expect("the binary starts"));
    assert_eq!(without.code, Some(2));
    assert!(
        without.stderr.contains("no program `git` is found"),
        "{}",
        without.stderr
    );
    let outside = run(folder.path(), &["signals"]);
    assert_eq!(outside.code, Some(2));
    assert!(
        outside.stderr.contains("lies in no git repository"),
        "{}",
        outside.stderr
    );
    history(folder.path(), &["c00", "c01"]);
    let few = run(folder.path(), &["signals", "--deny", "ripple"]);
    assert_eq!(few.code, Some(0), "{}", few.stderr);
    assert!(
        few.stdout
            .contains("insufficient evidence: only 2 commits count, and 100 are needed"),
        "{}",
        few.stdout
    );
    for (arguments, words) in [
        (&["signals", "c99"][..], "no member is called `c99`"),
        (&["signals", "--only", "cochange"], "did you mean `co-change`?"),
        (&["signals", "--deny", "graph"], "that one informs"),
        (
            &["signals", "--since", "no-such-branch"],
            "git knows no commit `no-such-branch`",
        ),
        (&["signals", "--since", "2026-02-30"], "a date is `2026-01-31`"),
        (&["signals", "--since", "all", "--months", "3"], "cannot be used with"),
        (&["signals", "--months", "0"], "0 is not in 1..=1200"),
    ] {
        let ran = run(folder.path(), arguments);
        assert_eq!(ran.code, Some(2), "{arguments:?}");
        assert!(ran.stderr.contains(words), "{arguments:?}: {}", ran.stderr);
    }
    let beside = tempfile::tempdir().expect("a folder");
    let url = format!("file://{}", folder.path().display());
    git(
        folder.path(),
        &[
            "clone",
            "--quiet",
            "--depth",
            "1",
            &url,
            beside.path().join("x").to_str().expect("UTF-8"),
        ],
        "",
    );
    let manifests = (0..12).map(|number| format!("c{number:02}/Cargo.toml"));
    for name in manifests.chain(["Cargo.toml".to_owned()]) {
        fs::create_dir_all(beside.path().join("x").join(&name).parent().expect("a folder")).expect("made");
        fs::copy(folder.path().join(&name), beside.path().join("x").join(&name)).expect("copied");
    }
    let shallow = run(&beside.path().join("x"), &["signals"]);
    assert_eq!(shallow.code, Some(0), "{}", shallow.stderr);
    assert!(
        shallow.stdout.contains("insufficient evidence: the clone is shallow"),
        "{}",
        shallow.stdout
    );
    let denied = run(&beside.path().join("x"), &["signals", "--deny", "ripple"]);
    assert_eq!(denied.code, Some(2), "what was never looked for is no pass");
    assert!(denied.stderr.contains("git fetch --unshallow"), "{}", denied.stderr);
}

#[test]
fn the_document_of_signals_keeps_to_the_published_schema() {
    let schema = fs::read_to_string(project().join("docs/signals.schema.json")).expect("the schema");
    let schema: Value = serde_json::from_str(&schema).expect("JSON");
    let schema = jsonschema::validator_for(&schema).expect("a schema");
    let folder = coupled();
    let json = |arguments: &[&str], code: i32| -> Value {
        let ran = run(folder.path(), &[arguments, &["--format", "json"]].concat());
        assert_eq!(ran.code, Some(code), "{}", ran.stderr);
        let json = serde_json::from_str(&ran.stdout).expect("JSON");
        let wrong: Vec<String> = schema.iter_errors(&json).map(|error| error.to_string()).collect();
        assert_eq!(wrong, Vec::<String>::new());
        json
    };
    let answer = json(&["signals"], 0);
    assert_eq!(answer["schema_version"], 1);
    let ids: Vec<&str> = answer["signals"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|signal| signal["id"].as_str().expect("text"))
        .collect();
    assert_eq!(ids, ["hidden-coupling", "co-change"]);
    let signal = &answer["signals"][0];
    assert_eq!(
        (&signal["shared_commits"], &signal["commits"]),
        (&15.into(), &serde_json::json!([30, 30]))
    );
    assert_eq!(
        signal["files"],
        serde_json::json!([["c00/src/lib.rs", "c01/src/lib.rs"]])
    );
    assert_eq!(signal["examples"].as_array().map(Vec::len), Some(3));
    assert_eq!(answer["history"]["left_out"]["no-source"], 0);
    assert!(
        json(&["signals", "--only", "ripple"], 0)["signals"]
            .as_array()
            .expect("a list")
            .is_empty()
    );
    assert_eq!(json(&["signals", "nobody"], 2)["errors"][0]["kind"], "usage");
}
