//! What public items of libraries show of other modules and packages.
//!
//! An item is public where a path of public modules leads to it from the library's root, or where it is re-exported from
//! one (by name, by a glob, or with the module that holds it): `open`. Judged is what the source writes: a type alias is
//! followed inside the workspace, and what a compiler would have to infer or expand is out.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::facts::{Facts, Item, PathText, Show, space};
use super::references::targets;
use super::resolve::{End, Found, Place, Resolver};
use super::units::Units;
use super::{Exposure, Shown};
use crate::source::Span;
use crate::workspace::targets::RootKind;

mod open;

use open::Open;

/// So many aliases in a row are followed; rustc has a limit of this sort too.
const MOST_ALIASES: usize = 32;

/// What all libraries show, sorted.
pub fn all(resolver: &Resolver<'_>, units: &Units) -> Vec<Exposure> {
    let showing = Showing {
        resolver,
        units,
        open: Open::new(resolver),
    };
    let nodes = 0..super::tree::position(resolver.forest.nodes.len());
    let mut found: Vec<Exposure> = nodes
        .into_par_iter()
        .flat_map_iter(|node| showing.module(node))
        .collect();
    found.par_sort_unstable();
    found.dedup();
    found
}

struct Showing<'r> {
    resolver: &'r Resolver<'r>,
    units: &'r Units,
    open: Open<'r>,
}

impl Showing<'_> {
    /// What a module's items show.
    fn module(&self, node: u32) -> Vec<Exposure> {
        let forest = self.resolver.forest;
        let mut out = Vec::new();
        let of = &forest.crates[forest.nodes[node as usize].of as usize];
        if of.kind != RootKind::Lib {
            return out;
        }
        for body in forest.nodes[node as usize].bodies.iter().filter(|body| !body.test) {
            let facts = &forest.files[body.file as usize].facts;
            let place = Place {
                node,
                file: body.file,
                scope: body.scope,
                test: false,
                when: None,
                at: 0,
            };
            let scope = &facts.scopes[body.scope as usize];
            for show in &scope.shown {
                if self.is_public(show, place) {
                    self.show(show, place, &mut out);
                }
            }
            let symbols = &forest.files[body.file as usize].symbols;
            let open = self.open.has_module(node);
            for (index, import) in (0u32..).zip(&scope.imports) {
                if open && import.sight.public && !import.test {
                    let id = self.resolver.tables.import(node, body.file, body.scope, index);
                    let item = import.name.map_or("*", |name| facts.text(name)).to_owned();
                    let mut shown = text(facts, &import.path);
                    if import.glob {
                        shown.push_str("::*");
                    }
                    let place = self.span(place, import.start, import.end);
                    let name = import.name.map(|name| symbols[name as usize]);
                    let found = self.resolver.imported(id).into_iter();
                    for found in found.filter(|found| self.open.has_import(node, name, found)) {
                        self.expose(node, (&item, &shown, Shown::Reexport), place, &found, &mut out);
                    }
                }
            }
        }
        out
    }

    /// Whether what shows can be named from outside.
    fn is_public(&self, show: &Show, place: Place) -> bool {
        let owner = |space| self.can_be_named((&show.owner, space, place), show.of_impl);
        let owner = owner(space::TYPE).or_else(|| owner(space::VALUE));
        // A trait that is none of this library's is as public as can be.
        let of_trait = show.of_trait.as_ref();
        let of_trait = of_trait.and_then(|path| self.can_be_named((path, space::TYPE, place), false));
        owner.unwrap_or(false) && of_trait.unwrap_or(true)
    }

    /// Whether a path leads to what can be named from outside; where it is the type of an `impl`, also to another name of
    /// that. None where it leads to none of this library's items.
    fn can_be_named(&self, (path, space, place): (&PathText, u32, Place), of_impl: bool) -> Option<bool> {
        let mut public = None;
        let mut left = vec![(path.clone(), space, place)];
        let mut seen = BTreeSet::new();
        while let Some((path, space, place)) = left.pop() {
            let found = self.resolver.path(&path, space, place);
            for found in found.iter().flat_map(Found::meanings) {
                let End::Item { home, name, at } = found.end else {
                    continue;
                };
                public = Some(public.unwrap_or(false) || self.open.has_item(home, name));
                if of_impl && seen.len() < MOST_ALIASES && seen.insert(at) {
                    let (within, item) = self.item(home, at);
                    left.extend(item.stands_for.iter().map(|path| (path.clone(), space::TYPE, within)));
                }
            }
        }
        public
    }

    /// An item, and from where its paths are looked up.
    fn item(&self, home: u32, (file, scope, index): (u32, u32, u32)) -> (Place, &Item) {
        let item = self.resolver.forest.item((file, scope, index));
        let within = Place {
            node: home,
            file,
            scope,
            test: false,
            when: None,
            at: 0,
        };
        (within, item)
    }

    fn show(&self, show: &Show, place: Place, out: &mut Vec<Exposure>) {
        let span = self.span(place, show.start, show.end);
        let how = Shown::of_code(show.how);
        let mut left = vec![(show.path.clone(), place, 0usize)];
        let mut seen = BTreeSet::new();
        while let Some((path, at, depth)) = left.pop() {
            let Some(found) = self.resolver.path(&path, space::TYPE, at) else {
                continue;
            };
            let facts = &self.resolver.forest.files[at.file as usize].facts;
            self.expose(place.node, (&show.item, &text(facts, &path), how), span, &found, out);
            for found in found.meanings() {
                let End::Item { home, at, .. } = found.end else {
                    continue;
                };
                if depth >= MOST_ALIASES || !seen.insert(at) {
                    continue;
                }
                let (within, item) = self.item(home, at);
                left.extend(item.alias.iter().map(|path| (path.clone(), within, depth + 1)));
            }
        }
    }

    fn expose(&self, node: u32, what: (&str, &str, Shown), place: Span, found: &Found, out: &mut Vec<Exposure>) {
        let (item, shown, how) = what;
        if found.end == End::Language {
            return;
        }
        let from = self.units.of(node);
        for (to, _) in targets(self.units, found, from) {
            out.push(Exposure {
                place,
                from,
                item: item.to_owned(),
                to,
                shown: shown.to_owned(),
                how,
            });
        }
    }

    fn span(&self, place: Place, start: u32, end: u32) -> Span {
        let file = self.resolver.forest.files[place.file as usize].id;
        Span { file, start, end }
    }
}

/// A path as it is written.
fn text(facts: &Facts, path: &PathText) -> String {
    let names: Vec<&str> = path.names.iter().map(|name| facts.text(*name)).collect();
    let start = if path.global { "::" } else { "" };
    format!("{start}{}", names.join("::"))
}
