//! Which files are not as they were: what `git diff` and `git ls-files` print.

use std::collections::{BTreeMap, BTreeSet};

use super::command::{Failure, Git};
use crate::error::Problem;

/// How a path differs from what stood there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Nothing stood there.
    New,
    /// A file, by the name of its content.
    Blob(String),
    /// Another repository, at another commit.
    Submodule {
        /// Whether it stood there then.
        stood: bool,
    },
}

impl Change {
    /// Whether something stood there.
    pub fn stood(&self) -> bool {
        match self {
            Self::New => false,
            Self::Blob(_) => true,
            Self::Submodule { stood } => *stood,
        }
    }

    pub fn is_submodule(&self) -> bool {
        matches!(self, Self::Submodule { .. })
    }
}

type Found = (BTreeMap<String, Change>, BTreeSet<String>);

/// What changed since a commit, and what git looks after today, by path below the folder that git runs in, which is the top.
pub fn read(git: &Git, commit: &str) -> Result<Found, Problem> {
    let looked_for = [
        "diff",
        "--raw",
        "-z",
        "--no-abbrev",
        "--no-renames",
        "--no-relative",
        "--no-ext-diff",
        "--no-color",
        "--ignore-submodules=untracked",
        commit,
        "--",
    ];
    // Which files git does not know is not asked: that would walk through every folder.
    let known = ["ls-files", "-z"];
    let (diff, tracked) = std::thread::scope(|scope| {
        let tracked = scope.spawn(|| git.output(&known));
        let failed = |_| Err(Failure::Refused("its output was lost".to_owned()));
        (git.output(&looked_for), tracked.join().unwrap_or_else(failed))
    });
    let changes = changes(&diff?);
    Ok((changes, fields(&tracked?).collect()))
}

/// What is separated by zero bytes. A path that is not UTF-8 leads to no manifest that could be read.
fn fields(printed: &[u8]) -> impl Iterator<Item = String> {
    let whole = printed.split(|byte| *byte == 0).filter(|field| !field.is_empty());
    whole.map(|field| String::from_utf8_lossy(field).into_owned())
}

/// `:OLDMODE NEWMODE OLDID NEWID STATUS`, and the path as a field of its own.
fn changes(printed: &[u8]) -> BTreeMap<String, Change> {
    let mut changes = BTreeMap::new();
    let mut fields = fields(printed);
    while let (Some(what), Some(path)) = (fields.next(), fields.next()) {
        let words: Vec<&str> = what.trim_start_matches(':').split(' ').collect();
        if let [before, after, id, ..] = words.as_slice() {
            changes.insert(path, change(before, after, id));
        }
    }
    changes
}

const NOTHING: &str = "000000";
const SUBMODULE: &str = "160000";

fn change(before: &str, after: &str, id: &str) -> Change {
    match (before, after) {
        (SUBMODULE, _) => Change::Submodule { stood: true },
        (NOTHING, SUBMODULE) => Change::Submodule { stood: false },
        (NOTHING, _) => Change::New,
        _ => Change::Blob(id.to_owned()),
    }
}
