//! The changes to a file as a unified diff.

use std::fmt::Write as _;
use std::ops::Range;

use super::{Edit, apply};
use crate::source::is_obeyed;

/// How many lines are shown before and after a change.
const CONTEXT: usize = 3;

/// A stretch of lines that gives way to others.
struct Hunk<'t> {
    old: Range<usize>,
    new: Vec<&'t str>,
}

/// The diff of a text and what the changes make of it, as `patch` and `git apply` read it; empty where nothing changes.
/// What a terminal would obey is shown as `U+FFFD`, but for tabs and line ends.
#[must_use]
pub fn unified(path: &str, text: &str, edits: &[Edit]) -> String {
    let after = apply(text, edits);
    let old: Vec<&str> = text.split_inclusive('\n').collect();
    let hunks = hunks(text, &after, &old, edits);
    if hunks.is_empty() {
        return String::new();
    }
    let mut out = format!("--- a/{0}\n+++ b/{0}\n", shown(path));
    let mut shift: isize = 0;
    for group in hunks.chunk_by(|a, b| b.old.start - a.old.end <= 2 * CONTEXT) {
        let (Some(first), Some(last)) = (group.first(), group.last()) else {
            continue;
        };
        let start = first.old.start.saturating_sub(CONTEXT);
        let end = old.len().min(last.old.end + CONTEXT);
        let grown: isize = group.iter().map(growth).sum();
        let new_start = start.saturating_add_signed(shift);
        let new_length = (end - start).saturating_add_signed(grown);
        let _ = writeln!(
            out,
            "@@ -{} +{} @@",
            lines(start, end - start),
            lines(new_start, new_length)
        );
        let mut at = start;
        for hunk in group {
            old[at..hunk.old.start]
                .iter()
                .for_each(|line| write(&mut out, ' ', line));
            old[hunk.old.clone()].iter().for_each(|line| write(&mut out, '-', line));
            hunk.new.iter().for_each(|line| write(&mut out, '+', line));
            at = hunk.old.end;
        }
        old[at..end].iter().for_each(|line| write(&mut out, ' ', line));
        shift += grown;
    }
    out
}

fn growth(hunk: &Hunk<'_>) -> isize {
    hunk.new.len().cast_signed() - hunk.old.len().cast_signed()
}

/// `START,LENGTH`, the start counted from 1, or the line before where there are none.
fn lines(start: usize, length: usize) -> String {
    let start = if length == 0 { start } else { start + 1 };
    format!("{start},{length}")
}

fn write(out: &mut String, mark: char, line: &str) {
    out.push(mark);
    if let Some(rest) = line.strip_suffix('\n') {
        let (rest, end) = rest.strip_suffix('\r').map_or((rest, "\n"), |rest| (rest, "\r\n"));
        out.push_str(&shown(rest));
        out.push_str(end);
    } else {
        out.push_str(&shown(line));
        out.push_str("\n\\ No newline at end of file\n");
    }
}

/// A byte order mark is shown to `patch` as it is: it moves nothing.
fn shown(text: &str) -> String {
    let shown = |c: char| if is_obeyed(c) && c != '\t' { '\u{fffd}' } else { c };
    text.chars().map(shown).collect()
}

/// The stretches of lines that the changes touch, in order, each without the lines that stay at its ends.
fn hunks<'t>(text: &str, after: &'t str, old: &[&str], edits: &[Edit]) -> Vec<Hunk<'t>> {
    let mut starts: Vec<usize> = vec![0];
    for line in old {
        starts.push(starts[starts.len() - 1] + line.len());
    }
    let line_of = |offset: usize| starts.partition_point(|start| *start <= offset).saturating_sub(1);
    // How far the new text is ahead of the old one, before and after the changes of a stretch.
    let (mut hunks, mut ahead, mut next) = (Vec::new(), 0_isize, 0);
    while let Some(edit) = edits.get(next) {
        let first = line_of(edit.range.start).min(old.len().saturating_sub(1));
        let mut last = line_of(edit.range.end);
        let before = ahead;
        loop {
            let edit = &edits[next];
            ahead += edit.with.len().cast_signed() - edit.range.len().cast_signed();
            last = last.max(line_of(edit.range.end));
            next += 1;
            match edits.get(next) {
                Some(edit) if line_of(edit.range.start) <= last => {}
                _ => break,
            }
        }
        let (start, end) = (starts[first], starts.get(last + 1).copied().unwrap_or(text.len()));
        let new = &after[start.saturating_add_signed(before)..end.saturating_add_signed(ahead)];
        let new: Vec<&str> = new.split_inclusive('\n').collect();
        let stretch = first..old.len().min(last + 1);
        hunks.extend(trimmed(old, stretch, &new));
    }
    hunks
}

/// A stretch without the lines that stay at its ends; none where all stay.
fn trimmed<'t>(old: &[&str], mut stretch: Range<usize>, mut new: &[&'t str]) -> Option<Hunk<'t>> {
    while let (Some(a), Some((b, rest))) = (old[stretch.clone()].first(), new.split_first())
        && a == b
    {
        stretch.start += 1;
        new = rest;
    }
    while let (Some(a), Some((b, rest))) = (old[stretch.clone()].last(), new.split_last())
        && a == b
    {
        stretch.end -= 1;
        new = rest;
    }
    (!stretch.is_empty() || !new.is_empty()).then(|| Hunk {
        old: stretch,
        new: new.to_vec(),
    })
}
