//! Texts before and after. What goes is what starts with `x`: entries, strings where a list may stand, and `[[tables]]`
//! whose `name` does.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Wanted, apply, plan, unified};

mod random;

/// The places of what goes.
fn marked(text: &str) -> Vec<Range<usize>> {
    let root = DeTable::parse(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let mut places = Vec::new();
    root.get_ref().values().for_each(|value| mark(value, &mut places));
    places
}

fn mark(value: &Spanned<DeValue<'_>>, places: &mut Vec<Range<usize>>) {
    match value.get_ref() {
        DeValue::String(text) if text.starts_with('x') => places.push(value.span()),
        DeValue::Array(array) => {
            for element in array {
                let name = element.get_ref().as_table().and_then(|table| table.get("name"));
                match name.and_then(|name| name.get_ref().as_str()) {
                    Some(name) if name.starts_with('x') => places.push(element.span()),
                    _ => mark(element, places),
                }
            }
        }
        DeValue::Table(table) => table.values().for_each(|value| mark(value, places)),
        _ => {}
    }
}

fn without(text: &str) -> String {
    let wanted = Wanted {
        removed: marked(text),
        sorted: Vec::new(),
    };
    let edits = plan(text, &wanted).unwrap_or_else(|| panic!("no plan for\n{text}"));
    apply(text, &edits)
}

#[track_caller]
fn check(before: &str, after: &str) {
    assert_eq!(without(before), after, "before:\n{before}");
    let windows = before.replace('\n', "\r\n");
    assert_eq!(
        without(&windows),
        after.replace('\n', "\r\n"),
        "with the line ends of Windows"
    );
    let marked = format!("\u{feff}{before}");
    assert_eq!(without(&marked), format!("\u{feff}{after}"), "with a byte order mark");
}

#[test]
fn an_entry_goes_with_its_comma_and_one_space() {
    check("a = [\"x\", \"b\", \"c\"]\n", "a = [\"b\", \"c\"]\n");
    check("a = [\"b\", \"x\", \"c\"]\n", "a = [\"b\", \"c\"]\n");
    check("a = [\"b\", \"c\", \"x\"]\n", "a = [\"b\", \"c\"]\n");
    check("a = [\"b\", \"c\", \"x\",]\n", "a = [\"b\", \"c\",]\n");
    check("a = [ \"b\", \"x\" ]\n", "a = [ \"b\" ]\n");
    check("a = [ \"x\", \"b\" ]\n", "a = [ \"b\" ]\n");
    check("a = [\"x1\",\"b\",'x2',\"c\",\"x3\"]\n", "a = [\"b\",\"c\"]\n");
    check("a = [\"b\" , \"x\" , \"c\"]\n", "a = [\"b\" , \"c\"]\n");
}

#[test]
fn the_last_entry_leaves_an_empty_list_and_the_key() {
    check("a = [\"x\"]\n", "a = []\n");
    check("a = [ \"x\", ]\n", "a = []\n");
    check("a = [\n  \"x1\",\n  \"x2\",\n]\nb = 1\n", "a = []\nb = 1\n");
    check("a = \"x\" # why\n", "a = [] # why\n");
    check("t = { a = [\"x\"], b = 'x' }\n", "t = { a = [], b = [] }\n");
    check("a.b = [\"x\"]\n", "a.b = []\n");
}

#[test]
fn lines_go_whole() {
    check(
        "a = [\n  \"b\",\n  \"x\",\n  \"c\",\n]\n",
        "a = [\n  \"b\",\n  \"c\",\n]\n",
    );
    check("a = [\n  \"b\",\n  \"x\"\n]\n", "a = [\n  \"b\"\n]\n");
    check("a = [\n  \"b\",\n  \"x\"]\n", "a = [\n  \"b\"\n]\n");
    check("a = [\"x\",\n     \"b\"]\n", "a = [\n     \"b\"]\n");
    check(
        "a = [\n  \"x1\", \"x2\",\n  \"b\", \"x3\",\n]\n",
        "a = [\n  \"b\",\n]\n",
    );
}

#[test]
fn commas_may_stand_in_front() {
    check(
        "a = [ \"b\"\n    , \"x\"\n    , \"c\"\n    ]\n",
        "a = [ \"b\"\n    , \"c\"\n    ]\n",
    );
    check("a = [ \"b\"\n    , \"x\"\n    ]\n", "a = [ \"b\"\n    ]\n");
    check("a = [\n  \"b\"\n  ,\n  \"x\"\n  ,\n]\n", "a = [\n  \"b\"\n  ,\n]\n");
}

#[test]
fn a_comment_behind_an_entry_goes_with_the_last_of_its_line() {
    check(
        "a = [\n  \"b\", # b\n  \"x\", # x\n  \"c\", # c\n]\n",
        "a = [\n  \"b\", # b\n  \"c\", # c\n]\n",
    );
    check("a = [\n  \"b\", \"x\", # both\n]\n", "a = [\n  \"b\", # both\n]\n");
    check("a = [\"x\", # x\n  \"b\"]\n", "a = [\n  \"b\"]\n");
    check("a = [ # all\n  \"x\",\n]\n", "a = [ # all\n]\n");
    check("a = [\"x\"] # the list\n", "a = [] # the list\n");
    check("a = [\n  \"b\", # b\n  \"x\"\n]\n", "a = [\n  \"b\" # b\n]\n");
}

#[test]
fn a_comment_above_entries_goes_with_the_last_of_them() {
    let two = "a = [\n  # both\n  \"x\",\n  \"b\",\n]\n";
    check(two, "a = [\n  # both\n  \"b\",\n]\n");
    check(
        "a = [\n  # of x\n  # more\n  \"x\",\n  # of b\n  \"b\",\n]\n",
        "a = [\n  # of b\n  \"b\",\n]\n",
    );
    check(
        "a = [\n  # of all\n\n  \"x\",\n  \"b\",\n]\n",
        "a = [\n  # of all\n\n  \"b\",\n]\n",
    );
    check("a = [\n  \"x\",\n  # the end\n]\n", "a = [\n  # the end\n]\n");
    check("a = [\n  # of x\n  \"x\",\n]\n", "a = []\n");
}

#[test]
fn empty_lines_part_what_is_left_and_nothing_else() {
    check(
        "a = [\n  \"b\",\n\n  # x\n  \"x\",\n\n  \"c\",\n]\n",
        "a = [\n  \"b\",\n\n  \"c\",\n]\n",
    );
    check("a = [\n  \"x\",\n\n  \"c\",\n]\n", "a = [\n  \"c\",\n]\n");
    check("a = [\n  \"c\",\n\n  \"x\",\n]\n", "a = [\n  \"c\",\n]\n");
}

#[test]
fn tables_of_a_list_go_like_strings() {
    check(
        "a = [\n  { name = \"b\" },\n  { name = \"x\" },\n]\n",
        "a = [\n  { name = \"b\" },\n]\n",
    );
    check("a = [{ name = \"x\", b = [1, 2] }]\n", "a = []\n");
    check("a = [[\"x\"], [\"b\", \"x\"]]\n", "a = [[], [\"b\"]]\n");
}

#[test]
fn a_table_goes_with_its_lines_and_an_empty_line() {
    let one = "[[t]]\nname = \"b\"\n\n[[t]]\nname = \"x\"\nn = [\n  1, # one\n]\n\n[[t]]\nname = \"c\"\n";
    check(one, "[[t]]\nname = \"b\"\n\n[[t]]\nname = \"c\"\n");
    check("k = 1\n\n[[t]]\nname = \"x\"\n", "k = 1\n");
    check(
        "k = 1\n\n[[t]]\nname = \"x1\"\n\n[[t]]\nname = \"x2\" # behind\n\n",
        "k = 1\n",
    );
    check("[[t]]\nname = \"x\"\n\n\n[u]\nk = 1\n", "[u]\nk = 1\n");
    check("[v]\n[[t]]\nname = \"x\"\n[u]\nk = 1\n", "[v]\n[u]\nk = 1\n");
    check("[[t]]\nname = \"b\"\n\n[[t]]\nname = \"x\"", "[[t]]\nname = \"b\"\n");
    check("k = 1\n\n[[t]]\nname = \"x\"\n[u]\nk = 2\n", "k = 1\n\n[u]\nk = 2\n");
}

#[test]
fn a_comment_goes_with_the_table_that_it_touches() {
    check(
        "# of the file\n\n# of x\n# more\n[[t]]\nname = \"x\"\n\n[u]\n",
        "# of the file\n\n[u]\n",
    );
    check(
        "[[t]]\nname = \"x\"\n# until = 2027-01-01\n\n# of u\n[u]\n",
        "# of u\n[u]\n",
    );
    check("[[t]]\nname = \"x\"\n# of u\n[u]\n", "# of u\n[u]\n");
    check("[[t]]\nname = \"x\"\n\n# at the end\n", "# at the end\n");
    check("[[t]]\nname = \"x\"\n# at the end\n", "");
    check(
        "[v]\nk = \"\"\"\n# no comment\"\"\"\n[[t]]\nname = \"x\"\n",
        "[v]\nk = \"\"\"\n# no comment\"\"\"\n",
    );
}

#[test]
fn nothing_is_planned_for_a_place_that_holds_nothing() {
    let plan = |text: &str, range: Range<usize>| {
        let wanted = Wanted {
            removed: vec![range],
            sorted: Vec::new(),
        };
        plan(text, &wanted)
    };
    assert_eq!(plan("a = [\"b\"]\n", 0..1), None);
    assert_eq!(plan("a = [\"b\"\n", 5..8), None, "no TOML");
    assert_eq!(plan("a = [1]\nb = 2\n", 12..13), None, "no list may stand there");
}

fn sorted(text: &str) -> String {
    let root = DeTable::parse(text).expect("TOML");
    let array = root
        .get_ref()
        .get("a")
        .and_then(|value| value.get_ref().as_array())
        .expect("a list");
    let wanted = Wanted {
        removed: marked(text),
        sorted: vec![array.iter().map(Spanned::span).collect()],
    };
    apply(text, &plan(text, &wanted).expect("a plan"))
}

#[test]
fn a_list_is_put_in_order_where_it_stands() {
    assert_eq!(sorted("a = [\"c\", 'b',\n  \"a\"]\n"), "a = [\"a\", 'b',\n  \"c\"]\n");
    assert_eq!(sorted("a = [\"c\", \"x\", \"b\"]\n"), "a = [\"b\", \"c\"]\n");
    let told = "a = [\n  \"c\", # first\n  \"b\",\n]\n";
    assert_eq!(sorted(told), told, "what comments are about is not torn from them");
}

#[test]
fn a_diff_shows_what_changes_with_three_lines_around() {
    let lines = (0..30).map(|n| format!("k{n} = {n}\n")).collect::<Vec<_>>().concat();
    let text = format!("{lines}a = [\n  \"x\",\n  \"b\",\n]\nb = \"x\"");
    let wanted = Wanted {
        removed: marked(&text),
        sorted: Vec::new(),
    };
    let edits = plan(&text, &wanted).expect("a plan");
    let diff = unified("f.toml", &text, &edits);
    let wanted = "--- a/f.toml\n+++ b/f.toml\n@@ -29,7 +29,6 @@\n k28 = 28\n k29 = 29\n a = [\n-  \"x\",\n   \"b\",\n ]\n\
                  -b = \"x\"\n\\ No newline at end of file\n+b = []\n\\ No newline at end of file\n";
    assert_eq!(diff, wanted);
    assert_eq!(unified("f.toml", &text, &[]), "");
}

#[test]
fn a_diff_moves_no_cursor() {
    // TOML allows no escape sequence, not even in a comment; what is not TOML is not touched.
    let mut wanted = Wanted::default();
    wanted.removed.push(16..19);
    assert_eq!(plan("# \u{1b}[2J\na = [\"x\"]\n", &wanted), None);
    let text = "# \ta\u{202e}\na = [\"x\"]\n";
    let edits = plan(
        text,
        &Wanted {
            removed: marked(text),
            sorted: Vec::new(),
        },
    )
    .expect("a plan");
    assert!(unified("f\u{1b}", text, &edits).contains(" # \ta\u{fffd}\n"));
}
