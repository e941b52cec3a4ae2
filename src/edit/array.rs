//! Takes entries out of a list in brackets and puts the others in order, whatever the list looks like: on one line or on
//! many, with comments, with commas behind or in front.

use std::ops::Range;

use super::Edit;
use super::find::List;

/// The changes to one list; none where it holds what cannot stand between brackets.
pub(super) fn edits(text: &str, list: &List) -> Option<Vec<Edit>> {
    let tokens = tokens(text, list)?;
    let mut edits = if list.removed.contains(&true) {
        removals(list, &tokens)
    } else {
        Vec::new()
    };
    if list.sorted && !tokens.iter().any(|token| token.kind == Kind::Comment) {
        edits.extend(in_order(text, list));
    }
    Some(edits)
}

/// Every place of an entry that stays takes the entry that is due there.
fn in_order(text: &str, list: &List) -> Vec<Edit> {
    let stays = |(entry, goes): (&Range<usize>, &bool)| (!goes).then(|| entry.clone());
    let places: Vec<Range<usize>> = list.entries.iter().zip(&list.removed).filter_map(stays).collect();
    let mut sorted: Vec<&str> = places.iter().map(|place| &text[place.clone()]).collect();
    // By what is between the quotes, whichever they are.
    sorted.sort_by_key(|entry| entry.trim_matches(['"', '\'']));
    let moved = places
        .into_iter()
        .zip(sorted)
        .filter(|(place, due)| text[place.clone()] != **due);
    moved
        .map(|(range, due)| Edit {
            range,
            with: due.to_owned(),
        })
        .collect()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// The entry at this position.
    Entry(usize),
    /// The comma at this position.
    Comma(usize),
    Comment,
    LineEnd,
    Space,
}

#[derive(Clone, Debug)]
struct Token {
    kind: Kind,
    range: Range<usize>,
}

/// What stands between the brackets.
fn tokens(text: &str, list: &List) -> Option<Vec<Token>> {
    let end = list.range.end.checked_sub(1)?;
    let (mut tokens, mut at, mut entry, mut commas) = (Vec::new(), list.range.start + 1, 0, 0);
    while at < end {
        let rest = &text[at..end];
        let (kind, length) = if list.entries.get(entry).is_some_and(|range| range.start == at) {
            entry += 1;
            (Kind::Entry(entry - 1), list.entries[entry - 1].len())
        } else if rest.starts_with(',') {
            commas += 1;
            (Kind::Comma(commas - 1), 1)
        } else if rest.starts_with('#') {
            let line = rest.split('\n').next()?;
            (Kind::Comment, line.trim_end_matches('\r').len())
        } else if rest.starts_with('\n') {
            (Kind::LineEnd, 1)
        } else if rest.starts_with("\r\n") {
            (Kind::LineEnd, 2)
        } else {
            let space = rest.len() - rest.trim_start_matches([' ', '\t']).len();
            (Kind::Space, space)
        };
        if length == 0 {
            return None;
        }
        let range = at..at + length;
        tokens.push(Token { kind, range });
        at += length;
    }
    Some(tokens)
}

/// The tokens of one line, with its end.
struct Row<'t> {
    tokens: &'t [Token],
    /// The first shares its line with the bracket and what stands before it.
    opening: bool,
    gone: bool,
}

impl Row<'_> {
    fn has(&self, wanted: impl Fn(Kind) -> bool) -> bool {
        self.tokens.iter().any(|token| wanted(token.kind))
    }

    fn is_empty(&self) -> bool {
        !self.has(|kind| !matches!(kind, Kind::Space | Kind::LineEnd))
    }

    /// A comment that has its line to itself.
    fn is_comment(&self) -> bool {
        let alone = !self.has(|kind| matches!(kind, Kind::Entry(_) | Kind::Comma(_)));
        !self.opening && alone && self.has(|kind| kind == Kind::Comment)
    }
}

/// Which tokens go: the wanted entries, and the commas that nothing needs any more.
struct Going<'l> {
    list: &'l List,
    commas: Vec<bool>,
}

impl Going<'_> {
    fn entry(&self, kind: Kind) -> bool {
        matches!(kind, Kind::Entry(index) if self.list.removed[index])
    }

    fn token(&self, kind: Kind) -> bool {
        self.entry(kind) || matches!(kind, Kind::Comma(index) if self.commas[index])
    }

    /// Whether the line holds entries, and all of them go.
    fn empties(&self, row: &Row<'_>) -> bool {
        let is_entry = |kind| matches!(kind, Kind::Entry(_));
        row.has(is_entry) && !row.has(|kind| is_entry(kind) && !self.entry(kind))
    }
}

fn removals(list: &List, tokens: &[Token]) -> Vec<Edit> {
    let going = Going {
        list,
        commas: commas(list, tokens),
    };
    let mut rows: Vec<Row<'_>> = tokens
        .split_inclusive(|token| token.kind == Kind::LineEnd)
        .map(|tokens| Row {
            tokens,
            opening: false,
            gone: false,
        })
        .collect();
    if let Some(first) = rows.first_mut() {
        first.opening = true;
    }
    for row in rows.iter_mut().filter(|row| !row.opening) {
        let concerned = row.has(|kind| going.token(kind));
        row.gone = concerned && !row.has(|kind| matches!(kind, Kind::Entry(_) | Kind::Comma(_)) && !going.token(kind));
        // A comma alone in its line takes no comment with it.
        row.gone &= going.empties(row) || !row.has(|kind| kind == Kind::Comment);
    }
    comments_above(&mut rows, &going);
    empty_lines(&mut rows);
    let mut gone: Vec<Range<usize>> = Vec::new();
    for row in &rows {
        if row.gone {
            gone.extend(row.tokens.iter().map(|token| token.range.clone()));
        } else {
            within(row, &going, &mut gone);
        }
    }
    let nothing_is_left = list.removed.iter().all(|goes| *goes)
        && !tokens
            .iter()
            .any(|token| token.kind == Kind::Comment && !gone.contains(&token.range));
    if nothing_is_left {
        gone.clear();
        gone.push(list.range.start + 1..list.range.end - 1);
    }
    let edit = |range| Edit {
        range,
        with: String::new(),
    };
    gone.into_iter().map(edit).collect()
}

