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
