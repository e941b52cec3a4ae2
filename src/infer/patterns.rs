//! Patterns that a person would write: a folder, a prefix, an ending. Each with what it selects today.

use std::collections::BTreeMap;

use super::terrain::Set;
use crate::workspace::Workspace;

/// A selector that stands for more than one member.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    /// As it is written in boundaries.toml.
    pub text: String,
    /// What it selects today.
    pub members: Set,
    /// Whether it is a folder: folders are drawn on purpose, names may be alike by chance.
    pub folder: bool,
    /// What a layer of just these would be called.
    pub label: String,
    /// The member that gives the family its name, where there is one: `ide` of `ide-*`, the package in the folder itself.
    pub head: Option<usize>,
}

/// Every pattern of a workspace that selects at least two members (by names: three) and not all of them.
pub(super) fn patterns(workspace: &Workspace) -> Vec<Pattern> {
    let common = common_prefix(workspace);
    let mut found = folders(workspace);
    found.extend(names(workspace, &common));
    found
}

/// Whether a name is one that a selector takes literally: cargo asks for no less.
pub(super) fn plain(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
}

fn folders(workspace: &Workspace) -> Vec<Pattern> {
    let count = workspace.members.len();
    let mut below: BTreeMap<&str, Set> = BTreeMap::new();
    for (index, member) in workspace.members.iter().enumerate() {
        let mut folder = member.directory.as_str();
        while let Some((above, _)) = folder.rsplit_once('/') {
            below
                .entry(above)
                .or_insert_with(|| Set::with_capacity(count))
                .insert(index);
            folder = above;
        }
    }
    let mut found: Vec<Pattern> = below
        .into_iter()
        .filter(|(folder, set)| folder.split('/').all(plain) && (2..count).contains(&set.count_ones(..)))
        .map(|(folder, members)| {
            let head = workspace.members.iter().position(|m| m.directory == folder);
            let start = folder.len() + 1;
            let flat = members
                .ones()
                .all(|m| !workspace.members[m].directory[start..].contains('/'));
            let depth = if flat { "*" } else { "**" };
            let label = kebab(folder.rsplit('/').next().unwrap_or(folder));
            Pattern {
                text: format!("path:{folder}/{depth}"),
                members,
                folder: true,
                label,
                head,
            }
        })
        .collect();
    found.extend(last_segments(workspace));
    found
}

/// `crates/*/macros`: the same folder in several others.
fn last_segments(workspace: &Workspace) -> Vec<Pattern> {
    let count = workspace.members.len();
    let mut found: BTreeMap<(&str, &str), Set> = BTreeMap::new();
    for (index, member) in workspace.members.iter().enumerate() {
        if let Some((rest, last)) = member.directory.rsplit_once('/')
            && let Some((parent, _)) = rest.rsplit_once('/')
        {
            found
                .entry((parent, last))
                .or_insert_with(|| Set::with_capacity(count))
                .insert(index);
        }
    }
    let several = found.into_iter().filter(|((parent, last), set)| {
        set.count_ones(..) >= 3 && set.count_ones(..) < count && parent.split('/').all(plain) && plain(last)
    });
    several
        .map(|((parent, last), members)| Pattern {
            text: format!("path:{parent}/*/{last}"),
            members,
            folder: true,
            label: kebab(last),
            head: None,
        })
        .collect()
}

fn names(workspace: &Workspace, common: &str) -> Vec<Pattern> {
    let count = workspace.members.len();
    // The pattern, and whether it is a prefix.
    let mut found: BTreeMap<(&str, bool), Set> = BTreeMap::new();
    for (index, member) in workspace.members.iter().enumerate().filter(|(_, m)| plain(&m.name)) {
        for (at, _) in member.name.match_indices(['-', '_']) {
            for key in [(&member.name[..=at], true), (&member.name[at..], false)] {
                found
                    .entry(key)
                    .or_insert_with(|| Set::with_capacity(count))
                    .insert(index);
            }
        }
    }
    let whole = found.clone();
    // Of several prefixes of the same members the longest says most.
    let longer = |affix: &str, prefix: bool, set: &Set| {
        let more = |other: &str| {
            other.len() > affix.len()
                && if prefix {
                    other.starts_with(affix)
                } else {
                    other.ends_with(affix)
                }
        };
        whole
            .iter()
            .any(|((other, p), members)| *p == prefix && more(other) && members == set)
    };
    let several = found.into_iter().filter(|((affix, prefix), set)| {
        affix.len() > 2 && (3..count).contains(&set.count_ones(..)) && !longer(affix, *prefix, set)
    });
    several
        .map(|((affix, prefix), members)| {
            let bare = affix.trim_matches(['-', '_']);
            let head = if prefix {
                workspace.members.iter().position(|m| m.name == bare)
            } else {
                None
            };
            let text = if prefix {
                format!("{affix}*")
            } else {
                format!("*{affix}")
            };
            let label = short(bare, if prefix { common } else { "" });
            let label = if prefix { label } else { plural(&label) };
            Pattern {
                text,
                members,
                folder: false,
                label,
                head,
            }
        })
        .collect()
}

/// The first word that most members' names begin with, with its separator; empty where there is none.
pub(super) fn common_prefix(workspace: &Workspace) -> String {
    let mut words: BTreeMap<&str, usize> = BTreeMap::new();
    for member in &workspace.members {
        if let Some(at) = member.name.find(['-', '_']) {
            *words.entry(&member.name[..=at]).or_default() += 1;
        }
    }
    let most = words
        .into_iter()
        .max_by_key(|(word, count)| (*count, std::cmp::Reverse(*word)));
    most.filter(|(_, count)| *count * 2 > workspace.members.len())
        .map(|(word, _)| word.to_owned())
        .unwrap_or_default()
}

/// A name without the workspace's own prefix, as a layer may be called.
pub(super) fn short(name: &str, common: &str) -> String {
    let rest = name
        .strip_prefix(common)
        .filter(|rest| !rest.is_empty())
        .unwrap_or(name);
    kebab(rest)
}

/// Lowercase words with hyphens: what layers and contexts are called.
pub(super) fn kebab(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.trim_end_matches('-').to_owned()
}

fn plural(word: &str) -> String {
    match word {
        _ if word.ends_with('s') => word.to_owned(),
        "api" => "apis".to_owned(),
        _ if word.ends_with('y') => format!("{}ies", &word[..word.len() - 1]),
        _ => format!("{word}s"),
    }
}
