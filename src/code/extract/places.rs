//! Where tokens stand in the file.

use proc_macro2::Span;

use super::guard::is_word;

/// Finds the places of tokens in a text that was lexed.
pub(super) struct Places<'t> {
    text: &'t str,
    /// Where the text starts in the file.
    base: usize,
    /// Where lines start, for a text in which every character is a byte: there a line and a column are a place, which is
    /// far cheaper to ask the lexer for than bytes are.
    lines: Option<Vec<usize>>,
}

impl<'t> Places<'t> {
    pub fn new(text: &'t str, base: usize) -> Self {
        let breaks = || text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            text,
            base,
            lines: text.is_ascii().then(|| std::iter::once(0).chain(breaks()).collect()),
        }
    }

    /// Where a token starts in the text.
    fn start(&self, token: Span) -> usize {
        let Some(lines) = &self.lines else {
            return token.byte_range().start;
        };
        let at = token.start();
        let line = at.line.checked_sub(1).and_then(|line| lines.get(line));
        line.map_or(0, |line| line + at.column)
    }

    /// Bytes of the file from one identifier to another, or to a sign of one character.
    pub fn range(&self, from: Span, to: Option<Span>) -> (u32, u32) {
        let start = self.start(from);
        let last = to.map_or(start, |to| self.start(to)).max(start);
        let rest = self.text.as_bytes().get(last..).unwrap_or_default();
        let raw = if rest.starts_with(b"r#") { 2 } else { 0 };
        let word = rest.iter().skip(raw).take_while(|byte| is_word(**byte)).count();
        let length = if word == 0 { rest.len().min(1) } else { raw + word };
        (self.cut(start), self.cut(last + length))
    }

    /// Bytes of the file of any token.
    pub fn exact(&self, token: Span) -> (u32, u32) {
        let range = token.byte_range();
        (self.cut(range.start), self.cut(range.end))
    }

    fn cut(&self, at: usize) -> u32 {
        u32::try_from(self.base + at).unwrap_or(u32::MAX)
    }
}
