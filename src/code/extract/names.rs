//! The names of a file, as numbers.

use std::fmt::{self, Write as _};

use proc_macro2::Ident;

use super::super::facts::Name;
use super::super::hash::FastMap;

/// Names in the order in which they were first seen.
#[derive(Default)]
pub(super) struct Names {
    by_text: FastMap<Box<str>, Name>,
    looks: Vec<Look>,
}

/// What is asked of a name more often than its text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// `Self`.
    SelfType,
    /// `self`, `super`, `crate` and `_`, which alone lead nowhere.
    Place,
    /// It starts with an upper-case letter, as types, variants and constants do.
    Upper,
    /// Any other.
    Lower,
}

impl Names {
    /// The position of an identifier, without `r#`.
    pub fn ident(&mut self, ident: &Ident) -> Name {
        let mut lookup = Lookup { names: self, found: 0 };
        // Nothing can fail here.
        let _ = write!(lookup, "{ident}");
        lookup.found
    }

    /// How this name looks.
    pub fn look(&self, name: Name) -> Look {
        self.looks[name as usize]
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.looks.len()
    }

    /// The texts of all names, by their positions.
    pub fn into_texts(self) -> Vec<Box<str>> {
        let mut texts = vec![Box::default(); self.looks.len()];
        for (text, position) in self.by_text {
            texts[position as usize] = text;
        }
        texts
    }

    /// The position of a text.
    pub fn of(&mut self, text: &str) -> Name {
        if let Some(found) = self.by_text.get(text) {
            return *found;
        }
        let next = Name::try_from(self.looks.len()).unwrap_or(Name::MAX);
        self.by_text.insert(text.into(), next);
        self.looks.push(match text {
            "Self" => Look::SelfType,
            "self" | "super" | "crate" | "_" => Look::Place,
            text if text.starts_with(char::is_uppercase) => Look::Upper,
            _ => Look::Lower,
        });
        next
    }
}

/// Looks up what is written to it: an identifier shows its text in no other way that makes no copy.
struct Lookup<'n> {
    names: &'n mut Names,
    found: Name,
}

impl fmt::Write for Lookup<'_> {
    fn write_str(&mut self, piece: &str) -> fmt::Result {
        // A raw identifier is written in two pieces.
        if piece != "r#" {
            self.found = self.names.of(piece);
        }
        Ok(())
    }
}
