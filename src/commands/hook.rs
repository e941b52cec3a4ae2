//! `cargo boundaries hook`: a plain git hook, for repositories without a program that manages hooks.

use std::fs;

use camino::{Utf8Path, Utf8PathBuf};

use super::replace::replace;
use super::{Exit, fail, print};
use crate::cli::{Common, HookCommand};
use crate::error::{Error, Problem, ProblemKind};
use crate::git;
use crate::pipeline::read_workspace;
use crate::source::{display_path, printable};

/// The line by which a hook of ours is known again.
const MARK: &str = "# Installed by `cargo boundaries hook install`.";

pub(super) fn run(common: &Common, command: HookCommand) -> Exit {
    if common.manifest_path.len() > 1 {
        let problem = Problem::new(ProblemKind::Usage, "a hook is for one workspace");
        return fail(&Error::plain(problem.help("give `--manifest-path` once")), common);
    }
    let done = match command {
        HookCommand::Install => install(common),
        HookCommand::Uninstall => uninstall(common),
    };
    match done {
        Ok(text) => print(&text, common.stdout_style()),
        Err(error) => fail(&error, common),
    }
}

fn install(common: &Common) -> Result<String, Error> {
    let hook = Hook::of(common)?;
    match hook.found()? {
        Some(text) if !text.contains(MARK) => {
            let message = format!("`{}` is a hook that somebody else wrote", hook.file);
            let command = hook.command();
            let help = format!("add a line to it: `{command}`");
            Err(Error::plain(Problem::new(ProblemKind::Usage, message).help(help)))
        }
        found => {
            let text = hook.text();
            if found.is_some_and(|found| found == text) {
                return Ok(format!("{} is as it should be\n", printable(hook.file.as_str())));
            }
            let write = |()| replace(&hook.file, &text).and_then(|()| make_executable(&hook.file));
            let folder = hook.file.parent().unwrap_or(&hook.file);
            let written = fs::create_dir_all(folder).and_then(write);
            written.map_err(|error| hook.cannot("written", &error))?;
            Ok(format!(
                "wrote {}: a commit that changes a Cargo.toml, Cargo.lock, boundaries.toml or Rust source is checked first\n",
                printable(hook.file.as_str())
            ))
        }
    }
}

fn uninstall(common: &Common) -> Result<String, Error> {
    let hook = Hook::of(common)?;
    match hook.found()? {
        None => Ok("there is no hook to remove\n".to_owned()),
        Some(text) if !text.contains(MARK) => {
            let message = format!("`{}` is a hook that somebody else wrote", hook.file);
            let problem = Problem::new(ProblemKind::Usage, message);
            Err(Error::plain(problem.help("take our line out of it by hand")))
        }
        Some(_) => {
            fs::remove_file(&hook.file).map_err(|error| hook.cannot("removed", &error))?;
            Ok(format!("removed {}\n", printable(hook.file.as_str())))
        }
    }
}

/// The repository's pre-commit hook.
struct Hook {
    file: Utf8PathBuf,
    /// The root manifest, relative to the repository, from where git runs hooks.
    manifest: String,
}

impl Hook {
    fn of(common: &Common) -> Result<Self, Error> {
        let manifest = common.manifests().into_iter().next().flatten();
        let (workspace, _) = read_workspace(&common.options(manifest))?;
        let (hooks, top) = git::hooks(&workspace.root).map_err(Error::plain)?;
        Ok(Self {
            file: hooks.join("pre-commit"),
            manifest: display_path(&top, &workspace.root.join("Cargo.toml")),
        })
    }

    fn found(&self) -> Result<Option<String>, Error> {
        match fs::read(&self.file) {
            Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(self.cannot("read", &error)),
        }
    }

    fn command(&self) -> String {
        match self.manifest.as_str() {
            "Cargo.toml" => "cargo-boundaries check --quiet".to_owned(),
            path => format!("cargo-boundaries check --quiet --manifest-path {}", quoted(path)),
        }
    }

    /// What runs before a commit. It looks at the work tree, as cargo does.
    fn text(&self) -> String {
        let command = self.command();
        format!(
            "#!/bin/sh\n\
             {MARK}\n\
             # Only a change of these files can bear on a rule; `git commit --no-verify` passes by.\n\
             git diff --cached --quiet -- \\\n    \
             ':(glob)**/Cargo.toml' ':(glob)**/Cargo.lock' ':(glob)**/boundaries*.toml' ':(glob)**/*.rs' && exit 0\n\
             exec {command}\n"
        )
    }

    fn cannot(&self, done: &str, error: &std::io::Error) -> Error {
        let message = format!("`{}` cannot be {done}: {error}", self.file);
        let problem = Problem::new(ProblemKind::Io, message);
        Error::plain(problem.help("see who may write there"))
    }
}

/// A word of a shell's command line.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(unix)]
fn make_executable(path: &Utf8Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))
}

/// Git for Windows runs hooks by their first line.
#[cfg(not(unix))]
fn make_executable(_: &Utf8Path) -> std::io::Result<()> {
    Ok(())
}
