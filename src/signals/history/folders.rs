//! Which crate a path of the past belongs to. History is walked from today backwards: today's folders are known, and every
//! commit that moved, added or took away a manifest says how the folders were called before it.

use std::collections::{HashMap, HashSet};

use super::Names;
use crate::git::log::Change;

/// Whose a folder is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Owner {
    /// A member of today's workspace, by position.
    Member(u32),
    /// A package that is no member, or is gone, by a number of its own.
    Other(u32),
}

/// Where a path lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub owner: Owner,
    /// How long the path of the owner's folder is.
    folder: usize,
}

/// The folders with a manifest, as they were at the commit that was reached.
#[derive(Debug)]
pub struct Folders {
    owners: HashMap<Box<[u8]>, Owner>,
    /// For each member its folder of today.
    today: Vec<Box<[u8]>>,
    /// Files that were moved later as they were, by their path then: the number of their path of today.
    moved: HashMap<Box<[u8]>, u32>,
    others: u32,
    /// The folder of the workspace, from which paths are shown.
    root: Vec<u8>,
}

const MANIFEST: &[u8] = b"Cargo.toml";

/// Folders of sources that are input of tests and no code of the crate.
const FIXTURES: [&[u8]; 5] = [b"fixtures", b"fixture", b"test_data", b"testdata", b"test-data"];

impl Folders {
    /// The folders of today: those of the members, in their order, and of every other package. `root` is the folder of the
    /// workspace; all are relative to the top of the work tree, where the top itself is empty.
    pub fn new(members: &[Box<[u8]>], manifests: &[Box<[u8]>], root: &[u8]) -> Self {
        let mut folders = Self {
            owners: HashMap::new(),
            today: members.to_vec(),
            moved: HashMap::new(),
            others: 0,
            root: root.to_vec(),
        };
        for manifest in manifests.iter().filter_map(|path| folder_of_manifest(path)) {
            let other = folders.another();
            folders.owners.insert(manifest.into(), other);
        }
        for (member, folder) in (0..).zip(members) {
            folders.owners.insert(folder.clone(), Owner::Member(member));
        }
        folders
    }

    fn another(&mut self) -> Owner {
        self.others += 1;
        Owner::Other(self.others)
    }

    /// The package whose folder holds a path; none outside of all.
    pub fn place(&self, path: &[u8]) -> Option<Place> {
        let ends = path.iter().enumerate().rev().filter(|(_, byte)| **byte == b'/');
        let mut folders = ends.map(|(end, _)| end).chain([0]);
        folders.find_map(|folder| {
            let owner = *self.owners.get(&path[..folder])?;
            Some(Place { owner, folder })
        })
    }

    /// Whether a file below a package's folder is input of its tests.
    pub fn is_fixture(path: &[u8], place: Option<Place>) -> bool {
        let below = &path[place.map_or(0, |place| place.folder)..];
        let mut folders: Vec<&[u8]> = below.split(|byte| *byte == b'/').collect();
        folders.pop();
        folders.iter().any(|folder| FIXTURES.contains(folder))
    }

    /// The number of the path that a member's file has today, or had last.
    pub fn file(&self, path: &[u8], place: Place, names: &mut Names) -> u32 {
        if let Some(number) = self.moved.get(path) {
            return *number;
        }
        let shown = match place.owner {
            Owner::Member(member) => {
                let below = &path[place.folder..];
                let below = below.strip_prefix(b"/").unwrap_or(below);
                shown(&self.root, &join(&self.today[member as usize], below))
            }
            Owner::Other(_) => shown(&self.root, path),
        };
        names.number(&shown)
    }

