//! Where tokens stand in the file.

use std::cell::RefCell;

use proc_macro2::{LineColumn, Span};

use super::super::hash::FastMap;
use super::guard::name_length;
use super::lean::Lean;

/// Finds the places of tokens in a file.
pub(super) struct Places<'t> {
    /// The file's text.
    text: &'t str,
    /// Where each line that was lexed starts in the file.
    lines: &'t [usize],
    /// Whether every character of the text is a byte.
    ascii: bool,
    /// Of long lines that were asked about, by where they start, the byte of every so many characters.
    marks: RefCell<FastMap<usize, Vec<usize>>>,
}

/// A line of more bytes is long.
const LONG: usize = 512;

/// So many characters of a long line are gone through at most.
const STRIDE: usize = 64;

impl<'t> Places<'t> {
    pub fn new(text: &'t str, lean: &'t Lean) -> Self {
        Self {
            text,
            lines: &lean.lines,
            ascii: text.is_ascii(),
            marks: RefCell::default(),
        }
    }

    /// The byte of the file at a line and a column, which is far cheaper to ask the lexer for than bytes are.
    fn byte(&self, at: LineColumn) -> usize {
        let line = at.line.checked_sub(1).and_then(|line| self.lines.get(line));
        let start = line.copied().unwrap_or(self.text.len());
        if self.ascii {
            return start + at.column;
        }
        let end = self.lines.get(at.line).copied().unwrap_or(self.text.len());
        if end.saturating_sub(start) > LONG {
            return self.byte_in_long(start, at.column);
        }
        self.forward(start, at.column)
    }

    /// The byte so many characters behind another.
    fn forward(&self, from: usize, characters: usize) -> usize {
        let rest = self.text.get(from..).unwrap_or_default();
        from + rest.char_indices().nth(characters).map_or(rest.len(), |(byte, _)| byte)
    }

    /// The byte at a column of a line that is gone through once, whatever is asked about it.
    fn byte_in_long(&self, start: usize, column: usize) -> usize {
        let mut marks = self.marks.borrow_mut();
        let marks = marks.entry(start).or_insert_with(|| {
            let line = self.text.get(start..).unwrap_or_default().split('\n').next();
            let characters = line.unwrap_or_default().char_indices().step_by(STRIDE);
            characters.map(|(byte, _)| start + byte).collect()
        });
        let mark = (column / STRIDE).min(marks.len().saturating_sub(1));
        let from = marks.get(mark).copied().unwrap_or(start);
        self.forward(from, column - mark * STRIDE)
    }

    /// Bytes of the file from one identifier to another, or to a sign of one character.
    pub fn range(&self, from: Span, to: Option<Span>) -> (u32, u32) {
        let start = self.byte(from.start());
        let last = to.map_or(start, |to| self.byte(to.start())).max(start);
        let name = name_length(self.text, last);
        let length = if name == 0 {
            usize::from(last < self.text.len())
        } else {
            name
        };
        (cut(start), cut(last + length))
    }

    /// Bytes of the file of any token.
    pub fn exact(&self, token: Span) -> (u32, u32) {
        (cut(self.byte(token.start())), cut(self.byte(token.end())))
    }
}

fn cut(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
