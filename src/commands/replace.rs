//! Replaces a file: the new text is written beside it and then renamed, so that nobody ever reads half of one.

use std::fs::{self, File};
use std::io::{self, Write as _};

use camino::{Utf8Path, Utf8PathBuf};

/// Writes `text` to `path`, whole or not at all. A link stays a link, and what may be done with the file stays as it was.
pub(super) fn replace(path: &Utf8Path, text: &str) -> io::Result<()> {
    let (target, beside) = target(path);
    let written = fill(&beside, text).and_then(|()| {
        if let Some(found) = fs::metadata(&target).ok().filter(fs::Metadata::is_file) {
            fs::set_permissions(&beside, found.permissions())?;
        }
        fs::rename(&beside, &target)
    });
    written.inspect_err(|_| drop(fs::remove_file(&beside)))
}

/// Whether [`replace`] could write there, as far as can be told without writing.
pub(super) fn probe(path: &Utf8Path) -> io::Result<()> {
    let (target, beside) = target(path);
    if target.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    File::create_new(&beside).and_then(|_| fs::remove_file(&beside))
}

/// The file that a path leads to, and the one beside it that is written first.
fn target(path: &Utf8Path) -> (Utf8PathBuf, Utf8PathBuf) {
    let target = path.canonicalize_utf8().unwrap_or_else(|_| path.to_owned());
    let name = target.file_name().unwrap_or("file");
    let beside = target.with_file_name(format!(".{name}.{}.new", std::process::id()));
    (target, beside)
}

fn fill(beside: &Utf8Path, text: &str) -> io::Result<()> {
    let mut file = File::create(beside)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
