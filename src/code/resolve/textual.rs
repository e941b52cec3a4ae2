//! Macros of textual scope: `macro_rules!` is seen from where it stands to the end of what it stands in, in the modules
//! that are declared there too, and behind a module that says `#[macro_use]`. What `#[macro_use] extern crate` brings
//! is looked up last of all.

use super::found::Gathered;
use super::{End, Found, ImportId, Meaning, Place, Question, Resolver};
use crate::code::facts::space;
use crate::code::hash::{FastMap, FastSet};
use crate::code::names::{Tables, builds, hidden};
use crate::code::symbols::Symbol;
use crate::code::tree::{Body, Condition, Forest, position};

/// A scope of a file, in a module.
type Spot = (u32, u32, u32);

/// Where macros of textual scope come from.
#[derive(Debug, Default)]
pub struct Textual {
    /// The names that any has.
    names: FastSet<Symbol>,
    /// In each scope, in order.
    sources: FastMap<Spot, Vec<Source>>,
    /// By root: the `#[macro_use] extern crate`s, with the builds that they are in.
    crates: FastMap<u32, Vec<(u32, ImportId)>>,
}

/// Where in a scope a macro comes from.
#[derive(Clone, Copy, Debug)]
struct Source {
    at: u32,
    /// The builds that have it.
    of: u32,
    what: What,
}

#[derive(Clone, Copy, Debug)]
enum What {
    /// `macro_rules!`: its name, and the item's position in the scope.
    Macro(Symbol, u32),
    /// What is seen at the end of another scope, under a condition.
    End(Spot, Option<Condition>),
}

impl Textual {
    /// All of a forest.
    pub fn new(forest: &Forest, tables: &Tables) -> Self {
        let mut textual = Self::default();
        for (node, of) in (0u32..).zip(&forest.nodes) {
            for body in &of.bodies {
                textual.body(forest, node, *body);
            }
        }
        for of in &forest.crates {
            for body in &forest.nodes[of.root as usize].bodies {
                let imports = &forest.files[body.file as usize].facts.scopes[body.scope as usize].imports;
                for (index, import) in (0u32..).zip(imports) {
                    if import.macros.is_some() {
                        let id = tables.import(of.root, body.file, body.scope, index);
                        let builds = builds(forest, of.root, *body, import.when, import.test);
                        textual.crates.entry(of.root).or_default().push((builds, id));
                    }
                }
            }
        }
        for sources in textual.sources.values_mut() {
            sources.sort_by_key(|source| source.at);
        }
        textual
    }

    fn body(&mut self, forest: &Forest, node: u32, body: Body) {
        let file = &forest.files[body.file as usize];
        for scope in std::iter::once(body.scope).chain(file.blocks[body.scope as usize].iter().copied()) {
            for (index, item) in file.facts.scopes[scope as usize].items.iter().enumerate() {
                let Some(at) = item.textual else { continue };
                let name = file.symbols[item.name as usize];
                self.names.insert(name);
                let source = Source {
                    at,
                    of: builds(forest, node, body, item.when, item.test),
                    what: What::Macro(name, position(index)),
                };
                self.sources.entry((node, body.file, scope)).or_default().push(source);
            }
        }
        if let Some(origin) = body.origin.filter(|origin| origin.open) {
            let source = Source {
                at: origin.at,
                of: builds(forest, node, body, None, false),
                what: What::End((node, body.file, body.scope), body.when),
            };
            let spot = (origin.node, origin.file, origin.scope);
            self.sources.entry(spot).or_default().push(source);
        }
    }

    /// Whether any macro has this name.
    pub fn knows(&self, name: Symbol) -> bool {
        self.names.contains(&name)
    }

    /// What stands in a scope before this byte, the last first.
    fn before(&self, spot: Spot, at: u32) -> impl Iterator<Item = Source> {
        let sources = self.sources.get(&spot).map_or(&[][..], Vec::as_slice);
        let count = sources.partition_point(|source| source.at < at);
        sources[..count].iter().rev().copied()
    }
}

impl Resolver<'_> {
    /// The macro of textual scope that a lone name means where it stands.
    pub(super) fn textual(&self, name: Symbol, place: Place) -> Option<Found> {
        if !self.textual.knows(name) {
            return None;
        }
        let mut gathered = Gathered::default();
        let (mut node, mut file, mut scope, mut at) = (place.node, place.file, place.scope, place.at);
        loop {
            self.seen_at((node, file, scope), at, (name, place.test), &mut gathered);
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

    /// Gathers the macros of this name that are seen at a byte of a scope: the last hides those before, wherever it is.
    fn seen_at(&self, spot: Spot, at: u32, (name, test): (Symbol, bool), gathered: &mut Gathered) {
        let mut left = vec![(spot, self.textual.before(spot, at), None)];
        while let Some((spot, sources, around)) = left.last_mut() {
            let Some(source) = sources.next() else {
                left.pop();
                continue;
            };
            if source.of & hidden(test) != 0 {
                continue;
            }
            match source.what {
                What::End(inner, when) => {
                    let around = when.or(*around);
                    left.push((inner, self.textual.before(inner, u32::MAX), around));
                }
                What::Macro(known, index) if known == name => {
                    let (home, file, scope) = *spot;
                    let facts = &self.forest.files[file as usize];
                    let own = facts.condition(facts.facts.scopes[scope as usize].items[index as usize].when);
                    let arm = [*around, own];
                    let at = (file, scope, index);
                    gathered.below();
                    let conditional = arm.iter().any(Option::is_some);
                    gathered.add(Found::at(End::Item { home, name, at }), conditional.then_some(arm));
                    if !gathered.is_open() {
                        return;
                    }
                }
                What::Macro(..) => {}
            }
        }
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
