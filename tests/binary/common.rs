//! What the tests of the binary share: running it, with nothing of the machine in its environment.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The day on which every test runs.
pub const TODAY: &str = "2027-01-15";

/// The project's own folder.
pub fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The workspaces that tests check.
pub fn test_workspaces() -> PathBuf {
    project().join("test-workspaces")
}

/// The binary, in this folder: without colours, on a fixed day, whatever the environment says.
pub fn binary(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-boundaries"));
    command.current_dir(folder);
    for variable in [
        "NO_COLOR",
        "CLICOLOR",
        "CLICOLOR_FORCE",
        "CARGO_TERM_COLOR",
        "COLUMNS",
        "GITHUB_ACTIONS",
        "CI",
        "RAYON_NUM_THREADS",
    ] {
        command.env_remove(variable);
    }
    command.env("BOUNDARIES_TODAY", TODAY).env("LC_ALL", "C.UTF-8");
    command
}

/// Runs the binary to its end.
pub fn run(folder: &Path, arguments: &[&str]) -> Ran {
    Ran::of(&binary(folder).args(arguments).output().expect("the binary starts"))
}

/// How a run ended, and what it said.
#[derive(Debug)]
pub struct Ran {
    /// The exit code; none where a signal ended it.
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Ran {
    pub fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("output is UTF-8");
        Self {
            code: output.status.code(),
            stdout: text(&output.stdout),
            stderr: text(&output.stderr),
        }
    }
}

/// Writes files below a folder, with the folders above them.
pub fn write(root: &Path, files: &[(&str, &[u8])]) {
    for (path, bytes) in files {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    }
}

/// A workspace of the crates `a` and `b`, of which `a` uses `b`; what `files` holds comes in addition or instead.
pub fn workspace(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let usual: [(&str, &[u8]); 5] = [
        (
            "Cargo.toml",
            b"[workspace]\nresolver = \"3\"\nmembers = [\"a\", \"b\"]\n",
        ),
        (
            "a/Cargo.toml",
            b"[package]\nname = \"a\"\n\n[dependencies]\nb = { path = \"../b\" }\n",
        ),
        ("a/src/lib.rs", b""),
        ("b/Cargo.toml", b"[package]\nname = \"b\"\n"),
        ("b/src/lib.rs", b""),
    ];
    write(folder.path(), &usual);
    write(folder.path(), files);
    folder
}

/// Copies what a folder holds into another, with the folders below; what is there is replaced.
pub fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let there = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            std::fs::create_dir_all(&there).expect("a folder");
            copy(&path, &there);
        } else {
            std::fs::copy(&path, &there).expect("a copy");
        }
    }
}

/// Runs git, which these tests need, as nobody in particular.
pub fn git(folder: &Path, arguments: &[&str]) -> Ran {
    let output = git_command(folder).args(arguments).output();
    Ran::of(&output.expect("git is there"))
}

/// Git in a folder, with nothing of the machine in its configuration.
pub fn git_command(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command
        .current_dir(folder)
        .args(["-c", "user.name=Test", "-c", "user.email=test@example.com"]);
    command.args(["-c", "init.defaultBranch=main", "-c", "core.autocrlf=false"]);
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(variable);
    }
    command
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null");
    command
}

/// Commits everything in a folder, which becomes a repository if it is none.
pub fn commit(folder: &Path, message: &str) {
    if !folder.join(".git").exists() {
        git(folder, &["init", "--quiet"]);
    }
    git(folder, &["add", "--all"]);
    let ran = git(folder, &["commit", "--quiet", "--allow-empty", "--message", message]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
}
