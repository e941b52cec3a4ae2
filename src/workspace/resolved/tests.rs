//! The cargo engine on small workspaces that need no download, and its joining of readings on made-up links.

use camino::Utf8PathBuf;
use semver::Version;
use tempfile::TempDir;

use super::graph::Link;
use super::pairs::{Links, pair};
use super::*;
use crate::source::FileId;
use crate::workspace::fixture::workspace;
use crate::workspace::{DependencyKind, Engine, Kinds, Origin};

fn read_offline(root: &Utf8Path, sources: &mut Sources) -> Result<Workspace, Vec<Problem>> {
    let options = CargoOptions {
        offline: true,
        ..CargoOptions::default()
    };
    read(&root.join("Cargo.toml"), sources, options)
}

/// `from -> to (kind) at what the key's span holds`, each declaration of each member.
fn edges(workspace: &Workspace, sources: &Sources) -> Vec<String> {
    let mut lines = Vec::new();
    for member in &workspace.members {
        for dependency in &member.dependencies {
            let text = &sources.file(dependency.key.file).text[dependency.key.range()];
            let to = workspace.identity(dependency.to);
            lines.push(format!("{} -> {to} ({}) at {text}", member.name, dependency.kind));
        }
    }
    lines
}

const ROOT: &str = r#"
[workspace]
members = ["crates/*"]
exclude = ["crates/outside"]
resolver = "2"
[workspace.dependencies]
store = { package = "postgres-store", path = "crates/store", features = ["shared"] }
[workspace.package]
version = "0.3.0"
edition = "2021"
[patch.crates-io]
patched = { path = "crates/patched" }
"#;

const APP: &str = r#"
[package]
name = "app"
version.workspace = true
edition.workspace = true
publish = false
[dependencies]
store = { workspace = true, features = ["own"], optional = true }
patched = "1.2"
"outside" = { path = "../outside", default-features = false }
[target.'cfg( unix )'.dependencies]
renamed = { package = "helper", path = "../helper" }
[target."cfg(windows)".dependencies.renamed]
package = "helper"
path = "../helper"
[build-dependencies]
patched.version = "1"
[dev-dependencies]
app = { path = "." }
program = { path = "../program" }
"#;

fn shop() -> (TempDir, Utf8PathBuf) {
    workspace(&[
        ("Cargo.toml", ROOT),
        ("crates/app/Cargo.toml", APP),
        (
            "crates/store/Cargo.toml",
            "[package]\nname = \"postgres-store\"\nversion = \"0.1.0\"\n[features]\nshared = []\nown = []\n",
        ),
        (
            "crates/helper/Cargo.toml",
            "[package]\nname = \"helper\"\n[dev-dependencies]\napp = { path = \"../app\" }\n",
        ),
        (
            "crates/patched/Cargo.toml",
            "[package]\nname = \"patched\"\nversion = \"1.2.3\"\n",
        ),
        (
            "crates/outside/Cargo.toml",
            "[package]\nname = \"outside\"\nversion = \"0.1.0\"\n[features]\ndefault = []\n",
        ),
        (
            "crates/program/Cargo.toml",
            "[package]\nname = \"program\"\nversion = \"0.1.0\"\n",
        ),
        ("crates/program/src/main.rs", "fn main() {}\n"),
    ])
}

#[test]
fn every_declaration_points_where_cargo_resolves_it() {
    let (_folder, root) = shop();
    let mut sources = Sources::default();
    let workspace = read_offline(&root, &mut sources).expect("cargo reads it");
    let expected = [
        "app -> postgres-store (normal) at store",
        "app -> patched (normal) at patched",
        "app -> external:outside (normal) at \"outside\"",
        "app -> helper (normal) at renamed",
        "app -> helper (normal) at renamed",
        "app -> patched (build) at patched",
        "app -> app (dev) at app",
        "app -> program (dev) at program",
        "helper -> app (dev) at app",
    ];
    assert_eq!(edges(&workspace, &sources), expected);
    assert_eq!(workspace.engine, Engine::Cargo);
    assert!(!root.join("Cargo.lock").exists());
}

#[test]
fn facts_come_with_their_places_and_inheritance() {
    let (_folder, root) = shop();
    let mut sources = Sources::default();
    let workspace = read_offline(&root, &mut sources).expect("cargo reads it");
    let text = |span: crate::source::Span| sources.file(span.file).text[span.range()].to_owned();
    let app = &workspace.members[0];
    assert_eq!(
        (app.version.as_deref(), app.edition.as_str(), app.published),
        (Some("0.3.0"), "2021", false)
    );
    assert_eq!(
        (app.directory.as_str(), text(app.name_span).as_str()),
        ("crates/app", "\"app\"")
    );
    assert_eq!(workspace.members[1].version, None, "helper gives none");
    let store = &app.dependencies[0];
    assert_eq!(store.inherited.map(text).as_deref(), Some("store"));
    assert_eq!(store.rename.as_deref(), Some("store"));
    let features: Vec<&str> = store.features.iter().map(|f| f.value.as_str()).collect();
    assert_eq!(features, ["shared", "own"]);
    assert!(store.optional && store.default_features);
    assert_eq!(store.origin, Origin::Path(root.join("crates/store")));
    assert_eq!(app.dependencies[1].requirement.as_deref(), Some("1.2"));
    assert_eq!(app.dependencies[1].origin, Origin::Registry(None));
    assert!(!app.dependencies[2].default_features);
    assert_eq!(app.dependencies[3].target.as_deref(), Some("cfg( unix )"));
    assert_eq!(app.dependencies[4].target.as_deref(), Some("cfg(windows)"));
    assert_eq!(sources.file(workspace.manifest).path, "Cargo.toml");
    assert_eq!(sources.file(app.manifest).path, "crates/app/Cargo.toml");
}

