//! Contexts: folders, or else prefixes, whose crates belong together and show others only a part. Their edges must lead
//! one way, since contexts that use each other in a cycle are one.

use std::collections::BTreeSet;

use super::patterns::{Pattern, kebab, plain};
use super::terrain::{Set, Terrain};
use super::{Context, Layer, Preset};
use crate::graph::cycles::cycles;

/// The fewest members of a context, and the most contexts of a file.
const LEAST: usize = 3;
const MOST: usize = 12;
/// A longer face, or a longer list of contexts, is left out: nobody would have written it.
const LONG_FACE: usize = 8;
const LONG_USE: usize = 6;

/// The contexts, by name; or why there are none.
pub(super) fn contexts(
    terrain: &Terrain<'_>,
    patterns: &[Pattern],
    layers: &[Layer],
    preset: Preset,
) -> Result<Vec<Context>, &'static str> {
    if matches!(preset, Preset::Layers | Preset::Hexagonal | Preset::Minimal) {
        return Err("the preset has none");
    }
    let drawn: BTreeSet<&str> = match preset {
        Preset::Shown => layers.iter().flat_map(|l| &l.crates).map(String::as_str).collect(),
        _ => BTreeSet::new(),
    };
    // Where folders are the layers, they are no contexts besides.
    let by_folder = drawn.iter().filter(|text| text.starts_with("path:")).count() >= 2;
    let mut considered = groups(terrain, patterns, &drawn, true);
    if considered.len() < 2 {
        considered = groups(terrain, patterns, &drawn, false);
    } else if by_folder {
        return Err("the folders are layers already");
    }
    if considered.len() < 2 {
        return Err("no two folders or prefixes hold three crates each");
    }
    let before = considered.len();
    let left = acyclic(terrain, considered);
    if left.len() < 2 || left.len() * 2 < before {
        return Err("most of the folders or prefixes use each other in cycles");
    }
    if !says_something(terrain, &left) {
        return Err("no folder or prefix keeps a crate to itself");
    }
    Ok(finished(terrain, patterns, &left))
}

/// A context before it is written.
struct Group {
    pattern: usize,
    members: Set,
}

/// The widest folders (or prefixes) that do not overlap, each with the crate that gives it its name. Those that layers
/// are made of say nothing new.
fn groups(terrain: &Terrain<'_>, patterns: &[Pattern], drawn: &BTreeSet<&str>, folders: bool) -> Vec<Group> {
    let count = terrain.workspace.members.len();
    let fits = |p: &Pattern| {
        let shape = if folders {
            p.folder && !p.text.contains("*/")
        } else {
            !p.folder && p.text.ends_with('*')
        };
        shape
            && !drawn.contains(p.text.as_str())
            && p.members.count_ones(..) * 2 <= count
            && !kebab(&p.label).is_empty()
    };
    let mut found: Vec<Group> = (patterns.iter().enumerate())
        .filter(|(_, p)| fits(p))
        .filter_map(|(pattern, p)| {
            let mut members = p.members.clone();
            members.extend(p.head);
            let judged = members
                .difference(&terrain.aside)
                .filter(|m| !terrain.alone.contains(*m))
                .count();
            (judged >= LEAST && members.is_disjoint(&terrain.aside)).then_some(Group { pattern, members })
        })
        .collect();
    found.sort_by_key(|g| (std::cmp::Reverse(g.members.count_ones(..)), g.pattern));
    let mut chosen: Vec<Group> = Vec::new();
    for group in found {
        let label = &patterns[group.pattern].label;
        if chosen
            .iter()
            .all(|c| c.members.is_disjoint(&group.members) && patterns[c.pattern].label != *label)
        {
            chosen.push(group);
        }
    }
    chosen.truncate(MOST);
    chosen
}

/// The contexts that each uses, by position.
fn uses(terrain: &Terrain<'_>, groups: &[Group]) -> Vec<Vec<usize>> {
    let of = |at: usize| {
        let mut used = terrain.nothing();
        groups[at]
            .members
            .ones()
            .for_each(|m| used.union_with(&terrain.uses[m]));
        (0..groups.len())
            .filter(|to| *to != at && !groups[*to].members.is_disjoint(&used))
            .collect()
    };
    (0..groups.len()).map(of).collect()
}

