//! .gitattributes: how git is told that two branches' baselines are merged by keeping the lines of both.

use std::io::{self, ErrorKind};

use camino::Utf8Path;

use crate::baseline::FILE_NAME;
use crate::commands::replace::replace;
use crate::error::{Problem, ProblemKind};

const ATTRIBUTES: &str = ".gitattributes";

/// What a person is told where git does not know yet.
pub fn hint(root: &Utf8Path) -> String {
    let in_git = root.ancestors().any(|folder| folder.join(".git").exists());
    let told = |folder: &Utf8Path| is_told(&folder.join(ATTRIBUTES)).unwrap_or(true);
    if !in_git || root.ancestors().any(told) {
        return String::new();
    }
    let line = line();
    format!(
        "hint: `cargo boundaries baseline --gitattributes` adds `{line}` to {ATTRIBUTES}: no merge of it conflicts then\n"
    )
}

/// Tells git, and says so.
pub fn write(root: &Utf8Path, dry_run: bool) -> Result<String, Problem> {
    let path = root.join(ATTRIBUTES);
    let cannot = |doing: &str, error: io::Error| {
        let problem = Problem::new(ProblemKind::Io, format!("`{path}` cannot be {doing}: {error}"));
        problem.help(format!("the line that git needs there is `{}`", line()))
    };
    if is_told(&path).map_err(|error| cannot("read", error))? {
        return Ok(format!("{ATTRIBUTES} has `{}` already\n", line()));
    }
    if dry_run {
        return Ok(format!("would add `{}` to {ATTRIBUTES}\n", line()));
    }
    let before = text(&path).map_err(|error| cannot("read", error))?;
    let line_break = if before.contains("\r\n") { "\r\n" } else { "\n" };
    let open = !before.is_empty() && !before.ends_with('\n');
    let between = if open { line_break } else { "" };
    let after = format!("{before}{between}{}{line_break}", line());
    replace(&path, &after).map_err(|error| cannot("written", error))?;
    Ok(format!("added `{}` to {ATTRIBUTES}; commit it too\n", line()))
}

fn line() -> String {
    format!("{FILE_NAME} merge=union")
}

/// Whether a file of attributes has the line, however it is spaced.
fn is_told(path: &Utf8Path) -> io::Result<bool> {
    let text = text(path)?;
    let told = |line: &str| {
        let mut words = line.split_whitespace();
        let pattern = words.next().unwrap_or_default();
        let pattern = pattern.trim_start_matches("**/").trim_start_matches('/');
        pattern == FILE_NAME && words.any(|word| word == "merge=union")
    };
    Ok(text.lines().any(told))
}

fn text(path: &Utf8Path) -> io::Result<String> {
    match crate::source::read_text(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(String::new()),
        other => other,
    }
}
