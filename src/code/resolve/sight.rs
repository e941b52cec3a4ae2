//! From where something can be named.

use super::{Meaning, Resolver};
use crate::code::facts::{PathText, Sight, space};
use crate::code::symbols::word;

impl Resolver<'_> {
    /// Whether what has this sight in a module can be named from another.
    pub(super) fn is_seen_from(&self, sight: &Sight, home: u32, file: u32, from: u32) -> bool {
        if sight.public {
            return true;
        }
        let within = match &sight.within {
            None => Some(home),
            Some(path) => self.restriction(path, home, file),
        };
        within.is_some_and(|within| self.is_below(from, within))
    }

    /// The module that `pub(…)` names.
    fn restriction(&self, path: &PathText, home: u32, file: u32) -> Option<u32> {
        let symbols = &self.forest.files[file as usize].symbols;
        let mut node = None;
        for name in &path.names {
            let name = symbols[*name as usize];
            node = match (name, node) {
                (word::CRATE, _) => Some(self.root_of(home)),
                (word::SELF, _) => Some(home),
                (word::SUPER, at) => self.forest.nodes[at.unwrap_or(home) as usize].parent,
                (name, at) => {
                    let table = self.tables.module(at.unwrap_or_else(|| self.root_of(home)));
                    table
                        .get(name, space::TYPE, true)
                        .find_map(|(meaning, _)| match meaning {
                            Meaning::Module(node) => Some(node),
                            _ => None,
                        })
                }
            };
            node?;
        }
        node
    }

    pub(super) fn is_below(&self, mut node: u32, above: u32) -> bool {
        loop {
            if node == above {
                return true;
            }
            match self.forest.nodes[node as usize].parent {
                Some(parent) => node = parent,
                None => return false,
            }
        }
    }

    pub(in crate::code) fn root_of(&self, node: u32) -> u32 {
        self.forest.crates[self.forest.nodes[node as usize].of as usize].root
    }
}
