//! Where paths are noted down: those of one text that stand in one way together.

use std::collections::hash_map::Entry;

use super::super::facts::{Name, PathText, PathUse};
use super::super::hash::FastMap;
use super::walk::{Manner, Walker};

/// What was noted so far.
#[derive(Default)]
pub(super) struct Noted {
    /// Paths of several names, each with a number.
    rows: FastMap<Vec<Name>, u32>,
    /// The positions of paths in their scopes.
    positions: FastMap<Key, u32>,
}

/// A path, and how it stands.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    scope: u32,
    path: Spelled,
    global: bool,
    manner: Manner,
    test: bool,
}

/// The names of a path.
#[derive(PartialEq, Eq, Hash)]
enum Spelled {
    Lone(Name),
    /// Several, by their number in [`Noted::rows`].
    Row(u32),
}

impl Walker<'_> {
    /// Notes a path and its place.
    pub(super) fn note(&mut self, global: bool, names: &[Name], manner: Manner, place: (u32, u32)) {
        let path = match names {
            [only] => Spelled::Lone(*only),
            names => Spelled::Row(self.noted.row(names)),
        };
        let key = Key {
            scope: self.scope,
            path,
            global,
            manner,
            test: self.test,
        };
        let paths = &mut self.facts.scopes[self.scope as usize].paths;
        match self.noted.positions.entry(key) {
            Entry::Occupied(known) => paths[*known.get() as usize].places.push(place),
            Entry::Vacant(free) => {
                free.insert(u32::try_from(paths.len()).unwrap_or(u32::MAX));
                paths.push(PathUse {
                    path: PathText {
                        global,
                        names: names.iter().copied().collect(),
                    },
                    space: manner.space,
                    form: manner.form.code(),
                    test: self.test,
                    in_definition: manner.in_definition,
                    places: std::iter::once(place).collect(),
                });
            }
        }
    }
}

impl Noted {
    /// The number of these names in a row.
    fn row(&mut self, names: &[Name]) -> u32 {
        if let Some(known) = self.rows.get(names) {
            return *known;
        }
        let next = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        self.rows.insert(names.to_vec(), next);
        next
    }
}
