//! Measures how deep a syntax tree of a text can be, before anything recursive sees it.
//!
//! A tree is as deep as the tokens that stand in a row without a comma, a semicolon or a finished block: operators,
//! prefixes, chains of calls and of `else if`, types and patterns. So the measure is the sum of those rows over all open
//! brackets. It is never less than the depth, save for a small factor that the stack has room for, and real code stays
//! far below it.

mod skip;
mod words;

pub use words::name_length;
use words::{is_keyword, is_word};

/// The deepest that is parsed.
pub const MOST: usize = 16_000;

/// The most brackets that may be open at once: what stands in macros is walked bracket by bracket.
pub const MOST_BRACKETS: usize = 3_000;

/// How deep a text is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Depth {
    /// Of what is surely parsed: all but the input of macros.
    pub code: usize,
    /// Of all of it.
    pub macros: usize,
    /// How many brackets are open at once.
    pub brackets: usize,
    /// Where it is deepest.
    pub deepest: usize,
}

/// One open bracket.
#[derive(Clone, Copy)]
struct Level {
    /// Tokens in the row before it, in all levels.
    below: usize,
    row: usize,
    /// The longest that the row was before an `else` took it back.
    longest: usize,
    /// The row before its last `if`.
    choice: Option<usize>,
    of_macro: bool,
}

impl Level {
    fn new(below: usize, of_macro: bool) -> Self {
        Self {
            below,
            row: 0,
            longest: 0,
            choice: None,
            of_macro,
        }
    }
}

struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    /// The bracket that is open, and those around it.
    level: Level,
    around: Vec<Level>,
    depth: Depth,
    /// The last three tokens, as much as is needed of them, the latest first.
    last: [Last; 3],
    /// The last token ended a block, so that the next may start a new row.
    ended: bool,
    /// Where the last token starts.
    latest: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Word,
    Keyword,
    Bang,
    Other,
}

/// How deep this text is.
pub fn measure(text: &str) -> Depth {
    // A text is no deeper than it is long, and real files are mostly short.
    if text.len() <= MOST && text.bytes().filter(|byte| matches!(byte, b'(' | b'[' | b'{')).count() <= MOST_BRACKETS {
        return Depth::default();
    }
    scan(text)
}

/// The same of a text of any length.
fn scan(text: &str) -> Depth {
    let mut scanner = Scanner {
        text,
        bytes: text.as_bytes(),
        at: 0,
        level: Level::new(0, false),
        around: Vec::new(),
        depth: Depth::default(),
        last: [Last::Other; 3],
        ended: false,
        latest: 0,
    };
    while scanner.at < scanner.bytes.len() {
        scanner.step();
    }
    scanner.note();
    scanner.depth
}

