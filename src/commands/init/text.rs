//! Names as TOML and as comments.

use std::fmt::Write as _;

use crate::source::toml_string;
use crate::workspace::{NodeId, Workspace};

/// The members' names, without those that cannot stand in a list as they are.
pub(super) fn names<'w>(workspace: &'w Workspace, members: &[NodeId]) -> Vec<&'w str> {
    members
        .iter()
        .map(|node| workspace.name(*node))
        .filter(|name| plain(name))
        .collect()
}

/// Whether a name is one that a selector takes literally and a comment can hold: cargo asks for no less.
pub(super) fn plain(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
}

/// Whether a folder is one that a `path:` selector takes literally.
pub(super) fn path_is_plain(folder: &str) -> bool {
    folder.split('/').all(plain)
}

/// A TOML key, bare where it may be.
pub(super) fn key(text: &str) -> String {
    let bare = !text.is_empty()
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    if bare { text.to_owned() } else { toml_string(text) }
}

/// Names in a comment, wrapped.
pub(super) fn comment_list(out: &mut String, names: &[&str]) {
    let mut line = String::from("#  ");
    for (i, name) in names.iter().enumerate() {
        if line.chars().count() + name.chars().count() > 116 {
            let _ = writeln!(out, "{line}");
            line = String::from("#  ");
        }
        let _ = write!(line, " {name}{}", if i + 1 < names.len() { "," } else { "" });
    }
    let _ = writeln!(out, "{line}");
}
