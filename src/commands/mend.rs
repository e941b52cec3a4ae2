//! What `unused` and `fix` share: how things that nothing needs are listed, and how they are taken out.

use std::fmt::Write as _;
use std::fs;

use super::replace::replace;
use crate::cli::Common;
use crate::edit::apply;
use crate::error::{Error, Problem, ProblemKind};
use crate::finding::Code;
use crate::pipeline::Mending;
use crate::source::{self, SourceFile, printable};

/// What the command line asks for and cannot be.
pub(super) fn contradiction(common: &Common) -> Option<Error> {
    let several = common.config_file.is_some() && common.manifest_path.len() > 1;
    several.then(|| {
        let message = "`--config-file` names one file for several workspaces";
        let problem = Problem::new(ProblemKind::Usage, message);
        Error::plain(problem.help("each workspace has its own boundaries.toml beside its root manifest"))
    })
}

/// One line each: where it stands, and what it is.
pub(super) fn listed(mending: &Mending, mark: &str) -> String {
    let mut lines: Vec<(&source::Location, String)> = Vec::new();
    for finding in &mending.findings {
        lines.push((&finding.primary, finding.message.clone()));
    }
    let left_over: Vec<source::Location> = mending
        .left_over
        .iter()
        .map(|span| mending.sources.location(*span))
        .collect();
    for at in &left_over {
        let text = &mending.sources.file(at.span.file).text[at.span.range()];
        let text = text.trim_matches(['"', '\'']);
        lines.push((at, format!("`{text}` has nothing left to take away from")));
    }
    lines.sort_by_key(|(at, _)| at.span);
    let mut text = String::new();
    for (at, message) in lines {
        let place = format!("{}:{}:{}", at.file, at.line, at.column);
        let _ = writeln!(text, "{mark}{}: {}", printable(&place), printable(&message));
    }
    text
}

/// How many of each sort: `2 permissions and 1 exception`.
pub(super) fn counted(mending: &Mending) -> String {
    let sorts = [
        (Code::UnusedPermission, "permission"),
        (Code::StaleException, "exception"),
        (Code::StaleBaseline, "line of the baseline"),
    ];
    let count = |code: Code| mending.findings.iter().filter(|finding| finding.code == code).count();
    let counts = sorts.into_iter().map(|(code, word)| (count(code), word));
    let shown: Vec<String> = counts
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| match (count, word.split_once(' ')) {
            (1, _) => format!("1 {word}"),
            (many, Some((first, rest))) => format!("{many} {first}s {rest}"),
            (many, None) => format!("{many} {word}s"),
        })
        .collect();
    match shown.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => "nothing".to_owned(),
    }
}

/// Writes every file that is to change. All are looked at before the first is touched.
pub(super) fn write(mending: &Mending) -> Result<(), Error> {
    let problems: Vec<Problem> = (mending.files.iter())
        .filter_map(|change| unwritable(mending.file(change)))
        .collect();
    if !problems.is_empty() {
        return Err(Error::new(problems, mending.sources.clone()));
    }
    for change in &mending.files {
        let file = mending.file(change);
        replace(&file.absolute, &apply(&file.text, &change.edits)).map_err(|error| {
            let message = format!("`{}` cannot be written: {error}", file.path);
            let problem = Problem::new(ProblemKind::Io, message);
            Error::plain(problem.help("it is left as it was"))
        })?;
    }
    Ok(())
}

/// Why a file is not to be written, where it is not.
fn unwritable(file: &SourceFile) -> Option<Problem> {
    let problem = |what: &str| Problem::new(ProblemKind::Io, format!("`{}` {what}", file.path));
    let found = match fs::metadata(&file.absolute) {
        Ok(found) => found,
        Err(error) => return Some(problem(&format!("cannot be written: {error}"))),
    };
    if !found.is_file() {
        let help = "write the configuration into a file, and name that with `--config-file`";
        return Some(problem("is no regular file, so nothing can be taken out of it").help(help));
    }
    if found.permissions().readonly() {
        return Some(problem("is read-only").help("allow it to be written, then run this again"));
    }
    // What was judged is what is changed.
    let now = fs::read(&file.absolute).ok();
    let changed = now.is_none_or(|bytes| bytes != file.text.as_bytes());
    changed.then(|| problem("was changed in the meantime").help("run this again"))
}
