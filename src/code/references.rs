//! Who names whom: every path and import, resolved.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use smallvec::SmallVec;

use super::facts::{Import, PathText, PathUse, space};
use super::names::ImportId;
use super::resolve::{End, Found, Place, Resolver};
use super::symbols::{Symbol, word};
use super::tree::{Body, position};
use super::units::Units;
use super::{Form, ModuleId, Reference, Target};
use crate::source::Span;
use crate::workspace::{DependencyKind, NodeId};

/// What resolving the paths of some modules came to.
#[derive(Default)]
pub struct Resolved {
    /// Sorted, no two alike.
    pub references: Vec<Reference>,
    /// By member: globs that could not be followed.
    pub globs: BTreeMap<NodeId, usize>,
    /// By member: first names of paths that mean nothing.
    pub unknown: BTreeMap<NodeId, BTreeSet<String>>,
}

/// Resolves everything.
pub fn all(resolver: &Resolver<'_>, units: &Units) -> Resolved {
    let mut nodes: Vec<u32> = (0..position(resolver.forest.nodes.len())).collect();
    nodes.sort_by_key(|node| units.of(*node));
    // All that one module says stands in one part, so that the parts in a row are sorted as well.
    let modules: Vec<&[u32]> = nodes
        .chunk_by(|one, other| units.of(*one) == units.of(*other))
        .collect();
    let part = |nodes: &&[u32]| {
        let mut out = Resolved::default();
        for node in *nodes {
            let mut naming = Naming {
                resolver,
                units,
                node: *node,
                out,
            };
            for body in &resolver.forest.nodes[*node as usize].bodies {
                naming.body(*body);
            }
            out = naming.out;
        }
        out.references.sort_unstable();
        out.references.dedup();
        out
    };
    let parts: Vec<Resolved> = modules.par_iter().map(part).collect();
    let mut joined = Resolved::default();
    joined
        .references
        .reserve(parts.iter().map(|part| part.references.len()).sum());
    for part in parts {
        joined.references.extend(part.references);
        for (member, globs) in part.globs {
            *joined.globs.entry(member).or_default() += globs;
        }
        for (member, unknown) in part.unknown {
            joined.unknown.entry(member).or_default().extend(unknown);
        }
    }
    joined
}

/// Resolves what stands in one module.
struct Naming<'r> {
    resolver: &'r Resolver<'r>,
    units: &'r Units,
    node: u32,
    out: Resolved,
}

