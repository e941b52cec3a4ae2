//! The model against cargo: a difference of each sort.

use camino::Utf8PathBuf;
use cargo_metadata::{Metadata, MetadataCommand};

use super::compare_no_deps;
use crate::source::Sources;
use crate::workspace::manifests;

/// What cargo says of the workspace, or why it says nothing.
fn metadata(manifest: &camino::Utf8Path) -> Result<Metadata, String> {
    let mut command = MetadataCommand::new();
    let options = ["--offline".to_owned()];
    let said = command.manifest_path(manifest).no_deps().other_options(options).exec();
    said.map_err(|error| error.to_string())
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
    let Ok(metadata) = metadata(&manifest) else { return };
    assert_eq!(compare_no_deps(&workspace, &sources, &metadata), [""; 0]);
    workspace.members[0].dependencies[0].optional = true;
    workspace.members[0].edition = "2021".to_owned();
    workspace.members[0].built_by_default = false;
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
