//! Keeps a file aside while another program may write it, and puts it back exactly.

use std::fs::{self, File, Permissions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use camino::Utf8Path;

/// A file as it was, or that it was not there.
pub(super) struct Kept {
    path: PathBuf,
    was: Option<State>,
    /// Held until the file is back, so that of two runs at once none takes what the other's cargo wrote for the file.
    _turn: Option<File>,
}

struct State {
    content: Vec<u8>,
    permissions: Permissions,
    modified: Option<SystemTime>,
}

impl Kept {
    /// Remembers the file at `path`. A link is followed, for so do those who write through it.
    pub(super) fn take(path: &Utf8Path) -> io::Result<Self> {
        let turn = turn(path);
        let was = match fs::read(path) {
            Ok(content) => {
                let metadata = fs::metadata(path)?;
                Some(State {
                    content,
                    permissions: metadata.permissions(),
                    modified: metadata.modified().ok(),
                })
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        Ok(Self {
            path: path.as_std_path().to_owned(),
            was,
            _turn: turn,
        })
    }

    /// Puts the file back: removes it where there was none, writes the old content where it changed, and touches
    /// nothing otherwise. What the file held until then comes back.
    pub(super) fn restore(self) -> io::Result<Option<Vec<u8>>> {
        let now = match fs::read(&self.path) {
            Ok(content) => Some(content),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        // What a link points at is there again only where somebody has written through it.
        let target = fs::canonicalize(&self.path).unwrap_or(self.path);
        match self.was {
            None if now.is_some() => fs::remove_file(target)?,
            Some(was) if now.as_ref() != Some(&was.content) => was.write(&target)?,
            _ => {}
        }
        Ok(now)
    }
}

/// Waits for other runs in the same folder to end. Where folders cannot be locked (Windows, some network disks), runs
/// at once are not kept apart.
fn turn(path: &Utf8Path) -> Option<File> {
    let folder = File::open(path.parent()?).ok()?;
    folder.lock().ok()?;
    Some(folder)
}

impl State {
    /// Writes beside and renames, so that nobody ever sees half a file.
    fn write(&self, target: &Path) -> io::Result<()> {
        let mut name = target.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{}.tmp", std::process::id()));
        let beside = target.with_file_name(name);
        let written = self.fill(&beside).and_then(|()| fs::rename(&beside, target));
        if written.is_err() {
            // The first error is the one to tell; what is left of the attempt only must not stay.
            let _ = fs::remove_file(&beside);
        }
        written
    }

    fn fill(&self, beside: &Path) -> io::Result<()> {
        let mut file = File::create(beside)?;
        file.write_all(&self.content)?;
        if let Some(modified) = self.modified {
            // A build tool that compares times sees the old one; where the disk keeps none, nothing is lost.
            let _ = file.set_modified(modified);
        }
        file.sync_all()?;
        fs::set_permissions(beside, self.permissions.clone())
    }
}
