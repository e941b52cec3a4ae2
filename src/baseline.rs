//! `boundaries-baseline.toml`: the edges that a workspace broke its rules with on the day it adopted them.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use crate::error::{Problem, ProblemKind};
use crate::finding::EdgeIdentity;
use crate::source::{FileId, Span};
use crate::workspace::DependencyKind;

pub mod merge;
pub mod write;

/// The name of the file, beside boundaries.toml.
pub const FILE_NAME: &str = "boundaries-baseline.toml";

/// A baseline.
#[derive(Clone, Debug)]
pub struct Baseline {
    /// Its lines, in file order; duplicates are kept, since merges make them.
    pub lines: Vec<Line>,
    /// The file.
    pub file: FileId,
    /// Where the list of edges stands, from its opening bracket to behind its closing one.
    pub list: Option<Range<usize>>,
}

/// One edge of the baseline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// A code or a rule's name.
    pub rule: String,
    /// The package or unit.
    pub from: String,
    /// The package or unit; an external as `external:NAME`.
    pub to: String,
    /// The kind.
    pub kind: DependencyKind,
    /// The line.
    pub span: Span,
}

impl Line {
    /// The edge that it names.
    #[must_use]
    pub fn edge(&self) -> EdgeIdentity {
        EdgeIdentity {
            rule: self.rule.clone(),
            from: self.from.clone(),
            to: self.to.clone(),
            kind: self.kind,
        }
    }
}

/// Reads a baseline.
///
/// # Errors
/// Every problem that was found, each with its place.
pub fn parse(text: &str, file: FileId) -> Result<Baseline, Vec<Problem>> {
    let marks = merge::marks(text);
    if !marks.is_empty() {
        return Err(vec![unmerged(&marks, file)]);
    }
    let table = DeTable::parse(text).map_err(|error| {
        let span = error.span().unwrap_or(0..0);
        let problem = Problem::new(
            ProblemKind::Config,
            format!("the baseline cannot be read: {}", error.message()),
        )
        .at(Span::new(file, span), "not TOML");
        vec![problem.help("restore the file from version control")]
    })?;
    let mut reader = Reader {
        file,
        problems: Vec::new(),
    };
    let mut lines = Vec::new();
    let mut list = None;
    for (key, value) in table.get_ref() {
        match (key.get_ref().as_ref(), value.get_ref()) {
            ("version", DeValue::Integer(number)) if number.as_str() == "1" => {}
            ("version", _) => reader.problem(
                "the baseline's version is not one that this version reads",
                value.span(),
                "1 is",
            ),
            ("edges", DeValue::Array(edges)) => {
                list = Some(value.span());
                lines = edges
                    .iter()
                    .filter_map(|edge| reader.line(edge.get_ref(), edge.span()))
                    .collect();
            }
            ("edges", _) => reader.problem("`edges` must be a list", value.span(), "not a list"),
            (other, _) => reader.problem(
                &format!("`{other}` means nothing in the baseline"),
                key.span(),
                "`version` and `edges` do",
            ),
        }
    }
    if reader.problems.is_empty() {
        Ok(Baseline { lines, file, list })
    } else {
        Err(reader.problems)
    }
}

/// What is said of a baseline that a merge left unfinished.
fn unmerged(marks: &[Range<usize>], file: FileId) -> Problem {
    let problem = Problem::new(ProblemKind::Config, "a merge left its marks in the baseline");
    let marked = |problem: Problem, mark: &Range<usize>| problem.at(Span::new(file, mark.clone()), "a mark of git");
    let problem = marks.iter().fold(problem, marked);
    problem
        .help("`cargo boundaries baseline` keeps the lines of both sides, and drops what excuses nothing any more")
        .help("`cargo boundaries baseline --gitattributes` has git merge it so from now on")
}

struct Reader {
    file: FileId,
    problems: Vec<Problem>,
}

impl Reader {
    fn problem(&mut self, message: &str, span: Range<usize>, label: &str) {
        let problem = Problem::new(ProblemKind::Config, message).at(Span::new(self.file, span), label);
        self.problems.push(problem);
    }

    fn line(&mut self, value: &DeValue<'_>, span: Range<usize>) -> Option<Line> {
        let DeValue::Table(table) = value else {
            self.problem(
                "an edge must be a table",
                span,
                "`{ rule = …, from = …, to = …, kind = … }`",
            );
            return None;
        };
        let text = |key: &str| match table.get(key).map(toml::Spanned::get_ref) {
            Some(DeValue::String(text)) => Some(text.to_string()),
            _ => None,
        };
        let kind = text("kind").and_then(|word| DependencyKind::ALL.into_iter().find(|k| k.as_str() == word));
        let known = table
            .keys()
            .all(|key| matches!(key.get_ref().as_ref(), "rule" | "from" | "to" | "kind"));
        if let (Some(rule), Some(from), Some(to), Some(kind), true) =
            (text("rule"), text("from"), text("to"), kind, known)
        {
            return Some(Line {
                rule,
                from,
                to,
                kind,
                span: Span::new(self.file, span),
            });
        }
        self.problem(
            "this edge is not complete",
            span,
            "`rule`, `from`, `to` and `kind` (normal, build or dev), and nothing else",
        );
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_in_any_order_and_twice() {
        let text = "edges = [\n  { rule = \"layer\", from = \"b\", to = \"a\", kind = \"dev\" },\n  { rule = \"layer\", from = \"a\", to = \"b\", kind = \"normal\" },\n  { rule = \"layer\", from = \"a\", to = \"b\", kind = \"normal\" },\n]\nversion = 1\n";
        let baseline = parse(text, FileId::new(0)).expect("a baseline");
        assert_eq!(baseline.lines.len(), 3);
        assert_eq!(baseline.lines[0].from, "b");
        assert_eq!(
            &text[baseline.lines[0].span.range()],
            "{ rule = \"layer\", from = \"b\", to = \"a\", kind = \"dev\" }"
        );
    }

    #[test]
    fn what_is_wrong_is_all_reported() {
        let text = "version = 2\nedges = [ { rule = \"layer\" }, 3 ]\nmore = 1\n";
        assert_eq!(parse(text, FileId::new(0)).expect_err("problems").len(), 4);
        let conflict = parse("<<<<<<< ours\nversion = 1\n", FileId::new(0)).expect_err("problems");
        assert!(conflict[0].message.contains("a merge left its marks"), "{conflict:?}");
    }
}