#[test]
fn a_package_alone_is_a_workspace_of_one() {
    let (_folder, root) = workspace(&[("Cargo.toml", "[package]\nname = \"alone\"\n")]);
    let workspace = read_offline(&root, &mut Sources::default()).expect("cargo reads it");
    assert_eq!(
        (workspace.members.len(), workspace.members[0].directory.as_str()),
        (1, ".")
    );
}

#[test]
fn what_cargo_cannot_resolve_is_a_problem_in_its_words() {
    let text = "[package]\nname = \"alone\"\n[dependencies]\nno-such-package-anywhere = \"9\"\n";
    let (_folder, root) = workspace(&[("Cargo.toml", text)]);
    let problems = read_offline(&root, &mut Sources::default()).expect_err("it is nowhere");
    assert!(problems[0].message.contains("no-such-package-anywhere"), "{problems:?}");
}

#[test]
fn what_a_member_claims_wrongly_is_a_problem_though_cargo_knows_nothing_of_it() {
    let text = "[package]\nname = \"alone\"\n[package.metadata.boundaries]\nlayr = \"x\"\n";
    let (_folder, root) = workspace(&[("Cargo.toml", text)]);
    let problems = read_offline(&root, &mut Sources::default()).expect_err("a key that is none");
    let messages: Vec<_> = problems.iter().map(|p| p.message.as_str()).collect();
    assert_eq!(messages, ["`layr` is no key of `[package.metadata.boundaries]`"]);
}

fn link(to: &str, version: &str, member: bool, key: &str) -> Link {
    Link {
        to: to.to_owned(),
        version: Version::parse(version).expect("a version"),
        member,
        folder: Utf8PathBuf::from(format!("/w/{to}")),
        key: key.to_owned(),
        kinds: Kinds::NONE.with(DependencyKind::Normal),
    }
}

/// A declaration as `cargo metadata` prints it.
fn declared(name: &str, req: &str, rest: &serde_json::Value) -> cargo_metadata::Dependency {
    let mut json = serde_json::json!({
        "name": name, "source": null, "req": req, "kind": null, "rename": null, "optional": false,
        "uses_default_features": true, "features": [], "target": null, "registry": null,
    });
    let (into, from) = (
        json.as_object_mut().expect("a table"),
        rest.as_object().expect("a table").clone(),
    );
    into.extend(from);
    serde_json::from_value(json).expect("a dependency")
}

#[test]
fn links_of_one_name_are_told_apart_by_folder_version_and_key() {
    let all = [
        link("a", "1.0.0", false, "a"),
        link("a", "2.0.0", true, "a-two"),
        link("a", "3.0.0", false, "a3"),
        link("b", "1.0.0", false, "b"),
    ];
    for (given, expected) in [
        (declared("a", "^1", &serde_json::json!({})), vec!["1.0.0"]),
        (
            declared("a", "*", &serde_json::json!({"path": "/elsewhere"})),
            vec!["1.0.0"],
        ),
        (
            declared("a", ">=2", &serde_json::json!({"rename": "a3"})),
            vec!["3.0.0"],
        ),
        (
            declared("a", ">=1, <3", &serde_json::json!({"rename": "other"})),
            vec!["1.0.0", "2.0.0"],
        ),
        (
            declared("a", "^9", &serde_json::json!({"rename": "other"})),
            vec!["1.0.0", "2.0.0", "3.0.0"],
        ),
        (declared("c", "*", &serde_json::json!({})), vec![]),
    ] {
        let mut links = Links::new(all.to_vec());
        let found: Vec<_> = links
            .of(&given, DependencyKind::Normal)
            .iter()
            .map(|l| l.version.to_string())
            .collect();
        assert_eq!(found, expected, "{given:?}");
        assert_eq!(links.unused().count(), all.len() - expected.len());
        assert!(
            links.of(&given, DependencyKind::Dev).is_empty(),
            "no link is of this kind"
        );
    }
}

#[test]
fn declarations_are_paired_by_table_key_and_the_meaning_of_the_target() {
    let text = "
[dependencies]
x = '1'
[target.'cfg( all(unix,windows) )'.dependencies]
x = '2'
[target.x86_64-unknown-linux-gnu.dependencies]
x = '3'
[dev-dependencies]
mine = '1'
";
    let raw = crate::workspace::manifests::raw::parse(text, FileId::new(0));
    let all = [
        declared("x", "^3", &serde_json::json!({"target": "x86_64-unknown-linux-gnu"})),
        declared("x", "^2", &serde_json::json!({"target": "cfg(all(unix, windows))"})),
        declared("x", "^1", &serde_json::json!({})),
        declared("x", "^1", &serde_json::json!({"kind": "dev", "rename": "theirs"})),
    ];
    let pairs = pair(&raw.dependencies, &all);
    let both: Vec<_> = pairs
        .both
        .iter()
        .map(|(raw, d)| format!("{:?} {}", raw.target, d.req))
        .collect();
    let targets = [
        "None ^1",
        "Some(\"cfg( all(unix,windows) )\") ^2",
        "Some(\"x86_64-unknown-linux-gnu\") ^3",
    ];
    assert_eq!(both, targets);
    assert_eq!(
        pairs
            .only_written
            .iter()
            .map(|raw| raw.key.value.as_str())
            .collect::<Vec<_>>(),
        ["mine"]
    );
    assert_eq!(pairs.only_declared.len(), 1);
}
