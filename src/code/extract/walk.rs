//! What is known while a file is walked: the scope, the names that hide others, and where paths are noted down.

use proc_macro2::{Ident, Span};
use syn::visit::Visit;
use syn::{Attribute, Item, Stmt};

use super::super::Form;
use super::super::facts::{Facts, Failure, Name, Scope, When, space};
use super::super::hash::FastMap;
use super::attributes::condition;
use super::held::Held;
use super::items_among;
use super::names::{Look, Names};
use super::noted::Noted;
use super::places::Places;

/// Walks one file.
pub struct Walker<'t> {
    pub(super) facts: Facts,
    pub(super) names: Names,
    places: Places<'t>,
    /// Whether what macros are given may be parsed: it is not nested too deeply.
    pub(super) parses_macros: bool,
    /// The scope that the walk is in.
    pub(super) scope: u32,
    /// What stands here is compiled for tests alone.
    pub(super) test: bool,
    /// What stands here is given to a macro, which may leave it out.
    pub(super) conditional: bool,
    /// The condition that the items of this scope stand under.
    pub(super) when: Option<When>,
    /// Local variables, the innermost last.
    pub(super) locals: Vec<Name>,
    /// Generic parameters, the innermost last.
    pub(super) generics: Vec<Name>,
    /// What each scope holds under a name.
    pub(super) held: Vec<Held>,
    /// The texts of the conditions, by their names.
    pub(super) conditions: FastMap<Name, String>,
    /// Room for the names of a path.
    spelled: Vec<Name>,
    /// The paths that were noted.
    pub(super) noted: Noted,
}

/// How a path stands in the source.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Manner {
    pub space: u32,
    pub form: Form,
    pub in_definition: bool,
}

impl Manner {
    pub fn new(space: u32, form: Form) -> Self {
        Self {
            space,
            form,
            in_definition: false,
        }
    }
}

impl<'t> Walker<'t> {
    /// A walk through a file whose tokens stand at these places.
    pub fn new(places: Places<'t>, parses_macros: bool) -> Self {
        let mut walker = Self {
            facts: Facts::default(),
            names: Names::default(),
            places,
            parses_macros,
            scope: 0,
            test: false,
            conditional: false,
            when: None,
            locals: Vec::new(),
            generics: Vec::new(),
            held: Vec::new(),
            conditions: FastMap::default(),
            spelled: Vec::new(),
            noted: Noted::default(),
        };
        walker.open(0, false);
        walker
    }

    /// What the file says of itself.
    pub fn attributes_of_file(&mut self, attributes: &[Attribute]) {
        self.test = condition(attributes).test;
        self.facts.test = self.test;
    }

    /// The items of the file.
    pub fn file(&mut self, items: &[&Item]) {
        self.items(items);
    }

    /// The statements of a file that `include!` puts into a function.
    pub fn statements_of_file(&mut self, statements: &[Stmt]) {
        self.items(&items_among(statements));
        for statement in statements {
            self.visit_stmt(statement);
        }
    }

    /// Notes what does not parse.
    pub fn fail(&mut self, at: Span, message: &str) {
        let (start, end) = self.places.exact(at);
        self.facts.failures.push(Failure {
            message: format!("does not parse: {message}"),
            start,
            end: end.max(start.saturating_add(1)),
        });
    }

    /// Opens a scope in the current one, and gives its position.
    pub(super) fn open(&mut self, parent: u32, block: bool) -> u32 {
        let position = u32::try_from(self.facts.scopes.len()).unwrap_or(u32::MAX);
        self.facts.scopes.push(Scope {
            parent,
            block,
            ..Scope::default()
        });
        self.held.push(Held::default());
        position
    }

