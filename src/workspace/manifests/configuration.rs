//! Cargo's own configuration, as far as it bears on the graph: `.cargo/config.toml` (or the older `config`) beside the
//! root manifest, with what it includes. What lies above it or in cargo's home depends on the machine and is only told.

use std::collections::HashMap;

use camino::{Utf8Path, Utf8PathBuf};
use toml::de::{DeTable, DeValue};

use super::discovery::cargo_home;
use super::paths;
use super::raw::walk::{Value, Walk};
use super::raw::{RawPatch, patches};
use crate::error::{Problem, ProblemKind};
use crate::source::{SourceFile, Sources, Span, Tree, display_path};

/// What the workspace's own configuration says.
#[derive(Default)]
pub struct Configuration {
    /// Patches, the strongest first, each with the folder that its path is seen from.
    pub patches: Vec<(RawPatch, Utf8PathBuf)>,
    /// Index addresses by registry.
    pub registries: HashMap<String, String>,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// What only cargo can judge.
    pub foreign: Vec<Problem>,
    /// Configuration elsewhere that cargo would look at and the reader does not.
    pub notes: Vec<String>,
}

/// Reads the configuration of the workspace at `root`.
pub fn read(root: &Utf8Path, sources: &mut Sources) -> Configuration {
    let mut configuration = Configuration::default();
    if let Some((path, text)) = in_folder(sources.tree(), &root.join(".cargo")) {
        let mut stack = Vec::new();
        configuration.file(root, &path, text, None, &mut stack, sources);
    }
    configuration.elsewhere(root);
    configuration
}

/// The configuration file of a folder; the name without an ending wins, as in cargo.
fn in_folder(tree: &Tree, folder: &Utf8Path) -> Option<(Utf8PathBuf, std::io::Result<String>)> {
    ["config", "config.toml"].into_iter().find_map(|name| {
        let path = folder.join(name);
        match tree.read_text(&path) {
            Err(error) if is_absent(&error) => None,
            read => Some((path, read)),
        }
    })
}

/// A missing file, or a folder of that name, says nothing.
fn is_absent(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{IsADirectory, NotADirectory, NotFound};
    matches!(error.kind(), NotFound | NotADirectory | IsADirectory)
}

impl Configuration {
    /// Reads one file, then what it includes, which is weaker: of what is included the last is the strongest.
    fn file(
        &mut self,
        root: &Utf8Path,
        path: &Utf8Path,
        text: std::io::Result<String>,
        from: Option<Span>,
        stack: &mut Vec<Utf8PathBuf>,
        sources: &mut Sources,
    ) {
        let text = text.unwrap_or_else(|error| {
            let cause = match error.kind() {
                std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
                _ => error.to_string(),
            };
            let message = format!("`{}` could not be read: {cause}", display_path(root, path));
            let mut problem = Problem::new(ProblemKind::Workspace, message);
            if let Some(span) = from {
                problem = problem.at(span, "included here");
            }
            let help = "make it a readable file of UTF-8; cargo reads it too";
            self.problems.push(problem.help(help));
            String::new()
        });
        let id = sources.add(SourceFile::new(
            display_path(root, path),
            path.to_owned(),
            text.as_str(),
        ));
        let mut walk = Walk::new(id);
        match walk.document(&text) {
            Ok(document) => {
                let weaker = self.keys(&mut walk, document.get_ref(), path);
                stack.push(path.to_owned());
                for (name, optional, range) in weaker.into_iter().rev() {
                    let included = paths::join(path.parent().unwrap_or(path), &name);
                    if stack.contains(&included) {
                        walk.problem(
                            range,
                            "the file is included by itself",
                            "a circle",
                            "remove one of the includes",
                        );
                        continue;
                    }
                    match sources.tree().read_text(&included) {
                        Err(error) if optional && is_absent(&error) => {}
                        read => self.file(root, &included, read, Some(walk.span(range)), stack, sources),
                    }
                }
                stack.pop();
            }
            Err(problems) => self.problems.extend(problems),
        }
        self.problems.append(&mut walk.problems);
        self.foreign.append(&mut walk.foreign);
    }

