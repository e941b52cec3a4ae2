//! Joins the files of every target by their `mod`s, as rustc does: one tree of modules a target.

use camino::{Utf8Path, Utf8PathBuf};

use super::cache::Cache;
use super::hash::FastMap;
use super::load::Loaded;
use super::pace::Pace;
use super::symbols::{Symbol, Symbols};
use crate::source::{SourceFile, Sources, Tree, display_path};
use crate::workspace::manifests::paths::normalize;
use crate::workspace::targets::roots;
use crate::workspace::{NodeId, Workspace};

mod ahead;
mod complain;
mod declared;
mod files;
mod forest;
mod mount;

use ahead::{Ahead, Wanted};
pub use forest::{Body, Condition, Crate, File, Forest, Node, Origin};
pub use mount::Mount;

/// More modules than this are not read: only files that include one another over and over make so many.
const MOST_MODULES: usize = 200_000;

/// Reads every target of these members; nothing where reading is stopped.
pub fn read(
    pace: &Pace,
    workspace: &Workspace,
    members: &[NodeId],
    sources: &mut Sources,
    cache: Option<&Cache>,
) -> Option<Forest> {
    let mut builder = Builder::new(pace, workspace, sources.tree().clone(), cache);
    let roots = builder.roots(members, sources);
    builder.grow(roots, sources);
    (!pace.is_stopped()).then_some(builder.forest)
}

/// Grows a [`Forest`].
pub struct Builder<'a> {
    pace: &'a Pace,
    workspace: &'a Workspace,
    tree: Tree,
    cache: Option<&'a Cache>,
    pub(super) forest: Forest,
    /// What was read before its turn.
    ahead: Ahead,
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
    fn new(pace: &'a Pace, workspace: &'a Workspace, tree: Tree, cache: Option<&'a Cache>) -> Self {
        Self {
            pace,
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
            ahead: Ahead::default(),
            found: FastMap::default(),
            children: FastMap::default(),
        }
    }

    /// The targets of these members, whose files wait to be read.
    fn roots(&mut self, members: &[NodeId], sources: &Sources) -> Vec<Mount> {
        let workspace = self.workspace;
        let mut waiting = Vec::new();
        for (member, description) in members.iter().filter_map(|id| Some((*id, workspace.member(*id)?))) {
            self.forest.unfollowed.entry(member).or_default();
            for root in roots(description, sources) {
                waiting.push(self.target(member, root));
            }
        }
        waiting
    }

    /// Puts all in place, one generation of modules after the other.
    fn grow(&mut self, mut waiting: Vec<Mount>, sources: &mut Sources) {
        while !waiting.is_empty() && !self.pace.is_stopped() {
            self.load(&waiting, sources);
            let mut next = Vec::new();
            for mount in waiting {
                self.mount(&mount, &mut next);
            }
            waiting = next;
        }
    }

    /// Takes in the files that these wait for and that were not asked for yet, in an order that depends on them alone. What
    /// was not read before its turn is read, with all that it asks for.
    fn load(&mut self, waiting: &[Mount], sources: &mut Sources) {
        let is_new = |path: &Utf8Path| !self.found.contains_key(path) && is_inside(self.workspace, path);
        let is_wanted = |path: &Utf8Path| is_new(path) && !self.ahead.contains_key(path);
        let missing = waiting
            .iter()
            .flat_map(|mount| self.missing(mount, is_wanted))
            .collect();
        let read = ahead::read(self.pace, &self.tree, self.cache, &is_wanted, missing);
        let candidates = waiting.iter().flat_map(|mount| &mount.candidates);
        let mut wanted: Vec<&Utf8PathBuf> = candidates.filter(|path| is_new(path)).collect();
        wanted.sort_unstable();
        wanted.dedup();
        self.ahead.extend(read);
        for path in wanted {
            let found = match self.ahead.remove(path) {
                None | Some(Ok(None)) => Found::Nothing,
                Some(Err(why)) => Found::Unreadable(why),
                Some(Ok(Some(loaded))) => Found::File(self.add(path, loaded, sources)),
            };
            self.found.insert(path.clone(), found);
        }
    }

    /// The files that a module waits for, of those that are wanted.
    fn missing(&self, mount: &Mount, is_wanted: impl Fn(&Utf8Path) -> bool) -> Vec<Wanted> {
        let files = mount.candidates.iter().zip(&mount.folders);
        let files = files.filter(|(path, _)| is_wanted(path));
        let around = || mount.around.iter().map(|file| self.forest.files[*file as usize].key);
        let wanted = files.map(|(path, folder)| Wanted {
            path: path.clone(),
            folder: folder.clone(),
            around: around().collect(),
        });
        wanted.collect()
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
}

/// Whether a file may be read: it lies in the workspace, or in the folder of a member.
fn is_inside(workspace: &Workspace, path: &Utf8Path) -> bool {
    let root = &workspace.root;
    path.starts_with(root)
        || workspace.members.iter().any(|member| {
            let outside = member.directory.starts_with("..");
            outside && path.starts_with(normalize(&root.join(&member.directory)))
        })
}

/// A position as it is stored.
pub fn position(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
