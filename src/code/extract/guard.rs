//! Measures how deep a syntax tree of a text can be, before anything recursive sees it.
//!
//! A tree is as deep as the tokens that stand in a row without a comma, a semicolon or a finished block: operators,
//! prefixes, chains of calls and of `else if`, types and patterns. So the measure is the sum of those rows over all open
//! brackets. It is never less than the depth, save for a small factor that the stack has room for, and real code stays
//! far below it.

mod words;

use words::is_keyword;
pub use words::is_word;

/// The deepest that is parsed.
pub const MOST: usize = 16_000;

/// The most brackets that may be open at once: what stands in macros is walked bracket by bracket.
pub const MOST_BRACKETS: usize = 1_500;

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
    of_macro: bool,
}

struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    levels: Vec<Level>,
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
    let ground = Level {
        below: 0,
        row: 0,
        of_macro: false,
    };
    let mut scanner = Scanner {
        text,
        bytes: text.as_bytes(),
        at: 0,
        levels: vec![ground],
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

    fn blanks(&mut self) {
        let rest = &self.bytes[self.at..];
        let blank = |byte: &u8| matches!(byte, b' ' | b'\n' | b'\r' | b'\t');
        self.at += rest.iter().position(|byte| !blank(byte)).unwrap_or(rest.len());
    }

    fn skip_line(&mut self) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        self.at += rest.find('\n').unwrap_or(rest.len());
    }

    fn skip_comment(&mut self) {
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
    fn string(&mut self) {
        self.token(Last::Other);
        self.at += 1;
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            match rest.iter().position(|byte| matches!(byte, b'"' | b'\\')) {
                Some(end) if rest[end] == b'\\' => self.at += end + 2,
                Some(end) => return self.at += end + 1,
                None => return self.at += rest.len(),
            }
        }
    }

    /// A raw string, where one starts here: after `r`, hashes and a quote.
    fn raw_string(&mut self, hashes: usize) {
        self.token(Last::Other);
        self.at += hashes + 1;
        while self.at < self.bytes.len() {
            let closes = self.peek(0) == b'"' && (1..=hashes).all(|n| self.peek(n) == b'#');
            self.at += 1;
            if closes {
                self.at += hashes;
                return;
            }
        }
    }

    /// A character, or a lifetime.
    fn quote(&mut self) {
        self.token(Last::Other);
        let rest = &self.bytes[self.at + 1..];
        if rest.first() == Some(&b'\\') {
            let end = rest.iter().skip(2).position(|b| *b == b'\'' || *b == b'\n');
            self.at += end.map_or(rest.len() + 1, |end| end + 4);
            return;
        }
        // One character of up to four bytes between two quotes; all else is a lifetime.
        let long = match rest.first() {
            Some(byte) if *byte >= 0xf0 => 4,
            Some(byte) if *byte >= 0xe0 => 3,
            Some(byte) if *byte >= 0xc0 => 2,
            _ => 1,
        };
        self.at += if rest.get(long) == Some(&b'\'') { long + 2 } else { 1 };
    }

    fn word(&mut self) {
        let rest = &self.bytes[self.at..];
        let length = rest.iter().position(|byte| !is_word(*byte)).unwrap_or(rest.len());
        let word = &rest[..length];
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
        if self.ended && !matches!(word, b"else" | b"as") {
            self.end_row();
        }
        self.token(if is_keyword(word) { Last::Keyword } else { Last::Word });
    }

    fn token(&mut self, what: Last) {
        self.ended = false;
        self.last = [what, self.last[0], self.last[1]];
        self.latest = self.at;
        if let Some(level) = self.levels.last_mut() {
            level.row += 1;
        }
    }

    fn end_row(&mut self) {
        self.note();
        if let Some(level) = self.levels.last_mut() {
            level.row = 0;
        }
        self.ended = false;
    }

    /// Takes in the row so far, which is longest where it ends and where a bracket opens.
    fn note(&mut self) {
        let Some(level) = self.levels.last() else { return };
        let deep = level.below + level.row;
        self.depth.macros = self.depth.macros.max(deep);
        if !level.of_macro && deep > self.depth.code {
            self.depth.code = deep;
            self.depth.deepest = self.latest;
        }
        self.depth.brackets = self.depth.brackets.max(self.levels.len());
        if self.levels.len() > MOST_BRACKETS && self.depth.code <= MOST {
            self.depth.deepest = self.latest;
        }
    }

    fn open(&mut self) {
        // `name!(…)` and `macro_rules! name {…}`.
        let call = self.last[..2] == [Last::Bang, Last::Word];
        let rules = self.last == [Last::Word, Last::Bang, Last::Word];
        self.token(Last::Other);
        let above = self.levels.last().copied();
        let (below, of_macro) = above.map_or((0, false), |level| (level.below + level.row, level.of_macro));
        self.levels.push(Level {
            below,
            row: 0,
            of_macro: of_macro || call || rules,
        });
        self.note();
        self.at += 1;
    }

    fn close(&mut self, brace: bool) {
        self.note();
        if self.levels.len() > 1 {
            self.levels.pop();
        }
        self.token(Last::Other);
        self.ended = brace;
        self.at += 1;
    }
}
