//! Helpers for walking a TOML document by hand: values of a wanted type with their places, and a problem for each
//! that is of another.

use std::ops::Range;

use toml::Spanned as TomlSpanned;
use toml::de::{DeTable, DeValue};

use super::only_cargo;
use crate::error::{Problem, ProblemKind};
use crate::source::{FileId, Span, Spanned};

/// A value with its place, as the parser gives it.
pub type Value<'i> = TomlSpanned<DeValue<'i>>;

/// What a walk through one file collects.
pub struct Walk {
    file: FileId,
    /// Mistakes that cargo refuses too.
    pub problems: Vec<Problem>,
    /// What only cargo can judge.
    pub foreign: Vec<Problem>,
    /// Sections spelt with an underscore, which edition 2024 refuses.
    pub old_spellings: Vec<Spanned<String>>,
}

impl Walk {
    /// A walk through `file`.
    pub fn new(file: FileId) -> Self {
        Self {
            file,
            problems: Vec::new(),
            foreign: Vec::new(),
            old_spellings: Vec::new(),
        }
    }

    /// Parses the whole text; what is wrong with it comes back with its place.
    pub fn document<'i>(&self, text: &'i str) -> Result<TomlSpanned<DeTable<'i>>, Vec<Problem>> {
        let (document, errors) = DeTable::parse_recoverable(text);
        if errors.is_empty() {
            return Ok(document);
        }
        // One mistake often upsets the parser several times over; more than one error a line says nothing new.
        let mut lines = Vec::new();
        let mut problems = Vec::new();
        for error in errors {
            let range = error.span().unwrap_or(0..0);
            let range = range.start.min(text.len())..range.end.min(text.len());
            let line = text.get(..range.start).unwrap_or(text).matches('\n').count();
            if lines.contains(&line) || lines.len() == SHOWN_ERRORS {
                continue;
            }
            lines.push(line);
            let message = format!("the file is not valid TOML: {}", error.message());
            let problem = Problem::new(ProblemKind::Workspace, message);
            let problem = problem.at(self.span(range), "the parser stops here");
            problems.push(problem.help("correct the TOML; cargo refuses the file too"));
        }
        Err(problems)
    }

    /// The place of a range in this file.
    pub fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range)
    }

    /// Notes a mistake.
    pub fn problem(&mut self, range: Range<usize>, message: impl Into<String>, label: &str, help: &str) {
        let problem = Problem::new(ProblemKind::Workspace, message).at(self.span(range), label);
        self.problems.push(problem.help(help));
    }

    /// Notes what only cargo can judge.
    pub fn foreign(&mut self, range: Range<usize>, message: impl Into<String>) {
        let problem = only_cargo(message).at(self.span(range), "this needs cargo");
        self.foreign.push(problem);
    }

    /// Notes that `key` has a value of the wrong type.
    pub fn wrong_type(&mut self, key: &str, value: &Value<'_>, wanted: &str) {
        let found = type_name(value.get_ref());
        self.problem(
            value.span(),
            format!("`{key}` must be {wanted}, and this is {found}"),
            &format!("expected {wanted}"),
            &format!("write {wanted}"),
        );
    }

    /// A string, or a problem.
    pub fn string(&mut self, key: &str, value: &Value<'_>) -> Option<String> {
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.wrong_type(key, value, "a string");
        }
        text.map(str::to_owned)
    }

    /// A string with its place, or a problem.
    pub fn spanned(&mut self, key: &str, value: &Value<'_>) -> Option<Spanned<String>> {
        let span = self.span(value.span());
        self.string(key, value).map(|text| Spanned::new(text, span))
    }

    /// A boolean, or a problem.
    pub fn boolean(&mut self, key: &str, value: &Value<'_>) -> Option<bool> {
        let found = value.get_ref().as_bool();
        if found.is_none() {
            self.wrong_type(key, value, "`true` or `false`");
        }
        found
    }

    /// A list of strings with their places; a problem for whatever else stands in it.
    pub fn strings(&mut self, key: &str, value: &Value<'_>) -> Option<Vec<Spanned<String>>> {
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong_type(key, value, "a list of strings");
            return None;
        };
        Some(items.iter().filter_map(|item| self.spanned(key, item)).collect())
    }

    /// A table, or a problem.
    pub fn table<'a, 'i>(&mut self, key: &str, value: &'a Value<'i>) -> Option<&'a DeTable<'i>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.wrong_type(key, value, "a table");
        }
        table
    }
}

/// So many mistakes of syntax are shown of one file.
const SHOWN_ERRORS: usize = 5;

/// What people call a value of this type.
fn type_name(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
