//! What of a text has no depth of its own: blanks, comments and literals.

use super::words::word_length;
use super::{Last, Scanner};

impl Scanner<'_> {
    pub(super) fn blanks(&mut self) {
        let rest = &self.bytes[self.at..];
        let blank = |byte: &u8| matches!(byte, b' ' | b'\n' | b'\r' | b'\t');
        self.at += rest.iter().position(|byte| !blank(byte)).unwrap_or(rest.len());
    }

    pub(super) fn skip_line(&mut self) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        self.at += rest.find('\n').unwrap_or(rest.len());
    }

    pub(super) fn skip_comment(&mut self) {
        let mut open = 0usize;
        while self.at < self.bytes.len() {
            match (self.peek(0), self.peek(1)) {
                (b'/', b'*') => {
                    open += 1;
                    self.at += 2;
                }
                (b'*', b'/') => {
                    open -= 1;
                    self.at += 2;
                    if open == 0 {
                        return;
                    }
                }
                _ => self.at += 1,
            }
        }
    }

    /// A string in which a backslash escapes.
    pub(super) fn string(&mut self) {
        self.token(Last::Other);
        self.at += 1;
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            match rest.iter().position(|byte| matches!(byte, b'"' | b'\\')) {
                Some(end) if rest[end] == b'\\' => self.at += end + 2,
                Some(end) => return self.end_literal(self.at + end + 1),
                None => return self.at += rest.len(),
            }
        }
    }

    /// A raw string, where one starts here: after `r`, hashes and a quote.
    pub(super) fn raw_string(&mut self, hashes: usize) {
        self.token(Last::Other);
        self.at += hashes + 1;
        while self.at < self.bytes.len() {
            let closes = self.peek(0) == b'"' && (1..=hashes).all(|n| self.peek(n) == b'#');
            self.at += 1;
            if closes {
                return self.end_literal(self.at + hashes);
            }
        }
    }

    /// Goes behind a literal, and behind the suffix that it may have: `'a'r""` is a character and a string, not a raw one.
    fn end_literal(&mut self, end: usize) {
        let suffixed = self.bytes.get(end).is_some_and(|byte| !byte.is_ascii_digit());
        let suffix = if suffixed { word_length(self.text, end) } else { 0 };
        self.at = end + suffix;
    }

    /// A character, or a lifetime.
    pub(super) fn quote(&mut self) {
        self.token(Last::Other);
        let rest = &self.bytes[self.at + 1..];
        if rest.first() == Some(&b'\\') {
            let end = rest.iter().skip(2).position(|b| *b == b'\'' || *b == b'\n');
            return self.end_literal(self.at + end.map_or(rest.len() + 1, |end| end + 4));
        }
        // One character of up to four bytes between two quotes; all else is a lifetime.
        let long = match rest.first() {
            Some(byte) if *byte >= 0xf0 => 4,
            Some(byte) if *byte >= 0xe0 => 3,
            Some(byte) if *byte >= 0xc0 => 2,
            _ => 1,
        };
        if rest.get(long) == Some(&b'\'') {
            self.end_literal(self.at + long + 2);
        } else {
            // To the lexer what follows is a token of its own.
            self.at += 1;
        }
    }
}
