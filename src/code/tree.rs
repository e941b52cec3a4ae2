//! Joins the files of every target by their `mod`s, as rustc does: one tree of modules a target.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use super::Unfollowed;
use super::cache::{Cache, Key};
use super::facts::{Facts, When};
use super::hash::FastMap;
use super::load::{Loaded, load};
use super::symbols::{Symbol, Symbols, word};
use crate::source::{FileId, SourceFile, Sources, Span, Tree, display_path};
use crate::workspace::targets::{RootKind, roots};
use crate::workspace::{DependencyKind, NodeId, Workspace};

mod complain;
mod files;
mod mount;

pub use mount::Mount;

/// More modules than this are not read: only files that include one another over and over make so many.
const MOST_MODULES: usize = 200_000;

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
    pub unread: Vec<super::Unread>,
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
        let mut bodies = node.bodies.iter();
        bodies.find(|body| body.file == file && body.scope == scope)?.when
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

/// Reads every target of these members.
pub fn read(workspace: &Workspace, members: &[NodeId], sources: &mut Sources, cache: Option<&Cache>) -> Forest {
    let mut builder = Builder::new(workspace, sources.tree().clone(), cache);
    let mut waiting = Vec::new();
    for (member, description) in members.iter().filter_map(|id| Some((*id, workspace.member(*id)?))) {
        builder.forest.unfollowed.entry(member).or_default();
        for root in roots(description, sources) {
            waiting.push(builder.target(member, root));
        }
    }
    while !waiting.is_empty() {
        builder.load(&waiting, sources);
        let mut next = Vec::new();
        for mount in waiting {
            builder.mount(&mount, &mut next);
        }
        waiting = next;
    }
    builder.finish()
}

/// Grows a [`Forest`].
pub struct Builder<'a> {
    workspace: &'a Workspace,
    tree: Tree,
    cache: Option<&'a Cache>,
    pub(super) forest: Forest,
    /// What stands at each path that was asked for.
    found: FastMap<Utf8PathBuf, Found>,
    /// The children of a module by their names.
    children: FastMap<(u32, Symbol), u32>,
}

/// What stands at a path.
#[derive(Clone, Debug)]
enum Found {
    Nothing,
    File(u32),
    Unreadable(String),
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

impl<'a> Builder<'a> {
    fn new(workspace: &'a Workspace, tree: Tree, cache: Option<&'a Cache>) -> Self {
        Self {
            workspace,
            tree,
            cache,
            forest: Forest {
                crates: Vec::new(),
                nodes: Vec::new(),
                files: Vec::new(),
                symbols: Symbols::default(),
                unread: Vec::new(),
                unfollowed: FastMap::default(),
            },
            found: FastMap::default(),
            children: FastMap::default(),
        }
    }

    /// Reads the files that these wait for and that were not read yet, at once.
    fn load(&mut self, waiting: &[Mount], sources: &mut Sources) {
        let mut wanted: Vec<&Utf8Path> = Vec::new();
        for path in waiting.iter().flat_map(|mount| &mount.candidates) {
            if !self.found.contains_key(path) && self.is_inside(path) {
                wanted.push(path);
            }
        }
        wanted.sort_unstable();
        wanted.dedup();
        let (tree, cache) = (&self.tree, self.cache);
        let loaded: Vec<(Utf8PathBuf, Result<Option<Loaded>, String>)> = wanted
            .into_par_iter()
            .map(|path| (path.to_owned(), load(tree, path, cache)))
            .collect();
        for (path, loaded) in loaded {
            let found = match loaded {
                Ok(None) => Found::Nothing,
                Err(why) => Found::Unreadable(why),
                Ok(Some(loaded)) => Found::File(self.add(&path, loaded, sources)),
            };
            self.found.insert(path, found);
        }
    }

    fn add(&mut self, path: &Utf8Path, loaded: Loaded, sources: &mut Sources) -> u32 {
        let shown = display_path(&self.workspace.root, path);
        let id = sources.add(SourceFile::new(shown, path.to_owned(), loaded.text));
        let facts = loaded.facts;
        let mut blocks = vec![Vec::new(); facts.scopes.len()];
        // A scope stands behind the one around it, so that its module is known by then.
        let mut modules: Vec<u32> = Vec::with_capacity(facts.scopes.len());
        for (position, scope) in (0u32..).zip(&facts.scopes) {
            let module = if scope.block {
                modules[scope.parent as usize]
            } else {
                position
            };
            modules.push(module);
            if scope.block {
                blocks[module as usize].push(position);
            }
        }
        let symbols = self.forest.symbols.of_facts(&facts);
        self.forest.files.push(File {
            id,
            path: path.to_owned(),
            facts,
            key: loaded.key,
            symbols,
            blocks,
        });
        position(self.forest.files.len() - 1)
    }

    /// Whether a file may be read: it lies in the workspace, or in the folder of a member.
    fn is_inside(&self, path: &Utf8Path) -> bool {
        let root = &self.workspace.root;
        path.starts_with(root)
            || self.workspace.members.iter().any(|member| {
                let outside = member.directory.starts_with("..");
                outside
                    && path.starts_with(crate::workspace::manifests::paths::normalize(
                        &root.join(&member.directory),
                    ))
            })
    }

    fn finish(self) -> Forest {
        self.forest
    }
}

/// A position as it is stored.
pub fn position(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
