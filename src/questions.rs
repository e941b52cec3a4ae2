//! What people ask of an architecture before they touch a manifest: why, may I, what if, who rebuilds. Each answer is plain
//! data. A verdict comes from the rules themselves, over the workspace as it is or as it would be; only the grounds of a
//! permission are worked out here, because rules name nothing but what they object to.

pub(crate) mod can;
pub(crate) mod difference;
pub(crate) mod features;
mod grounds;
pub(crate) mod impact;
pub(crate) mod modules;
mod names;
pub(crate) mod paths;
mod suppose;
#[cfg(test)]
mod tests;
pub(crate) mod what_if;
pub(crate) mod why;

use std::sync::Arc;
use std::time::Instant;

use serde::Serialize;

use crate::error::{Error, Problem};
use crate::finding::{Finding, Level, Status};
use crate::pipeline::{Loaded, Options, absent, read, ready};
use crate::source::Sources;
use crate::workspace::Workspace;
use crate::workspace::lockfile::LockGraph;

pub(crate) use grounds::Ground;
pub(crate) use names::{Package, member, package};

/// How a question came out, over all rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub(crate) enum Ruling {
    /// No rule objects.
    Allowed,
    /// What objects is excused by an exception or the baseline.
    Excused,
    /// What objects does not fail a run.
    Warned,
    /// A run fails.
    Denied,
}

impl Ruling {
    /// What these findings come to.
    fn of<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Self {
        let weight = |finding: &Finding| match (finding.status, finding.level) {
            (_, Level::Allow) => Self::Allowed,
            (Status::Active, Level::Deny) => Self::Denied,
            (Status::Active, Level::Warn) => Self::Warned,
            _ => Self::Excused,
        };
        let heaviest = |a: Self, b: Self| if a as u8 > b as u8 { a } else { b };
        findings.into_iter().map(weight).fold(Self::Allowed, heaviest)
    }
}

/// A workspace that questions can be asked of.
#[derive(Debug)]
pub(crate) struct Subject {
    reading: Reading,
    /// Cargo.lock, where a question about a third-party package found it.
    pub(crate) lock: Option<LockGraph>,
    /// What a person should know of how the workspace was read.
    pub(crate) notes: Vec<String>,
}

/// What was read.
#[derive(Debug)]
enum Reading {
    /// With a boundaries.toml.
    Judged(Box<Loaded>),
    /// Without one: some questions need none.
    Plain(Box<Workspace>, Arc<Sources>),
}

/// What a question names: a function of the workspace and, where a package is no member, of Cargo.lock.
type Naming<'n, T> = &'n dyn Fn(&Workspace, Option<&LockGraph>) -> Result<T, Problem>;

impl Subject {
    /// Reads a workspace and finds what the question names. Cargo.lock is read only where the question is `about_others`
    /// than members; where it is missing or does not fit, the answer goes without, and says so.
    pub(crate) fn read<T>(
        options: &Options,
        about_others: impl Fn(&Workspace) -> bool,
        naming: Naming<'_, T>,
    ) -> Result<(Self, T), Error> {
        let started = Instant::now();
        let mut read = read(options)?;
        let mut notes = read.workspace.notes.clone();
        let lock = if about_others(&read.workspace) {
            third_parties(&read.workspace, &mut read.sources, &mut notes)
        } else {
            None
        };
        let named = naming(&read.workspace, lock.as_ref());
        let reading = match read.written {
            Ok(None) => Reading::Plain(Box::new(read.workspace), Arc::new(read.sources)),
            _ => Reading::Judged(Box::new(ready(read, options, started)?)),
        };
        let subject = Self { reading, lock, notes };
        let named = named.map_err(|problem| Error::new(vec![problem], Arc::clone(subject.sources())))?;
        Ok((subject, named))
    }

    /// The workspace as it was read.
    pub(crate) fn workspace(&self) -> &Workspace {
        match &self.reading {
            Reading::Judged(loaded) => loaded.workspace(),
            Reading::Plain(workspace, _) => workspace,
        }
    }

    /// The workspace without the modules that rules put among its members.
    fn bare(&self) -> &Workspace {
        match &self.reading {
            Reading::Judged(loaded) => loaded.bare(),
            Reading::Plain(workspace, _) => workspace,
        }
    }

    /// Whether a name counts for the module through which it is named alone, as boundaries.toml says.
    fn takes_facades(&self) -> bool {
        self.loaded().is_some_and(Loaded::takes_facades)
    }

    /// The files that everything points into.
    pub(crate) fn sources(&self) -> &Arc<Sources> {
        match &self.reading {
            Reading::Judged(loaded) => loaded.sources(),
            Reading::Plain(_, sources) => sources,
        }
    }

    /// What can be judged; none without a boundaries.toml.
    pub(crate) fn loaded(&self) -> Option<&Loaded> {
        match &self.reading {
            Reading::Judged(loaded) => Some(loaded),
            Reading::Plain(..) => None,
        }
    }

    /// What can be judged, for a question that is about nothing else.
    fn judged(&self) -> Result<&Loaded, Error> {
        match &self.reading {
            Reading::Judged(loaded) => Ok(loaded),
            Reading::Plain(workspace, sources) => Err(Error::new(vec![absent(workspace)], Arc::clone(sources))),
        }
    }
}

/// Cargo.lock, where it stands and fits the manifests.
fn third_parties(workspace: &Workspace, sources: &mut Sources, notes: &mut Vec<String>) -> Option<LockGraph> {
    match LockGraph::read(workspace, sources) {
        Ok(lock) => match lock.stale(workspace).first() {
            None => Some(lock),
            Some(problem) => {
                notes.push(format!("{}; it is not looked at", problem.message));
                None
            }
        },
        Err(problems) => {
            let why = problems.first().map_or("", |problem| problem.message.as_str());
            notes.push(format!("{why}; only declared dependencies are looked at"));
            None
        }
    }
}
