//! Workspaces by hand, and what `init` makes of them.

use camino::Utf8PathBuf;

use super::*;
use crate::source::Spanned;
use crate::workspace::{Claim, Dependency, DependencyKind, Engine, External, Member, NodeId, Origin};

/// Members as `name directory: dependency dependency(dev) external:name`, by name.
fn workspace(lines: &[&str]) -> Workspace {
    let nowhere = Span::new(FileId::new(0), 0..0);
    let mut rows: Vec<(&str, &str, Vec<&str>)> = lines
        .iter()
        .map(|line| {
            let (head, dependencies) = line.split_once(':').unwrap();
            let (name, directory) = head.split_once(' ').unwrap();
            (name, directory, dependencies.split_whitespace().collect())
        })
        .collect();
    rows.sort_unstable();
    let bare = |d: &str| d.split('(').next().unwrap().to_owned();
    let all = rows.iter().flat_map(|row| &row.2);
    let mut externals: Vec<String> = all
        .filter_map(|d| bare(d).strip_prefix("external/").map(String::from))
        .collect();
    externals.sort_unstable();
    externals.dedup();
    let node = |d: &str| match bare(d).strip_prefix("external/") {
        Some(name) => rows.len() + externals.iter().position(|e| e == name).unwrap(),
        None => rows.iter().position(|row| row.0 == bare(d)).unwrap(),
    };
    let dependency = |d: &&str| Dependency {
        to: NodeId::new(node(d)),
        kind: if d.ends_with("(dev)") {
            DependencyKind::Dev
        } else {
            DependencyKind::Normal
        },
        target: None,
        optional: false,
        rename: None,
        requirement: None,
        features: Vec::new(),
        default_features: true,
        origin: Origin::Registry(None),
        key: nowhere,
        inherited: None,
    };
    let members = rows.iter().map(|(name, directory, dependencies)| Member {
        name: (*name).to_owned(),
        version: None,
        directory: (*directory).to_owned(),
        manifest: FileId::new(0),
        name_span: nowhere,
        edition: "2024".into(),
        published: true,
        links: None,
        built_by_default: true,
        metadata: serde_json::Value::Null,
        claim: Claim::default(),
        targets: crate::workspace::TargetDeclarations::default(),
        features: crate::workspace::Features::default(),
        dependencies: dependencies.iter().map(dependency).collect(),
    });
    Workspace {
        root: Utf8PathBuf::from("/shop"),
        manifest: FileId::new(0),
        members: members.collect(),
        externals: externals.iter().map(|name| External { name: name.clone() }).collect(),
        engine: Engine::Manifests,
        notes: Vec::new(),
    }
}

fn shop() -> Workspace {
    workspace(&[
        "shop app: billing-api orders external/tokio",
        "billing-api crates/billing/api: billing-store common external/serde",
        "billing-store crates/billing/store: common external/sqlx",
        "orders crates/orders: billing-api external/serde common",
        "common crates/common:",
        "tools tools: external/clap",
    ])
}

/// The file with every line that is switched off switched on.
fn switched_on(text: &str) -> String {
    let on = |line: &str| match line.strip_prefix('#') {
        Some(rest) if !rest.starts_with(' ') => format!("{rest}\n"),
        _ => format!("{line}\n"),
    };
    text.lines().map(on).collect()
}

