//! Names that come by way of globs.

use super::{End, Found, Gathered, Question, Resolver, Within};
use crate::code::facts::space;
use crate::code::names::{ImportId, Meaning};
use crate::code::symbols::Symbol;

/// So many globs are gone through for one path at most: globs that lead to one another in crowds take no end of them.
const MOST_WALKED: usize = 20_000;

impl Resolver<'_> {
    /// A name that a module's globs bring where nothing that was gathered is, as somebody in `from` sees it.
    pub(super) fn by_glob(
        &self,
        within: Within<'_>,
        name: (Symbol, u32),
        from: u32,
        question: &mut Question,
        gathered: &mut Gathered,
    ) {
        let own = within.node == from;
        let seen = |id: ImportId| own || self.is_seen_from(&self.declared(id).sight, id.node, id.file, from);
        self.through_globs(within, name, seen, question, gathered);
    }

    /// A name that the globs of a scope bring, of those that are seen.
    pub(super) fn through_globs(
        &self,
        within: Within<'_>,
        (name, space): (Symbol, u32),
        seen: impl Fn(ImportId) -> bool,
        question: &mut Question,
        gathered: &mut Gathered,
    ) {
        if !gathered.is_open() {
            return;
        }
        gathered.below();
        for (id, conditional) in within.table.globs(self.is_tested(within.node, question)) {
            let arm = conditional.then(|| self.arm(Meaning::Import(id)));
            if gathered.is_open()
                && seen(id)
                && let Some(found) = self.through_glob(id, name, space, within.node, question)
            {
                gathered.add_of_glob(within.way(found), arm);
            }
        }
    }

    fn through_glob(
        &self,
        id: ImportId,
        name: Symbol,
        space: u32,
        from: u32,
        question: &mut Question,
    ) -> Option<Found> {
        let asked = (id.number, name, space);
        if let Some(known) = question.walked.get(&asked) {
            return known.clone();
        }
        if question.is_over() || question.walked.len() >= MOST_WALKED {
            return None;
        }
        // What leads back to it brings nothing more.
        question.walked.insert(asked, None);
        let targets = self.import(id, space::TYPE, question)?.apart();
        let brought = targets.filter_map(|target| {
            let found = match target.end {
                End::Module(module) => self.brought(module, name, space, from, question),
                End::Item { home, at, .. } => self.variant(home, at, name),
                End::Unseen(_) | End::Package(_) | End::Language => None,
            };
            Some(found?.behind(&target))
        });
        let found = Found::join(brought);
        question.walked.insert(asked, found.clone());
        found
    }

    /// A name of a module that a glob brings to another: only what can be seen from there.
    pub(super) fn brought(
        &self,
        module: u32,
        name: Symbol,
        space: u32,
        from: u32,
        question: &mut Question,
    ) -> Option<Found> {
        let seen = |meaning| match meaning {
            Meaning::Module(node) => self.is_module_seen(node, from),
            Meaning::Item {
                home,
                file,
                scope,
                index,
            } => {
                let item = self.forest.item((file, scope, index));
                item.exported || self.is_seen_from(&item.sight, home, file, from)
            }
            Meaning::Import(id) => self.is_seen_from(&self.declared(id).sight, module, id.file, from),
        };
        let within = Within {
            table: self.tables.module(module),
            node: module,
            by: Some(module),
        };
        let mut gathered = Gathered::default();
        self.explicit(within, (name, space), question, seen, &mut gathered);
        self.by_glob(within, (name, space), from, question, &mut gathered);
        Some(self.seen_from(gathered.done()?, module, from))
    }

    /// A variant of an enum that a glob names.
    fn variant(&self, home: u32, at: (u32, u32, u32), name: Symbol) -> Option<Found> {
        let file = &self.forest.files[at.0 as usize];
        let item = self.forest.item(at);
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
