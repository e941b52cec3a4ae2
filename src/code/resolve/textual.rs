//! Macros of textual scope: `macro_rules!` is seen from where it stands to the end of what it stands in, in the modules
//! that are declared there too, and behind a module that says `#[macro_use]`. What `#[macro_use] extern crate` brings
//! is looked up last of all.

use super::found::{Arm, Gathered};
use super::{End, Found, ImportId, Meaning, Place, Question, Resolver};
use crate::code::facts::space;
use crate::code::hash::{FastMap, FastSet};
use crate::code::names::{Tables, builds, builds_under, hidden};
use crate::code::symbols::Symbol;
use crate::code::tree::{Body, Forest, position};

/// So many macros of one name and scope are looked at: only source without sense has more.
const MOST_OF_A_NAME: usize = 1_000;

/// So many times is a macro taken out of a module that says `#[macro_use]`: only source without sense needs more.
const MOST_LET_OUT: usize = 1_000_000;

/// A scope of a file, in a module.
type Spot = (u32, u32, u32);

/// Where macros of textual scope come from.
#[derive(Debug, Default)]
pub struct Textual {
    /// The names that any has.
    names: FastSet<Symbol>,
    /// What is seen in each scope, by name and place.
    seen: FastMap<Spot, Vec<Macro>>,
    /// By root: the `#[macro_use] extern crate`s, with the builds that they are in.
    crates: FastMap<u32, Vec<(u32, ImportId)>>,
    /// How many times a macro was taken out of a module.
    let_out: usize,
}

/// A macro as it is seen in a scope.
#[derive(Clone, Copy, Debug)]
struct Macro {
    name: Symbol,
    /// From this byte on.
    at: u32,
    /// The builds that have it.
    of: u32,
    /// The scope that defines it, and where among its items.
    home: Spot,
    index: u32,
    /// The conditions of the `#[macro_use] mod` that it comes out of, and its own.
    arm: Arm,
}

impl Textual {
    /// All of a forest.
    pub fn new(forest: &Forest, tables: &Tables) -> Self {
        let mut textual = Self::default();
        let all = (0u32..).zip(&forest.nodes);
        let bodies: Vec<(u32, Body)> = all
            .flat_map(|(node, of)| of.bodies.iter().map(move |body| (node, *body)))
            .collect();
        for (node, body) in &bodies {
            textual.own(forest, *node, *body);
        }
        // What a module lets out is complete before what is around it: a parent stands before its children.
        for (node, body) in bodies.iter().rev() {
            textual.take_out(*node, *body);
        }
        for seen in textual.seen.values_mut() {
            // Stable, so that what comes out of one module keeps its order.
            seen.sort_by_key(|one| (one.name, one.at));
        }
        for of in &forest.crates {
            textual.crates_of(forest, tables, of.root);
        }
        textual
    }

    /// Takes in what a body defines.
    fn own(&mut self, forest: &Forest, node: u32, body: Body) {
        let file = &forest.files[body.file as usize];
        for scope in std::iter::once(body.scope).chain(file.blocks[body.scope as usize].iter().copied()) {
            for (index, item) in file.facts.scopes[scope as usize].items.iter().enumerate() {
                let Some(at) = item.textual else { continue };
                let name = file.symbols[item.name as usize];
                let home = (node, body.file, scope);
                self.names.insert(name);
                self.seen.entry(home).or_default().push(Macro {
                    name,
                    at,
                    of: builds(forest, node, body, item.when, item.test),
                    home,
                    index: position(index),
                    arm: [None, file.condition(item.when)],
                });
            }
        }
    }

    /// Takes what is seen at the end of a body to where it is seen behind it.
    fn take_out(&mut self, node: u32, body: Body) {
        let Some(origin) = body.origin.filter(|origin| origin.open) else {
            return;
        };
        let Some(mut inner) = self.seen.get(&(node, body.file, body.scope)).cloned() else {
            return;
        };
        self.let_out = self.let_out.saturating_add(inner.len());
        if self.let_out > MOST_LET_OUT {
            return;
        }
        inner.sort_by_key(|one| one.at);
        for one in &mut inner {
            one.at = origin.at;
            one.of |= builds_under(body.when);
            one.arm[0] = body.when.or(one.arm[0]);
        }
        let around = (origin.node, origin.file, origin.scope);
        self.seen.entry(around).or_default().append(&mut inner);
    }

