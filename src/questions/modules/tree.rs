//! The modules of a crate as a tree, seen from one of them and to some depth.

use std::collections::{BTreeMap, BTreeSet};

use super::{ModuleEntry, ModuleUse, Reference};
use crate::code::{Code, ModuleId};
use crate::source::Span;
use crate::workspace::DependencyKind;

/// What is looked at.
pub(super) struct View<'c> {
    pub code: &'c Code,
    /// For each module, those from the root down to it, itself last.
    chains: Vec<Vec<ModuleId>>,
    /// The module below which is looked.
    below: ModuleId,
    /// How many modules stand above the deepest that are told apart.
    deepest: usize,
}

impl<'c> View<'c> {
    /// Looks below a module, so many levels deep.
    pub fn new(code: &'c Code, below: ModuleId, depth: Option<usize>) -> Self {
        let mut chains: Vec<Vec<ModuleId>> = Vec::with_capacity(code.modules.len());
        for index in 0..code.modules.len() {
            let mut chain = vec![ModuleId::new(index)];
            while let Some(parent) = code.module(chain[chain.len() - 1]).parent {
                chain.push(parent);
            }
            chain.reverse();
            chains.push(chain);
        }
        let above = chains[below.index()].len() - 1;
        Self {
            deepest: depth.map_or(usize::MAX, |depth| above.saturating_add(depth)),
            chains,
            code,
            below,
        }
    }

    /// The modules from the root down to one, itself last.
    pub fn chain(&self, id: ModuleId) -> &[ModuleId] {
        &self.chains[id.index()]
    }

    /// Whether a module lies below the one that is looked at, or is it.
    pub fn is_inside(&self, id: ModuleId) -> bool {
        self.chain(id).contains(&self.below)
    }

    /// Whether the modules that a module holds are told apart.
    pub fn is_open(&self, id: ModuleId) -> bool {
        self.is_inside(id) && self.chain(id).len() <= self.deepest
    }

    /// The module as whose part another counts: inside the one that does not lie too deep; outside the highest that does
    /// not hold what is looked at.
    fn part(&self, id: ModuleId) -> ModuleId {
        let chain = self.chain(id);
        if self.is_inside(id) {
            return chain[self.deepest.min(chain.len() - 1)];
        }
        let above = self.chain(self.below);
        let shared = chain.iter().zip(above).take_while(|(a, b)| a == b).count();
        chain[shared.min(chain.len() - 1)]
    }

    /// Every module that is told apart, behind the one that holds it, with what it uses.
    pub fn entries(&self, references: &[Reference], entry: &dyn Fn(ModuleId) -> ModuleEntry) -> Vec<ModuleEntry> {
        let mut uses: BTreeMap<(ModuleId, ModuleId), [BTreeSet<Span>; 2]> = BTreeMap::new();
        for reference in references.iter().filter(|reference| self.is_inside(reference.from)) {
            let (from, to) = (self.part(reference.from), self.part(reference.to));
            if from != to {
                let places = uses.entry((from, to)).or_default();
                places[usize::from(reference.test)].insert(reference.place);
            }
        }
        let mut entries: BTreeMap<ModuleId, ModuleEntry> = BTreeMap::new();
        for id in (0..self.chains.len())
            .map(ModuleId::new)
            .filter(|id| self.is_inside(*id))
        {
            let part = self.part(id);
            let found = entries.entry(part).or_insert_with(|| entry(part));
            found.holds += usize::from(part != id);
        }
        for ((from, to), [references, tests]) in uses {
            if let Some(found) = entries.get_mut(&from) {
                found.uses.push(ModuleUse {
                    path: self.code.module(to).path.clone(),
                    references: references.len(),
                    tests: tests.len(),
                });
            }
        }
        for found in entries.values_mut() {
            found
                .uses
                .sort_by(|a, b| (b.references, b.tests, &a.path).cmp(&(a.references, a.tests, &b.path)));
        }
        let mut entries: Vec<ModuleEntry> = entries.into_values().collect();
        let names = |path: &str| path.split("::").map(str::to_owned).collect::<Vec<_>>();
        entries.sort_by_cached_key(|entry| names(&entry.path));
        entries
    }

    /// Whether a module is built for tests alone.
    pub fn is_for_tests(&self, id: ModuleId) -> bool {
        self.code.module(id).kind == DependencyKind::Dev
    }
}
