//! Finds what is to change in the parsed text, and holds what comes out against what went in.

use std::collections::HashSet;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Wanted;

/// A list in brackets in which something changes.
#[derive(Debug)]
pub(super) struct List {
    /// With its brackets.
    pub range: Range<usize>,
    /// Its entries, in order.
    pub entries: Vec<Range<usize>>,
    /// Which of them go.
    pub removed: Vec<bool>,
    /// What stays is to be in order.
    pub sorted: bool,
}

/// A `[[table]]` that goes.
#[derive(Debug)]
pub(super) struct Table {
    /// Where its header starts.
    pub start: usize,
    /// Where its last value ends.
    pub end: usize,
}

/// What changes, by what it is.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub alone: Vec<Range<usize>>,
    pub lists: Vec<List>,
    pub tables: Vec<Table>,
    /// Strings over several lines: what looks like a comment in one is none.
    pub long_strings: Vec<Range<usize>>,
}

/// Finds everything that is wanted; none where the text is not TOML, or holds something of it not.
pub(super) fn find(text: &str, wanted: &Wanted) -> Option<Found> {
    let root = DeTable::parse(text).ok()?;
    let mut search = Search {
        text,
        removed: places(&wanted.removed),
        sorted: starts(&wanted.sorted),
        missing: wanted.removed.iter().map(place).collect(),
        found: Found::default(),
    };
    for value in root.get_ref().values() {
        search.visit(value);
    }
    search.missing.is_empty().then_some(search.found)
}

type Place = (usize, usize);

fn place(range: &Range<usize>) -> Place {
    (range.start, range.end)
}

fn places(ranges: &[Range<usize>]) -> HashSet<Place> {
    ranges.iter().map(place).collect()
}

/// The places of the first entries of lists, by which the lists are known.
fn starts(lists: &[Vec<Range<usize>>]) -> HashSet<Place> {
    lists.iter().filter_map(|list| list.first()).map(place).collect()
}

struct Search<'t> {
    text: &'t str,
    removed: HashSet<Place>,
    /// The first entries of the lists to be put in order.
    sorted: HashSet<Place>,
    missing: HashSet<Place>,
    found: Found,
}

impl Search<'_> {
    fn goes(&mut self, range: &Range<usize>) -> bool {
        let goes = self.removed.contains(&place(range));
        if goes {
            self.missing.remove(&place(range));
        }
        goes
    }

    fn visit(&mut self, value: &Spanned<DeValue<'_>>) {
        match value.get_ref() {
            DeValue::Table(table) => {
                for value in table.values() {
                    self.visit(value);
                }
            }
            DeValue::Array(array) => {
                let elements: Vec<&Spanned<DeValue<'_>>> = array.iter().collect();
                if elements.iter().any(|element| has_header(self.text, element)) {
                    self.tables(&elements);
                } else {
                    self.list(value.span(), &elements);
                }
            }
            DeValue::String(_) => {
                if self.goes(&value.span()) {
                    self.found.alone.push(value.span());
                }
                self.note(&value.span());
            }
            _ => {}
        }
    }

    fn tables(&mut self, elements: &[&Spanned<DeValue<'_>>]) {
        for element in elements {
            let header = element.span();
            if self.goes(&header) {
                self.found.tables.push(Table {
                    start: header.start,
                    end: end(self.text, element),
                });
            }
            self.visit(element);
        }
    }

    fn list(&mut self, range: Range<usize>, elements: &[&Spanned<DeValue<'_>>]) {
        let entries: Vec<Range<usize>> = elements.iter().map(|element| element.span()).collect();
        let removed: Vec<bool> = entries.iter().map(|entry| self.goes(entry)).collect();
        let sorted = entries.first().is_some_and(|first| self.sorted.contains(&place(first)));
        for element in elements {
            match element.get_ref() {
                // A string of a list is no list of one.
                DeValue::String(_) => self.note(&element.span()),
                _ => self.visit(element),
            }
        }
        if sorted || removed.contains(&true) {
            self.found.lists.push(List {
                range,
                entries,
                removed,
                sorted,
            });
        }
    }

    fn note(&mut self, string: &Range<usize>) {
        if self.text[string.clone()].contains('\n') {
            self.found.long_strings.push(string.clone());
        }
    }
}

/// Whether it is a table of its own, `[[name]]`, and no `{ … }`.
fn has_header(text: &str, element: &Spanned<DeValue<'_>>) -> bool {
    matches!(element.get_ref(), DeValue::Table(_)) && text[element.span()].starts_with('[')
}

/// Where the last value of a table ends; the end of its header where it has none.
fn end(text: &str, value: &Spanned<DeValue<'_>>) -> usize {
    let own = value.span().end;
    match value.get_ref() {
        DeValue::Table(table) if !text[value.span()].starts_with('{') => {
            table.values().map(|value| end(text, value)).fold(own, usize::max)
        }
        _ => own,
    }
}

/// Whether the text after the change holds what the one before it held, less what was to go, in the same order (but for
/// lists that were to be put in order).
pub(super) fn holds_the_rest(before: &str, after: &str, wanted: &Wanted) -> bool {
    let (Ok(old), Ok(new)) = (DeTable::parse(before), DeTable::parse(after)) else {
        return false;
    };
    let comparison = Comparison {
        before,
        after,
        removed: places(&wanted.removed),
        sorted: starts(&wanted.sorted),
    };
    comparison.tables(old.get_ref(), new.get_ref())
}

struct Comparison<'t> {
    before: &'t str,
    after: &'t str,
    removed: HashSet<Place>,
    sorted: HashSet<Place>,
}

impl Comparison<'_> {
    fn tables(&self, old: &DeTable<'_>, new: &DeTable<'_>) -> bool {
        let known = new.keys().all(|key| old.contains_key(&**key.get_ref()));
        known
            && old.iter().all(|(key, old)| match new.get(&**key.get_ref()) {
                Some(new) => self.values(old, new),
                None => self.nothing_stays(old),
            })
    }

    /// Whether it is a list of `[[tables]]` that all go: nothing is left to say that there was one.
    fn nothing_stays(&self, old: &Spanned<DeValue<'_>>) -> bool {
        let gone = |element: &Spanned<DeValue<'_>>| self.goes(element) && has_header(self.before, element);
        matches!(old.get_ref(), DeValue::Array(array) if array.iter().all(gone))
    }

    fn goes(&self, value: &Spanned<DeValue<'_>>) -> bool {
        self.removed.contains(&place(&value.span()))
    }

    fn values(&self, old: &Spanned<DeValue<'_>>, new: &Spanned<DeValue<'_>>) -> bool {
        match (old.get_ref(), new.get_ref()) {
            (DeValue::Table(old), DeValue::Table(new)) => self.tables(old, new),
            (DeValue::Array(old), DeValue::Array(new)) => {
                let sorted = old
                    .iter()
                    .next()
                    .is_some_and(|first| self.sorted.contains(&place(&first.span())));
                let mut old: Vec<_> = old.iter().filter(|element| !self.goes(element)).collect();
                let mut new: Vec<_> = new.iter().collect();
                if sorted {
                    old.sort_by_key(|element| &self.before[element.span()]);
                    new.sort_by_key(|element| &self.after[element.span()]);
                }
                old.len() == new.len() && old.iter().zip(&new).all(|(old, new)| self.values(old, new))
            }
            (DeValue::String(_), DeValue::Array(new)) => self.goes(old) && new.is_empty(),
            _ => self.before[old.span()] == self.after[new.span()],
        }
    }
}
