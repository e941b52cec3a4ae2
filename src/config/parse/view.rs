//! Tables of the file beside what the schema says of them, and the places of what they hold.

use std::ops::Range;

use toml::Spanned as TomlSpanned;
use toml::de::{DeString, DeTable, DeValue};

use crate::config::Date;
use crate::config::nearest::quoted;
use crate::config::schema::{Key, ROOT, Table, Type};
use crate::error::{Problem, ProblemKind};
use crate::source::{FileId, Span, Spanned};

use super::names::Reference;

/// The text that is read, and what was found in it so far.
pub struct Reader<'t> {
    pub text: &'t str,
    pub file: FileId,
    pub problems: Vec<Problem>,
    /// Names in selectors that the file must declare.
    pub references: Vec<Reference>,
    /// The names of rules, also of those that could not be understood.
    pub rule_names: Vec<Spanned<String>>,
    /// What exceptions name as their rule.
    pub excused: Vec<Spanned<String>>,
}

impl<'t> Reader<'t> {
    pub fn new(text: &'t str, file: FileId) -> Self {
        Self {
            text,
            file,
            problems: Vec::new(),
            references: Vec::new(),
            rule_names: Vec::new(),
            excused: Vec::new(),
        }
    }

    /// A span of the text; offsets are moved back onto characters of it.
    pub fn span(&self, range: Range<usize>) -> Span {
        let end = self.text.floor_char_boundary(range.end);
        let start = self.text.floor_char_boundary(range.start).min(end);
        Span::new(self.file, start..end)
    }

    /// A mistake with its place, its label and the way out (none where it is empty).
    pub fn report(
        &mut self,
        message: impl Into<String>,
        span: Span,
        label: impl Into<String>,
        help: impl Into<String>,
    ) {
        let problem = Problem::new(ProblemKind::Config, message).at(span, label);
        let help = help.into();
        self.problems
            .push(if help.is_empty() { problem } else { problem.help(help) });
    }

    /// What is right but not possible yet.
    pub fn unsupported(&mut self, message: impl Into<String>, span: Span, help: impl Into<String>) {
        let problem = Problem::new(ProblemKind::Unsupported, message).at(span, "not supported yet");
        self.problems.push(problem.help(help));
    }

    /// An error of TOML itself.
    pub fn syntax(&mut self, message: &str, range: Option<Range<usize>>) {
        let span = self.span(range.unwrap_or(0..0));
        let written = self.text.get(span.range()).unwrap_or_default();
        let message = match message {
            "duplicate key" => format!("the key {} is given twice", quoted(written)),
            _ => format!("this is not valid TOML: {message}"),
        };
        self.report(message, span, "TOML does not allow this", "");
    }

    /// The place of a part of a string: exact where the string has no escapes, else the whole string.
    pub fn inside(&self, string: &Spanned<String>, part: Range<usize>) -> Span {
        let whole = string.span.range();
        let raw = self.text.get(whole.clone()).unwrap_or_default();
        let quotes = [1, 3].into_iter().find(|q| {
            let inner = raw.len().checked_sub(*q).and_then(|end| raw.get(*q..end));
            inner == Some(string.value.as_str())
        });
        match quotes {
            Some(q) => self.span(whole.start + q + part.start..whole.start + q + part.end),
            None => string.span,
        }
    }
}

/// A table and what the schema says of it.
#[derive(Clone, Copy)]
pub struct View<'t> {
    pub spec: &'static Table,
    pub table: &'t DeTable<'t>,
    /// Its header, or the key that holds it.
    pub header: (usize, usize),
}

/// A key of a table and its value.
#[derive(Clone, Copy)]
pub struct Entry<'t> {
    pub name: &'t str,
    key: (usize, usize),
    pub value: &'t TomlSpanned<DeValue<'t>>,
}

impl<'t> Entry<'t> {
    fn new(key: &'t TomlSpanned<DeString<'t>>, value: &'t TomlSpanned<DeValue<'t>>) -> Self {
        Self {
            name: key.get_ref(),
            key: (key.span().start, key.span().end),
            value,
        }
    }

    pub fn key(&self, reader: &Reader<'_>) -> Span {
        reader.span(self.key.0..self.key.1)
    }

    /// Where its key stands, for sorting.
    pub fn place(&self) -> (usize, usize) {
        self.key
    }

    pub fn value_span(&self, reader: &Reader<'_>) -> Span {
        reader.span(self.value.span())
    }

    /// Whether it holds anything: a table or a list that is not empty.
    pub fn declares_something(&self) -> bool {
        match self.value.get_ref() {
            DeValue::Table(table) => !table.is_empty(),
            DeValue::Array(array) => !array.is_empty(),
            _ => true,
        }
    }

    /// Its key as a name with a place.
    pub fn named(&self, reader: &Reader<'_>) -> Spanned<String> {
        Spanned::new(self.name.to_owned(), self.key(reader))
    }

    pub fn string(&self, reader: &Reader<'_>) -> Option<Spanned<String>> {
        string(reader, self.value)
    }

