//! Input that is meant to do harm, or as good as: without end, or with what a terminal obeys.

use super::KEPT;
use super::failed::{Failed, both};
use crate::common::{workspace, write};

#[test]
fn no_depth_and_no_length_is_too_much() {
    let deep = format!("x = {}{}\n", "[".repeat(20_000), "]".repeat(20_000));
    let unclosed = format!("x = {}\n", "[".repeat(20_000));
    let tables = format!("x = {}1{}\n", "{ a = ".repeat(20_000), " }".repeat(20_000));
    let dotted = format!("{}x = 1\n", "a.".repeat(20_000));
    let long = "n".repeat(2_000_000);
    let name = format!("[[forbidden]]\nname = \"{long}\"\nto = [\"{long}\"]\n");
    let key = format!("{long} = 1\n");
    let stars = format!("[[forbidden]]\nname = \"n\"\nto = [\"{}b\"]\n", "*a".repeat(10_000));
    for text in [&deep, &unclosed, &tables, &dotted, &name, &key, &stars] {
        let folder = workspace(&[("boundaries.toml", text.as_bytes())]);
        let failed = Failed::of(folder.path());
        assert_eq!(failed.lacks("boundaries.toml:", ""), None);
        assert!(
            failed.human.stderr.len() < 100_000,
            "a page, not a book: {}",
            failed.human.stderr.len()
        );
    }
    let package = format!("[package]\nname = \"{long}\"\n");
    let dependency = format!("[package]\nname = \"a\"\n[dependencies]\n\"{long}\" = {{ path = \"../{long}\" }}\n");
    let (opened, closed) = ("not(".repeat(20_000), ")".repeat(20_000));
    let condition = format!("[package]\nname = \"a\"\n[target.'cfg({opened}unix{closed})'.dependencies]\nb = \"1\"\n");
    for manifest in [&deep, &unclosed, &dotted, &dependency, &condition] {
        let folder = workspace(&[
            ("boundaries.toml", KEPT.as_bytes()),
            ("a/Cargo.toml", manifest.as_bytes()),
        ]);
        assert_eq!(Failed::of(folder.path()).lacks("a/Cargo.toml:", ""), None);
    }
    // A name of any length is one: what is wrong is that boundaries.toml names another.
    let folder = workspace(&[
        ("boundaries.toml", KEPT.as_bytes()),
        ("a/Cargo.toml", package.as_bytes()),
    ]);
    assert_eq!(Failed::of(folder.path()).lacks("boundaries.toml:4:7", ""), None);
}

#[test]
fn nothing_hostile_reaches_a_terminal() {
    // As TOML writes them: an escape sequence, a bell, a line break, a mark that turns the direction of text.
    let hostile = r"\u001b[2J\u0007\n\r\u202e\u009b31m";
    let rule = format!(
        "[[forbidden]]\nname = \"n\"\nfrom = [\"a\"]\nto = [\"b\"]\nreason = \"r{hostile}\"\nhelp = \"h{hostile}\"\n"
    );
    let exception = format!(
        "{KEPT}[[exceptions]]\nrule = \"b-stands-alone\"\nfrom = \"a\"\nto = \"b\"\nreason = \"{hostile}\"\nissue = \"{hostile}\"\n"
    );
    let owner = format!(
        "[contexts.x]\ncrates = [\"a\"]\nmay-use = []\nowners = [\"{hostile}\"]\n[contexts.y]\ncrates = [\"b\"]\n"
    );
    for text in [&rule, &exception, &owner] {
        let folder = workspace(&[("boundaries.toml", text.as_bytes())]);
        let (human, json) = both(folder.path());
        assert!(matches!(human.code, Some(0 | 1)), "{text}{}", human.stderr);
        assert!(!json["findings"].as_array().unwrap().is_empty(), "{text}");
    }
    let config = format!("[[forbidden]]\nname = \"{hostile}\"\nto = [\"{hostile}\"]\n\"{hostile}\" = 1\n");
    let folder = workspace(&[("boundaries.toml", config.as_bytes())]);
    assert_eq!(Failed::of(folder.path()).lacks("boundaries.toml:4:1", ""), None);
    for manifest in [
        format!("[package]\nname = \"{hostile}\"\n"),
        format!("[package]\nname = \"a\"\n[dependencies]\n\"{hostile}\" = {{ path = \"../{hostile}\" }}\n"),
        format!("[package]\nname = \"a\"\n[package.metadata.boundaries]\nlayer = \"{hostile}\"\n"),
    ] {
        let folder = workspace(&[
            ("boundaries.toml", KEPT.as_bytes()),
            ("a/Cargo.toml", manifest.as_bytes()),
        ]);
        Failed::of(folder.path());
    }
    // An external is called as its manifest says.
    let manifest = format!("[package]\nname = \"a\"\n[dependencies]\n\"x{hostile}\" = \"1\"\n");
    let folder = workspace(&[
        (
            "boundaries.toml",
            b"[[allowed]]\nname = \"n\"\nfrom = [\"a\"]\nto = []\namong = \"external\"\n",
        ),
        ("a/Cargo.toml", manifest.as_bytes()),
    ]);
    let (human, _) = both(folder.path());
    assert!(matches!(human.code, Some(1 | 2)), "{}", human.stdout);
}

#[cfg(unix)]
#[test]
fn a_folder_with_a_hostile_name_is_shown_without_what_moves_a_cursor() {
    let folder = workspace(&[("boundaries.toml", b"[[forbidden]]\nname = \"n\"\nto = [\"b\"]\n")]);
    let inner = folder.path().join("x\u{1b}[2J\u{7}");
    std::fs::create_dir(&inner).unwrap();
    write(
        folder.path(),
        &[("Cargo.toml", b"[workspace]\nmembers = [\"b\", \"x*\"]\n")],
    );
    std::fs::rename(folder.path().join("a"), inner.join("a")).unwrap();
    write(
        &inner,
        &[(
            "Cargo.toml",
            b"[package]\nname = \"a\"\n[dependencies]\nb = { path = \"../b\" }\n",
        )],
    );
    let (human, json) = both(folder.path());
    assert_eq!(human.code, Some(1), "{}", human.stderr);
    assert_eq!(json["findings"][0]["primary"]["file"], "x\u{1b}[2J\u{7}/Cargo.toml");
}
