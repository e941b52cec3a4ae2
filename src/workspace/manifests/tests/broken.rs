//! Broken workspaces: each mistake is told with its place and a way out, and two of them are both told.

use super::Tree;

const ROOT: (&str, &str) = ("Cargo.toml", "[workspace]\nmembers = [\"a\", \"b\"]\n");
const A: (&str, &str) = ("a/Cargo.toml", "[package]\nname = \"a\"\n");
const B: (&str, &str) = ("b/Cargo.toml", "[package]\nname = \"b\"\n");

/// Asserts the problems of a workspace; what stands in them of the temporary folder is cut.
fn check(files: &[(&str, &str)], wanted: &[&str]) {
    let tree = Tree::new(files);
    assert_eq!(tree.problems("Cargo.toml"), wanted, "{files:#?}");
}

/// A workspace of `a` and `b` where `a` goes on with this text.
fn check_member(text: &str, wanted: &[&str]) {
    check(
        &[ROOT, ("a/Cargo.toml", &format!("[package]\nname = \"a\"\n{text}")), B],
        wanted,
    );
}

#[test]
fn a_member_without_a_manifest_is_an_error() {
    check(
        &[ROOT, A],
        &["Cargo.toml:2:17: the manifest of member `b` cannot be read: `b/Cargo.toml`: there is no such file"],
    );
}

#[test]
fn a_glob_that_matches_nothing_is_an_error() {
    check(
        &[("Cargo.toml", "[workspace]\nmembers = [\"crates/*\"]\n")],
        &["Cargo.toml:2:12: `crates/*` in `members` matches nothing"],
    );
}

#[test]
fn a_glob_that_matches_a_folder_without_a_manifest_is_an_error() {
    check(
        &[
            ("Cargo.toml", "[workspace]\nmembers = [\"*\"]\n"),
            A,
            ("empty/README.md", ""),
        ],
        &[
            "Cargo.toml:2:12: `*` matches a folder whose manifest cannot be read: `empty/Cargo.toml`: there is no such file",
        ],
    );
}

#[test]
fn a_glob_that_does_not_parse_is_an_error() {
    let tree = Tree::new(&[("Cargo.toml", "[workspace]\nmembers = [\"a***\"]\n")]);
    let problems = tree.problems("Cargo.toml");
    assert!(
        problems[0].starts_with("Cargo.toml:2:12: `a***` is no glob: "),
        "{problems:?}"
    );
    assert_eq!(problems.len(), 1);
}

#[test]
fn every_broken_manifest_is_told_and_not_only_the_first() {
    check(
        &[
            ROOT,
            ("a/Cargo.toml", "[package\nname = \"a\"\n"),
            ("b/Cargo.toml", "[package]\nversion = \"0.1.0\"\n"),
        ],
        &[
            "a/Cargo.toml:1:9: the file is not valid TOML: unclosed table, expected `]`",
            "b/Cargo.toml:1:2: the package has no `name`",
        ],
    );
}

#[test]
fn a_dependency_on_a_broken_member_is_not_told_again() {
    check(
        &[
            ROOT,
            (
                "a/Cargo.toml",
                "[package]\nname = \"a\"\n[dependencies]\nb = { path = \"../b\" }\n",
            ),
            ("b/Cargo.toml", "package = 1\n"),
        ],
        &["b/Cargo.toml:1:11: `package` must be a table, and this is a number"],
    );
}

#[test]
fn two_members_of_one_name_are_both_shown() {
    let tree = Tree::new(&[ROOT, A, ("b/Cargo.toml", "[package]\nname = \"a\"\n")]);
    assert_eq!(
        tree.problems("Cargo.toml"),
        ["a/Cargo.toml:2:8: 2 packages of this workspace are named `a`"]
    );
    let problems = Vec::from(tree.read("Cargo.toml").0.unwrap_err());
    assert_eq!(problems[0].labels.len(), 2);
}

