//! Writes a report into a file: beside it first, then renamed, so that nobody ever reads half of one.

use std::fs;

use camino::Utf8Path;

use crate::commands::replace;
use crate::error::{Problem, ProblemKind};

/// Writes `text` to `path`, whole or not at all.
pub(super) fn atomically(path: &Utf8Path, text: &str) -> Result<(), Problem> {
    // A pipe or a device is written as it is: there is nothing to rename.
    if is_special(path) {
        return fs::write(path, text).map_err(|error| cannot(path, &error));
    }
    replace::replace(path, text).map_err(|error| cannot(path, &error))
}

/// Whether [`atomically`] will be able to write there, as far as can be told without writing.
pub(super) fn probe(path: &Utf8Path) -> Result<(), Problem> {
    if is_special(path) {
        return Ok(());
    }
    replace::probe(path).map_err(|error| cannot(path, &error))
}

fn is_special(path: &Utf8Path) -> bool {
    fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir())
}

fn cannot(path: &Utf8Path, error: &std::io::Error) -> Problem {
    let problem = Problem::new(ProblemKind::Io, format!("`{path}` cannot be written: {error}"));
    problem.help("name a file in a folder that exists and can be written")
}

#[cfg(test)]
mod tests {
    use super::atomically;

    #[test]
    fn nothing_is_left_beside_a_file_that_cannot_be_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = camino::Utf8Path::from_path(folder.path()).expect("UTF-8");
        std::fs::create_dir(root.join("taken")).expect("a folder");
        assert!(atomically(&root.join("taken"), "text").is_err());
        assert!(atomically(&root.join("absent/report"), "text").is_err());
        atomically(&root.join("report"), "text").expect("a file");
        let mut left: Vec<_> = std::fs::read_dir(root)
            .expect("entries")
            .flatten()
            .map(|e| e.file_name())
            .collect();
        left.sort();
        assert_eq!(left, ["report", "taken"]);
    }
}
