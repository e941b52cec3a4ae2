//! Lockfiles as cargo writes them, and as bad merges leave them.

use camino::Utf8PathBuf;

use super::*;
use crate::workspace::{Claim, DependencyKind, Engine, External, Member, TargetDeclarations};

fn file() -> FileId {
    FileId::new(0)
}

/// A dependency on a name: a member's where one is called so, else an external.
fn dependency(to: NodeId, requirement: Option<&str>, origin: Origin) -> Dependency {
    Dependency {
        to,
        kind: DependencyKind::Normal,
        target: None,
        optional: false,
        rename: None,
        requirement: requirement.map(str::to_owned),
        features: Vec::new(),
        default_features: true,
        origin,
        key: Span::new(file(), 0..1),
        inherited: None,
    }
}

fn member(name: &str, version: &str, dependencies: Vec<Dependency>) -> Member {
    Member {
        name: name.to_owned(),
        version: Some(version.to_owned()),
        directory: name.to_owned(),
        manifest: file(),
        name_span: Span::new(file(), 0..1),
        edition: "2024".to_owned(),
        published: true,
        links: None,
        default_member: true,
        metadata: serde_json::Value::Null,
        claim: Claim::default(),
        targets: TargetDeclarations::default(),
        dependencies,
    }
}

fn workspace(members: Vec<Member>, externals: &[&str]) -> Workspace {
    Workspace {
        root: Utf8PathBuf::from("/w"),
        manifest: file(),
        members,
        externals: externals
            .iter()
            .map(|name| External {
                name: (*name).to_owned(),
            })
            .collect(),
        engine: Engine::Manifests,
        notes: Vec::new(),
    }
}

fn registry() -> Origin {
    Origin::Registry(None)
}

fn lock(text: &str, workspace: &Workspace) -> LockGraph {
    let members = workspace
        .members
        .iter()
        .map(|m| (m.name.as_str(), m.version.as_deref()));
    LockGraph::parse(text, file(), members).expect("the lock is sound")
}

/// `name version` of what each package depends on.
fn edges(text: &str) -> Vec<String> {
    let graph = lock(text, &workspace(Vec::new(), &[]));
    let show = |p: &LockedPackage| format!("{} {} {}", p.name, p.version, p.source.as_deref().unwrap_or("disk"));
    let of = |id| graph.dependencies_of(id).iter().map(move |d| (id, d.to));
    let shown = |(from, to)| format!("{} -> {}", show(graph.package(from)), show(graph.package(to)));
    graph.ids().flat_map(of).map(shown).collect()
}

fn problem(text: &str) -> String {
    let problems = parse::packages(text, file()).expect_err("the lock is broken");
    let with_place = |p: &Problem| format!("{} @{:?}", p.message, p.labels.first().map(|(s, _)| &text[s.range()]));
    problems.iter().map(with_place).collect::<Vec<_>>().join("; ")
}

