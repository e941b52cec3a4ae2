//! A Cargo.lock exactly as cargo writes it, line by line: many times faster than TOML, and every run that asks whether a
//! path is there reads one. Whatever is written otherwise is left to TOML, which also says what is wrong with it.

use semver::Version;

use super::{LockedPackage, Reader, Reference};
use crate::source::{FileId, Span};

/// What stands in a lockfile of formats 3 and 4; none where any line is not as cargo writes it.
pub(super) fn read(text: &str, file: FileId) -> Option<Reader> {
    let mut lines = Lines { text, at: 0 };
    let mut reader = Reader::new(file);
    let mut line = lines.next()?;
    while line.1.starts_with('#') || line.1.is_empty() {
        line = lines.next()?;
    }
    if !matches!(line.1, "version = 3" | "version = 4") {
        return None;
    }
    while let Some((_, line)) = lines.next() {
        match line {
            "" => {}
            "[[package]]" => package(&mut lines, &mut reader)?,
            _ => return None,
        }
    }
    Some(reader)
}

/// One package: its keys stand in one order, each on its line.
fn package(lines: &mut Lines<'_>, reader: &mut Reader) -> Option<()> {
    let file = reader.file;
    let (name, span) = value(lines.next()?, "name = ")?;
    let (version, _) = value(lines.next()?, "version = ")?;
    let from = reader.packages.len();
    reader.packages.push(LockedPackage {
        name: name.to_owned(),
        version: Version::parse(version).ok()?,
        source: None,
        span: Span::new(file, span),
        dependencies: Vec::new(),
    });
    let mut line = lines.next();
    if let Some((source, _)) = line.and_then(|line| value(line, "source = ")) {
        reader.packages[from].source = Some(source.to_owned());
        line = lines.next();
    }
    if line.and_then(|line| value(line, "checksum = ")).is_some() {
        line = lines.next();
    }
    if line.is_some_and(|(_, line)| line == "dependencies = [") {
        loop {
            let (start, line) = lines.next()?;
            if line == "]" {
                break;
            }
            let entry = line.strip_suffix(',')?;
            let (text, span) = value((start, entry), " ")?;
            reader.references.push(Reference {
                from,
                text: text.to_owned(),
                span: Span::new(file, span),
            });
        }
        line = lines.next();
    }
    line.is_none_or(|(_, line)| line.is_empty()).then_some(())
}

/// The string behind a key, and where it stands with its quotes. Cargo escapes nothing; what needs it is TOML's.
fn value<'t>((start, line): (usize, &'t str), key: &str) -> Option<(&'t str, std::ops::Range<usize>)> {
    let quoted = line.strip_prefix(key)?;
    let inner = quoted.strip_prefix('"')?.strip_suffix('"')?;
    let plain = |byte: u8| byte >= b' ' && byte != 0x7f && byte != b'"' && byte != b'\\';
    let begin = start + key.len();
    inner.bytes().all(plain).then_some((inner, begin..begin + quoted.len()))
}

/// The lines of a text, each with where it starts.
struct Lines<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Lines<'t> {
    fn next(&mut self) -> Option<(usize, &'t str)> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let line = rest.split('\n').next()?;
        let start = self.at;
        self.at += line.len() + 1;
        Some((start, line.strip_suffix('\r').unwrap_or(line)))
    }
}
