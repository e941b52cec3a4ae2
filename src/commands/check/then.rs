//! `--then COMMAND`: runs another check after ours, for editors that run one command alone.

use std::ffi::OsString;
use std::process::Command;

use super::super::{Exit, fail};
use crate::cli::Common;
use crate::error::{Error, Problem, ProblemKind};

/// Runs the command with this process's own streams, so that its lines pass through as they are.
pub(super) fn run(program: &OsString, arguments: &[OsString], common: &Common) -> Exit {
    match Command::new(program).args(arguments).status() {
        Ok(status) if status.success() => Exit::Clean,
        Ok(_) => Exit::Findings,
        Err(error) => {
            let name = program.to_string_lossy();
            let problem = Problem::new(ProblemKind::Usage, format!("`{name}` cannot be run: {error}"));
            let help = "`--then` takes a program and its arguments: `--then cargo check --message-format=json`";
            fail(&Error::plain(problem.help(help)), common)
        }
    }
}
