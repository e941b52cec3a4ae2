//! Which bytes make words, and which words are keywords.

/// Whether a word holds this byte.
pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

/// How many bytes the name has that starts here, which may be raw: `name`, and `r#name`.
pub fn name_length(text: &str, start: usize) -> usize {
    if text.as_bytes().get(start..).is_some_and(|rest| rest.starts_with(b"r#")) {
        let raw = word_length(text, start + 2);
        if raw > 0 {
            return 2 + raw;
        }
    }
    word_length(text, start)
}

/// How many bytes the word has that starts here.
pub(super) fn word_length(text: &str, start: usize) -> usize {
    let rest = text.as_bytes().get(start..).unwrap_or_default();
    let length = rest.iter().position(|byte| !is_word(*byte)).unwrap_or(rest.len());
    if rest[..length].is_ascii() {
        return length;
    }
    // What is no ASCII may be a blank as well.
    let word = text.get(start..start + length).unwrap_or_default();
    word.find(is_blank).unwrap_or(length)
}

/// Whether the lexer takes this for a blank.
fn is_blank(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{200e}' | '\u{200f}')
}

/// Words that no macro is called by, so that `!` behind them is an operator.
pub(super) fn is_keyword(word: &[u8]) -> bool {
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
