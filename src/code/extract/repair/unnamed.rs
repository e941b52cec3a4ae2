//! Parameters without a name, as the methods of traits could have in edition 2015: `u8` as `_: u8`.

use std::ops::RangeInclusive;

use proc_macro2::Delimiter;

use super::row::Row;
use super::sugar::{angle_end, angle_start};

/// Names all of them in the row, where syn stopped in one: whoever writes one writes more, and every parse takes time.
pub(super) fn all_named(row: &Row, at: usize) -> Option<(Row, usize)> {
    let stopped = around(row, at)?;
    let mut all: Vec<usize> = bodies(row).into_iter().flat_map(|body| in_body(row, body)).collect();
    all.sort_unstable();
    Some((with_names(row, &all), stopped))
}

/// Names the one that syn stopped in.
pub(super) fn named(row: &Row, at: usize) -> Option<(Row, usize)> {
    let stopped = around(row, at)?;
    // What was taken for a pattern may be no type that syn takes, so that it stops before where it did.
    Some((with_names(row, &[stopped]), stopped))
}

/// The row with a name before each of these positions, which ascend.
fn with_names(row: &Row, positions: &[usize]) -> Row {
    let mut changed = Row::default();
    let mut done = 0;
    for at in positions {
        changed = changed.then(row.part(done, *at)).then(row.added(*at, &["_", ":"]));
        done = *at;
    }
    changed.then(row.part(done, row.len()))
}

/// Where the parameter around this position starts, if it has no name and its function stands in a trait.
fn around(row: &Row, at: usize) -> Option<usize> {
    let mut open = row.around(at)?;
    while !is_parameters(row, open) {
        open = row.around(open)?;
    }
    let found = without_name(row, open)?.into_iter().find(|range| range.contains(&at))?;
    in_trait(row, open).then(|| behind_attributes(row, *found.start()))?
}

/// Whether the parameters of a function start here.
fn is_parameters(row: &Row, open: usize) -> bool {
    if !row.opens(open, Delimiter::Parenthesis) {
        return false;
    }
    let generic = open > 0 && row.sign(open - 1, '>');
    let end = if generic { angle_start(row, open) } else { Some(open) };
    end.is_some_and(|end| end >= 2 && row.ident(end - 1).is_some() && row.word(end - 2, "fn"))
}

/// The parameters without a name among those that start here, each up to what ends it.
fn without_name(row: &Row, open: usize) -> Option<Vec<RangeInclusive<usize>>> {
    let mut found = Vec::new();
    let (mut start, mut at, mut named) = (open + 1, open + 1, false);
    loop {
        let next = row.next(at);
        if next.is_none() || row.sign(at, ',') {
            // `&mut self` and `...` have none either.
            if at > start && !named && !row.word(at - 1, "self") && !row.sign(at - 1, '.') {
                found.push(start..=at);
            }
            let Some(next) = next else { return Some(found) };
            (start, at, named) = (next, next, false);
        } else if row.sign(at, '<') {
            at = angle_end(row, at)?;
        } else if row.pair(at, ':', ':') || row.pair(at, '-', '>') {
            at += 2;
        } else {
            named |= row.sign(at, ':');
            at = next?;
        }
    }
}

fn behind_attributes(row: &Row, start: usize) -> Option<usize> {
    let mut at = start;
    while row.sign(at, '#') && row.opens(at + 1, Delimiter::Bracket) {
        at = row.next(at + 1)?;
    }
    Some(at)
}

/// Whether a function with these parameters stands in a trait.
fn in_trait(row: &Row, parameters: usize) -> bool {
    let Some(body) = row.around(parameters) else {
        return false;
    };
    let mut at = body;
    while let Some(before) = row.before(at) {
        if row.word(before, "trait") {
            return row.opens(body, Delimiter::Brace);
        }
        // Braces among the arguments of a bound are no body.
        let body = row.opens(before, Delimiter::Brace) && !row.sign(at, '>') && !row.sign(at, ',');
        if row.sign(before, ';') || body {
            return false;
        }
        at = before;
    }
    false
}

/// The starts of the braces of all traits. What a macro is given may be anything, and stays as it is.
fn bodies(row: &Row) -> Vec<usize> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < row.len() {
        if row.word(at, "trait") && row.ident(at + 1).is_some() {
            found.extend(body(row, at + 1));
        }
        let called = |back: usize| at >= back && row.sign(at - back, '!');
        let given = row.is_open(at) && (called(1) || called(2) && row.ident(at - 1).is_some());
        at = row.next(at).filter(|_| given).unwrap_or(at + 1);
    }
    found
}

/// The start of the braces of the trait whose name stands here.
fn body(row: &Row, name: usize) -> Option<usize> {
    let (mut at, mut open) = (name, 0usize);
    while open > 0 || !row.opens(at, Delimiter::Brace) {
        if row.sign(at, ';') || row.word(at, "trait") {
            return None;
        }
        open += usize::from(row.sign(at, '<'));
        if row.sign(at, '>') && !row.pair(at - 1, '-', '>') {
            open = open.checked_sub(1)?;
        }
        at = row.next(at)?;
    }
    Some(at)
}

/// Where the parameters without a name start that the functions in these braces have.
fn in_body(row: &Row, body: usize) -> Vec<usize> {
    let mut found = Vec::new();
    let mut at = body + 1;
    while let Some(next) = row.next(at) {
        let function = row.word(at, "fn") && row.ident(next).is_some();
        at = next;
        if !function {
            continue;
        }
        let generic = row.sign(at + 1, '<');
        let Some(open) = (if generic { angle_end(row, at + 1) } else { Some(at + 1) }) else {
            break;
        };
        if row.opens(open, Delimiter::Parenthesis) {
            let starts = without_name(row, open).into_iter().flatten();
            found.extend(starts.filter_map(|range| behind_attributes(row, *range.start())));
        }
        at = open;
    }
    found
}
