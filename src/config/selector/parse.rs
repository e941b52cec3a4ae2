//! From a string to a [`Selector`](super::Selector), with the exact part of the string that is wrong.

use std::ops::Range;

use super::atom;
use super::{Atom, Term};
use crate::error::ProblemKind;

/// What one string says.
#[derive(Debug, PartialEq, Eq)]
pub struct Parsed {
    /// `!` in front.
    pub negated: bool,
    /// `?` behind.
    pub optional: bool,
    /// The terms, each with its range in the string.
    pub terms: Vec<(Term, Range<usize>)>,
}

/// What is wrong with a string, and where in it.
#[derive(Debug, PartialEq, Eq)]
pub struct Flaw {
    /// Bytes of the string.
    pub range: Range<usize>,
    /// Config, or Unsupported for what is right but not yet possible.
    pub kind: ProblemKind,
    /// A lowercase phrase.
    pub message: String,
    /// What is to be seen at the place.
    pub label: String,
    /// The way out.
    pub help: Option<String>,
}

impl Flaw {
    /// A flaw at `range`.
    pub fn new(range: Range<usize>, message: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            range,
            kind: ProblemKind::Config,
            message: message.into(),
            label: label.into(),
            help: None,
        }
    }

    /// With a way out.
    pub fn help(self, help: impl Into<String>) -> Self {
        Self {
            help: Some(help.into()),
            ..self
        }
    }
}

/// Parses one string.
///
/// # Errors
/// Every flaw of the string, in order; never empty.
pub fn parse(text: &str) -> Result<Parsed, Vec<Flaw>> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        let flaw = Flaw::new(0..text.len(), "an empty selector selects nothing", "empty");
        return Err(vec![
            flaw.help("remove it, or write a package name, or `*` for every member"),
        ]);
    }
    if trimmed.len() < text.len() {
        let flaw = Flaw::new(
            0..text.len(),
            "a selector with spaces around it",
            "spaces around the selector",
        );
        let right = trimmed.trim_matches(['&', ' ']);
        return Err(vec![if right.is_empty() {
            flaw
        } else {
            flaw.help(format!("write `\"{}\"`", shortened(right)))
        }]);
    }
    let negated = text.starts_with('!');
    let optional = text.ends_with('?');
    let start = usize::from(negated);
    let end = text.len() - usize::from(optional);
    if start >= end {
        let flaw = Flaw::new(0..text.len(), "a selector that names nothing", "a name is missing");
        return Err(vec![flaw]);
    }
    let (mut terms, mut flaws) = (Vec::new(), Vec::new());
    let mut from = start;
    for part in text[start..end].split(" & ") {
        let range = from..from + part.len();
        from = range.end + " & ".len();
        match term(part, range.start, terms.is_empty() && flaws.is_empty()) {
            Ok(found) => terms.push((found, range)),
            Err(flaw) => flaws.push(flaw),
        }
    }
    flaws.extend(nothing_is_both(&terms));
    if flaws.is_empty() {
        Ok(Parsed {
            negated,
            optional,
            terms,
        })
    } else {
        Err(flaws)
    }
}

/// The flaw of an intersection of externals and members: it would select nothing in any workspace.
fn nothing_is_both(terms: &[(Term, Range<usize>)]) -> Option<Flaw> {
    let kept = || terms.iter().filter(|(term, _)| !term.negated);
    kept().find(|(term, _)| matches!(term.atom, Atom::External(..)))?;
    let of_members = |atom: &Atom| !matches!(atom, Atom::External(..) | Atom::Group(_));
    let (_, range) = kept().find(|(term, _)| of_members(&term.atom))?;
    let flaw = Flaw::new(
        range.clone(),
        "an intersection of externals and members",
        "nothing is both",
    );
    Some(flaw.help("a list is a union: write one entry for each"))
}

fn term(part: &str, at: usize, first: bool) -> Result<Term, Flaw> {
    let range = at..at + part.len();
    if part.trim().is_empty() {
        return Err(Flaw::new(
            range,
            "` & ` joins two selectors",
            "a selector is missing here",
        ));
    }
    if part.trim().len() < part.len() {
        let flaw = Flaw::new(range, "more than one space around `&`", "too many spaces");
        return Err(flaw.help("write one space on each side: `a & b`"));
    }
    if let Some(inner) = part.strip_prefix('!') {
        if first || inner.starts_with('!') {
            let flaw = Flaw::new(at..at + 1, "`!` stands twice", "one `!` is enough");
            return Err(flaw.help("remove both to keep what they would keep"));
        }
        let atom = atom::parse(inner, at + 1)?;
        return Ok(Term { negated: true, atom });
    }
    let atom = atom::parse(part, at)?;
    Ok(Term { negated: false, atom })
}

/// Text for a message, cut where it is too long to be read.
pub(super) fn shortened(text: &str) -> &str {
    text.char_indices().nth(100).map_or(text, |(cut, _)| &text[..cut])
}

impl Parsed {
    /// Whether a term selects externals by name.
    pub fn names_external(&self) -> Option<&Range<usize>> {
        let mut terms = self.terms.iter();
        terms
            .find(|(term, _)| matches!(term.atom, Atom::External(..)))
            .map(|(_, range)| range)
    }
}
