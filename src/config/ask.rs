//! Questions about selectors that need no workspace: what they mention, and whether they name an external.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::selector::{Atom, ModuleGlob, Selector, SelectorList, Version};
use super::{Among, Config, Context, Demand, Gateway, Group, Level, Parties, Reach, Rule};
use crate::finding::Code;

impl Config {
    /// Whether findings of this code count, where no rule of its own says otherwise.
    #[must_use]
    pub fn reports(&self, code: Code) -> bool {
        let said = self.levels.iter().find(|(word, _)| word.value == code.as_str());
        said.map_or(code.default_level(), |(_, level)| *level) != Level::Allow
    }

    /// Whether an entry of the list, or of a group that it names, is of this form.
    pub fn list_mentions(&self, list: &SelectorList, wanted: &dyn Fn(&Atom) -> bool) -> bool {
        self.any_mentions(list.entries.iter().collect(), wanted)
    }

    /// Keeps a list of what is to be looked at instead of calling itself, and looks at each group once: groups may name
    /// each other many times over, and in a circle.
    fn any_mentions<'s>(&'s self, mut open: Vec<&'s Selector>, wanted: &dyn Fn(&Atom) -> bool) -> bool {
        let mut seen: HashSet<&str> = HashSet::new();
        while let Some(selector) = open.pop() {
            for term in &selector.terms {
                if wanted(&term.atom) {
                    return true;
                }
                let group = self.group_of(&term.atom);
                open.extend(
                    group
                        .filter(|g| seen.insert(&g.name.value))
                        .into_iter()
                        .flat_map(entries),
                );
            }
        }
        false
    }

    fn group_of(&self, atom: &Atom) -> Option<&Group> {
        let Atom::Group(name) = atom else { return None };
        self.groups.iter().find(|g| g.name.value == *name)
    }

    /// Whether the list can select externals.
    #[must_use]
    pub fn names_externals(&self, list: &SelectorList) -> bool {
        self.list_mentions(list, &|atom| matches!(atom, Atom::External(..)))
    }

    /// Whether the selector can select externals.
    #[must_use]
    pub fn selector_names_externals(&self, selector: &Selector) -> bool {
        self.any_mentions(vec![selector], &|atom| matches!(atom, Atom::External(..)))
    }

    /// Whether the list selects an external of this name and version, be it declared in the workspace or known to the
    /// lockfile alone.
    #[must_use]
    pub fn list_names_external(&self, list: &SelectorList, name: &str, version: &semver::Version) -> bool {
        Naming::new(self, name, Some(version)).list(list)
    }

    /// Whether the selector, its `!` left aside, selects an external of this name. Without a version, one that asks
    /// for a version is taken to fit.
    #[must_use]
    pub fn selector_names_external(&self, selector: &Selector, name: &str, version: Option<&semver::Version>) -> bool {
        Naming::new(self, name, version).selector(selector)
    }

    /// Whether a rule looks at Cargo.lock.
    #[must_use]
    pub fn looks_at_the_lockfile(&self) -> bool {
        self.rules.iter().any(|rule| self.looks_at_the_lockfile_for(rule))
    }

    /// Whether this rule does.
    #[must_use]
    pub fn looks_at_the_lockfile_for(&self, rule: &Rule) -> bool {
        match &rule.demand {
            Demand::Forbidden {
                to,
                reach: Reach::Transitive { .. },
                ..
            }
            | Demand::Gateway(Gateway {
                to,
                reach: Reach::Transitive { .. },
                ..
            }) => self.names_externals(to),
            Demand::Allowed {
                among,
                reach: Reach::Transitive { .. },
                ..
            } => *among != Among::Workspace,
            _ => false,
        }
    }

    /// Whether any selector asks for one version of an external.
    #[must_use]
    pub fn tells_versions_apart(&self) -> bool {
        let versioned = |atom: &Atom| matches!(atom, Atom::External(_, Some(_)));
        let in_rules = self.rules.iter().flat_map(|rule| rule.demand.lists());
        let in_exceptions = (self.exceptions.iter()).any(|exception| self.asks_for_a_version(&exception.to));
        let in_groups = self.groups.iter().map(|g| &g.selectors);
        in_exceptions
            || in_rules
                .chain(in_groups)
                .any(|list| self.list_mentions(list, &versioned))
    }

    /// Every pattern over modules that stands anywhere in the file.
    #[must_use]
    pub fn modules_named(&self) -> Vec<&ModuleGlob> {
        let groups = self.groups.iter().map(|group| &group.selectors);
        let settings = self.settings.strict.iter().chain(&self.settings.default_face);
        let layers = self.layers.iter().map(|layer| &layer.crates);
        let contexts = self.contexts.iter();
        let contexts = contexts.flat_map(|context| std::iter::once(&context.crates).chain(context.opening_lists()));
        let rules = self.rules.iter().flat_map(|rule| rule.demand.lists());
        let lists = groups.chain(settings).chain(layers).chain(contexts).chain(rules);
        let excused = self
            .exceptions
            .iter()
            .flat_map(|exception| [&exception.from, &exception.to]);
        let entries = lists.flat_map(|list| &list.entries).chain(excused);
        let terms = entries.flat_map(|entry| &entry.terms);
        let globs = terms.filter_map(|term| match &term.atom {
            Atom::Module(glob) => Some(glob),
            _ => None,
        });
        globs.collect()
    }

    /// Whether the selector asks for one version of an external.
    #[must_use]
    pub fn asks_for_a_version(&self, selector: &Selector) -> bool {
        self.any_mentions(vec![selector], &|atom| matches!(atom, Atom::External(_, Some(_))))
    }
}

fn entries(group: &Group) -> &[Selector] {
    &group.selectors.entries
}

