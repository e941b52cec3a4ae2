//! What keeps git from telling a history, in a person's words and with a way out.

use crate::error::{Problem, ProblemKind};
use crate::git::command::{Failure, Git};

/// Why git cannot tell where a workspace lies.
pub fn refused(git: &Git, failure: Failure) -> Problem {
    match failure {
        Failure::Problem(problem) => problem,
        Failure::Refused(words) if words.contains("not a git repository") => {
            let message = format!("`{}` lies in no git repository", git.folder());
            Problem::new(ProblemKind::Git, message)
                .help("signals are read from what was committed: run this in a clone of the repository")
        }
        Failure::Refused(words) => crate::git::command::broken(&words),
    }
}

/// Git could not read a history to its end.
pub fn incomplete(failure: Failure) -> Problem {
    match failure {
        Failure::Refused(words) => Problem::new(ProblemKind::Git, format!("git cannot read the history: {words}"))
            .help("a clone without trees (`--filter=tree:0`) holds no history of files: clone with `--filter=blob:none`, or in full")
            .help("`git fsck` says what is missing in the repository"),
        Failure::Problem(problem) => problem,
    }
}
