//! Reads files that may be anything: a workspace that somebody else wrote can hold a pipe or a device where a file is
//! due.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};

use camino::Utf8Path;

/// The bytes of a file.
///
/// # Errors
/// As [`fs::read`], and for what is neither a file nor a folder: a pipe would never be opened and a device never end.
pub fn read(path: &Utf8Path) -> io::Result<Vec<u8>> {
    read_within(path, u64::MAX)
}

/// The bytes of a file that holds no more than `most`.
///
/// # Errors
/// As [`read`], and [`ErrorKind::FileTooLarge`] for one that holds more, before any of it is read.
pub fn read_within(path: &Utf8Path, most: u64) -> io::Result<Vec<u8>> {
    let found = fs::metadata(path)?;
    if found.is_file() && found.len() > most {
        return Err(ErrorKind::FileTooLarge.into());
    }
    if !found.is_file() && !found.is_dir() {
        return Err(io::Error::new(ErrorKind::InvalidInput, "it is no regular file"));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(found.len()).unwrap_or(0));
    // The length is known, and `take` keeps the standard library from asking for it again: one call a file counts where
    // there are thousands.
    File::open(path)?.take(u64::MAX).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The text of a file.
///
/// # Errors
/// As [`read`], and [`ErrorKind::InvalidData`] for what is not UTF-8.
pub fn read_text(path: &Utf8Path) -> io::Result<String> {
    let bytes = read(path)?;
    String::from_utf8(bytes).map_err(|_| io::Error::new(ErrorKind::InvalidData, "it is not valid UTF-8"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_whole_and_a_folder_or_a_missing_one_is_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = Utf8Path::from_path(folder.path()).expect("UTF-8");
        fs::write(root.join("empty"), "").expect("written");
        fs::write(root.join("text"), "one\ntwo\n").expect("written");
        assert_eq!(read_text(&root.join("empty")).expect("text"), "");
        assert_eq!(read_text(&root.join("text")).expect("text"), "one\ntwo\n");
        assert!(read(root).is_err());
        let error = read(&root.join("absent")).expect_err("nothing is there");
        assert_eq!(error.kind(), ErrorKind::NotFound);
    }

    #[test]
    fn bytes_that_are_no_utf_8_are_no_text() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = Utf8Path::from_path(folder.path()).expect("UTF-8");
        fs::write(root.join("binary"), b"\xff\xfe").expect("written");
        let error = read_text(&root.join("binary")).expect_err("no text");
        assert_eq!(error.kind(), ErrorKind::InvalidData);
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_refused_before_it_is_opened() {
        let error = read(Utf8Path::new("/dev/null")).expect_err("no file");
        assert_eq!(error.to_string(), "it is no regular file");
    }
}
