//! Where the items of a file end, as far as its tokens say.

use proc_macro2::Delimiter;

use super::row::Row;

/// Words that an item starts with.
const OPENING: &[&str] = &[
    "pub", "mod", "use", "fn", "struct", "enum", "union", "trait", "impl", "type", "const", "static", "unsafe",
    "async", "extern", "macro", "auto", "default", "crate", "safe", "gen", "reuse",
];

impl Row {
    /// The row in parts that hold whole items, nearly always one: an item ends with a semicolon, or with braces behind
    /// which another starts.
    pub fn parts(&self) -> Vec<Self> {
        let mut parts = Vec::new();
        let (mut start, mut at) = (0, 0);
        while let Some(next) = self.next(at) {
            if self.sign(at, ';') || self.opens(at, Delimiter::Brace) && self.starts_item(next) {
                parts.push(self.part(start, next));
                start = next;
            }
            at = next;
        }
        if start < self.len() {
            parts.push(self.part(start, self.len()));
        }
        parts
    }

    fn starts_item(&self, at: usize) -> bool {
        let attribute = self.sign(at, '#') && self.opens(at + 1, Delimiter::Bracket);
        let call = self.ident(at).is_some() && (self.sign(at + 1, '!') || self.pair(at + 1, ':', ':'));
        attribute || call || self.any(at, OPENING) || self.pair(at, ':', ':')
    }
}
