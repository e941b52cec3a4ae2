//! `use {::a::b, c};`: in braces, a path that starts at the root or at the crates.

use proc_macro2::Delimiter;

use super::row::Row;

/// Writes the paths that start with `::` in the braces around this position as a `use` of their own.
pub(super) fn separated(row: &Row, at: usize) -> Option<Row> {
    if !row.pair(at, ':', ':') {
        return None;
    }
    let open = row.around(at)?;
    let keyword = open.checked_sub(1)?;
    if !row.opens(open, Delimiter::Brace) || !row.word(keyword, "use") {
        return None;
    }
    let end = row.next(open)?;
    if !row.sign(end, ';') {
        return None;
    }
    let (mut global, mut other) = (Row::default(), Row::default());
    let mut start = open + 1;
    while start < end - 1 {
        let mut comma = start;
        while let Some(next) = row.next(comma)
            && !row.sign(comma, ',')
        {
            comma = next;
        }
        let behind = (comma + 1).min(end - 1);
        if row.pair(start, ':', ':') {
            global = global.then(row.part(start + 2, behind));
        } else {
            other = other.then(row.part(start, behind));
        }
        start = behind;
    }
    let first = head(row, keyword);
    let colons = row.added(at, &["::"]);
    let mut uses = row
        .part(first, open)
        .then(colons)
        .then(global.grouped(Delimiter::Brace));
    if other.len() > 0 {
        let second = row.part(first, open).then(other.grouped(Delimiter::Brace));
        uses = uses.then(row.added(at, &[";"])).then(second);
    }
    Some(row.with(first, end, uses))
}

/// Where the item starts whose keyword stands here: with its attributes.
fn head(row: &Row, keyword: usize) -> usize {
    let mut first = keyword;
    while let Some(before) = row.before(first) {
        let restricted = row.opens(before, Delimiter::Parenthesis) && before > 0 && row.word(before - 1, "pub");
        let attribute = row.opens(before, Delimiter::Bracket) && before > 0 && row.sign(before - 1, '#');
        first = if restricted || attribute {
            before - 1
        } else if row.word(before, "pub") {
            before
        } else {
            break;
        };
    }
    first
}
