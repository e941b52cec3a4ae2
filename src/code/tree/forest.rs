//! What was read of all targets, before paths are resolved, as plain data.

use std::sync::Arc;

use camino::Utf8PathBuf;

use super::super::Unfollowed;
use super::super::cache::Key;
use super::super::facts::{Facts, Item, When};
use super::super::hash::FastMap;
use super::super::symbols::{Symbol, Symbols, word};
use crate::source::{FileId, Span};
use crate::workspace::targets::RootKind;
use crate::workspace::{DependencyKind, NodeId};

/// All that was read, before paths are resolved.
#[derive(Debug)]
pub struct Forest {
    /// Every target of every member, by member and kind.
    pub crates: Vec<Crate>,
    /// The modules of all targets; a parent stands before its children.
    pub nodes: Vec<Node>,
    /// Every file that was read.
    pub files: Vec<File>,
    /// The names in them.
    pub symbols: Symbols,
    /// What could not be read.
    pub unread: Vec<super::super::Unread>,
    /// By member: what could not be followed.
    pub unfollowed: FastMap<NodeId, Unfollowed>,
}

/// A target.
#[derive(Debug)]
pub struct Crate {
    /// Its package.
    pub member: NodeId,
    /// What it is built for.
    pub kind: RootKind,
    /// The module that it starts from.
    pub root: u32,
}

impl Crate {
    /// What its code is for, where nothing in it says otherwise.
    pub fn dependency_kind(&self) -> DependencyKind {
        match self.kind {
            RootKind::Lib | RootKind::Bin => DependencyKind::Normal,
            RootKind::Build => DependencyKind::Build,
            RootKind::Example | RootKind::Test | RootKind::Bench => DependencyKind::Dev,
        }
    }
}

/// A module of one target.
#[derive(Debug)]
pub struct Node {
    /// The target, by position.
    pub of: u32,
    /// The module that declares it.
    pub parent: Option<u32>,
    /// The nearest module that has a path: itself, unless it stands in a function.
    pub unit: u32,
    /// Empty for a root, and for a module that has no path.
    pub path: String,
    /// Its name.
    pub name: Option<Symbol>,
    /// Whether it says `pub`.
    pub public: bool,
    /// What it may be named from, where that is said.
    pub within: Option<(u32, u32, u32)>,
    /// The conditions of its declarations, one for each.
    pub when: Vec<Option<Condition>>,
    /// Where it is declared.
    pub place: Option<Span>,
    /// The modules that it declares, those in functions too.
    pub children: Vec<u32>,
    /// What it is made of: one, unless it stands under several conditions or includes files.
    pub bodies: Vec<Body>,
}

impl Forest {
    /// The item of a file, in a scope, at a position of it.
    pub fn item(&self, (file, scope, index): (u32, u32, u32)) -> &Item {
        &self.files[file as usize].facts.scopes[scope as usize].items[index as usize]
    }

    /// The condition of a part of a module, where the module has several parts, each under one.
    pub fn arm(&self, node: u32, file: u32, mut scope: u32) -> Option<Condition> {
        let node = &self.nodes[node as usize];
        if node.bodies.len() < 2 {
            return None;
        }
        let scopes = &self.files[file as usize].facts.scopes;
        while scopes[scope as usize].block {
            scope = scopes[scope as usize].parent;
        }
        let is_here = |body: &&Body| body.file == file && body.scope == scope;
        let mut here = node.bodies.iter().filter(is_here);
        // What two declarations bring is there under either.
        here.next().filter(|_| here.next().is_none())?.when
    }
}

/// What must hold, or must not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Condition {
    /// It, as text.
    pub name: Symbol,
    /// It must not hold.
    pub not: bool,
}

impl Condition {
    /// `not(test)`.
    pub const NO_TEST: Self = Self {
        name: word::TEST,
        not: true,
    };

    /// What holds where this does not.
    pub fn negated(self) -> Self {
        Self { not: !self.not, ..self }
    }
}

/// A part of a module: a scope of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Body {
    /// The file, by position.
    pub file: u32,
    /// The scope in it.
    pub scope: u32,
    /// It is compiled for tests alone.
    pub test: bool,
    /// The condition of what brings it to the module.
    pub when: Option<Condition>,
    /// Where it is brought; none for the root.
    pub origin: Option<Origin>,
}

/// Where a module is declared, or a file included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// In this module.
    pub node: u32,
    /// In this file.
    pub file: u32,
    /// In this scope of the file.
    pub scope: u32,
    /// At this byte of the file.
    pub at: u32,
    /// Its macros of textual scope are seen behind it.
    pub open: bool,
}

/// A file that was read, and how it stands in this run.
#[derive(Debug)]
pub struct File {
    /// Where its text is.
    pub id: FileId,
    /// Where it lies.
    pub path: Utf8PathBuf,
    /// What it says.
    pub facts: Arc<Facts>,
    /// What its text is known by.
    pub key: Key,
    /// Its names, by their positions in the facts.
    pub symbols: Vec<Symbol>,
    /// For each scope that is a module, the blocks in it.
    pub blocks: Vec<Vec<u32>>,
}

impl File {
    /// A condition that stands in this file.
    pub fn condition(&self, when: Option<When>) -> Option<Condition> {
        when.map(|When { name, not }| Condition {
            name: self.symbols[name as usize],
            not,
        })
    }
}
