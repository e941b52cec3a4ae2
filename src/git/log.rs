//! The history of a repository, commit by commit from the newest to the oldest: what `git log --raw` prints.
//!
//! Only ids of objects are compared (`-M100%`), so that a partial clone answers without the contents that it lacks, and a
//! renamed file is known where its content stayed as it was.

use std::ops::Range;

use super::command::{Failure, Git};

/// A commit of the log.
#[derive(Debug, Default)]
pub struct Entry {
    /// The commit's name, in hexadecimal digits.
    pub id: String,
    /// When it was committed, in seconds since the epoch.
    pub time: i64,
    /// How many parents it has.
    pub parents: usize,
    /// The second parent, of a merge: the newest commit of what it brought.
    pub merged: Option<String>,
    /// The author's name.
    pub author: String,
    /// The author's address.
    pub address: String,
    text: Vec<u8>,
    changes: Vec<Stored>,
}

#[derive(Debug)]
struct Stored {
    status: u8,
    same: bool,
    from: Range<usize>,
    path: Range<usize>,
}

/// What a commit did to one path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change<'e> {
    /// `A`, `D`, `M`, `T`, `R` or `C`, as git has it.
    pub status: u8,
    /// Whether the content is what it was: a file that was only moved, or whose mode changed.
    pub same: bool,
    /// The path before, of a file that was moved or copied; else as `path`. Relative to the top of the work tree, with
    /// `/`; paths are bytes.
    pub from: &'e [u8],
    /// The path after.
    pub path: &'e [u8],
}

impl Entry {
    /// What it did, in git's order.
    pub fn changes(&self) -> impl Iterator<Item = Change<'_>> {
        self.changes.iter().map(|stored| Change {
            status: stored.status,
            same: stored.same,
            from: &self.text[stored.from.clone()],
            path: &self.text[stored.path.clone()],
        })
    }
}

/// Which part of a history is read.
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// The newest commit.
    pub head: String,
    /// Leaves out what this commit reaches.
    pub not: Option<String>,
    /// Leaves out what was committed before, in seconds since the epoch.
    pub after: Option<i64>,
    /// Follows first parents alone, and takes what a merge brought as the merge's own change.
    pub first_parent: bool,
}

impl Part {
    fn range(&self) -> Vec<String> {
        let mut range = vec![self.head.clone()];
        range.extend(self.not.iter().map(|not| format!("^{not}")));
        // Before the epoch there was no git.
        range.extend(
            self.after
                .iter()
                .filter(|after| **after > 0)
                .map(|after| format!("--since={after}")),
        );
        range
    }
}

/// Hands on every commit of a part of the history with what it did to the paths that are `wanted`, from the newest to the
/// oldest, never a parent before its child. A commit that did nothing to them is handed on too.
///
/// # Errors
/// Git is missing, or fails: the message is git's own.
pub fn read(
    git: &Git,
    part: &Part,
    wanted: &dyn Fn(&[u8]) -> bool,
    take: &mut dyn FnMut(&Entry),
) -> Result<(), Failure> {
    let arguments = arguments(part);
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let mut reader = Reader::new(wanted, take);
    git.fields(&arguments, &mut |field| reader.field(field))?;
    reader.finish();
    Ok(())
}

/// What git is asked with for a part of the history.
pub fn arguments(part: &Part) -> Vec<String> {
    let mut arguments = vec![
        "-c",
        "log.showSignature=false",
        "log",
        "-z",
        "--raw",
        "-M100%",
        "--no-abbrev",
        "--topo-order",
        "--no-color",
        "--no-ext-diff",
        "--no-relative",
        // An order of files that somebody configured is not looked for.
        "-O/dev/null",
        "--no-notes",
        "--ignore-submodules=all",
        "--encoding=UTF-8",
        "--format=tformat:%H %ct %P%n%an%n%ae",
    ];
    if part.first_parent {
        arguments.extend(["--first-parent", "--diff-merges=first-parent"]);
    } else {
        arguments.push("--diff-merges=off");
    }
    let mut arguments: Vec<String> = arguments.into_iter().map(str::to_owned).collect();
    arguments.extend(part.range());
    arguments.push("--".to_owned());
    arguments
}

