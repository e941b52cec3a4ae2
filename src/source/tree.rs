//! Where files are read from: the disk or, where a run asks for it, the disk as it was at a revision.

use std::fmt;
use std::io::{self, ErrorKind};
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};

use super::disk;

/// The disk, or the disk as it was.
#[derive(Clone, Debug, Default)]
pub struct Tree(Option<Arc<dyn Past>>);

/// How the disk was: asked for what is no longer as it stands there.
pub trait Past: fmt::Debug + Send + Sync {
    /// What stood at a path.
    fn at(&self, path: &Utf8Path) -> Then;

    /// The bytes of a file of which [`Past::at`] says that it was another.
    ///
    /// # Errors
    /// Where they cannot be had.
    fn read(&self, path: &Utf8Path) -> io::Result<Vec<u8>>;

    /// Every file that stood there and is gone or another today.
    fn former(&self) -> Vec<Utf8PathBuf>;
}

/// What stood at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// What stands there today.
    Same,
    /// Nothing.
    Absent,
    /// A file that is gone or another today.
    File,
    /// A folder; what it held may have been something else.
    Folder,
}

/// What a folder holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Its name.
    pub name: String,
    /// Whether it is a folder.
    pub is_dir: bool,
}

impl Tree {
    /// The disk as it was.
    #[must_use]
    pub fn past(past: Arc<dyn Past>) -> Self {
        Self(Some(past))
    }

    /// Whether this is how the disk was, and not how it is.
    #[must_use]
    pub fn is_past(&self) -> bool {
        self.0.is_some()
    }

    fn at(&self, path: &Utf8Path) -> Then {
        self.0.as_ref().map_or(Then::Same, |past| past.at(path))
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// As [`disk::read`].
    pub fn read(&self, path: &Utf8Path) -> io::Result<Vec<u8>> {
        match (&self.0, self.at(path)) {
            (Some(past), Then::File) => past.read(path),
            (_, Then::Absent) => Err(ErrorKind::NotFound.into()),
            (_, Then::Folder) => Err(ErrorKind::IsADirectory.into()),
            _ => disk::read(path),
        }
    }

    /// The bytes of a file that holds no more than `most`.
    ///
    /// # Errors
    /// As [`disk::read_within`].
    pub fn read_within(&self, path: &Utf8Path, most: u64) -> io::Result<Vec<u8>> {
        if self.at(path) == Then::Same {
            return disk::read_within(path, most);
        }
        let bytes = self.read(path)?;
        if u64::try_from(bytes.len()).is_ok_and(|length| length <= most) {
            Ok(bytes)
        } else {
            Err(ErrorKind::FileTooLarge.into())
        }
    }

    /// The text of a file.
    ///
    /// # Errors
    /// As [`disk::read_text`].
    pub fn read_text(&self, path: &Utf8Path) -> io::Result<String> {
        let bytes = self.read(path)?;
        String::from_utf8(bytes).map_err(|_| io::Error::new(ErrorKind::InvalidData, "it is not valid UTF-8"))
    }

    /// Whether anything is there.
    #[must_use]
    pub fn exists(&self, path: &Utf8Path) -> bool {
        match self.at(path) {
            Then::Same => path.exists(),
            then => then != Then::Absent,
        }
    }

    /// Whether a file is there.
    #[must_use]
    pub fn is_file(&self, path: &Utf8Path) -> bool {
        match self.at(path) {
            Then::Same => path.is_file(),
            then => then == Then::File,
        }
    }

    /// Whether a folder is there.
    #[must_use]
    pub fn is_dir(&self, path: &Utf8Path) -> bool {
        match self.at(path) {
            Then::Same => path.is_dir(),
            then => then == Then::Folder,
        }
    }

    /// What a folder holds, by name; names that are not UTF-8 are left out.
    ///
    /// # Errors
    /// As [`std::fs::read_dir`].
    pub fn entries(&self, folder: &Utf8Path) -> io::Result<Vec<Entry>> {
        let then = self.at(folder);
        let mut entries = match (then, on_disk(folder)) {
            (Then::Absent, _) => return Err(ErrorKind::NotFound.into()),
            (Then::File, _) => return Err(ErrorKind::NotADirectory.into()),
            (Then::Folder, found) => found.unwrap_or_default(),
            (Then::Same, found) => found?,
        };
        if self.0.is_none() {
            return Ok(entries);
        }
        let former = self.0.iter().flat_map(|past| past.former());
        let below = former.filter_map(|path| {
            let name = path.strip_prefix(folder).ok()?.components().next()?;
            Some(name.as_str().to_owned())
        });
        entries.extend(below.map(|name| Entry { name, is_dir: false }));
        entries.retain_mut(|entry| {
            let path = folder.join(&entry.name);
            entry.is_dir = self.is_dir(&path);
            self.exists(&path)
        });
        entries.sort();
        entries.dedup();
        Ok(entries)
    }

    /// What matches a glob, by name.
    ///
    /// # Errors
    /// Where it is none.
    pub fn glob(&self, pattern: &str, most: usize) -> Result<Vec<glob::GlobResult>, glob::PatternError> {
        let mut found: Vec<glob::GlobResult> = glob::glob(pattern)?.take(most).collect();
        let Some(past) = &self.0 else {
            return Ok(found);
        };
        let pattern = glob::Pattern::new(pattern)?;
        let options = glob::MatchOptions {
            require_literal_separator: true,
            ..glob::MatchOptions::new()
        };
        for path in past.former() {
            let fitting = path
                .ancestors()
                .filter(|p| pattern.matches_path_with(p.as_std_path(), options));
            found.extend(fitting.map(|path| Ok(path.as_std_path().to_owned())));
        }
        found.retain(|path| match path {
            Ok(path) => Utf8Path::from_path(path).is_none_or(|path| self.exists(path)),
            Err(_) => true,
        });
        // What cannot be looked up comes first, so that none of it is lost among equals.
        found.sort_by(|a, b| a.as_ref().ok().cmp(&b.as_ref().ok()));
        found.dedup_by(|a, b| matches!((a, b), (Ok(a), Ok(b)) if a == b));
        Ok(found)
    }
}

fn on_disk(folder: &Utf8Path) -> io::Result<Vec<Entry>> {
    let entry = |entry: camino::Utf8DirEntry| Entry {
        is_dir: entry.file_type().is_ok_and(|kind| kind.is_dir()),
        name: entry.file_name().to_owned(),
    };
    Ok(folder.read_dir_utf8()?.filter_map(Result::ok).map(entry).collect())
}