impl Naming<'_> {
    fn body(&mut self, body: Body) {
        let file = &self.resolver.forest.files[body.file as usize];
        let blocks = &file.blocks[body.scope as usize];
        for scope in std::iter::once(body.scope).chain(blocks.iter().copied()) {
            let node = self.node;
            let place = |test: bool| Place {
                node,
                file: body.file,
                scope,
                test: body.test || test,
                when: None,
                at: 0,
            };
            let facts = &file.facts.scopes[scope as usize];
            for (index, import) in (0u32..).zip(&facts.imports) {
                let id = self.resolver.tables.import(self.node, body.file, scope, index);
                self.import(import, id, place(import.test));
            }
            for used in &facts.paths {
                self.path(used, place(used.test));
            }
        }
    }

    fn import(&mut self, import: &Import, id: ImportId, place: Place) {
        let span = self.span(place, import.start, import.end);
        let public = import.sight.public
            || import
                .sight
                .within
                .as_ref()
                .is_some_and(|path| !self.is_self(path, place));
        let form = match (public, import.of_crate) {
            (true, _) => Form::Reexport,
            (false, true) => Form::ExternCrate,
            (false, false) => Form::Use,
        };
        let found = self.resolver.imported(id);
        if import.glob
            && !found
                .iter()
                .any(|found| matches!(found.end, End::Module(_) | End::Item { .. }))
        {
            *self.out.globs.entry(self.member()).or_default() += 1;
        }
        if found.is_empty() {
            self.unknown(&import.path, place);
        }
        let kind = self.kind(place);
        for found in &found {
            self.emit(found, kind, &[span], form);
        }
    }

    /// Whether `pub(…)` says `self`, which is to say nothing.
    fn is_self(&self, path: &PathText, place: Place) -> bool {
        let symbols = &self.resolver.forest.files[place.file as usize].symbols;
        matches!(path.names[..], [only] if symbols[only as usize] == word::SELF)
    }

    fn path(&mut self, used: &PathUse, place: Place) {
        if used.in_definition && !self.stands_alone(&used.path, place) {
            return;
        }
        let form = Form::of_code(used.form);
        if let (space::MACRO, false, [only]) = (used.space, used.path.global, &used.path.names[..]) {
            let name = self.resolver.forest.files[place.file as usize].symbols[*only as usize];
            if !self.resolver.tables.may_be_macro(name) {
                return;
            }
            if form != Form::Attribute && self.resolver.textual.knows(name) {
                return self.by_place(used, name, place);
            }
        }
        let found: SmallVec<[Found; 1]> = match used.space {
            space::TYPE | space::VALUE | space::MACRO => {
                self.resolver.path(&used.path, used.space, place).into_iter().collect()
            }
            several => self.resolver.everything(&used.path, several, place).into(),
        };
        if found.is_empty() && used.path.names.len() > 1 && form != Form::Attribute {
            self.unknown(&used.path, place);
        }
        if found.is_empty() {
            return;
        }
        let spans: SmallVec<[Span; 4]> = used
            .places
            .iter()
            .map(|(start, end)| self.span(place, *start, *end))
            .collect();
        let kind = self.kind(place);
        for found in &found {
            self.emit(found, kind, &spans, form);
        }
    }

    /// The same for a name that may mean one thing here and another there.
    fn by_place(&mut self, used: &PathUse, name: Symbol, place: Place) {
        let kind = self.kind(place);
        let mut last = None;
        for (start, end) in &used.places {
            let here = Place { at: *start, ..place };
            let before = self.resolver.macros_before(name, here);
            if last.as_ref().is_none_or(|(known, _)| *known != before) {
                last = Some((before, self.resolver.path(&used.path, used.space, here)));
            }
            if let Some((_, Some(found))) = &last {
                let span = self.span(place, *start, *end);
                self.emit(found, kind, &[span], Form::of_code(used.form));
            }
        }
    }

    /// Whether a path of a macro's definition means the same wherever the macro is called: it starts at a crate.
    fn stands_alone(&self, path: &PathText, place: Place) -> bool {
        let symbols = &self.resolver.forest.files[place.file as usize].symbols;
        let Some(first) = path.names.first().map(|name| symbols[*name as usize]) else {
            return false;
        };
        let of = self.resolver.forest.nodes[self.node as usize].of;
        let externs = &self.resolver.externs;
        path.global || first == word::CRATE || !externs.named(self.resolver.forest, of, first, place.test).is_empty()
    }

    fn emit(&mut self, found: &Found, kind: DependencyKind, places: &[Span], form: Form) {
        let from = self.units.of(self.node);
        for (to, behind) in targets(self.units, found, from) {
            self.out.references.extend(places.iter().map(|place| Reference {
                from,
                to,
                kind,
                place: *place,
                form,
                behind,
            }));
        }
    }

    fn kind(&self, place: Place) -> DependencyKind {
        let of = self.resolver.forest.nodes[self.node as usize].of;
        let of_target = self.resolver.forest.crates[of as usize].dependency_kind();
        if place.test && of_target == DependencyKind::Normal {
            DependencyKind::Dev
        } else {
            of_target
        }
    }

    fn span(&self, place: Place, start: u32, end: u32) -> Span {
        let file = self.resolver.forest.files[place.file as usize].id;
        Span { file, start, end }
    }

    fn member(&self) -> NodeId {
        let of = self.resolver.forest.nodes[self.node as usize].of;
        self.resolver.forest.crates[of as usize].member
    }

    /// Notes a first name that means nothing, where a package could be meant.
    fn unknown(&mut self, path: &PathText, place: Place) {
        let facts = &self.resolver.forest.files[place.file as usize].facts;
        let Some(first) = path.names.first().map(|name| facts.text(*name)) else {
            return;
        };
        let written = matches!(first, "crate" | "self" | "super") || OF_RUST.contains(&first);
        if !written && !first.starts_with(char::is_uppercase) {
            self.out
                .unknown
                .entry(self.member())
                .or_default()
                .insert(first.to_owned());
        }
    }
}

/// What paths lead to, each with whether it stands behind what they name.
pub type Targets = SmallVec<[(Target, bool); 4]>;

/// What a path leads to, seen from a module: what it names, and then what stands behind that, for all that it means.
pub fn targets(units: &Units, found: &Found, from: ModuleId) -> Targets {
    let mut targets = Targets::new();
    for found in found.meanings() {
        one(units, found, from, &mut targets);
    }
    targets
}

fn one(units: &Units, found: &Found, from: ModuleId, targets: &mut Targets) {
    let end = match found.end {
        End::Module(node) | End::Item { home: node, .. } | End::Unseen(node) => Some(Target::Module(units.of(node))),
        End::Package(package) => Some(Target::Package(package)),
        // Who names it by way of a module that re-exports it uses that module all the same.
        End::Language => None,
    };
    let chain = found.hops.iter().map(|hop| Target::Module(units.of(*hop))).chain(end);
    for (position, to) in chain.enumerate() {
        let behind = position > 0;
        match targets.iter_mut().find(|(other, _)| *other == to) {
            Some((_, known)) => *known &= behind,
            None if to != Target::Module(from) => targets.push((to, behind)),
            None => {}
        }
    }
}

/// First names that are no packages: types of the language.
const OF_RUST: [&str; 17] = [
    "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize", "f32", "f64", "bool",
    "char", "str",
];
