//! A baseline in which git left the marks of a conflict: the lines of both sides are what it says.

use std::ops::Range;

/// What opens a line that git wrote: ours, what both came from, theirs, and the end.
const MARKS: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

/// The places of the marks, in order; none where there are none.
#[must_use]
pub fn marks(text: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let mut found = Vec::new();
    for line in text.split_inclusive('\n') {
        if mark(line).is_some() {
            found.push(at..at + line.trim_end().len());
        }
        at += line.len();
    }
    found
}

/// The text with the lines of both sides, and without the marks and what both sides came from. What a line of an edge
/// lacks of its comma it is given, since the last of one side may have come to stand before others.
#[must_use]
pub fn both(text: &str) -> String {
    let line_break = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let (mut head, mut edges) = (Vec::new(), Vec::new());
    let mut forgotten = false;
    for line in text.lines() {
        match mark(line) {
            Some("|||||||") => forgotten = true,
            Some(_) => forgotten = false,
            None if forgotten => {}
            None => {
                let line = line.trim();
                if line.starts_with('{') {
                    edges.push(with_comma(line));
                } else if line.starts_with('#') && edges.is_empty() {
                    head.push(line.to_owned());
                } else if line.starts_with('#') {
                    edges.push(line.to_owned());
                }
            }
        }
    }
    head.dedup();
    head.extend(["version = 1".to_owned(), "edges = [".to_owned()]);
    head.extend(edges);
    head.push("]".to_owned());
    head.iter().flat_map(|line| [line.as_str(), line_break]).collect()
}

fn mark(line: &str) -> Option<&'static str> {
    MARKS.into_iter().find(|mark| {
        let rest = line.strip_prefix(mark);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\r', '\n']))
    })
}

fn with_comma(line: &str) -> String {
    if line.ends_with('}') {
        format!("{line},")
    } else {
        line.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::baseline::parse;
    use crate::source::FileId;

    #[test]
    fn the_lines_of_both_sides_are_kept_and_those_of_neither_are_not() {
        let line = |from: &str| format!("  {{ rule = \"layer\", from = \"{from}\", to = \"z\", kind = \"normal\" }}");
        let text = format!(
            "# head\nversion = 1\nedges = [\n<<<<<<< ours\n{},\n||||||| base\n{},\n=======\n{}\n>>>>>>> theirs\n{},\n]\n",
            line("a"),
            line("b"),
            line("c"),
            line("d")
        );
        assert_eq!(marks(&text).len(), 4);
        assert_eq!(&text[marks(&text)[0].clone()], "<<<<<<< ours");
        let read = parse(&both(&text), FileId::new(0)).expect("a baseline");
        let from: Vec<&str> = read.lines.iter().map(|line| line.from.as_str()).collect();
        assert_eq!(from, ["a", "c", "d"]);
    }

    #[test]
    fn a_line_of_dashes_in_a_comment_is_no_mark() {
        assert!(marks("# =======\n =======\n========\n").is_empty());
    }
}
