//! How facts are written to the cache and read from it: numbers as few bytes as they need, everything else in a row.

use smallvec::{Array, SmallVec};

/// What can be written as bytes and read again.
pub trait Stored: Sized {
    /// Appends the value.
    fn put(&self, out: &mut Vec<u8>);
    /// Reads the value; none where the bytes are no such value.
    fn get(bytes: &mut Bytes<'_>) -> Option<Self>;
}

/// Bytes that are still to be read.
pub struct Bytes<'a>(pub &'a [u8]);

impl<'a> Bytes<'a> {
    /// The next so many bytes.
    pub fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }
}

impl Stored for u32 {
    fn put(&self, out: &mut Vec<u8>) {
        let mut rest = *self;
        while let low = (rest & 0x7f).to_le_bytes()[0]
            && rest > 0x7f
        {
            out.push(low | 0x80);
            rest >>= 7;
        }
        out.push(rest.to_le_bytes()[0]);
    }

    fn get(bytes: &mut Bytes<'_>) -> Option<Self> {
        let mut value = 0;
        for shift in [0, 7, 14, 21, 28] {
            let (byte, rest) = bytes.0.split_first()?;
            bytes.0 = rest;
            value |= u32::from(byte & 0x7f).checked_shl(shift)?;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }
}

impl Stored for bool {
    fn put(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }

    fn get(bytes: &mut Bytes<'_>) -> Option<Self> {
        match bytes.take(1)? {
            [0] => Some(false),
            [1] => Some(true),
            _ => None,
        }
    }
}

impl Stored for String {
    fn put(&self, out: &mut Vec<u8>) {
        u32::try_from(self.len()).unwrap_or(u32::MAX).put(out);
        out.extend(self.as_bytes());
    }

    fn get(bytes: &mut Bytes<'_>) -> Option<Self> {
        let length = u32::get(bytes)? as usize;
        std::str::from_utf8(bytes.take(length)?).ok().map(str::to_owned)
    }
}

impl<T: Stored> Stored for Option<T> {
    fn put(&self, out: &mut Vec<u8>) {
        self.is_some().put(out);
        if let Some(value) = self {
            value.put(out);
        }
    }

    fn get(bytes: &mut Bytes<'_>) -> Option<Self> {
        if bool::get(bytes)? {
            T::get(bytes).map(Some)
        } else {
            Some(None)
        }
    }
}

impl<T: Stored> Stored for Vec<T> {
    fn put(&self, out: &mut Vec<u8>) {
        put_all(self, out);
    }

    fn get(bytes: &mut Bytes<'_>) -> Option<Self> {
        let length = length(bytes)?;
        let mut values = Self::with_capacity(length);
        for _ in 0..length {
            values.push(T::get(bytes)?);
        }
        Some(values)
    }
}

impl<A: Array<Item: Stored>> Stored for SmallVec<A> {
    fn put(&self, out: &mut Vec<u8>) {
        put_all(self, out);
    }

    fn get(bytes: &mut Bytes<'_>) -> Option<Self> {
        let length = length(bytes)?;
        let mut values = Self::with_capacity(length);
        for _ in 0..length {
            values.push(A::Item::get(bytes)?);
        }
        Some(values)
    }
}

fn put_all<T: Stored>(values: &[T], out: &mut Vec<u8>) {
    u32::try_from(values.len()).unwrap_or(u32::MAX).put(out);
    for value in values {
        value.put(out);
    }
}

/// How many values follow. Every one takes a byte at least, so that a false length is found before memory is asked for.
fn length(bytes: &mut Bytes<'_>) -> Option<usize> {
    let length = u32::get(bytes)? as usize;
    (length <= bytes.0.len()).then_some(length)
}

/// A range: its start, and its length.
impl Stored for (u32, u32) {
    fn put(&self, out: &mut Vec<u8>) {
        self.0.put(out);
        self.1.wrapping_sub(self.0).put(out);
    }

    fn get(bytes: &mut Bytes<'_>) -> Option<Self> {
        let start = u32::get(bytes)?;
        Some((start, start.wrapping_add(u32::get(bytes)?)))
    }
}

/// Declares a struct whose fields are written in a row.
macro_rules! stored {
    ($(#[$meta:meta])* pub struct $name:ident { $($(#[$doc:meta])* pub $field:ident: $type:ty,)* }) => {
        $(#[$meta])*
        pub struct $name { $($(#[$doc])* pub $field: $type,)* }

        impl $crate::code::store::Stored for $name {
            fn put(&self, out: &mut Vec<u8>) {
                $($crate::code::store::Stored::put(&self.$field, out);)*
            }

            fn get(bytes: &mut $crate::code::store::Bytes<'_>) -> Option<Self> {
                $(let $field = $crate::code::store::Stored::get(bytes)?;)*
                Some(Self { $($field,)* })
            }
        }
    };
}

pub(super) use stored;
