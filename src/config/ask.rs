//! Questions about selectors that need no workspace: what they mention, and whether they name an external.

use super::selector::{Atom, Selector, SelectorList};
use super::{Config, Demand, Parties, Reach};

impl Config {
    /// Whether an entry of the list, or of a group that it names, is of this form.
    pub fn list_mentions(&self, list: &SelectorList, wanted: &dyn Fn(&Atom) -> bool) -> bool {
        let depth = self.groups.len();
        list.entries.iter().any(|entry| self.mentions(entry, wanted, depth))
    }

    /// `depth` bounds how many groups may lie within each other, so that groups in a circle do not loop.
    fn mentions(&self, selector: &Selector, wanted: &dyn Fn(&Atom) -> bool, depth: usize) -> bool {
        selector.terms.iter().any(|term| {
            wanted(&term.atom)
                || self.group_of(&term.atom, depth).is_some_and(|group| {
                    let mut entries = group.entries.iter();
                    entries.any(|entry| self.mentions(entry, wanted, depth - 1))
                })
        })
    }

    fn group_of(&self, atom: &Atom, depth: usize) -> Option<&SelectorList> {
        let Atom::Group(name) = atom else { return None };
        let group = self.groups.iter().find(|g| g.name.value == *name);
        group.filter(|_| depth > 0).map(|g| &g.selectors)
    }

    /// Whether the list can select externals.
    #[must_use]
    pub fn names_externals(&self, list: &SelectorList) -> bool {
        self.list_mentions(list, &|atom| matches!(atom, Atom::External(..)))
    }

    /// Whether the selector can select externals.
    #[must_use]
    pub fn selector_names_externals(&self, selector: &Selector) -> bool {
        let external = |atom: &Atom| matches!(atom, Atom::External(..));
        self.mentions(selector, &external, self.groups.len())
    }

    /// Whether the list selects an external of this name and version, be it declared in the workspace or known to the
    /// lockfile alone.
    #[must_use]
    pub fn list_names_external(&self, list: &SelectorList, name: &str, version: &semver::Version) -> bool {
        self.list_names(list, name, Some(version), self.groups.len())
    }

    /// Whether the selector, its `!` left aside, selects an external of this name. Without a version, one that asks
    /// for a version is taken to fit.
    #[must_use]
    pub fn selector_names_external(&self, selector: &Selector, name: &str, version: Option<&semver::Version>) -> bool {
        self.names(selector, name, version, self.groups.len())
    }

    fn list_names(&self, list: &SelectorList, name: &str, version: Option<&semver::Version>, depth: usize) -> bool {
        list.entries.iter().fold(false, |named, entry| {
            if self.names(entry, name, version, depth) {
                !entry.negated
            } else {
                named
            }
        })
    }

    fn names(&self, selector: &Selector, name: &str, version: Option<&semver::Version>, depth: usize) -> bool {
        let fits_atom = |atom: &Atom| match atom {
            Atom::External(glob, wanted) => {
                let version_fits = wanted.is_none_or(|wanted| version.is_none_or(|version| wanted.means(version)));
                glob.matches(name) && version_fits
            }
            other => {
                (self.group_of(other, depth)).is_some_and(|group| self.list_names(group, name, version, depth - 1))
            }
        };
        selector.terms.iter().all(|term| term.negated != fits_atom(&term.atom))
    }

    /// Whether a rule looks at Cargo.lock.
    #[must_use]
    pub fn looks_at_the_lockfile(&self) -> bool {
        self.rules.iter().any(|rule| match &rule.demand {
            Demand::Forbidden {
                to,
                reach: Reach::Transitive { lock, .. },
                ..
            } => *lock && self.names_externals(to),
            _ => false,
        })
    }

    /// Whether any selector asks for one version of an external.
    #[must_use]
    pub fn tells_versions_apart(&self) -> bool {
        let versioned = |atom: &Atom| matches!(atom, Atom::External(_, Some(_)));
        let in_rules = self.rules.iter().flat_map(|rule| lists_of(&rule.demand));
        let in_groups = self.groups.iter().map(|g| &g.selectors);
        in_rules
            .chain(in_groups)
            .any(|list| self.list_mentions(list, &versioned))
    }
}

/// Every list of a rule.
fn lists_of(demand: &Demand) -> Vec<&SelectorList> {
    match demand {
        Demand::Forbidden { from, to, reach } => from.iter().chain([to]).chain(not_through_of(reach)).collect(),
        Demand::Allowed { from, to, .. } | Demand::Protected { from, to } => vec![from, to],
        Demand::Independent { parties, reach } => {
            let parties = match parties {
                Parties::Crates(list) => std::slice::from_ref(list),
                Parties::Sets(sets) => sets,
            };
            parties.iter().chain(not_through_of(reach)).collect()
        }
        Demand::Acyclic { .. } => Vec::new(),
    }
}

fn not_through_of(reach: &Reach) -> Option<&SelectorList> {
    match reach {
        Reach::Transitive { not_through, .. } => not_through.as_ref(),
        Reach::Direct => None,
    }
}
