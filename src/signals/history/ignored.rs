//! The commits that `git blame` is told to look through: a formatting of everything says nothing of what belongs together.

use std::collections::HashSet;

use camino::Utf8Path;

use super::CommitId;
use crate::git::command::Git;

/// Where most projects list them, below the top of the work tree.
const FILE: &str = ".git-blame-ignore-revs";

/// The commits that [`FILE`] and the file that `blame.ignoreRevsFile` names list, and what a person should know of them.
pub fn read(git: &Git, top: &Utf8Path) -> (HashSet<CommitId>, Vec<String>) {
    let mut ids = HashSet::new();
    let mut notes = Vec::new();
    if let Ok(bytes) = std::fs::read(top.join(FILE)) {
        ids.extend(parse(&bytes));
    }
    // Where nothing is configured git ends with an error, which is none.
    let configured = git.output(&["config", "--path", "--get-all", "blame.ignoreRevsFile"]);
    let configured = configured.unwrap_or_default();
    for name in String::from_utf8_lossy(&configured)
        .lines()
        .filter(|name| !name.is_empty())
    {
        match std::fs::read(top.join(name)) {
            Ok(bytes) => ids.extend(parse(&bytes)),
            Err(error) => notes.push(format!(
                "`blame.ignoreRevsFile` names `{name}`, which cannot be read: {error}"
            )),
        }
    }
    (ids, notes)
}

/// One name a line, in full, as `git blame --ignore-revs-file` takes them; `#` begins a comment.
fn parse(bytes: &[u8]) -> Vec<CommitId> {
    let text = String::from_utf8_lossy(bytes);
    let names = text
        .lines()
        .map(|line| line.split('#').next().unwrap_or_default().trim());
    names.filter_map(CommitId::parse).collect()
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn comments_and_what_is_no_name_are_passed_over() {
        let name = "0123456789abcdef0123456789abcdef01234567";
        let text = format!("# formatting\n{name} # rustfmt\r\n\nabcdef\n  {name}\n");
        assert_eq!(parse(text.as_bytes()).len(), 2);
    }
}
