//! Which bytes make words, and which words are keywords.

/// By byte: whether a word holds it.
const WORD: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte: u8 = 0;
    while byte < u8::MAX {
        table[byte as usize] = byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80;
        byte += 1;
    }
    table[u8::MAX as usize] = true;
    table
};

/// Whether a word holds this byte.
pub(super) fn is_word(byte: u8) -> bool {
    WORD[usize::from(byte)]
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
    let (mut length, mut seen) = (0, 0);
    while let Some(byte) = rest.get(length)
        && is_word(*byte)
    {
        seen |= byte;
        length += 1;
    }
    if seen.is_ascii() {
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
