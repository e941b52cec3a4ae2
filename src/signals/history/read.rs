//! A repository, and the way from its log to the commits that count.

use std::collections::HashSet;

use camino::{Utf8Path, Utf8PathBuf};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use super::folders::{Folders, is_source, is_wanted};
use super::problems::{incomplete, refused};
use super::reader::Reader;
pub use super::since::Since;
use super::{CommitId, ENOUGH, History, Insufficient, ignored};
use crate::error::{Problem, ProblemKind};
use crate::git::command::{Failure, Git};
use crate::git::log::{self, Part};
use crate::signals::units::Units;
use crate::workspace::Workspace;

/// Of so many of the newest commits it is counted how many are merges.
const NEWEST: usize = 2000;

/// A repository, a commit in it, and where a workspace lies there.
#[derive(Clone, Debug)]
pub struct Repository {
    git: Git,
    /// The top of the work tree.
    top: Utf8PathBuf,
    /// The folder of the workspace, relative to the top, without a slash at its end; empty at the top.
    root: String,
    /// The newest commit; none where there is no commit at all.
    head: Option<(String, i64)>,
    /// The commits whose parents are not here.
    ends: HashSet<String>,
}

impl Repository {
    /// The repository that the folder of a workspace lies in, at its last commit.
    ///
    /// # Errors
    /// Git is missing, or the folder lies in no repository.
    pub fn open(folder: &Utf8Path) -> Result<Self, Problem> {
        let git = Git::within(folder);
        let asked = ["rev-parse", "--show-cdup", "--show-prefix", "--git-path", "shallow"];
        let printed = git.output(&asked).map_err(|failure| refused(&git, failure))?;
        let text = String::from_utf8_lossy(&printed).into_owned();
        let mut lines = text.lines();
        let mut line = || lines.next().unwrap_or_default();
        let (up, root, shallow) = (line(), line(), line());
        let ends = std::fs::read_to_string(folder.join(shallow)).unwrap_or_default();
        let mut repository = Self {
            top: folder.join(up),
            root: root.trim_end_matches('/').to_owned(),
            head: None,
            ends: ends.lines().map(str::to_owned).collect(),
            git: Git::within(&folder.join(up)),
        };
        repository.go_to("HEAD")?;
        Ok(repository)
    }

    /// A repository without a work tree, at one of its commits: for those who look at a past.
    ///
    /// # Errors
    /// Git is missing, or knows no such commit.
    pub fn bare(folder: &Utf8Path, head: &str) -> Result<Self, Problem> {
        let mut repository = Self {
            git: Git::within(folder),
            top: folder.to_owned(),
            root: String::new(),
            head: None,
            ends: HashSet::new(),
        };
        repository.go_to(head)?;
        Ok(repository)
    }

    /// The top of its work tree.
    #[must_use]
    pub fn top(&self) -> &Utf8Path {
        &self.top
    }

    fn go_to(&mut self, revision: &str) -> Result<(), Problem> {
        let found = self
            .git
            .output(&["log", "-1", "--no-show-signature", "--format=%H %ct", revision, "--"]);
        self.head = match found {
            Ok(printed) => {
                let text = String::from_utf8_lossy(&printed).into_owned();
                let mut words = text.split_whitespace();
                let id = words.next().unwrap_or_default().to_owned();
                Some((id, words.next().and_then(|word| word.parse().ok()).unwrap_or_default()))
            }
            Err(Failure::Problem(problem)) => return Err(problem),
            // A repository in which nothing was committed yet is one all the same.
            Err(Failure::Refused(_)) if revision == "HEAD" => None,
            Err(failure) => return Err(failure.into()),
        };
        Ok(())
    }

    /// Reads the commits that count for a workspace; `progress` is told now and then how many were read.
    ///
    /// # Errors
    /// Git fails, or knows no such revision.
    pub fn read(
        &self,
        workspace: &Workspace,
        units: &Units,
        since: &Since,
        progress: &mut dyn FnMut(usize),
    ) -> Result<History, Problem> {
        let mut history = History::default();
        let Some((head, time)) = &self.head else {
            history.insufficient = Some(Insufficient::FewCommits(0));
            return Ok(history);
        };
        history.head.clone_from(head);
        history.head_time = *time;
        let mut part = Part {
            head: head.clone(),
            ..Part::default()
        };
        history.since = self.limit(&mut part, since, *time, &mut history.notes)?;
        let (commits, merges) = log::merges(&self.git, &part, NEWEST)?;
        part.first_parent = merges * 5 > commits;
        history.first_parent = part.first_parent;
        let members = self.members(workspace);
        let [manifests, sources] = self.files(head)?;
        note_strangers(workspace, &members, &manifests, &mut history.notes);
        let (ignored, notes) = ignored::read(&self.git, &self.top);
        history.notes.extend(notes);
        let mut reader = Reader {
            folders: Folders::new(&members, &manifests, self.root.as_bytes()),
            root: self.root.as_bytes(),
            units,
            ignored,
            after: part.after,
            seen: 0,
            progress,
            history: &mut history,
        };
        let mut cut = false;
        log::read(&self.git, &part, &is_wanted, &mut |entry| {
            cut |= self.ends.contains(&entry.id);
            reader.entry(entry);
        })
        .map_err(incomplete)?;
        let shown = sources
            .iter()
            .map(|path| super::folders::shown(self.root.as_bytes(), path));
        let there: HashSet<u32> = shown.filter_map(|path| history.paths.find(&path)).collect();
        history.gone = (0..)
            .take(history.paths.len())
            .filter(|path| !there.contains(path))
            .collect();
        history.commits.reverse();
        history.insufficient = match history.commits.len() {
            _ if cut => Some(Insufficient::Shallow),
            commits if commits < ENOUGH => Some(Insufficient::FewCommits(commits)),
            _ => None,
        };
        Ok(history)
    }

