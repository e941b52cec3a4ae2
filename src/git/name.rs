//! From what a person calls a revision to the commit that is meant.

use std::fmt;
use std::str::FromStr;

use camino::Utf8PathBuf;

use super::command::{Failure, Git};
use crate::error::{Problem, ProblemKind};

/// A revision as git writes it, or `REV...` for the commit where the work of today left REV.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevisionName {
    name: String,
    /// Whether three dots stood behind it.
    fork: bool,
}

impl RevisionName {
    /// The last commit.
    #[must_use]
    pub fn head() -> Self {
        Self {
            name: "HEAD".to_owned(),
            fork: false,
        }
    }
}

impl FromStr for RevisionName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, fork) = match text.strip_suffix("...") {
            Some(name) => (name, true),
            None => (text, false),
        };
        // What starts with a dash would be an option to git.
        if name.is_empty() || name.starts_with('-') || name.contains('\0') {
            return Err("a revision is due, as git names it: `origin/main`, `HEAD~1`, a tag or a commit".to_owned());
        }
        if name.contains("..") {
            return Err("one revision is due, and not a range; `main...` is where this branch left `main`".to_owned());
        }
        Ok(Self {
            name: name.to_owned(),
            fork,
        })
    }
}

impl fmt::Display for RevisionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        f.write_str(if self.fork { "..." } else { "" })
    }
}

/// What a name means.
pub struct Resolved {
    pub top: Utf8PathBuf,
    pub commit: String,
}

/// Finds the commit, and the top of the work tree that the folder lies in.
pub fn resolve(git: &Git, wanted: &RevisionName) -> Result<Resolved, Problem> {
    let object = format!("{}^{{commit}}", wanted.name);
    let arguments = [
        "rev-parse",
        "--show-toplevel",
        "--is-shallow-repository",
        object.as_str(),
    ];
    let printed = git
        .output(&arguments)
        .map_err(|failure| refused(git, wanted, failure))?;
    let text = String::from_utf8(printed).map_err(|_| {
        let problem = Problem::new(ProblemKind::Git, "the repository lies at a path that is not UTF-8");
        problem.help("rename the folder")
    })?;
    let lines: Vec<&str> = text.lines().collect();
    let [top, shallow, commit] = lines.as_slice() else {
        return Err(unknown(wanted, false));
    };
    let commit = if wanted.fork {
        fork(git, wanted, commit, *shallow == "true")?
    } else {
        (*commit).to_owned()
    };
    Ok(Resolved {
        top: super::plain(
            Utf8PathBuf::from(*top)
                .canonicalize_utf8()
                .as_deref()
                .unwrap_or(top.as_ref()),
        ),
        commit,
    })
}

/// The commit where the work of today left the revision.
fn fork(git: &Git, wanted: &RevisionName, commit: &str, shallow: bool) -> Result<String, Problem> {
    match git.output(&["merge-base", commit, "HEAD"]) {
        Ok(printed) => Ok(String::from_utf8_lossy(&printed).trim().to_owned()),
        Err(Failure::Problem(problem)) => Err(problem),
        Err(Failure::Refused(_)) => {
            let message = format!("`{}` and `HEAD` have no commit in common", wanted.name);
            let problem = Problem::new(ProblemKind::Git, message);
            Err(if shallow {
                problem.help("this clone is shallow: fetch the rest with `git fetch --unshallow`")
            } else {
                problem.help(format!("compare with `{}` itself: leave out the dots", wanted.name))
            })
        }
    }
}

/// Why git gave no commit: it is not said in a way that a program can rely on, so that it is asked.
fn refused(git: &Git, wanted: &RevisionName, failure: Failure) -> Problem {
    let words = match failure {
        Failure::Problem(problem) => {
            return problem.help("without `--since` and `--changed` no git is needed");
        }
        Failure::Refused(words) => words,
    };
    let asked = |argument: &str| git.output(&["rev-parse", argument]);
    match asked("--show-toplevel") {
        Ok(_) => {
            let shallow = asked("--is-shallow-repository").is_ok_and(|printed| printed.starts_with(b"true"));
            unknown(wanted, shallow)
        }
        Err(_) if words.contains("not a git repository") => {
            let message = format!("`{}` lies in no git repository", git.folder());
            Problem::new(ProblemKind::Git, message)
                .help("`--since` and `--changed` compare with what was committed; leave them out to judge everything")
        }
        Err(_) => super::command::broken(&words),
    }
}

fn unknown(wanted: &RevisionName, shallow: bool) -> Problem {
    let problem = Problem::new(ProblemKind::Git, format!("git knows no commit `{}`", wanted.name));
    if shallow {
        return problem
            .help("this clone is shallow: fetch the rest with `git fetch --unshallow`")
            .help("in GitHub Actions, `fetch-depth: 0` of actions/checkout fetches everything");
    }
    problem.help("`git rev-parse` says what a name means; a branch of the server is `origin/NAME`, after `git fetch`")
}
