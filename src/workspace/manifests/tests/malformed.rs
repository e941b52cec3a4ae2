//! Odd bytes, odd sizes and odd things on disk: an error with its place or no matter at all, never a crash.

use super::Tree;

const ROOT: (&str, &str) = ("Cargo.toml", "[workspace]\nmembers = [\"a\", \"b\"]\n");
const B: (&str, &str) = ("b/Cargo.toml", "[package]\nname = \"b\"\n");

#[test]
fn a_manifest_that_is_not_utf_8_is_an_error_at_the_first_such_byte() {
    let tree = Tree::new(&[ROOT, B]);
    tree.put(
        "a/Cargo.toml",
        b"[package]\nname = \"a\"\ndescription = \"\xe9t\xe9\"\n",
    );
    assert_eq!(
        tree.problems("Cargo.toml"),
        ["a/Cargo.toml:3:16: the manifest is not valid UTF-8"]
    );
}

#[test]
fn twenty_thousand_brackets_are_an_error_and_no_overflow() {
    for text in [
        format!(
            "[package]\nname = \"a\"\n[package.metadata]\nx = {}\n",
            "[".repeat(20_000)
        ),
        format!(
            "[package]\nname = \"a\"\n[package.metadata]\nx = {}{}\n",
            "[".repeat(20_000),
            "]".repeat(20_000)
        ),
        format!(
            "[package]\nname = \"a\"\n[package.metadata]\nx = {}\n",
            "{a=".repeat(20_000)
        ),
        format!(
            "[package]\nname = \"a\"\n[package.metadata]\nx{} = 1\n",
            ".x".repeat(20_000)
        ),
        format!("[package]\nname = \"a\"\n[package.metadata{}]\n", ".x".repeat(20_000)),
        format!("[package]\nname = \"a\"\n{}\n", "[[".repeat(20_000)),
    ] {
        let tree = Tree::new(&[("Cargo.toml", &text)]);
        let problems = tree.problems("Cargo.toml");
        assert!(problems[0].contains("the file is not valid TOML"), "{:?}", &problems[0]);
        assert!(problems.len() <= 5);
    }
}

#[test]
fn a_name_of_two_megabytes_is_read() {
    let name = "a".repeat(2_000_000);
    let tree = Tree::new(&[("Cargo.toml", &format!("[package]\nname = \"{name}\"\n"))]);
    assert_eq!(tree.workspace().members[0].name.len(), 2_000_000);
}

#[test]
fn carriage_returns_and_a_byte_order_mark_keep_offsets() {
    let text = "\u{feff}[package]\r\nname = \"a\"\r\n\r\n[dependencies]\r\nlog = \"0.4\"\r\n";
    let tree = Tree::new(&[("Cargo.toml", text)]);
    let (workspace, sources) = tree.read("Cargo.toml");
    let dependency = &workspace.unwrap().members[0].dependencies[0];
    let at = sources.location(dependency.key);
    assert_eq!((at.line, at.column, &text[at.byte_start..at.byte_end]), (5, 1, "log"));
}

#[cfg(unix)]
#[test]
fn a_loop_of_links_is_fine() {
    let tree = Tree::new(&[
        ("Cargo.toml", "[workspace]\nmembers = [\"a/**/inner\"]\n"),
        ("a/inner/Cargo.toml", "[package]\nname = \"inner\"\n"),
    ]);
    std::os::unix::fs::symlink("loop", tree.root.join("loop")).unwrap();
    std::os::unix::fs::symlink(".", tree.root.join("here")).unwrap();
    assert_eq!(tree.workspace().members.len(), 1);
}

#[test]
fn a_manifest_that_is_a_folder_is_an_error() {
    let tree = Tree::new(&[ROOT, ("a/Cargo.toml/x", ""), B]);
    let problems = tree.problems("Cargo.toml");
    assert!(
        problems[0].starts_with("Cargo.toml:2:12: the manifest of member `a` cannot be read: "),
        "{problems:?}"
    );
}
