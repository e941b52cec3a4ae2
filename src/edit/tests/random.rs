//! Random files in odd formatting: what comes out holds what went in, less what was to go, byte for byte but for the lines
//! concerned; and no comment is lost that is about something else.

use std::fmt::Write as _;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::{marked, without};

/// What stands between two things in a list: spaces, line ends and comments.
fn gap() -> impl Strategy<Value = Vec<&'static str>> {
    vec(
        select(vec![" ", "", "\n", "\n\n", " # c\n", "\n  # c\n", "\t", "\n  "]),
        0..3,
    )
}

#[derive(Clone, Debug)]
struct List {
    /// For each entry: whether it goes, its quotes, what stands before it, and what between it and its comma.
    entries: Vec<(bool, usize, Vec<&'static str>, Vec<&'static str>)>,
    trailing: bool,
    end: Vec<&'static str>,
}

fn list() -> impl Strategy<Value = List> {
    let entry = (any::<bool>(), 0..4usize, gap(), gap());
    (vec(entry, 0..6), any::<bool>(), gap()).prop_map(|(entries, trailing, end)| List { entries, trailing, end })
}

/// Numbers comments and entries, so that each can be found again.
#[derive(Default)]
struct Writer {
    text: String,
    count: usize,
}

impl Writer {
    fn gap(&mut self, parts: &[&str]) {
        for part in parts {
            self.count += 1;
            self.text += &part.replace("# c", &format!("# c{};", self.count));
        }
    }

    fn list(&mut self, list: &List) {
        self.text += "[";
        for (index, (goes, quotes, before, behind)) in list.entries.iter().enumerate() {
            self.gap(before);
            self.count += 1;
            let name = format!("{}{}", if *goes { "x" } else { "k" }, self.count);
            let _ = match quotes {
                0 => write!(self.text, "\"{name}\""),
                1 => write!(self.text, "'{name}'"),
                2 => write!(self.text, "{{ name = \"{name}\", a = [ 1 ] }}"),
                _ => write!(self.text, "'''{name}'''"),
            };
            if index + 1 < list.entries.len() || list.trailing {
                self.gap(behind);
                self.text += ",";
            }
        }
        self.gap(&list.end);
        self.text += "]";
    }
}

#[derive(Clone, Debug)]
enum Part {
    /// A table with a list under a plain key, a dotted one or in an inline table.
    Lists(usize, List),
    /// A `[[t]]` that stays or goes.
    Table(bool, List),
    Loose(&'static str),
}

fn part() -> impl Strategy<Value = Part> {
    prop_oneof![
        3 => (0..3usize, list()).prop_map(|(form, list)| Part::Lists(form, list)),
        3 => (any::<bool>(), list()).prop_map(|(goes, list)| Part::Table(goes, list)),
        2 => select(vec!["\n", "# c\n", "\n# c\n", "  # c\n\n", "# c\n\n"]).prop_map(Part::Loose),
    ]
}

fn file() -> impl Strategy<Value = String> {
    (vec(part(), 1..7), any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(parts, crlf, mark, cut)| {
        let mut writer = Writer::default();
        for part in &parts {
            writer.count += 1;
            let count = writer.count;
            match part {
                Part::Lists(form, list) => {
                    let (before, after) = match form {
                        0 => (format!("[u{count}]\nk = "), "\n"),
                        1 => (format!("[u{count}]\na.\"b c\" = "), " # c\n"),
                        _ => (format!("[u{count}]\nk = {{ a = 1, b = "), " }\n"),
                    };
                    writer.text += &before;
                    writer.list(list);
                    writer.gap(&[after]);
                }
                Part::Table(goes, list) => {
                    let mark = if *goes { "x" } else { "k" };
                    let _ = writeln!(writer.text, "[[t]]\nname = \"{mark}{count}\"\n# within");
                    writer.text += "l = ";
                    writer.list(list);
                    writer.text += "\n";
                }
                Part::Loose(text) => writer.gap(&[text]),
            }
        }
        let mut text = writer.text;
        if cut {
            text.truncate(text.trim_end().len());
        }
        if crlf {
            text = text.replace('\n', "\r\n");
        }
        if mark { format!("\u{feff}{text}") } else { text }
    })
}

/// The words of a text that start so, up to the end of the word.
fn words<'t>(text: &'t str, start: &str) -> Vec<&'t str> {
    let all = text.split(|c: char| !c.is_alphanumeric() && c != '#' && c != ' ');
    all.map(str::trim).filter(|word| word.starts_with(start)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn what_comes_out_is_what_went_in_less_what_was_to_go(text in file()) {
        // `plan` itself holds the structure of what comes out against what went in, and gives nothing where they differ.
        let after = without(&text);
        prop_assert!(marked(&after).is_empty(), "{}\n── after\n{}", text, after);
        let line_end = if text.contains('\r') { "\r\n" } else { "\n" };
        prop_assert_eq!(after.matches(line_end).count(), after.matches(['\r', '\n']).count() / line_end.len());
        prop_assert_eq!(text.starts_with('\u{feff}'), after.starts_with('\u{feff}'));
        if marked(&text).is_empty() {
            prop_assert_eq!(&text, &after);
        }
        // Nothing is moved, and nothing is new.
        let mut rest = text.chars();
        let found = after.chars().all(|c| rest.any(|other| other == c));
        prop_assert!(found, "{}\n── after\n{}", text, after);
    }

    #[test]
    fn a_comment_that_is_lost_touched_what_went(text in file()) {
        let after = without(&text);
        let left = words(&after, "# c");
        for lost in words(&text, "# c").into_iter().filter(|word| !left.contains(word)) {
            prop_assert!(touches(&text, lost), "{lost}\n{text}\n── after\n{after}");
        }
    }
}

/// Whether what goes stands on the line of this comment, or below it with no empty line between, or above it likewise, or
/// around it.
fn touches(text: &str, comment: &str) -> bool {
    let at = text.find(&format!("{comment};")).expect("the comment");
    let lines: Vec<&str> = text.lines().collect();
    let line = text[..at].matches('\n').count();
    let gone = marked(text);
    let line_at = |offset: usize| text[..offset].matches('\n').count();
    let full = |line: &usize| !lines[*line].trim().is_empty();
    let block_start = (0..line).rev().take_while(full).last().unwrap_or(line);
    let block_end = (line + 1..lines.len()).take_while(full).last().unwrap_or(line);
    gone.iter().any(|range| {
        let here = line_at(range.start);
        let inside_of_a_table = text[range.clone()].starts_with("[[") && here <= line;
        (block_start..=block_end).contains(&here) || inside_of_a_table
    })
}
