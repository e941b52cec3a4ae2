//! What `[[exposed]]` says, written down as its definition has it.

use std::collections::{BTreeMap, BTreeSet};

use super::super::modules::spec::PATHS;
use super::spec::{Exception, List, Pair, Rule, Selector, Shows, Spec, Thing, WAYS};

/// What a rule counts as one: a package, a module that the rule names with what is below it, an external.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Package(usize),
    Module(usize, usize),
    External(usize),
}

fn holds(above: usize, path: &str) -> bool {
    let above = PATHS[above];
    above.is_empty() || path == above || path.starts_with(&format!("{above}::"))
}

/// Whether a selector names a module of a package.
fn names(selector: Selector, package: usize, module: usize) -> bool {
    matches!(selector, Selector::Word(word) if word.package == package && word.names(PATHS[module]))
}

/// The entries of both lists of a rule.
fn entries(rule: &Rule) -> impl Iterator<Item = Selector> {
    let lists = rule.from.iter().chain([&rule.to]);
    lists.flatten().map(|(_, selector)| *selector)
}

fn looks_into(rule: &Rule, package: usize) -> bool {
    entries(rule).any(|selector| (0..PATHS.len()).any(|module| names(selector, package, module)))
}

/// As part of what a module counts: of the nearest module that the rule names, or of its package.
fn unit(rule: &Rule, package: usize, module: usize) -> Unit {
    let named = |above: &usize| holds(*above, PATHS[module]) && entries(rule).any(|s| names(s, package, *above));
    let nearest = (0..PATHS.len()).filter(named).max_by_key(|above| PATHS[*above].len());
    nearest.map_or(Unit::Package(package), |nearest| Unit::Module(package, nearest))
}

impl Spec {
    /// Whether a selector takes a unit in, of an external this version.
    fn covers(&self, selector: Selector, unit: Unit, version: usize) -> bool {
        match (selector, unit) {
            (Selector::EveryExternal, Unit::External(_)) => true,
            (Selector::External(external, only), Unit::External(of)) => {
                external == of && only.is_none_or(|only| only == version)
            }
            (Selector::Context, Unit::Package(package) | Unit::Module(package, _)) => self.context[package],
            (Selector::Word(word), Unit::Package(package)) => word.package == package && word.modules.is_none(),
            (Selector::Word(word), Unit::Module(package, module)) => {
                let above = |above: usize| holds(above, PATHS[module]) && names(selector, package, above);
                word.package == package && (word.modules.is_none() || (0..PATHS.len()).any(above))
            }
            _ => false,
        }
    }

    /// What comes of a list, entry by entry: whether it selects a unit, and whether it does so by the unit's own name.
    fn evaluate(&self, list: &List, unit: Unit, version: usize) -> (bool, bool) {
        let by_name = |selector| matches!(unit, Unit::Module(package, module) if names(selector, package, module));
        let step = |(selected, claimed), (adds, selector): &(bool, Selector)| {
            let covered = self.covers(*selector, unit, version);
            match adds {
                true => (selected || covered, claimed || by_name(*selector)),
                false => (selected && !covered, claimed && !covered),
            }
        };
        list.iter().fold((false, false), step)
    }

    /// Whether a list of a rule selects a unit, and no other list claims that more exactly.
    fn selects(&self, list: &List, other: Option<&List>, unit: Unit, version: usize) -> bool {
        let (selected, claimed) = self.evaluate(list, unit, version);
        selected && (claimed || !other.is_some_and(|other| self.evaluate(other, unit, version).1))
    }

    /// The versions of an external that can be meant where a package shows it: its own or, without one, any.
    fn versions_of(&self, package: usize, external: usize) -> Vec<usize> {
        match self.versions[package][external] {
            Some(own) => vec![own],
            None => self.versions.iter().filter_map(|of| of[external]).collect(),
        }
    }

    fn objects(&self, rule: &Rule, shows: &Shows) -> bool {
        let (package, module) = shows.from;
        let from = unit(rule, package, module);
        let (to, versions) = match shows.to {
            Thing::Module(package, module) => (unit(rule, package, module), vec![0]),
            Thing::External(external) => (Unit::External(external), self.versions_of(package, external)),
        };
        let judged = rule
            .from
            .as_ref()
            .is_none_or(|list| self.selects(list, Some(&rule.to), from, 0));
        let kept = |version: &usize| self.selects(&rule.to, rule.from.as_ref(), to, *version);
        rule.normal && judged && from != to && versions.iter().any(kept)
    }
}

/// Whether an exception names just this pair: the module that holds the item, and what a finding says it shows.
fn excuses(exception: &Exception, index: usize, rule: &Rule, shows: &Shows) -> bool {
    let (package, module) = shows.from;
    let to = match (shows.to, exception.to) {
        (Thing::External(external), Selector::External(named, _)) => external == named,
        (Thing::Module(package, module), Selector::Word(word)) if looks_into(rule, package) => {
            names(Selector::Word(word), package, module)
        }
        (Thing::Module(package, _), Selector::Word(word)) => word.package == package && word.modules.is_none(),
        _ => false,
    };
    exception.rule.is_none_or(|rule| rule == index) && names(Selector::Word(exception.from), package, module) && to
}

fn module_name(package: usize, module: usize) -> String {
    match PATHS[module] {
        "" => format!("mod:p{package}"),
        path => format!("mod:p{package}::{path}"),
    }
}

/// What every rule objects to: rule, from and to, with the places and what shows at each.
pub fn naive(spec: &Spec) -> BTreeMap<Pair, BTreeMap<usize, BTreeSet<&'static str>>> {
    let mut found: BTreeMap<Pair, BTreeMap<_, BTreeSet<_>>> = BTreeMap::new();
    for (index, rule) in spec.rules.iter().enumerate() {
        for shows in spec.shows.iter().filter(|shows| spec.objects(rule, shows)) {
            let excused = |exception: &Exception| excuses(exception, index, rule, shows);
            if spec.exceptions.iter().any(excused) {
                continue;
            }
            let to = match shows.to {
                Thing::External(external) => format!("x{external}"),
                Thing::Module(package, module) if looks_into(rule, package) => module_name(package, module),
                Thing::Module(package, _) => format!("p{package}"),
            };
            let pair = (format!("r{index}"), module_name(shows.from.0, shows.from.1), to);
            let places = found.entry(pair).or_default();
            places.entry(shows.at).or_default().insert(WAYS[shows.way].1);
        }
    }
    found
}
