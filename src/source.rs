//! Files that findings point into: their text, spans in them, and the lines and columns that people read.

use std::sync::{Arc, OnceLock};

use camino::{Utf8Path, Utf8PathBuf};
use serde::Serialize;

mod disk;
mod text;
mod tree;

pub use disk::read_text;
pub use text::{is_obeyed, printable, toml_string};
pub use tree::{Past, Then, Tree};

/// Names one file of a [`Sources`]. Every span carries one, so that a second configuration file is an addition and
/// not a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(u32);

impl FileId {
    /// The file at this position of its [`Sources`].
    #[must_use]
    pub fn new(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// The file's position in its [`Sources`].
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A range of bytes in one file: `start` is its first byte, `end` the one after its last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

impl Span {
    /// The span of `range` in `file`. Offsets past four gigabytes are cut: no reader accepts such a file.
    #[must_use]
    pub fn new(file: FileId, range: std::ops::Range<usize>) -> Self {
        let cut = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self {
            file,
            start: cut(range.start),
            end: cut(range.end),
        }
    }

    /// The same range as `usize` offsets.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A value and where it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What was written.
    pub value: T,
    /// Where.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Joins a value with its place.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// One file that was read.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Relative to the workspace root where it lies below it, always with `/`.
    pub path: String,
    /// Where it lies on disk.
    pub absolute: Utf8PathBuf,
    /// The whole text, exactly as on disk: a byte order mark and carriage returns are kept, so that offsets hold.
    pub text: Arc<str>,
    line_starts: OnceLock<Vec<u32>>,
}

impl SourceFile {
    /// A file that was read from `absolute` and is shown as `path`.
    #[must_use]
    pub fn new(path: String, absolute: Utf8PathBuf, text: impl Into<Arc<str>>) -> Self {
        Self {
            path,
            absolute,
            text: text.into(),
            line_starts: OnceLock::new(),
        }
    }

    /// Offsets at which lines start; the first is 0. Computed once, and only for files that something points into.
    #[must_use]
    pub fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let breaks = self.text.bytes().enumerate().filter(|(_, b)| *b == b'\n');
            let after = breaks.map(|(i, _)| u32::try_from(i + 1).unwrap_or(u32::MAX));
            std::iter::once(0).chain(after).collect()
        })
    }

    /// The 0-based line that holds the byte at `offset`.
    #[must_use]
    pub fn line_of(&self, offset: usize) -> usize {
        let starts = self.line_starts();
        starts.partition_point(|s| *s as usize <= offset) - 1
    }

    /// 1-based line, and 1-based column in characters, of a byte offset. A byte order mark is not a column.
    #[must_use]
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let offset = offset.min(self.text.len());
        let line = self.line_of(offset);
        let start = self.line_starts()[line] as usize;
        let mut before = self.text.get(start..offset).unwrap_or_default();
        if line == 0 {
            before = before.trim_start_matches('\u{feff}');
        }
        (line + 1, before.chars().count() + 1)
    }
}

/// Every file that was read in one run. [`FileId`]s are positions in it.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
    tree: Tree,
}

impl Sources {
    /// None yet; to be read from here.
    #[must_use]
    pub fn from(tree: Tree) -> Self {
        Self {
            files: Vec::new(),
            tree,
        }
    }

    /// Where they are read from.
    #[must_use]
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// Takes in a file.
    pub fn add(&mut self, file: SourceFile) -> FileId {
        self.files.push(file);
        FileId::new(self.files.len() - 1)
    }

    /// Shows every file as one of a revision, as git names those.
    pub fn show_as_of(&mut self, revision: &str) {
        for file in &mut self.files {
            file.path = format!("{revision}:{}", file.path);
        }
    }

    /// The files, in the order of their ids.
    pub fn files(&self) -> impl Iterator<Item = &SourceFile> {
        self.files.iter()
    }

    /// How many files were read; also the id that [`Sources::add`] gives next.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// The file that a span points into.
    ///
    /// # Panics
    /// With an id of another `Sources`; ids come from [`Sources::add`] alone.
    #[must_use]
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.index()]
    }

    /// Where a span starts and ends, as people and editors count.
    #[must_use]
    pub fn location(&self, span: Span) -> Location {
        let file = self.file(span.file);
        let (line, column) = file.line_column(span.start as usize);
        let (end_line, end_column) = file.line_column(span.end as usize);
        Location {
            file: file.path.clone(),
            line,
            column,
            end_line,
            end_column,
            byte_start: span.start as usize,
            byte_end: span.end as usize,
            span,
        }
    }
}

/// A span as people and machines read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Location {
    /// The file, relative to the workspace root, with `/`.
    pub file: String,
    /// 1-based line of the first character.
    pub line: usize,
    /// 1-based column of the first character, counted in characters.
    pub column: usize,
    /// 1-based line of the place after the last character.
    pub end_line: usize,
    /// 1-based column of the place after the last character.
    pub end_column: usize,
    /// Offset of the first byte in the file.
    pub byte_start: usize,
    /// Offset after the last byte in the file.
    pub byte_end: usize,
    /// The same place for the reporters that quote the text.
    #[serde(skip)]
    #[cfg_attr(test, schemars(skip))]
    pub(crate) span: Span,
}

/// Whether a file holds Rust, by its name.
#[must_use]
pub fn is_rust(path: &str) -> bool {
    Utf8Path::new(path).extension() == Some("rs")
}

/// How `path` is shown: relative to `root` where that is possible without leaving more than a few folders, always
/// with `/`.
#[must_use]
pub fn display_path(root: &Utf8Path, path: &Utf8Path) -> String {
    let text = match path.strip_prefix(root) {
        Ok(below) if below.as_str().is_empty() => ".".to_owned(),
        Ok(below) => below.to_string(),
        Err(_) => relative_upwards(root, path).unwrap_or_else(|| path.to_string()),
    };
    slashed(&text)
}

/// A path as it is shown: with `/` where the platform writes `\`.
#[must_use]
pub fn slashed(path: &str) -> String {
    if std::path::MAIN_SEPARATOR == '\\' {
        path.replace('\\', "/")
    } else {
        path.to_owned()
    }
}

/// `../../x` for a path beside `root`; none where the two share nothing (another drive).
fn relative_upwards(root: &Utf8Path, path: &Utf8Path) -> Option<String> {
    let (from, to): (Vec<_>, Vec<_>) = (root.components().collect(), path.components().collect());
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    if shared == 0 {
        return None;
    }
    let up = std::iter::repeat_n("..", from.len() - shared);
    let down = to[shared..].iter().map(camino::Utf8Component::as_str);
    Some(up.chain(down).collect::<Vec<_>>().join("/"))
}
