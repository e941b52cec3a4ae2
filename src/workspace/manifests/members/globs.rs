//! Entries of `members` and `default-members`, expanded through the crate that cargo expands them with.

use camino::{Utf8Path, Utf8PathBuf};

use super::super::paths;
use super::{Wanted, Why};
use crate::error::{Problem, ProblemKind};
use crate::source::{Spanned, Tree};

/// The manifests that an entry of `members` stands for: what the glob matches, else the path as written, as cargo
/// does it, through the same crate.
pub fn expand(tree: &Tree, directory: &Utf8Path, entry: &Spanned<String>, problems: &mut Vec<Problem>) -> Vec<Wanted> {
    let wanted = |path: Utf8PathBuf, glob| Wanted {
        manifest: paths::normalize(&path).join("Cargo.toml"),
        why: Why::Listed {
            entry: entry.clone(),
            glob,
        },
    };
    let pattern = directory.join(&entry.value);
    let Some(matches) = matches(tree, &pattern, entry, problems) else {
        return Vec::new();
    };
    if matches.is_empty() {
        return vec![wanted(pattern, false)];
    }
    let several = matches.len() > 1 || matches[0] != pattern;
    matches.into_iter().map(|path| wanted(path, several)).collect()
}

/// What a path of `members` or `default-members` matches on disk; none where it is no glob. Without any wildcard
/// nothing is looked up.
pub fn matches(
    tree: &Tree,
    pattern: &Utf8Path,
    entry: &Spanned<String>,
    problems: &mut Vec<Problem>,
) -> Option<Vec<Utf8PathBuf>> {
    if !pattern.as_str().contains(['*', '?', '[']) {
        return Some(Vec::new());
    }
    let found = match tree.glob(pattern.as_str(), MATCHES) {
        Ok(found) => found,
        Err(error) => {
            let text = format!("`{}` is no glob: {}", entry.value, error.msg);
            let problem = Problem::new(ProblemKind::Workspace, text).at(entry.span, "cargo refuses this");
            problems.push(problem.help("correct the glob"));
            return None;
        }
    };
    let mut paths = Vec::new();
    for path in found {
        match path.map(Utf8PathBuf::from_path_buf) {
            Ok(Ok(path)) => paths.push(path),
            Ok(Err(path)) => {
                let text = format!(
                    "`{}` matches a path that is not UTF-8: `{}`",
                    entry.value,
                    path.display()
                );
                let problem = Problem::new(ProblemKind::Workspace, text).at(entry.span, "matched by this");
                problems.push(problem.help("rename the folder"));
            }
            Err(error) => {
                let text = format!("`{}` cannot be looked up: {error}", entry.value);
                let problem = Problem::new(ProblemKind::Workspace, text).at(entry.span, "needed for this");
                problems.push(problem.help("make the folder readable, or say the members more exactly"));
            }
        }
    }
    if paths.len() == MATCHES {
        let text = format!(
            "`{}` matches more than {MATCHES} paths; is there a loop of symbolic links?",
            entry.value
        );
        let problem = Problem::new(ProblemKind::Workspace, text).at(entry.span, "matches too much");
        problems.push(problem.help("say the members more exactly"));
    }
    Some(paths)
}

/// No workspace has so many members; a `**` over looping links has more matches than fit in memory.
const MATCHES: usize = 100_000;
