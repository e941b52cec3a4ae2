//! Where a repository's hooks lie.

use camino::{Utf8Path, Utf8PathBuf};

use super::command::{Failure, Git};
use crate::error::{Problem, ProblemKind};

/// The folder of the hooks of the repository that `folder` lies in, as `core.hooksPath` has it, and the top of its work
/// tree, where git runs them.
///
/// # Errors
/// Git is missing, or the folder lies in no repository.
pub fn hooks(folder: &Utf8Path) -> Result<(Utf8PathBuf, Utf8PathBuf), Problem> {
    let git = Git::within(folder);
    let line = |arguments: &[&str]| match git.output(arguments) {
        Ok(bytes) => Ok(Utf8PathBuf::from(
            String::from_utf8_lossy(&bytes).trim_end_matches(['\n', '\r']),
        )),
        Err(Failure::Problem(problem)) => Err(problem),
        Err(Failure::Refused(_)) => {
            let message = format!("`{folder}` is in no git repository");
            Err(Problem::new(ProblemKind::Git, message).help("`git init` makes one"))
        }
    };
    let hooks = line(&["rev-parse", "--git-path", "hooks"])?;
    Ok((folder.join(hooks), line(&["rev-parse", "--show-toplevel"])?))
}
