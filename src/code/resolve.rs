//! Looks paths up as rustc does: in the scopes around them, through imports and globs, in the extern prelude, and then
//! segment by segment.

use std::sync::OnceLock;

use super::facts::{Import, PathText, space};
use super::hash::FastSet;
use super::names::{ImportId, Meaning, Tables};
use super::prelude::Externs;
use super::symbols::Symbol;
use super::tree::Forest;
use crate::workspace::NodeId;

mod globs;
mod heads;
mod sight;
mod solve;

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

/// Looks paths up.
pub struct Resolver<'f> {
    pub(super) forest: &'f Forest,
    pub(super) tables: Tables,
    pub(super) externs: Externs,
    /// What imports lead to, by number and namespace. All are known once a resolver was made.
    answers: Vec<[OnceLock<Option<Found>>; 3]>,
}

/// One question, while it is answered.
#[derive(Default)]
pub(super) struct Question {
    /// The imports that are being followed.
    open: Vec<(u32, u32)>,
    /// How many imports were followed.
    followed: u32,
    /// Something was met that is not known yet, so that what is found is no answer.
    unknown: bool,
    /// What is not known yet counts as if it were not there.
    lenient: bool,
    /// The globs that were gone through for a name in a namespace: none is gone through twice.
    walked: FastSet<(u32, Symbol, u32)>,
}

impl Question {
    /// Whether it cannot be answered any more.
    fn is_over(&self) -> bool {
        self.unknown && !self.lenient
    }
}

impl<'f> Resolver<'f> {
    /// For these modules and packages.
    pub fn new(forest: &'f Forest, externs: Externs) -> Self {
        let tables = Tables::new(forest);
        let answers = tables.imports.iter().map(|_| Default::default()).collect();
        let mut resolver = Self {
            forest,
            tables,
            externs,
            answers,
        };
        resolver.solve();
        resolver
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
        question.walked.clear();
        let (mut found, mut rest) = self.head(path.global, &names, space, place, of_use, question)?;
        while let Some((name, further)) = rest.split_first() {
            let End::Module(module) = found.end else { break };
            let wanted = if further.is_empty() { space } else { space::TYPE };
            rest = further;
            question.walked.clear();
            match self.member(module, *name, wanted, place.node, question) {
                Some(next) => {
                    found.hops.extend(next.hops);
                    found.end = next.end;
                    found.others = next.others;
                }
                // An import of a module or a function brings no macro of that name.
                None if of_use && wanted == space::MACRO && self.is_held(module, *name, place.node, question) => {
                    return None;
                }
                None => found.end = End::Unseen(module),
            }
        }
        Some(found)
    }

    /// Whether a module holds something under a name that is no macro.
    fn is_held(&self, module: u32, name: Symbol, from: u32, question: &mut Question) -> bool {
        [space::TYPE, space::VALUE].into_iter().any(|space| {
            question.walked.clear();
            let found = self.member(module, name, space, from, question);
            found.is_some_and(|found| found.is_seen())
        })
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
            let elsewhere = matches!(found.end, End::Item { home, .. } if home != module);
            return Some(if imported || elsewhere {
                found.through(module)
            } else {
                found
            });
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
            if question.is_over() {
                return None;
            }
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
