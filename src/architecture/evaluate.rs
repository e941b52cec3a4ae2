//! Evaluates selectors, and says where one selects nothing.

use std::collections::HashMap;

use fixedbitset::FixedBitSet;

use super::selection::{Selection, Universe};
use super::{AbsentExternal, Move};
use crate::config::Config;
use crate::config::nearest::quoted;
use crate::config::selector::{Atom, Selector, SelectorList, Term};
use crate::error::{Problem, ProblemKind};
use crate::graph::{Graph, Split};
use crate::source::{Sources, Span};
use crate::workspace::{Member, Workspace};

mod externals;
mod manner;
mod members;
mod modules;

pub(super) use manner::{Externals, Manner, Selected};

/// Evaluates the selectors of one configuration over one workspace, and gathers what is wrong with them.
pub(super) struct Evaluator<'a> {
    pub config: &'a Config,
    pub graph: &'a Graph<'a>,
    pub sources: &'a Sources,
    /// Members that are bound elsewhere than boundaries.toml says.
    pub moves: &'a [Move],
    pub universe: &'a Universe,
    /// The members of each layer, once they are known.
    pub layers: Option<Vec<FixedBitSet>>,
    /// The members of each context, once they are known.
    pub contexts: Option<Vec<FixedBitSet>>,
    /// The modules that layers and contexts name, once their members are known.
    pub family_bases: FixedBitSet,
    /// How layers and how contexts divide packages, once their members are known.
    pub family_splits: (Split, Split),
    /// The groups that were evaluated, in each manner, and whether that was partial; none while one is being evaluated.
    pub groups: HashMap<(&'a str, Manner), Option<(Selected, bool)>>,
    pub problems: Vec<Problem>,
    /// Something on the way was refused when the file was read: that nothing is selected is no further mistake. Whoever
    /// asks clears it first.
    pub partial: bool,
    pub absent_externals: Vec<AbsentExternal>,
}

impl<'a> Evaluator<'a> {
    /// One that knows of no layers and contexts yet.
    pub fn new(config: &'a Config, graph: &'a Graph<'a>, sources: &'a Sources, universe: &'a Universe) -> Self {
        Self {
            config,
            graph,
            sources,
            moves: &[],
            universe,
            layers: None,
            contexts: None,
            family_bases: FixedBitSet::with_capacity(graph.workspace().members.len()),
            family_splits: <(Split, Split)>::default(),
            groups: HashMap::new(),
            problems: Vec::new(),
            partial: false,
            absent_externals: Vec::new(),
        }
    }

