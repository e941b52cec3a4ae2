//! Why the tool could not check: never a rule's result. Every reader collects [`Problem`]s, so that the first does not
//! hide the second; an [`Error`] is what ends a run with exit code 2.

use std::fmt;
use std::sync::Arc;

use crate::source::{Sources, Span, printable};

/// What kind of thing went wrong; the word behind `boundaries::` in the reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ProblemKind {
    /// A mistake in boundaries.toml or the baseline.
    Config,
    /// A manifest, a lockfile or cargo's own configuration cannot be read or means nothing.
    Workspace,
    /// Source that a rule has to know cannot be read.
    Source,
    /// Cargo was needed and is missing, failed, or disagrees with what was read.
    Cargo,
    /// The command line asks for something that cannot be.
    Usage,
    /// Git was needed and is missing, failed, or does not know what was asked for.
    Git,
    /// A file or folder could not be read or written.
    Io,
    /// What is written is right, but this version cannot do it yet.
    Unsupported,
}

impl ProblemKind {
    /// The word that reports print.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Config => "config",
            Self::Workspace => "workspace",
            Self::Source => "source",
            Self::Cargo => "cargo",
            Self::Usage => "usage",
            Self::Git => "git",
            Self::Io => "io",
            Self::Unsupported => "unsupported",
        }
    }
}

/// One reason why a run could not check: what is wrong, where, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What kind of thing went wrong.
    pub kind: ProblemKind,
    /// A lowercase phrase with names in backticks.
    pub message: String,
    /// Places in files, the first the one to look at, each with what is to be seen there.
    pub labels: Vec<(Span, String)>,
    /// Ways out, most likely first.
    pub help: Vec<String>,
}

impl Problem {
    /// A problem without a place yet.
    pub fn new(kind: ProblemKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            labels: Vec::new(),
            help: Vec::new(),
        }
    }

    /// Adds a place and what is to be seen there.
    #[must_use]
    pub fn at(mut self, span: Span, label: impl Into<String>) -> Self {
        self.labels.push((span, label.into()));
        self
    }

    /// Adds a way out.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }
}

/// Why a workspace could not be checked: every problem that was found, with the files that they point into.
#[derive(Clone, Debug)]
pub struct Error {
    /// In the order of their places; never empty.
    pub(crate) problems: Vec<Problem>,
    /// What the problems' spans point into.
    pub(crate) sources: Arc<Sources>,
}

impl Error {
    /// Joins problems with their files. Problems without a place come first, the others by file and position.
    pub(crate) fn new(mut problems: Vec<Problem>, sources: impl Into<Arc<Sources>>) -> Self {
        problems.sort_by_key(|p| p.labels.first().map(|(span, _)| *span));
        problems.dedup();
        Self {
            problems,
            sources: sources.into(),
        }
    }

    /// One problem that points at no file.
    pub(crate) fn plain(problem: Problem) -> Self {
        Self::new(vec![problem], Sources::default())
    }
}

impl fmt::Display for Error {
    /// One line a problem: `file:line:column: message`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, problem) in self.problems.iter().enumerate() {
            if i > 0 {
                writeln!(f)?;
            }
            if let Some((span, _)) = problem.labels.first() {
                let at = self.sources.location(*span);
                write!(f, "{}:{}:{}: ", printable(&at.file), at.line, at.column)?;
            }
            write!(f, "{}", printable(&problem.message))?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}