    /// The keys of one file; what it includes comes back, in its order, with whether it may be missing.
    fn keys(
        &mut self,
        walk: &mut Walk,
        document: &DeTable<'_>,
        path: &Utf8Path,
    ) -> Vec<(String, bool, std::ops::Range<usize>)> {
        let mut includes = Vec::new();
        // Paths are seen from the folder that holds the folder of the file.
        let folder = path.parent().and_then(Utf8Path::parent).unwrap_or(path);
        for (key, value) in document {
            match key.get_ref().as_ref() {
                "patch" => self.patch(walk, value, folder),
                "registries" => self.registries(walk, value),
                "include" => includes = included(walk, value),
                "paths" => walk.foreign(
                    key.span(),
                    "`paths` overrides packages in a way that only cargo can follow",
                ),
                other if KNOWN.contains(&other) => {}
                other => walk.foreign(
                    key.span(),
                    format!("`{other}` is no key of cargo's configuration that is known"),
                ),
            }
        }
        includes
    }

    fn patch(&mut self, walk: &mut Walk, value: &Value<'_>, folder: &Utf8Path) {
        for patch in patches(walk, value) {
            let same =
                |other: &RawPatch| other.source.value == patch.source.value && other.key.value == patch.key.value;
            if self.patches.iter().any(|(other, _)| same(other)) {
                let text = format!(
                    "`{}` is patched in two files of cargo's configuration, which only cargo merges",
                    patch.key.value
                );
                walk.foreign(patch.key.span.range(), text);
            }
            self.patches.push((patch, folder.to_owned()));
        }
    }

    fn registries(&mut self, walk: &mut Walk, value: &Value<'_>) {
        let Some(registries) = walk.table("registries", value) else {
            return;
        };
        for (name, value) in registries {
            let index = value.get_ref().as_table().and_then(|registry| registry.get("index"));
            if let Some(index) = index.and_then(|index| walk.string("index", index)) {
                self.registries.entry(name.get_ref().to_string()).or_insert(index);
            }
        }
    }

    /// Patches and overrides above the workspace and in cargo's home: they would make the verdict depend on the
    /// machine.
    fn elsewhere(&mut self, root: &Utf8Path) {
        let above = root.ancestors().skip(1).map(|folder| folder.join(".cargo"));
        let mut folders: Vec<_> = above.collect();
        folders.extend(cargo_home().filter(|home| *home != root.join(".cargo")));
        folders.dedup();
        let mut told = Vec::new();
        for folder in folders {
            let Some((path, Ok(text))) = in_folder(&Tree::default(), &folder) else {
                continue;
            };
            let Ok(document) = DeTable::parse(&text) else { continue };
            for key in ["patch", "paths"] {
                if document.get_ref().contains_key(key) && !told.contains(&(path.clone(), key)) {
                    self.notes.push(format!(
                        "`{key}` in `{path}` is not applied: it lies outside of the workspace, and the verdict must be \
                         the same on every machine"
                    ));
                    told.push((path.clone(), key));
                }
            }
        }
    }
}

/// `include`: a list of paths, or of tables with `path` and `optional`.
fn included(walk: &mut Walk, value: &Value<'_>) -> Vec<(String, bool, std::ops::Range<usize>)> {
    let DeValue::Array(items) = value.get_ref() else {
        walk.wrong_type("include", value, "a list of paths");
        return Vec::new();
    };
    let mut includes = Vec::new();
    for item in items {
        let (path, optional) = match item.get_ref() {
            DeValue::Table(table) => {
                let path = table.get("path").and_then(|path| walk.string("path", path));
                let optional = table
                    .get("optional")
                    .and_then(|optional| walk.boolean("optional", optional));
                (path, optional == Some(true))
            }
            _ => (walk.string("include", item), false),
        };
        includes.extend(path.map(|path| (path, optional, item.span())));
    }
    includes
}

/// The other top-level keys of cargo's configuration (`TOP_LEVEL_CONFIG_KEYS`, and those that only a nightly heeds).
const KNOWN: [&str; 20] = [
    "alias",
    "build",
    "credential-alias",
    "doc",
    "env",
    "future-incompat-report",
    "cache",
    "cargo-new",
    "http",
    "install",
    "net",
    "profile",
    "resolver",
    "registry",
    "source",
    "target",
    "term",
    "unstable",
    "host",
    "lints",
];
