//! Names of all files as numbers, so that they compare fast.

use std::sync::Arc;

use super::facts::Facts;
use super::hash::FastMap;

/// A name, the same number wherever it stands.
pub type Symbol = u32;

/// Every name that some file has.
#[derive(Debug)]
pub struct Symbols {
    by_text: FastMap<Arc<str>, Symbol>,
    all: Vec<Arc<str>>,
}

/// Names that mean something by themselves; [`Symbols::default`] holds them at these numbers.
pub mod word {
    use super::Symbol;

    /// `crate`.
    pub const CRATE: Symbol = 0;
    /// `self`.
    pub const SELF: Symbol = 1;
    /// `super`.
    pub const SUPER: Symbol = 2;
    /// `test`.
    pub const TEST: Symbol = 3;
}

impl Default for Symbols {
    fn default() -> Self {
        let mut symbols = Self {
            by_text: FastMap::default(),
            all: Vec::new(),
        };
        for text in ["crate", "self", "super", "test"] {
            symbols.of(text);
        }
        symbols
    }
}

impl Symbols {
    /// The number of a name.
    pub fn of(&mut self, text: &str) -> Symbol {
        if let Some(found) = self.by_text.get(text) {
            return *found;
        }
        let next = Symbol::try_from(self.all.len()).unwrap_or(Symbol::MAX);
        let text: Arc<str> = text.into();
        self.by_text.insert(Arc::clone(&text), next);
        self.all.push(text);
        next
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.all.len()
    }

    /// The text of a number.
    pub fn text(&self, symbol: Symbol) -> &str {
        &self.all[symbol as usize]
    }

    /// The numbers of a file's names, by their positions in it.
    pub fn of_facts(&mut self, facts: &Facts) -> Vec<Symbol> {
        facts.names.iter().map(|name| self.of(name)).collect()
    }
}
