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

/// Cargo.lock of this project and of every workspace among the fixtures, as cargo wrote them.
fn locks() -> Vec<String> {
    let project = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = vec![std::fs::read_to_string(project.join("Cargo.lock")).expect("our own")];
    let folders = std::fs::read_dir(project.join("test-workspaces/decisions")).expect("the decisions");
    let paths = folders.flatten().map(|folder| folder.path().join("Cargo.lock"));
    found.extend(paths.filter_map(|path| std::fs::read_to_string(path).ok()));
    found
}

#[test]
fn what_cargo_wrote_is_read_line_by_line_as_toml_reads_it() {
    for text in locks() {
        let by_toml = by_toml(&text, file());
        assert!(by_toml.is_ok(), "{text}");
        let windows = text.replace('\n', "\r\n");
        if text.lines().any(|line| line.contains("automatically @generated")) {
            assert!(written::read(&text, file()).is_some(), "{text}");
            assert!(written::read(&windows, file()).is_some(), "{windows}");
        }
        assert_eq!(packages(&text, file()), by_toml);
        assert_eq!(packages(&windows, file()), super::by_toml(&windows, file()));
    }
}

#[test]
fn no_line_that_is_changed_is_read_otherwise_than_toml_reads_it() {
    let text = &locks()[0];
    let lines: Vec<&str> = text.lines().take(120).collect();
    let changes: [fn(&str) -> String; 7] = [
        |_| String::new(),
        |line| format!("{line} # a word"),
        |line| line.replace('"', "'"),
        |line| line.replace(' ', "  "),
        |line| format!("{line}\n{line}"),
        |line| line.replace('a', "\\u0061"),
        |line| line.replace(['[', ','], ""),
    ];
    for at in 0..lines.len() {
        for change in changes {
            let mut others: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
            others[at] = change(lines[at]);
            let other = others.join("\n");
            if let Some(reader) = written::read(&other, file()) {
                assert_eq!(reader.finish(), by_toml(&other, file()), "{other}");
            }
        }
    }
}
