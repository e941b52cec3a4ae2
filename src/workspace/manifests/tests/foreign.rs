//! What only cargo can read is named and never guessed.

use super::{ReadError, Tree};

/// A workspace of `a` and `b` with these texts added to the root, to `a`, and to the configuration.
fn reasons(root: &str, member: &str, configuration: &str) -> Vec<String> {
    let tree = Tree::new(&[
        ("Cargo.toml", &format!("[workspace]\nmembers = [\"a\", \"b\"]\n{root}")),
        (
            "a/Cargo.toml",
            &format!("[package]\nname = \"a\"\nversion = \"0.1.0\"\n{member}"),
        ),
        ("b/Cargo.toml", "[package]\nname = \"b\"\nversion = \"0.1.0\"\n"),
        (".cargo/config.toml", configuration),
    ]);
    let (result, sources) = tree.read("Cargo.toml");
    match result {
        Ok(_) => Vec::new(),
        Err(ReadError::NeedsCargo { reasons, problems }) => {
            assert!(problems.is_empty(), "{problems:?}");
            assert!(reasons.iter().all(|reason| !reason.labels.is_empty()), "{reasons:?}");
            let lines = reasons.iter().map(|reason| {
                let at = sources.location(reason.labels[0].0);
                format!("{}:{}:{}: {}", at.file, at.line, at.column, reason.message)
            });
            lines.collect()
        }
        Err(ReadError::Problems(problems)) => panic!("{problems:?}"),
    }
}

#[test]
fn unknown_keys_that_could_bear_on_the_graph_are_left_to_cargo() {
    for (root, member, configuration, wanted) in [
        (
            "more = 1\n",
            "",
            "",
            "Cargo.toml:3:1: `more` in `[workspace]` is a key that only cargo can read",
        ),
        (
            "resolver = \"4\"\n",
            "",
            "",
            "Cargo.toml:3:12: the resolver `4` is not known to this version",
        ),
        (
            "[replace]\n\"x:1.0.0\" = { path = \"b\" }\n",
            "",
            "",
            "Cargo.toml:3:2: `[replace]` is read by cargo alone",
        ),
        (
            "[patch.crates-io]\nx = { base = \"k\", path = \"b\" }\n",
            "",
            "",
            "Cargo.toml:4:7: `base` in a dependency is a key that only cargo can read",
        ),
        (
            "",
            "[dependencies]\nb = { path = \"b\", base = \"workspace\" }\n",
            "",
            "a/Cargo.toml:5:19: `base` in a dependency is a key that only cargo can read",
        ),
        (
            "",
            "[dependencies]\nx = { version = \"1\", artifact = \"bin\" }\n",
            "",
            "a/Cargo.toml:5:22: `artifact` in a dependency is a key that only cargo can read",
        ),
        (
            "",
            "edition = \"2027\"\n",
            "",
            "a/Cargo.toml:4:11: the edition `2027` is newer than this version",
        ),
        (
            "",
            "[test-dependencies]\nx = \"1\"\n",
            "",
            "a/Cargo.toml:4:2: `[test-dependencies]` is no section that this version knows",
        ),
        (
            "",
            "[dependencies]\n\"a::b\" = \"1\"\n",
            "",
            "a/Cargo.toml:5:1: the dependency name `a::b` has a namespace, which only a nightly cargo can read",
        ),
        (
            "",
            "",
            "paths = [\"b\"]\n",
            ".cargo/config.toml:1:1: `paths` overrides packages in a way that only cargo can follow",
        ),
        (
            "",
            "",
            "[future]\nx = 1\n",
            ".cargo/config.toml:1:2: `future` is no key of cargo's configuration that is known",
        ),
        (
            "[patch.\"https://example.com/index\"]\nb = { path = \"b\" }\n",
            "[dependencies]\nb = { version = \"0.1\", registry = \"ours\" }\n",
            "",
            "a/Cargo.toml:5:1: whether the patch reaches `b` depends on a registry that the workspace's \
             `.cargo/config.toml` does not name",
        ),
    ] {
        assert_eq!(reasons(root, member, configuration), [wanted]);
    }
    let tree = Tree::new(&[("Cargo.toml", "cargo-features = [\"x\"]\n[package]\nname = \"a\"\n")]);
    assert!(matches!(tree.read("Cargo.toml").0, Err(ReadError::NeedsCargo { .. })));
}

#[test]
fn what_cargo_only_warns_of_is_left_alone() {
    for (root, member, configuration) in [
        ("[workspace.metadata.x]\ny = 1\n", "", ""),
        ("[whatever]\nx = 1\n", "", ""),
        ("", "colour = \"red\"\n", ""),
        ("", "[lib]\ncolour = \"red\"\n", ""),
        ("", "[target.x86_64-unknown-linux-gnu]\nlinker = \"cc\"\n", ""),
        ("", "[dependencies]\nx = { version = \"1\", public = true }\n", ""),
        ("", "[patch.crates-io]\nx = { base = \"k\", path = \"b\" }\n", ""),
        ("", "[replace]\n\"x:1.0.0\" = { path = \"b\" }\n", ""),
        (
            "",
            "",
            "[alias]\nx = \"check\"\n[env]\nA = \"1\"\n[source.x]\ndirectory = \"v\"\n",
        ),
    ] {
        assert_eq!(
            reasons(root, member, configuration),
            [""; 0],
            "{root}{member}{configuration}"
        );
    }
}

#[test]
fn a_patch_above_the_workspace_is_told_and_not_applied() {
    let tree = Tree::new(&[
        (".cargo/config.toml", "[patch.crates-io]\nb = { path = \"w/b\" }\n"),
        ("w/Cargo.toml", "[workspace]\nmembers = [\"a\", \"b\"]\n"),
        (
            "w/a/Cargo.toml",
            "[package]\nname = \"a\"\n[dependencies]\nb = \"0.1\"\n",
        ),
        ("w/b/Cargo.toml", "[package]\nname = \"b\"\nversion = \"0.1.0\"\n"),
    ]);
    let workspace = tree.read("w/Cargo.toml").0.unwrap();
    assert!(workspace.is_external(workspace.members[0].dependencies[0].to));
    let note = format!("`patch` in `{}` is not applied", tree.root.join(".cargo/config.toml"));
    assert!(workspace.notes[0].starts_with(&note), "{:?}", workspace.notes);
}
