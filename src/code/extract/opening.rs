//! What may stand before the first token of a file and is no Rust: a byte order mark, a shebang, and frontmatter.

/// How many bytes of it there are.
pub fn length(text: &str) -> usize {
    let mut at = if text.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    };
    if text[at..].starts_with("#!") && !is_attribute(&text[at + 2..]) {
        at += text[at..].find('\n').unwrap_or(text.len() - at);
    }
    at + frontmatter(&text[at..])
}

/// Whether `#!` opens an inner attribute: the next token is a bracket.
fn is_attribute(rest: &str) -> bool {
    let mut rest = rest.trim_start();
    loop {
        if let Some(comment) = rest.strip_prefix("//") {
            rest = comment.split_once('\n').map_or("", |(_, after)| after).trim_start();
        } else if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, after)| after).trim_start();
        } else {
            return rest.starts_with('[');
        }
    }
}

/// The length of a block between lines of `---`, with the blank lines before it.
fn frontmatter(text: &str) -> usize {
    let body = text.trim_start();
    let dashes = body.len() - body.trim_start_matches('-').len();
    if dashes < 3 {
        return 0;
    }
    let fence = &body[..dashes];
    let start = text.len() - body.len();
    let mut at = start + body.find('\n').map_or(body.len(), |end| end + 1);
    for line in text[at..].split_inclusive('\n') {
        at += line.len();
        if line.trim_end() == fence {
            return at;
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_rust_is_passed_over() {
        let check = |text: &str, rest: &str| assert_eq!(&text[length(text)..], rest, "{text:?}");
        check("fn f() {}", "fn f() {}");
        check("\u{feff}fn f() {}", "fn f() {}");
        check("#!/bin/sh\nfn f() {}", "\nfn f() {}");
        check("\u{feff}#!/bin/sh\r\nfn f() {}", "\nfn f() {}");
        check("#![no_std]\n", "#![no_std]\n");
        check("#! /* x */ // y\n [no_std]\n", "#! /* x */ // y\n [no_std]\n");
        check("---cargo\n[dependencies]\n---\nfn f() {}", "fn f() {}");
        check("#!/usr/bin/env cargo\n----\n---\n----\nfn f() {}", "fn f() {}");
        check("---\nno end", "---\nno end");
        check("#!", "");
        check("", "");
    }
}
