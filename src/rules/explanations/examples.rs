//! Every example of a page is a real workspace that breaks its rule: it is written out, read, judged, and gives the finding
//! that the page is about, and no finding of another kind that counts.

use std::collections::BTreeMap;
use std::fs;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};

use super::{Example, of};
use crate::architecture::Architecture;
use crate::config::selector::Glob;
use crate::excuses::Excuses;
use crate::finding::Code;
use crate::graph::Graph;
use crate::report::assemble::{Wishes, assemble};
use crate::rules::{Case, judge};
use crate::source::{SourceFile, Sources};
use crate::workspace::manifests;

/// The manifests of an example, with a `[package]` where it shows none and with the crates that it only names.
fn manifests_of(code: Code) -> BTreeMap<String, String> {
    let mut manifests = BTreeMap::new();
    for file in of(code).example {
        let Some(folder) = file.file.strip_suffix("/Cargo.toml") else {
            continue;
        };
        let head = if file.text.contains("[package]") {
            String::new()
        } else {
            package(folder)
        };
        manifests.insert(folder.to_owned(), head + file.text);
        for named in file.text.split("path = \"../").skip(1) {
            let name = named.split('"').next().unwrap();
            manifests.entry(name.to_owned()).or_insert_with(|| package(name));
        }
    }
    // Crates that boundaries.toml names and that need show nothing are there too.
    for selector in selectors(&of(code).example[0].text.parse::<toml::Table>().unwrap().into()) {
        let glob = Glob::new(selector.trim_start_matches('!'));
        let member = !selector.contains(':') && !manifests.keys().any(|name| glob.matches(name));
        if member {
            let name = selector.trim_start_matches('!').replace('*', "any");
            manifests.entry(name.clone()).or_insert_with(|| package(&name));
        }
    }
    manifests
}

/// The entries of every list of crates; in `[externals]` every list is one.
fn selectors(value: &toml::Value) -> Vec<String> {
    let toml::Value::Table(table) = value else {
        return value.as_array().into_iter().flatten().flat_map(selectors).collect();
    };
    let mut found = Vec::new();
    for (key, value) in table {
        let lists: Vec<&toml::Value> = match value {
            toml::Value::Table(lines) if key == "externals" => lines.values().collect(),
            value if ["crates", "from", "to", "public"].contains(&key.as_str()) => vec![value],
            value => {
                found.extend(selectors(value));
                continue;
            }
        };
        let entries = lists.into_iter().filter_map(toml::Value::as_array).flatten();
        found.extend(entries.filter_map(|entry| entry.as_str().map(String::from)));
    }
    found
}

fn package(name: &str) -> String {
    format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n")
}

fn write(root: &Utf8Path, code: Code) {
    let manifests = manifests_of(code);
    let members: Vec<String> = manifests.keys().map(|name| format!("\"{name}\"")).collect();
    fs::write(
        root.join("Cargo.toml"),
        format!("[workspace]\nmembers = [{}]\nresolver = \"3\"\n", members.join(", ")),
    )
    .unwrap();
    for (folder, text) in manifests {
        fs::create_dir_all(root.join(&folder).join("src")).unwrap();
        fs::write(root.join(&folder).join("Cargo.toml"), text).unwrap();
        fs::write(root.join(&folder).join("src/lib.rs"), "").unwrap();
    }
}

/// Writes the source that an example shows, over what stands there.
fn write_source(root: &Utf8Path, code: Code) {
    for file in of(code).example.iter().filter(|file| file.is_rust()) {
        let path = root.join(file.file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, file.text).unwrap();
    }
}

/// The codes that the example of a page gives where source is read.
fn found_in_source(root: &Utf8Path, code: Code) -> Vec<Code> {
    write_source(root, code);
    for file in of(code).example.iter().filter(|file| !file.file.contains('/')) {
        fs::write(root.join(file.file), file.text).unwrap();
    }
    codes_of(root, code, None)
}

/// The codes that a check of a folder gives.
fn codes_of(root: &Utf8Path, code: Code, since: Option<&str>) -> Vec<Code> {
    let options = crate::pipeline::Options {
        manifest_path: Some(root.join("Cargo.toml").into()),
        since: since.map(str::to_owned),
        ..Default::default()
    };
    let report = crate::pipeline::check(&options).unwrap_or_else(|e| panic!("{code}: {e}"));
    report.findings.iter().map(|f| f.code).collect()
}

/// Where an example shows what a file was.
const BEFORE: &str = "before/";

/// The codes that the example of a page gives beside what it was.
fn found_since(root: &Utf8Path, code: Code) -> Vec<Code> {
    let example = of(code).example;
    let put = |name: &str, text: &str| fs::write(root.join(name), text).unwrap();
    let written = |name: &str| example.iter().find(|file| file.file == name);
    for name in ["boundaries.toml", "boundaries-baseline.toml"] {
        if let Some(file) = written(&format!("{BEFORE}{name}")).or_else(|| written(name)) {
            put(name, file.text);
        }
    }
    crate::git::tests::commit(root, "before");
    for file in example.iter().filter(|file| !file.file.contains('/')) {
        put(file.file, file.text);
    }
    codes_of(root, code, Some("HEAD"))
}

/// The codes that the example of a page gives.
fn found(code: Code) -> Vec<Code> {
    let folder = tempfile::tempdir().unwrap();
    let root = Utf8PathBuf::from_path_buf(folder.path().canonicalize().unwrap()).unwrap();
    write(&root, code);
    if of(code).example.iter().any(|file| file.file.starts_with(BEFORE)) {
        return found_since(&root, code);
    }
    if of(code).example.iter().any(Example::is_rust) {
        return found_in_source(&root, code);
    }
    let mut sources = Sources::default();
    let workspace = manifests::read(&root.join("Cargo.toml"), &mut sources).unwrap_or_else(|e| panic!("{code}: {e:?}"));
    let mut add = |name: &str| {
        let file = of(code).example.iter().find(|f| f.file == name)?;
        Some((
            file.text,
            sources.add(SourceFile::new(name.into(), root.join(name), file.text)),
        ))
    };
    let (text, id) = add("boundaries.toml").unwrap();
    let baseline = add("boundaries-baseline.toml").map(|(text, id)| crate::baseline::parse(text, id).unwrap());
    let (config, problems) = crate::config::parse::parse(text, id);
    assert!(problems.is_empty(), "{code}: {problems:?}");
    let config = config.unwrap();
    let graph = Graph::new(&workspace);
    let architecture = Architecture::bind(&config, &graph, &sources).unwrap_or_else(|e| panic!("{code}: {e:#?}"));
    let excuses = Excuses::new(&architecture, baseline.as_ref());
    let case = Case {
        graph: &graph,
        architecture: &architecture,
        excuses: &excuses,
        lock: None,
        builds: None,
    };
    let candidates = judge(&case);
    let wishes = Wishes {
        deny_stale: false,
        show_excepted: false,
        today: jiff::civil::date(2027, 3, 20),
    };
    let report = assemble(&case, &candidates, baseline.as_ref(), Arc::new(sources), wishes);
    report.findings.iter().map(|f| f.code).collect()
}

#[test]
fn every_example_gives_the_finding_that_its_page_is_about() {
    for code in Code::ALL {
        let found = found(code);
        let aside = |c: &Code| matches!(c, Code::UnassignedLayer | Code::UnassignedContext);
        assert!(found.contains(&code), "{code}: {found:?}");
        assert!(found.iter().all(|c| *c == code || aside(c)), "{code}: {found:?}");
    }
}