/// How many commits there are among the newest of a part of the history, and how many of them are merges.
///
/// # Errors
/// Git is missing, or fails.
pub fn merges(git: &Git, part: &Part, newest: usize) -> Result<(usize, usize), Failure> {
    let most = format!("--max-count={newest}");
    let mut arguments = vec!["rev-list", "--parents", most.as_str()];
    let range = part.range();
    arguments.extend(range.iter().map(String::as_str));
    arguments.push("--");
    let printed = git.output(&arguments)?;
    let lines = printed.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    let merge = |line: &[u8]| line.split(|byte| *byte == b' ').count() > 2;
    let (mut commits, mut merges) = (0, 0);
    for line in lines {
        commits += 1;
        merges += usize::from(merge(line));
    }
    Ok((commits, merges))
}

/// Puts the fields of `git log -z --raw` together: a commit's head, then `:MODE MODE ID ID STATUS` with one path behind it,
/// or two where the file was moved.
struct Reader<'r> {
    wanted: &'r dyn Fn(&[u8]) -> bool,
    take: &'r mut dyn FnMut(&Entry),
    entry: Entry,
    begun: bool,
    /// The status and whether the content stayed, of a change whose paths are still to come.
    pending: Option<(u8, bool)>,
    from: Option<Vec<u8>>,
}

impl<'r> Reader<'r> {
    fn new(wanted: &'r dyn Fn(&[u8]) -> bool, take: &'r mut dyn FnMut(&Entry)) -> Self {
        Self {
            wanted,
            take,
            entry: Entry::default(),
            begun: false,
            pending: None,
            from: None,
        }
    }

    fn field(&mut self, field: &[u8]) {
        if let Some((status, same)) = self.pending {
            if matches!(status, b'R' | b'C') && self.from.is_none() {
                self.from = Some(field.to_vec());
                return;
            }
            self.pending = None;
            let from = self.from.take();
            self.change(status, same, from.as_deref().unwrap_or(field), field);
            return;
        }
        let field = field.strip_prefix(b"\n").unwrap_or(field);
        match field.first() {
            Some(b':') => self.pending = Some(status(field)),
            Some(_) => self.head(field),
            None => {}
        }
    }

    fn change(&mut self, status: u8, same: bool, from: &[u8], path: &[u8]) {
        if !(self.wanted)(path) && !(self.wanted)(from) {
            return;
        }
        let text = &mut self.entry.text;
        let mut keep = |bytes: &[u8]| {
            let start = text.len();
            text.extend_from_slice(bytes);
            start..text.len()
        };
        let (from, path) = (keep(from), keep(path));
        self.entry.changes.push(Stored {
            status,
            same,
            from,
            path,
        });
    }

    fn head(&mut self, field: &[u8]) {
        self.finish();
        let text = String::from_utf8_lossy(field);
        let mut lines = text.split('\n');
        let mut words = lines.next().unwrap_or_default().split_ascii_whitespace();
        words.next().unwrap_or_default().clone_into(&mut self.entry.id);
        self.entry.time = words.next().and_then(|word| word.parse().ok()).unwrap_or_default();
        self.entry.merged = words.clone().nth(1).map(str::to_owned);
        self.entry.parents = words.count();
        lines.next().unwrap_or_default().clone_into(&mut self.entry.author);
        lines.next().unwrap_or_default().clone_into(&mut self.entry.address);
        self.begun = true;
    }

    fn finish(&mut self) {
        if self.begun {
            (self.take)(&self.entry);
        }
        self.begun = false;
        self.entry.text.clear();
        self.entry.changes.clear();
    }
}

/// The status, and whether the content is what it was, of `:OLDMODE NEWMODE OLDID NEWID STATUS`.
fn status(field: &[u8]) -> (u8, bool) {
    let mut words = field.split(|byte| *byte == b' ').skip(2);
    let (before, after) = (words.next(), words.next());
    let status = words.next().and_then(|word| word.first().copied()).unwrap_or(b'X');
    (status, before.is_some() && before == after)
}