/// Without those that keep the others in a cycle, the smallest first.
fn acyclic(terrain: &Terrain<'_>, mut groups: Vec<Group>) -> Vec<Group> {
    loop {
        let tangled = cycles(&uses(terrain, &groups))
            .into_iter()
            .flat_map(|component| component.members);
        let Some(least) = tangled.min_by_key(|at| (groups[*at].members.count_ones(..), groups[*at].pattern)) else {
            return groups;
        };
        groups.remove(least);
    }
}

/// The members that others use, examples and tools aside.
fn face(terrain: &Terrain<'_>, group: &Group) -> Set {
    let mut face = terrain.nothing();
    let outside = |m: &usize| {
        terrain.users[*m]
            .difference(&group.members)
            .any(|user| !terrain.aside.contains(user))
    };
    face.extend(group.members.ones().filter(outside));
    face
}

fn says_something(terrain: &Terrain<'_>, groups: &[Group]) -> bool {
    let private = |group: &Group| face(terrain, group).count_ones(..) < group.members.count_ones(..);
    groups.iter().any(private)
}

fn finished(terrain: &Terrain<'_>, patterns: &[Pattern], groups: &[Group]) -> Vec<Context> {
    let uses = uses(terrain, groups);
    let name = |at: usize| patterns[groups[at].pattern].label.clone();
    let used_by = |at: usize| uses.iter().filter(|list| list.contains(&at)).count();
    // Used by nearly all others, and using none of them: a kernel, which nobody needs to list.
    let kernel = |at: usize| uses[at].is_empty() && groups.len() > 3 && used_by(at) * 3 >= (groups.len() - 1) * 2;
    let mut contexts: Vec<Context> = (groups.iter().enumerate())
        .map(|(at, group)| {
            let listed: Vec<String> = uses[at].iter().filter(|to| !kernel(**to)).map(|to| name(*to)).collect();
            Context {
                name: name(at),
                crates: selectors(terrain, &patterns[group.pattern]),
                public: public(terrain, group),
                may_use: (!kernel(at) && listed.len() <= LONG_USE).then_some(listed),
                kind: kernel(at).then_some("shared-kernel"),
                members: group.members.ones().collect(),
            }
        })
        .collect();
    contexts.sort_by(|a, b| a.name.cmp(&b.name));
    contexts.extend(root(terrain, &contexts));
    contexts
}

fn selectors(terrain: &Terrain<'_>, pattern: &Pattern) -> Vec<String> {
    let head = pattern
        .head
        .filter(|head| !pattern.members.contains(*head))
        .map(|head| terrain.name(head).to_owned());
    head.into_iter().chain([pattern.text.clone()]).collect()
}

/// The face, where it is a part that can be listed.
fn public(terrain: &Terrain<'_>, group: &Group) -> Option<Vec<String>> {
    let face = face(terrain, group);
    let size = face.count_ones(..);
    let part = size < group.members.count_ones(..) && size <= LONG_FACE;
    let names: Vec<String> = face.ones().map(|m| terrain.name(m).to_owned()).collect();
    (part && names.iter().all(|n| plain(n))).then_some(names)
}

/// The programs that are in no context put the contexts together: they may use what is private, and nobody uses them.
fn root(terrain: &Terrain<'_>, contexts: &[Context]) -> Option<Context> {
    let free = |m: &usize| !contexts.iter().any(|c| c.members.contains(m)) && plain(terrain.name(*m));
    let members: Vec<usize> = terrain.programs.ones().filter(free).collect();
    let taken = contexts.iter().any(|c| c.name == "main");
    (!members.is_empty() && members.len() <= LONG_FACE && !taken).then(|| Context {
        name: "main".to_owned(),
        crates: members.iter().map(|m| terrain.name(*m).to_owned()).collect(),
        kind: Some("composition-root"),
        members,
        ..Context::default()
    })
}
