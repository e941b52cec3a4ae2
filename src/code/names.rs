//! What each module and block holds under a name, sorted so that it is found fast.

use rayon::prelude::*;

use super::facts::{Scope, space};
use super::hash::FastMap;
use super::symbols::Symbol;
use super::tree::{Body, Forest, position};

/// What a name means in a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meaning {
    /// A module.
    Module(u32),
    /// An item of a body's scope, by position; the module that it lives in.
    Item {
        /// The module.
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
}

/// What a scope holds.
#[derive(Debug, Default)]
pub struct Table {
    /// By name, with the namespaces that it is in as far as that is known; of imports of one name, those for tests come last.
    names: Vec<(Symbol, u32, Meaning)>,
    /// Its globs.
    pub globs: Vec<ImportId>,
}

impl Table {
    /// What a name may mean in one of these namespaces, the likeliest first.
    pub fn get(&self, name: Symbol, spaces: u32) -> impl Iterator<Item = Meaning> {
        let start = self.names.partition_point(|(other, ..)| *other < name);
        let named = self.names[start..].iter().take_while(move |(other, ..)| *other == name);
        named
            .filter(move |(_, of, _)| of & spaces != 0)
            .map(|(.., meaning)| *meaning)
    }
}

/// The tables of all modules and blocks.
#[derive(Debug)]
pub struct Tables {
    /// By node.
    modules: Vec<Table>,
    /// By node, file and scope: the blocks that hold something.
    blocks: FastMap<(u32, u32, u32), Table>,
}

impl Tables {
    /// Those of a forest.
    pub fn new(forest: &Forest) -> Self {
        let mut exported: Vec<Vec<(Symbol, u32, Meaning)>> = vec![Vec::new(); forest.nodes.len()];
        for node in &forest.nodes {
            let root = forest.crates[node.of as usize].root;
            for body in &node.bodies {
                exports(forest, *body, root, &mut exported[root as usize]);
            }
        }
        let module = |(node, exported): (usize, Vec<(Symbol, u32, Meaning)>)| {
            let mut filling = Filling {
                forest,
                node: position(node),
                table: Table::default(),
                late: Vec::new(),
            };
            filling.table.names.extend(exported);
            for child in forest.nodes[node].children.iter().copied() {
                // A module in a function is named by nobody outside of it.
                let of_path = forest.nodes[child as usize].unit == child;
                if let Some(name) = forest.nodes[child as usize].name.filter(|_| of_path) {
                    filling.table.names.push((name, space::TYPE, Meaning::Module(child)));
                }
            }
            let mut blocks = Vec::new();
            for body in &forest.nodes[node].bodies {
                filling.scope(*body);
                for block in &forest.files[body.file as usize].blocks[body.scope as usize] {
                    let mut inner = Filling {
                        forest,
                        node: position(node),
                        table: Table::default(),
                        late: Vec::new(),
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
        };
        for (module, blocks) in filled {
            tables.modules.push(module);
            tables.blocks.extend(blocks);
        }
        tables
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

/// The macros of a body that live in the crate's root.
fn exports(forest: &Forest, body: Body, root: u32, out: &mut Vec<(Symbol, u32, Meaning)>) {
    let file = &forest.files[body.file as usize];
    let blocks = &file.blocks[body.scope as usize];
    for scope in std::iter::once(body.scope).chain(blocks.iter().copied()) {
        for (index, item) in (0u32..).zip(&file.facts.scopes[scope as usize].items) {
            if item.exported {
                let meaning = Meaning::Item {
                    home: root,
                    file: body.file,
                    scope,
                    index,
                };
                out.push((file.symbols[item.name as usize], item.spaces, meaning));
            }
        }
    }
}

struct Filling<'f> {
    forest: &'f Forest,
    node: u32,
    table: Table,
    /// Imports for tests.
    late: Vec<(Symbol, u32, Meaning)>,
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
            self.table
                .names
                .push((file.symbols[item.name as usize], item.spaces, meaning));
        }
        for (index, import) in (0u32..).zip(&facts.imports) {
            let id = ImportId {
                node: self.node,
                file: body.file,
                scope: body.scope,
                index,
            };
            if import.glob {
                self.table.globs.push(id);
            } else if let Some(name) = import.name {
                let entry = (file.symbols[name as usize], space::ALL, Meaning::Import(id));
                let late = import.test && !body.test;
                if late { &mut self.late } else { &mut self.table.names }.push(entry);
            }
        }
    }

    fn finish(mut self) -> Table {
        self.table.names.append(&mut self.late);
        // Stable, so that those of one name keep their order.
        self.table.names.sort_by_key(|(name, ..)| *name);
        self.table
    }
}
