//! The model against cargo: by hand over real workspaces, and a difference of each sort.

use camino::Utf8PathBuf;
use cargo_metadata::{Metadata, MetadataCommand};

use super::compare_no_deps;
use crate::source::Sources;
use crate::workspace::manifests;

/// What cargo says of the workspace; none where there is no cargo.
fn metadata(manifest: &camino::Utf8Path) -> Option<Metadata> {
    let mut command = MetadataCommand::new();
    let options = ["--offline".to_owned()];
    match command.manifest_path(manifest).no_deps().other_options(options).exec() {
        Ok(metadata) => Some(metadata),
        Err(error) => {
            eprintln!("{manifest}: cargo does not read it: {error}");
            None
        }
    }
}

/// Compares the workspaces whose root manifests `BOUNDARIES_COMPARE` names, separated by blanks:
/// `BOUNDARIES_COMPARE="a/Cargo.toml b/Cargo.toml" cargo test compare_given -- --ignored --nocapture`.
#[test]
#[ignore = "run by hand over real workspaces"]
fn compare_given() {
    let given = std::env::var("BOUNDARIES_COMPARE").expect("BOUNDARIES_COMPARE names root manifests");
    let mut different = 0;
    for manifest in given.split_whitespace() {
        let manifest = manifests::manifest_at(manifest.into()).unwrap();
        let mut sources = Sources::default();
        let start = std::time::Instant::now();
        let read = manifests::read(&manifest, &mut sources);
        let elapsed = start.elapsed();
        let workspace = match read {
            Ok(workspace) => workspace,
            Err(error) => {
                eprintln!("{manifest}: {error:#?}");
                different += 1;
                continue;
            }
        };
        let start = std::time::Instant::now();
        let Some(metadata) = metadata(&manifest) else {
            different += 1;
            continue;
        };
        let theirs = start.elapsed();
        let differences = compare_no_deps(&workspace, &sources, &metadata);
        let (members, declarations) = (workspace.members.len(), workspace.declaration_count());
        let external = |dependency: &&crate::workspace::Dependency| !workspace.is_external(dependency.to);
        let edges = workspace.members.iter().flat_map(|m| &m.dependencies).filter(external);
        let by_patch = edges
            .filter(|d| !matches!(d.origin, crate::workspace::Origin::Path(_)))
            .count();
        eprintln!(
            "{manifest}: {members} members, {declarations} declarations, {by_patch} by patch, {} differences, \
             {elapsed:?} to {theirs:?}",
            differences.len()
        );
        for note in &workspace.notes {
            eprintln!("  note: {note}");
        }
        for difference in &differences {
            eprintln!("  {difference}");
        }
        different += differences.len();
    }
    assert_eq!(different, 0);
}

#[test]
fn every_sort_of_difference_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let root = Utf8PathBuf::from_path_buf(folder.path().canonicalize().unwrap()).unwrap();
    let put = |path: &str, text: &str| {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    put(
        "Cargo.toml",
        "[workspace]\nmembers = [\"a\", \"b\"]\nresolver = \"2\"\n",
    );
    put(
        "a/Cargo.toml",
        "[package]\nname = \"a\"\nversion = \"0.1.0\"\n[dependencies]\nb = { path = \"../b\" }\n",
    );
    put("a/src/lib.rs", "");
    put("b/Cargo.toml", "[package]\nname = \"b\"\nversion = \"0.1.0\"\n");
    put("b/src/lib.rs", "");
    let manifest = root.join("Cargo.toml");
    let mut sources = Sources::default();
    let mut workspace = manifests::read(&manifest, &mut sources).unwrap();
    let Some(metadata) = metadata(&manifest) else { return };
    assert_eq!(compare_no_deps(&workspace, &sources, &metadata), [""; 0]);
    workspace.members[0].dependencies[0].optional = true;
    workspace.members[0].edition = "2021".to_owned();
    workspace.members[0].default_member = false;
    workspace.members[1].name = "c".to_owned();
    let differences = compare_no_deps(&workspace, &sources, &metadata);
    let path = root.join("b");
    assert_eq!(
        differences,
        [
            "a: the edition is 2021 here and 2015 for cargo".to_owned(),
            "a: a default member is false here and true for cargo".to_owned(),
            format!("a: a dependency here that cargo has not: normal c \"*\" from {path}, optional"),
            format!("a: a dependency of cargo's that is not here: normal b \"*\" from {path}"),
            "b: a member for cargo, and none here".to_owned(),
            "c: a member here, and none for cargo".to_owned(),
        ]
    );
}
