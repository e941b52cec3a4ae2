//! Goes through the log and takes in what counts.

use std::collections::{BTreeSet, HashSet};

use super::folders::{Folders, Owner, Place, is_source};
use super::{Commit, CommitId, History};
use crate::git::log::{Change, Entry};
use crate::signals::units::Units;

/// A commit of more source files links everything to everything.
const MOST_FILES: usize = 50;
/// So does a commit of more crates.
pub const MOST_CRATES: usize = 8;

/// Goes through the commits, from the newest on.
pub struct Reader<'r> {
    pub folders: Folders,
    /// The folder of the workspace, relative to the top.
    pub root: &'r [u8],
    pub units: &'r Units,
    /// Commits that `git blame` looks through.
    pub ignored: HashSet<CommitId>,
    /// What was committed before does not count.
    pub after: Option<i64>,
    /// How many commits were read.
    pub seen: usize,
    /// Told now and then how many.
    pub progress: &'r mut dyn FnMut(usize),
    /// What is filled, the newest commit first.
    pub history: &'r mut History,
}

impl Reader<'_> {
    /// Takes in a commit.
    pub fn entry(&mut self, entry: &Entry) {
        self.seen += 1;
        if self.seen.is_multiple_of(256) {
            (self.progress)(self.seen);
        }
        let changes: Vec<Change<'_>> = entry.changes().collect();
        if changes.is_empty() {
            return;
        }
        // Git knows no day after 2099, and reads it as another one.
        if self.after.is_none_or(|after| entry.time >= after) {
            self.judge(entry, &changes);
        }
        self.folders.step_back(&changes, &mut self.history.paths);
    }

    /// Whether a path is the workspace's.
    fn is_ours(&self, path: &[u8], place: Option<Place>) -> bool {
        let inside = || {
            path.strip_prefix(self.root)
                .is_some_and(|rest| self.root.is_empty() || rest.starts_with(b"/"))
        };
        matches!(place.map(|place| place.owner), Some(Owner::Member(_))) || inside()
    }

    fn judge(&mut self, entry: &Entry, changes: &[Change<'_>]) {
        let mut ours = false;
        let (mut moved, mut sources) = (false, 0);
        let mut files = Vec::new();
        let mut others = BTreeSet::new();
        for change in changes {
            let place = self.folders.place(change.path);
            ours |= self.is_ours(change.path, place);
            if !is_source(change.path) || Folders::is_fixture(change.path, place) {
                continue;
            }
            if change.same {
                moved |= change.status == b'R';
                continue;
            }
            sources += 1;
            match place {
                Some(
                    place @ Place {
                        owner: Owner::Member(member),
                        ..
                    },
                ) => {
                    let file = self.folders.file(change.path, place, &mut self.history.paths);
                    files.push((self.units.of_member[member as usize], file));
                }
                Some(place) => drop(others.insert(place.owner)),
                None => {}
            }
        }
        if !ours {
            return;
        }
        self.history.read += 1;
        let id = CommitId::parse(&entry.id);
        let listed = |name: Option<CommitId>| name.is_some_and(|name| self.ignored.contains(&name));
        let ignored = listed(id) || entry.merged.as_deref().is_some_and(|tip| listed(CommitId::parse(tip)));
        let mut units: Vec<u32> = files.iter().map(|(unit, _)| *unit).collect();
        units.sort_unstable();
        units.dedup();
        let left_out = &mut self.history.left_out;
        let reason = if ignored {
            &mut left_out.blame_ignored
        } else if entry.parents < 2 && super::bots::is_bot(&entry.author, &entry.address) {
            &mut left_out.bots
        } else if units.is_empty() && moved && sources == 0 {
            &mut left_out.rename_only
        } else if units.is_empty() {
            &mut left_out.no_source
        } else if sources > MOST_FILES {
            &mut left_out.too_many_files
        } else if units.len() + others.len() > MOST_CRATES {
            &mut left_out.too_many_crates
        } else {
            files.sort_unstable();
            files.dedup();
            let Some(id) = id else { return };
            let commit = Commit {
                id,
                time: entry.time,
                author: self.history.authors.number(&entry.address),
                units: units.into(),
                files: files.into_iter().map(|(unit, file)| (file, unit)).collect(),
            };
            self.history.commits.push(commit);
            return;
        };
        *reason += 1;
    }
}
