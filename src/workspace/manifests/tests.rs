//! Whole readings: what hard but right workspaces mean, what broken ones are told, and what is left to cargo.

mod broken;
mod discovery;
mod features;
mod foreign;
mod malformed;
mod reading;

use camino::{Utf8Path, Utf8PathBuf};

use super::{ReadError, read};
use crate::source::Sources;
use crate::workspace::Workspace;

/// A folder of files that goes away with it.
struct Tree {
    _folder: tempfile::TempDir,
    root: Utf8PathBuf,
}

impl Tree {
    /// Writes files, each a path and a text.
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8PathBuf::from_path_buf(folder.path().canonicalize().unwrap()).unwrap();
        let tree = Self { _folder: folder, root };
        for (path, text) in files {
            tree.put(path, text.as_bytes());
        }
        tree
    }

    fn put(&self, path: &str, bytes: &[u8]) {
        let path = self.root.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    /// Reads from the manifest at `path`.
    fn read(&self, path: &str) -> (Result<Workspace, ReadError>, Sources) {
        let mut sources = Sources::default();
        (read(&self.root.join(path), &mut sources), sources)
    }

    /// The workspace, which must be right.
    fn workspace(&self) -> Workspace {
        self.read("Cargo.toml").0.unwrap()
    }

    /// Every problem as `file:line:column: message`, without the folder's own name, sorted.
    fn problems(&self, path: &str) -> Vec<String> {
        let (result, sources) = self.read(path);
        match result {
            Err(ReadError::Problems(problems)) => self.lines(problems, &sources),
            Err(ReadError::NeedsCargo { reasons, .. }) => panic!("left to cargo: {reasons:?}"),
            Ok(workspace) => panic!("nothing is wrong: {workspace:?}"),
        }
    }

    fn lines(&self, problems: Vec<crate::error::Problem>, sources: &Sources) -> Vec<String> {
        for problem in &problems {
            assert!(!problem.help.is_empty(), "no way out: {problem:?}");
        }
        let error = crate::error::Error::new(problems, sources_again(sources));
        let text = error.to_string().replace(&format!("{}/", self.root), "");
        text.lines().map(str::to_owned).collect()
    }
}

/// The same files once more, since an error takes them for itself.
fn sources_again(sources: &Sources) -> Sources {
    let mut again = Sources::default();
    for index in 0..sources.len() {
        let file = sources.file(crate::source::FileId::new(index));
        again.add(crate::source::SourceFile::new(
            file.path.clone(),
            file.absolute.clone(),
            file.text.as_ref(),
        ));
    }
    again
}

/// The folder of the test-workspaces that are only read.
fn test_workspaces() -> &'static Utf8Path {
    Utf8Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/test-workspaces/reading"))
}
