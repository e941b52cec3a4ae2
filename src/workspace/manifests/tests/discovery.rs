//! Which manifest a run starts from, and which root that leads to.

use camino::Utf8Path;

use super::super::{find_manifest, manifest_at};
use super::Tree;

#[test]
fn the_nearest_manifest_above_is_where_a_run_starts() {
    let tree = Tree::new(&[("Cargo.toml", ""), ("a/Cargo.toml", ""), ("a/src/deep/x.rs", "")]);
    for (start, found) in [
        ("a/src/deep", "a/Cargo.toml"),
        ("a", "a/Cargo.toml"),
        (".", "Cargo.toml"),
    ] {
        assert_eq!(find_manifest(&tree.root.join(start)).unwrap(), tree.root.join(found));
    }
}

#[test]
fn a_manifest_in_lower_case_is_named_where_there_is_no_other() {
    let tree = Tree::new(&[("cargo.toml", ""), ("src/x.rs", "")]);
    // Where the disk does not tell the two spellings apart, the manifest is simply found.
    if let Err(problem) = find_manifest(&tree.root.join("src")) {
        let help = format!("rename `{}` to `Cargo.toml`", tree.root.join("cargo.toml"));
        assert_eq!(problem.help, [help]);
    }
}

#[test]
fn a_manifest_path_must_be_a_cargo_toml() {
    let tree = Tree::new(&[("Cargo.toml", ""), ("other.toml", "")]);
    assert_eq!(
        manifest_at(&tree.root.join("x/../Cargo.toml")).unwrap(),
        tree.root.join("Cargo.toml")
    );
    for (path, message) in [
        ("", "is a folder, and `--manifest-path` names a file"),
        ("gone/Cargo.toml", "does not exist"),
        ("other.toml", "is no `Cargo.toml`"),
    ] {
        let problem = manifest_at(&tree.root.join(path)).unwrap_err();
        assert!(problem.message.ends_with(message), "{problem:?}");
        assert!(!problem.help.is_empty());
    }
}

#[test]
fn every_member_leads_to_the_same_root() {
    let tree = Tree::new(&[
        (
            "Cargo.toml",
            "[workspace]\nmembers = [\"a\", \"a/b\"]\nexclude = [\"c\"]\n",
        ),
        ("a/Cargo.toml", "[package]\nname = \"a\"\n"),
        ("a/b/Cargo.toml", "[package]\nname = \"b\"\n"),
        ("c/Cargo.toml", "[package]\nname = \"c\"\n"),
    ]);
    for start in ["Cargo.toml", "a/Cargo.toml", "a/b/Cargo.toml"] {
        let workspace = tree.read(start).0.unwrap();
        assert_eq!(
            (workspace.root.as_path(), workspace.members.len()),
            (tree.root.as_path(), 2),
            "{start}"
        );
    }
    // One that is excluded goes on looking above, and finds nothing.
    let alone = tree.read("c/Cargo.toml").0.unwrap();
    assert_eq!(alone.root, tree.root.join("c"));
    assert_eq!(alone.members[0].directory, ".");
}

#[test]
fn a_pointer_to_what_is_no_root_is_an_error() {
    let tree = Tree::new(&[
        ("a/Cargo.toml", "[package]\nname = \"a\"\nworkspace = \"../b\"\n"),
        ("b/Cargo.toml", "[package]\nname = \"b\"\n"),
    ]);
    let path = tree.root.join("b/Cargo.toml");
    let problem = &tree.problems("a/Cargo.toml")[0];
    let shown = path.strip_prefix(&tree.root).unwrap_or(Utf8Path::new("b/Cargo.toml"));
    assert_eq!(
        problem,
        &format!("Cargo.toml:3:13: `package.workspace` leads to `{shown}`, which has no `[workspace]`")
    );
}

#[test]
fn the_order_of_members_and_externals_is_that_of_their_names() {
    let tree = Tree::new(&[
        ("Cargo.toml", "[workspace]\nmembers = [\"z\", \"m\"]\n"),
        (
            "z/Cargo.toml",
            "[package]\nname = \"a\"\n[dependencies]\ny = \"1\"\nc = \"1\"\nm = { path = \"../m\" }\n",
        ),
        (
            "m/Cargo.toml",
            "[package]\nname = \"m\"\n[dev-dependencies]\nm = \"1\"\nc = \"2\"\n",
        ),
    ]);
    let workspace = tree.workspace();
    let names: Vec<_> = (0..workspace.node_count())
        .map(|i| workspace.name(crate::workspace::NodeId::new(i)))
        .collect();
    assert_eq!(names, ["a", "m", "c", "m", "y"]);
    let targets: Vec<_> = workspace
        .members
        .iter()
        .flat_map(|m| &m.dependencies)
        .map(|d| d.to.index())
        .collect();
    assert_eq!(targets, [4, 2, 1, 3, 2]);
}
