//! The sources as text: which of them users run, and what they name.

use std::fs;
use std::path::Path;

/// The project's own folder.
pub fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A source file, relative to `src`.
pub struct Source {
    pub path: String,
    pub text: String,
}

impl Source {
    pub fn new(path: &str, text: &str) -> Self {
        Self {
            path: path.to_owned(),
            text: text.replace("\r\n", "\n"),
        }
    }

    /// The top module that the file belongs to.
    pub fn module(&self) -> &str {
        self.path.split('/').next().unwrap_or_default().trim_end_matches(".rs")
    }

    pub fn is_in(&self, home: &str) -> bool {
        self.path == home || self.path.strip_prefix(home).is_some_and(|rest| rest.starts_with('/'))
    }

    /// The file without its comments and without its `#[cfg(test)] mod tests { … }`; lines keep their numbers.
    pub fn code(&self) -> Self {
        let mut lines = Vec::new();
        let mut of_tests = false;
        for (line, next) in self.text.lines().zip(self.text.lines().skip(1).chain([""])) {
            of_tests |= line == "#[cfg(test)]" && next.starts_with("mod ") && next.ends_with('{');
            let code = line.split_once("// ").map_or(line, |(code, _)| code);
            let comment = line.trim_start().starts_with("//");
            lines.push(if of_tests || comment { "" } else { code });
            of_tests &= line != "}";
        }
        Self::new(&self.path, &lines.join("\n"))
    }

    /// The files of the modules that only tests have: `#[cfg(test)] mod x;`.
    fn test_modules(&self) -> Vec<String> {
        let folder = self.path.trim_end_matches(".rs");
        let folder = if matches!(folder, "lib" | "main") {
            String::new()
        } else {
            format!("{folder}/")
        };
        let lines: Vec<&str> = self.text.lines().collect();
        let declared = lines.windows(2).filter(|pair| pair[0].trim() == "#[cfg(test)]");
        let named = declared.filter_map(|pair| pair[1].split_once("mod ")?.1.strip_suffix(';'));
        named.map(|name| format!("{folder}{name}")).collect()
    }

    pub fn naming(&self, word: &str) -> impl Iterator<Item = String> {
        let word = word.to_owned();
        let lines = self
            .text
            .lines()
            .enumerate()
            .filter(move |(_, line)| names(line, &word));
        lines.map(|(i, _)| format!("src/{}:{}", self.path, i + 1))
    }

    /// The top modules that the file names, each with its line: `crate::x` and `crate::{x, y::z}`.
    pub fn imports(&self) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        for (number, line) in self.text.lines().enumerate() {
            for (at, _) in line.match_indices("crate::") {
                let after = &line[at + "crate::".len()..];
                let parts: Vec<&str> = match after.strip_prefix('{') {
                    Some(list) => list.split(',').collect(),
                    None => vec![after],
                };
                let word = |part: &str| {
                    part.trim()
                        .chars()
                        .take_while(|c| c.is_alphanumeric() || *c == '_')
                        .collect::<String>()
                };
                found.extend(
                    parts
                        .into_iter()
                        .map(word)
                        .filter(|w| !w.is_empty())
                        .map(|w| (number + 1, w)),
                );
            }
        }
        found
    }
}

/// Whether the line has the word, and not as the end of a longer one.
fn names(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || c == '_') || word.starts_with('.')
    })
}

/// Every file of `src`.
pub fn sources() -> Vec<Source> {
    let root = project().join("src");
    let mut found = Vec::new();
    walk(&root, &mut |path| {
        if path.extension().is_some_and(|e| e == "rs") {
            let below = path.strip_prefix(&root).expect("below src").to_str().expect("UTF-8");
            let text = fs::read_to_string(path).expect("a source");
            found.push(Source::new(&below.replace('\\', "/"), &text));
        }
    });
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// The code that users run: no tests, no comments.
pub fn production() -> Vec<Source> {
    let all = sources();
    let tests: Vec<String> = all.iter().flat_map(Source::test_modules).collect();
    let of_tests = |path: &str| {
        tests
            .iter()
            .any(|test| path == format!("{test}.rs") || path.starts_with(&format!("{test}/")))
    };
    all.iter()
        .filter(|file| !of_tests(&file.path))
        .map(Source::code)
        .collect()
}

pub fn walk(folder: &Path, visit: &mut dyn FnMut(&Path)) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            walk(&path, visit);
        } else {
            visit(&path);
        }
    }
}
