//! Looks paths up as rustc does: in the scopes around them, through imports and globs, in the extern prelude, and then
//! segment by segment.

use std::sync::{Mutex, PoisonError};

use super::facts::{Import, PathText, space};
use super::hash::FastMap;
use super::names::{ImportId, Meaning, Tables};
use super::prelude::Externs;
use super::symbols::Symbol;
use super::tree::Forest;
use crate::workspace::NodeId;

mod globs;
mod heads;
mod sight;

/// From where a path is looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The module.
    pub node: u32,
    /// The file that the path stands in.
    pub file: u32,
    /// The scope in the file.
    pub scope: u32,
    /// It is compiled for tests alone.
    pub test: bool,
}

/// What a path leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum End {
    /// A module.
    Module(u32),
    /// An item, in this module.
    Item {
        /// The module that it lives in.
        home: u32,
        /// Its name.
        name: Symbol,
        /// Where it is defined: file, scope and position.
        at: (u32, u32, u32),
    },
    /// Something in this module that nobody saw defined: a macro may have made it.
    Unseen(u32),
    /// A package that was not read, or something in it.
    Package(NodeId),
    /// The language's own crates, of which nothing is said.
    Language,
}

/// What came of looking a path up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The modules, in order, whose imports were followed: those that only re-export what is named.
    pub hops: Vec<u32>,
    /// Where it ends.
    pub end: End,
    /// Further packages of the same name, of which each is meant on some platform.
    pub others: Vec<NodeId>,
}

impl Found {
    fn at(end: End) -> Self {
        Self {
            hops: Vec::new(),
            end,
            others: Vec::new(),
        }
    }

    /// Whether what is named was seen.
    fn is_seen(&self) -> bool {
        !matches!(self.end, End::Unseen(_) | End::Package(_) | End::Language)
    }

    /// The same, reached by way of an import in this module.
    fn through(mut self, node: u32) -> Self {
        self.hops.insert(0, node);
        self
    }
}

/// What imports lead to, by namespace.
type Known = FastMap<(ImportId, u32), Option<Found>>;

/// Looks paths up.
pub struct Resolver<'f> {
    pub(super) forest: &'f Forest,
    pub(super) tables: Tables,
    pub(super) externs: Externs,
    /// What imports lead to, by namespace; only answers that no circle cut short.
    known: Vec<Mutex<Known>>,
}

/// One question, while it is answered.
#[derive(Default)]
pub(super) struct Question {
    /// The imports that are being followed.
    open: Vec<(ImportId, u32)>,
    /// The outermost of the open imports that was met again: answers inside of it are not whole.
    cut: Option<usize>,
    /// How many steps were taken.
    steps: u32,
}

/// So many imports are followed in a row at most; rustc follows 128 expansions.
const MOST_OPEN: usize = 100;

/// So many steps are taken for one path at most: globs that lead to one another in crowds take no end of them.
const MOST_STEPS: u32 = 20_000;

impl<'f> Resolver<'f> {
    /// For these modules and packages.
    pub fn new(forest: &'f Forest, externs: Externs) -> Self {
        Self {
            forest,
            tables: Tables::new(forest),
            externs,
            known: (0..64).map(|_| Mutex::default()).collect(),
        }
    }

    /// What a path leads to, its last name in this namespace.
    pub fn path(&self, path: &PathText, space: u32, place: Place, of_use: bool) -> Option<Found> {
        self.look_up(path, space, place, of_use, &mut Question::default())
    }