impl Scanner<'_> {
    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn step(&mut self) {
        let byte = self.peek(0);
        if self.ended && matches!(byte, b'#' | b'"' | b'\'') {
            // No expression goes on with any of these behind a block.
            self.end_row();
        }
        match byte {
            b' ' | b'\n' | b'\r' | b'\t' => self.blanks(),
            b'/' if self.peek(1) == b'/' => self.skip_line(),
            b'/' if self.peek(1) == b'*' => self.skip_comment(),
            b'"' => self.string(),
            b'\'' => self.quote(),
            b'(' | b'[' | b'{' => self.open(),
            b')' | b']' | b'}' => self.close(byte == b'}'),
            b',' | b';' => {
                self.token(Last::Other);
                self.end_row();
                self.at += 1;
            }
            b'!' => {
                self.token(Last::Bang);
                self.at += 1;
            }
            _ if is_word(byte) => self.word(),
            _ => {
                self.token(Last::Other);
                self.at += 1;
            }
        }
    }

    fn word(&mut self) {
        let length = name_length(self.text, self.at);
        if length == 0 {
            // A blank that is no ASCII.
            let character = self.text.get(self.at..).and_then(|rest| rest.chars().next());
            self.at += character.map_or(1, char::len_utf8);
            return;
        }
        let word = &self.bytes[self.at..self.at + length];
        self.at += length;
        if matches!(word, b"r" | b"br" | b"cr") {
            let hashes = self.bytes[self.at..].iter().take_while(|byte| **byte == b'#').count();
            if self.peek(hashes) == b'"' {
                return self.raw_string(hashes);
            }
        }
        if self.peek(0) == b'\'' && word == b"b" || self.peek(0) == b'"' {
            return;
        }
        // A block is followed by a new row, unless it goes on.
        match word {
            b"else" if self.ended => self.branch(),
            b"as" => {}
            _ if self.ended => self.end_row(),
            _ => {}
        }
        if word == b"if" {
            self.level.choice = Some(self.level.row);
        }
        self.token(if is_keyword(word) { Last::Keyword } else { Last::Word });
    }

    fn token(&mut self, what: Last) {
        self.last = [what, self.last[0], self.last[1]];
        self.latest = self.at;
        if self.ended {
            // The row goes on around all branches.
            self.level.row = self.level.row.max(std::mem::take(&mut self.level.longest));
        }
        self.level.row += 1;
        self.ended = false;
    }

    /// Goes on with an `else`: it stands in its `if`, for which two tokens are counted, but not in the condition. The last
    /// `if` of the row is that one, or stands in it.
    fn branch(&mut self) {
        self.note();
        let level = &mut self.level;
        if let Some(before) = level.choice {
            level.longest = level.longest.max(level.row);
            level.row = before + 2;
            self.ended = false;
        }
    }

    fn end_row(&mut self) {
        self.note();
        self.level = Level::new(self.level.below, self.level.of_macro);
        self.ended = false;
    }

    /// Takes in the row so far, which is longest where it ends and where a bracket opens.
    fn note(&mut self) {
        let level = self.level;
        let brackets = self.around.len() + 1;
        let deep = level.below + level.row;
        self.depth.macros = self.depth.macros.max(deep);
        if !level.of_macro && deep > self.depth.code {
            self.depth.code = deep;
            self.depth.deepest = self.latest;
        }
        self.depth.brackets = self.depth.brackets.max(brackets);
        if brackets > MOST_BRACKETS && self.depth.code <= MOST {
            self.depth.deepest = self.latest;
        }
    }

    fn open(&mut self) {
        // `name!(…)` and `macro_rules! name {…}`.
        let call = self.last[..2] == [Last::Bang, Last::Word];
        let rules = self.last == [Last::Word, Last::Bang, Last::Word];
        self.token(Last::Other);
        let Level {
            below, row, of_macro, ..
        } = self.level;
        self.around.push(self.level);
        self.level = Level::new(below + row, of_macro || call || rules);
        self.note();
        self.at += 1;
    }

    fn close(&mut self, brace: bool) {
        self.note();
        if let Some(around) = self.around.pop() {
            self.level = around;
        }
        self.token(Last::Other);
        self.ended = brace;
        self.at += 1;
    }
}

#[cfg(test)]
mod tests {
    use std::str::FromStr;

    use proc_macro2::{TokenStream, TokenTree};
    use proptest::prelude::*;
    use proptest::{collection, sample::select};

    use super::super::tests::PIECES;
    use super::*;
    use crate::workspace::random::config;

    /// How many brackets are open at once. Documentation has some that the text does not have.
    fn brackets(tokens: TokenStream) -> usize {
        let within = tokens.into_iter().map(|token| match token {
            TokenTree::Group(group) if !group.stream().to_string().starts_with("doc =") => 1 + brackets(group.stream()),
            _ => 0,
        });
        within.max().unwrap_or(0)
    }

    proptest! {
        #![proptest_config(config(4_000))]
        #[test]
        fn no_bracket_hides_behind_what_only_looks_like_a_literal(pieces in collection::vec(select(PIECES), 0..24)) {
            let text = pieces.concat();
            if let Ok(tokens) = TokenStream::from_str(&text) {
                // The ground is a level too.
                prop_assert_eq!(scan(&text).brackets, 1 + brackets(tokens));
            }
        }
    }
}
