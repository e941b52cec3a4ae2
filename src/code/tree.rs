//! Joins the files of every target by their `mod`s, as rustc does: one tree of modules a target.

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use super::cache::Cache;
use super::hash::FastMap;
use super::load::{Loaded, load};
use super::symbols::{Symbol, Symbols};
use crate::source::{SourceFile, Sources, Tree, display_path};
use crate::workspace::targets::roots;
use crate::workspace::{NodeId, Workspace};

mod complain;
mod declared;
mod files;
mod forest;
mod mount;

pub use forest::{Body, Condition, Crate, File, Forest, Node, Origin};
pub use mount::Mount;

/// More modules than this are not read: only files that include one another over and over make so many.
const MOST_MODULES: usize = 200_000;

/// Reads every target of these members.
pub fn read(workspace: &Workspace, members: &[NodeId], sources: &mut Sources, cache: Option<&Cache>) -> Forest {
    let mut builder = Builder::new(workspace, sources.tree().clone(), cache);
    let mut waiting = Vec::new();
    for (member, description) in members.iter().filter_map(|id| Some((*id, workspace.member(*id)?))) {
        builder.forest.unfollowed.entry(member).or_default();
        for root in roots(description, sources) {
            waiting.push(builder.target(member, root));
        }
    }
    while !waiting.is_empty() {
        builder.load(&waiting, sources);
        let mut next = Vec::new();
        for mount in waiting {
            builder.mount(&mount, &mut next);
        }
        waiting = next;
    }
    builder.finish()
}

/// Grows a [`Forest`].
pub struct Builder<'a> {
    workspace: &'a Workspace,
    tree: Tree,
    cache: Option<&'a Cache>,
    pub(super) forest: Forest,
    /// What stands at each path that was asked for.
    found: FastMap<Utf8PathBuf, Found>,
    /// The children of a module by their names.
    children: FastMap<(u32, Symbol), u32>,
}

/// What stands at a path.
#[derive(Clone, Debug)]
enum Found {
    Nothing,
    File(u32),
    Unreadable(String),
}

impl<'a> Builder<'a> {
    fn new(workspace: &'a Workspace, tree: Tree, cache: Option<&'a Cache>) -> Self {
        Self {
            workspace,
            tree,
            cache,
            forest: Forest {
                crates: Vec::new(),
                nodes: Vec::new(),
                files: Vec::new(),
                symbols: Symbols::default(),
                unread: Vec::new(),
                unfollowed: FastMap::default(),
            },
            found: FastMap::default(),
            children: FastMap::default(),
        }
    }

    /// Reads the files that these wait for and that were not read yet, at once.
    fn load(&mut self, waiting: &[Mount], sources: &mut Sources) {
        let mut wanted: Vec<&Utf8Path> = Vec::new();
        for path in waiting.iter().flat_map(|mount| &mount.candidates) {
            if !self.found.contains_key(path) && self.is_inside(path) {
                wanted.push(path);
            }
        }
        wanted.sort_unstable();
        wanted.dedup();
        let (tree, cache) = (&self.tree, self.cache);
        let loaded: Vec<(Utf8PathBuf, Result<Option<Loaded>, String>)> = wanted
            .into_par_iter()
            .map(|path| (path.to_owned(), load(tree, path, cache)))
            .collect();
        for (path, loaded) in loaded {
            let found = match loaded {
                Ok(None) => Found::Nothing,
                Err(why) => Found::Unreadable(why),
                Ok(Some(loaded)) => Found::File(self.add(&path, loaded, sources)),
            };
            self.found.insert(path, found);
        }
    }

    fn add(&mut self, path: &Utf8Path, loaded: Loaded, sources: &mut Sources) -> u32 {
        let shown = display_path(&self.workspace.root, path);
        let id = sources.add(SourceFile::new(shown, path.to_owned(), loaded.text));
        let facts = loaded.facts;
        let mut blocks = vec![Vec::new(); facts.scopes.len()];
        // A scope stands behind the one around it, so that its module is known by then.
        let mut modules: Vec<u32> = Vec::with_capacity(facts.scopes.len());
        for (position, scope) in (0u32..).zip(&facts.scopes) {
            let module = if scope.block {
                modules[scope.parent as usize]
            } else {
                position
            };
            modules.push(module);
            if scope.block {
                blocks[module as usize].push(position);
            }
        }
        let symbols = self.forest.symbols.of_facts(&facts);
        self.forest.files.push(File {
            id,
            path: path.to_owned(),
            facts,
            key: loaded.key,
            symbols,
            blocks,
        });
        position(self.forest.files.len() - 1)
    }

    /// Whether a file may be read: it lies in the workspace, or in the folder of a member.
    fn is_inside(&self, path: &Utf8Path) -> bool {
        let root = &self.workspace.root;
        path.starts_with(root)
            || self.workspace.members.iter().any(|member| {
                let outside = member.directory.starts_with("..");
                outside
                    && path.starts_with(crate::workspace::manifests::paths::normalize(
                        &root.join(&member.directory),
                    ))
            })
    }

    fn finish(self) -> Forest {
        self.forest
    }
}

/// A position as it is stored.
pub fn position(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