    /// Where reading stops, and how that is shown.
    fn limit(
        &self,
        part: &mut Part,
        since: &Since,
        head_time: i64,
        notes: &mut Vec<String>,
    ) -> Result<String, Problem> {
        let midnight = |day: jiff::civil::Date| day.to_zoned(TimeZone::UTC).map(|at| at.timestamp().as_second());
        let out_of_range =
            |_| Problem::new(ProblemKind::Usage, "that is before time began").help("`--since all` reads everything");
        match since {
            Since::All => Ok("all".to_owned()),
            Since::Day(day) => {
                part.after = Some(midnight(*day).map_err(out_of_range)?);
                Ok(day.to_string())
            }
            Since::Months(months) => {
                let newest = Timestamp::from_second(head_time).map_err(out_of_range)?;
                let day = newest.to_zoned(TimeZone::UTC).date();
                let day = day.checked_sub(i64::from(*months).months()).map_err(out_of_range)?;
                part.after = Some(midnight(day).map_err(out_of_range)?);
                Ok(day.to_string())
            }
            Since::Revision(name) => {
                let commit = crate::git::commit(&self.git, name)?;
                let below = self.git.output(&["merge-base", "--is-ancestor", &commit, &part.head]);
                if below.is_err() {
                    notes.push(format!(
                        "`{name}` is no ancestor of the last commit: what counts is what came since they parted"
                    ));
                }
                part.not = Some(commit);
                Ok(name.to_string())
            }
        }
    }

    /// The folders of the members, relative to the top, without a slash at their end; that of the top is empty.
    #[must_use]
    pub fn members(&self, workspace: &Workspace) -> Vec<Box<[u8]>> {
        let folders = workspace.members.iter().map(|member| {
            let mut parts: Vec<&str> = self.root.split('/').filter(|part| !part.is_empty()).collect();
            for part in member.directory.split('/') {
                match part {
                    "." | "" => {}
                    ".." => drop(parts.pop()),
                    part => parts.push(part),
                }
            }
            parts.join("/").into_bytes().into_boxed_slice()
        });
        folders.collect()
    }

    /// Every manifest of a commit, and every source.
    fn files(&self, commit: &str) -> Result<[Vec<Box<[u8]>>; 2], Problem> {
        let [mut manifests, mut sources] = [Vec::new(), Vec::new()];
        let arguments = ["ls-tree", "-r", "-z", "--name-only", "--full-tree", commit];
        let mut take = |path: &[u8]| {
            if is_source(path) {
                sources.push(path.into());
            } else if is_wanted(path) {
                manifests.push(path.into());
            }
        };
        self.git.fields(&arguments, &mut take).map_err(incomplete)?;
        Ok([manifests, sources])
    }

    /// The abbreviated names and the subjects of commits, in their order.
    ///
    /// # Errors
    /// Git fails.
    pub fn subjects(&self, commits: &[CommitId]) -> Result<Vec<(String, String)>, Problem> {
        if commits.is_empty() {
            return Ok(Vec::new());
        }
        let names: Vec<String> = commits.iter().map(ToString::to_string).collect();
        let mut arguments = vec![
            "log",
            "-z",
            "--no-walk=unsorted",
            "--no-show-signature",
            "--no-color",
            "--encoding=UTF-8",
            "--format=tformat:%h %s",
        ];
        arguments.extend(names.iter().map(String::as_str));
        arguments.push("--");
        let mut found = Vec::new();
        self.git.fields(&arguments, &mut |field| {
            let text = String::from_utf8_lossy(field);
            let (name, subject) = text.split_once(' ').unwrap_or((&text, ""));
            found.push((name.to_owned(), subject.to_owned()));
        })?;
        Ok(found)
    }
}

/// Says which members no commit knows: they are new, or lie in a repository of their own.
fn note_strangers(workspace: &Workspace, folders: &[Box<[u8]>], manifests: &[Box<[u8]>], notes: &mut Vec<String>) {
    let known: HashSet<&[u8]> = manifests.iter().map(AsRef::as_ref).collect();
    let manifest = |folder: &[u8]| match folder {
        b"" => b"Cargo.toml".to_vec(),
        folder => [folder, b"/Cargo.toml"].concat(),
    };
    let strangers = workspace.members.iter().zip(folders);
    let strangers: Vec<&str> = strangers
        .filter(|(_, folder)| !known.contains(manifest(folder).as_slice()))
        .map(|(member, _)| member.name.as_str())
        .collect();
    if !strangers.is_empty() {
        let names = crate::config::nearest::listed_short(strangers.iter().copied());
        notes.push(format!(
            "{names}: no commit of this repository holds {}, so that nothing is known of {}",
            if strangers.len() == 1 { "it" } else { "them" },
            if strangers.len() == 1 { "its past" } else { "their past" },
        ));
    }
}