fn strings(table: &toml::Table, at: &[&str]) -> Vec<String> {
    let mut value = toml::Value::Table(table.clone());
    for key in at {
        value = match key.parse::<usize>() {
            Ok(i) => value[i].clone(),
            Err(_) => value[*key].clone(),
        };
    }
    value
        .as_array()
        .unwrap()
        .iter()
        .map(|v| v.as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn the_skeleton_names_the_crates_by_their_place_in_the_graph() {
    let table: toml::Table = skeleton(&shop()).parse().unwrap();
    assert_eq!(strings(&table, &["layers", "0", "crates"]), ["shop"]);
    assert_eq!(table["layers"][1]["rest"].as_bool(), Some(true));
    assert_eq!(strings(&table, &["layers", "2", "crates"]), ["common"]);
    assert_eq!(strings(&table, &["acyclic", "0", "kinds"]), ["normal", "build", "dev"]);
}

#[test]
fn what_is_switched_off_is_toml_too_and_true_today() {
    let text = switched_on(&skeleton(&shop()));
    let table: toml::Table = text.parse().unwrap_or_else(|e| panic!("{e}\n{text}"));
    assert_eq!(
        strings(&table, &["contexts", "billing", "crates"]),
        ["path:crates/billing/**"]
    );
    assert_eq!(strings(&table, &["contexts", "billing", "public"]), ["billing-api"]);
    assert_eq!(strings(&table, &["forbidden", "0", "to"]), ["external:serde"]);
    assert_eq!(strings(&table, &["externals", "clap"]), ["tools"]);
}

#[test]
fn cycles_of_dev_dependencies_are_named_and_not_judged() {
    let text = skeleton(&workspace(&["a a: b", "b b: c(dev)", "c c: b", "d d: a"]));
    assert!(text.contains("they run through:\n#   b, c\n"), "{text}");
    let table: toml::Table = text.parse().unwrap();
    assert_eq!(strings(&table, &["acyclic", "0", "kinds"]), ["normal", "build"]);
}

#[test]
fn a_self_dependency_is_no_cycle() {
    let table: toml::Table = skeleton(&workspace(&["a a: a(dev)"])).parse().unwrap();
    assert_eq!(strings(&table, &["acyclic", "0", "kinds"]), ["normal", "build", "dev"]);
}

#[test]
fn a_workspace_without_edges_gets_no_layers_and_still_a_rule() {
    for lines in [&["a ."][..], &["a a", "b b"]] {
        let lines: Vec<String> = lines.iter().map(|line| format!("{line}:")).collect();
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let text = skeleton(&workspace(&lines));
        let table: toml::Table = text.parse().unwrap();
        assert!(!table.contains_key("layers") && table.contains_key("acyclic"), "{text}");
        assert!(switched_on(&text).parse::<toml::Table>().is_ok());
    }
}

#[test]
fn layers_and_contexts_that_members_claim_are_declared() {
    let mut workspace = shop();
    let claim = |value: &str| Some(Spanned::new(value.to_owned(), Span::new(FileId::new(0), 0..0)));
    workspace.members[2].claim.layer.extend(claim("bottom"));
    workspace.members[4].claim.layer.extend(claim("top"));
    workspace.members[0].claim.context = claim("billing");
    let table: toml::Table = skeleton(&workspace).parse().unwrap();
    let names: Vec<_> = table["layers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|l| l["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["top", "bottom"]);
    assert!(table["contexts"].get("billing").is_some());
}

#[test]
fn the_configuration_is_valid_as_it_stands_and_with_everything_switched_on() {
    for workspace in [
        shop(),
        workspace(&["a .:"]),
        workspace(&["a a:", "b b:"]),
        workspace(&["a a: b", "b b: a(dev)"]),
    ] {
        let text = skeleton(&workspace);
        for text in [switched_on(&text), text] {
            let (_, problems) = crate::config::parse::parse(&text, FileId::new(0));
            assert!(problems.is_empty(), "{problems:#?}\n{text}");
        }
    }
}

#[test]
fn odd_names_do_not_break_the_file() {
    let mut workspace = shop();
    workspace.members[0].name = "a\"b\n[x]".into();
    workspace.members[5].directory = "we\"ird/x".into();
    assert!(switched_on(&skeleton(&workspace)).parse::<toml::Table>().is_ok());
}

#[test]
fn init_writes_once_and_never_over_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = shop();
    workspace.root = Utf8PathBuf::from_path_buf(folder.path().to_owned()).unwrap();
    let listing = || fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(init(&workspace, true).unwrap(), skeleton(&workspace));
    assert_eq!(listing(), 0, "a dry run writes nothing");
    init(&workspace, false).unwrap();
    let path = workspace.root.join(NAME);
    assert_eq!(fs::read_to_string(&path).unwrap(), skeleton(&workspace));
    assert_eq!(listing(), 1, "nothing is left beside it");
    fs::write(&path, "version = 1 # mine\n").unwrap();
    let error = init(&workspace, false).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("boundaries.toml:1:1: there is a boundaries.toml already"),
        "{error}"
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), "version = 1 # mine\n");
    assert!(
        write_new(&workspace.root, &path, "x").is_err(),
        "also where it appears in the last moment"
    );
    assert_eq!(
        (fs::read_to_string(&path).unwrap().as_str(), listing()),
        ("version = 1 # mine\n", 1)
    );
}

#[test]
fn a_folder_that_is_not_there_is_a_problem_with_the_path() {
    let mut workspace = shop();
    workspace.root = Utf8PathBuf::from("/no/such/folder");
    let error = init(&workspace, false).unwrap_err();
    assert!(error.to_string().contains("/no/such/folder/boundaries.toml"), "{error}");
}