#[test]
fn inheritance_that_leads_nowhere_is_an_error_for_every_key() {
    check_member(
        "version.workspace = true\nlicense.workspace = true\n[dependencies]\nlgo.workspace = true\n\
         [lints]\nworkspace = true\n",
        &[
            "a/Cargo.toml:3:1: `version` is inherited, and `[workspace.package]` has no `version`",
            "a/Cargo.toml:4:9: `license` is inherited, and `[workspace.package]` has no `license`",
            "a/Cargo.toml:6:1: `lgo` is inherited, and `[workspace.dependencies]` has no `lgo`",
            "a/Cargo.toml:8:1: `lints` are inherited, and the workspace has no `[workspace.lints]`",
        ],
    );
    check(
        &[(
            "Cargo.toml",
            "[package]\nname = \"a\"\n[dependencies]\nx.workspace = true\n",
        )],
        &["Cargo.toml:4:1: `x` is inherited, and there is no workspace to inherit it from"],
    );
}

#[test]
fn a_misspelt_inherited_dependency_is_told_the_nearest_name() {
    let root = "[workspace]\nmembers = [\"a\"]\n[workspace.dependencies]\nlog = \"0.4\"\n";
    let tree = Tree::new(&[
        ("Cargo.toml", root),
        (
            "a/Cargo.toml",
            "[package]\nname = \"a\"\n[dependencies]\nlgo.workspace = true\n",
        ),
    ]);
    let problems = Vec::from(tree.read("Cargo.toml").0.unwrap_err());
    assert_eq!(problems[0].help, ["did you mean `log`?"]);
}

#[test]
fn a_path_that_leads_nowhere_or_to_another_package_is_an_error_at_its_key() {
    check_member(
        "[dependencies]\nc = { path = \"../c\" }\nx = { path = \"../b\" }\n[dev-dependencies]\ny = { path = \"../../nowhere\" }\n",
        &[
            "a/Cargo.toml:4:1: `c` leads to `c`, which has no `Cargo.toml`",
            "a/Cargo.toml:5:1: `x` leads to `b`, which holds the package `b`",
            "a/Cargo.toml:7:1: `y` leads to `../nowhere`, which has no `Cargo.toml`",
        ],
    );
}

#[test]
fn what_cargo_refuses_of_a_dependency_is_an_error() {
    check_member(
        "[dependencies]\nnothing = {}\nboth = { path = \"../b\", git = \"https://example.com/b\" }\n\
         branch = { version = \"1\", branch = \"main\" }\nrequirement = \"one\"\nfeature = { version = \"1\", features = [\"a/b\"] }\n\
         typed = { version = 1 }\nnumber = 1\nno = { workspace = false }\n1st = \"1\"\n[target.'cfg(unix'.dependencies]\nx = \"1\"\n",
        &[
            "a/Cargo.toml:4:1: `nothing` says neither `version` nor `path` nor `git` nor `workspace = true`",
            "a/Cargo.toml:5:1: `both` is ambiguous: only one of `git` and `path` can stand",
            "a/Cargo.toml:6:1: `branch` is ambiguous: `branch`, `tag` and `rev` need a `git` address",
            "a/Cargo.toml:7:15: `one` of `requirement` is no version requirement: unexpected character 'o' while parsing \
             major version number",
            "a/Cargo.toml:8:40: `a/b` is no feature of a dependency",
            "a/Cargo.toml:9:21: `version` must be a string, and this is a number",
            "a/Cargo.toml:10:10: `number` must be a version or a table such as `{ version = \"1\" }`, and this is a number",
            "a/Cargo.toml:11:20: `workspace` cannot be false",
            "a/Cargo.toml:12:1: `1st` is no dependency name: it starts with a digit",
            "a/Cargo.toml:13:9: `cfg(unix` is no target: failed to parse `cfg(unix` as a cfg expression: invalid target \
             specifier: unexpected `(` character, cfg expressions must start with `cfg(`",
        ],
    );
}

