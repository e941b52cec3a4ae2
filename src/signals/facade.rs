//! Crates that re-export others and do nothing else: they change with what they list, and that says nothing.

use crate::source::Tree;
use crate::workspace::Member;
use camino::Utf8Path;

/// So many of the items at the root, in percent, are re-exports of other crates.
const REEXPORTS: usize = 80;

/// Whether a member is a facade: of the items at the root of its library nearly all are `pub use` of other crates.
#[must_use]
pub fn is_facade(tree: &Tree, root: &Utf8Path, member: &Member) -> bool {
    let path = member.targets.lib_path.as_deref().unwrap_or("src/lib.rs");
    let text = tree.read_text(&root.join(&member.directory).join(path));
    text.is_ok_and(|text| reexports(&text))
}

fn reexports(text: &str) -> bool {
    let items = items(text);
    let modules: Vec<&str> = items.iter().filter_map(|item| item.strip_prefix("mod ")).collect();
    let (mut all, mut others) = (0, 0);
    for item in items.iter().filter(|item| !item.is_empty()) {
        // What only brings names in for use at the root is no item that anybody outside sees.
        if item.starts_with("use ") || item.starts_with("extern crate ") {
            continue;
        }
        all += 1;
        if let Some(path) = item
            .strip_prefix("pub use ")
            .or_else(|| item.strip_prefix("pub extern crate "))
        {
            let path = path.trim_start_matches(':');
            let first: String = path.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let own = matches!(first.as_str(), "crate" | "self" | "super") || modules.contains(&first.as_str());
            others += usize::from(!own);
        }
    }
    all > 0 && others * 100 >= all * REEXPORTS
}

/// The beginnings of the items at the root of a file, without their attributes, in one line each. What stands in brackets,
/// strings and comments is passed over; a file that is no Rust gives something, and nothing bad comes of it.
fn items(text: &str) -> Vec<String> {
    let mut items = Vec::new();
    let mut item = String::new();
    let mut depth = 0usize;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let skipped = match c {
            '/' => comment(rest),
            'r' | '"' | '\'' => literal(rest),
            _ => None,
        };
        if let Some(skipped) = skipped {
            rest = &rest[skipped..];
            continue;
        }
        rest = &rest[c.len_utf8()..];
        match c {
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let attribute = c == ']' && depth == 0 && item.trim_start().starts_with('#');
        let ends = depth == 0 && (c == ';' || c == '}' && !is_use(&item));
        if attribute {
            item.clear();
        } else if ends {
            items.push(
                std::mem::take(&mut item)
                    .trim()
                    .trim_end_matches(['{', '}'])
                    .trim()
                    .to_owned(),
            );
        } else if item.len() < 200 && !(c.is_whitespace() && item.ends_with(' ')) {
            item.push(if c.is_whitespace() { ' ' } else { c });
        }
    }
    items
}

/// Whether an item goes on behind its braces.
fn is_use(item: &str) -> bool {
    let item = item.trim_start();
    item.starts_with("use ") || item.starts_with("pub use ") || item.starts_with("pub(crate) use ")
}

/// The length of the comment that a text starts with.
fn comment(text: &str) -> Option<usize> {
    if text.starts_with("//") {
        return Some(text.find('\n').unwrap_or(text.len()));
    }
    let mut depth = 0usize;
    let mut at = 0;
    if !text.starts_with("/*") {
        return None;
    }
    while at < text.len() {
        let left = &text.as_bytes()[at..];
        if left.starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if left.starts_with(b"*/") {
            depth -= 1;
            at += 2;
        } else {
            at += 1;
        }
        if depth == 0 {
            return Some(at);
        }
    }
    Some(text.len())
}

/// The length of the string or character that a text starts with.
fn literal(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    if bytes.first() == Some(&b'r') {
        let hashes = bytes[1..].iter().take_while(|byte| **byte == b'#').count();
        if bytes.get(1 + hashes) == Some(&b'"') {
            let start = 2 + hashes;
            let end = format!("\"{}", "#".repeat(hashes));
            return Some(text[start..].find(&end).map_or(text.len(), |at| start + at + end.len()));
        }
    }
    if text.starts_with("'\\''") {
        return Some(4);
    }
    if text.starts_with("'\"'") || text.starts_with("'{'") || text.starts_with("'}'") || text.starts_with("';'") {
        return Some(3);
    }
    if bytes.first() != Some(&b'"') {
        return None;
    }
    let mut at = 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 2,
            b'"' => return Some(at + 1),
            _ => at += 1,
        }
    }
    Some(text.len())
}

#[cfg(test)]
mod tests {
    use super::{items, reexports};

    #[test]
    fn a_crate_that_lists_others_is_a_facade() {
        let text = "//! Docs; with {braces}\n#![cfg_attr(docsrs, feature(doc_cfg))]\n/// A.\npub use a_crate as a;\n\
            #[cfg(feature = \"b\")]\npub use ::b_crate::{self, inner::{C, D}};\npub extern crate e_crate;\n\
            use f::G;\npub use h_crate::*;\npub mod prelude { pub use a_crate::prelude::*; }\n";
        assert!(reexports(text), "{:?}", items(text));
    }

    #[test]
    fn a_crate_that_opens_its_own_modules_is_none() {
        assert!(!reexports(
            "mod a;\nmod b;\npub use a::A;\npub use b::{B, C};\npub use crate::b::D;\npub use a::E;\n"
        ));
        assert!(!reexports(
            "pub use a_crate::A;\npub fn f() -> &'static str { \"}\" }\npub struct S(u32);\n"
        ));
        assert!(!reexports(""));
        assert!(!reexports("/* pub use a::b; "));
        assert!(!reexports("pub fn f() { r#\"pub use a::b;"));
    }

    #[test]
    fn items_end_where_rust_ends_them() {
        let text = "pub use a::{B, C};\npub struct S { x: u8 }\nconst Q: char = '\"';\nfn f<'a>(x: &'a str) {}\nmod m;";
        let starts: Vec<String> = items(text).iter().map(|item| item.chars().take(9).collect()).collect();
        assert_eq!(starts, ["pub use a", "pub struc", "const Q: ", "fn f<'a>(", "mod m"]);
    }
}
