//! What only one module may name: the architecture's second invariant, for the resolved graph and for cargo.

use std::fs;
use std::path::Path;

/// The sources whose code (neither comments nor tests) has `word`, relative to `src`.
fn naming(word: &str) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of the sources") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).expect("a source");
            let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            if code.into_iter().any(|line| line.contains(word)) {
                let below = path.strip_prefix(&root).expect("below src");
                found.push(below.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    found.retain(|path| !path.contains("tests"));
    found.sort();
    found
}

#[test]
fn guppy_is_named_by_the_resolved_reader_alone() {
    let found = naming("guppy::");
    assert!(!found.is_empty(), "the search finds what is there");
    assert!(
        found.iter().all(|path| path.starts_with("workspace/resolved")),
        "{found:?}"
    );
}

#[test]
fn processes_are_started_only_where_cargo_is_run() {
    assert_eq!(naming("Command::new"), ["workspace/cargo.rs"]);
}
