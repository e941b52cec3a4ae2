//! Looks paths up as rustc does: in the scopes around them, through imports and globs, in the extern prelude, and then
//! segment by segment.

use std::sync::OnceLock;

use smallvec::SmallVec;

use super::facts::{Import, PathText, space};
use super::names::{ImportId, Meaning, Table, Tables};
use super::prelude::Externs;
use super::symbols::Symbol;
use super::tree::{Condition, Forest};

mod found;
mod globs;
mod heads;
mod question;
mod sight;
mod solve;
mod textual;

pub use found::{End, Found};
use found::{Gathered, distinct};
use question::Question;
use textual::Textual;

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
    /// The condition that it stands under.
    pub when: Option<Condition>,
    /// At which byte of the file: a lone name of a macro sees what stands before.
    pub at: u32,
}

/// A scope in which a name is looked up.
#[derive(Clone, Copy)]
struct Within<'t> {
    /// What it holds.
    table: &'t Table,
    /// The module that it is of.
    node: u32,
    /// The module by way of which others name what it imports; none in the scope itself.
    by: Option<u32>,
}

impl Within<'_> {
    /// What is found in it, as it is named from where that is asked.
    fn way(self, found: Found) -> Found {
        match self.by {
            Some(module) => found.through(module),
            None => found,
        }
    }
}

/// Looks paths up.
pub struct Resolver<'f> {
    pub(super) forest: &'f Forest,
    pub(super) tables: Tables,
    pub(super) textual: Textual,
    pub(super) externs: Externs,
    /// What imports lead to, by number and namespace. All are known once a resolver was made. Most lead nowhere in most
    /// namespaces.
    answers: Vec<[OnceLock<Option<Box<Found>>>; 3]>,
}

impl<'f> Resolver<'f> {
    /// For these modules and packages.
    pub fn new(forest: &'f Forest, externs: Externs) -> Self {
        let tables = Tables::new(forest);
        let textual = Textual::new(forest, &tables);
        let answers = tables.imports.iter().map(|_| Default::default()).collect();
        let mut resolver = Self {
            forest,
            tables,
            textual,
            externs,
            answers,
        };
        resolver.solve();
        resolver
    }

    /// What a path leads to, its last name in this namespace.
    pub fn path(&self, path: &PathText, space: u32, place: Place) -> Option<Found> {
        self.look_up(path, space, place, false, &mut Question::default())
    }

    /// All that a path leads to, one in each namespace, without those that say the same.
    pub fn everything(&self, path: &PathText, spaces: u32, place: Place) -> Vec<Found> {
        let all = [space::TYPE, space::VALUE, space::MACRO].into_iter();
        let asked = all.filter(|space| spaces & space != 0);
        distinct(asked.filter_map(|space| self.path(path, space, place)))
    }

    fn look_up(
        &self,
        path: &PathText,
        space: u32,
        place: Place,
        of_use: bool,
        question: &mut Question,
    ) -> Option<Found> {
        let tested = place.test.then(|| self.forest.nodes[place.node as usize].of);
        let outer = std::mem::replace(&mut question.tested, tested);
        let found = self.follow_path(path, space, place, of_use, question);
        question.tested = outer;
        let found = found?;
        if found.is_under_none() {
            return Some(found);
        }
        let around = self.conditions_around(place);
        Some(found.within(&around))
    }

    /// The conditions under which a place is compiled: its own, and those of the modules around it.
    fn conditions_around(&self, place: Place) -> Vec<Condition> {
        let arm = self.forest.arm(place.node, place.file, place.scope);
        let mut all: Vec<Condition> = place.when.into_iter().chain(arm).collect();
        let mut node = Some(place.node);
        while let Some(at) = node {
            let module = &self.forest.nodes[at as usize];
            if let [Some(when)] = module.when[..] {
                all.push(when);
            }
            node = module.parent;
        }
        all
    }

    fn follow_path(
        &self,
        path: &PathText,
        space: u32,
        place: Place,
        of_use: bool,
        question: &mut Question,
    ) -> Option<Found> {
        let symbols = &self.forest.files[place.file as usize].symbols;
        let names: SmallVec<[Symbol; 8]> = path.names.iter().map(|name| symbols[*name as usize]).collect();
        question.walked.clear();
        let (mut found, mut rest) = self.head(path.global, &names, space, place, of_use, question)?;
        while let Some((name, further)) = rest.split_first() {
            let wanted = if further.is_empty() { space } else { space::TYPE };
            rest = further;
            let macro_of_use = of_use && wanted == space::MACRO;
            let mut step = |found: Found| self.step(found, *name, wanted, place, macro_of_use, question);
            found = if found.others.is_empty() {
                step(found)?
            } else {
                Found::join(found.apart().filter_map(step))?
            };
        }
        Some(found)
    }

