//! Names that come by way of globs.

use super::{End, Found, Question, Resolver};
use crate::code::facts::space;
use crate::code::names::{ImportId, Meaning};
use crate::code::symbols::Symbol;

/// So many globs are gone through for one path at most: globs that lead to one another in crowds take no end of them.
const MOST_WALKED: usize = 20_000;

impl Resolver<'_> {
    /// A name that a module's globs bring, as somebody in `from` sees it.
    pub(super) fn by_glob(
        &self,
        module: u32,
        name: Symbol,
        space: u32,
        from: u32,
        question: &mut Question,
    ) -> Option<Found> {
        let globs = &self.tables.module(module).globs;
        if globs.is_empty() {
            return None;
        }
        let own = module == from;
        let seen: Vec<ImportId> = globs
            .iter()
            .copied()
            .filter(|id| own || self.is_seen_from(&self.declared(*id).sight, id.node, id.file, from))
            .collect();
        self.through_globs(&seen, name, space, module, question)
    }

    /// A name that these globs bring to a module.
    pub(super) fn through_globs(
        &self,
        globs: &[ImportId],
        name: Symbol,
        space: u32,
        from: u32,
        question: &mut Question,
    ) -> Option<Found> {
        globs
            .iter()
            .find_map(|id| self.through_glob(*id, name, space, from, question))
    }

    fn through_glob(
        &self,
        id: ImportId,
        name: Symbol,
        space: u32,
        from: u32,
        question: &mut Question,
    ) -> Option<Found> {
        if question.is_over()
            || question.walked.len() >= MOST_WALKED
            || !question.walked.insert((id.number, name, space))
        {
            return None;
        }
        let target = self.import(id, space::TYPE, question)?;
        let found = match target.end {
            End::Module(module) => self.brought(module, name, space, from, question),
            End::Item { home, at, .. } => self.variant(home, at, name),
            End::Unseen(_) | End::Package(_) | End::Language => None,
        };
        found.map(|mut found| {
            let mut hops = target.hops;
            hops.append(&mut found.hops);
            found.hops = hops;
            found
        })
    }

    /// A name of a module that a glob brings to another: only what can be seen from there.
    fn brought(&self, module: u32, name: Symbol, space: u32, from: u32, question: &mut Question) -> Option<Found> {
        let table = self.tables.module(module);
        let mut named = false;
        for meaning in table.get(name, space) {
            named = true;
            if question.is_over() {
                return None;
            }
            match meaning {
                Meaning::Module(node) if self.is_module_seen(node, from) => return Some(Found::at(End::Module(node))),
                Meaning::Item {
                    home,
                    file,
                    scope,
                    index,
                } => {
                    let item = &self.forest.files[file as usize].facts.scopes[scope as usize].items[index as usize];
                    if item.exported || self.is_seen_from(&item.sight, home, file, from) {
                        let at = (file, scope, index);
                        let found = Found::at(End::Item { home, name, at });
                        return Some(if home == module { found } else { found.through(module) });
                    }
                }
                Meaning::Import(id) if self.is_seen_from(&self.declared(id).sight, module, id.file, from) => {
                    if let Some(found) = self.import(id, space, question) {
                        return Some(found.through(module));
                    }
                }
                _ => {}
            }
        }
        if named && table.globs.is_empty() {
            return None;
        }
        self.by_glob(module, name, space, from, question)
            .map(|found| found.through(module))
    }

    /// A variant of an enum that a glob names.
    fn variant(&self, home: u32, at: (u32, u32, u32), name: Symbol) -> Option<Found> {
        let file = &self.forest.files[at.0 as usize];
        let item = &file.facts.scopes[at.1 as usize].items[at.2 as usize];
        let mut variants = item.variants.iter().map(|variant| file.symbols[*variant as usize]);
        variants
            .any(|variant| variant == name)
            .then(|| Found::at(End::Item { home, name, at }))
    }

    /// Whether a module can be named from another.
    fn is_module_seen(&self, node: u32, from: u32) -> bool {
        let module = &self.forest.nodes[node as usize];
        let Some(parent) = module.parent else { return true };
        if module.public {
            return true;
        }
        match module.within {
            None => self.is_below(from, parent),
            Some((file, scope, index)) => {
                let facts = &self.forest.files[file as usize].facts;
                let declaration = &facts.scopes[scope as usize].modules[index as usize];
                self.is_seen_from(&declaration.sight, parent, file, from)
            }
        }
    }
}
