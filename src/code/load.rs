//! Reads one file: its text, and what it says, from the cache where that knows the text.

use std::hash::{DefaultHasher, Hasher as _};
use std::io::ErrorKind;
use std::sync::Arc;

use camino::Utf8Path;

use super::cache::{Cache, Key};
use super::extract;
use super::facts::Facts;
use crate::source::Tree;

/// The most bytes that a file may have.
pub const MOST_BYTES: u64 = 20_000_000;

/// A file that was read.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// Its text.
    pub text: Arc<str>,
    /// What it says.
    pub facts: Arc<Facts>,
    /// What its text is known by.
    pub key: Key,
}

/// Reads a file; none where there is none.
///
/// # Errors
/// Why it cannot be read, as a phrase that stands behind its name.
pub fn load(tree: &Tree, path: &Utf8Path, cache: Option<&Cache>) -> Result<Option<Loaded>, String> {
    let bytes = match tree.read_within(path, MOST_BYTES) {
        Ok(bytes) => bytes,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(None),
        Err(error) if error.kind() == ErrorKind::FileTooLarge => {
            return Err(format!("is larger than {} MB", MOST_BYTES / 1_000_000));
        }
        Err(error) => return Err(format!("cannot be read: {error}")),
    };
    let Ok(text) = String::from_utf8(bytes) else {
        return Err("is not valid UTF-8".to_owned());
    };
    let text: Arc<str> = text.into();
    let key = key(&text);
    let facts = cache.and_then(|cache| cache.get(key)).unwrap_or_else(|| {
        let facts = Arc::new(extract::facts(&text));
        if let Some(cache) = cache {
            cache.put(key, &facts);
        }
        facts
    });
    Ok(Some(Loaded { text, facts, key }))
}

/// What a text is known by: its hash and its length.
fn key(text: &str) -> Key {
    let mut hasher = DefaultHasher::new();
    hasher.write(text.as_bytes());
    Key {
        hash: hasher.finish(),
        length: u32::try_from(text.len()).unwrap_or(u32::MAX),
    }
}
