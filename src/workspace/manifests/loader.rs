//! Reads and parses manifests, many at once and each only once.

use std::collections::HashMap;
use std::io::ErrorKind;

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use super::raw::{self, RawDependency, RawManifest};
use crate::error::{Problem, ProblemKind};
use crate::source::{FileId, SourceFile, Sources, Span, Tree, display_path};

/// One file that was asked for.
pub struct File {
    /// Its place on disk, normalized.
    pub path: Utf8PathBuf,
    text: String,
    /// What it holds, or why it could not be read.
    pub content: Result<RawManifest, Failure>,
}

/// Why a file could not be read.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The sort of failure, as the system has it.
    pub kind: ErrorKind,
    /// What the system says.
    pub message: String,
}

impl File {
    /// The folder that it lies in.
    pub fn directory(&self) -> &Utf8Path {
        self.path.parent().unwrap_or(&self.path)
    }
}

/// Every manifest that was asked for in one reading, in that order, which does not depend on threads.
pub struct Loader {
    base: usize,
    files: Vec<File>,
    /// By the path's text, which compares faster than its components and is as good where all are normalized.
    by_path: HashMap<String, usize>,
    /// Files with `[workspace]`, in the order of their reading.
    roots: Vec<usize>,
    tree: Tree,
}

impl Loader {
    /// Nothing read yet; the files' ids follow those of `sources`.
    pub fn new(sources: &Sources) -> Self {
        Self {
            base: sources.len(),
            files: Vec::new(),
            by_path: HashMap::new(),
            roots: Vec::new(),
            tree: sources.tree().clone(),
        }
    }

    /// Reads those that are not read yet, in parallel.
    pub fn load(&mut self, paths: &[Utf8PathBuf]) {
        let start = self.files.len();
        let mut wanted = Vec::new();
        for path in paths {
            let index = start + wanted.len();
            if let std::collections::hash_map::Entry::Vacant(entry) = self.by_path.entry(path.to_string()) {
                entry.insert(index);
                wanted.push((path, FileId::new(self.base + index)));
            }
        }
        let tree = &self.tree;
        let read = |(path, id): (&Utf8PathBuf, FileId)| read(tree, path, id);
        if wanted.len() < 2 {
            self.files.extend(wanted.into_iter().map(read));
        } else {
            self.files.par_extend(wanted.into_par_iter().map(read));
        }
        for (index, file) in self.files.iter().enumerate().skip(start) {
            if file.content.as_ref().is_ok_and(|raw| raw.workspace.is_some()) {
                self.roots.push(index);
            }
        }
    }

    /// Where the files are read from.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The file at this path, which is read if need be.
    pub fn file(&mut self, path: &Utf8Path) -> &File {
        if !self.by_path.contains_key(path.as_str()) {
            self.load(&[path.to_owned()]);
        }
        &self.files[self.by_path[path.as_str()]]
    }

    /// The file at this path, if it was read.
    pub fn get(&self, path: &Utf8Path) -> Option<&File> {
        self.by_path.get(path.as_str()).map(|index| &self.files[*index])
    }

    /// The manifest at this path, if it was read and could be.
    pub fn manifest(&self, path: &Utf8Path) -> Option<&RawManifest> {
        self.get(path)?.content.as_ref().ok()
    }

    /// Takes the dependencies out of a manifest: they are most of it, and nothing but their reader needs them.
    pub fn take_dependencies(&mut self, path: &Utf8Path) -> Vec<RawDependency> {
        let index = self.by_path.get(path.as_str());
        let raw = index.and_then(|index| self.files[*index].content.as_mut().ok());
        raw.map(|raw| std::mem::take(&mut raw.dependencies)).unwrap_or_default()
    }

    /// The id of the file at this path, if it was read.
    pub fn id(&self, path: &Utf8Path) -> Option<FileId> {
        self.by_path
            .get(path.as_str())
            .map(|index| FileId::new(self.base + index))
    }

    /// Every manifest with `[workspace]` that was read.
    pub fn roots(&self) -> impl Iterator<Item = &File> {
        self.roots.iter().map(|index| &self.files[*index])
    }

    /// Hands all texts over, shown relative to `root`. Nothing may be loaded after that: the ids are given.
    pub fn finish(&mut self, root: &Utf8Path, sources: &mut Sources) {
        for file in &mut self.files {
            let shown = display_path(root, &file.path);
            sources.add(SourceFile::new(
                shown,
                file.path.clone(),
                std::mem::take(&mut file.text),
            ));
        }
    }
}

/// Reads one file. One that is not UTF-8 is a manifest with a problem where the first foreign byte stands.
fn read(tree: &Tree, path: &Utf8Path, id: FileId) -> File {
    let (text, content) = match tree.read(path) {
        Err(error) => {
            let failure = Failure {
                kind: error.kind(),
                message: error.to_string(),
            };
            (String::new(), Err(failure))
        }
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => {
                let manifest = raw::parse(&text, id);
                (text, Ok(manifest))
            }
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                let end = (at + char::REPLACEMENT_CHARACTER.len_utf8()).min(text.len());
                let problem = Problem::new(ProblemKind::Workspace, "the manifest is not valid UTF-8")
                    .at(Span::new(id, at..end), "this byte is no UTF-8")
                    .help("save the file as UTF-8; cargo refuses it too");
                let manifest = RawManifest {
                    problems: vec![problem],
                    ..RawManifest::default()
                };
                (text, Ok(manifest))
            }
        },
    };
    File {
        path: path.to_owned(),
        text,
        content,
    }
}
