//! Which modules and items of libraries can be named from outside.
//!
//! A module's own name hides what a glob of it brings under that name, as in rustc, and so what a glob leads to is open but
//! for the names that are hidden on every way to it.

use std::collections::{BTreeSet, VecDeque};

use super::super::facts::space;
use super::super::hash::FastMap;
use super::super::resolve::{End, Found, Resolver};
use super::super::symbols::Symbol;
use super::super::tree::Body;
use crate::workspace::targets::RootKind;

/// Names, each with the namespaces in which it is hidden.
type Hidden = FastMap<Symbol, u32>;

/// What can be named from outside.
pub struct Open<'r> {
    resolver: &'r Resolver<'r>,
    /// The modules, with what is hidden of them.
    modules: FastMap<u32, Hidden>,
    items: BTreeSet<(u32, Symbol)>,
}

impl<'r> Open<'r> {
    /// What can be named of all libraries.
    pub fn new(resolver: &'r Resolver<'r>) -> Self {
        let mut open = Self {
            resolver,
            modules: FastMap::default(),
            items: BTreeSet::new(),
        };
        let libraries = resolver.forest.crates.iter().filter(|of| of.kind == RootKind::Lib);
        for library in libraries {
            open.enter(library.root);
        }
        open
    }

    /// Whether a module, or some of what it holds, can be named.
    pub fn has_module(&self, node: u32) -> bool {
        self.modules.contains_key(&node)
    }

    /// Whether an item can be named.
    pub fn has_item(&self, home: u32, name: Symbol) -> bool {
        self.items.contains(&(home, name))
    }

    /// Whether what a module imports, under this name or by a glob, can be named by way of the module.
    pub fn has_import(&self, node: u32, name: Option<Symbol>, found: &Found) -> bool {
        self.modules
            .get(&node)
            .is_some_and(|hidden| self.is_shown(hidden, name, found))
    }

    /// Opens a library's root, and all that can be reached from it.
    fn enter(&mut self, library: u32) {
        let mut left = VecDeque::new();
        self.lead(&mut left, library, &Hidden::default());
        while let Some(node) = left.pop_front() {
            let hidden = self.modules.get(&node).cloned().unwrap_or_default();
            let nodes = &self.resolver.forest.nodes;
            for child in nodes[node as usize].children.iter().copied() {
                let module = &nodes[child as usize];
                let named = module.name.filter(|_| module.public && module.unit == child);
                if named.is_some_and(|name| remains(&hidden, name, space::TYPE)) {
                    self.lead(&mut left, child, &Hidden::default());
                }
            }
            for body in nodes[node as usize].bodies.iter().filter(|body| !body.test) {
                self.body(node, *body, &hidden, &mut left);
            }
        }
    }

    /// Opens a module but for what is hidden on this way to it as on all others. Where that is more than before, the module
    /// is left to be gone through, once for all the ways that are found until then.
    fn lead(&mut self, left: &mut VecDeque<u32>, node: u32, hidden: &Hidden) {
        let Some(known) = self.modules.get_mut(&node) else {
            self.modules.insert(node, hidden.clone());
            left.push_back(node);
            return;
        };
        let mut more = false;
        known.retain(|name, spaces| {
            let still = *spaces & hidden.get(name).copied().unwrap_or(0);
            more |= still != *spaces;
            *spaces = still;
            still != 0
        });
        if more && !left.contains(&node) {
            left.push_back(node);
        }
    }

    /// Opens what a part of a module shows, and notes the modules that it leads to.
    fn body(&mut self, node: u32, body: Body, hidden: &Hidden, left: &mut VecDeque<u32>) {
        let file = &self.resolver.forest.files[body.file as usize];
        let scope = &file.facts.scopes[body.scope as usize];
        for item in scope.items.iter().filter(|item| item.sight.public) {
            let name = file.symbols[item.name as usize];
            if remains(hidden, name, item.spaces) {
                self.items.insert((node, name));
            }
        }
        let mut below = None;
        for (index, import) in (0u32..).zip(&scope.imports) {
            if !import.sight.public || import.test {
                continue;
            }
            let id = self.resolver.tables.import(node, body.file, body.scope, index);
            let name = import.name.map(|name| file.symbols[name as usize]);
            for found in self.resolver.imported(id).iter().flat_map(Found::meanings) {
                match found.end {
                    End::Module(module) if self.resolver.root_of(module) != self.resolver.root_of(node) => {}
                    End::Module(module) if import.glob => {
                        let below = below.get_or_insert_with(|| self.below(node, hidden));
                        self.lead(left, module, below);
                    }
                    _ if !self.is_shown(hidden, name, found) => {}
                    End::Module(module) => self.lead(left, module, &Hidden::default()),
                    End::Item { home, name, .. } => {
                        self.items.insert((home, name));
                    }
                    _ => {}
                }
            }
        }
    }

    /// What is hidden behind a glob of a module: what is hidden of it, and what it has itself.
    fn below(&self, node: u32, hidden: &Hidden) -> Hidden {
        let mut all = hidden.clone();
        for (name, spaces) in self.resolver.tables.module(node).always() {
            *all.entry(name).or_default() |= spaces;
        }
        all
    }

    /// Whether an import brings something that is not hidden. Nobody knows in which namespaces that is which was not read:
    /// it is taken to be hidden where the name is in any.
    fn is_shown(&self, hidden: &Hidden, name: Option<Symbol>, found: &Found) -> bool {
        let Some(of) = name.and_then(|name| hidden.get(&name)) else {
            return true;
        };
        found.meanings().any(|found| match found.end {
            End::Module(_) => space::TYPE & !of != 0,
            End::Item { name, at, .. } => {
                let file = &self.resolver.forest.files[at.0 as usize];
                let item = self.resolver.forest.item(at);
                let is_variant = file.symbols[item.name as usize] != name;
                let spaces = if is_variant { space::ALL } else { item.spaces };
                spaces & !of != 0
            }
            End::Unseen(_) | End::Package(_) | End::Language => false,
        })
    }
}

/// Whether a name is not hidden in all of these namespaces.
fn remains(hidden: &Hidden, name: Symbol, spaces: u32) -> bool {
    spaces & space::ALL & !hidden.get(&name).copied().unwrap_or(0) != 0
}
