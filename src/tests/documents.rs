//! What the documents promise: every link leads somewhere, and every piece of boundaries.toml in them is right.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::baseline;
use crate::config::schema::tests::problems_of_a_part;
use crate::source::FileId;

/// Every document of the project with its text, by its path.
fn documents() -> BTreeMap<PathBuf, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = BTreeMap::new();
    for folder in [root.to_owned(), root.join("docs"), root.join("docs/running")] {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.extension().is_some_and(|extension| extension == "md") {
                let text = fs::read_to_string(&path).expect("a document").replace("\r\n", "\n");
                found.insert(path, text);
            }
        }
    }
    for name in [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "docs/README.md",
        "docs/rules.md",
    ] {
        assert!(found.contains_key(&root.join(name)), "{name} is looked at");
    }
    found
}

/// The parts of a document that are prose, and its blocks of code with what they are said to be.
fn parts(text: &str) -> (String, Vec<(String, String)>) {
    let mut prose = String::new();
    let mut blocks: Vec<(String, String)> = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        if let Some(language) = line.trim_start().strip_prefix("```") {
            inside = !inside;
            if inside {
                blocks.push((language.to_owned(), String::new()));
            }
            continue;
        }
        let part = match blocks.last_mut() {
            Some((_, block)) if inside => block,
            _ => &mut prose,
        };
        part.push_str(line);
        part.push('\n');
    }
    assert!(!inside, "a block of code is not closed");
    (prose, blocks)
}

/// The place of a heading, as the common renderers of Markdown name it.
fn anchor(heading: &str) -> String {
    let kept = heading.trim().to_lowercase().replace(' ', "-");
    kept.chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
        .collect()
}

fn anchors(text: &str) -> Vec<String> {
    let (prose, _) = parts(text);
    let headings = prose.lines().filter(|line| line.starts_with('#'));
    headings.map(|line| anchor(line.trim_start_matches('#'))).collect()
}

#[test]
fn every_link_in_a_document_leads_somewhere() {
    let documents = documents();
    let mut broken = Vec::new();
    let mut looked_at = 0;
    for (path, text) in &documents {
        let (prose, _) = parts(text);
        for link in prose.split("](").skip(1) {
            let link = link.split(')').next().expect("split gives one part");
            if link.contains("://") {
                continue;
            }
            looked_at += 1;
            let (file, place) = link.split_once('#').unwrap_or((link, ""));
            let target = if file.is_empty() {
                path.clone()
            } else {
                path.parent().expect("a folder").join(file)
            };
            let right = match target.canonicalize() {
                Ok(target) if !place.is_empty() => fs::read_to_string(target).is_ok_and(|text| {
                    anchors(&text.replace("\r\n", "\n"))
                        .iter()
                        .any(|anchor| anchor == place)
                }),
                found => found.is_ok(),
            };
            if !right {
                broken.push(format!("{}: {link}", path.display()));
            }
        }
    }
    assert!(looked_at > 40, "only {looked_at} links were found");
    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn every_boundaries_toml_in_a_document_is_right() {
    let mut looked_at = 0;
    for (path, text) in documents() {
        let (_, blocks) = parts(&text);
        for (_, block) in blocks.iter().filter(|(language, _)| language == "toml") {
            let toml: Result<toml::Table, _> = toml::from_str(block);
            assert!(toml.is_ok(), "{}: {toml:?} in\n{block}", path.display());
            // The first line may say that it is another file.
            let problems = match block.lines().next().and_then(|line| line.strip_prefix("# ")) {
                Some(name) if name.ends_with("Cargo.toml") => continue,
                Some(name) if name.ends_with(baseline::FILE_NAME) => {
                    baseline::parse(block, FileId::new(0)).err().unwrap_or_default()
                }
                _ => problems_of_a_part(block),
            };
            looked_at += 1;
            assert!(problems.is_empty(), "{}: {problems:#?} in\n{block}", path.display());
        }
    }
    assert!(looked_at > 30, "only {looked_at} were found");
}

#[test]
fn the_oldest_toolchain_is_the_same_in_every_document() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let oldest = env!("CARGO_PKG_RUST_VERSION");
    for (file, said) in [
        ("README.md", format!("It needs Rust {oldest} to be built")),
        (
            ".github/workflows/ci.yml",
            format!("rustup toolchain install {oldest} "),
        ),
        (".github/workflows/ci.yml", format!("cargo +{oldest} check")),
    ] {
        let text = fs::read_to_string(root.join(file)).expect(file);
        assert!(text.contains(&said), "{file} does not say `{said}`");
    }
}
