//! What each module and block holds under a name, sorted so that it is found fast.

use rayon::prelude::*;

use super::facts::{Scope, space};
use super::hash::FastMap;
use super::symbols::Symbol;
use super::tree::{Body, Forest, position};

mod table;

pub use table::{Table, builds, builds_of, builds_under, hidden};

/// What a name means in a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meaning {
    /// A module.
    Module(u32),
    /// An item of a body's scope, by position; the module that it lives in.
    Item {
        /// The module; of a macro that is exported, the one in which it stands.
        home: u32,
        /// The file that defines it.
        file: u32,
        /// The scope in that file.
        scope: u32,
        /// The position in the scope.
        index: u32,
    },
    /// An import of a body's scope.
    Import(ImportId),
}

/// Names an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ImportId {
    /// The module from which its path is looked up.
    pub node: u32,
    /// The file.
    pub file: u32,
    /// The scope in the file.
    pub scope: u32,
    /// The position in the scope.
    pub index: u32,
    /// The position among all imports, as [`Tables`] counts them.
    pub number: u32,
}

/// The tables of all modules and blocks.
#[derive(Debug, Default)]
pub struct Tables {
    /// By node.
    modules: Vec<Table>,
    /// By node, file and scope: the blocks that hold something.
    blocks: FastMap<(u32, u32, u32), Table>,
    /// By node, file and scope: the number of the first import.
    firsts: FastMap<(u32, u32, u32), u32>,
    /// Every import, by number.
    pub imports: Vec<ImportId>,
    /// By name: whether it may be a macro's somewhere.
    macros: Vec<bool>,
}

impl Tables {
    /// Those of a forest.
    pub fn new(forest: &Forest) -> Self {
        let mut exported: Vec<Vec<(Symbol, u32, Meaning)>> = vec![Vec::new(); forest.nodes.len()];
        for (home, node) in (0u32..).zip(&forest.nodes) {
            let root = forest.crates[node.of as usize].root;
            for body in &node.bodies {
                exports(forest, *body, home, &mut exported[root as usize]);
            }
        }
        let (firsts, imports) = numbered(forest);
        let module = |(node, exported): (usize, Vec<(Symbol, u32, Meaning)>)| {
            let mut filling = Filling {
                forest,
                firsts: &firsts,
                node: position(node),
                table: Table::default(),
            };
            filling.table.names.extend(exported);
            for child in forest.nodes[node].children.iter().copied() {
                // A module in a function is named by nobody outside of it.
                let of_path = forest.nodes[child as usize].unit == child;
                if let Some(name) = forest.nodes[child as usize].name.filter(|_| of_path) {
                    let spaces = space::TYPE | builds_of(forest, child);
                    filling.table.names.push((name, spaces, Meaning::Module(child)));
                }
            }
            let mut blocks = Vec::new();
            for body in &forest.nodes[node].bodies {
                filling.scope(*body);
                for block in &forest.files[body.file as usize].blocks[body.scope as usize] {
                    let mut inner = Filling {
                        forest,
                        firsts: &firsts,
                        node: position(node),
                        table: Table::default(),
                    };
                    inner.scope(Body { scope: *block, ..*body });
                    blocks.push(((position(node), body.file, *block), inner.finish()));
                }
            }
            (filling.finish(), blocks)
        };
        let filled: Vec<_> = exported.into_par_iter().enumerate().map(module).collect();
        let mut tables = Self {
            modules: Vec::with_capacity(filled.len()),
            blocks: FastMap::default(),
            firsts: FastMap::default(),
            imports,
            macros: macros(forest),
        };
        for (module, blocks) in filled {
            tables.modules.push(module);
            tables.blocks.extend(blocks);
        }
        tables.firsts = firsts;
        tables
    }

    /// Whether a lone name may mean a macro that was seen, or that is imported by this name.
    pub fn may_be_macro(&self, name: Symbol) -> bool {
        self.macros.get(name as usize).is_some_and(|is| *is)
    }

    /// The import at a position of a scope, in a module that its file is part of.
    pub fn import(&self, node: u32, file: u32, scope: u32, index: u32) -> ImportId {
        let first = self.firsts.get(&(node, file, scope)).copied().unwrap_or_default();
        self.imports[(first + index) as usize]
    }

    /// Leaves out imports, each in the namespaces that are not given for it.
    pub fn narrow(&mut self, spaces: impl Fn(ImportId) -> u32 + Sync) {
        let narrow = |table: &mut Table| {
            table.names.retain_mut(|(_, of, meaning)| {
                if let Meaning::Import(id) = meaning {
                    *of &= spaces(*id) | !space::ALL;
                }
                *of & space::ALL != 0
            });
        };
        self.modules.par_iter_mut().for_each(narrow);
        self.blocks.par_iter_mut().for_each(|(_, table)| narrow(table));
    }