    /// Where a path leads with one more name.
    fn step(
        &self,
        before: Found,
        name: Symbol,
        wanted: u32,
        place: Place,
        macro_of_use: bool,
        question: &mut Question,
    ) -> Option<Found> {
        let End::Module(module) = before.end else {
            return Some(before);
        };
        question.walked.clear();
        match self.member(module, name, wanted, place.node, question) {
            Some(next) => Some(next.behind(&before)),
            // An import of a module or a function brings no macro of that name.
            None if macro_of_use && self.is_held(module, name, place.node, question) => None,
            None => Some(before.each(|found| found.end = End::Unseen(module))),
        }
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
    fn member(&self, module: u32, name: Symbol, space: u32, from: u32, question: &mut Question) -> Option<Found> {
        let within = Within {
            table: self.tables.module(module),
            node: module,
            by: Some(module),
        };
        let mut gathered = Gathered::default();
        self.explicit(within, (name, space), question, |_| true, &mut gathered);
        self.by_glob(within, (name, space), from, question, &mut gathered);
        Some(self.seen_from(gathered.done()?, module, from))
    }

    /// What a module of one crate shows another is under no condition that this one could name.
    fn seen_from(&self, found: Found, module: u32, from: u32) -> Found {
        let of = |node: u32| self.forest.nodes[node as usize].of;
        let same = of(module) == of(from);
        if same { found } else { found.unconditional() }
    }

    /// What a table says of a name in a namespace, of what is seen.
    fn explicit(
        &self,
        within: Within<'_>,
        (name, space): (Symbol, u32),
        question: &mut Question,
        seen: impl Fn(Meaning) -> bool,
        gathered: &mut Gathered,
    ) {
        let mut unseen = Vec::new();
        for (meaning, conditional) in within.table.get(name, space, self.is_tested(within.node, question)) {
            if question.is_over() {
                return;
            }
            let arm = conditional.then(|| self.arm(meaning));
            if !gathered.takes(arm) || !seen(meaning) {
                continue;
            }
            match meaning {
                Meaning::Module(node) => gathered.add(Found::at(End::Module(node)), arm),
                Meaning::Item {
                    home,
                    file,
                    scope,
                    index,
                } => {
                    let at = (file, scope, index);
                    let found = Found::at(End::Item { home, name, at });
                    let own = within.by.is_none_or(|module| module == home);
                    gathered.add(if own { found } else { within.way(found) }, arm);
                }
                Meaning::Import(id) => match self.import(id, space, question) {
                    Some(found) if found.is_seen() => gathered.add(within.way(found), arm),
                    Some(found) => unseen.push((within.way(found), arm)),
                    None => {}
                },
            }
            if !gathered.is_open() {
                return;
            }
        }
        // That what is not seen is in this namespace is taken for granted where nothing else is.
        for (found, arm) in unseen {
            if gathered.is_empty() || gathered.takes(arm) && !matches!(found.end, End::Unseen(_)) {
                gathered.add(found, arm);
            }
        }
    }

    /// Whether who asks is code for tests of the target that a module is of.
    fn is_tested(&self, node: u32, question: &Question) -> bool {
        question.tested == Some(self.forest.nodes[node as usize].of)
    }

    pub(super) fn declared(&self, id: ImportId) -> &'f Import {
        &self.forest.files[id.file as usize].facts.scopes[id.scope as usize].imports[id.index as usize]
    }

    /// From where an import's path is looked up.
    pub(super) fn place_of(&self, id: ImportId) -> Place {
        let bodies = &self.forest.nodes[id.node as usize].bodies;
        let mut of_file = bodies.iter().filter(|body| body.file == id.file);
        let test = of_file.clone().next().is_some() && of_file.all(|body| body.test);
        Place {
            node: id.node,
            file: id.file,
            scope: id.scope,
            test: test || self.declared(id).test,
            when: self.forest.files[id.file as usize].condition(self.declared(id).when),
            at: self.declared(id).start,
        }
    }
}
