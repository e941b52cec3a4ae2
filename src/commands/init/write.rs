//! Writes a file that is not there yet.

use std::fs;
use std::io::{self, Write as _};

use camino::Utf8Path;

/// Writes beside the place and then moves, so that nobody ever sees half a file; and never over another file, also where
/// that one appears in the meantime.
pub(super) fn new(path: &Utf8Path, text: &str) -> io::Result<()> {
    let name = path.file_name().unwrap_or("file");
    let beside = path.with_file_name(format!(".{name}.{}.new", std::process::id()));
    let written = fs::File::create_new(&beside).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    if let Err(error) = written {
        // A file of this name that was there before is not ours to remove.
        if error.kind() != io::ErrorKind::AlreadyExists {
            let _ = fs::remove_file(&beside);
            return Err(error);
        }
        return Err(io::Error::other(format!("`{beside}` is in the way")));
    }
    // A hard link refuses to replace; a rename does not. Some file systems have no hard links.
    let placed = match fs::hard_link(&beside, path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            if fs::symlink_metadata(path).is_ok() {
                Err(io::ErrorKind::AlreadyExists.into())
            } else {
                return fs::rename(&beside, path).inspect_err(|_| drop(fs::remove_file(&beside)));
            }
        }
        other => other,
    };
    let _ = fs::remove_file(&beside);
    placed
}
