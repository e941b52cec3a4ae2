//! What imports lead to, all of them before the first path is looked up.
//!
//! As in rustc, an import is settled once all that its path asks for is settled, round by round, so that neither the order
//! of imports nor who comes first matters. What is left then waits for itself: a name that is imported and a package of
//! the same name, say, or globs whose own names could come from each other. Of those, the globs that lead somewhere
//! although what is open is left aside are settled first, then such imports of names, and all again.

use rayon::prelude::*;

use super::{End, Found, ImportId, Question, Resolver, distinct};
use crate::code::facts::space;

/// So many imports are followed in a row at most; the next round comes to the others.
const MOST_OPEN: usize = 100;

/// So many imports are followed at most to settle one; the next round comes to the others.
const MOST_FOLLOWED: u32 = 500;

/// So often is what waits for itself settled by force; what is left is what only source without sense holds.
const MOST_TURNS: usize = 64;

/// An import in one namespace.
type Open = (ImportId, u32);

impl Resolver<'_> {
    /// Settles all imports.
    pub(super) fn solve(&mut self) {
        let mut left: Vec<Open> = Vec::new();
        for id in &self.tables.imports {
            let import = self.declared(*id);
            let of_type = import.glob || import.of_crate || import.of_module;
            left.push((*id, space::TYPE));
            if of_type {
                self.settle((*id, space::VALUE), None);
                self.settle((*id, space::MACRO), None);
            } else {
                left.extend([(*id, space::VALUE), (*id, space::MACRO)]);
            }
        }
        for turn in 0.. {
            self.strictly(&mut left);
            if left.is_empty() {
                break;
            }
            // What is open counts as not there, and names that have many such imports are asked for by as many.
            let mut tables = std::mem::take(&mut self.tables);
            tables.hide(|id| self.spaces(id));
            self.tables = tables;
            let globs = left.iter().copied().filter(|(id, _)| self.declared(*id).glob);
            let last =
                turn >= MOST_TURNS || !self.leniently(globs.collect(), false) && !self.leniently(left.clone(), false);
            if last {
                self.leniently(left.clone(), true);
            }
            self.tables.show();
        }
        let mut tables = std::mem::take(&mut self.tables);
        tables.narrow(|id| self.spaces(id));
        self.tables = tables;
    }

    /// The namespaces in which an import is known to lead somewhere.
    fn spaces(&self, id: ImportId) -> u32 {
        [space::TYPE, space::VALUE, space::MACRO]
            .into_iter()
            .filter(|space| matches!(self.answer((id, *space)), Some(Some(_))))
            .sum()
    }

    /// Settles what depends on nothing open, until no more is.
    fn strictly(&self, left: &mut Vec<Open>) {
        loop {
            let before = left.len();
            left.par_iter().with_min_len(64).for_each(|(id, space)| {
                self.import(*id, *space, &mut Question::default());
            });
            left.retain(|open| self.answer(*open).is_none());
            if left.len() == before {
                return;
            }
        }
    }

    /// Settles, at once, those that lead somewhere when what is open counts as not there, or all; gives whether any was.
    fn leniently(&self, left: Vec<Open>, all: bool) -> bool {
        let found: Vec<(Open, Option<Found>)> = left
            .into_par_iter()
            .with_min_len(64)
            .map(|(id, space)| {
                let mut question = Question {
                    lenient: true,
                    ..Question::of((id, space))
                };
                ((id, space), self.follow(id, space, &mut question))
            })
            .collect();
        let leads = |found: &Option<Found>| found.as_ref().is_some_and(|found| !matches!(found.end, End::Unseen(_)));
        let mut any = false;
        for (open, found) in found {
            if all || leads(&found) {
                self.settle(open, found);
                any = true;
            }
        }
        any
    }

    fn answer(&self, (id, space): Open) -> Option<&Option<Box<Found>>> {
        // The namespaces are 1, 2 and 4.
        self.answers[id.number as usize][(space >> 1) as usize].get()
    }

    fn settle(&self, (id, space): Open, found: Option<Found>) {
        // Whoever else has settled it has found the same.
        let _ = self.answers[id.number as usize][(space >> 1) as usize].set(found.map(Box::new));
    }

    /// All that an import brings, without those that say the same.
    pub fn imported(&self, id: ImportId) -> Vec<Found> {
        let all = [space::TYPE, space::VALUE, space::MACRO];
        let answers = all.map(|space| self.answer((id, space)).and_then(Option::as_deref));
        distinct(answers.into_iter().flatten().cloned())
    }

    /// What an import brings into this namespace.
    pub(super) fn import(&self, id: ImportId, space: u32, question: &mut Question) -> Option<Found> {
        // As in rustc, an import does not see itself: `use log;` names the package.
        if question.open.last().is_some_and(|(number, _)| *number == id.number) {
            return None;
        }
        if let Some(known) = self.answer((id, space)) {
            return known.as_deref().cloned();
        }
        let key = (id.number, space);
        if question.unknown
            || question.lenient
            || question.open.len() >= MOST_OPEN
            || question.followed >= MOST_FOLLOWED
            || question.open.contains(&key)
        {
            question.unknown = true;
            return None;
        }
        question.followed += 1;
        question.open.push(key);
        // Its answer may not depend on who asks.
        let walked = std::mem::take(&mut question.walked);
        let found = self.follow(id, space, question);
        question.walked = walked;
        question.open.pop();
        if question.unknown {
            return None;
        }
        self.settle((id, space), found.clone());
        found
    }

    /// Imports, each in a namespace, of which another look-up now finds something else than what was settled.
    #[cfg(test)]
    pub(in crate::code) fn unsettled(&self) -> Vec<(ImportId, u32)> {
        let all = self.tables.imports.iter();
        let all = all.flat_map(|id| [space::TYPE, space::VALUE, space::MACRO].map(|space| (*id, space)));
        let way = |found: &Found| (found.hops.clone(), found.end);
        let ways = |found: Option<&Found>| found.map(|found| found.meanings().map(way).collect::<Vec<_>>());
        all.filter(|(id, space)| {
            let import = self.declared(*id);
            let again = self.follow(*id, *space, &mut Question::of((*id, *space)));
            let settled = self.answer((*id, *space)).and_then(Option::as_deref);
            (*space == space::TYPE || !import.glob && !import.of_module) && ways(settled) != ways(again.as_ref())
        })
        .collect()
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
        if space & space::TYPE != 0 {
            return Some(found);
        }
        let is_module = |found: &Found| matches!(found.end, End::Module(_));
        if found.meanings().any(is_module) {
            return Found::join(found.apart().filter(|found| !is_module(found)));
        }
        Some(found)
    }
}
