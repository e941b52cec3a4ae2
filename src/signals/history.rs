//! The commits that count, as a compact table: which crates and which files each of them changed. Texts are held once, so
//! that what is held grows with the files of the workspace and not with the length of its history.

use std::collections::{HashMap, HashSet};
use std::fmt;

mod bots;
mod folders;
mod ignored;
mod problems;
pub mod read;
pub mod reader;
mod since;
#[cfg(test)]
mod tests;

/// What is known of a part of a history.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// The commits that count, the oldest first.
    pub commits: Vec<Commit>,
    /// The files that they name, relative to the top of the repository's work tree.
    pub paths: Names,
    /// Those of them that the newest commit does not have.
    pub gone: HashSet<u32>,
    /// The authors' addresses.
    pub authors: Names,
    /// How many commits were read: those that touch a manifest or a Rust file of the workspace.
    pub read: usize,
    /// Those of them that do not count, by the first reason that holds.
    pub left_out: LeftOut,
    /// From when on, as it was asked for: a date, a revision or `all`.
    pub since: String,
    /// The newest commit, in hexadecimal digits.
    pub head: String,
    /// When the newest commit was committed, in seconds since the epoch.
    pub head_time: i64,
    /// Whether merges stand for what they brought, because they are more than a fifth of the commits.
    pub first_parent: bool,
    /// Why nothing can be said of it, if so.
    pub insufficient: Option<Insufficient>,
    /// What a person should know of how it was read.
    pub notes: Vec<String>,
}

/// A commit that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Its name.
    pub id: CommitId,
    /// When it was committed, in seconds since the epoch.
    pub time: i64,
    /// Who wrote it, by position in [`History::authors`]; of a merge, who merged.
    pub author: u32,
    /// The units whose source it changed, in order, each once.
    pub units: Box<[u32]>,
    /// The source files that it changed, by position in [`History::paths`], each with its unit, in order.
    pub files: Box<[(u32, u32)]>,
}

/// The name of a commit: 20 bytes, or 32 where a repository names its objects by SHA-256.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CommitId {
    bytes: [u8; 32],
    length: u8,
}

/// How many commits do not count, by why.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct LeftOut {
    /// They change the source of more than 8 crates.
    pub too_many_crates: usize,
    /// They change more than 50 source files.
    pub too_many_files: usize,
    /// They change no source of a crate of today.
    pub no_source: usize,
    /// `.git-blame-ignore-revs`, or the file that `blame.ignoreRevsFile` names, lists them.
    pub blame_ignored: usize,
    /// They only move files.
    pub rename_only: usize,
    /// A program wrote them.
    pub bots: usize,
}

impl LeftOut {
    /// All of them.
    #[must_use]
    pub fn total(&self) -> usize {
        self.too_many_crates + self.too_many_files + self.no_source + self.blame_ignored + self.rename_only + self.bots
    }
}

/// Why a history does not suffice to say anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Insufficient {
    /// The clone is shallow: what it lacks cannot be told.
    Shallow,
    /// Fewer than [`ENOUGH`] commits count.
    FewCommits(usize),
}

/// So many commits must count before anything is said.
pub const ENOUGH: usize = 100;

impl fmt::Display for Insufficient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shallow => f.write_str("the clone is shallow, so that most of its history is not here"),
            Self::FewCommits(1) => write!(f, "only 1 commit counts, and {ENOUGH} are needed"),
            Self::FewCommits(commits) => write!(f, "only {commits} commits count, and {ENOUGH} are needed"),
        }
    }
}

impl CommitId {
    /// From hexadecimal digits; anything else gives none.
    #[must_use]
    pub fn parse(digits: &str) -> Option<Self> {
        let digits = digits.as_bytes();
        if !matches!(digits.len(), 40 | 64) {
            return None;
        }
        let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = digit(pair[0])? << 4 | digit(pair[1])?;
        }
        let length = u8::try_from(digits.len() / 2).ok()?;
        Some(Self { bytes, length })
    }
}

impl fmt::Display for CommitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = &self.bytes[..usize::from(self.length)];
        bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for CommitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Texts that are held once and known by a number.
#[derive(Clone, Debug, Default)]
pub struct Names {
    texts: Vec<Box<str>>,
    numbers: HashMap<Box<str>, u32>,
}

impl Names {
    /// The number of a text, which is taken in where it is new.
    pub fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.texts.push(text.into());
        self.numbers.insert(text.into(), number);
        number
    }

    /// The text of a number.
    #[must_use]
    pub fn text(&self, number: u32) -> &str {
        self.texts.get(number as usize).map_or("", |text| text)
    }

    /// The number of a text, where it is known.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<u32> {
        self.numbers.get(text).copied()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.texts.len()
    }
}
