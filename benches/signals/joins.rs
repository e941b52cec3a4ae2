//! Crates that were joined in a real history, as far as git can tell: found by a stated rule, and what the rule leaves out is said.
//!
//! A join is a commit of the main line in which a package goes and at least half of its sources go into one other package, which was
//! there before with commits of its own and of whose own sources at least half stay. Where the source of the one takes the place of
//! the other's, the one was written anew or renamed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

use super::repository;

/// So much of a crate's source, in percent, must have gone into one other for it to count as joined to that; and so much of
/// the other's own source must have stayed.
const MOST: usize = 50;

/// A package whose source went into another's.
#[derive(Clone, Debug)]
pub struct Join {
    pub commit: String,
    /// Folders.
    pub from: String,
    pub into: String,
    /// What says that it is no join; none of one.
    pub why_not: Option<NoJoin>,
}

/// What says that a package was not joined to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoJoin {
    /// The folder that its source went to was no package's before.
    NewFolder,
    /// Its source took the place of what was there.
    Replaced,
}

impl fmt::Display for NoJoin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NewFolder => "no join: there was no such package before",
            Self::Replaced => "no join: it takes the place of what was there",
        })
    }
}

/// The packages that went away in a commit that moved most of their source into one other folder, by commit.
pub fn joins(path: &Path) -> Result<Vec<Join>, String> {
    let gone = repository::git(
        path,
        &[
            "log",
            "--first-parent",
            "--diff-merges=first-parent",
            "--diff-filter=D",
            "--name-only",
            "--format=%H",
            "--",
            "*Cargo.toml",
        ],
    )?;
    let mut found = Vec::new();
    // Between the names of commits stand those of manifests.
    let is_commit = |line: &&str| matches!(line.len(), 40 | 64) && line.bytes().all(|byte| byte.is_ascii_hexdigit());
    for commit in gone.lines().filter(is_commit) {
        let parent = format!("{commit}^");
        // `-B` takes a file apart that was written anew, so that one that came from elsewhere is seen to have come.
        let compare = [
            "diff-tree",
            "-r",
            "-B50%",
            "-M50%",
            "-l3000",
            "--name-status",
            &parent,
            commit,
        ];
        // What was written anew is told by its content, which a partial clone may lack.
        let changes = match repository::git(path, &compare) {
            Ok(changes) => Changes::read(&changes),
            Err(error) => {
                println!("  not compared: {}", error.trim());
                continue;
            }
        };
        for (from, into) in changes.gone_into_others() {
            let before = repository::git(path, &["ls-tree", "-r", "--name-only", &parent, "--", &into])?;
            found.push(Join {
                commit: commit.to_owned(),
                why_not: changes.no_join(&before, &from, &into),
                from,
                into,
            });
        }
    }
    Ok(found)
}

/// Whether a path is that of a source file of the package in this folder.
fn is_source_of(folder: &str, path: &str) -> bool {
    let rest = path.strip_prefix(folder);
    rest.is_some_and(|rest| rest.starts_with("/src/")) && Path::new(path).extension().is_some_and(|end| end == "rs")
}

/// What a commit did.
#[derive(Default)]
struct Changes {
    deleted: BTreeSet<String>,
    /// From and to.
    moved: Vec<(String, String)>,
}

impl Changes {
    fn read(changes: &str) -> Self {
        let mut read = Self::default();
        for line in changes.lines() {
            match line.split('\t').collect::<Vec<&str>>().as_slice() {
                ["D", path] => drop(read.deleted.insert((*path).to_owned())),
                [status, from, to] if status.starts_with('R') => {
                    read.moved.push(((*from).to_owned(), (*to).to_owned()));
                }
                _ => {}
            }
        }
        read
    }

    /// The folders of packages that went, each with the one that most of its source went to.
    fn gone_into_others(&self) -> Vec<(String, String)> {
        let folders = self.deleted.iter().filter_map(|path| path.strip_suffix("/Cargo.toml"));
        let most = |folder: &str| {
            let mut sources: BTreeMap<&str, usize> = BTreeMap::new();
            let ours = self.moved.iter().filter(|(from, _)| is_source_of(folder, from));
            for (into, _) in ours.filter_map(|(_, to)| to.split_once("/src/")) {
                *sources.entry(into).or_default() += 1;
            }
            let lost = self.deleted.iter().filter(|path| is_source_of(folder, path)).count();
            let all = lost + sources.values().sum::<usize>();
            let (into, files) = sources.into_iter().max_by_key(|(_, files)| *files)?;
            (files * 100 >= all * MOST && into != folder).then(|| (folder.to_owned(), into.to_owned()))
        };
        folders.filter_map(most).collect()
    }

    /// Whether the package in one folder did not join that in another, of which these are the files before.
    fn no_join(&self, before: &str, from: &str, into: &str) -> Option<NoJoin> {
        let manifest = format!("{into}/Cargo.toml");
        if !before.lines().any(|path| path == manifest) {
            return Some(NoJoin::NewFolder);
        }
        let own: Vec<&str> = before.lines().filter(|path| is_source_of(into, path)).collect();
        let went = |path: &&&str| {
            let taken = |(old, new): &(String, String)| {
                (new == **path && is_source_of(from, old)) || (old == **path && !is_source_of(into, new))
            };
            self.deleted.contains(**path) || self.moved.iter().any(taken)
        };
        let went = own.iter().filter(went).count();
        (went * 100 > own.len() * MOST).then_some(NoJoin::Replaced)
    }
}
