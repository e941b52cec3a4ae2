//! `[features]`: what cargo refuses is refused here, with its place, and nothing else is.

use super::Tree;
use crate::workspace::cargo::{Cargo, CargoOptions, Failure};

const ROOT: &str = "[workspace]\nmembers = [\"a\", \"b\"]\n";
const B: &str = "[package]\nname = \"b\"\n";

/// Reads a workspace of `a` and `b` where `a` goes on with this text, and asks cargo whether it takes that.
fn check(text: &str, wanted: &[&str]) {
    let a = format!("[package]\nname = \"a\"\nedition = \"2021\"\n{text}");
    let files = [("Cargo.toml", ROOT), ("a/Cargo.toml", &a), ("b/Cargo.toml", B)];
    let tree = Tree::new(&files);
    if wanted.is_empty() {
        assert!(tree.read("Cargo.toml").0.is_ok(), "{text}");
    } else {
        assert_eq!(tree.problems("Cargo.toml"), wanted, "{text}");
    }
    let (_folder, root) = crate::workspace::fixture::workspace(&files);
    let options = CargoOptions {
        offline: true,
        ..CargoOptions::default()
    };
    match Cargo::find(options).read(&root.join("Cargo.toml")) {
        Ok(_) => assert!(wanted.is_empty(), "cargo takes it:\n{text}"),
        Err(Failure::Refused(words)) => assert!(!wanted.is_empty(), "cargo refuses it: {words}\n{text}"),
        Err(_) => {}
    }
}

#[test]
fn a_feature_that_leads_nowhere_is_an_error_at_its_entry() {
    check(
        "[dependencies]\nb = { path = \"../b\" }\n[features]\nx = [\"tset\", \"test\"]\ntest = []\n",
        &["a/Cargo.toml:7:6: feature `x` includes `tset`, which is neither a feature nor a dependency"],
    );
    check(
        "[dependencies]\nb = { path = \"../b\" }\n[features]\nx = [\"b\"]\n",
        &["a/Cargo.toml:7:6: feature `x` includes `b`, but `b` is not an optional dependency"],
    );
    check(
        "[dependencies]\nb = { path = \"../b\", optional = true }\n[features]\nx = [\"b\"]\ny = [\"dep:b\"]\n",
        &["a/Cargo.toml:7:6: feature `x` includes `b`, but `b` is an optional dependency without a feature of its own"],
    );
    check(
        "[dependencies]\nb = { path = \"../b\" }\n[features]\nx = [\"dep:b\"]\n",
        &["a/Cargo.toml:7:6: feature `x` includes `dep:b`, but `b` is not an optional dependency"],
    );
    check(
        "[features]\nx = [\"dep:c\"]\ny = [\"c/z\"]\n",
        &[
            "a/Cargo.toml:5:6: feature `x` includes `dep:c`, but `c` is no dependency",
            "a/Cargo.toml:6:6: feature `y` includes `c/z`, but `c` is no dependency",
        ],
    );
}

#[test]
fn odd_forms_of_a_forwarded_feature_are_refused_as_cargo_refuses_them() {
    let optional = "[dependencies]\nb = { path = \"../b\", optional = true }\n[features]\n";
    check(
        &format!("{optional}x = [\"b/c/d\"]\n"),
        &["a/Cargo.toml:7:6: feature `x` includes `b/c/d`, which has two slashes"],
    );
    check(
        &format!("{optional}x = [\"dep:b/c\"]\n"),
        &["a/Cargo.toml:7:6: feature `x` includes `dep:b/c`, which has both `dep:` and `/`"],
    );
    check(
        "[dependencies]\nb = { path = \"../b\" }\n[features]\nx = [\"b?/c\"]\n",
        &["a/Cargo.toml:7:6: feature `x` includes `b?/c`, but `b` is not an optional dependency"],
    );
    check(
        &format!("{optional}b = []\n"),
        &["a/Cargo.toml:5:1: the optional dependency `b` is turned on by no feature"],
    );
    check(&format!("{optional}b = [\"b/c\"]\n"), &[]);
    check(&format!("{optional}x = [\"b?/c\"]\n"), &[]);
    check(&format!("{optional}x = [\"b\", \"b/c\"]\n"), &[]);
}

#[test]
fn names_of_features_are_those_that_cargo_takes() {
    check("[features]\n\"c++17\" = []\n128bit = []\n_x = []\n\"a.b\" = []\n", &[]);
    check(
        "[features]\n\"+x\" = []\n\"a b\" = []\n\"\" = []\n",
        &[
            "a/Cargo.toml:5:1: `+x` is no feature name",
            "a/Cargo.toml:6:1: `a b` is no feature name",
            "a/Cargo.toml:7:1: `` is no feature name",
        ],
    );
}

#[test]
fn features_of_another_type_are_an_error() {
    check(
        "[features]\nx = \"y\"\n",
        &["a/Cargo.toml:5:5: `x` must be a list of strings, and this is a string"],
    );
    check(
        "[[features]]\nx = []\n",
        &["a/Cargo.toml:4:1: `features` must be a table, and this is a list"],
    );
}

#[test]
fn a_dependency_that_cannot_be_read_says_nothing_of_the_features_that_name_it() {
    check(
        "[dependencies]\nb = 1\n[features]\nx = [\"b/y\"]\n",
        &["a/Cargo.toml:5:5: `b` must be a version or a table such as `{ version = \"1\" }`, and this is a number"],
    );
}

#[test]
fn a_dependency_of_several_tables_is_optional_where_one_of_them_says_so() {
    check(
        "[dependencies]\nb = { path = \"../b\" }\n[build-dependencies]\nb = { path = \"../b\", optional = true }\n\
         [features]\nx = [\"dep:b\", \"b?/y\"]\n",
        &[],
    );
}
