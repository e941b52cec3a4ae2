//! Input that cannot be checked: exit code 2, the place, what is wrong and what to do; never a panic, never a hang, and
//! nothing that moves a cursor.

mod failed;
mod hostile;
mod mistakes;

use crate::common::{workspace, write};
use failed::{Failed, both};
use mistakes::{MISTAKES, Mistake};

/// A rule that the usual workspace keeps.
pub const KEPT: &str = "[[forbidden]]\nname = \"b-stands-alone\"\nfrom = [\"b\"]\nto = [\"a\"]\n";

#[test]
fn every_mistake_in_boundaries_toml_is_shown_with_its_place_and_a_way_out() {
    let mut wrong = Vec::new();
    for Mistake(text, place, phrase) in MISTAKES {
        let folder = workspace(&[("boundaries.toml", text.as_bytes())]);
        let failed = Failed::of(folder.path());
        wrong.extend(failed.lacks(place, phrase).map(|what| format!("── {text}{what}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_permission_for_a_version_that_nobody_uses_is_a_mistake() {
    let manifest = "[package]\nname = \"a\"\nversion = \"0.1.0\"\n[dependencies]\nrand = \"0.8\"\nserde = \"1\"\n";
    let rule = "[[allowed]]\nname = \"n\"\nfrom = [\"a\"]\namong = \"external\"\n";
    let text = format!("{rule}to = [\"external:serde\", \"external:rand@9\"]\n");
    let folder = workspace(&[
        ("boundaries.toml", text.as_bytes()),
        ("a/Cargo.toml", manifest.as_bytes()),
    ]);
    let failed = Failed::of(folder.path());
    assert_eq!(failed.lacks("boundaries.toml:5:25", "external:rand@9"), None);
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
        "[[forbidden]]\nname = \"n\"\nto = []\n",
        "[[layers]]\nname = \"x\"\ncrates = [\"a\"]\n[[layers]]\nname = \"y\"\ncrates = [\"a\"]\n",
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
