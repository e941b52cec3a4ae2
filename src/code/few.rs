//! A row of values that takes no memory of its own as long as there are few: most paths are short, and most stand once.

use std::hash::{Hash, Hasher};
use std::ops::{Deref, DerefMut};

use super::store::{Bytes, Stored};

/// A row of values, of which up to `N` are kept in place.
#[derive(Clone)]
pub enum Few<T, const N: usize> {
    /// The first so many of these.
    Here(u8, [T; N]),
    /// More than `N`.
    There(Vec<T>),
}

impl<T: Copy + Default, const N: usize> Few<T, N> {
    /// Adds a value at the end.
    pub fn push(&mut self, value: T) {
        match self {
            Self::Here(count, values) => {
                let at = usize::from(*count);
                if let Some(free) = values.get_mut(at) {
                    *free = value;
                    *count += 1;
                } else {
                    let mut more = Vec::with_capacity(at * 4);
                    more.extend_from_slice(values);
                    more.push(value);
                    *self = Self::There(more);
                }
            }
            Self::There(values) => values.push(value),
        }
    }
}

impl<T: Copy + Default, const N: usize> Default for Few<T, N> {
    fn default() -> Self {
        Self::Here(0, [T::default(); N])
    }
}

impl<T, const N: usize> Deref for Few<T, N> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match self {
            Self::Here(count, values) => &values[..usize::from(*count)],
            Self::There(values) => values,
        }
    }
}

impl<T, const N: usize> DerefMut for Few<T, N> {
    fn deref_mut(&mut self) -> &mut [T] {
        match self {
            Self::Here(count, values) => &mut values[..usize::from(*count)],
            Self::There(values) => values,
        }
    }
}

impl<T: Copy + Default, const N: usize> FromIterator<T> for Few<T, N> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        let mut few = Self::default();
        values.into_iter().for_each(|value| few.push(value));
        few
    }
}

impl<'f, T, const N: usize> IntoIterator for &'f Few<T, N> {
    type Item = &'f T;
    type IntoIter = std::slice::Iter<'f, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: std::fmt::Debug, const N: usize> std::fmt::Debug for Few<T, N> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        (**self).fmt(out)
    }
}

impl<T: PartialEq, const N: usize> PartialEq for Few<T, N> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Eq, const N: usize> Eq for Few<T, N> {}

impl<T: Hash, const N: usize> Hash for Few<T, N> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

impl<T: Copy + Default + Stored, const N: usize> Stored for Few<T, N> {
    fn put(&self, out: &mut Vec<u8>) {
        u32::try_from(self.len()).unwrap_or(u32::MAX).put(out);
        self.iter().for_each(|value| value.put(out));
    }

    fn get(bytes: &mut Bytes<'_>) -> Option<Self> {
        let length = u32::get(bytes)? as usize;
        // Every value takes a byte at least.
        if length > bytes.0.len() {
            return None;
        }
        let mut values = Self::default();
        for _ in 0..length {
            values.push(T::get(bytes)?);
        }
        Some(values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_holds_what_it_was_given_however_much_that_is() {
        assert_eq!(size_of::<Few<u32, 3>>(), size_of::<Vec<u32>>());
        assert_eq!(size_of::<Few<(u32, u32), 1>>(), size_of::<Vec<u32>>());
        for count in 0..9 {
            let mut few: Few<u32, 3> = (0..count).collect();
            let mut bytes = Vec::new();
            few.put(&mut bytes);
            assert_eq!(Few::get(&mut Bytes(&bytes)), Some(few.clone()));
            assert!(few.iter().copied().eq(0..count), "{few:?}");
            few.iter_mut().for_each(|value| *value += 1);
            assert!(few.iter().copied().eq(1..=count), "{few:?}");
        }
    }
}
