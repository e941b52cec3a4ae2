//! Where the file of a `mod` is looked for: `rustc_expand::module`.

use camino::{Utf8Path, Utf8PathBuf};

use super::super::facts::ModuleDeclaration;
use crate::workspace::manifests::paths::normalize;

/// Where the modules of a scope are looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    /// The folder of the file, with those of inline modules.
    pub path: Utf8PathBuf,
    /// The name of the file where that is not `mod.rs` or its like: its modules lie in a folder of this name.
    pub below: Option<String>,
}

impl Folder {
    /// That of a file which is a module by itself: a root, `mod.rs`, or one that `#[path]` or `include!` names.
    pub fn of_file(file: &Utf8Path) -> Self {
        Self {
            path: file.parent().unwrap_or(file).to_owned(),
            below: None,
        }
    }

    /// The file that a path names which is written in this folder, with the folder of its own modules.
    pub fn named(&self, path: &str) -> (Utf8PathBuf, Self) {
        let file = normalize(&self.path.join(path));
        let folder = Self::of_file(&file);
        (file, folder)
    }

    /// That of an inline module.
    pub fn of_inline(&self, name: &str, path: Option<&str>) -> Self {
        if let Some(path) = path {
            return Self {
                path: self.path.join(path),
                below: None,
            };
        }
        let mut inner = self.path.clone();
        if let Some(below) = &self.below {
            inner.push(below);
        }
        inner.push(name);
        Self {
            path: inner,
            below: None,
        }
    }

    /// The files that `mod name;` may mean, each with the folder of its own modules: those of `#[path]`, or `name.rs` and
    /// `name/mod.rs`, behind those of each alternative. `owned` says that a file without `#[path]` is allowed, which it is not in a function.
    pub fn candidates(
        &self,
        name: &str,
        declaration: &ModuleDeclaration,
        owned: bool,
    ) -> Vec<Vec<(Utf8PathBuf, Self)>> {
        let mut found: Vec<Vec<(Utf8PathBuf, Self)>> = declaration
            .alternatives
            .iter()
            .map(|other| vec![self.named(&other.path)])
            .collect();
        match &declaration.path {
            Some(path) => found.push(vec![self.named(path)]),
            None if owned => found.push(self.usual(name)),
            None => {}
        }
        found
    }

    fn usual(&self, name: &str) -> Vec<(Utf8PathBuf, Self)> {
        let mut folder = self.path.clone();
        if let Some(below) = &self.below {
            folder.push(below);
        }
        let folder = normalize(&folder);
        let beside = Self {
            path: folder.clone(),
            below: Some(name.to_owned()),
        };
        let within = folder.join(name).join("mod.rs");
        let own = Self::of_file(&within);
        vec![(folder.join(format!("{name}.rs")), beside), (within, own)]
    }
}
