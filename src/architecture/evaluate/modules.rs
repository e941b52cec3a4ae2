//! Selectors that select modules.

use std::cell::RefCell;

use fixedbitset::FixedBitSet;

use super::{Evaluator, Externals, Manner, Selected};
use crate::config::nearest::{nearest, quoted};
use crate::config::selector::{Atom, ModuleGlob, SelectorList};
use crate::error::{Problem, ProblemKind};
use crate::graph::Split;
use crate::source::Span;
use crate::workspace::ModulePlace;

impl Evaluator<'_> {
    /// The modules that fit.
    pub(super) fn modules(&mut self, selected: &mut Selected, glob: &ModuleGlob, span: Span, manner: Manner) {
        for index in self.modules_that_fit(glob) {
            selected.selection.insert(index);
            selected.bases.insert(index);
            if glob.literal().is_some() {
                selected.exact.insert(index);
            }
        }
        let Some((package, path)) = glob.literal().filter(|_| selected.bases.is_clear()) else {
            return;
        };
        selected.may_be_empty = true;
        if !manner.allow_empty {
            self.problems.push(self.no_module(glob, (package, &path), span));
        }
    }

    /// How a family divides packages by the modules that these lists name, which its members are told by from now on.
    pub fn split_by<'l>(&mut self, lists: impl Iterator<Item = &'l SelectorList>) -> Split {
        let mut bases = FixedBitSet::with_capacity(self.workspace().members.len());
        for list in lists {
            bases.union_with(&self.modules_named_in(list));
        }
        self.family_bases.union_with(&bases);
        Split::new(self.workspace(), &bases)
    }

    /// The modules that a list names, itself, through groups or through layers and contexts; also those that it takes away
    /// with `!`: what is told apart there is no longer part of what holds it.
    pub fn modules_named_in(&self, list: &SelectorList) -> FixedBitSet {
        let workspace = self.workspace();
        let found = RefCell::new(FixedBitSet::with_capacity(workspace.members.len()));
        if workspace.packages().len() == workspace.members.len() {
            return found.into_inner();
        }
        let record = |atom: &Atom| {
            match atom {
                Atom::Module(glob) => found.borrow_mut().extend(self.modules_that_fit(glob)),
                Atom::Layer(_) | Atom::Context(_) => found.borrow_mut().union_with(&self.family_bases),
                _ => {}
            }
            false
        };
        self.config.list_mentions(list, &record);
        found.into_inner()
    }

    /// The modules by which a list selects what is below them.
    pub fn modules_claimed_by(&mut self, list: &SelectorList) -> FixedBitSet {
        let workspace = self.workspace();
        if workspace.packages().len() == workspace.members.len() {
            return FixedBitSet::new();
        }
        // What is wrong with its entries is said where the list is bound.
        let (reported, partial) = (self.problems.len(), self.partial);
        let bases = self.union(list, Manner::packages(Externals::Ban)).bases;
        self.problems.truncate(reported);
        self.partial = partial;
        bases
    }

    fn modules_that_fit(&self, glob: &ModuleGlob) -> impl Iterator<Item = usize> {
        let workspace = self.workspace();
        let fits = |place: &ModulePlace| {
            glob.is_of(&workspace.members[place.package.index()].name) && glob.matches(&place.path)
        };
        let members = workspace.members.iter().enumerate();
        members
            .filter(move |(_, m)| m.module.as_ref().is_some_and(fits))
            .map(|(index, _)| index)
    }

    /// What to say of a module that is not there.
    fn no_module(&self, glob: &ModuleGlob, (package, path): (&str, &str), span: Span) -> Problem {
        let workspace = self.workspace();
        let Some(member) = workspace.packages().iter().find(|member| glob.is_of(&member.name)) else {
            let mut problem = super::members::no_member(workspace, package, span);
            problem.help = vec!["`mod:` names a module of a member: `mod:CRATE::PATH`".to_owned()];
            return problem;
        };
        let name = ModulePlace::name(&member.name, path);
        let problem = Problem::new(ProblemKind::Config, format!("no module is called {}", quoted(&name)));
        let of_member = workspace.members.iter().filter_map(|other| other.module.as_ref());
        let of_member = of_member.filter(|place| workspace.members[place.package.index()].name == member.name);
        let paths: Vec<&str> = of_member
            .map(|place| place.path.as_str())
            .filter(|path| !path.is_empty())
            .collect();
        let last = |path: &str| path.rsplit("::").next().map(str::to_owned);
        let namesake = paths.iter().copied().find(|other| last(other) == last(path));
        let problem = match nearest(path, paths.iter().copied()).or(namesake) {
            Some(near) => problem.at(
                span,
                format!("did you mean `{}`?", ModulePlace::name(&member.name, near)),
            ),
            None => problem.at(span, format!("not a module of `{}`", member.name)),
        };
        problem.help(format!("`cargo boundaries modules {}` lists the modules", member.name))
    }
}
