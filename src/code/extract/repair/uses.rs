//! `use {::a::b, c};`: in braces, a path that starts at the root or at the crates. syn takes it, as tokens alone.

use proc_macro2::{Delimiter, TokenTree};
use syn::Item;
use syn::parse::Parser;

use super::row::Row;

/// Of these items, those that syn leaves as tokens for such a path, by position, each as all that it brings.
pub(in super::super) fn anew(items: &[&Item]) -> Vec<(usize, Vec<Item>)> {
    let written_anew = |(position, item): (usize, &&Item)| Some((position, separated(item)?));
    items.iter().enumerate().filter_map(written_anew).collect()
}

/// The items with those instead; none where there are none.
pub(in super::super) fn among<'i>(items: &[&'i Item], anew: &'i [(usize, Vec<Item>)]) -> Option<Vec<&'i Item>> {
    if anew.is_empty() {
        return None;
    }
    let mut all = Vec::new();
    let mut start = 0;
    for (position, uses) in anew {
        all.extend(&items[start..*position]);
        all.extend(uses);
        start = position + 1;
    }
    all.extend(&items[start..]);
    Some(all)
}

/// The items, those that syn leaves as tokens for such a path each as all that it brings.
pub(in super::super) fn written(items: Vec<Item>) -> Vec<Item> {
    let whole = |item: Item| separated(&item).unwrap_or_else(|| vec![item]);
    items.into_iter().flat_map(whole).collect()
}

/// A `use` for the paths that start with `::`, and one for the others.
fn separated(item: &Item) -> Option<Vec<Item>> {
    let Item::Verbatim(tokens) = item else { return None };
    let is_use = |token: TokenTree| matches!(token, TokenTree::Ident(word) if word == "use");
    if !tokens.clone().into_iter().any(is_use) {
        return None;
    }
    let row = Row::of(tokens.clone());
    let keyword = (0..row.len()).find(|at| row.word(*at, "use") && row.opens(at + 1, Delimiter::Brace))?;
    let (mut global, mut other) = (Row::default(), Row::default());
    sort(&row, keyword + 1, &mut global, &mut other)?;
    let head = row.part(0, keyword + 1);
    let end = row.added(keyword, &[";"]);
    let global = head
        .clone()
        .then(row.added(keyword, &["::"]))
        .then(global.grouped(Delimiter::Brace))
        .then(end.clone());
    let all = if other.len() == 0 {
        global
    } else {
        global.then(head).then(other.grouped(Delimiter::Brace)).then(end)
    };
    super::super::items.parse2(all.tokens()).ok()
}

/// Adds what the braces that open here hold to one of two lists.
fn sort(row: &Row, open: usize, global: &mut Row, other: &mut Row) -> Option<()> {
    let end = row.next(open)? - 1;
    let mut start = open + 1;
    while start < end {
        let mut comma = start;
        while !row.sign(comma, ',')
            && let Some(next) = row.next(comma)
        {
            comma = next;
        }
        if row.pair(start, ':', ':') {
            *global = std::mem::take(global)
                .then(row.part(start + 2, comma))
                .then(row.added(start, &[","]));
        } else if row.opens(start, Delimiter::Brace) {
            sort(row, start, global, other)?;
        } else {
            *other = std::mem::take(other)
                .then(row.part(start, comma))
                .then(row.added(start, &[","]));
        }
        start = comma + 1;
    }
    Some(())
}