    /// Takes in what `#[macro_use] extern crate` says in a root.
    fn crates_of(&mut self, forest: &Forest, tables: &Tables, root: u32) {
        for body in &forest.nodes[root as usize].bodies {
            let imports = &forest.files[body.file as usize].facts.scopes[body.scope as usize].imports;
            for (index, import) in (0u32..).zip(imports) {
                if import.macros.is_some() {
                    let id = tables.import(root, body.file, body.scope, index);
                    let builds = builds(forest, root, *body, import.when, import.test);
                    self.crates.entry(root).or_default().push((builds, id));
                }
            }
        }
    }

    /// Whether any macro has this name.
    pub fn knows(&self, name: Symbol) -> bool {
        self.names.contains(&name)
    }

    /// The macros of a name that a scope has before this byte.
    fn named(&self, spot: Spot, name: Symbol, at: u32) -> &[Macro] {
        let seen = self.seen.get(&spot).map_or(&[][..], Vec::as_slice);
        let start = seen.partition_point(|one| one.name < name);
        let end = seen.partition_point(|one| (one.name, one.at) < (name, at));
        &seen[start..end]
    }
}

impl Resolver<'_> {
    /// How many macros of a name stand before a place in its module: in two places with as many it means the same.
    pub fn macros_before(&self, name: Symbol, place: Place) -> usize {
        let scopes = &self.forest.files[place.file as usize].facts.scopes;
        let mut scope = place.scope;
        let mut count = 0;
        loop {
            let spot = (place.node, place.file, scope);
            count += self.textual.named(spot, name, place.at).len();
            if !scopes[scope as usize].block {
                return count;
            }
            scope = scopes[scope as usize].parent;
        }
    }

    /// The macro of textual scope that a lone name means where it stands.
    pub(super) fn textual(&self, name: Symbol, place: Place) -> Option<Found> {
        if !self.textual.knows(name) {
            return None;
        }
        let mut gathered = Gathered::default();
        let (mut node, mut file, mut scope, mut at) = (place.node, place.file, place.scope, place.at);
        loop {
            let seen = self.textual.named((node, file, scope), name, at).iter().rev();
            let seen = seen.take(MOST_OF_A_NAME);
            for one in seen.filter(|one| one.of & hidden(place.test) == 0) {
                // The last hides those before, wherever it is.
                gathered.below();
                let (home, file, scope) = one.home;
                let at = (file, scope, one.index);
                let conditional = one.arm.iter().any(Option::is_some);
                gathered.add(Found::at(End::Item { home, name, at }), conditional.then_some(one.arm));
                if !gathered.is_open() {
                    break;
                }
            }
            if !gathered.is_open() {
                break;
            }
            let facts = &self.forest.files[file as usize].facts.scopes[scope as usize];
            if facts.block {
                scope = facts.parent;
                continue;
            }
            let mut bodies = self.forest.nodes[node as usize].bodies.iter();
            let body = bodies.find(|body| body.file == file && body.scope == scope);
            let Some(origin) = body.and_then(|body| body.origin) else {
                break;
            };
            (node, file, scope, at) = (origin.node, origin.file, origin.scope, origin.at);
        }
        gathered.done()
    }

    /// The macro of this name that `#[macro_use] extern crate` brings: one that it lists, or that the crate is known to have.
    pub(super) fn of_macro_use(&self, name: Symbol, place: Place, question: &mut Question) -> Option<Found> {
        let mut gathered = Gathered::default();
        let crates = self.textual.crates.get(&self.root_of(place.node))?;
        for (_, id) in crates.iter().filter(|(of, _)| of & hidden(place.test) == 0) {
            let import = self.declared(*id);
            let symbols = &self.forest.files[id.file as usize].symbols;
            let mut listed = import.macros.iter().flatten().map(|name| symbols[*name as usize]);
            let is_listed = listed.any(|listed| listed == name);
            if !is_listed && import.macros.as_ref().is_none_or(|listed| !listed.is_empty()) {
                continue;
            }
            let arm = self.arm(Meaning::Import(*id));
            let arm = arm.iter().any(Option::is_some).then_some(arm);
            let found = match self.extern_crate(import, self.place_of(*id)) {
                Some(library) => match library.end {
                    End::Module(root) => self.brought(root, name, space::MACRO, place.node, question),
                    _ => Some(library).filter(|_| is_listed),
                },
                None => None,
            };
            if let Some(found) = found.filter(|_| gathered.takes(arm)) {
                gathered.add(found, arm);
            }
        }
        gathered.done()
    }
}
