//! What git knows of a revision: which files were others then, and what they held. Nothing is checked out and nothing is
//! written; of the work tree only what changed is read from git. The only module that starts git.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;
use std::sync::{Mutex, PoisonError};

use camino::{Utf8Path, Utf8PathBuf};

use crate::error::{Problem, ProblemKind};
use crate::source::{Past, Then};

mod blobs;
pub mod command;
mod diff;
mod hooks;
pub mod log;
mod name;
#[cfg(test)]
pub mod tests;

use blobs::Blobs;
use command::Git;
use diff::Change;
pub use hooks::hooks;
pub use name::RevisionName;

/// A revision, as seen from the work tree of today.
#[derive(Debug)]
pub struct Revision {
    /// As it was asked for.
    pub name: String,
    /// The commit that it means.
    pub commit: String,
    /// The top of the work tree, with links resolved.
    top: Utf8PathBuf,
    /// What is no longer as it was, by path below the top.
    changes: BTreeMap<String, Change>,
    /// Files that git looks after today.
    tracked: BTreeSet<String>,
    /// Of what git does not look after, whether it knows why.
    told: Mutex<HashMap<String, bool>>,
    git: Git,
    blobs: Mutex<Blobs>,
    failure: Mutex<Option<Problem>>,
}

/// The commit that a revision means, in the repository that git runs in.
///
/// # Errors
/// Git is missing or fails, or the revision is none.
pub fn commit(git: &Git, wanted: &RevisionName) -> Result<String, Problem> {
    name::resolve(git, wanted).map(|found| found.commit)
}

impl Revision {
    /// Looks at a revision of the repository that a folder lies in.
    ///
    /// # Errors
    /// Git is missing or fails, the folder lies in no repository, or the revision is none.
    pub fn open(folder: &Utf8Path, wanted: &RevisionName) -> Result<Self, Problem> {
        let git = Git::within(folder);
        let found = name::resolve(&git, wanted)?;
        let git = Git::within(&found.top);
        let (changes, tracked) = diff::read(&git, &found.commit)?;
        Ok(Self {
            name: wanted.to_string(),
            blobs: Mutex::new(Blobs::new(git.clone())),
            told: Mutex::default(),
            git,
            commit: found.commit,
            top: found.top,
            changes,
            tracked,
            failure: Mutex::new(None),
        })
    }

    /// Whether a folder lies in this repository's work tree.
    #[must_use]
    pub fn holds(&self, folder: &Utf8Path) -> bool {
        self.relative(&folder.join("Cargo.toml")).is_some()
    }

    /// Whether a file is another today, is new, or is gone.
    #[must_use]
    pub fn changed(&self, path: &Utf8Path) -> bool {
        let Some(relative) = self.relative(path) else {
            return false;
        };
        let looked_after = self.tracked.contains(&relative);
        self.changes.contains_key(&relative) || !looked_after && !self.is_known(&relative, path)
    }

    /// Why something could not be told, if that happened.
    #[must_use]
    pub fn failure(&self) -> Option<Problem> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// A path below the top, with `/`; none for what lies elsewhere. Links are resolved on the way, since git knows a
    /// file by one path alone.
    fn relative(&self, path: &Utf8Path) -> Option<String> {
        let absolute = camino::absolute_utf8(path).ok()?;
        let path = absolute.as_path();
        let below = |path: &Utf8Path| Some(crate::source::slashed(path.strip_prefix(&self.top).ok()?.as_str()));
        let mut missing = vec![path.file_name()?];
        let mut folder = path.parent()?;
        loop {
            if let Ok(real) = folder.canonicalize_utf8() {
                let mut whole = plain(&real);
                whole.extend(missing.iter().rev());
                return below(&whole);
            }
            missing.push(folder.file_name()?);
            folder = folder.parent()?;
        }
    }