    /// The strings of a list; a single string is a list of one, and what is no string is left out.
    pub fn strings(&self, reader: &Reader<'_>) -> Vec<Spanned<String>> {
        strings(reader, self.value)
    }

    /// The value as a table of this kind.
    pub fn table(&self, spec: &'static Table) -> Option<View<'t>> {
        let table = self.value.get_ref().as_table()?;
        Some(View {
            spec,
            table,
            header: self.key,
        })
    }

    /// The value's tables, where it is a list of them.
    pub fn tables(&self, spec: &'static Table) -> Vec<View<'t>> {
        let elements = self
            .value
            .get_ref()
            .as_array()
            .into_iter()
            .flat_map(|array| array.iter());
        let view = |element: &'t TomlSpanned<DeValue<'t>>| {
            let table = element.get_ref().as_table()?;
            let header = (element.span().start, element.span().end);
            Some(View { spec, table, header })
        };
        elements.filter_map(view).collect()
    }
}

pub fn string(reader: &Reader<'_>, value: &TomlSpanned<DeValue<'_>>) -> Option<Spanned<String>> {
    let text = value.get_ref().as_str()?;
    Some(Spanned::new(text.to_owned(), reader.span(value.span())))
}

pub fn strings(reader: &Reader<'_>, value: &TomlSpanned<DeValue<'_>>) -> Vec<Spanned<String>> {
    match value.get_ref() {
        DeValue::Array(array) => array.iter().filter_map(|element| string(reader, element)).collect(),
        _ => string(reader, value).into_iter().collect(),
    }
}

impl<'t> View<'t> {
    pub fn root(table: &'t DeTable<'t>) -> Self {
        Self {
            spec: &ROOT,
            table,
            header: (0, 0),
        }
    }

    pub fn span(&self, reader: &Reader<'_>) -> Span {
        reader.span(self.header.0..self.header.1)
    }

    /// Every key, in file order.
    pub fn entries(&self) -> Vec<Entry<'t>> {
        entries(self.table)
    }

    /// A key that the schema knows.
    pub fn get(&self, name: &str) -> Option<Entry<'t>> {
        debug_assert!(
            self.spec.key(name).is_some(),
            "{} has no `{name}` in the schema",
            self.spec.header
        );
        self.table
            .get_key_value(name)
            .map(|(key, value)| Entry::new(key, value))
    }

    /// What the schema says of a key.
    pub fn spec(&self, name: &str) -> Option<&'static Key> {
        self.spec.key(name)
    }

    /// A table inside this one.
    pub fn child(&self, name: &str) -> Option<View<'t>> {
        match self.spec(name)?.value {
            Type::Table(spec) => self.get(name)?.table(spec),
            _ => None,
        }
    }

    /// The tables of a list in this one.
    pub fn children(&self, name: &str) -> Vec<View<'t>> {
        match (self.spec(name).map(|key| key.value), self.get(name)) {
            (Some(Type::Tables(spec)), Some(entry)) => entry.tables(spec),
            _ => Vec::new(),
        }
    }

    /// The entries of a map in this one, in file order.
    pub fn map(&self, name: &str) -> Vec<Entry<'t>> {
        let table = self.get(name).and_then(|entry| entry.value.get_ref().as_table());
        table.map(entries).unwrap_or_default()
    }

    pub fn text(&self, reader: &Reader<'_>, name: &str) -> Option<String> {
        Some(self.string(reader, name)?.value)
    }

    pub fn string(&self, reader: &Reader<'_>, name: &str) -> Option<Spanned<String>> {
        self.get(name)?.string(reader)
    }

    /// The word of a choice, as written.
    pub fn word(&self, name: &str) -> Option<&'t str> {
        self.get(name)?.value.get_ref().as_str()
    }

    pub fn flag(&self, name: &str) -> bool {
        self.get(name)
            .and_then(|entry| entry.value.get_ref().as_bool())
            .unwrap_or(false)
    }
}

/// The entries of a table, in file order (the parser holds them by name).
pub fn entries<'t>(table: &'t DeTable<'t>) -> Vec<Entry<'t>> {
    let mut entries: Vec<Entry<'t>> = table.iter().map(|(key, value)| Entry::new(key, value)).collect();
    entries.sort_by_key(|entry| entry.key);
    entries
}

/// A whole number from 1.
pub fn count(value: &DeValue<'_>) -> Option<u64> {
    let number = value.as_integer()?;
    let digits = number.as_str().trim_start_matches('+');
    u64::from_str_radix(digits, number.radix())
        .ok()
        .filter(|count| *count > 0)
}

/// A day without a time.
pub fn date(value: &DeValue<'_>) -> Option<Date> {
    let found = value.as_datetime()?;
    let day = found.date.filter(|_| found.time.is_none() && found.offset.is_none())?;
    Some(Date {
        year: i32::from(day.year),
        month: u32::from(day.month),
        day: u32::from(day.day),
    })
}