    /// Does something in another scope, where neither locals nor generics of this one are seen.
    pub(super) fn inside(&mut self, scope: u32, act: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.scope, scope);
        act(self);
        self.scope = outer;
    }

    /// Does something where neither locals nor generics from around are seen.
    pub(super) fn afresh(&mut self, act: impl FnOnce(&mut Self)) {
        let (locals, generics) = (std::mem::take(&mut self.locals), std::mem::take(&mut self.generics));
        act(self);
        self.locals = locals;
        self.generics = generics;
    }

    /// Does something that may be for tests alone.
    pub(super) fn under(&mut self, test: bool, act: impl FnOnce(&mut Self)) {
        let outer = self.test;
        self.test |= test;
        act(self);
        self.test = outer;
    }

    pub(super) fn here(&mut self) -> &mut Scope {
        &mut self.facts.scopes[self.scope as usize]
    }

    pub(super) fn held_here(&mut self) -> &mut Held {
        &mut self.held[self.scope as usize]
    }

    /// Bytes of the file from one identifier to another, or to a sign of one character.
    pub(super) fn range(&self, from: Span, to: Span) -> (u32, u32) {
        self.places.range(from, Some(to))
    }

    /// Notes a path of these identifiers.
    pub(super) fn path(&mut self, global: bool, idents: &[&Ident], manner: Manner) {
        self.path_from(global, idents, manner, 0);
    }

    /// Notes a path of these identifiers, to be shown from this one on.
    pub(super) fn path_from(&mut self, global: bool, idents: &[&Ident], manner: Manner, shown: usize) {
        let Some(first) = idents.first() else { return };
        let head = self.names.ident(first);
        if !global && !self.leads_on(head, idents.len() == 1, manner) {
            return;
        }
        let last = idents.last().filter(|_| idents.len() > 1);
        let start = idents.get(shown).or(last).unwrap_or(first);
        let range = self.places.range(start.span(), last.map(|last| last.span()));
        if idents.len() == 1 {
            return self.note(global, &[head], manner, range);
        }
        let mut names = std::mem::take(&mut self.spelled);
        names.push(head);
        names.extend(idents[1..].iter().map(|ident| self.names.ident(ident)));
        self.note(global, &names, manner, range);
        names.clear();
        self.spelled = names;
    }

    /// Whether a path that starts with this name may lead out of the module: it is not about a variable, a parameter,
    /// `Self`, or an item of the module itself.
    fn leads_on(&self, head: Name, lone: bool, manner: Manner) -> bool {
        match self.names.look(head) {
            Look::SelfType => return false,
            Look::Place if lone => return false,
            _ => {}
        }
        if manner.space != space::MACRO && self.generics.contains(&head) {
            return false;
        }
        // `macro_rules!` may stand in any module around, or in one before.
        if lone && manner.space == space::MACRO && manner.form != Form::Attribute {
            return true;
        }
        if lone {
            let local = manner.space == space::VALUE && self.locals.contains(&head);
            return !local && self.may_come(head, manner.space);
        }
        !self.is_own(head)
    }

    /// Whether a type of this name is defined in the scopes around.
    fn is_own(&self, name: Name) -> bool {
        let mut scope = self.scope as usize;
        loop {
            let held = &self.held[scope];
            if held.defines(name, space::TYPE) {
                return !held.imports_beside(name);
            }
            let facts = &self.facts.scopes[scope];
            if !facts.block || held.imports.contains(&name) || held.modules.contains(&name) || held.globs {
                return false;
            }
            scope = facts.parent as usize;
        }
    }

    /// Whether a lone name may come from elsewhere: by an import, or by a glob.
    pub(super) fn may_come(&self, name: Name, wanted: u32) -> bool {
        let mut scope = self.scope as usize;
        loop {
            let held = &self.held[scope];
            if held.defines(name, wanted) {
                return held.imports_beside(name);
            }
            if held.imports.contains(&name) || held.globs {
                return true;
            }
            let facts = &self.facts.scopes[scope];
            if !facts.block {
                return false;
            }
            scope = facts.parent as usize;
        }
    }
}
