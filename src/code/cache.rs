//! Keeps what files say under the target directory, by their content, so that a second run parses only what changed.
//!
//! One file, `boundaries/source` in a target directory that is there already: a check creates no folder that `cargo
//! clean` or `.gitignore` would not know of. It is loaded when the first source file is read, checked as a whole against a
//! hash, and written anew beside and renamed where something was parsed. Whatever is wrong with it, it is as if it were
//! not there.

use std::collections::HashMap;
use std::fs;
use std::hash::{DefaultHasher, Hasher as _};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use camino::{Utf8Path, Utf8PathBuf};

use super::facts::Facts;
use super::store::{Bytes, Stored};

/// What a file's text is known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// A hash of the text.
    pub hash: u64,
    /// Its length in bytes.
    pub length: u32,
}

/// What is written at the start of the file: another version's is not read. The last number grows with every change to
/// what facts are or to how they are found.
const MAGIC: &str = concat!("cargo-boundaries ", env!("CARGO_PKG_VERSION"), " source 6\n");

/// So many writes long is an entry kept that nothing asks for: another command may read other members.
const PATIENCE: u32 = 8;

/// No larger file is read, nor written.
const MOST_BYTES: u64 = 256_000_000;

/// What files say, by their content.
#[derive(Debug)]
pub struct Cache {
    file: Utf8PathBuf,
    stored: OnceLock<Stock>,
    fresh: Mutex<HashMap<Key, Arc<Facts>>>,
    asked: Mutex<Vec<Key>>,
}

/// What the file held when it was loaded.
#[derive(Debug, Default)]
struct Stock {
    bytes: Vec<u8>,
    /// By key: for how many writes nobody asked for it, and where its facts stand.
    entries: HashMap<Key, (u32, std::ops::Range<usize>)>,
}

impl Cache {
    /// The cache of a workspace in its target directory; none where that is not there.
    #[must_use]
    pub fn of(target_directory: &Utf8Path) -> Option<Self> {
        target_directory.is_dir().then(|| Self {
            file: target_directory.join("boundaries").join("source"),
            stored: OnceLock::new(),
            fresh: Mutex::default(),
            asked: Mutex::default(),
        })
    }

    /// Whether an earlier run left something to load.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        self.file.is_file()
    }

    fn stock(&self) -> &Stock {
        self.stored.get_or_init(|| Stock::load(&self.file).unwrap_or_default())
    }

    /// What the text of this key says, where it is known.
    pub(super) fn get(&self, key: Key) -> Option<Arc<Facts>> {
        let stock = self.stock();
        let (_, range) = stock.entries.get(&key)?;
        let facts = Facts::get(&mut Bytes(stock.bytes.get(range.clone())?))?;
        if !facts.is_sound(key.length) {
            return None;
        }
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).push(key);
        Some(Arc::new(facts))
    }

    /// Keeps what a text says, until [`Cache::write`].
    pub(super) fn put(&self, key: Key, facts: &Arc<Facts>) {
        let mut fresh = self.fresh.lock().unwrap_or_else(PoisonError::into_inner);
        fresh.insert(key, Arc::clone(facts));
    }

    /// Writes the file anew, if something in it is new. That it cannot be written is no matter: the next run parses again.
    pub(super) fn write(&self) {
        let fresh = self.fresh.lock().unwrap_or_else(PoisonError::into_inner);
        if fresh.is_empty() {
            return;
        }
        let Some(folder) = self.file.parent() else { return };
        if let Some(bytes) = self.bytes(&fresh)
            && fs::create_dir_all(folder).is_ok()
        {
            // Runs at once each write a file of their own; the last rename wins, and either is whole.
            let beside = folder.join(format!("source.{}", std::process::id()));
            if fs::write(&beside, bytes)
                .and_then(|()| fs::rename(&beside, &self.file))
                .is_err()
            {
                let _ = fs::remove_file(&beside);
            }
        }
    }

    fn bytes(&self, fresh: &HashMap<Key, Arc<Facts>>) -> Option<Vec<u8>> {
        let stock = self.stock();
        let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        let asked: std::collections::HashSet<Key> = asked.iter().copied().collect();
        let mut entries: Vec<(Key, u32, Vec<u8>)> = Vec::new();
        for (key, (age, range)) in &stock.entries {
            let age = if asked.contains(key) { 0 } else { age + 1 };
            if age <= PATIENCE && !fresh.contains_key(key) {
                entries.push((*key, age, stock.bytes.get(range.clone())?.to_vec()));
            }
        }
        for (key, facts) in fresh {
            let mut bytes = Vec::new();
            facts.put(&mut bytes);
            entries.push((*key, 0, bytes));
        }
        entries.sort();
        let mut body = Vec::new();
        for (key, age, facts) in entries {
            body.extend(key.hash.to_le_bytes());
            key.length.put(&mut body);
            age.put(&mut body);
            u32::try_from(facts.len()).ok()?.put(&mut body);
            body.extend(facts);
        }
        let mut bytes = MAGIC.as_bytes().to_vec();
        bytes.extend(hash(&body).to_le_bytes());
        bytes.extend(body);
        u64::try_from(bytes.len())
            .is_ok_and(|length| length <= MOST_BYTES)
            .then_some(bytes)
    }
}

impl Stock {
    fn load(file: &Utf8Path) -> Option<Self> {
        let found = fs::symlink_metadata(file).ok()?;
        if !found.is_file() || found.len() > MOST_BYTES {
            return None;
        }
        let bytes = fs::read(file).ok()?;
        let rest = bytes.strip_prefix(MAGIC.as_bytes())?;
        let (sum, body) = rest.split_first_chunk::<8>()?;
        if u64::from_le_bytes(*sum) != hash(body) {
            return None;
        }
        let mut entries = HashMap::new();
        let mut left = Bytes(body);
        while !left.0.is_empty() {
            let hash = u64::from_le_bytes(left.take(8)?.try_into().ok()?);
            let length = u32::get(&mut left)?;
            let age = u32::get(&mut left)?;
            let size = u32::get(&mut left)? as usize;
            let start = bytes.len() - left.0.len();
            left.take(size)?;
            entries.insert(Key { hash, length }, (age, start..start + size));
        }
        Some(Self { bytes, entries })
    }
}

fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    hasher.finish()
}
