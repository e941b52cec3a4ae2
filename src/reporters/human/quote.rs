//! Lines of files as a terminal may show them: without control characters, tabs spread to spaces, and cut to the width
//! around the place that matters, however long the line is.

use unicode_width::UnicodeWidthChar;

use crate::source::printable;

/// The width of a tab in quoted lines.
const TAB: usize = 4;

/// A line as it is shown, and where each of its bytes went.
pub(super) struct Quoted {
    /// What is shown, without a line break.
    pub text: String,
    /// Offsets of characters in the line and in `text`; none where both are the same text.
    steps: Option<Vec<(usize, usize)>>,
}

impl Quoted {
    /// Quotes `raw` in at most `width` columns, so that the part from `focus` on stays visible.
    pub fn new(raw: &str, focus: Option<std::ops::Range<usize>>, width: usize, ellipsis: &str) -> Self {
        if raw.len() <= width && raw.bytes().all(|b| (0x20..0x7f).contains(&b)) {
            return Self {
                text: raw.to_owned(),
                steps: None,
            };
        }
        let start = window_start(raw, focus, width, ellipsis.len());
        spread(raw, start, width, ellipsis)
    }

    /// Where the character at this offset of the line is in the text. What was cut off is at the nearest end.
    pub fn offset(&self, raw: usize) -> usize {
        let Some(steps) = &self.steps else {
            return raw.min(self.text.len());
        };
        let at = steps.partition_point(|(from, _)| *from < raw);
        steps.get(at).or(steps.last()).map_or(0, |(_, to)| *to)
    }
}

/// How many columns a character takes at this column.
fn char_width(c: char, column: usize) -> usize {
    match c {
        '\t' => TAB - column % TAB,
        c if c.is_control() => 1,
        c => c.width().unwrap_or(0),
    }
}

/// The first character to show: the line's own first where the focus fits beside it, else one a little before the
/// focus.
fn window_start(raw: &str, focus: Option<std::ops::Range<usize>>, width: usize, cut: usize) -> usize {
    let Some(focus) = focus else { return 0 };
    let mut column = 0;
    for (i, c) in raw.char_indices() {
        if i >= focus.end {
            return 0;
        }
        column += char_width(c, column);
        if column + cut > width {
            break;
        }
    }
    if column + cut <= width {
        return 0;
    }
    let lead = width / 3;
    let before = raw.get(..focus.start).unwrap_or_default();
    let start = before.char_indices().rev().take(lead).last();
    start.map_or(focus.start, |(i, _)| i)
}

/// Copies what fits from `start` on.
fn spread(raw: &str, start: usize, width: usize, ellipsis: &str) -> Quoted {
    let mut text = String::new();
    if start > 0 {
        text.push_str(ellipsis);
    }
    let cut = ellipsis.chars().count();
    let (mut column, mut steps) = (if start > 0 { cut } else { 0 }, Vec::new());
    // The place and column of the last character that leaves room for an ellipsis.
    let mut room = (text.len(), 0);
    for (i, c) in raw[start..].char_indices() {
        let wide = char_width(c, column);
        if column + wide > width {
            text.truncate(room.0);
            steps.truncate(room.1);
            steps.push((start + i, text.len()));
            text.push_str(ellipsis);
            return Quoted {
                text,
                steps: Some(steps),
            };
        }
        steps.push((start + i, text.len()));
        match c {
            '\t' => text.extend(std::iter::repeat_n(' ', wide)),
            c => text.push_str(&printable(c.encode_utf8(&mut [0; 4]))),
        }
        column += wide;
        if column + cut <= width {
            room = (text.len(), steps.len());
        }
    }
    steps.push((raw.len(), text.len()));
    Quoted {
        text,
        steps: Some(steps),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quote(raw: &str, focus: std::ops::Range<usize>, width: usize) -> (String, usize, usize) {
        let quoted = Quoted::new(raw, Some(focus.clone()), width, "…");
        let (start, end) = (quoted.offset(focus.start), quoted.offset(focus.end));
        (quoted.text, start, end)
    }

    #[test]
    fn a_line_that_fits_stays_as_it_is() {
        assert_eq!(quote("a = 1", 4..5, 20), ("a = 1".into(), 4, 5));
    }

    #[test]
    fn tabs_become_spaces_up_to_the_next_stop() {
        assert_eq!(quote("\ta\tb", 3..4, 20), ("    a   b".into(), 8, 9));
    }

    #[test]
    fn control_characters_are_replaced_and_offsets_follow() {
        assert_eq!(quote("a\u{1b}[2Jb", 5..6, 20), ("a\u{fffd}[2Jb".into(), 7, 8));
    }

    #[test]
    fn a_long_line_is_cut_behind_what_matters() {
        assert_eq!(quote("abcdefghijklmno", 0..3, 8), ("abcdefg…".into(), 0, 3));
    }

    #[test]
    fn a_long_line_is_cut_on_both_sides_where_what_matters_stands_far_right() {
        let (text, start, end) = quote(
            &format!("{}KEY{}", "x".repeat(5_000), "y".repeat(5_000)),
            5_000..5_003,
            20,
        );
        assert_eq!(text.chars().count(), 20);
        assert_eq!(&text[start..end], "KEY");
    }

    #[test]
    fn wide_characters_count_two_columns() {
        assert_eq!(quote("漢字漢字漢字", 0..3, 7), ("漢字漢…".into(), 0, 3));
    }

    #[test]
    fn what_matters_may_be_wider_than_the_line() {
        let (text, start, end) = quote(&"z".repeat(100), 10..90, 20);
        assert!(
            text.chars().count() <= 20 && start < end && end <= text.len(),
            "{text} {start} {end}"
        );
    }

    #[test]
    fn two_megabytes_on_one_line_cost_no_more_than_the_width() {
        let line = "é".repeat(1_000_000);
        let began = std::time::Instant::now();
        for _ in 0..1_000 {
            assert!(Quoted::new(&line, Some(1_000_000..1_000_010), 100, "…").text.len() < 400);
        }
        assert!(began.elapsed().as_secs() < 10);
    }
}
