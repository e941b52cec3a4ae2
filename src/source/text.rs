//! Text from files as it may be written elsewhere: on a terminal, and into TOML.

use std::fmt::Write as _;

/// Whether a terminal does something at this character instead of showing it.
#[must_use]
pub fn is_obeyed(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A TOML string of this text.
#[must_use]
pub fn toml_string(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Text from manifests and paths without control characters (and the two line separators and bidirectional marks of
/// Unicode), so that a name in a manifest can neither move a cursor nor forge a line of output.
#[must_use]
pub fn printable(text: &str) -> std::borrow::Cow<'_, str> {
    if text.contains(is_obeyed) {
        let shown = |c: char| if is_obeyed(c) { '\u{fffd}' } else { c };
        text.chars().map(shown).collect::<String>().into()
    } else {
        text.into()
    }
}
