//! The first name of a path, which decides where the rest is looked up.

use super::found::Gathered;
use super::{End, Found, ImportId, Meaning, Place, Question, Resolver, Table, Within};
use crate::code::facts::{Import, space};
use crate::code::symbols::{Symbol, word};

impl Resolver<'_> {
    /// What the first names of a path lead to, and the names that are left.
    pub(super) fn head<'n>(
        &self,
        global: bool,
        names: &'n [Symbol],
        space: u32,
        place: Place,
        of_use: bool,
        question: &mut Question,
    ) -> Option<(Found, &'n [Symbol])> {
        let (first, rest) = names.split_first()?;
        let root = self.root_of(place.node);
        let wanted = if rest.is_empty() { space } else { space::TYPE };
        let old = self.externs.is_2015(self.forest, place.node);
        let at_root = |question: &mut Question| self.member(root, *first, wanted, place.node, question);
        let lone_macro = rest.is_empty() && space == space::MACRO && !global && !(old && of_use);
        let textual = self.textual(*first, place).filter(|_| lone_macro);
        if textual.as_ref().is_some_and(Found::is_everywhere) {
            return Some((textual?, rest));
        }
        let found = match *first {
            // What `extern crate` brings to the root is named as if it stood everywhere.
            _ if old && (global || of_use) && self.of_root(root, *first, place.test).next().is_some() => {
                self.in_prelude(*first, wanted, place)
            }
            _ if global && old => at_root(question).or_else(|| self.in_prelude(*first, wanted, place)),
            _ if global => self.in_prelude(*first, wanted, place),
            word::CRATE => Some(Found::at(End::Module(root))),
            word::SELF => Some(Found::at(End::Module(place.node))),
            word::SUPER => return self.above(names, place.node),
            _ if old && of_use => at_root(question).or_else(|| self.in_prelude(*first, wanted, place)),
            _ => self.in_scope(*first, wanted, place, question),
        };
        // Where the macro's condition does not hold, the name means what it would without it.
        let mut found = Found::join(textual.into_iter().chain(found))?;
        let mut rest = rest;
        if *first == word::SELF && rest.first() == Some(&word::SUPER) {
            return self.above(rest, place.node);
        }
        if old && of_use && found.hops.first() == Some(&place.node) {
            // An import of the root that the root looks up is its own.
            found = found.each(|found| {
                if found.hops.first() == Some(&place.node) {
                    found.hops.remove(0);
                }
            });
        }
        while let Some((word::SELF, further)) = rest.split_first().map(|(first, further)| (*first, further)) {
            rest = further;
        }
        Some((found, rest))
    }

    /// `super`, once or more.
    fn above<'n>(&self, names: &'n [Symbol], from: u32) -> Option<(Found, &'n [Symbol])> {
        let mut node = from;
        let mut rest = names;
        while let Some((first, further)) = rest.split_first()
            && *first == word::SUPER
        {
            node = self.forest.nodes[node as usize].parent?;
            rest = further;
        }
        Some((Found::at(End::Module(node)), rest))
    }

    /// A name in the scopes around it: blocks, the module, and then the extern prelude.
    fn in_scope(&self, name: Symbol, space: u32, place: Place, question: &mut Question) -> Option<Found> {
        let facts = &self.forest.files[place.file as usize].facts;
        let mut scope = place.scope;
        let search = |table: &Table, question: &mut Question| {
            let mut gathered = Gathered::default();
            let within = Within {
                table,
                node: place.node,
                by: None,
            };
            self.explicit(within, (name, space), question, |_| true, &mut gathered);
            self.through_globs(within, (name, space), |_| true, question, &mut gathered);
            gathered.done()
        };
        while facts.scopes[scope as usize].block {
            if let Some(table) = self.tables.block(place.node, place.file, scope)
                && let Some(found) = search(table, question)
            {
                return Some(found);
            }
            scope = facts.scopes[scope as usize].parent;
        }
        let found = search(self.tables.module(place.node), question);
        if found.is_some() || question.is_over() {
            return found;
        }
        if space == space::MACRO {
            return self.of_macro_use(name, place, question);
        }
        self.in_prelude(name, space, place)
    }

    /// A crate that can be named without being imported.
    fn in_prelude(&self, name: Symbol, space: u32, place: Place) -> Option<Found> {
        if space & space::TYPE == 0 {
            return None;
        }
        let mut gathered = Gathered::default();
        for (id, conditional) in self.of_root(self.root_of(place.node), name, place.test) {
            let arm = conditional.then(|| self.arm(Meaning::Import(id)));
            if gathered.takes(arm) {
                match self.extern_crate(self.declared(id), self.place_of(id)) {
                    Some(found) => gathered.add(found, arm),
                    None if arm.is_none() => return gathered.done(),
                    None => {}
                }
            }
        }
        gathered.done().or_else(|| self.package(name, place))
    }

    /// The `extern crate`s in a target's root that bring this name: one, or each under a condition.
    fn of_root(&self, root: u32, name: Symbol, test: bool) -> impl Iterator<Item = (ImportId, bool)> {
        let named = self.tables.module(root).get(name, space::TYPE, test);
        named.filter_map(|(meaning, conditional)| match meaning {
            Meaning::Import(id) if self.declared(id).of_crate => Some((id, conditional)),
            _ => None,
        })
    }

    /// What `extern crate` names.
    pub(super) fn extern_crate(&self, import: &Import, place: Place) -> Option<Found> {
        let file = &self.forest.files[place.file as usize];
        let name = file.symbols[*import.path.names.first()? as usize];
        if name == word::SELF {
            return Some(Found::at(End::Module(self.root_of(place.node))));
        }
        self.package(name, place)
    }

    /// The library of a declared dependency, or of the own package.
    fn package(&self, name: Symbol, place: Place) -> Option<Found> {
        let of = self.forest.nodes[place.node as usize].of;
        let mut packages = self.externs.named(self.forest, of, name, place.test).into_iter();
        let of_rust = || {
            OF_RUST
                .contains(&self.forest.symbols.text(name))
                .then_some(End::Language)
        };
        let mut found = Found::at(packages.next().or_else(of_rust)?);
        // Each is meant on some platform.
        found.others = packages.map(Found::at).collect();
        Some(found)
    }
}

/// The crates that need no declaration.
const OF_RUST: [&str; 5] = ["std", "core", "alloc", "proc_macro", "test"];
