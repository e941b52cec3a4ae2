//! A hash for tables that live for one run: fast, and of no use against those who choose what is hashed. Nothing is
//! looked up by more than the names of the workspace's own source.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// A map that hashes with [`Mixer`].
pub type FastMap<K, V> = HashMap<K, V, BuildHasherDefault<Mixer>>;

/// A set that hashes with [`Mixer`].
pub type FastSet<K> = HashSet<K, BuildHasherDefault<Mixer>>;

/// Multiplies and rotates, word by word, as rustc's own tables do.
#[derive(Clone, Copy, Debug, Default)]
pub struct Mixer(u64);

const FACTOR: u64 = 0xf135_7aea_2e62_a9c5;

impl Mixer {
    fn mix(&mut self, word: u64) {
        self.0 = (self.0 ^ word).wrapping_mul(FACTOR).rotate_left(23);
    }
}

impl Hasher for Mixer {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.mix(u64::from_le_bytes(*word));
        }
        // Bytes may stand for two: with the number of them they tell the rest whole, and no loop is needed.
        let last = match (rest.first_chunk::<4>(), rest.last_chunk::<4>(), rest) {
            (Some(start), Some(end), _) => {
                u64::from(u32::from_le_bytes(*start)) | u64::from(u32::from_le_bytes(*end)) << 32
            }
            (_, _, [first, .., last]) => {
                let middle = rest[rest.len() / 2];
                u64::from(*first) | u64::from(middle) << 8 | u64::from(*last) << 16
            }
            (_, _, [only]) => u64::from(*only),
            _ => 0,
        };
        self.mix(last ^ (rest.len() as u64) << 59);
    }

    fn write_u8(&mut self, value: u8) {
        self.mix(u64::from(value));
    }

    fn write_u32(&mut self, value: u32) {
        self.mix(u64::from(value));
    }

    fn write_u64(&mut self, value: u64) {
        self.mix(value);
    }

    fn write_usize(&mut self, value: usize) {
        self.mix(value as u64);
    }

    fn finish(&self) -> u64 {
        // The high bits decide where an entry goes, and the low ones are the best mixed.
        self.0.wrapping_mul(FACTOR).rotate_left(26)
    }
}
