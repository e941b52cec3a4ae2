//! Starts git, and says what went wrong in a person's words.

use std::io::{self, BufRead as _, BufReader, ErrorKind, Read as _};
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};

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
        Err(Failure::Refused(first_words(&output.stderr)))
    }

    /// Hands on what git prints, field by field as they come; a zero byte ends a field. Only one field is held at a time,
    /// so that a history of any length takes no more memory than its longest path.
    ///
    /// # Errors
    /// It cannot be started, its output cannot be read to the end, or it ends with an error.
    pub fn fields(&self, arguments: &[&str], take: &mut dyn FnMut(&[u8])) -> Result<(), Failure> {
        let mut command = self.command(arguments);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        // What is not in a partial clone is not fetched behind a person's back: nothing of it is needed.
        command.env("GIT_NO_LAZY_FETCH", "1");
        // Into a pipe git would write each commit by itself, as if somebody watched.
        command.env("GIT_FLUSH", "0");
        let mut child = command.spawn().map_err(|error| Failure::Problem(missing(&error)))?;
        let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
        std::thread::scope(|scope| {
            let words = scope.spawn(|| beginning(stderr));
            let mut read = Ok(());
            if let Some(stdout) = stdout {
                let mut stdout = BufReader::with_capacity(1 << 16, stdout);
                let mut field = Vec::new();
                loop {
                    field.clear();
                    match stdout.read_until(0, &mut field) {
                        Ok(0) => break,
                        Ok(_) => take(field.strip_suffix(&[0]).unwrap_or(&field)),
                        Err(error) => {
                            read = Err(error);
                            break;
                        }
                    }
                }
            }
            let words = words.join().unwrap_or_default();
            let ended = read.and_then(|()| child.wait());
            match ended {
                Ok(status) if status.success() => Ok(()),
                Ok(_) => Err(Failure::Refused(first_words(&words))),
                Err(error) => Err(Failure::Refused(format!("its output cannot be read: {error}"))),
            }
        })
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

/// The first line of what git complains about.
fn first_words(complaint: &[u8]) -> String {
    let words = String::from_utf8_lossy(complaint);
    let first = words.trim().lines().next().unwrap_or("it says nothing");
    first.trim_start_matches("fatal: ").to_owned()
}

/// The beginning of what git complains about; the rest is read too, or git would wait for somebody to read it.
fn beginning(stderr: Option<ChildStderr>) -> Vec<u8> {
    let mut words = Vec::new();
    if let Some(mut stderr) = stderr {
        let _ = stderr.by_ref().take(1 << 12).read_to_end(&mut words);
        let _ = io::copy(&mut stderr, &mut io::sink());
    }
    words
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
    Problem::new(ProblemKind::Git, what).help("install git, or put it on `PATH`")
}