    /// The submodule that this path lies in, where that is no longer at the commit that it was.
    fn changed_submodule<'p>(&self, relative: &'p str) -> Option<&'p str> {
        let above = relative.match_indices('/').map(|(at, _)| &relative[..at]);
        above
            .filter(|folder| self.changes.get(*folder).is_some_and(Change::is_submodule))
            .last()
    }

    fn fail(&self, problem: Problem) {
        let mut failure = self.failure.lock().unwrap_or_else(PoisonError::into_inner);
        failure.get_or_insert(problem);
    }

    /// What stood at a path that is no file of git's: a folder, or something that git does not look after.
    fn beyond(&self, relative: &str, path: &Utf8Path) -> Then {
        let start = format!("{relative}/");
        let below = |known: &String| known.starts_with(&start);
        let changes = self.changes.range(start.clone()..);
        let mut changes = changes.take_while(|(known, _)| below(known));
        if changes.any(|(_, change)| change.stood()) {
            return Then::Folder;
        }
        let mut tracked = self.tracked.range(start.clone()..).take_while(|known| below(known));
        if tracked.any(|known| !self.changes.contains_key(known)) {
            return Then::Folder;
        }
        if self.is_known(relative, path) {
            Then::Same
        } else {
            Then::Absent
        }
    }

    /// Whether git knows what to do with a path that it does not look after: it ignores it, or leaves it to a repository of
    /// its own. Anything else came after the revision.
    fn is_known(&self, relative: &str, path: &Utf8Path) -> bool {
        if relative.is_empty() || path.symlink_metadata().is_err() {
            return true;
        }
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        *told.entry(relative.to_owned()).or_insert_with(|| {
            let own = Utf8Path::new(relative)
                .ancestors()
                .filter(|folder| !folder.as_str().is_empty());
            own.map(|folder| self.top.join(folder))
                .any(|folder| folder.join(".git").exists())
                || self.git.output(&["check-ignore", "--quiet", "--", relative]).is_ok()
        })
    }
}

impl Past for Revision {
    fn at(&self, path: &Utf8Path) -> Then {
        let Some(relative) = self.relative(path) else {
            return Then::Same;
        };
        if let Some(change) = self.changes.get(&relative) {
            return match change {
                Change::New => Then::Absent,
                Change::Submodule { .. } => Then::Folder,
                Change::Blob(_) => Then::File,
            };
        }
        if self.tracked.contains(&relative) {
            return Then::Same;
        }
        if let Some(submodule) = self.changed_submodule(&relative) {
            let message = format!("`{submodule}` is a submodule that is not as it was at `{}`", self.name);
            let problem = Problem::new(ProblemKind::Git, message)
                .help("what it held then is not in this repository: commit it alone first, or check inside of it");
            self.fail(problem);
        }
        self.beyond(&relative, path)
    }

    fn read(&self, path: &Utf8Path) -> io::Result<Vec<u8>> {
        let relative = self.relative(path);
        let Some(Change::Blob(id)) = relative.as_ref().and_then(|relative| self.changes.get(relative)) else {
            return Err(io::ErrorKind::NotFound.into());
        };
        let mut blobs = self.blobs.lock().unwrap_or_else(PoisonError::into_inner);
        let held = blobs
            .get(id)
            .inspect_err(|error| self.fail(command::broken(&error.to_string())))?;
        held.ok_or_else(|| {
            let message = format!("git does not have what `{path}` held at `{}`", self.name);
            self.fail(Problem::new(ProblemKind::Git, message.clone()).help("fetch it: `git fetch --unshallow`"));
            io::Error::other(message)
        })
    }

    fn former(&self) -> Vec<Utf8PathBuf> {
        let stood = self.changes.iter().filter(|(_, change)| change.stood());
        stood.map(|(path, _)| self.top.join(path)).collect()
    }
}

/// A path as git and this program write it: canonical ones carry a prefix on Windows.
fn plain(path: &Utf8Path) -> Utf8PathBuf {
    match path.as_str().strip_prefix(r"\\?\") {
        Some(rest) if rest.as_bytes().get(1) == Some(&b':') => Utf8PathBuf::from(rest),
        _ => path.to_owned(),
    }
}
