//! `Fn(A, B) -> C` where syn takes no such arguments: as a type without `dyn`, in `<F as Fn(A)>::Output`, and as
//! the trait of an `impl`. It says the same as `Fn<(A, B), C>`.

use proc_macro2::Delimiter;

use super::row::Row;

/// Writes the arguments in parentheses that start here as those in angle brackets.
pub(super) fn unsugared(row: &Row, stopped: usize) -> Option<Row> {
    // `Fn::(A)`, of which syn may have taken a colon.
    let at = if row.pair(stopped, ':', ':') {
        stopped + 2
    } else {
        stopped + usize::from(row.sign(stopped, ':'))
    };
    if !row.opens(at, Delimiter::Parenthesis) {
        return None;
    }
    let named = |before: usize| at >= before && row.ident(at - before).is_some();
    if !(named(1) || named(3) && row.pair(at - 2, ':', ':')) {
        return None;
    }
    let behind = row.next(at)?;
    let arguments = row.part(at, behind);
    // `method(..)` stands for any arguments.
    let any = behind - at == 4 && row.pair(at + 1, '.', '.');
    let arguments = if any { arguments.without(1, 3) } else { arguments };
    let (output, end) = if row.pair(behind, '-', '>') {
        let end = type_end(row, behind + 2)?;
        (row.added(stopped, &[","]).then(row.part(behind + 2, end)), end)
    } else {
        (Row::default(), behind)
    };
    let angled = row
        .added(stopped, &["<"])
        .then(arguments)
        .then(output)
        .then(row.added(stopped, &[">"]));
    Some(row.with(at, end, angled))
}

/// Words and signs that stand before a type, and are no type.
const PREFIXES: &[&str] = &["mut", "const", "dyn", "impl", "unsafe", "async", "extern", "for"];

/// The end of the type that starts here, which ends before a `+`.
fn type_end(row: &Row, start: usize) -> Option<usize> {
    let mut at = start;
    loop {
        if row.sign(at, '\'') {
            at += 2;
        } else if row.sign(at, '&') || row.sign(at, '*') || row.sign(at, '?') || row.any(at, PREFIXES) {
            let binder = row.word(at, "for");
            at += 1;
            at = if binder { angle_end(row, at)? } else { at };
        } else if row.any(at - 1, &["extern"]) && row.is_literal(at) {
            at += 1;
        } else {
            break;
        }
    }
    if row.is_open(at) {
        return row.next(at);
    }
    if row.sign(at, '!') {
        return Some(at + 1);
    }
    path_end(row, at)
}

/// The end of the path that starts here, with its arguments.
fn path_end(row: &Row, start: usize) -> Option<usize> {
    let mut at = if row.sign(start, '<') {
        angle_end(row, start)?
    } else {
        start
    };
    loop {
        if row.pair(at, ':', ':') {
            at += 2;
        }
        if row.ident(at).is_some() {
            at += 1;
        }
        if row.pair(at, ':', ':') && (row.sign(at + 2, '<') || row.opens(at + 2, Delimiter::Parenthesis)) {
            at += 2;
        }
        if row.sign(at, '<') {
            at = angle_end(row, at)?;
        } else if row.sign(at, '!') && row.is_open(at + 1) {
            return row.next(at + 1);
        } else if row.opens(at, Delimiter::Parenthesis) {
            let behind = row.next(at)?;
            if row.pair(behind, '-', '>') {
                return type_end(row, behind + 2);
            }
            at = behind;
        }
        if !row.pair(at, ':', ':') {
            return (at > start).then_some(at);
        }
    }
}

/// The position behind the `>` of the `<` that stands here.
pub(super) fn angle_end(row: &Row, start: usize) -> Option<usize> {
    if !row.sign(start, '<') {
        return None;
    }
    let (mut open, mut at) = (0usize, start);
    while let Some(next) = row.next(at) {
        if row.pair(at, '-', '>') || row.pair(at, '=', '>') {
            at += 2;
            continue;
        }
        open += usize::from(row.sign(at, '<'));
        if row.sign(at, '>') {
            open -= 1;
            if open == 0 {
                return Some(next);
            }
        }
        at = next;
    }
    None
}

/// The position of the `<` whose `>` ends before this position.
pub(super) fn angle_start(row: &Row, end: usize) -> Option<usize> {
    let (mut closed, mut at) = (0usize, end);
    while let Some(before) = row.before(at) {
        let arrow = before > 0 && (row.pair(before - 1, '-', '>') || row.pair(before - 1, '=', '>'));
        closed += usize::from(row.sign(before, '>') && !arrow);
        if closed == 0 {
            return None;
        }
        if row.sign(before, '<') {
            closed -= 1;
            if closed == 0 {
                return Some(before);
            }
        }
        at = before;
    }
    None
}