    /// Hides imports, in the namespaces that are not given for them, until [`Tables::show`].
    pub fn hide(&mut self, spaces: impl Fn(ImportId) -> u32) {
        for table in self.modules.iter_mut().chain(self.blocks.values_mut()) {
            let seen = |(name, of, meaning): &(Symbol, u32, Meaning)| match meaning {
                Meaning::Import(id) => (*name, of & (spaces(*id) | !space::ALL), *meaning),
                _ => (*name, *of, *meaning),
            };
            if table.names.iter().any(|entry| seen(entry) != *entry) {
                let seen = table.names.iter().map(seen);
                let seen = seen.filter(|(_, of, _)| of & space::ALL != 0).collect();
                table.whole = Some(std::mem::replace(&mut table.names, seen));
            }
        }
    }

    /// Shows again what was hidden.
    pub fn show(&mut self) {
        for table in self.modules.iter_mut().chain(self.blocks.values_mut()) {
            if let Some(whole) = table.whole.take() {
                table.names = whole;
            }
        }
    }

    /// That of a module.
    pub fn module(&self, node: u32) -> &Table {
        &self.modules[node as usize]
    }

    /// That of a block, in a module that its file is part of.
    pub fn block(&self, node: u32, file: u32, scope: u32) -> Option<&Table> {
        self.blocks.get(&(node, file, scope))
    }
}

/// The names of macros and of imports, and those that `#[macro_use]` lists.
fn macros(forest: &Forest) -> Vec<bool> {
    let mut known = vec![false; forest.symbols.count()];
    for file in &forest.files {
        for scope in &file.facts.scopes {
            let items = scope.items.iter().filter(|item| item.spaces & space::MACRO != 0);
            let items = items.map(|item| item.name);
            let imports = scope.imports.iter();
            let imports = imports.flat_map(|import| import.name.iter().chain(import.macros.iter().flatten()));
            for name in items.chain(imports.copied()) {
                known[file.symbols[name as usize] as usize] = true;
            }
        }
    }
    known
}

/// The number of an import by where it stands: node, scope and place.
type Numbers = FastMap<(u32, u32, u32), u32>;

/// Every import, those of one scope in a row, and where each row starts.
fn numbered(forest: &Forest) -> (Numbers, Vec<ImportId>) {
    let mut firsts = FastMap::default();
    let mut imports = Vec::new();
    for (node, Body { file, scope, .. }) in (0u32..)
        .zip(&forest.nodes)
        .flat_map(|(id, node)| node.bodies.iter().map(move |body| (id, *body)))
    {
        let read = &forest.files[file as usize];
        for scope in std::iter::once(scope).chain(read.blocks[scope as usize].iter().copied()) {
            // A scope that two parts of a module share is the same in both.
            if firsts.contains_key(&(node, file, scope)) {
                continue;
            }
            firsts.insert((node, file, scope), position(imports.len()));
            for index in 0..position(read.facts.scopes[scope as usize].imports.len()) {
                imports.push(ImportId {
                    node,
                    file,
                    scope,
                    index,
                    number: position(imports.len()),
                });
            }
        }
    }
    (firsts, imports)
}

/// The macros of a body that the crate's root names, too.
fn exports(forest: &Forest, body: Body, home: u32, out: &mut Vec<(Symbol, u32, Meaning)>) {
    let file = &forest.files[body.file as usize];
    let blocks = &file.blocks[body.scope as usize];
    for scope in std::iter::once(body.scope).chain(blocks.iter().copied()) {
        for (index, item) in (0u32..).zip(&file.facts.scopes[scope as usize].items) {
            if item.exported {
                let meaning = Meaning::Item {
                    home,
                    file: body.file,
                    scope,
                    index,
                };
                let spaces = item.spaces | builds(forest, home, body, item.when, item.test);
                out.push((file.symbols[item.name as usize], spaces, meaning));
            }
        }
    }
}

struct Filling<'f> {
    forest: &'f Forest,
    firsts: &'f FastMap<(u32, u32, u32), u32>,
    node: u32,
    table: Table,
}

impl Filling<'_> {
    fn scope(&mut self, body: Body) {
        let file = &self.forest.files[body.file as usize];
        let facts: &Scope = &file.facts.scopes[body.scope as usize];
        for (index, item) in (0u32..).zip(&facts.items) {
            let meaning = Meaning::Item {
                home: self.node,
                file: body.file,
                scope: body.scope,
                index,
            };
            let spaces = item.spaces | builds(self.forest, self.node, body, item.when, item.test);
            self.table
                .names
                .push((file.symbols[item.name as usize], spaces, meaning));
        }
        let first = self.firsts.get(&(self.node, body.file, body.scope)).copied();
        for (index, import) in (0u32..).zip(&facts.imports) {
            let id = ImportId {
                node: self.node,
                file: body.file,
                scope: body.scope,
                index,
                number: first.unwrap_or_default() + index,
            };
            let of = builds(self.forest, self.node, body, import.when, import.test);
            if import.glob {
                self.table.globs.push((of, id));
            } else if let Some(name) = import.name {
                let entry = (file.symbols[name as usize], space::ALL | of, Meaning::Import(id));
                self.table.names.push(entry);
            }
        }
    }

    fn finish(mut self) -> Table {
        // Stable, so that those of one name keep their order.
        self.table.names.sort_by_key(|(name, ..)| *name);
        self.table
    }
}
