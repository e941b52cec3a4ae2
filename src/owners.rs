//! Whom the files of a repository belong to: CODEOWNERS, as GitHub reads it.
//!
//! The file is the first of `.github/CODEOWNERS`, `CODEOWNERS` and `docs/CODEOWNERS`; the last pattern that matches a path decides,
//! and one without owners takes them away. Source: GitHub's documentation, "About code owners". The crates that read such files
//! bring a regex engine along for it, or were left years ago; the matcher is a page.

use std::io;

use camino::Utf8Path;

mod pattern;
#[cfg(test)]
mod tests;

use pattern::Pattern;

/// Where GitHub looks, in its order.
const PLACES: [&str; 3] = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"];

/// GitHub loads no file that is larger.
const LARGEST: u64 = 3 << 20;

/// What a CODEOWNERS file says.
#[derive(Clone, Debug, Default)]
pub struct Owners {
    /// Where it stands, below the top of the repository.
    pub place: String,
    lines: Vec<Line>,
    /// The lines (from 1) that GitHub skips because they are not its syntax.
    pub skipped: Vec<usize>,
}

#[derive(Clone, Debug)]
struct Line {
    pattern: Pattern,
    owners: Vec<String>,
}

impl Owners {
    /// Reads the file of a repository whose work tree has this top; none where it has none.
    ///
    /// # Errors
    /// It is there and cannot be read, or is larger than GitHub loads.
    pub fn read(top: &Utf8Path) -> io::Result<Option<Self>> {
        for place in PLACES {
            let path = top.join(place);
            let length = match path.metadata() {
                Ok(found) if found.is_file() => found.len(),
                Ok(_) => continue,
                Err(error) if is_absent(&error) => continue,
                Err(error) => return Err(error),
            };
            if length > LARGEST {
                return Err(io::Error::other(
                    "it is larger than 3 MB, and GitHub loads none that is",
                ));
            }
            let text = std::fs::read(&path)?;
            return Ok(Some(Self::parse(place, &String::from_utf8_lossy(&text))));
        }
        Ok(None)
    }

    /// What the text of a file at this place says.
    #[must_use]
    pub fn parse(place: &str, text: &str) -> Self {
        let mut owners = Self {
            place: place.to_owned(),
            ..Self::default()
        };
        for (number, text) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            match line(text) {
                Some(line) => owners.lines.extend(line),
                None => owners.skipped.push(number + 1),
            }
        }
        owners
    }

    /// The owners of a file, by its path below the top of the repository with `/`.
    #[must_use]
    pub fn of(&self, path: &str) -> &[String] {
        let parts: Vec<&str> = path.split('/').collect();
        let last = self.lines.iter().rev().find(|line| line.pattern.matches(&parts));
        last.map_or(&[], |line| &line.owners)
    }

    /// The owners of a crate, by its folder below the top of the repository (`.` for the top itself): those of the source that
    /// a crate has, `src/lib.rs`. Its manifest alone may belong to whoever looks after manifests.
    #[must_use]
    pub fn of_crate(&self, folder: &str) -> &[String] {
        match folder {
            "" | "." => self.of("src/lib.rs"),
            folder => self.of(&format!("{folder}/src/lib.rs")),
        }
    }
}

fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// One line: none where it is not GitHub's syntax, and nothing in it where it says nothing.
#[expect(clippy::option_option, reason = "a line that says nothing is not one that is wrong")]
fn line(text: &str) -> Option<Option<Line>> {
    let mut words = words(text).into_iter();
    let Some(first) = words.next() else {
        return Some(None);
    };
    let pattern = Pattern::parse(&first)?;
    let owners: Vec<String> = words.collect();
    let is_owner = |word: &String| {
        let at = word.find('@');
        at.is_some_and(|at| at + 1 < word.len())
    };
    owners.iter().all(is_owner).then_some(Some(Line { pattern, owners }))
}

/// The words of a line, up to a `#` that begins one. A backslash keeps the space after it in the word.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '#' if word.is_empty() => break,
            '\\' => match chars.next() {
                Some(' ') => word.push(' '),
                // A backslash before anything else stays, and is no part of a path that git would show.
                Some(other) => word.extend(['\\', other]),
                None => word.push('\\'),
            },
            c if c.is_whitespace() => {
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
            }
            c => word.push(c),
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}