    fn workspace(&self) -> &'a Workspace {
        self.graph.workspace()
    }

    /// Evaluates a list: a union, in order, in which `!` takes away.
    pub fn list(&mut self, list: &SelectorList, manner: Manner) -> Selection {
        self.union(list, manner).selection
    }

    /// The same with what its entries name.
    pub fn union(&mut self, list: &SelectorList, manner: Manner) -> Selected {
        let mut all = self.nothing();
        self.partial |= list.refused;
        for entry in &list.entries {
            let selected = self.selector(entry, manner);
            if entry.negated {
                all.selection.difference_with(&selected.selection);
                all.exact.difference_with(&selected.exact);
                all.bases.difference_with(&selected.selection);
            } else {
                all.bases.union_with(&selected.bases);
                all.selection.union_with(&selected.selection);
                all.exact.union_with(&selected.exact);
            }
        }
        all.may_be_empty = list.refused || !list.entries.is_empty();
        all
    }

    fn nothing(&self) -> Selected {
        Selected {
            selection: self.universe.nothing(),
            exact: FixedBitSet::with_capacity(self.workspace().members.len()),
            bases: FixedBitSet::with_capacity(self.workspace().members.len()),
            may_be_empty: false,
        }
    }

    /// Evaluates one entry, its leading `!` left aside.
    pub fn selector(&mut self, selector: &Selector, manner: Manner) -> Selected {
        let manner = Manner {
            allow_empty: manner.allow_empty || selector.optional,
            ..manner
        };
        let before = std::mem::take(&mut self.partial);
        let mut all = self.term(selector, &selector.terms[0], manner);
        if selector.terms.len() > 1 {
            all.exact.clear();
        }
        for term in &selector.terms[1..] {
            let selected = self.term(selector, term, manner);
            all.may_be_empty |= selected.may_be_empty && !term.negated;
            if !term.negated {
                all.bases.union_with(&selected.bases);
            }
            if term.negated {
                all.selection.difference_with(&selected.selection);
            } else {
                all.selection.intersect_with(&selected.selection);
            }
        }
        all.bases.intersect_with(&all.selection);
        if all.selection.is_clear() && !all.may_be_empty && !manner.allow_empty && !self.partial {
            self.problems.push(selects_nothing(selector));
        }
        self.partial |= before;
        all
    }

    fn term(&mut self, selector: &Selector, term: &Term, manner: Manner) -> Selected {
        let span = selector.text.span;
        let mut selected = self.nothing();
        match &term.atom {
            Atom::Name(glob) => match glob.literal() {
                Some(name) => self.exact_member(&mut selected, name, span, manner),
                None => self.members_where(&mut selected, |m| glob.matches(&m.name)),
            },
            Atom::Path(glob) => {
                self.members_where(&mut selected, |m| glob.matches(&m.directory));
                if let Some(path) = glob.literal() {
                    self.directory_must_exist(&mut selected, path, span, manner);
                }
            }
            Atom::External(glob, version) => {
                self.externals(&mut selected, (glob, *version), selector, manner);
            }
            Atom::Layer(name) => {
                let names = self.config.layers.iter().map(|l| &l.name.value);
                let index = names.into_iter().position(|n| n == name);
                let known = self.layers.clone();
                self.unit(&mut selected, ("layer", name), index, known, span);
            }
            Atom::Context(name) => {
                let names = self.config.contexts.iter().map(|c| &c.name.value);
                let index = names.into_iter().position(|n| n == name);
                let known = self.contexts.clone();
                self.unit(&mut selected, ("context", name), index, known, span);
            }
            Atom::Group(name) => selected = self.group(name, manner),
            Atom::Metadata(path, value) => {
                self.members_where(&mut selected, |m| members::metadata_holds(&m.metadata, path, value));
            }
            Atom::Is(fact) => {
                let sources = self.sources;
                self.members_where(&mut selected, |m| members::is(sources, m, *fact));
            }
            Atom::Edition(edition) => self.members_where(&mut selected, |m| m.edition == *edition),
            Atom::DepsOf(name) => self.neighbours(&mut selected, name, span, manner, true),
            Atom::UsersOf(name) => self.neighbours(&mut selected, name, span, manner, false),
            Atom::Module(glob) => self.modules(&mut selected, glob, span, manner),
        }
        // What layers, contexts and groups hold was settled with them: below a module of theirs others may hold some.
        let settled = matches!(term.atom, Atom::Layer(_) | Atom::Context(_) | Atom::Group(_));
        if !manner.alone && !settled {
            self.workspace().with_what_is_below(&mut selected.selection);
        }
        selected
    }

    /// `group:NAME`: evaluated once in each manner, so that groups of groups cost no more than their entries.
    fn group(&mut self, name: &str, manner: Manner) -> Selected {
        let config = self.config;
        let Some(group) = config.groups.iter().find(|g| g.name.value == name) else {
            return self.settled_elsewhere();
        };
        let key = (group.name.value.as_str(), manner);
        match self.groups.get(&key) {
            Some(Some((selected, partial))) => {
                self.partial |= partial;
                selected.clone()
            }
            // A group in a circle was refused when the file was read; it must not loop all the same.
            Some(None) => self.settled_elsewhere(),
            None => {
                self.groups.insert(key, None);
                let before = std::mem::take(&mut self.partial);
                let selected = self.union(&group.selectors, manner);
                self.groups.insert(key, Some((selected.clone(), self.partial)));
                self.partial |= before;
                selected
            }
        }
    }

    /// Nothing, for a reason that is given elsewhere.
    fn settled_elsewhere(&mut self) -> Selected {
        self.partial = true;
        Selected {
            may_be_empty: true,
            ..self.nothing()
        }
    }

    /// `layer:NAME` and `context:NAME`: its members, where they are known by now.
    fn unit(
        &mut self,
        selected: &mut Selected,
        (family, name): (&str, &str),
        index: Option<usize>,
        known: Option<Vec<FixedBitSet>>,
        span: Span,
    ) {
        // An unknown name was reported when the file was read; an empty layer where it was declared.
        selected.may_be_empty = true;
        match (index, known) {
            (Some(index), Some(sets)) => {
                let (refused, may_be_empty) = match family {
                    "layer" => (
                        self.config.layers[index].crates.refused,
                        self.config.layers[index].allow_empty,
                    ),
                    _ => (
                        self.config.contexts[index].crates.refused,
                        self.config.contexts[index].allow_empty,
                    ),
                };
                self.partial |= refused || sets[index].is_clear() && !may_be_empty;
                selected.selection.union_with(&sets[index]);
                selected.bases.union_with(&self.family_bases);
            }
            (Some(_), None) => {
                let message = format!("`{family}:{name}` is used to decide which crates a {family} has");
                let problem = Problem::new(ProblemKind::Config, message)
                    .at(span, "this leads back to itself")
                    .help(format!(
                        "name the crates of {family} `{name}` here, or put them in a group that both use"
                    ));
                self.problems.push(problem);
            }
            (None, _) => self.partial = true,
        }
    }

    fn members_where(&mut self, selected: &mut Selected, fits: impl Fn(&Member) -> bool) {
        for (index, member) in self.workspace().packages().iter().enumerate() {
            if fits(member) {
                selected.selection.insert(index);
            }
        }
    }
}

fn selects_nothing(selector: &Selector) -> Problem {
    let text = &selector.text.value;
    let bare = quoted(text.trim_start_matches('!'));
    let lenient = match text.len() {
        ..100 => format!("write `{text}?`"),
        _ => "write `?` behind it".to_owned(),
    };
    Problem::new(ProblemKind::Config, format!("{bare} selects nothing in this workspace"))
        .at(selector.text.span, "nothing fits this")
        .help(format!("{lenient} where it need not select anything, or take it out"))
}