    /// Goes behind a commit: from here on, paths mean what they meant before it.
    pub fn step_back(&mut self, changes: &[Change<'_>], names: &mut Names) {
        for change in changes
            .iter()
            .filter(|change| change.status == b'R' && is_source(change.path))
        {
            if let Some(place) = self.place(change.path) {
                let number = self.file(change.path, place, names);
                self.moved.insert(change.from.into(), number);
            }
        }
        let touched = |change: &&Change<'_>| change.status != b'M' && folder_of_manifest(change.path).is_some();
        if changes.iter().any(|change| touched(&change)) {
            self.manifests(changes);
        }
    }

    /// What a commit did to manifests.
    fn manifests(&mut self, changes: &[Change<'_>]) {
        let mut moves: Vec<(&[u8], Option<&[u8]>)> = Vec::new();
        for change in changes {
            let Some(folder) = folder_of_manifest(change.path) else {
                continue;
            };
            match change.status {
                b'R' => moves.push((folder, folder_of_manifest(change.from))),
                b'A' => moves.push((folder, came_from(folder, changes))),
                _ => {}
            }
        }
        let before: Vec<(Option<Owner>, Option<&[u8]>)> = moves
            .iter()
            .map(|(folder, from)| (self.owners.remove(*folder), *from))
            .collect();
        for (owner, from) in before {
            if let (Some(owner), Some(from)) = (owner, from) {
                self.owners.insert(from.into(), owner);
            }
        }
        for change in changes.iter().filter(|change| change.status == b'D') {
            if let Some(folder) = folder_of_manifest(change.path)
                && !self.owners.contains_key(folder)
            {
                let gone = self.another();
                self.owners.insert(folder.into(), gone);
            }
        }
    }
}

/// The folder that a package came from whose manifest was added to this one: the folder that at least half of its files
/// came from, under the same names, if that folder's manifest or crate root went in the same commit. A manifest is seldom
/// moved as it was, since what it says of the crate's place changes with it; the sources are.
fn came_from<'c>(folder: &[u8], changes: &[Change<'c>]) -> Option<&'c [u8]> {
    let gone: HashSet<&[u8]> = changes
        .iter()
        .filter(|change| matches!(change.status, b'D' | b'R'))
        .map(|change| change.from)
        .collect();
    let mut votes: HashMap<&[u8], usize> = HashMap::new();
    let mut files = 0;
    let left: HashSet<&'c [u8]> = changes
        .iter()
        .filter(|change| change.status == b'D')
        .filter_map(|change| folder_of_manifest(change.path))
        .collect();
    for change in changes.iter().filter(|change| is_source(change.path)) {
        let Some(below) = below(folder, change.path) else {
            continue;
        };
        match change.status {
            b'R' => {
                files += 1;
                if let Some(from) = change.from.strip_suffix(below).and_then(as_folder) {
                    *votes.entry(from).or_default() += 1;
                }
            }
            b'A' => {
                files += 1;
                for from in &left {
                    if gone.contains(join(from, below).as_slice()) {
                        *votes.entry(from).or_default() += 1;
                    }
                }
            }
            _ => {}
        }
    }
    let best = votes.into_iter().max_by(|a, b| (a.1, b.0).cmp(&(b.1, a.0)))?;
    let went = |name: &[u8]| gone.contains(join(best.0, name).as_slice());
    let left = went(MANIFEST) || went(b"src/lib.rs") || went(b"src/main.rs");
    (best.1 * 2 >= files && left).then_some(best.0)
}

/// The folder whose name a path starts with once the names below are taken off: without the slash, or empty at the top.
fn as_folder(start: &[u8]) -> Option<&[u8]> {
    if start.is_empty() {
        Some(start)
    } else {
        start.strip_suffix(b"/")
    }
}

fn join(folder: &[u8], name: &[u8]) -> Vec<u8> {
    let slash: &[u8] = if folder.is_empty() { b"" } else { b"/" };
    [folder, slash, name].concat()
}

/// The rest of a path that lies in a folder.
fn below<'p>(folder: &[u8], path: &'p [u8]) -> Option<&'p [u8]> {
    if folder.is_empty() {
        return Some(path);
    }
    path.strip_prefix(folder)?.strip_prefix(b"/")
}

/// The folder of a path that is a manifest's.
fn folder_of_manifest(path: &[u8]) -> Option<&[u8]> {
    as_folder(path.strip_suffix(MANIFEST)?)
}

/// A path as it is seen from the folder of the workspace.
pub fn shown(root: &[u8], path: &[u8]) -> String {
    let root: Vec<&[u8]> = root
        .split(|byte| *byte == b'/')
        .filter(|part| !part.is_empty())
        .collect();
    let parts: Vec<&[u8]> = path.split(|byte| *byte == b'/').collect();
    let common = root.iter().zip(&parts).take_while(|(a, b)| a == b).count();
    let mut shown = "../".repeat(root.len() - common);
    for (index, part) in parts[common..].iter().enumerate() {
        shown += if index == 0 { "" } else { "/" };
        escape(part, &mut shown);
    }
    shown
}

/// Whether a path is that of a Rust file.
pub fn is_source(path: &[u8]) -> bool {
    path.ends_with(b".rs")
}

/// Whether a path is that of a Rust file or a manifest.
pub fn is_wanted(path: &[u8]) -> bool {
    is_source(path) || folder_of_manifest(path).is_some()
}

/// Adds bytes as text: what is no UTF-8 as `\xNN`, so that two paths stay two.
fn escape(bytes: &[u8], text: &mut String) {
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            let digit = |digit: u8| char::from_digit(digit.into(), 16).unwrap_or('0');
            text.extend(['\\', 'x', digit(byte >> 4), digit(byte & 15)]);
        }
    }
}