#[test]
fn a_reference_of_every_form_finds_its_package() {
    let names = "
version = 4
[[package]]
name = \"a\"
version = \"0.1.0\"
dependencies = [\"b\", \"c 1.0.0\", \"d 1.0.0\", \"d 1.0.0 (git+https://x.y/d?branch=main)\"]
[[package]]
name = \"b\"
version = \"0.2.0\"
[[package]]
name = \"c\"
version = \"1.0.0\"
source = \"registry+https://github.com/rust-lang/crates.io-index\"
[[package]]
name = \"c\"
version = \"2.0.0\"
[[package]]
name = \"d\"
version = \"1.0.0\"
[[package]]
name = \"d\"
version = \"1.0.0\"
source = \"git+https://x.y/d?branch=main#0123\"
";
    let expected = [
        "a 0.1.0 disk -> b 0.2.0 disk",
        "a 0.1.0 disk -> c 1.0.0 registry+https://github.com/rust-lang/crates.io-index",
        "a 0.1.0 disk -> d 1.0.0 disk",
        "a 0.1.0 disk -> d 1.0.0 git+https://x.y/d?branch=main#0123",
    ];
    assert_eq!(edges(names), expected);
}

#[test]
fn the_first_two_formats_are_read_without_a_number() {
    let first = "
[root]
name = \"a\"
version = \"0.1.0\"
dependencies = [\"g 1.0.0 (git+https://x.y/g)\", \"r 1.0.0 (registry+https://i)\"]
[[package]]
name = \"g\"
version = \"1.0.0\"
source = \"git+https://x.y/g?branch=master#99\"
[[package]]
name = \"r\"
version = \"1.0.0\"
source = \"registry+https://i\"
[metadata]
\"checksum r 1.0.0 (registry+https://i)\" = \"00\"
";
    let expected = [
        "a 0.1.0 disk -> g 1.0.0 git+https://x.y/g?branch=master#99",
        "a 0.1.0 disk -> r 1.0.0 registry+https://i",
    ];
    assert_eq!(edges(first), expected);
}

#[test]
fn a_replaced_package_depends_on_its_replacement() {
    let text = "
[[package]]
name = \"r\"
version = \"1.0.0\"
source = \"registry+https://i\"
replace = \"r 1.0.0\"
[[package]]
name = \"r\"
version = \"1.0.0\"
";
    assert_eq!(edges(text), ["r 1.0.0 registry+https://i -> r 1.0.0 disk"]);
}

#[test]
fn carriage_returns_and_a_byte_order_mark_keep_offsets_true() {
    let text = "\u{feff}version = 3\r\n[[package]]\r\nname = \"a\"\r\nversion = \"1.0.0\"\r\ndependencies = [\r\n \"b\",\r\n]\r\n\
                [[package]]\r\nname = \"b\"\r\nversion = \"1.0.0\"\r\n";
    let packages = parse::packages(text, file()).expect("both are fine");
    assert_eq!(&text[packages[1].span.range()], "\"b\"");
    assert_eq!(&text[packages[0].dependencies[0].span.range()], "\"b\"");
    assert!(packages[0].dependencies[0].span.start < packages[1].span.start);
}

#[test]
fn a_format_that_is_not_known_is_an_error_at_its_number() {
    let shown = problem("version = 5\n");
    assert_eq!(
        shown,
        "`Cargo.lock` is of format 5, of which this version knows nothing: it reads 1 to 4 @Some(\"5\")"
    );
    assert!(problem("version = \"four\"\n").starts_with("`Cargo.lock` gives no number as its `version`"));
}

#[test]
fn every_flaw_of_a_broken_lock_is_told_with_its_place() {
    for (text, expected) in [
        ("[[package]\n", "is broken"),
        ("package = 1\n", "`package` is not an array of tables @Some(\"1\")"),
        ("package = [1]\n", "a package is not a table @Some(\"1\")"),
        ("[[package]]\nname = \"a\"\n", "a package has no `name` or no `version`"),
        (
            "[[package]]\nname = \"a\"\nversion = \"one\"\n",
            "`one` is not a version @Some(\"\\\"one\\\"\")",
        ),
        (
            "[[package]]\nname = \"a\"\nversion = \"1.0.0\"\ndependencies = 1\n",
            "`dependencies` is not an array",
        ),
        (
            "[[package]]\nname = \"a\"\nversion = \"1.0.0\"\ndependencies = [1]\n",
            "a dependency is not a string",
        ),
        (
            "[[package]]\nname = \"a\"\nversion = \"1.0.0\"\ndependencies = [\"b\"]\n",
            "`b` means none of its packages, or several @Some(\"\\\"b\\\"\")",
        ),
        (
            "[[package]]\nname = \"a\"\nversion = \"1.0.0\"\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\n",
            "it has the package `a` twice",
        ),
        (
            "<<<<<<< HEAD\nversion = 4\n=======\nversion = 3\n>>>>>>> other\n",
            "has the marks of a merge conflict",
        ),
    ] {
        let shown = problem(text);
        assert!(shown.contains(expected), "{text:?} gave {shown}");
    }
    let both = "[[package]]\nname = \"a\"\n[[package]]\nname = \"b\"\n";
    assert_eq!(problem(both).matches("a package has no").count(), 2);
}

#[test]
fn twenty_thousand_brackets_are_an_error_and_no_overflow() {
    let text = format!("package = {}", "[".repeat(20_000));
    assert!(problem(&text).starts_with("`Cargo.lock` is broken"));
}

/// `a` depends on member `b`, and on `rand` twice, which a registry crate called `b` depends on.
const TWO_RANDS: &str = "
version = 4
[[package]]
name = \"a\"
version = \"0.1.0\"
dependencies = [\"b 0.1.0\", \"b 7.0.0\", \"rand 0.8.5\", \"rand 0.9.1\", \"tool\"]
[[package]]
name = \"b\"
version = \"0.1.0\"
[[package]]
name = \"b\"
version = \"7.0.0\"
source = \"registry+https://i\"
dependencies = [\"rand 0.8.5\"]
[[package]]
name = \"rand\"
version = \"0.8.5\"
source = \"registry+https://i\"
[[package]]
name = \"rand\"
version = \"0.9.1\"
source = \"registry+https://i\"
[[package]]
name = \"tool\"
version = \"2.0.0-rc.1\"
source = \"git+https://x.y/Tool.git?rev=ab#ab\"
";

#[test]
fn a_declaration_means_the_locked_package_that_fits_it() {
    let git = |url: &str| Origin::Git {
        url: url.to_owned(),
        reference: None,
    };
    let (b, registry_b, rand, tool) = (NodeId::new(1), NodeId::new(2), NodeId::new(3), NodeId::new(4));
    let path = || Origin::Path("/w/b".into());
    for (declared, expected) in [
        (dependency(b, None, path()), Some("b 0.1.0")),
        (dependency(b, Some("0.1"), path()), Some("b 0.1.0")),
        (dependency(registry_b, Some("7"), registry()), Some("b 7.0.0")),
        (dependency(rand, Some("0.8"), registry()), Some("rand 0.8.5")),
        (dependency(rand, Some("0.9"), registry()), Some("rand 0.9.1")),
        (dependency(rand, Some("*"), registry()), Some("rand 0.9.1")),
        (dependency(rand, Some("0.7"), registry()), None),
        (dependency(tool, None, git("https://x.y/tool")), Some("tool 2.0.0-rc.1")),
        (
            dependency(tool, Some("2.0.0-rc.1"), registry()),
            Some("tool 2.0.0-rc.1"),
        ),
        (dependency(tool, Some("2"), registry()), None),
    ] {
        let members = vec![
            member("a", "0.1.0", vec![declared.clone()]),
            member("b", "0.1.0", Vec::new()),
        ];
        let workspace = workspace(members, &["b", "rand", "tool"]);
        let graph = lock(TWO_RANDS, &workspace);
        let found = graph
            .resolve(&workspace, NodeId::new(0), &declared)
            .map(|id| graph.package(id));
        let shown = found.map(|p| format!("{} {}", p.name, p.version));
        assert_eq!(shown.as_deref(), expected, "{declared:?}");
        assert_eq!(graph.stale(&workspace).is_empty(), expected.is_some(), "{declared:?}");
    }
}

#[test]
fn a_requirement_that_takes_two_versions_has_both_as_candidates() {
    let declared = dependency(NodeId::new(1), Some(">=0.8"), registry());
    let workspace = workspace(vec![member("a", "0.1.0", vec![declared.clone()])], &["rand"]);
    let graph = lock(TWO_RANDS, &workspace);
    assert_eq!(graph.candidates(&workspace, NodeId::new(0), &declared).len(), 2);
}

#[test]
fn a_stale_lock_is_told_by_crate_and_dependency() {
    let declared = dependency(NodeId::new(2), Some("1.2"), registry());
    let members = vec![member("a", "0.1.0", vec![declared]), member("z", "0.1.0", Vec::new())];
    let workspace = workspace(members, &["serde"]);
    let problems = lock(TWO_RANDS, &workspace).stale(&workspace);
    let messages: Vec<_> = problems.iter().map(|p| p.message.as_str()).collect();
    let expected = [
        "`Cargo.lock` is out of date: its entry for `a` has no `serde 1.2`, which the manifest declares",
        "`Cargo.lock` is out of date: it has no entry for `z`",
    ];
    assert_eq!(messages, expected);
    assert!(problems.iter().all(|p| !p.labels.is_empty() && p.help.len() == 1));
}

#[test]
fn a_member_is_known_by_its_name_until_another_package_on_disk_has_it_too() {
    let of = |version: &str| workspace(vec![member("b", version, Vec::new())], &[]);
    let newer = of("3.0.0");
    assert!(lock(TWO_RANDS, &newer).package_of(NodeId::new(0)).is_some());
    let twins = "[[package]]\nname = \"b\"\nversion = \"1.0.0\"\n[[package]]\nname = \"b\"\nversion = \"2.0.0\"\n";
    for (version, expected) in [("1.0.0", Some(0)), ("2.0.0", Some(1)), ("3.0.0", None)] {
        let graph = lock(twins, &of(version));
        assert_eq!(graph.package_of(NodeId::new(0)).map(LockedId::index), expected);
        assert_eq!(
            expected.and_then(|i| graph.member_of(LockedId::new(i))),
            expected.map(|_| NodeId::new(0))
        );
    }
}

#[test]
fn a_missing_lock_says_how_to_write_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut empty = workspace(Vec::new(), &[]);
    empty.root = Utf8PathBuf::from_path_buf(folder.path().to_path_buf()).expect("UTF-8");
    let problems = LockGraph::read(&empty, &mut Sources::default()).expect_err("no lock");
    assert_eq!(
        problems[0].message,
        "the workspace has no `Cargo.lock`, which says what third-party crates depend on"
    );
    std::fs::write(folder.path().join("Cargo.lock"), b"version = 4\n# \xff\n").expect("written");
    let problems = LockGraph::read(&empty, &mut Sources::default()).expect_err("not UTF-8");
    assert_eq!(
        problems[0].message,
        "`Cargo.lock` is not UTF-8: byte 14 starts no character"
    );
}
