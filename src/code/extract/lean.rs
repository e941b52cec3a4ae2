//! What of a text is lexed: all but what only takes time, which is indentation, and lines that are comments and no more.
//!
//! The lexer goes through blanks and comments character by character, and every line of documentation is an attribute
//! with tokens and a syntax tree of its own. Lines stay lines, so that the line and the column of a token lead to its
//! place in the file.

/// A text as it is lexed.
pub(super) struct Lean {
    /// What is lexed.
    pub text: String,
    /// Where in the file each of its lines starts.
    pub lines: Vec<usize>,
}

impl Lean {
    /// What is lexed of a file's text from this position on.
    pub fn new(text: &str, start: usize) -> Self {
        let mut lean = Self {
            text: String::with_capacity(text.len()),
            lines: Vec::with_capacity(text.len() / BYTES_A_LINE),
        };
        let mut at = start;
        let ends = memchr::memchr_iter(b'\n', &text.as_bytes()[start..]).map(|end| start + end + 1);
        let rest = (!text.ends_with('\n')).then_some(text.len());
        for end in ends.chain(rest) {
            let line = &text[at..end];
            let kept = line.trim_start_matches([' ', '\t']);
            lean.lines.push(end - kept.len());
            if !is_comment(kept) {
                lean.text.push_str(kept);
            } else if kept.ends_with('\n') {
                lean.text.push('\n');
            }
            at = end;
        }
        // Where an end comes too early.
        lean.lines.push(at);
        lean
    }

    /// Where in the file a byte of the lexed text stands.
    pub fn place(&self, at: usize) -> usize {
        let before = &self.text[..at];
        let line = before.matches('\n').count();
        let column = at - before.rfind('\n').map_or(0, |end| end + 1);
        self.lines.get(line).map_or(0, |start| start + column)
    }
}

/// So many bytes has a line of Rust about.
const BYTES_A_LINE: usize = 24;

/// Whether a line can be left out as a comment. In a literal, or in a comment of several lines, it may look like one:
/// there it says as little, unless it holds what can end or open those.
fn is_comment(line: &str) -> bool {
    line.starts_with("//") && !line.bytes().any(|byte| matches!(byte, b'"' | b'*'))
}

#[cfg(test)]
mod tests {
    use std::str::FromStr;

    use proc_macro2::{Ident, TokenStream, TokenTree};
    use proptest::prelude::*;
    use proptest::{collection, sample::select};

    use super::super::places::Places;
    use super::super::tests::PIECES;
    use super::*;
    use crate::workspace::random::config;

    /// The identifiers of a text as it is lexed, each as its place in the file reads; none if it cannot be lexed.
    fn idents(text: &str) -> Option<Vec<String>> {
        let lean = Lean::new(text, 0);
        let places = Places::new(text, &lean);
        let mut found = Vec::new();
        for ident in idents_of(TokenStream::from_str(&lean.text).ok()?) {
            let (start, end) = places.range(ident.span(), None);
            let read = &text[start as usize..end as usize];
            assert_eq!(ident, read, "{text:?}");
            found.push(read.to_owned());
        }
        Some(found)
    }

    /// The identifiers among these tokens, in their order, save those that stand for documentation.
    fn idents_of(tokens: TokenStream) -> Vec<Ident> {
        let mut found = Vec::new();
        for token in tokens {
            match token {
                TokenTree::Group(group) => found.extend(idents_of(group.stream())),
                TokenTree::Ident(ident) if ident != "doc" => found.push(ident),
                _ => {}
            }
        }
        found
    }

    #[test]
    fn indentation_and_lines_that_are_comments_are_left_out() {
        let check = |text: &str, wanted: &str| assert_eq!(Lean::new(text, 0).text, wanted, "{text:?}");
        check("a\n  b\n\t c\n", "a\nb\nc\n");
        check("  // b\na // b\n", "\na // b\n");
        check("/// b\n    //! c\r\na\r\n", "\n\na\r\n");
        check("// a", "");
        check("", "");
    }

    #[test]
    fn what_only_looks_like_a_comment_ends_where_it_ends() {
        let check = |text: &str, wanted: &[&str]| assert_eq!(idents(text).unwrap(), wanted, "{text:?}");
        check("a = \"\n  // b\n  // c\" + d", &["a", "d"]);
        check("a = r#\"\n  // \" b\n  // c\"# + d", &["a", "d"]);
        check("a /*\n  // b\n  // c */ d", &["a", "d"]);
        check("a /*\n  // /* b\n  // */ */ d", &["a", "d"]);
        check("a = \"\\\n  // b \\\n  c\" + d", &["a", "d"]);
    }

    proptest! {
        #![proptest_config(config(4_000))]
        #[test]
        fn what_is_left_out_holds_no_name(pieces in collection::vec(select(PIECES), 0..24)) {
            let text = pieces.concat();
            if let Ok(whole) = TokenStream::from_str(&text) {
                let whole: Vec<String> = idents_of(whole).iter().map(Ident::to_string).collect();
                prop_assert_eq!(idents(&text), Some(whole));
            }
        }
    }

    #[test]
    fn places_are_those_of_the_file() {
        let check = |text: &str, wanted: &[&str]| assert_eq!(idents(text).unwrap(), wanted, "{text:?}");
        check("\n  a\n\tb /* é */ c\n", &["a", "b", "c"]);
        check("a\u{a0}b\u{200e}+", &["a", "b"]);
        check("  é \"🦀\" r#b\r\n  // é\r\n \u{a0} c", &["é", "r#b", "c"]);
        let text = "#!/bin/sh\n  // é\n    a b";
        let lean = Lean::new(text, 9);
        let at = lean.text.find('b').unwrap();
        assert_eq!(&text[lean.place(at)..], "b");
    }
}
