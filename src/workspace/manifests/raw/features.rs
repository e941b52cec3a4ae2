//! `[features]`: names and lists of words, as they stand there.

use super::walk::{Value, Walk};
use crate::source::Spanned;

/// A line of `[features]`, as written.
#[derive(Clone, Debug)]
pub struct RawFeature {
    /// Its key and place.
    pub name: Spanned<String>,
    /// What it lists.
    pub values: Vec<Spanned<String>>,
}

/// Reads `[features]`. What the words mean is looked at once the dependencies are known.
pub fn read(walk: &mut Walk, value: &Value<'_>) -> Vec<RawFeature> {
    let Some(table) = walk.table("features", value) else {
        return Vec::new();
    };
    let mut features = Vec::new();
    for (key, value) in table {
        let Some(values) = walk.strings(key.get_ref(), value) else {
            continue;
        };
        features.push(RawFeature {
            name: Spanned::new(key.get_ref().to_string(), walk.span(key.span())),
            values,
        });
    }
    features.sort_by_key(|feature| feature.name.span);
    features
}
