//! Where tokens stand in the file.

use proc_macro2::{LineColumn, Span};

use super::guard::is_word;
use super::lean::Lean;

/// Finds the places of tokens in a file.
pub(super) struct Places<'t> {
    /// The file's text.
    text: &'t str,
    /// Where each line that was lexed starts in the file.
    lines: &'t [usize],
    /// Whether every character of the text is a byte.
    ascii: bool,
}

impl<'t> Places<'t> {
    pub fn new(text: &'t str, lean: &'t Lean) -> Self {
        Self {
            text,
            lines: &lean.lines,
            ascii: text.is_ascii(),
        }
    }

    /// The byte of the file at a line and a column, which is far cheaper to ask the lexer for than bytes are.
    fn byte(&self, at: LineColumn) -> usize {
        let line = at.line.checked_sub(1).and_then(|line| self.lines.get(line));
        let start = line.copied().unwrap_or(self.text.len());
        if self.ascii {
            return start + at.column;
        }
        let rest = self.text.get(start..).unwrap_or_default();
        start + rest.char_indices().nth(at.column).map_or(rest.len(), |(byte, _)| byte)
    }

    /// Bytes of the file from one identifier to another, or to a sign of one character.
    pub fn range(&self, from: Span, to: Option<Span>) -> (u32, u32) {
        let start = self.byte(from.start());
        let last = to.map_or(start, |to| self.byte(to.start())).max(start);
        let rest = self.text.as_bytes().get(last..).unwrap_or_default();
        let raw = if rest.starts_with(b"r#") { 2 } else { 0 };
        let word = rest.iter().skip(raw).take_while(|byte| is_word(**byte)).count();
        let length = if word == 0 { rest.len().min(1) } else { raw + word };
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
