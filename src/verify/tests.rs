//! Readings that cargo agrees with, and readings that are made wrong on purpose.

use camino::{Utf8Path, Utf8PathBuf};
use proptest::prelude::*;
use tempfile::TempDir;

use super::*;
use crate::workspace::fixture;
use crate::workspace::manifests;
use crate::workspace::random;

const ROOT: &str = "[workspace]\nmembers = [\"a\", \"b\"]\nexclude = [\"out\"]\nresolver = \"2\"\n[patch.crates-io]\nb = { path = \"b\" }\n";
const A: &str = "[package]\nname = \"a\"\n[dependencies]\nb = \"1\"\nout = { path = \"../out\" }\n";
const B: &str = "[package]\nname = \"b\"\nversion = \"1.0.0\"\n[dev-dependencies]\na = { path = \"../a\" }\n";
const OUT: &str = "[package]\nname = \"out\"\n";

fn two(a: &str) -> (TempDir, Utf8PathBuf) {
    fixture::workspace(&[
        ("Cargo.toml", ROOT),
        ("a/Cargo.toml", a),
        ("b/Cargo.toml", B),
        ("out/Cargo.toml", OUT),
    ])
}

fn read(root: &Utf8Path) -> (Workspace, Sources) {
    let mut sources = Sources::default();
    let workspace = manifests::read(&root.join("Cargo.toml"), &mut sources).expect("it reads");
    (workspace, sources)
}

const OFFLINE: CargoOptions = CargoOptions {
    locked: false,
    offline: true,
    frozen: false,
};

/// Each problem as `message @ what its first span holds`.
fn shown(problems: &[Problem], sources: &Sources) -> Vec<String> {
    let text = |span: &Span| &sources.file(span.file).text[span.range()];
    let place = |p: &Problem| p.labels.first().map_or("nowhere", |(span, _)| text(span)).to_owned();
    problems
        .iter()
        .map(|p| format!("{} @ {}", p.message, place(p)))
        .collect()
}

#[test]
fn a_true_reading_is_verified_against_the_resolved_graph() {
    let (_folder, root) = two(A);
    let (workspace, sources) = read(&root);
    let verified = verify(&workspace, &sources, OFFLINE).expect("no difference");
    let expected = Verified {
        declarations: 3,
        resolved: true,
        note: None,
    };
    assert_eq!(verified, expected);
    assert!(!root.join("Cargo.lock").exists());
}

#[test]
fn where_cargo_cannot_resolve_a_note_says_so_and_that_is_no_failure() {
    let (_folder, root) = two(&format!("{A}no-such-package-anywhere = \"9\"\n"));
    let (workspace, sources) = read(&root);
    let verified = verify(&workspace, &sources, OFFLINE).expect("no difference");
    assert!(!verified.resolved);
    let note = verified.note.expect("a note");
    assert!(note.starts_with("cargo cannot resolve this workspace"), "{note}");
    assert!(note.contains("no-such-package-anywhere"), "{note}");
}

#[test]
fn a_declaration_read_wrong_is_a_difference_even_where_cargo_cannot_resolve() {
    for extra in ["", "no-such-package-anywhere = \"9\"\n"] {
        let (_folder, root) = two(&format!("{A}{extra}"));
        let (mut workspace, sources) = read(&root);
        workspace.members[0].dependencies[1].optional = true;
        let problems = verify(&workspace, &sources, OFFLINE).expect_err("a difference");
        assert!(
            problems
                .iter()
                .all(|p| p.message.starts_with("cargo reads this workspace otherwise: ")),
            "{problems:?}"
        );
        assert!(problems.iter().any(|p| p.message.contains("optional")), "{problems:?}");
    }
}

#[test]
fn an_edge_that_points_elsewhere_is_a_difference_at_its_key() {
    let (_folder, root) = two(A);
    let (mut workspace, sources) = read(&root);
    // `b = "1"` is a member by `[patch]` alone, which only the resolved graph knows.
    let external = workspace.external_named("out").expect("an external");
    workspace
        .externals
        .push(crate::workspace::External { name: "b".to_owned() });
    workspace.externals.sort();
    let b = workspace.external_named("b").expect("just added");
    workspace.members[0].dependencies[0].to = b;
    workspace.members[0].dependencies[1].to = crate::workspace::NodeId::new(external.index() + 1);
    let problems = verify(&workspace, &sources, OFFLINE).expect_err("a difference");
    let expected = "cargo reads this workspace otherwise: a normal dependency of `a` points at `external:b` by the \
                    manifests, at `b` in cargo's graph @ b";
    assert_eq!(shown(&problems, &sources), [expected]);
}

#[test]
fn a_member_too_few_is_a_difference() {
    let (_folder, root) = two("[package]\nname = \"a\"\n");
    let (mut workspace, sources) = read(&root);
    workspace.members[1].dependencies.clear();
    workspace.members.remove(0);
    let shown = shown(
        &verify(&workspace, &sources, OFFLINE).expect_err("a difference"),
        &sources,
    );
    assert!(
        shown.iter().any(|line| line.contains("only cargo has a member `a`")),
        "{shown:?}"
    );
}

#[test]
fn what_was_left_out_on_purpose_stands_among_the_ways_out() {
    let (_folder, root) = two(A);
    let (mut workspace, sources) = read(&root);
    workspace.members[0].version = Some("7.0.0".to_owned());
    workspace
        .notes
        .push("a `[patch]` in cargo's home was not applied".to_owned());
    let problems = verify(&workspace, &sources, OFFLINE).expect_err("a difference");
    assert_eq!(problems[0].help[0], "a `[patch]` in cargo's home was not applied");
}

#[test]
fn without_cargo_nothing_is_verified() {
    let (_folder, root) = two(A);
    let (workspace, sources) = read(&root);
    let cargo = Cargo::at(root.join("no-cargo"), OFFLINE);
    let problems = verify_with(&cargo, &workspace, &sources).expect_err("no cargo");
    assert!(
        problems[0].message.starts_with("cargo is needed and is not here"),
        "{problems:?}"
    );
}

#[test]
fn a_place_in_another_reading_is_found_in_this_one() {
    let (_folder, root) = two(A);
    let ((workspace, sources), (_, others)) = (read(&root), read(&root));
    let span = workspace.members[1].name_span;
    let there = (0..others.len())
        .map(FileId::new)
        .find(|id| others.file(*id).path == "b/Cargo.toml")
        .expect("read");
    let problem = Problem::new(ProblemKind::Cargo, "x").at(Span { file: there, ..span }, "here");
    assert_eq!(relocate(problem.clone(), &others, &sources).labels[0].0, span);
    assert!(relocate(problem, &others, &Sources::default()).labels.is_empty());
}

proptest! {
    #![proptest_config(random::config(30))]

    #[test]
    fn random_workspaces_point_where_cargo_resolves_them(plan in random::resolvable::workspace_to_resolve()) {
        let files = random::render::files(&plan);
        let listed: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let (_folder, root) = fixture::workspace(&listed);
        let (workspace, sources) = read(&root);
        let verified = verify(&workspace, &sources, OFFLINE);
        let verified = verified.map_err(|p| TestCaseError::fail(format!("{:#?}\n{listed:#?}", shown(&p, &sources))))?;
        prop_assert!(verified.resolved, "{:?}\n{listed:#?}", verified.note);
    }
}
