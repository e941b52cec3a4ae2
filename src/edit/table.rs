//! Takes `[[tables]]` out of a text, line by line.

use super::Edit;
use super::find::{Found, Table};

/// One line of the text.
struct Line<'t> {
    start: usize,
    text: &'t str,
    /// It starts inside of a string.
    in_string: bool,
    gone: bool,
}

impl Line<'_> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }

    fn is_empty(&self) -> bool {
        !self.in_string && self.text.trim().is_empty()
    }

    fn is_comment(&self) -> bool {
        !self.in_string && self.text.trim_start().starts_with('#')
    }
}

/// The changes that take these tables out, with the comments that are theirs and the empty lines that parted them.
pub(super) fn edits(text: &str, found: &Found) -> Vec<Edit> {
    if found.tables.is_empty() {
        return Vec::new();
    }
    let mut lines = lines(text);
    for string in &found.long_strings {
        let first = lines.partition_point(|line| line.start <= string.start);
        let after = lines.partition_point(|line| line.start < string.end);
        lines[first..after].iter_mut().for_each(|line| line.in_string = true);
    }
    for table in &found.tables {
        mark(&mut lines, table);
    }
    mark_empty_lines(&mut lines);
    let gone = lines.iter().filter(|line| line.gone);
    gone.map(|line| Edit {
        range: line.start..line.end(),
        with: String::new(),
    })
    .collect()
}

/// The lines, each with its end. A byte order mark belongs to none.
fn lines(text: &str) -> Vec<Line<'_>> {
    let rest = text.trim_start_matches('\u{feff}');
    let mut start = text.len() - rest.len();
    let line = |text| {
        let line = Line {
            start,
            text,
            in_string: false,
            gone: false,
        };
        start += text.len();
        line
    };
    rest.split_inclusive('\n').map(line).collect()
}

fn mark(lines: &mut [Line<'_>], table: &Table) {
    let at = |offset: usize| lines.partition_point(|line| line.end() <= offset);
    let (mut first, mut last) = (at(table.start), at(table.end - 1));
    while first > 0 && lines[first - 1].is_comment() {
        first -= 1;
    }
    let below = lines[last + 1..].iter().take_while(|line| line.is_comment()).count();
    // A comment below that leads over to another header is about that one.
    if lines.get(last + 1 + below).is_none_or(Line::is_empty) {
        last += below;
    }
    for line in &mut lines[first..=last] {
        line.gone = true;
    }
}

/// Of the empty lines around a gap those above it stay; at the end of the file none does.
fn mark_empty_lines(lines: &mut [Line<'_>]) {
    let mut at = 0;
    while at < lines.len() {
        if !lines[at].gone {
            at += 1;
            continue;
        }
        let (start, mut end) = (at, at);
        // What lies between two tables that go parts nothing any more.
        loop {
            while lines.get(end).is_some_and(|line| line.gone) {
                end += 1;
            }
            let empty = lines[end..].iter().take_while(|line| line.is_empty()).count();
            match lines.get(end + empty) {
                Some(line) if line.gone => end += empty,
                next => {
                    let above = lines[..start]
                        .iter()
                        .rev()
                        .take_while(|line| line.is_empty() && !line.gone)
                        .count();
                    let parted = above > 0 || start == 0;
                    let (at_the_end, cut) = (next.is_none(), end + empty);
                    if at_the_end {
                        lines[start - above..start].iter_mut().for_each(|line| line.gone = true);
                    }
                    if parted || at_the_end {
                        end = cut;
                    }
                    break;
                }
            }
        }
        lines[start..end].iter_mut().for_each(|line| line.gone = true);
        at = end;
    }
}
