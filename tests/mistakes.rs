//! What people meet who use boundaries.toml in earnest: one mistake is one problem, and what is said can be acted on.

use std::fs;

use cargo_boundaries::{Options, load};
use tempfile::TempDir;

fn workspace(boundaries: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in [
        (
            "Cargo.toml",
            "[workspace]\nmembers = [\"a\", \"b\"]\nresolver = \"3\"\n",
        ),
        (
            "a/Cargo.toml",
            "[package]\nname = \"a\"\n\n[dependencies]\nrowan = \"1\"\n",
        ),
        ("b/Cargo.toml", "[package]\nname = \"b\"\n"),
        ("boundaries.toml", boundaries),
    ] {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    }
    for member in ["a", "b"] {
        fs::create_dir(folder.path().join(member).join("src")).expect("made");
        fs::write(folder.path().join(member).join("src/lib.rs"), "").expect("written");
    }
    folder
}

fn options(folder: &TempDir) -> Options {
    let mut options = Options::default();
    options.manifest_path = Some(folder.path().join("Cargo.toml"));
    options
}

/// Why a run could not check, one line a problem.
fn problems(boundaries: &str) -> Vec<String> {
    let folder = workspace(boundaries);
    let error = load(&options(&folder))
        .and_then(|loaded| loaded.check())
        .expect_err("a mistake");
    error.to_string().lines().map(str::to_owned).collect()
}

#[test]
fn a_unit_is_not_called_empty_where_its_entries_are_wrong() {
    for (entry, said) in [
        ("bb", "no member is called `bb`"),
        ("(a|b)", "`(` cannot stand in a package name"),
        ("b b", "a space cannot stand in a package name"),
        ("c-*", "`c-*` selects nothing in this workspace"),
        ("group:gone", "unknown group `gone`"),
    ] {
        for table in ["[[layers]]\nname = \"low\"", "[contexts.low]"] {
            let found = problems(&format!("{table}\ncrates = [\"{entry}\"]\n"));
            assert_eq!(found.len(), 1, "{entry}: {found:?}");
            assert!(found[0].ends_with(said), "{found:?}");
        }
    }
    let found = problems("[[layers]]\nname = \"low\"\ncrates = []\n");
    assert!(found[0].ends_with("layer `low` has no crates"), "{found:?}");
}

#[test]
fn a_rule_is_not_called_inert_where_its_entries_are_wrong() {
    let found = problems("[[forbidden]]\nname = \"no\"\nfrom = [\"a\"]\nto = [\"{b}\"]\n");
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn a_misspelt_key_of_externals_is_corrected_without_a_prefix() {
    let folder = workspace("[externals]\nrowann = [\"a\"]\n");
    let report = load(&options(&folder))
        .and_then(|loaded| loaded.check())
        .expect("a report");
    let [finding] = report.findings.as_slice() else {
        panic!("one finding: {}", report.to_short());
    };
    assert_eq!(
        finding.help,
        ["write `rowan` where that is meant; `unknown-external = \"allow\"` in `[levels]` keeps this line"]
    );
}

#[test]
fn many_users_are_named_as_the_rule_writes_them() {
    let folder = workspace("[externals]\nrowan = [\"b\", \"user-*\"]\n");
    let mut members = vec!["\"a\"".to_owned(), "\"b\"".to_owned()];
    for number in 0..6 {
        let path = folder.path().join(format!("user-{number}"));
        fs::create_dir_all(path.join("src")).expect("made");
        fs::write(path.join("src/lib.rs"), "").expect("written");
        fs::write(
            path.join("Cargo.toml"),
            format!("[package]\nname = \"user-{number}\"\n"),
        )
        .expect("written");
        members.push(format!("\"user-{number}\""));
    }
    let members = members.join(", ");
    let root = format!("[workspace]\nmembers = [{members}]\nresolver = \"3\"\n");
    fs::write(folder.path().join("Cargo.toml"), root).expect("written");
    let report = load(&options(&folder))
        .and_then(|loaded| loaded.check())
        .expect("a report");
    let [finding] = report.findings.as_slice() else {
        panic!("one finding: {}", report.to_short());
    };
    assert_eq!(
        finding.message,
        "`a` may not use `rowan`, which is for `b` and `user-*` alone"
    );
    assert!(
        finding.help[0].starts_with("go through one of `b` and `user-*`,"),
        "{:?}",
        finding.help
    );
}

#[test]
fn the_exception_that_a_cycle_offers_is_for_what_is_to_be_cut() {
    let folder = tempfile::tempdir().expect("a folder");
    for (member, uses) in [("a1", &["b1"][..]), ("a2", &["b1"]), ("b1", &[]), ("b2", &["a1"])] {
        let path = folder.path().join(member);
        fs::create_dir_all(path.join("src")).expect("made");
        fs::write(path.join("src/lib.rs"), "").expect("written");
        let used = uses.iter().map(|name| format!("{name} = {{ path = \"../{name}\" }}\n"));
        let used: Vec<String> = used.collect();
        let manifest = format!("[package]\nname = \"{member}\"\n\n[dependencies]\n{}", used.concat());
        fs::write(path.join("Cargo.toml"), manifest).expect("written");
    }
    let root = "[workspace]\nmembers = [\"a*\", \"b*\"]\nresolver = \"3\"\n";
    fs::write(folder.path().join("Cargo.toml"), root).expect("written");
    let contexts = "[contexts.a]\ncrates = [\"a*\"]\n\n[contexts.b]\ncrates = [\"b*\"]\n";
    fs::write(folder.path().join("boundaries.toml"), contexts).expect("written");
    let report = load(&options(&folder))
        .and_then(|loaded| loaded.check())
        .expect("a report");
    let [finding] = report.findings.as_slice() else {
        panic!("one finding: {}", report.to_short());
    };
    let all = finding.help.join("\n");
    assert!(
        all.contains("cut here: `b2` → `a1` is the only edge of its direction"),
        "{all}"
    );
    assert!(all.contains("from = \"context:b\"\nto = \"context:a\""), "{all}");
}
