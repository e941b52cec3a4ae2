//! Input that cannot be checked: exit code 2, the place, what is wrong and what to do; never a panic, never a hang, and
//! nothing that moves a cursor.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::common::{Ran, binary, workspace, write};
use serde_json::Value;

/// No input takes longer.
const PATIENCE: Duration = Duration::from_secs(10);

/// A rule that the usual workspace keeps.
const KEPT: &str = "[[forbidden]]\nname = \"b-stands-alone\"\nfrom = [\"b\"]\nto = [\"a\"]\n";

/// A mistake in boundaries.toml: the file, its place there, and a phrase that says what is wrong or what to do.
struct Mistake(&'static str, &'static str, &'static str);

const MISTAKES: [Mistake; 44] = [
    Mistake("", "boundaries.toml:1:1", "nothing to check"),
    Mistake("# later\n\n", "boundaries.toml:1:1", "nothing to check"),
    Mistake(
        "version = 1\n[groups]\nx = [\"a\"]\n",
        "boundaries.toml:1:1",
        "nothing to check",
    ),
    Mistake("[[layers]\n", "boundaries.toml:1:", "not valid TOML"),
    Mistake("x = \"\n", "boundaries.toml:1:", "not valid TOML"),
    Mistake("version = 2\n", "boundaries.toml:1:11", "write `version = 1`"),
    Mistake("version = \"one\"\n", "boundaries.toml:1:11", "number"),
    Mistake("required-version = \">=99\"\n", "boundaries.toml:1:20", "99"),
    Mistake("required-version = \"newest\"\n", "boundaries.toml:1:20", "newest"),
    Mistake(
        "[[layer]]\nname = \"x\"\ncrates = [\"a\"]\n",
        "boundaries.toml:1:3",
        "`layers`",
    ),
    Mistake(
        "[[layers]]\nname = \"x\"\ncrate = [\"a\"]\n",
        "boundaries.toml:3:1",
        "`crates`",
    ),
    Mistake(
        "[settings]\nkinds = [\"normal\", \"devel\"]\n[[layers]]\nname = \"x\"\ncrates = [\"*\"]\n",
        "boundaries.toml:2:20",
        "dev",
    ),
    Mistake(
        "[[layers]]\nname = \"x\"\ncrates = [\"*\"]\n[[forbidden]]\nname = \"n\"\nto = [\"layer:z\"]\n",
        "boundaries.toml:6:14",
        "did you mean `x`?",
    ),
    Mistake(
        "[contexts.billing]\ncrates = [\"a\"]\n[contexts.orders]\ncrates = [\"b\"]\nmay-use = [\"biling\"]\n",
        "boundaries.toml:5:12",
        "did you mean `billing`?",
    ),
    Mistake(
        "[groups]\ndrivers = [\"a\"]\n[[forbidden]]\nname = \"n\"\nto = [\"group:driver\"]\n",
        "boundaries.toml:5:14",
        "did you mean `drivers`?",
    ),
    Mistake(
        "[[forbidden]]\nname = \"n\"\nto = [\"bb\"]\n",
        "boundaries.toml:3:7",
        "did you mean `b`?",
    ),
    Mistake(
        "[[forbidden]]\nname = \"n\"\nto = [\"zz-*\"]\n",
        "boundaries.toml:3:7",
        "zz-*",
    ),
    Mistake(
        "[[forbidden]]\nname = \"n\"\nto = [\"path:c/**\"]\n",
        "boundaries.toml:3:7",
        "path:c/**",
    ),
    Mistake(
        "[[forbidden]]\nname = \"n\"\nto = [\"a[bc]\"]\n",
        "boundaries.toml:3:9",
        "`[`",
    ),
    Mistake(
        "[[forbidden]]\nname = \"n\"\nto = [\"\"]\n",
        "boundaries.toml:3:8",
        "empty",
    ),
    Mistake(
        "[[forbidden]]\nname = \"n\"\nto = [\"!a\"]\n",
        "boundaries.toml:3:8",
        "cannot start with `!`",
    ),
    Mistake("[[forbidden]]\nname = \"n\"\n", "boundaries.toml:1:", "`to`"),
    Mistake("[[forbidden]]\nto = [\"a\"]\n", "boundaries.toml:1:", "`name`"),
    Mistake(
        "[[forbidden]]\nname = 7\nto = [\"a\"]\n",
        "boundaries.toml:2:8",
        "string",
    ),
    Mistake(
        "[[forbidden]]\nname = \"Not Kebab\"\nto = [\"a\"]\n",
        "boundaries.toml:2:8",
        "kebab",
    ),
    Mistake(
        "[[forbidden]]\nname = \"layer\"\nto = [\"a\"]\n",
        "boundaries.toml:2:8",
        "code",
    ),
    Mistake(
        "[groups]\nx = [\"group:y\"]\ny = [\"group:x\"]\n[[forbidden]]\nname = \"n\"\nto = [\"group:x\"]\n",
        "boundaries.toml:2:6",
        "by way of itself",
    ),
    Mistake(
        "[[layers]]\nname = \"x\"\ncrates = [\"a*\"]\n[[layers]]\nname = \"y\"\ncrates = [\"*a\", \"b\"]\n",
        "boundaries.toml:3:11",
        "`a`",
    ),
    Mistake(
        "[[layers]]\nname = \"x\"\nrest = true\n[[layers]]\nname = \"y\"\nrest = true\n",
        "boundaries.toml:6:1",
        "rest",
    ),
    Mistake(
        "[[layers]]\nname = \"x\"\ncrates = [\"a\"]\n[[layers]]\nname = \"x\"\ncrates = [\"b\"]\n",
        "boundaries.toml:5:8",
        "`x`",
    ),
    Mistake(
        "[[forbidden]]\nname = \"n\"\nto = [\"a\"]\n[[protected]]\nname = \"n\"\nto = [\"a\"]\nfrom = []\n",
        "boundaries.toml:5:8",
        "`n`",
    ),
    Mistake(
        "[[layers]]\nname = \"x\"\ncrates = [\"*\"]\n[[exceptions]]\nrule = \"layer\"\nfrom = \"a\"\nto = \"b\"\n",
        "boundaries.toml:4:",
        "`reason`",
    ),
    Mistake(
        "[[layers]]\nname = \"x\"\ncrates = [\"*\"]\n[[exceptions]]\nrule = \"layer\"\nfrom = \"a\"\nto = \"b\"\nreason = \" \"\n",
        "boundaries.toml:8:10",
        "reason",
    ),
    Mistake(
        "[[layers]]\nname = \"x\"\ncrates = [\"*\"]\n[[exceptions]]\nrule = \"layer\"\nfrom = \"*\"\nto = \"b\"\nreason = \"r\"\n",
        "boundaries.toml:6:8",
        "`expect",
    ),
    Mistake(
        "[[layers]]\nname = \"x\"\ncrates = [\"*\"]\n[[exceptions]]\nrule = \"layer\"\nfrom = \"a\"\nto = \"b\"\nreason = \"r\"\nuntil = \"2027-02-30\"\n",
        "boundaries.toml:9:9",
        "write `until = 2027-03-31`",
    ),
    Mistake(
        "[[layers]]\nname = \"x\"\ncrates = [\"*\"]\n[[exceptions]]\nrule = \"layer\"\nfrom = \"a\"\nto = \"b\"\nreason = \"r\"\nuntil = 2027-02-30\n",
        "boundaries.toml:9:9",
        "between 01 and 28",
    ),
    Mistake(
        "[[layers]]\nname = \"x\"\ncrates = [\"*\"]\n[[exceptions]]\nrule = \"lyer\"\nfrom = \"a\"\nto = \"b\"\nreason = \"r\"\n",
        "boundaries.toml:5:8",
        "`layer`",
    ),
    Mistake(
        "[levels]\nlayr = \"deny\"\n[[forbidden]]\nname = \"n\"\nto = [\"a\"]\n",
        "boundaries.toml:2:1",
        "`layer`",
    ),
    Mistake(
        "[levels]\nlayer = \"error\"\n[[forbidden]]\nname = \"n\"\nto = [\"a\"]\n",
        "boundaries.toml:2:9",
        "deny",
    ),
    Mistake(
        "extends = \"x\"\n[[forbidden]]\nname = \"n\"\nto = [\"a\"]\n",
        "boundaries.toml:1:1",
        "0.1",
    ),
    Mistake(
        "[[gateway]]\nname = \"g\"\nto = [\"a\"]\nvia = [\"b\"]\n",
        "boundaries.toml:1:",
        "0.1",
    ),
    Mistake(
        "[[forbidden]]\nname = \"n\"\nto = [\"tokio\"]\n",
        "boundaries.toml:3:7",
        "no member is called `tokio`",
    ),
    Mistake(
        "[[forbidden]]\nname = \"n\"\nto = [\"external:b\"]\n",
        "boundaries.toml:3:7",
        "is a member",
    ),
    Mistake(
        "[[independent]]\nname = \"n\"\ncrates = [\"a\"]\n",
        "boundaries.toml:3:1",
        "two",
    ),
];

#[test]
fn every_mistake_in_boundaries_toml_is_shown_with_its_place_and_a_way_out() {
    let mut wrong = Vec::new();
    for Mistake(text, place, phrase) in &MISTAKES {
        let folder = workspace(&[("boundaries.toml", text.as_bytes())]);
        let failed = Failed::of(folder.path());
        wrong.extend(failed.lacks(place, phrase).map(|what| format!("── {text}{what}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn one_mistake_is_one_problem() {
    for text in [
        "[[forbidden]]\nname = \"n\"\nto = [\"a[bc]\"]\n",
        "[[forbidden]]\nname = \"n\"\nto = [\"bb\"]\n",
        "[[forbidden]]\nname = \"n\"\nto = [\"group:driver\"]\n",
        "[groups]\nx = [\"!a\"]\n[[forbidden]]\nname = \"n\"\nto = [\"group:x\"]\n",
        "[groups]\nx = [\"group:y\"]\ny = [\"group:x\"]\n[[forbidden]]\nname = \"n\"\nto = [\"group:x\"]\n",
        "[[layers]]\nname = \"x\"\ncrates = [\"a[b]\"]\n",
        "[[layers]]\nname = \"x\"\ncrates = [\"bb\"]\n",
        "[[layers]]\nname = \"x\"\ncrates = [\"bb\"]\n[[forbidden]]\nname = \"n\"\nto = [\"layer:x\"]\n",
        "[[layers]]\nname = \"x\"\ncrates = [\"external:b\"]\n[[forbidden]]\nname = \"n\"\nto = [\"layer:x\"]\n",
        "[contexts.x]\ncrates = [\"a\", \"b]\"]\npublic = [\"b\"]\n",
        "[[independent]]\nname = \"n\"\ncrates = [\"a\", \"b[\"]\n",
        "[[independent]]\nname = \"n\"\ncrates = [\"a\", \"bb\"]\n",
    ] {
        let folder = workspace(&[("boundaries.toml", text.as_bytes())]);
        let failed = Failed::of(folder.path());
        assert_eq!(failed.short.stderr.lines().count(), 1, "{text}{}", failed.short.stderr);
    }
}

#[test]
fn two_mistakes_of_one_file_are_both_shown() {
    for (text, places) in [
        (
            "[[layer]]\nname = \"x\"\n[[forbidden]]\nname = \"n\"\nto = [\"zz\"]\n",
            ["boundaries.toml:1:3", "boundaries.toml:5:7"],
        ),
        (
            "[[forbidden]]\nname = \"n\"\nto = [\"x[\"]\nfrom = [\"zz\"]\n",
            ["boundaries.toml:3:9", "boundaries.toml:4:9"],
        ),
        (
            "[[forbidden]]\nname = \"n\"\nto = [\"zz\"]\n[[exceptions]]\nrule = \"n\"\nfrom = \"a\"\nto = \"b\"\n",
            ["boundaries.toml:3:7", "boundaries.toml:4:"],
        ),
    ] {
        let folder = workspace(&[("boundaries.toml", text.as_bytes())]);
        let failed = Failed::of(folder.path());
        for place in places {
            assert_eq!(failed.lacks(place, ""), None);
        }
        assert_eq!(failed.json["errors"].as_array().unwrap().len(), 2, "{text}");
    }
    let folder = workspace(&[
        ("boundaries.toml", KEPT.as_bytes()),
        (
            "a/Cargo.toml",
            b"[package]\nname = \"a\"\n[dependencies]\nb.workspace = true\nc.workspace = true\n",
        ),
        ("b/Cargo.toml", b"[package]\nnom = \"b\"\n"),
    ]);
    let failed = Failed::of(folder.path());
    for place in ["a/Cargo.toml:4:1", "a/Cargo.toml:5:1", "b/Cargo.toml:1:"] {
        assert_eq!(failed.lacks(place, ""), None);
    }
}

/// Files by their paths.
type Files<'f> = &'f [(&'f str, &'f [u8])];

/// Broken manifests: the files, where the fault is shown, and a phrase.
#[test]
fn every_broken_manifest_is_shown_with_its_place_and_a_way_out() {
    let cases: [(Files, &str, &str); 13] = [
        (
            &[("Cargo.toml", b"[workspace]\nmembers = [\"a\", \"b\", \"c\"]\n")],
            "Cargo.toml:2:22",
            "`c`",
        ),
        (
            &[("Cargo.toml", b"[workspace]\nmembers = [\"a\", \"b\", \"x[\"]\n")],
            "Cargo.toml:2:22",
            "x[",
        ),
        (
            &[("Cargo.toml", b"[workspace]\nmembers = \"a\"\n")],
            "Cargo.toml:2:",
            "list",
        ),
        (&[("Cargo.toml", b"")], "Cargo.toml", "[package]"),
        (&[("a/Cargo.toml", b"[package\n")], "a/Cargo.toml:1:", "TOML"),
        (
            &[("a/Cargo.toml", b"[package]\nname = \"a\"\n# \xff\xfe\n")],
            "a/Cargo.toml:3:3",
            "UTF-8",
        ),
        (
            &[("a/Cargo.toml", b"[package]\nversion = \"1.0.0\"\n")],
            "a/Cargo.toml:1:",
            "name",
        ),
        (
            &[("a/Cargo.toml", b"[package]\nname = \"\"\n")],
            "a/Cargo.toml:2:",
            "name",
        ),
        (
            &[("a/Cargo.toml", b"[package]\nname = 3\n")],
            "a/Cargo.toml:2:",
            "string",
        ),
        (
            &[
                ("b/Cargo.toml", b"[package]\nname = \"a\"\n"),
                ("a/Cargo.toml", b"[package]\nname = \"a\"\n"),
            ],
            "a/Cargo.toml:2:8",
            "rename all but one",
        ),
        (
            &[(
                "a/Cargo.toml",
                b"[package]\nname = \"a\"\n[dependencies]\nb.workspace = true\n",
            )],
            "a/Cargo.toml:4:1",
            "[workspace.dependencies]",
        ),
        (
            &[("a/Cargo.toml", b"[package]\nname = \"a\"\nversion.workspace = true\n")],
            "a/Cargo.toml:3:1",
            "[workspace.package]",
        ),
        (
            &[(
                "a/Cargo.toml",
                b"[package]\nname = \"a\"\n[dependencies]\nc = { path = \"../c\" }\n",
            )],
            "a/Cargo.toml:4:",
            "c",
        ),
    ];
    let mut wrong = Vec::new();
    for (files, place, phrase) in cases {
        let folder = workspace(&[("boundaries.toml", KEPT.as_bytes())]);
        write(folder.path(), files);
        let failed = Failed::of(folder.path());
        let shown = String::from_utf8_lossy(files[0].1);
        wrong.extend(
            failed
                .lacks(place, phrase)
                .map(|what| format!("── {}: {shown}{what}", files[0].0)),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_member_manifest_that_is_a_folder_is_an_error() {
    let folder = workspace(&[("boundaries.toml", KEPT.as_bytes())]);
    std::fs::remove_file(folder.path().join("b/Cargo.toml")).unwrap();
    std::fs::create_dir(folder.path().join("b/Cargo.toml")).unwrap();
    assert_eq!(Failed::of(folder.path()).lacks("", "b"), None);
}

#[test]
fn without_a_boundaries_toml_the_way_to_one_is_named() {
    let folder = workspace(&[]);
    assert_eq!(Failed::of(folder.path()).lacks("", "cargo boundaries init"), None);
}

#[test]
fn a_boundaries_toml_that_is_a_folder_is_an_error() {
    let folder = workspace(&[("boundaries.toml/inside", b"")]);
    assert_eq!(
        Failed::of(folder.path()).lacks("", "`boundaries.toml` is a folder"),
        None
    );
}

#[test]
fn a_boundaries_toml_that_is_not_utf_8_is_an_error() {
    let folder = workspace(&[("boundaries.toml", b"version = 1\n# \xff\n")]);
    assert_eq!(Failed::of(folder.path()).lacks("", "line 2"), None);
}

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
    for manifest in [&deep, &unclosed, &dotted, &dependency] {
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

#[test]
fn windows_line_ends_and_a_byte_order_mark_are_fine() {
    let config = format!(
        "\u{feff}{}",
        KEPT.replace("\"b\"]\nto = [\"a\"]", "\"a\"]\nto = [\"b\"]")
            .replace('\n', "\r\n")
    );
    let manifest = "\u{feff}[package]\r\nname = \"a\"\r\n\r\n[dependencies]\r\nb = { path = \"../b\" }\r\n";
    let folder = workspace(&[
        ("boundaries.toml", config.as_bytes()),
        ("a/Cargo.toml", manifest.as_bytes()),
    ]);
    let (human, json) = both(folder.path());
    assert_eq!(human.code, Some(1), "{}", human.stderr);
    let at = &json["findings"][0]["primary"];
    assert_eq!((&at["line"], &at["column"]), (&5.into(), &1.into()));
    assert_eq!(at["byte_start"], manifest.find("b = ").unwrap());
}

#[cfg(unix)]
#[test]
fn a_symlink_loop_in_the_tree_is_fine() {
    let folder = workspace(&[
        ("boundaries.toml", KEPT.as_bytes()),
        (
            "Cargo.toml",
            b"[workspace]\nmembers = [\"*\", \"loop/**\"]\nexclude = [\"loop\"]\n",
        ),
    ]);
    std::os::unix::fs::symlink(".", folder.path().join("loop")).unwrap();
    std::os::unix::fs::symlink("../a", folder.path().join("a/again")).unwrap();
    let (human, _) = both(folder.path());
    assert_eq!(human.code, Some(0), "{}{}", human.stdout, human.stderr);
}

#[test]
fn a_lockfile_of_an_unknown_version_matters_to_those_who_read_it_alone() {
    let lock: (&str, &[u8]) = ("Cargo.lock", b"version = 99\n");
    let folder = workspace(&[("boundaries.toml", KEPT.as_bytes()), lock]);
    assert_eq!(both(folder.path()).0.code, Some(0));
    let transitive =
        "[[forbidden]]\nname = \"n\"\nto = [\"external:tokio\"]\nreach = \"transitive\"\nevidence = \"lock\"\n";
    for lock in [lock.1, b"version = 4\n[[package]\n", b"\xff", b"version = 4\n"] {
        let folder = workspace(&[("boundaries.toml", transitive.as_bytes()), ("Cargo.lock", lock)]);
        assert_eq!(Failed::of(folder.path()).lacks("", "Cargo.lock"), None);
    }
    let folder = workspace(&[("boundaries.toml", transitive.as_bytes())]);
    assert_eq!(Failed::of(folder.path()).lacks("", "Cargo.lock"), None);
}

#[test]
fn a_broken_baseline_is_an_error_with_its_place() {
    for (text, place, phrase) in [
        ("version = 9\n", "boundaries-baseline.toml:1:11", "version"),
        (
            "edges = [\n  { rule = \"layer\" },\n]\n",
            "boundaries-baseline.toml:2:3",
            "complete",
        ),
        ("<<<<<<< ours\n", "boundaries-baseline.toml:1:", "merge"),
        ("edges = 3\n", "boundaries-baseline.toml:1:9", "list"),
        ("edgs = []\n", "boundaries-baseline.toml:1:1", "edges"),
    ] {
        let folder = workspace(&[
            ("boundaries.toml", KEPT.as_bytes()),
            ("boundaries-baseline.toml", text.as_bytes()),
        ]);
        assert_eq!(Failed::of(folder.path()).lacks(place, phrase), None);
    }
}

/// A run that could not check, in its three formats.
struct Failed {
    human: Ran,
    short: Ran,
    json: Value,
}

impl Failed {
    /// Checks a folder, and holds what every failure must keep.
    fn of(folder: &std::path::Path) -> Self {
        let human = patiently(folder, &["check"]);
        let short = patiently(folder, &["check", "--format", "short"]);
        let machine = patiently(folder, &["check", "--format", "json"]);
        for ran in [&human, &short, &machine] {
            assert_eq!(ran.code, Some(2), "{}{}", ran.stdout, ran.stderr);
            assert_calm(&ran.stderr);
        }
        assert_eq!((&*human.stdout, &*short.stdout), ("", ""));
        assert_calm(&machine.stdout);
        let json: Value = serde_json::from_str(&machine.stdout).expect("valid JSON");
        let errors = json["errors"].as_array().expect("a list");
        assert!(
            !errors.is_empty() && json["findings"] == serde_json::json!([]),
            "{json}"
        );
        assert_eq!(short.stderr.lines().count(), errors.len(), "{}", short.stderr);
        Self { human, short, json }
    }

    /// What is not said: the place by every format, the phrase, a way out.
    fn lacks(&self, place: &str, phrase: &str) -> Option<String> {
        let errors = self.json["errors"].as_array().unwrap();
        let said = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let all: Vec<String> = errors
            .iter()
            .flat_map(|error| {
                let places = error["places"].as_array().unwrap().iter().map(|p| said(&p["message"]));
                let help = error["help"].as_array().unwrap().iter().map(said);
                std::iter::once(said(&error["message"]))
                    .chain(places)
                    .chain(help)
                    .collect::<Vec<_>>()
            })
            .collect();
        let way_out = |error: &Value| {
            let help = !error["help"].as_array().unwrap().is_empty();
            help || error["places"]
                .as_array()
                .unwrap()
                .iter()
                .any(|p| !said(&p["message"]).is_empty())
        };
        let missing = if !self.human.stderr.contains(place) || !self.short.stderr.contains(place) {
            "the place"
        } else if !all.iter().any(|text| text.contains(phrase)) {
            "the phrase"
        } else if !errors.iter().all(way_out) {
            "a way out"
        } else {
            return None;
        };
        let page: String = self.human.stderr.chars().take(2_000).collect();
        Some(format!("{missing} is missing: {place:?}, {phrase:?}\n{page}"))
    }
}

/// The human report and the json of a run that checked; `short` is held to the same calm.
fn both(folder: &std::path::Path) -> (Ran, Value) {
    let human = patiently(folder, &["check", "--color", "never"]);
    let short = patiently(folder, &["check", "--format", "short"]);
    let json = patiently(folder, &["check", "--format", "json"]);
    for ran in [&human, &short, &json] {
        assert_calm(&ran.stdout);
        assert_calm(&ran.stderr);
        assert_eq!(ran.code, human.code);
    }
    let value = serde_json::from_str(&json.stdout).expect("valid JSON");
    (human, value)
}

/// No control character but line ends, and no trace of a panic.
fn assert_calm(text: &str) {
    let loud = |c: char| c.is_control() && c != '\n' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2028}' | '\u{2029}');
    if let Some(at) = text.find(loud) {
        let around: String = text[at..].chars().take(40).collect();
        panic!("a control character is printed: {around:?}");
    }
    assert!(!text.contains("panicked"), "{text}");
}

/// Runs the binary, and fails where it takes longer than anybody waits.
fn patiently(folder: &std::path::Path, arguments: &[&str]) -> Ran {
    let mut command: Command = binary(folder);
    let mut child = command
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let id = child.id();
    let (stdout, stderr) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    let reading = |mut stream: Box<dyn std::io::Read + Send>| {
        std::thread::spawn(move || {
            let mut bytes = Vec::new();
            stream.read_to_end(&mut bytes).map(|_| bytes)
        })
    };
    let (stdout, stderr) = (reading(Box::new(stdout)), reading(Box::new(stderr)));
    let started = Instant::now();
    let status = loop {
        match child.try_wait().expect("a child") {
            Some(status) => break status,
            None if started.elapsed() > PATIENCE => {
                child.kill().expect("a child");
                panic!("process {id} is still running after {PATIENCE:?}");
            }
            None => std::thread::sleep(Duration::from_millis(2)),
        }
    };
    let bytes = |handle: std::thread::JoinHandle<std::io::Result<Vec<u8>>>| handle.join().unwrap().unwrap();
    Ran::of(&std::process::Output {
        status,
        stdout: bytes(stdout),
        stderr: bytes(stderr),
    })
}