/// Asks whether selectors name one external, each group once.
struct Naming<'q> {
    config: &'q Config,
    name: &'q str,
    version: Option<&'q semver::Version>,
    /// What is known of a group by its name; a group that is being asked names nothing, so that a circle ends.
    groups: HashMap<&'q str, bool>,
}

impl<'q> Naming<'q> {
    fn new(config: &'q Config, name: &'q str, version: Option<&'q semver::Version>) -> Self {
        Self {
            config,
            name,
            version,
            groups: HashMap::new(),
        }
    }

    fn list(&mut self, list: &'q SelectorList) -> bool {
        list.entries.iter().fold(
            false,
            |named, entry| {
                if self.selector(entry) { !entry.negated } else { named }
            },
        )
    }

    fn selector(&mut self, selector: &'q Selector) -> bool {
        selector.terms.iter().all(|term| term.negated != self.atom(&term.atom))
    }

    fn atom(&mut self, atom: &'q Atom) -> bool {
        if let Atom::External(glob, wanted) = atom {
            let fits = |wanted: Version| self.version.is_none_or(|version| wanted.means(version));
            return glob.matches(self.name) && wanted.is_none_or(fits);
        }
        let Some(group) = self.config.group_of(atom) else {
            return false;
        };
        if let Some(known) = self.groups.get(group.name.value.as_str()) {
            return *known;
        }
        self.groups.insert(&group.name.value, false);
        let named = self.list(&group.selectors);
        self.groups.insert(&group.name.value, named);
        named
    }
}

impl Config {
    /// Every list of selectors that permits something.
    pub fn permitting_lists(&self) -> impl Iterator<Item = &SelectorList> {
        let public = self.contexts.iter().flat_map(Context::opening_lists);
        let of_rules = self.rules.iter().filter_map(|rule| rule.demand.permitting());
        public.chain(of_rules.map(|(_, list)| list))
    }

    /// Every list of several names or selectors whose order means nothing, each by the places of its entries: a `!` takes
    /// away from what stands before it, so that a list with one has an order.
    #[must_use]
    pub fn lists_without_order(&self) -> Vec<Vec<Range<usize>>> {
        let groups = self.groups.iter().map(|group| &group.selectors);
        let of_layers = self.layers.iter().map(|layer| &layer.crates);
        let of_contexts = self.contexts.iter();
        let of_contexts =
            of_contexts.flat_map(|context| std::iter::once(&context.crates).chain(context.opening_lists()));
        let of_rules = self.rules.iter().flat_map(|rule| rule.demand.lists());
        let selectors = groups
            .chain(self.settings.default_face.as_ref())
            .chain(of_layers)
            .chain(of_contexts)
            .chain(of_rules);
        let selectors = selectors.filter(|list| !list.entries.iter().any(|entry| entry.negated));
        let places = selectors.map(|list| list.entries.iter().map(|entry| entry.text.span.range()).collect());
        let names_of_layers = self.layers.iter().map(|layer| layer.may_use.as_ref());
        let names_of_contexts = self.contexts.iter().map(|context| context.may_use.as_ref());
        let names = names_of_layers.chain(names_of_contexts).flatten();
        let places_of_names = names.map(|list| list.names.iter().map(|name| name.span.range()).collect());
        let all = places.chain(places_of_names);
        all.filter(|list: &Vec<Range<usize>>| list.len() > 1).collect()
    }
}

impl Context {
    /// The lists that open crates to others: `public`, `public-to` and `faces`.
    pub fn opening_lists(&self) -> impl Iterator<Item = &SelectorList> {
        let parts = self.public_to.iter().chain(&self.faces);
        self.public.iter().chain(parts.map(|part| &part.crates))
    }
}

impl Demand {
    /// The list whose entries permit dependencies, with its key, where the rule has one. What a list permits to be
    /// reached by a path is no matter of single edges.
    #[must_use]
    pub fn permitting(&self) -> Option<(&'static str, &SelectorList)> {
        match self {
            Self::Allowed {
                to,
                reach: Reach::Direct,
                ..
            } => Some(("to", to)),
            Self::Protected { from, .. } => Some(("from", from)),
            _ => None,
        }
    }
}

impl Demand {
    /// Every list of a rule.
    #[must_use]
    pub fn lists(&self) -> Vec<&SelectorList> {
        match self {
            Demand::Forbidden { from, to, reach } => from.iter().chain([to]).chain(not_through_of(reach)).collect(),
            Demand::Allowed { from, to, reach, .. } => [from, to].into_iter().chain(not_through_of(reach)).collect(),
            Demand::Protected { from, to } => vec![from, to],
            Demand::Independent { parties, reach } => {
                let parties = match parties {
                    Parties::Crates(list) => std::slice::from_ref(list),
                    Parties::Sets(sets) => sets,
                };
                parties.iter().chain(not_through_of(reach)).collect()
            }
            Demand::Acyclic { modules, .. } => modules.iter().collect(),
            Demand::Exposed { from, to } => from.iter().chain([to]).collect(),
            Demand::Features(ban) => ban.from.iter().chain([&ban.to]).collect(),
            Demand::Gateway(gateway) => {
                let Gateway { from, to, via, reach } = gateway;
                from.iter().chain([to, via]).chain(not_through_of(reach)).collect()
            }
        }
    }
}

impl Reach {
    /// Whether paths over an external of this name and version do not count.
    #[must_use]
    pub fn is_not_through(&self, config: &Config, name: &str, version: &semver::Version) -> bool {
        not_through_of(self).is_some_and(|list| config.list_names_external(list, name, version))
    }
}

fn not_through_of(reach: &Reach) -> Option<&SelectorList> {
    match reach {
        Reach::Transitive { not_through, .. } => not_through.as_ref(),
        Reach::Direct => None,
    }
}
