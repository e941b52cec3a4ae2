//! Words before what they modify, where syn does not know them: without them it reads the same names.

use std::ops::Range;

use proc_macro2::Delimiter;

use super::row::Row;
use super::sugar::angle_start;

/// What is to be taken out where syn stopped at this position.
type Form = fn(&Row, usize) -> Option<Range<usize>>;

/// All forms. No two are about the same place.
const FORMS: &[Form] = &[
    const_trait,
    async_bound,
    negative_bound,
    conditional_bound,
    closure,
    unsafe_field,
    function,
    second_word,
    pinned,
    word_before,
];

/// The row without the modifier that syn stopped at.
pub(super) fn without_modifier(row: &Row, at: usize) -> Option<Row> {
    let gone = FORMS.iter().find_map(|form| form(row, at))?;
    Some(row.without(gone.start, gone.end))
}

/// `impl const Trait for A`
fn const_trait(row: &Row, at: usize) -> Option<Range<usize>> {
    let start = if behind(row, at, '>') {
        angle_start(row, at)?
    } else {
        at
    };
    (row.word(at, "const") && starts_path(row, at + 1) && after(row, start, &["impl"])).then_some(at..at + 1)
}

/// `A: async Fn()`
fn async_bound(row: &Row, at: usize) -> Option<Range<usize>> {
    (row.word(at, "async") && starts_path(row, at + 1) && in_bound(row, at)).then_some(at..at + 1)
}

/// `A: !B`, but not `impl !A for B`, which syn takes.
fn negative_bound(row: &Row, at: usize) -> Option<Range<usize>> {
    let bound = row.sign(at, '!') && starts_path(row, at + 1) && in_bound(row, at);
    (bound && !(after(row, at, &["impl"]) && heads_item(row, at - 1))).then_some(at..at + 1)
}

/// `A: ~const B`
fn conditional_bound(row: &Row, at: usize) -> Option<Range<usize>> {
    (row.sign(at, '~') && row.word(at + 1, "const") && in_bound(row, at)).then_some(at..at + 2)
}

/// `static || …`, and `use || …`
fn closure(row: &Row, at: usize) -> Option<Range<usize>> {
    let closure = row.sign(at + 1, '|') || row.any(at + 1, &["move", "async"]);
    (row.any(at, &["static", "use"]) && closure && !after(row, at, &["async"])).then_some(at..at + 1)
}

/// `struct A { unsafe b: C }`
fn unsafe_field(row: &Row, at: usize) -> Option<Range<usize>> {
    let named = row.word(at, "unsafe") && row.ident(at + 1).is_some() && row.sign(at + 2, ':');
    let in_braces = row.around(at).is_some_and(|open| row.opens(open, Delimiter::Brace));
    let starts = at > 0 && (row.is_open(at - 1) || row.is_close(at - 1));
    let first = starts || behind(row, at, ',') || after(row, at, &["pub"]);
    (named && in_braces && first).then_some(at..at + 1)
}

/// `gen fn`, and `final fn`
fn function(row: &Row, at: usize) -> Option<Range<usize>> {
    (row.any(at, &["gen", "final"]) && row.word(at + 1, "fn")).then_some(at..at + 1)
}

/// `async gen fn`, `async gen || …`, and `async use { … }`
fn second_word(row: &Row, at: usize) -> Option<Range<usize>> {
    let made = row.word(at + 1, "gen") && (row.word(at + 2, "fn") || row.sign(at + 2, '|'));
    let used = row.word(at + 1, "use") && row.opens(at + 2, Delimiter::Brace);
    (row.word(at, "async") && (made || used)).then_some(at + 1..at + 2)
}

/// `&'a pin const A`, and `&'a pin mut A`
fn pinned(row: &Row, at: usize) -> Option<Range<usize>> {
    let reference = at > 1 && row.sign(at - 2, '&') || at > 2 && row.sign(at - 3, '\'');
    (row.any(at, &["const", "mut"]) && after(row, at, &["pin"]) && reference).then(|| at - 1..at + 1)
}

/// Where syn stops behind the word: `super let a = b;`, `mut ref a`, `type const A: B = C;`, `use || …`, and `gen fn`.
fn word_before(row: &Row, at: usize) -> Option<Range<usize>> {
    let known = [("super", "let"), ("mut", "ref"), ("type", "const"), ("gen", "fn")];
    let pair = known
        .iter()
        .any(|(first, second)| row.word(at, second) && after(row, at, &[first]));
    (pair || row.sign(at, '|') && after(row, at, &["use"])).then_some(at.checked_sub(1)?..at)
}

/// Whether one of these words stands before this position.
fn after(row: &Row, at: usize, words: &[&str]) -> bool {
    at > 0 && row.any(at - 1, words)
}

/// Whether this sign stands before this position.
fn behind(row: &Row, at: usize, sign: char) -> bool {
    at > 0 && row.sign(at - 1, sign)
}

/// Whether a bound may start here. The signs that a longer one ends with start none: `a::B`, `-> A`.
fn in_bound(row: &Row, at: usize) -> bool {
    let double = at > 1 && (row.pair(at - 2, ':', ':') || row.pair(at - 2, '-', '>'));
    let opens = at > 0 && row.opens(at - 1, Delimiter::Parenthesis);
    let sign = [':', '+', '>'].iter().any(|sign| behind(row, at, *sign));
    sign && !double || after(row, at, &["impl", "dyn"]) || opens
}

/// Whether a path starts here.
fn starts_path(row: &Row, at: usize) -> bool {
    row.ident(at).is_some() && !row.any(at, KEYWORDS) || row.pair(at, ':', ':')
}

/// Words that no path starts with.
const KEYWORDS: &[&str] = &[
    "as", "async", "const", "dyn", "enum", "extern", "fn", "for", "impl", "mod", "move", "mut", "ref", "static",
    "struct", "trait", "type", "unsafe", "use", "where",
];

/// Whether an item starts with this `impl`: it is no type.
fn heads_item(row: &Row, at: usize) -> bool {
    row.before(at).is_none_or(|before| {
        let ends =
            row.sign(before, ';') || row.opens(before, Delimiter::Brace) || row.opens(before, Delimiter::Bracket);
        ends || row.word(before, "unsafe")
    }) && at
        .checked_sub(1)
        .is_none_or(|last| !row.opens(last, Delimiter::Parenthesis))
}
