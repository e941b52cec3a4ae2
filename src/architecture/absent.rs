//! Externals that a permission along paths names: they must be there, and what is there Cargo.lock says.

use std::collections::HashSet;

use crate::config::nearest::nearest;
use crate::config::selector::{Atom, Selector, SelectorList};
use crate::config::{Config, Demand, Reach};
use crate::error::{Problem, ProblemKind};
use crate::workspace::lockfile::{LockGraph, LockedPackage};

/// Every external that a rule permits, or lets paths stop at, and that the lockfile does not hold.
#[must_use]
pub fn absent_from(config: &Config, lock: &LockGraph) -> Vec<Problem> {
    let third = lock.ids().filter(|id| lock.member_of(*id).is_none());
    let third: Vec<&LockedPackage> = third.map(|id| lock.package(id)).collect();
    let mut problems = Vec::new();
    let rules = config
        .rules
        .iter()
        .filter(|rule| config.looks_at_the_lockfile_for(rule));
    for rule in rules.filter(|rule| !rule.allow_empty) {
        let permitted = match &rule.demand {
            Demand::Allowed { to, .. } => Some(to),
            _ => None,
        };
        let stopping = match rule.demand.reach() {
            Some(Reach::Transitive { not_through, .. }) => not_through.as_ref(),
            _ => None,
        };
        let mut groups = HashSet::new();
        for list in permitted.into_iter().chain(stopping) {
            look(config, list, &third, &mut groups, &mut problems);
        }
    }
    problems
}

/// Looks at a list and at the groups that it names, each once.
fn look<'c>(
    config: &'c Config,
    list: &'c SelectorList,
    third: &[&LockedPackage],
    groups: &mut HashSet<&'c str>,
    problems: &mut Vec<Problem>,
) {
    let mut open: Vec<&Selector> = list.entries.iter().collect();
    while let Some(selector) = open.pop() {
        for term in &selector.terms {
            match &term.atom {
                Atom::External(glob, version) if !selector.optional => {
                    let fits = |package: &&&LockedPackage| {
                        glob.matches(&package.name) && version.is_none_or(|wanted| wanted.means(&package.version))
                    };
                    if third.iter().find(fits).is_none() {
                        problems.push(absent(selector, glob.literal(), third));
                    }
                }
                Atom::Group(name) => {
                    let group = config.groups.iter().find(|group| group.name.value == *name);
                    let group = group.filter(|group| groups.insert(&group.name.value));
                    open.extend(group.into_iter().flat_map(|group| &group.selectors.entries));
                }
                _ => {}
            }
        }
    }
}

fn absent(selector: &Selector, name: Option<&str>, third: &[&LockedPackage]) -> Problem {
    let text = selector.text.value.trim_start_matches('!');
    let message = format!("Cargo.lock holds nothing that `{text}` means");
    let names = third.iter().map(|package| package.name.as_str());
    let other = name.and_then(|name| {
        let mut same = third.iter().filter(|package| package.name == name);
        same.next()
            .map(|package| format!("it holds `{name}` {}", package.version))
    });
    let near = || {
        name.and_then(|name| nearest(name, names))
            .map(|near| format!("did you mean `external:{near}`?"))
    };
    let label = other
        .or_else(near)
        .unwrap_or_else(|| "what is permitted must be there".to_owned());
    Problem::new(ProblemKind::Config, message)
        .at(selector.text.span, label)
        .help(format!("write `{text}?` where it need not be there"))
}
