//! Lockfiles as cargo writes them, and as bad merges leave them.

use super::*;
use crate::workspace::lockfile::LockGraph;

fn file() -> FileId {
    FileId::new(0)
}

/// `name version` of what each package depends on.
fn edges(text: &str) -> Vec<String> {
    let graph = LockGraph::parse(text, file(), std::iter::empty()).expect("the lock is sound");
    let show = |p: &LockedPackage| format!("{} {} {}", p.name, p.version, p.source.as_deref().unwrap_or("disk"));
    let of = |id| graph.dependencies_of(id).iter().map(move |d| (id, d.to));
    let shown = |(from, to)| format!("{} -> {}", show(graph.package(from)), show(graph.package(to)));
    graph.ids().flat_map(of).map(shown).collect()
}

fn problem(text: &str) -> String {
    let problems = packages(text, file()).expect_err("the lock is broken");
    let with_place = |p: &Problem| format!("{} @{:?}", p.message, p.labels.first().map(|(s, _)| &text[s.range()]));
    problems.iter().map(with_place).collect::<Vec<_>>().join("; ")
}

#[test]
fn a_reference_of_every_form_finds_its_package() {
    let names = "
version = 4
[[package]]
name = \"a\"
version = \"0.1.0\"
dependencies = [\"b\", \"c 1.0.0\", \"d 1.0.0\", \"d 1.0.0 (git+https://x.y/d?branch=main)\"]
[[package]]
name = \"b\"
version = \"0.2.0\"
[[package]]
name = \"c\"
version = \"1.0.0\"
source = \"registry+https://github.com/rust-lang/crates.io-index\"
[[package]]
name = \"c\"
version = \"2.0.0\"
[[package]]
name = \"d\"
version = \"1.0.0\"
[[package]]
name = \"d\"
version = \"1.0.0\"
source = \"git+https://x.y/d?branch=main#0123\"
";
    let expected = [
        "a 0.1.0 disk -> b 0.2.0 disk",
        "a 0.1.0 disk -> c 1.0.0 registry+https://github.com/rust-lang/crates.io-index",
        "a 0.1.0 disk -> d 1.0.0 disk",
        "a 0.1.0 disk -> d 1.0.0 git+https://x.y/d?branch=main#0123",
    ];
    assert_eq!(edges(names), expected);
}

#[test]
fn the_first_two_formats_are_read_without_a_number() {
    let first = "
[root]
name = \"a\"
version = \"0.1.0\"
dependencies = [\"g 1.0.0 (git+https://x.y/g)\", \"r 1.0.0 (registry+https://i)\"]
[[package]]
name = \"g\"
version = \"1.0.0\"
source = \"git+https://x.y/g?branch=master#99\"
[[package]]
name = \"r\"
version = \"1.0.0\"
source = \"registry+https://i\"
[metadata]
\"checksum r 1.0.0 (registry+https://i)\" = \"00\"
";
    let expected = [
        "a 0.1.0 disk -> g 1.0.0 git+https://x.y/g?branch=master#99",
        "a 0.1.0 disk -> r 1.0.0 registry+https://i",
    ];
    assert_eq!(edges(first), expected);
}

#[test]
fn a_replaced_package_depends_on_its_replacement() {
    let text = "
[[package]]
name = \"r\"
version = \"1.0.0\"
source = \"registry+https://i\"
replace = \"r 1.0.0\"
[[package]]
name = \"r\"
version = \"1.0.0\"
";
    assert_eq!(edges(text), ["r 1.0.0 registry+https://i -> r 1.0.0 disk"]);
}

#[test]
fn carriage_returns_and_a_byte_order_mark_keep_offsets_true() {
    let text = "\u{feff}version = 3\r\n[[package]]\r\nname = \"a\"\r\nversion = \"1.0.0\"\r\ndependencies = [\r\n \"b\",\r\n]\r\n\
                [[package]]\r\nname = \"b\"\r\nversion = \"1.0.0\"\r\n";
    let packages = packages(text, file()).expect("both are fine");
    assert_eq!(&text[packages[1].span.range()], "\"b\"");
    assert_eq!(&text[packages[0].dependencies[0].span.range()], "\"b\"");
    assert!(packages[0].dependencies[0].span.start < packages[1].span.start);
}

#[test]
fn a_format_that_is_not_known_is_an_error_at_its_number() {
    let shown = problem("version = 5\n");
    assert_eq!(
        shown,
        "`Cargo.lock` is of format 5, of which this version knows nothing: it reads 1 to 4 @Some(\"5\")"
    );
    assert!(problem("version = \"four\"\n").starts_with("`Cargo.lock` gives no number as its `version`"));
}

#[test]
fn every_flaw_of_a_broken_lock_is_told_with_its_place() {
    for (text, expected) in [
        ("[[package]\n", "is broken"),
        ("package = 1\n", "`package` is not an array of tables @Some(\"1\")"),
        ("package = [1]\n", "a package is not a table @Some(\"1\")"),
        ("[[package]]\nname = \"a\"\n", "a package has no `name` or no `version`"),
        (
            "[[package]]\nname = \"a\"\nversion = \"one\"\n",
            "`one` is not a version @Some(\"\\\"one\\\"\")",
        ),
        (
            "[[package]]\nname = \"a\"\nversion = \"1.0.0\"\ndependencies = 1\n",
            "`dependencies` is not an array",
        ),
        (
            "[[package]]\nname = \"a\"\nversion = \"1.0.0\"\ndependencies = [1]\n",
            "a dependency is not a string",
        ),
        (
            "[[package]]\nname = \"a\"\nversion = \"1.0.0\"\ndependencies = [\"b\"]\n",
            "`b` means none of its packages, or several @Some(\"\\\"b\\\"\")",
        ),
        (
            "[[package]]\nname = \"a\"\nversion = \"1.0.0\"\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\n",
            "it has the package `a` twice",
        ),
        (
            "<<<<<<< HEAD\nversion = 4\n=======\nversion = 3\n>>>>>>> other\n",
            "has the marks of a merge conflict",
        ),
    ] {
        let shown = problem(text);
        assert!(shown.contains(expected), "{text:?} gave {shown}");
    }
    let both = "[[package]]\nname = \"a\"\n[[package]]\nname = \"b\"\n";
    assert_eq!(problem(both).matches("a package has no").count(), 2);
}

#[test]
fn twenty_thousand_brackets_are_an_error_and_no_overflow() {
    let text = format!("package = {}", "[".repeat(20_000));
    assert!(problem(&text).starts_with("`Cargo.lock` is broken"));
}
