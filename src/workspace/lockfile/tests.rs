//! Lockfiles joined with workspaces: which package a declaration means, and what is stale.

use camino::Utf8PathBuf;

use super::*;
use crate::workspace::{Claim, DependencyKind, Engine, External, Member, Origin, TargetDeclarations};

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
        uses: None,
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
        built_by_default: true,
        metadata: serde_json::Value::Null,
        claim: Claim::default(),
        targets: TargetDeclarations::default(),
        features: crate::workspace::Features::default(),
        dependencies,
        module: None,
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
        let found = graph.candidates(&workspace, NodeId::new(0), &declared);
        // The lock lists packages of one name by version: of several that fit, the highest stands last.
        let best = found.last().map(|id| graph.package(*id));
        let shown = best.map(|p| format!("{} {}", p.name, p.version));
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
