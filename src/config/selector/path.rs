//! `path:` selectors: patterns over directories.

use super::atom::check_reserved;
use super::parse::{Flaw, shortened};

/// A pattern over a directory: `*` stays inside one segment, `**` spans any number of them, none included, but
/// `x/**` is what lies below `x`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathGlob {
    text: String,
}

impl PathGlob {
    /// A pattern; `text` holds none of the reserved characters, and `**` only as a whole segment.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self { text: text.to_owned() }
    }

    /// The directory, where the pattern is none.
    #[must_use]
    pub fn literal(&self) -> Option<&str> {
        (!self.text.contains('*')).then_some(&self.text)
    }

    /// Whether the whole of `directory` fits. The root, `.`, has no segment: only `.` itself fits it.
    #[must_use]
    pub fn matches(&self, directory: &str) -> bool {
        if directory == "." || self.text == "." {
            return self.text == directory;
        }
        let mut pattern: Vec<&str> = self.text.split('/').collect();
        if pattern.last() == Some(&"**") {
            // Below `x` is at least one segment below it.
            pattern.push("*");
        }
        let path: Vec<&str> = directory.split('/').collect();
        matches_segments(&pattern, &path)
    }
}

/// `**` against any run of segments, by backtracking to the last one, as for `*` inside a segment: never exponential.
pub(super) fn matches_segments(pattern: &[&str], path: &[&str]) -> bool {
    let (mut p, mut s) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while s < path.len() {
        if pattern.get(p) == Some(&"**") {
            retry = Some((p, s));
            p += 1;
        } else if pattern
            .get(p)
            .is_some_and(|glob| super::matches_run(glob.as_bytes(), path[s].as_bytes()))
        {
            p += 1;
            s += 1;
        } else if let Some((star, from)) = retry {
            p = star + 1;
            s = from + 1;
            retry = Some((star, from + 1));
        } else {
            return false;
        }
    }
    pattern[p..].iter().all(|segment| *segment == "**")
}

/// Parses what stands behind `path:`, at the byte `at` of its string.
pub(super) fn parse(text: &str, at: usize) -> Result<PathGlob, Flaw> {
    check_reserved(text, at)?;
    let part = |start: usize, length: usize| at + start..at + start + length;
    if let Some(i) = text.find('\\') {
        let flaw = Flaw::new(part(i, 1), "a backslash in `path:`", "directories are separated by `/`");
        return Err(offer(flaw, text));
    }
    if text.starts_with('/') || drive(text) {
        let flaw = Flaw::new(
            part(0, 1),
            "an absolute directory in `path:`",
            "starts at the root of the disk",
        );
        return Err(if drive(text) {
            flaw.help(RELATIVE)
        } else {
            offer(flaw, text)
        });
    }
    if text.starts_with("./") {
        let flaw = Flaw::new(
            part(0, 2),
            "`./` in `path:`",
            "directories start at the workspace root by themselves",
        );
        return Err(offer(flaw, text));
    }
    let mut start = 0;
    for segment in text.split('/') {
        check_segment(text, segment, part(start, segment.len()))?;
        start += segment.len() + 1;
    }
    Ok(PathGlob::new(text))
}

const RELATIVE: &str = "write the directory relative to the workspace root";

fn check_segment(text: &str, segment: &str, range: std::ops::Range<usize>) -> Result<(), Flaw> {
    match segment {
        ".." => {
            let flaw = Flaw::new(range, "`..` in `path:`", "leads out of the directory before it");
            Err(flaw.help("write the directory as it lies below the workspace root"))
        }
        "." if text != "." => Err(offer(
            Flaw::new(range, "`.` inside `path:`", "names no directory"),
            text,
        )),
        "" => {
            // The place is the slash, which stands before the empty segment.
            let slash = range.start - 1..range.start;
            let flaw = Flaw::new(slash, "a `/` too many in `path:`", "no directory name follows");
            Err(offer(flaw, text))
        }
        _ if segment.contains("**") && segment != "**" => {
            let flaw = Flaw::new(
                range,
                "`**` inside a directory name",
                "`**` may only be a whole segment",
            );
            Err(flaw.help("write `*`, which stays inside one segment, or `**` as a segment of its own"))
        }
        _ => Ok(()),
    }
}

/// Whether the text starts with a drive letter.
fn drive(text: &str) -> bool {
    matches!(text.as_bytes(), [letter, b':', ..] if letter.is_ascii_alphabetic())
}

/// Offers the text as it should be written, where something is left of it.
fn offer(flaw: Flaw, text: &str) -> Flaw {
    let text = text.replace('\\', "/");
    let segments: Vec<&str> = text.split('/').filter(|s| !matches!(*s, "" | ".")).collect();
    match shortened(&segments.join("/")) {
        "" => flaw.help("write `path:.` for the root package"),
        _ if segments.contains(&"..") || drive(&text) => flaw.help(RELATIVE),
        right => flaw.help(format!("write `path:{right}`")),
    }
}
