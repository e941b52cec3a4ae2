//! Changes to TOML files that people wrote: text in, text out, and every byte that is not concerned stays as it is, line
//! ends and a byte order mark among them.
//!
//! What goes is named by its span, as the configuration holds it: an entry of a list, an edge of the baseline, the header
//! of a `[[table]]`. A comment goes with what it is about and with nothing else:
//!
//! - one behind an entry, on its line, goes with the last entry of that line;
//! - one on lines of its own in a list is about the entries below it, down to the next comment or empty line, and goes
//!   with the last of them;
//! - one directly above a `[[table]]`, and one directly below its last key, goes with the table; an empty line parts them,
//!   and what stands directly above another header belongs to that.

use std::ops::Range;

mod array;
mod diff;
mod find;
mod table;
#[cfg(test)]
mod tests;

pub use diff::unified;

/// A change to a text: these bytes give way to others. The changes of a list are in order and do not touch each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes that give way.
    pub range: Range<usize>,
    /// What stands there instead.
    pub with: String,
}

/// What is to change in a text. Everything is named by its place.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// What goes: entries of lists, strings that stand where a list may (they give way to `[]`), headers of `[[tables]]`.
    pub removed: Vec<Range<usize>>,
    /// Lists whose entries are to be in order, each by the places of its entries. Lists with comments in them are left.
    pub sorted: Vec<Vec<Range<usize>>>,
}

/// The changes that take the wanted things out and put the wanted lists in order.
///
/// None where the text is not TOML or a place is none of a thing that can go: then nothing is to be written. What comes
/// out was read again and holds what it held, less what was to go.
#[must_use]
pub fn plan(text: &str, wanted: &Wanted) -> Option<Vec<Edit>> {
    let found = find::find(text, wanted)?;
    let mut edits: Vec<Edit> = Vec::new();
    edits.extend(found.alone.iter().map(|alone| Edit {
        range: alone.clone(),
        with: "[]".to_owned(),
    }));
    for list in &found.lists {
        edits.extend(array::edits(text, list)?);
    }
    edits.extend(table::edits(text, &found));
    let edits = merged(edits);
    let after = apply(text, &edits);
    find::holds_the_rest(text, &after, wanted).then_some(edits)
}

/// The text after the changes.
#[must_use]
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        out.push_str(&text[at..edit.range.start]);
        out.push_str(&edit.with);
        at = edit.range.end;
    }
    out.push_str(&text[at..]);
    out
}

/// The changes that make one text of another, line by line: exact and small where lines only went.
#[must_use]
pub fn between(before: &str, after: &str) -> Vec<Edit> {
    let mut wanted = after.split_inclusive('\n').peekable();
    let mut edits = Vec::new();
    let mut at = 0;
    for line in before.split_inclusive('\n') {
        let range = at..at + line.len();
        at = range.end;
        if wanted.next_if_eq(&line).is_none() {
            edits.push(Edit {
                range,
                with: String::new(),
            });
        }
    }
    if wanted.peek().is_some() {
        edits = vec![Edit {
            range: 0..before.len(),
            with: after.to_owned(),
        }];
    }
    merged(edits)
}

/// In order, and those that touch each other as one.
fn merged(mut edits: Vec<Edit>) -> Vec<Edit> {
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    let mut all: Vec<Edit> = Vec::with_capacity(edits.len());
    for edit in edits {
        match all.last_mut() {
            Some(last) if edit.range.start <= last.range.end => {
                last.range.end = last.range.end.max(edit.range.end);
                last.with.push_str(&edit.with);
            }
            _ => all.push(edit),
        }
    }
    all
}
