//! Tokens in one row, brackets among them, so that what stands before and behind a place is a step away.

use proc_macro2::{Delimiter, Group, Ident, LineColumn, Punct, Spacing, Span, TokenStream, TokenTree};

/// A token, or one end of a group.
#[derive(Clone)]
enum Sign {
    /// The start of a group, with the span of all of it.
    Open(Delimiter, Span),
    /// The end of a group.
    Close(Span),
    /// A word, a sign or a literal.
    Token(TokenTree),
}

/// A sign and where the file has it.
#[derive(Clone)]
struct Placed {
    sign: Sign,
    at: LineColumn,
    /// The file does not have it; it stands for what is found here.
    added: bool,
}

/// Tokens in a row, every bracket with its end.
#[derive(Clone, Default)]
pub(super) struct Row(Vec<Placed>);

impl Row {
    /// These tokens.
    pub fn of(tokens: TokenStream) -> Self {
        let mut row = Self::default();
        row.take_in(tokens);
        row
    }

    /// As deep as brackets are, which was measured.
    fn take_in(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => {
                    let (opening, closing) = (group.span_open().start(), group.span_close().start());
                    self.push(Sign::Open(group.delimiter(), group.span()), opening, false);
                    self.take_in(group.stream());
                    self.push(Sign::Close(group.span_close()), closing, false);
                }
                token => {
                    let at = token.span().start();
                    self.push(Sign::Token(token), at, false);
                }
            }
        }
    }

    fn push(&mut self, sign: Sign, at: LineColumn, added: bool) {
        self.0.push(Placed { sign, at, added });
    }

    /// The row as syn takes it.
    pub fn tokens(&self) -> TokenStream {
        let mut open: Vec<(Delimiter, Span, Vec<TokenTree>)> = Vec::new();
        let mut current = Vec::new();
        for placed in &self.0 {
            match &placed.sign {
                Sign::Token(token) => current.push(token.clone()),
                Sign::Open(delimiter, span) => open.push((*delimiter, *span, std::mem::take(&mut current))),
                Sign::Close(_) => {
                    let Some((delimiter, span, before)) = open.pop() else {
                        continue;
                    };
                    let inner = std::mem::replace(&mut current, before);
                    let mut group = Group::new(delimiter, inner.into_iter().collect());
                    group.set_span(span);
                    current.push(TokenTree::Group(group));
                }
            }
        }
        current.into_iter().collect()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The position of what the file has at this place.
    pub fn position(&self, at: LineColumn) -> Option<usize> {
        self.0.iter().position(|placed| placed.at == at && !placed.added)
    }

    /// The place of what stands at this position.
    pub fn at(&self, position: usize) -> Option<LineColumn> {
        self.0.get(position).map(|placed| placed.at)
    }

    /// Behind all places of the row.
    pub fn end(&self) -> LineColumn {
        let last = self.0.iter().map(|placed| placed.at).max();
        last.map_or(LineColumn { line: 0, column: 0 }, |last| LineColumn {
            line: last.line,
            column: last.column + 1,
        })
    }

    /// Whether this word stands here, and not as a raw identifier.
    pub fn word(&self, position: usize, word: &str) -> bool {
        self.ident(position).is_some_and(|ident| ident == word)
    }

    /// Whether one of these words stands here.
    pub fn any(&self, position: usize, words: &[&str]) -> bool {
        words.iter().any(|word| self.word(position, word))
    }

    /// The word that stands here.
    pub fn ident(&self, position: usize) -> Option<&Ident> {
        match self.0.get(position).map(|placed| &placed.sign) {
            Some(Sign::Token(TokenTree::Ident(ident))) => Some(ident),
            _ => None,
        }
    }

    /// Whether this sign stands here.
    pub fn sign(&self, position: usize, sign: char) -> bool {
        self.punct(position).is_some_and(|punct| punct.as_char() == sign)
    }

    fn punct(&self, position: usize) -> Option<&Punct> {
        match self.0.get(position).map(|placed| &placed.sign) {
            Some(Sign::Token(TokenTree::Punct(punct))) => Some(punct),
            _ => None,
        }
    }

    /// Whether these two signs stand here as one.
    pub fn pair(&self, position: usize, first: char, second: char) -> bool {
        self.sign(position, first)
            && self
                .punct(position)
                .is_some_and(|punct| punct.spacing() == Spacing::Joint)
            && self.sign(position + 1, second)
    }

    /// Whether a bracket of this sort opens here.
    pub fn opens(&self, position: usize, delimiter: Delimiter) -> bool {
        matches!(self.0.get(position).map(|placed| &placed.sign), Some(Sign::Open(found, _)) if *found == delimiter)
    }

    pub fn is_open(&self, position: usize) -> bool {
        matches!(self.0.get(position).map(|placed| &placed.sign), Some(Sign::Open(..)))
    }

    pub fn is_close(&self, position: usize) -> bool {
        matches!(self.0.get(position).map(|placed| &placed.sign), Some(Sign::Close(_)))
    }

    pub fn is_literal(&self, position: usize) -> bool {
        matches!(
            self.0.get(position).map(|placed| &placed.sign),
            Some(Sign::Token(TokenTree::Literal(_)))
        )
    }

    /// The position behind what starts here: a token, or a group with its end. None at the end of a group and of the row.
    pub fn next(&self, position: usize) -> Option<usize> {
        if position >= self.len() || self.is_close(position) {
            return None;
        }
        let mut open = 0usize;
        for at in position..self.len() {
            open += usize::from(self.is_open(at));
            open -= usize::from(self.is_close(at));
            if open == 0 {
                return Some(at + 1);
            }
        }
        None
    }

    /// The position of what ends before this one: a token, or a group from its start. None at the start of a group and of
    /// the row.
    pub fn before(&self, position: usize) -> Option<usize> {
        let last = position.checked_sub(1)?;
        if self.is_open(last) {
            return None;
        }
        let mut open = 0usize;
        for at in (0..=last).rev() {
            open += usize::from(self.is_close(at));
            open -= usize::from(self.is_open(at));
            if open == 0 {
                return Some(at);
            }
        }
        None
    }

    /// The start of the group around this position.
    pub fn around(&self, position: usize) -> Option<usize> {
        let mut closed = 0usize;
        for at in (0..position.min(self.len())).rev() {
            if self.is_close(at) {
                closed += 1;
            } else if self.is_open(at) {
                if closed == 0 {
                    return Some(at);
                }
                closed -= 1;
            }
        }
        None
    }

    /// The part of the row between two positions.
    pub fn part(&self, start: usize, end: usize) -> Self {
        Self(self.0.get(start..end).unwrap_or_default().to_vec())
    }

    /// The row with something else between two positions.
    pub fn with(&self, start: usize, end: usize, instead: Self) -> Self {
        let mut row = self.clone();
        row.0.splice(start..end.max(start), instead.0);
        row
    }

    /// The row without what stands between two positions.
    pub fn without(&self, start: usize, end: usize) -> Self {
        self.with(start, end, Self::default())
    }

    /// This row, and another behind it.
    pub fn then(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// Signs and words that stand for what is found here. `_` and words are words, all else is signs.
    pub fn added(&self, position: usize, text: &[&str]) -> Self {
        let mut row = Self::default();
        let Some(placed) = self.0.get(position) else { return row };
        let span = placed.span();
        for piece in text {
            if piece.starts_with(|first: char| first.is_alphabetic() || first == '_') {
                let word = TokenTree::Ident(Ident::new(piece, span));
                row.push(Sign::Token(word), placed.at, true);
                continue;
            }
            for (index, sign) in piece.char_indices() {
                let last = index + sign.len_utf8() == piece.len();
                let mut punct = Punct::new(sign, if last { Spacing::Alone } else { Spacing::Joint });
                punct.set_span(span);
                row.push(Sign::Token(TokenTree::Punct(punct)), placed.at, true);
            }
        }
        row
    }

    /// The row in a group that the file does not have.
    pub fn grouped(self, delimiter: Delimiter) -> Self {
        let Some(first) = self.0.first() else { return self };
        let (span, at) = (first.span(), first.at);
        let mut row = Self::default();
        row.push(Sign::Open(delimiter, span), at, true);
        row.0.extend(self.0);
        row.push(Sign::Close(span), at, true);
        row
    }

    /// The row with the word at this position as a raw identifier.
    pub fn raw(&self, position: usize) -> Option<Self> {
        let ident = self.ident(position)?;
        let raw = Ident::new_raw(&ident.to_string(), ident.span());
        let mut row = self.clone();
        row.0[position].sign = Sign::Token(TokenTree::Ident(raw));
        Some(row)
    }
}

impl Placed {
    fn span(&self) -> Span {
        match &self.sign {
            Sign::Open(_, span) | Sign::Close(span) => *span,
            Sign::Token(token) => token.span(),
        }
    }
}
