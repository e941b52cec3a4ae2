//! `relations` is for history to test: no rule looks at it.

use crate::pipeline::{Options, load};
use crate::workspace::fixture::workspace;

/// The messages of a check of two contexts, of which `a` uses `b` and declares this relation.
fn messages(relation: &str) -> Vec<String> {
    let rules = format!("[contexts.a]\ncrates = [\"a\"]\n{relation}\n[contexts.b]\ncrates = [\"b\"]\n");
    let (_folder, root) = workspace(&[
        ("Cargo.toml", "[workspace]\nmembers = [\"a\", \"b\"]\n"),
        (
            "a/Cargo.toml",
            "[package]\nname = \"a\"\n[dependencies]\nb = { path = \"../b\" }\n",
        ),
        ("b/Cargo.toml", "[package]\nname = \"b\"\n"),
        ("boundaries.toml", &rules),
    ]);
    let options = Options {
        manifest_path: Some(root.join("Cargo.toml").into()),
        ..Options::default()
    };
    let report = load(&options).and_then(|loaded| loaded.check()).expect("a report");
    report.findings.into_iter().map(|finding| finding.message).collect()
}

#[test]
fn check_does_not_judge_a_dependency_between_contexts_that_go_separate_ways() {
    assert_eq!(messages("relations.b = \"separate-ways\""), [""; 0]);
    // `may-use` is what does.
    assert_eq!(messages("may-use = []").len(), 1);
}
