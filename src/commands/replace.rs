//! Replaces a file: the new text is written beside it and then renamed, so that nobody ever reads half of one.

use std::fs::{self, File};
use std::io::{self, Write as _};

use camino::{Utf8Path, Utf8PathBuf};

/// Writes `text` to `path`, whole or not at all. A link stays a link, and what may be done with the file stays as it was.
pub(super) fn replace(path: &Utf8Path, text: &str) -> io::Result<()> {
    let target = path.canonicalize_utf8().unwrap_or_else(|_| path.to_owned());
    let name = target.file_name().unwrap_or("file");
    let beside = Utf8PathBuf::from(&target).with_file_name(format!(".{name}.{}.new", std::process::id()));
    let written = fill(&beside, text).and_then(|()| {
        if let Some(found) = fs::metadata(&target).ok().filter(fs::Metadata::is_file) {
            fs::set_permissions(&beside, found.permissions())?;
        }
        fs::rename(&beside, &target)
    });
    written.inspect_err(|_| drop(fs::remove_file(&beside)))
}

fn fill(beside: &Utf8Path, text: &str) -> io::Result<()> {
    let mut file = File::create(beside)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
