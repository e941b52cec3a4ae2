//! docs/guards.md states the guards of real projects, and test-workspaces/guards breaks every rule of them: the page shows the
//! files that are run.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::Value;

use crate::common::{project, run, test_workspaces};

/// The tables of boundaries.toml whose entries have a name.
const NAMED: [&str; 6] = [
    "forbidden",
    "allowed",
    "protected",
    "independent",
    "gateway",
    "features",
];

/// Each section of the page that links to a workspace, by the workspace's name, with its blocks of TOML.
fn sections() -> BTreeMap<String, Vec<String>> {
    let page = fs::read_to_string(project().join("docs/guards.md")).unwrap();
    let mut sections = BTreeMap::new();
    for section in page.replace("\r\n", "\n").split("\n## ").skip(1) {
        let mut links = section.split("](../test-workspaces/guards/").skip(1);
        let Some(link) = links.next() else { continue };
        assert!(links.next().is_none(), "a section links to two workspaces:\n{section}");
        let name = link.split(['/', ')']).next().unwrap().to_owned();
        let blocks = section.split("```toml\n").skip(1);
        let blocks = blocks.map(|block| block.split("```").next().unwrap().to_owned());
        assert!(
            sections.insert(name, blocks.collect()).is_none(),
            "{link} is linked twice"
        );
    }
    sections
}

fn workspaces() -> BTreeSet<String> {
    let entries = fs::read_dir(test_workspaces().join("guards")).unwrap();
    entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn the_page_of_guards_shows_the_files_that_are_run() {
    let sections = sections();
    let shown: BTreeSet<String> = sections.keys().cloned().collect();
    assert_eq!(shown, workspaces(), "a guard has a workspace and a section of the page");
    for (name, blocks) in sections {
        let folder = test_workspaces().join("guards").join(&name);
        let files = ["boundaries.toml", "boundaries-baseline.toml"].map(|file| folder.join(file));
        let files = files.iter().filter(|file| file.is_file());
        let files: Vec<String> = files
            .map(|file| fs::read_to_string(file).unwrap().replace("\r\n", "\n"))
            .collect();
        assert_eq!(blocks, files, "docs/guards.md, {name}: shown and run");
    }
}

#[test]
fn every_rule_of_a_guard_is_broken_in_its_workspace() {
    let mut unbroken = Vec::new();
    for name in workspaces() {
        let folder = test_workspaces().join("guards").join(&name);
        let ran = run(&folder, &["check", "--format", "json", "--show-excepted"]);
        let json: Value = serde_json::from_str(&ran.stdout).unwrap();
        let found = json["findings"].as_array().unwrap().iter();
        let found: BTreeSet<&str> = found.filter_map(|finding| finding["rule"].as_str()).collect();
        let rules = rules(&fs::read_to_string(folder.join("boundaries.toml")).unwrap());
        assert!(!rules.is_empty(), "{name} has no rule");
        let missing = rules.into_iter().filter(|rule| !found.contains(rule.as_str()));
        unbroken.extend(missing.map(|rule| format!("{name}: nothing breaks `{rule}`")));
    }
    assert_eq!(unbroken, Vec::<String>::new());
}

/// The rules of a boundaries.toml, as findings name them.
fn rules(text: &str) -> Vec<String> {
    let file: toml::Table = toml::from_str(text).unwrap();
    let mut rules = Vec::new();
    if file.contains_key("layers") {
        rules.push("layer".to_owned());
    }
    for table in NAMED {
        let entries = file.get(table).and_then(toml::Value::as_array);
        for entry in entries.into_iter().flatten() {
            rules.push(entry["name"].as_str().unwrap().to_owned());
        }
    }
    let externals = file.get("externals").and_then(toml::Value::as_table);
    rules.extend(
        externals
            .into_iter()
            .flatten()
            .map(|(name, _)| format!("externals.{name}")),
    );
    rules
}
