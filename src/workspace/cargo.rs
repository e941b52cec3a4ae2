//! Runs `cargo metadata`: the only place that starts cargo. The tree is left as it was found, whatever cargo writes.

use std::ffi::OsString;
use std::io;
use std::process::{Command, Stdio};

use camino::Utf8Path;

use crate::error::{Problem, ProblemKind};

mod keep;
#[cfg(test)]
mod tests;

/// `--locked`, `--offline` and `--frozen`, which mean what they mean in cargo and are passed to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CargoOptions {
    /// Cargo.lock may not have to change.
    pub locked: bool,
    /// No network.
    pub offline: bool,
    /// Both.
    pub frozen: bool,
}

/// Why `cargo metadata` gave nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Cargo ran and said no: it could not read a manifest, or not resolve the dependencies. On one line, without
    /// the leading `error:`.
    Refused(String),
    /// There is no cargo here.
    Missing(Problem),
    /// Cargo could not be run, or the tree not be left as it was.
    Broken(Problem),
}

impl Failure {
    /// The failure as a reason why the run could not check.
    #[must_use]
    pub fn into_problem(self) -> Problem {
        match self {
            Self::Refused(words) => Problem::new(ProblemKind::Cargo, format!("`cargo metadata` failed: {words}")),
            Self::Missing(problem) | Self::Broken(problem) => problem,
        }
    }
}

/// What cargo knows once it has resolved the dependencies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// What `cargo metadata` printed.
    pub json: String,
    /// Cargo.lock as it stood then: up to date, and perhaps no longer in the tree.
    pub lock: Option<String>,
}

/// The cargo that is at hand.
#[derive(Clone, Debug)]
pub struct Cargo {
    program: OsString,
    options: CargoOptions,
}

impl Cargo {
    /// `$CARGO`, which cargo sets to itself for its subcommands; else the `cargo` that `PATH` finds.
    #[must_use]
    pub fn find(options: CargoOptions) -> Self {
        let named = std::env::var_os("CARGO").filter(|program| !program.is_empty());
        Self::at(named.unwrap_or_else(|| "cargo".into()), options)
    }

    /// This very program.
    #[must_use]
    pub fn at(program: impl Into<OsString>, options: CargoOptions) -> Self {
        Self {
            program: program.into(),
            options,
        }
    }

    /// What `cargo metadata --no-deps` prints: the members as cargo reads them. It resolves nothing, writes nothing and
    /// needs no network.
    ///
    /// # Errors
    /// Cargo is missing, or cannot read the workspace.
    pub fn read(&self, manifest: &Utf8Path) -> Result<String, Failure> {
        let folder = manifest.parent().unwrap_or(manifest);
        self.metadata(manifest, folder, &["--no-deps"])
    }

    /// What `cargo metadata --all-features` prints: the resolved graph on every target. Where cargo writes Cargo.lock
    /// while it resolves, the file is put back: a missing one is missing again, a changed one has its old content.
    ///
    /// Cargo 1.97 can be told to keep its lockfile elsewhere (`resolver.lockfile-path`); the releases before cannot,
    /// so that what stands in the tree is kept aside here.
    ///
    /// # Errors
    /// Cargo is missing or cannot resolve (no network, a git dependency that is not at hand, a lockfile that would
    /// have to change under `--locked`), or Cargo.lock could not be put back.
    pub fn resolve(&self, manifest: &Utf8Path, root: &Utf8Path) -> Result<Resolved, Failure> {
        let kept = keep::Kept::take(&root.join("Cargo.lock")).map_err(|error| io_failure("read", &error))?;
        let output = self.metadata(manifest, root, &["--all-features"]);
        let lock = kept.restore().map_err(|error| io_failure("put back", &error))?;
        Ok(Resolved {
            json: output?,
            lock: lock.and_then(|content| String::from_utf8(content).ok()),
        })
    }

    /// Cargo looks for its configuration from the folder it runs in and not from the manifest's, and so does rustup
    /// for the toolchain.
    fn metadata(&self, manifest: &Utf8Path, folder: &Utf8Path, extra: &[&str]) -> Result<String, Failure> {
        let mut command = Command::new(&self.program);
        command.args([
            "metadata",
            "--quiet",
            "--format-version",
            "1",
            "--manifest-path",
            manifest.as_str(),
        ]);
        command.args(extra).args(self.flags());
        command.env("CARGO_TERM_COLOR", "never");
        // Without this cargo notes in `target` what it learned of rustc.
        command.env("CARGO_CACHE_RUSTC_INFO", "0");
        command.current_dir(folder).stdin(Stdio::null());
        let output = command.output().map_err(|error| self.not_started(folder, &error))?;
        if !output.status.success() {
            let words = one_line(&String::from_utf8_lossy(&output.stderr));
            let words = if words.is_empty() {
                format!("it says nothing ({})", output.status)
            } else {
                words
            };
            return Err(Failure::Refused(words));
        }
        String::from_utf8(output.stdout).map_err(|_| {
            let message = "`cargo metadata` printed something that is not UTF-8";
            Failure::Broken(Problem::new(ProblemKind::Cargo, message).help("look for a path or a name that is not"))
        })
    }

    fn flags(&self) -> impl Iterator<Item = &'static str> {
        let CargoOptions {
            locked,
            offline,
            frozen,
        } = self.options;
        let flags = [(locked, "--locked"), (offline, "--offline"), (frozen, "--frozen")];
        flags.into_iter().filter(|(on, _)| *on).map(|(_, flag)| flag)
    }

    fn not_started(&self, folder: &Utf8Path, error: &io::Error) -> Failure {
        // A folder that is not there gives the same error as a program that is not there.
        if error.kind() == io::ErrorKind::NotFound && !folder.is_dir() {
            return Failure::Broken(Problem::new(ProblemKind::Io, format!("there is no folder `{folder}`")));
        }
        let program = self.program.to_string_lossy();
        let problem = |message: String| {
            Problem::new(ProblemKind::Cargo, message)
                .help("install cargo, put it on `PATH`, or name it in the environment variable `CARGO`")
                .help("reading manifests needs no cargo: leave out `--verify` and `--engine cargo`")
        };
        if error.kind() == io::ErrorKind::NotFound {
            let message = format!("cargo is needed and is not here: no program `{program}` is found");
            Failure::Missing(problem(message))
        } else {
            Failure::Broken(problem(format!(
                "cargo is needed and cannot be started: `{program}`: {error}"
            )))
        }
    }
}

fn io_failure(what: &str, error: &io::Error) -> Failure {
    let message = format!("`Cargo.lock`, which cargo may write while it resolves, cannot be {what}: {error}");
    Failure::Broken(Problem::new(ProblemKind::Io, message).help("look at the rights of the workspace's folder"))
}

/// Cargo's error on one line: its chain of causes joined with `: `, everything else with `; `.
fn one_line(stderr: &str) -> String {
    let mut line = String::new();
    let mut joint = "";
    for words in stderr.lines().map(str::trim).filter(|words| !words.is_empty()) {
        if words == "Caused by:" {
            joint = ": ";
            continue;
        }
        line.push_str(joint);
        line.push_str(words.strip_prefix("error: ").unwrap_or(words));
        joint = "; ";
    }
    line
}
