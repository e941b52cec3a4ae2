//! Lines of a file, and spans that are sure to lie in them.

use std::ops::Range;

use crate::source::SourceFile;

/// A span over more lines than this is drawn on its first line alone.
const LONGEST_SPAN: usize = 5;

/// A span whose offsets are sure to lie in its file, with the lines that it touches.
pub(super) struct Known {
    pub span: Range<usize>,
    pub lines: Range<usize>,
}

impl Known {
    pub fn new(file: &SourceFile, span: Range<usize>) -> Self {
        let text = &*file.text;
        let start = text.floor_char_boundary(span.start);
        let end = text.floor_char_boundary(span.end).max(start);
        let first = file.line_of(start);
        let last = file.line_of(end.saturating_sub(1).max(start)).max(first);
        if last - first < LONGEST_SPAN {
            return Self {
                span: start..end,
                lines: first..last + 1,
            };
        }
        let (line, raw) = line_text(file, first);
        Self {
            span: start..(line + raw.len()).max(start),
            lines: first..first + 1,
        }
    }
}

/// Where a line starts and what it holds, without its ending and without a byte order mark.
pub(super) fn line_text(file: &SourceFile, number: usize) -> (usize, &str) {
    let starts = file.line_starts();
    let start = starts[number] as usize;
    let end = starts.get(number + 1).map_or(file.text.len(), |s| *s as usize);
    let line = file.text.get(start..end).unwrap_or_default();
    let line = line.strip_suffix('\n').unwrap_or(line);
    let line = line.strip_suffix('\r').unwrap_or(line);
    match line.strip_prefix('\u{feff}') {
        Some(rest) if number == 0 => (start + '\u{feff}'.len_utf8(), rest),
        _ => (start, line),
    }
}
