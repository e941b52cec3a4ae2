//! What several parts of the reader are tested with.

/// What texts are made of in which much may be mistaken for something else.
pub(super) const PIECES: &[&str] = &[
    "a", "r", "b", "br", "é", " ", "\u{a0}", "\u{2028}", "\u{200e}", "\n", "\r\n", "\t", "\"", "\"", "r\"", "#", "r#",
    "r#\"", "\"#", "##", "r##\"", "\"##", "'", "'a'", "'\"'", "'\\''", "'\\\"'", "b'\"'", "\\", "\\\"", "//", "///",
    "//!", "/*", "/**", "*/", "(", ")", "{", "}", "1", "1r", "c\"", "cr#\"", "!", "🦀",
];
