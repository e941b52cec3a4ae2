//! Small workspaces on disk, for tests.

use std::fs;

use camino::Utf8PathBuf;
use tempfile::TempDir;

/// A workspace of these files. A package without a source gets an empty library.
pub(crate) fn workspace(files: &[(&str, &str)]) -> (TempDir, Utf8PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let root = Utf8PathBuf::from_path_buf(folder.path().to_path_buf()).expect("UTF-8");
    for (path, text) in files {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(&path, text).expect("written");
    }
    for (path, text) in files {
        let sources = root.join(path).with_file_name("src");
        if text.contains("[package]") && !sources.exists() {
            fs::create_dir(&sources).expect("made");
            fs::write(sources.join("lib.rs"), "").expect("written");
        }
    }
    (folder, root)
}
