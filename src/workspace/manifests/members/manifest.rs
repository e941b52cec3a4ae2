//! Whether a manifest that is wanted as a member's holds a package, and what to say where it does not.

use std::io::ErrorKind;

use camino::Utf8Path;

use super::super::loader::Loader;
use super::{Wanted, Why};
use crate::error::{Problem, ProblemKind};
use crate::source::{Span, display_path};

/// Whether the manifest could be read and holds a package. `false` without a problem is a virtual manifest, or a file
/// beside the members that a glob matched.
pub fn has_package(loader: &Loader, wanted: &Wanted, root: &Utf8Path, problems: &mut Vec<Problem>) -> bool {
    let Some(file) = loader.get(&wanted.manifest) else {
        return false;
    };
    let raw = match &file.content {
        Ok(raw) => raw,
        Err(failure) => {
            // Cargo leaves out whatever an entry names that is there and is no folder.
            let is_file = || failure.kind == ErrorKind::NotADirectory && loader.tree().exists(file.directory());
            if matches!(wanted.why, Why::Listed { .. }) && is_file() {
                return false;
            }
            problems.extend(unreadable(wanted, root, failure.kind, &failure.message));
            return false;
        }
    };
    let empty = raw.package.is_none() && raw.workspace.is_none() && raw.problems.is_empty();
    if empty && !matches!(wanted.why, Why::Path) {
        problems.push(no_package(loader, wanted, root));
    }
    raw.package.is_some()
}

/// A manifest that is wanted and cannot be read. That of a dependency is told of for every dependency on it, later.
fn unreadable(wanted: &Wanted, root: &Utf8Path, kind: ErrorKind, message: &str) -> Option<Problem> {
    let manifest = display_path(root, &wanted.manifest);
    let missing = matches!(kind, ErrorKind::NotFound | ErrorKind::NotADirectory);
    let problem = |text: String| Problem::new(ProblemKind::Workspace, text);
    let cause = if missing {
        "there is no such file".to_owned()
    } else {
        message.to_owned()
    };
    Some(match &wanted.why {
        Why::Listed { entry, glob: true } => {
            let text = format!(
                "`{}` matches a folder whose manifest cannot be read: `{manifest}`: {cause}",
                entry.value
            );
            let problem = problem(text).at(entry.span, "listed here");
            problem.help("remove the folder, give it a `Cargo.toml`, or add it to `exclude`")
        }
        Why::Listed { entry, glob: false } if missing && entry.value.contains(['*', '?', '[']) => {
            let text = format!("`{}` in `members` matches nothing", entry.value);
            problem(text)
                .at(entry.span, "no folder matches")
                .help("correct the glob or remove it; cargo refuses it too")
        }
        Why::Listed { entry, .. } => {
            let text = format!(
                "the manifest of member `{}` cannot be read: `{manifest}`: {cause}",
                entry.value
            );
            problem(text)
                .at(entry.span, "listed here")
                .help("correct the path or remove it from `members`")
        }
        Why::Root => problem(format!("`{manifest}` cannot be read: {cause}")).help("make it a readable manifest"),
        Why::Path => return None,
    })
}

/// A manifest that holds neither a package nor a workspace.
fn no_package(loader: &Loader, wanted: &Wanted, root: &Utf8Path) -> Problem {
    let text = format!(
        "`{}` has neither `[package]` nor `[workspace]`",
        display_path(root, &wanted.manifest)
    );
    let mut problem = Problem::new(ProblemKind::Workspace, text);
    if let Some(id) = loader.id(&wanted.manifest) {
        problem = problem.at(Span::new(id, 0..0), "nothing says what this manifest is for");
    }
    if let Why::Listed { entry, .. } = &wanted.why {
        problem = problem.at(entry.span, "listed here");
    }
    problem.help("add `[package]` with a `name`")
}
