//! The real name that a misspelt one most likely meant.

use crate::source::printable;

/// The name among `names` that is nearest to `wanted`, where one is near: at most a third of the letters of `wanted`
/// (one at least) would have to change. `-` and `_` count as equal, and so do capitals and small letters. Of two
/// equally near names the first wins.
pub fn nearest<'a>(wanted: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // No name that a person mistyped is this long; comparing it with others would take minutes.
    if wanted.is_empty() || wanted.len() > 500 {
        return None;
    }
    let wanted = folded(wanted);
    let length = wanted.chars().count();
    let limit = (length / 3).max(1);
    let mut best: Option<(usize, &str)> = None;
    for name in names {
        let other = name.chars().count();
        if other.abs_diff(length) > limit {
            continue;
        }
        let distance = strsim::osa_distance(&wanted, &folded(name));
        // Names that share no letter are not near, however short they are.
        if distance <= limit && distance < length.max(other) && best.is_none_or(|(found, _)| distance < found) {
            best = Some((distance, name));
        }
    }
    best.map(|(_, name)| name)
}

fn folded(name: &str) -> String {
    name.to_lowercase().replace('_', "-")
}

/// A name as messages show it: in backticks, cut where it is too long to be read, and without control characters.
#[must_use]
pub fn quoted(name: &str) -> String {
    if name.is_empty() {
        return "`\"\"`".to_owned();
    }
    match name.char_indices().nth(100) {
        Some((cut, _)) => format!("`{}…`", printable(&name[..cut])),
        None => format!("`{}`", printable(name)),
    }
}

/// `` `a`, `b` and `c` ``.
pub fn listed<'a>(names: impl IntoIterator<Item = &'a str>, joint: &str) -> String {
    let mut names: Vec<String> = names.into_iter().map(quoted).collect();
    match names.pop() {
        None => String::new(),
        Some(only) if names.is_empty() => only,
        Some(last) => format!("{} {joint} {last}", names.join(", ")),
    }
}

/// As [`listed`], but of many names only the first.
pub fn listed_short<'a>(names: impl ExactSizeIterator<Item = &'a str>) -> String {
    const SHOWN: usize = 12;
    let more = names.len().saturating_sub(SHOWN);
    if more == 0 {
        return listed(names, "and");
    }
    let shown: Vec<String> = names.take(SHOWN).map(quoted).collect();
    format!("{} and {more} more", shown.join(", "))
}

#[cfg(test)]
mod tests {
    use super::{listed, listed_short, nearest, quoted};

    #[track_caller]
    fn check(wanted: &str, names: &[&str], expected: Option<&str>) {
        assert_eq!(
            nearest(wanted, names.iter().copied()),
            expected,
            "{wanted} among {names:?}"
        );
    }

    #[test]
    fn a_name_is_suggested_only_when_it_is_near() {
        check("layrs", &["levels", "layers"], Some("layers"));
        check("crate", &["crates", "create"], Some("crates"));
        check("x", &["y", "xy"], Some("xy"));
        check("ab", &["cd"], None);
        check("billing", &["identity"], None);
        check("formatting", &["forbidden"], None);
        check("", &["a"], None);
    }

    #[test]
    fn dashes_and_underscores_count_as_equal() {
        check("may_use", &["my-use", "may-use"], Some("may-use"));
        check("a_b_c_d", &["a-b-c-d"], Some("a-b-c-d"));
    }

    #[test]
    fn two_swapped_letters_are_one_mistake() {
        check("wran", &["warn"], Some("warn"));
    }

    #[test]
    fn a_name_of_two_megabytes_is_compared_with_nothing() {
        let long = "a".repeat(2 << 20);
        check(&long, &[&long[1..]], None);
        assert!(quoted(&long).len() < 200);
    }

    #[test]
    fn names_are_listed_as_a_sentence_has_them() {
        assert_eq!(listed(["a", "b", "c"], "or"), "`a`, `b` or `c`");
        assert_eq!(listed(["a"], "or"), "`a`");
        assert_eq!(
            listed_short(["a"; 14].into_iter()),
            format!("{}`a` and 2 more", "`a`, ".repeat(11))
        );
        assert_eq!(quoted("a\u{1b}b"), "`a\u{fffd}b`");
    }
}