/// Which commas go, so that just one stays between two entries, and one behind the last where one stood there.
fn commas(list: &List, tokens: &[Token]) -> Vec<bool> {
    let count = tokens
        .iter()
        .filter(|token| matches!(token.kind, Kind::Comma(_)))
        .count();
    let mut goes = vec![true; count];
    let stays: Vec<usize> = (0..list.entries.len()).filter(|index| !list.removed[*index]).collect();
    for pair in stays.windows(2) {
        let (first, second) = (pair[0], pair[1]);
        // Where commas stand in front of entries, each on its line, the one that stays is that of the next entry.
        let stays = if leads_a_line(tokens, first) { second - 1 } else { first };
        goes[stays] = false;
    }
    if let Some(last) = stays.last() {
        let trailing = count == list.entries.len();
        if trailing && let Some(goes) = goes.get_mut(*last) {
            *goes = false;
        }
    }
    goes
}

/// Whether the comma behind this entry stands on a line after it.
fn leads_a_line(tokens: &[Token], entry: usize) -> bool {
    let behind = tokens.iter().skip_while(|token| token.kind != Kind::Entry(entry));
    let mut between = behind.take_while(|token| token.kind != Kind::Comma(entry));
    between.any(|token| token.kind == Kind::LineEnd)
}

/// Comments on lines of their own go with the last of the entries below them.
fn comments_above(rows: &mut [Row<'_>], going: &Going<'_>) {
    let mut at = 0;
    while at < rows.len() {
        let comments = rows[at..].iter().take_while(|row| row.is_comment()).count();
        if comments == 0 {
            at += 1;
            continue;
        }
        let below = &rows[at + comments..];
        let about = below.iter().take_while(|row| !row.is_empty() && !row.is_comment());
        let (mut entries, mut all_go) = (false, true);
        for row in about {
            let has_entries = row.has(|kind| matches!(kind, Kind::Entry(_)));
            entries |= has_entries;
            all_go &= !has_entries || going.empties(row);
        }
        if entries && all_go {
            rows[at..at + comments].iter_mut().for_each(|row| row.gone = true);
        }
        at += comments;
    }
}

/// Where lines went, no empty line stays at the edge of the list, and no two stay beside each other.
fn empty_lines(rows: &mut [Row<'_>]) {
    let count = rows.len();
    let is_edge = |rows: &[Row<'_>], at: Option<usize>| match at.and_then(|at| rows.get(at)) {
        None => true,
        Some(row) => row.is_empty() || row.opening && !row.has(|kind| kind == Kind::Comment),
    };
    for at in 1..count {
        // What stands before the bracket on its line is no empty line.
        if rows[at].gone || !rows[at].is_empty() || !rows[at].has(|kind| kind == Kind::LineEnd) {
            continue;
        }
        let above = (0..at).rev().find(|row| !rows[*row].gone);
        let below = (at + 1..count).find(|row| !rows[*row].gone);
        let beside_a_gap = rows[at - 1].gone || rows.get(at + 1).is_some_and(|row| row.gone);
        let at_the_end = below.is_none_or(|row| row == count - 1 && rows[row].is_empty());
        if beside_a_gap && (is_edge(rows, above) || at_the_end) {
            rows[at].gone = true;
        }
    }
}

/// What goes within a line that stays: entries and commas with one of the two spaces beside them, and the comment behind
/// the last of them where no entry of the line stays.
fn within(row: &Row<'_>, going: &Going<'_>, gone: &mut Vec<Range<usize>>) {
    let tokens = row.tokens;
    let emptied = going.empties(row);
    let goes = |token: &Token| going.token(token.kind) || (emptied && token.kind == Kind::Comment);
    let mut at = 0;
    while at < tokens.len() {
        if !goes(&tokens[at]) {
            at += 1;
            continue;
        }
        let start = at;
        // A run of what goes, with the spaces in it.
        let mut end = at + 1;
        while let Some(next) = tokens.get(end) {
            if goes(next) {
                end += 1;
            } else if next.kind == Kind::Space && tokens.get(end + 1).is_some_and(goes) {
                end += 2;
            } else {
                break;
            }
        }
        let is_space = |at: usize| tokens.get(at).is_some_and(|token| token.kind == Kind::Space);
        let (before, after) = (start > 0 && is_space(start - 1), is_space(end));
        let next = tokens.get(end + usize::from(after));
        let (first, last) = match next {
            // At the end of a line nothing needs a space, and before the bracket the space there stays.
            Some(token) if token.kind == Kind::LineEnd => (start - usize::from(before), end + usize::from(after)),
            None => (start - usize::from(before), end),
            // A comma that follows stands where the entry stood.
            Some(token) if matches!(token.kind, Kind::Comma(_)) => (start - usize::from(before), end),
            // One of two spaces is too much.
            Some(_) => (start, end + usize::from(after && (before || start == 0))),
        };
        gone.extend(tokens[first..last].iter().map(|token| token.range.clone()));
        at = end;
    }
}
