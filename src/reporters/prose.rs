//! Sentences, names and colours: text that is wrapped to the width, and the few marks that differ between a terminal
//! that draws boxes and one that does not.

use std::borrow::Cow;

use anstyle::{AnsiColor, Style as Ansi};
use unicode_width::UnicodeWidthStr;

use crate::reporters::Style;
use crate::source::printable;

/// Sentences are not set wider than this, however wide the terminal is.
const WIDEST_PROSE: usize = 100;
/// A longer word is cut in its middle: no name that a person gave is as long.
const LONGEST_WORD: usize = 120;

/// Draws with or without colour, in Unicode or ASCII.
#[derive(Clone, Copy)]
pub(crate) struct Pen {
    style: Style,
}

impl Pen {
    pub fn new(style: Style) -> Self {
        Self { style }
    }

    /// Columns of the page; never so few that nothing fits.
    pub fn width(self) -> usize {
        self.style.width.max(40)
    }

    /// Columns of a sentence.
    pub fn prose_width(self) -> usize {
        self.width().min(WIDEST_PROSE)
    }

    /// Whether long lists are printed to their end.
    pub fn all(self) -> bool {
        self.style.all
    }

    /// Whether only the answer is wanted.
    pub fn quiet(self) -> bool {
        self.style.quiet
    }

    pub fn unicode(self) -> bool {
        self.style.unicode
    }

    pub fn color(self) -> bool {
        self.style.color
    }

    pub fn ellipsis(self) -> &'static str {
        if self.unicode() { "…" } else { "..." }
    }

    pub fn arrow(self) -> &'static str {
        if self.unicode() { "→" } else { "->" }
    }

    /// What is less important than what stands beside it.
    pub fn dim(self, text: &str) -> String {
        self.paint(Ansi::new().dimmed(), text)
    }

    /// The word before a remark.
    pub fn lead(self, text: &str) -> String {
        self.paint(AnsiColor::Cyan.on_default(), text)
    }

    pub fn bad(self, text: &str) -> String {
        self.paint(AnsiColor::Red.on_default().bold(), text)
    }

    pub fn doubtful(self, text: &str) -> String {
        self.paint(AnsiColor::Yellow.on_default().bold(), text)
    }

    pub fn good(self, text: &str) -> String {
        self.paint(AnsiColor::Green.on_default().bold(), text)
    }

    fn paint(self, ansi: Ansi, text: &str) -> String {
        if self.color() {
            format!("{ansi}{text}{ansi:#}")
        } else {
            text.to_owned()
        }
    }

    /// Writes `  lead: text`, wrapped, with later lines set under the text's first word.
    pub fn remark(self, out: &mut String, lead: &str, text: &str) {
        let indent = lead.width() + 2 + 1;
        let lines = wrap(text, self.prose_width().saturating_sub(indent));
        for (i, line) in lines.iter().enumerate() {
            if i == 0 {
                out.push_str("  ");
                out.push_str(&self.lead(lead));
                out.push(' ');
            } else {
                out.extend(std::iter::repeat_n(' ', indent));
            }
            out.push_str(line);
            out.push('\n');
        }
    }
}

/// A name or a line from a manifest as it may be shown: without control characters, and with an end.
pub(crate) fn shown(text: &str, longest: usize) -> Cow<'_, str> {
    let text = if text.len() > longest {
        cut(text, longest).into()
    } else {
        Cow::Borrowed(text)
    };
    match text {
        Cow::Borrowed(text) => printable(text),
        Cow::Owned(text) => printable(&text).into_owned().into(),
    }
}

/// A name as it may be shown.
pub(crate) fn name(text: &str) -> Cow<'_, str> {
    shown(text, LONGEST_WORD)
}

/// The beginning and the end of a long text.
fn cut(text: &str, longest: usize) -> String {
    let head = text.floor_char_boundary(longest * 2 / 3);
    let tail = text.ceil_char_boundary(text.len() - longest / 4);
    format!("{}…{}", &text[..head], &text[tail..])
}

/// Breaks text into lines of at most `width` columns, between words. White space of every sort counts as one space.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut column = 0;
    for word in text.split_whitespace() {
        let word = name(word);
        let wide = word.width();
        if column > 0 && column + 1 + wide > width {
            lines.push(String::new());
            column = 0;
        }
        if let Some(line) = lines.last_mut() {
            if column > 0 {
                line.push(' ');
                column += 1;
            }
            line.push_str(&word);
            column += wide;
        }
    }
    lines
}

/// A count and the word for one or for many.
pub(crate) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", plural(count, one, many))
}

/// The word for one or for many.
pub(crate) fn plural<'a>(count: usize, one: &'a str, many: &'a str) -> &'a str {
    if count == 1 { one } else { many }
}

/// Writes text and spaces up to `width` columns.
pub(crate) fn pad(out: &mut String, text: &str, width: usize) {
    out.push_str(text);
    out.extend(std::iter::repeat_n(' ', width.saturating_sub(text.width())));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_never_broken_at_their_hyphens() {
        assert_eq!(
            wrap("use `billing-domain` here", 12),
            ["use", "`billing-domain`", "here"]
        );
    }

    #[test]
    fn a_reason_over_several_lines_is_set_as_one_sentence() {
        assert_eq!(wrap("one\n\ttwo\r\n  three", 80), ["one two three"]);
    }

    #[test]
    fn a_word_without_end_is_cut() {
        let lines = wrap(&"x".repeat(2_000_000), 80);
        assert!(lines.len() == 1 && lines[0].len() < 200, "{}", lines[0].len());
    }
}