#[test]
fn what_edition_2024_refuses_is_an_error() {
    check_member(
        "edition = \"2024\"\n[dev_dependencies]\nx = { version = \"1\", default_features = false }\n",
        &[
            "a/Cargo.toml:4:2: `dev_dependencies` is not supported as of edition 2024",
            "a/Cargo.toml:5:22: `default_features` is not supported as of edition 2024",
        ],
    );
}

#[test]
fn a_claim_with_an_unknown_key_or_a_wrong_type_is_an_error() {
    check_member(
        "[package.metadata.boundaries]\nlayr = \"x\"\ncontext = 1\ntags = [1]\n",
        &[
            "a/Cargo.toml:4:1: `layr` is no key of `[package.metadata.boundaries]`",
            "a/Cargo.toml:5:11: `context` must be a string, and this is a number",
            "a/Cargo.toml:6:9: `tags` must be a string, and this is a number",
        ],
    );
}

#[test]
fn a_member_that_is_a_root_or_belongs_elsewhere_is_an_error() {
    check(
        &[ROOT, ("a/Cargo.toml", "[package]\nname = \"a\"\n[workspace]\n"), B],
        &["a/Cargo.toml:3:2: a member of the workspace is the root of another"],
    );
    check(
        &[
            ROOT,
            ("a/Cargo.toml", "[package]\nname = \"a\"\nworkspace = \"../other\"\n"),
            B,
        ],
        &["a/Cargo.toml:3:13: `a` is a member here and belongs to the workspace of `other/Cargo.toml`"],
    );
}

#[test]
fn a_package_below_a_root_that_does_not_take_it_in_is_an_error() {
    let tree = Tree::new(&[ROOT, A, B, ("c/Cargo.toml", "[package]\nname = \"c\"\n")]);
    assert_eq!(
        tree.problems("c/Cargo.toml"),
        ["c/Cargo.toml:2:8: `c/Cargo.toml` lies below the root of a workspace and is no member of it"]
    );
}

#[test]
fn a_default_member_that_is_none_is_an_error() {
    check(
        &[
            (
                "Cargo.toml",
                "[workspace]\nmembers = [\"a\", \"b\"]\ndefault-members = [\"c\"]\n",
            ),
            A,
            B,
        ],
        &["Cargo.toml:3:20: `c` in `default-members` is no member: `c`"],
    );
}

#[test]
fn a_patch_that_leads_to_a_member_of_another_name_is_an_error() {
    check(
        &[
            (
                "Cargo.toml",
                "[workspace]\nmembers = [\"a\", \"b\"]\n[patch.crates-io]\nc = { path = \"b\" }\n",
            ),
            A,
            B,
        ],
        &["Cargo.toml:4:1: the patch of `c` leads to the member `b`"],
    );
}

#[test]
fn cargos_configuration_that_is_broken_or_includes_itself_is_an_error() {
    check(
        &[ROOT, A, B, (".cargo/config.toml", "a = [\n")],
        &[".cargo/config.toml:1:6: the file is not valid TOML: unclosed array, expected `]`"],
    );
    check(
        &[ROOT, A, B, (".cargo/config.toml", "include = [\"config.toml\"]\n")],
        &[".cargo/config.toml:1:12: the file is included by itself"],
    );
    check(
        &[ROOT, A, B, (".cargo/config.toml", "include = [\"gone.toml\"]\n")],
        &[".cargo/config.toml:1:12: `.cargo/gone.toml` could not be read: there is no such file"],
    );
}

#[test]
fn one_name_from_two_sources_is_an_error() {
    check_member(
        "[dependencies]\nb = { path = \"../b\" }\nx = { git = \"https://example.com/x\" }\n\
         [dev-dependencies]\nb = \"1\"\n\
         [target.'cfg(unix)'.dependencies]\nx = { git = \"https://example.com/x.git/\" }\n",
        &["a/Cargo.toml:7:1: `b` comes from two different sources"],
    );
}
