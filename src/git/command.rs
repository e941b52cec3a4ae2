//! Starts git, and says what went wrong in a person's words.

use std::io::ErrorKind;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use camino::{Utf8Path, Utf8PathBuf};

use crate::error::{Problem, ProblemKind};

/// Git, in one folder.
#[derive(Clone, Debug)]
pub struct Git {
    folder: Utf8PathBuf,
}

/// Why git gave no answer.
#[derive(Debug)]
pub enum Failure {
    /// It could not be started.
    Problem(Problem),
    /// It refused, in these words.
    Refused(String),
}

impl Git {
    /// Git, run in this folder.
    pub fn within(folder: &Utf8Path) -> Self {
        let folder = if folder.as_str().is_empty() {
            Utf8Path::new(".")
        } else {
            folder
        };
        Self {
            folder: folder.to_owned(),
        }
    }

    /// The folder.
    pub fn folder(&self) -> &Utf8Path {
        &self.folder
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.args(arguments).current_dir(&self.folder).stdin(Stdio::null());
        // Its words are read, and nothing may be written: not even what it learned of the files.
        command.env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0");
        // A hook runs with the repository in its environment, as seen from the hook's folder and not from ours.
        if std::env::var_os("GIT_WORK_TREE").is_none() {
            command.env_remove("GIT_DIR");
        }
        if let Some(index) = std::env::var_os("GIT_INDEX_FILE")
            && let Ok(absolute) = std::path::absolute(Path::new(&index))
        {
            command.env("GIT_INDEX_FILE", absolute);
        }
        command
    }

    /// What git prints.
    ///
    /// # Errors
    /// It cannot be started, or ends with an error.
    pub fn output(&self, arguments: &[&str]) -> Result<Vec<u8>, Failure> {
        let output = self
            .command(arguments)
            .output()
            .map_err(|error| Failure::Problem(missing(&error)))?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        let words = String::from_utf8_lossy(&output.stderr);
        let words = words
            .trim()
            .lines()
            .next()
            .unwrap_or("it says nothing")
            .trim_start_matches("fatal: ");
        Err(Failure::Refused(words.to_owned()))
    }

    /// Git with its streams open, to be asked again and again.
    ///
    /// # Errors
    /// It cannot be started.
    pub fn start(&self, arguments: &[&str]) -> std::io::Result<Child> {
        let mut command = self.command(arguments);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        command.spawn()
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Problem(problem) => problem,
            Failure::Refused(words) => broken(&words),
        }
    }
}

/// Git refuses in words that say nothing of what was asked for.
pub fn broken(words: &str) -> Problem {
    Problem::new(ProblemKind::Git, format!("git failed: {words}")).help("try `git status` in this folder")
}

fn missing(error: &std::io::Error) -> Problem {
    let what = if error.kind() == ErrorKind::NotFound {
        "git is needed and is not here: no program `git` is found".to_owned()
    } else {
        format!("git is needed and cannot be started: {error}")
    };
    Problem::new(ProblemKind::Git, what)
        .help("install git, or put it on `PATH`")
        .help("without `--since` and `--changed` no git is needed")
}
