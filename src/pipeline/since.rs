//! `--since` and `--changed`: judges today's workspace beside what it was at a revision, and lets only what is new count.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Instant;

use camino::Utf8Path;

use super::{Loaded, Options, evidence, load, read, ready};
use crate::error::{Error, Problem, ProblemKind};
use crate::finding::{Code, Level, Status};
use crate::git::{Revision, RevisionName};
use crate::report::Report;
use crate::report::levels::Levels;
use crate::source::{Tree, is_rust};
use crate::workspace::Member;

mod changed;
mod compare;
mod crossed;

/// Reads a workspace and judges every dependency of it; with [`Options::since`], beside what it was.
///
/// # Errors
/// As [`load`] and [`Loaded::check`]; and where git is missing, the workspace lies in no repository, the revision is
/// none, or the workspace could not be checked as it was then.
pub fn check(options: &Options) -> Result<Report, Error> {
    let name = match &options.since {
        Some(name) => name.parse().map_err(|text: String| usage(name, &text))?,
        None if options.changed => RevisionName::head(),
        None => {
            let today = load(options)?;
            let mut report = today.check()?;
            complete(&mut report, &today, options)?;
            return Ok(report);
        }
    };
    let folder = read::manifest(options)?
        .parent()
        .map(Utf8Path::to_owned)
        .unwrap_or_default();
    // Git looks through the work tree while the manifests of today are read.
    let (today, revision) = std::thread::scope(|scope| {
        let revision = scope.spawn(|| Revision::open(&folder, &name));
        let today = load(options);
        (today, revision.join())
    });
    let mut today = today?;
    let lost = |_| Err(Problem::new(ProblemKind::Git, "what git said was lost"));
    let revision = revision.unwrap_or_else(lost).map_err(Error::plain)?;
    // The folder may lie in a submodule, and the root of its workspace above.
    let revision = if revision.holds(today.root()) {
        revision
    } else {
        Revision::open(today.root(), &name).map_err(Error::plain)?
    };
    let revision = Arc::new(revision);
    let mut report = match &options.since {
        Some(_) => {
            today = today.showing_all();
            compare(options, &today, &revision)?
        }
        None => today.check()?,
    };
    if options.changed {
        changed::keep(&mut report, &today, &revision);
    }
    recount(&mut report);
    complete(&mut report, &today, options)?;
    Ok(report)
}

/// Adds what only today's run can say: where the source uses what is found, and what history says of it.
fn complete(report: &mut Report, today: &Loaded, options: &Options) -> Result<(), Error> {
    if !options.no_source {
        evidence::annotate(report, today);
    }
    if options.with_history {
        today.track(report)?;
    }
    report.summary.elapsed_ms = today.elapsed_ms();
    Ok(())
}

fn usage(name: &str, text: &str) -> Error {
    Error::plain(Problem::new(
        ProblemKind::Usage,
        format!("`{name}` is no revision: {text}"),
    ))
}

/// The report of today with what is new since the revision.
fn compare(options: &Options, today: &Loaded, revision: &Arc<Revision>) -> Result<Report, Error> {
    let then = load_past(options, today.manifest(), revision)?;
    if let Some(problem) = revision.failure() {
        return Err(Error::plain(problem));
    }
    compare::compare(today, then.as_ref(), revision, options.show_excepted)
}

/// The workspace as it was; none where it had no boundaries.toml.
fn load_past(options: &Options, manifest: &Utf8Path, revision: &Arc<Revision>) -> Result<Option<Loaded>, Error> {
    let past = Arc::clone(revision);
    let read = read::read_past(manifest, options, Tree::past(past)).and_then(|read| match read {
        Some(read) => {
            let without_verification = Options {
                verify: false,
                ..options.clone()
            };
            ready(read, &without_verification, Instant::now()).map(Some)
        }
        None => Ok(None),
    });
    match read {
        Ok(Some(mut loaded)) => {
            Arc::make_mut(&mut loaded.sources).show_as_of(&revision.name);
            Ok(Some(loaded.showing_all()))
        }
        Ok(None) => Ok(None),
        Err(error) => Err(match revision.failure() {
            Some(problem) => Error::plain(problem),
            None => unreadable(error, revision),
        }),
    }
}

impl Loaded {
    /// The root manifest.
    fn manifest(&self) -> &Utf8Path {
        &self.sources.file(self.workspace.manifest).absolute
    }

    /// The same, judged with everything shown that is excused.
    fn showing_all(mut self) -> Self {
        self.wishes.show_excepted = true;
        self
    }

    /// How much a code weighs.
    fn level(&self, code: Code) -> Level {
        let levels = Levels {
            config: &self.written.config,
            deny_stale: self.wishes.deny_stale,
        };
        levels.of(code, None)
    }

    /// The members of which the manifest is among these files, as they are shown, or source that was read.
    fn members_in<'s>(&'s self, files: &HashSet<&str>) -> Vec<&'s str> {
        let source = |member: &Member, file: &str| {
            let below = file
                .strip_prefix(&member.directory)
                .is_some_and(|rest| rest.starts_with('/'));
            is_rust(file) && (below || member.directory == ".")
        };
        let among = |member: &&Member| {
            let manifest = files.contains(self.sources.file(member.manifest).path.as_str());
            manifest || files.iter().any(|file| source(member, file))
        };
        let members = self.workspace.packages().iter().filter(among);
        members.map(|member| member.name.as_str()).collect()
    }

    /// The package that a name of a package or module is of, or is.
    fn package_named(&self, name: &str) -> Option<&str> {
        let node = self.workspace.package_of(self.workspace.member_named(name)?)?;
        Some(self.workspace.name(node))
    }
}

/// What is wrong with the workspace as it was, told as that.
pub(super) fn unreadable(mut error: Error, revision: &Revision) -> Error {
    let mut sources = crate::source::Sources::clone(&error.sources);
    sources.show_as_of(&revision.name);
    let message = format!("the workspace could not be checked as it was at `{}`", revision.name);
    let problem = Problem::new(ProblemKind::Git, message)
        .help("name a revision that `cargo boundaries check` can check, or leave out `--since` to judge everything");
    error.problems.insert(0, problem);
    Error::new(error.problems, sources)
}

/// The counts of what the report holds now.
fn recount(report: &mut Report) {
    let count = |level| {
        let active = report.findings.iter().filter(|f| f.status == Status::Active);
        active.filter(|f| f.level == level).count()
    };
    let (deny, warn) = (count(Level::Deny), count(Level::Warn));
    report.summary.deny = deny;
    report.summary.warn = warn;
    if let Some(since) = &mut report.since {
        since.new = deny + warn;
    }
}
