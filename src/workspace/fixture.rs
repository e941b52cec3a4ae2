//! Small workspaces on disk, for tests.

use std::fs;

use camino::Utf8PathBuf;
use tempfile::TempDir;

/// A workspace of these files. A package without a source gets an empty library.
pub(crate) fn workspace(files: &[(&str, &str)]) -> (TempDir, Utf8PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let root = Utf8PathBuf::from_path_buf(folder.path().canonicalize().expect("it is there")).expect("UTF-8");
    for (path, text) in files {
        let path = root.join(path);
        let parent = path.parent().expect("a folder");
        fs::create_dir_all(parent.join("src")).expect("made");
        fs::write(&path, text).expect("written");
    }
    for (path, text) in files {
        let source = root.join(path).with_file_name("src");
        if text.contains("[package]") && source.read_dir_utf8().expect("a folder").next().is_none() {
            fs::write(source.join("lib.rs"), "").expect("written");
        }
    }
    (folder, root)
}