    /// All that a path leads to, one in each namespace, without those that say the same.
    pub fn everything(&self, path: &PathText, space: u32, place: Place, of_use: bool) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        let mut unseen = None;
        for one in [space::TYPE, space::VALUE, space::MACRO] {
            if space & one == 0 {
                continue;
            }
            match self.path(path, one, place, of_use) {
                Some(answer) if !answer.is_seen() => unseen = unseen.or(Some(answer)),
                Some(answer) if !found.contains(&answer) => found.push(answer),
                _ => {}
            }
        }
        if found.is_empty() {
            found.extend(unseen);
        }
        found
    }

    /// The package that an `extern crate` names.
    pub fn crate_of(&self, id: ImportId) -> Option<Found> {
        self.extern_crate(self.declared(id), self.place_of(id))
    }

    fn look_up(
        &self,
        path: &PathText,
        space: u32,
        place: Place,
        of_use: bool,
        question: &mut Question,
    ) -> Option<Found> {
        let symbols = &self.forest.files[place.file as usize].symbols;
        let names: Vec<Symbol> = path.names.iter().map(|name| symbols[*name as usize]).collect();
        let (mut found, mut rest) = self.head(path.global, &names, space, place, of_use, question)?;
        while let Some((name, further)) = rest.split_first() {
            let End::Module(module) = found.end else { break };
            let wanted = if further.is_empty() { space } else { space::TYPE };
            rest = further;
            match self.member(module, *name, wanted, place.node, question) {
                Some(next) => {
                    found.hops.extend(next.hops);
                    found.end = next.end;
                    found.others = next.others;
                }
                None => found.end = End::Unseen(module),
            }
        }
        Some(found)
    }

    /// What a module holds under a name, as somebody in `from` sees it; by way of the module, where it only imports it.
    pub(super) fn member(
        &self,
        module: u32,
        name: Symbol,
        space: u32,
        from: u32,
        question: &mut Question,
    ) -> Option<Found> {
        let table = self.tables.module(module);
        if let Some(found) = self.explicit(table, name, space, question) {
            let (found, imported) = found;
            return Some(if imported { found.through(module) } else { found });
        }
        let found = self.by_glob(module, name, space, from, question)?;
        Some(found.through(module))
    }

    /// What a table says of a name, and whether by an import.
    pub(super) fn explicit(
        &self,
        table: &super::names::Table,
        name: Symbol,
        space: u32,
        question: &mut Question,
    ) -> Option<(Found, bool)> {
        let mut unseen = None;
        for meaning in table.get(name, space) {
            match meaning {
                Meaning::Module(node) => return Some((Found::at(End::Module(node)), false)),
                Meaning::Item {
                    home,
                    file,
                    scope,
                    index,
                } => {
                    let at = (file, scope, index);
                    return Some((Found::at(End::Item { home, name, at }), false));
                }
                Meaning::Import(id) => match self.import(id, space, question) {
                    Some(found) if found.is_seen() => return Some((found, true)),
                    Some(found) => unseen = unseen.or(Some((found, true))),
                    None => {}
                },
            }
        }
        unseen
    }

    pub(super) fn declared(&self, id: ImportId) -> &'f Import {
        &self.forest.files[id.file as usize].facts.scopes[id.scope as usize].imports[id.index as usize]
    }

    /// What an import brings into this namespace.
    pub(super) fn import(&self, id: ImportId, space: u32, question: &mut Question) -> Option<Found> {
        let shard = &self.known[(id.node ^ id.index.rotate_left(3)) as usize % self.known.len()];
        let key = (id, space);
        if let Some(known) = shard.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return known.clone();
        }
        if let Some(depth) = question.open.iter().position(|open| *open == key) {
            question.cut = Some(question.cut.map_or(depth, |cut| cut.min(depth)));
            return None;
        }
        question.steps += 1;
        if question.open.len() >= MOST_OPEN || question.steps > MOST_STEPS {
            question.cut = Some(0);
            return None;
        }
        let depth = question.open.len();
        question.open.push(key);
        let found = self.follow(id, space, question);
        question.open.pop();
        // What was cut short inside of this import alone is whole again here.
        let whole = question.cut.is_none_or(|cut| cut >= depth);
        if whole && question.steps <= MOST_STEPS {
            question.cut = None;
            shard
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .insert(key, found.clone());
        }
        found
    }

    fn follow(&self, id: ImportId, space: u32, question: &mut Question) -> Option<Found> {
        let import = self.declared(id);
        let place = self.place_of(id);
        if import.of_crate {
            return (space & space::TYPE != 0)
                .then(|| self.extern_crate(import, place))
                .flatten();
        }
        if import.of_module && space & space::TYPE == 0 {
            return None;
        }
        let found = self.look_up(&import.path, space, place, true, question)?;
        let right = match found.end {
            End::Module(_) => space & space::TYPE != 0,
            _ => true,
        };
        right.then_some(found)
    }

    /// From where an import's path is looked up.
    pub(super) fn place_of(&self, id: ImportId) -> Place {
        let bodies = &self.forest.nodes[id.node as usize].bodies;
        let test = bodies.iter().any(|body| body.file == id.file && body.test);
        Place {
            node: id.node,
            file: id.file,
            scope: id.scope,
            test: test || self.declared(id).test,
        }
    }
}
