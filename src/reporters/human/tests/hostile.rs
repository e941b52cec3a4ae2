//! Whatever stands in a manifest: the page has an end, and nothing on it moves a cursor.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;
use crate::source::{FileId, Span};

/// A page about one place of one file.
fn page(text: &str, range: std::ops::Range<usize>, message: &str, style: Style) -> String {
    let shop = Shop::of(&[("Cargo.toml", text)]);
    let span = Span::new(FileId::new(0), range);
    let problem = Problem::new(ProblemKind::Workspace, message)
        .at(span, message)
        .help(message);
    let error = Error::new(vec![problem], shop.sources());
    let drawn = render_error(&error, style);
    let mut f = finding(Code::Layer, message, message);
    f.primary = error.sources.location(span);
    f.label = message.into();
    f.reason = Some(message.into());
    f.help = vec![format!("{message}\n{message}")];
    f.owners = vec![message.into(), message.into()];
    f.also_affects = vec![message.into()];
    f.hops = vec![
        hop(message, message, true, message, 1),
        hop(message, message, false, message, 2),
    ];
    f.hops[1].version = Some(message.into());
    drawn + &render(&shop.report(vec![f]), style)
}

#[test]
fn places_at_every_edge_of_a_file_are_drawn() {
    let mut pages = String::new();
    for (text, range) in [
        ("", 0..0),
        ("\n", 1..1),
        ("a = 1", 5..5),
        ("a = 1\r\nb = 2\r\n", 5..7),
        ("a = 1\r\nb = 2\r\n", 14..14),
        ("\u{feff}a = 1\r\nb = 2\r\n", 3..4),
        ("a = 1\n", 400..500),
        ("ü = 1\n", 1..1),
        ("[a]\nx = [\n  1,\n  2,\n]\nb = 1\n", 4..21),
        ("[a]\nx = [\n1,\n2,\n3,\n4,\n5,\n6,\n]\nb = 1\n", 4..30),
        ("漢字 = \"漢字\" # 漢\n", 9..17),
        ("\tkey\t= 1\n", 1..4),
        ("x = \"\u{1b}[2J\u{7}\u{202e}evil\"\n", 4..20),
    ] {
        let page = page(text, range.clone(), "here", style(80));
        let _ = writeln!(pages, "{text:?} {range:?}\n{page}");
    }
    snapshot("edges", &pages);
}

#[test]
fn two_megabytes_on_one_line_are_cut() {
    let text = format!("a = \"{}\"\n", "x".repeat(2_000_000));
    for range in [0..1, 0..2_000_000, 1_999_990..2_000_000, 2_000_007..2_000_007] {
        let page = page(&text, range, "here", style(100));
        assert!(
            page.len() < 4_000
                && page
                    .lines()
                    .all(|l| l.starts_with("checked") || l.chars().count() <= 100),
            "{page}"
        );
    }
    let name = page("a = 1\n", 0..1, &"n".repeat(2_000_000), style(100));
    assert!(name.len() < 8_000, "{}", name.len());
}

proptest! {
    #[test]
    fn no_text_and_no_place_panics_or_reaches_the_terminal(
        text in "([ -~\t\r\n]|\\PC|[\u{0}-\u{1f}]|\u{feff}|\u{202e}){0,300}",
        message in "(\\PC|[\u{0}-\u{1f}]){0,200}",
        start in 0usize..500,
        len in 0usize..200,
        width in 0usize..200,
        unicode: bool,
    ) {
        let style = Style { unicode, ..style(width) };
        let page = page(&text, start..start + len, &message, style);
        prop_assert!(!page.contains("Failed to read"), "{page}");
        prop_assert!(page.chars().all(|c| c == '\n' || !c.is_control()), "{page:?}");
        prop_assert!(page.contains("[Cargo.toml:"), "{page}");
    }
}
