//! Which bytes make words, and which words are keywords.

/// Whether a word holds this byte.
pub fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

/// Words that no macro is called by, so that `!` behind them is an operator.
pub fn is_keyword(word: &[u8]) -> bool {
    matches!(
        word,
        b"as"
            | b"async"
            | b"await"
            | b"box"
            | b"break"
            | b"const"
            | b"continue"
            | b"dyn"
            | b"else"
            | b"false"
            | b"for"
            | b"if"
            | b"impl"
            | b"in"
            | b"let"
            | b"loop"
            | b"match"
            | b"move"
            | b"mut"
            | b"ref"
            | b"return"
            | b"static"
            | b"true"
            | b"unsafe"
            | b"where"
            | b"while"
            | b"yield"
    )
}
