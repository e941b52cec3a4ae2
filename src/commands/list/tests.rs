//! The list of a small workspace, as text and as JSON, whole.

use super::*;
use crate::reporters::Style;
use crate::source::{FileId, SourceFile, Sources, Span};
use crate::workspace::{Claim, Dependency, Engine, External, Origin, TargetDeclarations};

fn style(width: usize, color: bool) -> Style {
    Style {
        color,
        unicode: true,
        width,
        all: false,
        quiet: false,
    }
}

fn dependency(to: usize, kind: DependencyKind) -> Dependency {
    Dependency {
        to: NodeId::new(to),
        kind,
        target: None,
        optional: false,
        rename: None,
        requirement: Some("1".to_owned()),
        features: Vec::new(),
        default_features: true,
        origin: Origin::Registry(None),
        key: Span::new(FileId::new(0), 4..7),
        inherited: None,
        uses: None,
    }
}

fn member(name: &str, directory: &str, dependencies: Vec<Dependency>) -> Member {
    Member {
        name: name.to_owned(),
        version: Some("0.1.0".to_owned()),
        directory: directory.to_owned(),
        manifest: FileId::new(0),
        name_span: Span::new(FileId::new(0), 0..1),
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

/// `api` uses `core` twice (two targets), itself in its tests, and externals; `core` uses nothing.
fn shop() -> (Workspace, Sources) {
    use DependencyKind::{Build, Dev, Normal};
    let edges = [
        (1, Normal),
        (1, Normal),
        (3, Normal),
        (2, Normal),
        (4, Normal),
        (2, Build),
        (1, Dev),
        (0, Dev),
    ];
    let declared = edges.map(|(to, kind)| dependency(to, kind)).to_vec();
    let mut sources = Sources::default();
    let manifest = sources.add(SourceFile::new(
        "crates/api/Cargo.toml".into(),
        "/w/crates/api/Cargo.toml".into(),
        "[x]\nabc = 1\n",
    ));
    let externals = ["a-crate-with-quite-a-long-name", "serde", "thiserror"];
    let workspace = Workspace {
        root: "/w".into(),
        manifest,
        members: vec![
            member("api", "crates/api", declared),
            member("core", "core", Vec::new()),
        ],
        externals: externals.map(|name| External { name: name.to_owned() }).to_vec(),
        engine: Engine::Manifests,
        notes: Vec::new(),
    };
    (workspace, sources)
}

fn placements() -> Vec<Placement> {
    vec![
        Placement {
            layers: vec![("inbound".to_owned(), "`path:crates/*`, boundaries.toml:4".to_owned())],
            context: None,
            groups: vec!["drivers".to_owned(), "edge".to_owned()],
        },
        Placement::default(),
    ]
}

#[test]
fn the_list_shows_each_package_once_a_kind_and_members_apart_from_externals() {
    let (workspace, _) = shop();
    let expected = "\
/w: 2 crates, 8 dependencies

api  crates/api
  normal           core
  normal external  a-crate-with-quite-a-long-name, serde, thiserror
  build external   a-crate-with-quite-a-long-name
  dev              api, core

core
";
    assert_eq!(human(&workspace, None, style(80, false)), expected);
}

#[test]
fn long_lists_wrap_below_their_first_word() {
    let (workspace, _) = shop();
    let text = human(&workspace, None, style(52, false));
    let expected = "  normal external  a-crate-with-quite-a-long-name,\n                   serde, thiserror\n";
    assert!(text.contains(expected), "{text}");
    assert!(
        text.lines()
            .all(|line| line.chars().count() <= 52 && line.trim_end() == line),
        "{text}"
    );
}

#[test]
fn a_placement_is_shown_with_where_it_was_said() {
    let (workspace, _) = shop();
    let text = human(&workspace, Some(&placements()), style(80, false));
    let api = "\
api  crates/api
  layer            inbound (`path:crates/*`, boundaries.toml:4)
  context          none
  groups           drivers, edge
  normal           core
";
    assert!(text.contains(api), "{text}");
    assert!(
        text.ends_with("core\n  layer            none\n  context          none\n"),
        "{text}"
    );
}

#[test]
fn colour_adds_to_the_text_and_changes_none_of_it() {
    let (workspace, _) = shop();
    let coloured = human(&workspace, Some(&placements()), style(80, true));
    assert!(coloured.contains("\u{1b}[1mapi\u{1b}[0m"), "{coloured:?}");
    let plain = human(&workspace, Some(&placements()), style(80, false));
    assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), plain);
}

#[test]
fn control_characters_never_reach_the_terminal() {
    let (mut workspace, _) = shop();
    workspace.root = "/w\u{1b}[2J".into();
    workspace.members[0].directory = "x\ny".to_owned();
    workspace.members[0].name = "a\u{202e}pi".to_owned();
    workspace.externals[1].name = "ser\u{7}de".to_owned();
    let mut placements = placements();
    placements[0].layers = vec![("in\rbound".to_owned(), "here\u{1b}]0;".to_owned())];
    placements[0].groups = vec!["\u{9b}31m".to_owned()];
    let text = human(&workspace, Some(&placements), style(80, false));
    assert!(
        !text.contains(|c: char| (c.is_control() && c != '\n') || c == '\u{202e}'),
        "{text:?}"
    );
    assert!(text.contains("x\u{fffd}y"));
}

#[test]
fn the_json_holds_every_declaration_with_its_place() {
    let (workspace, sources) = shop();
    let list: serde_json::Value = serde_json::from_str(&json(&workspace, &sources, None)).expect("it is JSON");
    assert_eq!(list["workspace_root"], "/w");
    assert_eq!(list["members"][0]["dependencies"].as_array().map(Vec::len), Some(8));
    let expected = serde_json::json!({
        "name": "core", "external": false, "kind": "normal", "target": null, "optional": false, "rename": null,
        "requirement": "1", "features": [], "default_features": true, "inherited": false,
        "file": "crates/api/Cargo.toml", "line": 2, "column": 1,
    });
    assert_eq!(list["members"][0]["dependencies"][0], expected);
    assert!(list["members"][0].get("placement").is_none());
    let placed: serde_json::Value =
        serde_json::from_str(&json(&workspace, &sources, Some(&placements()))).expect("JSON");
    let expected = serde_json::json!({
        "layer": {"name": "inbound", "said": "`path:crates/*`, boundaries.toml:4"},
        "layers": [{"name": "inbound", "said": "`path:crates/*`, boundaries.toml:4"}], "context": null,
        "groups": ["drivers", "edge"],
    });
    assert_eq!(placed["members"][0]["placement"], expected);
}
