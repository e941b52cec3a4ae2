//! What syn refuses and rustc takes, each with an equal form that syn takes.

use proc_macro2::Delimiter;

use super::modifiers::without_modifier;
use super::row::Row;
use super::sugar::unsugared;
use super::unnamed::{all_named, named};

/// Writes the row anew for a parser that stopped at this position, where the rule is about what stands there.
/// With it comes where syn has to get past for the rule to have helped.
type Rule = fn(&Row, usize) -> Option<(Row, usize)>;

/// All rules. Of those that are about the same position, the more exact come first.
pub(super) const ALL: &[Rule] = &[
    |row, at| Some((keyword_in_path(row, at)?, at)),
    |row, at| Some((unsugared(row, at)?, at)),
    |row, at| Some((without_modifier(row, at)?, at)),
    all_named,
    named,
    |row, at| Some((keyword_here(row, at)?, at)),
    keyword_before,
    |row, at| Some((keyword_around(row, at)?, at)),
    |row, at| Some((late_where(row, at)?, at)),
    |row, at| Some((early_variadic(row, at)?, at)),
    |row, at| Some((pattern(row, at)?, at)),
    |row, at| Some((yeet(row, at)?, at)),
];

/// Words that were names in edition 2015.
pub(super) const NEW_KEYWORDS: &[&str] = &["async", "await", "dyn", "try"];

/// A name that is a keyword by now, and one that may follow a dot: `async` as `r#async`.
fn keyword_here(row: &Row, at: usize) -> Option<Row> {
    let field = at > 0 && row.sign(at - 1, '.') && row.any(at, &["use", "yield"]);
    (field || row.any(at, NEW_KEYWORDS)).then(|| row.raw(at))?
}

/// The same in a path, where no other rule may take the word for what modifies the name behind it: `async::A`, `a::async`.
fn keyword_in_path(row: &Row, at: usize) -> Option<Row> {
    let behind = at > 1 && row.pair(at - 2, ':', ':');
    (row.any(at, NEW_KEYWORDS) && (behind || row.pair(at + 1, ':', ':'))).then(|| row.raw(at))?
}

/// The same, where syn takes the word for the keyword and stops behind it.
fn keyword_before(row: &Row, at: usize) -> Option<(Row, usize)> {
    // `impl async for A`
    let mut end = at;
    if at > 0 && row.word(at - 1, "for") {
        end -= 1;
    }
    // `if async { … }`
    while let Some(block) = row.before(end)
        && row.opens(block, Delimiter::Brace)
    {
        end = block;
    }
    let before = end.checked_sub(1)?;
    row.any(before, NEW_KEYWORDS)
        .then(|| Some((row.raw(before)?, before)))?
}

/// The same, where syn takes the arms of a match for a block: `match async { 1 => … }`.
fn keyword_around(row: &Row, at: usize) -> Option<Row> {
    let mut open = row.around(at)?;
    while !(open > 0 && row.opens(open, Delimiter::Brace) && row.any(open - 1, NEW_KEYWORDS)) {
        open = row.around(open)?;
    }
    row.raw(open - 1)
}

/// `type A where B = C;` as `type A = C where B;`, and two clauses as one.
fn late_where(row: &Row, stopped: usize) -> Option<Row> {
    let mut at = stopped;
    if row.word(stopped, "where") {
        while !row.sign(at, '=') {
            at = row.before(at)?;
        }
    }
    if !row.sign(at, '=') {
        return None;
    }
    let mut clause = None;
    let mut first = at;
    while !row.word(first, "type") {
        first = row.before(first)?;
        if row.sign(first, ';') || row.opens(first, Delimiter::Brace) {
            return None;
        }
        if row.word(first, "where") {
            clause = Some(first);
        }
    }
    let clause = clause?;
    let mut end = at;
    let mut second = false;
    while !row.sign(end, ';') {
        second |= row.word(end, "where");
        end = row.next(end)?;
    }
    let moved = if second {
        let comma = if row.sign(end - 1, ',') || row.word(end - 1, "where") {
            Row::default()
        } else {
            row.added(stopped, &[","])
        };
        comma.then(row.part(clause + 1, at))
    } else {
        row.part(clause, at)
    };
    Some(row.with(clause, end, row.part(at, end).then(moved)))
}

/// `fn f(..., a: A)` without its `...`, which syn takes at the end alone: it stops behind the comma.
fn early_variadic(row: &Row, at: usize) -> Option<Row> {
    let start = at.checked_sub(4)?;
    let dots = (start..start + 3).all(|dot| row.sign(dot, '.'));
    let starts = start > 0 && (row.opens(start - 1, Delimiter::Parenthesis) || row.sign(start - 1, ','));
    (dots && starts && row.sign(at - 1, ',')).then(|| row.without(start, at))
}

/// The pattern `!` as `_`, and `a..` among the patterns of a slice as `(a..)`.
fn pattern(row: &Row, at: usize) -> Option<Row> {
    if row.sign(at, '!') {
        return Some(row.with(at, at + 1, row.added(at, &["_"])));
    }
    if !row.pair(at, '.', '.') {
        return None;
    }
    let open = row.around(at).filter(|open| row.opens(*open, Delimiter::Bracket))?;
    let mut start = at;
    while let Some(before) = row.before(start)
        && !row.sign(before, ',')
        && before > open
    {
        start = before;
    }
    let mut end = at;
    while let Some(next) = row.next(end)
        && !row.sign(end, ',')
    {
        end = next;
    }
    Some(row.with(start, end, row.part(start, end).grouped(Delimiter::Parenthesis)))
}

/// `do yeet` as `return`.
fn yeet(row: &Row, at: usize) -> Option<Row> {
    (row.word(at, "do") && row.word(at + 1, "yeet")).then(|| row.with(at, at + 2, row.added(at, &["return"])))
}
