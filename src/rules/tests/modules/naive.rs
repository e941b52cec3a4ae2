//! What rules about modules say, written down as their definition has it.

use std::collections::BTreeSet;

use super::spec::{PATHS, Spec, Word};

/// What a rule sees at one end: a package, or a module of a package that it looks into; the external.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    Package(usize),
    Module(usize, usize),
    External,
}

fn shown(end: End) -> String {
    match end {
        End::Package(package) => format!("p{package}"),
        End::Module(package, module) => match PATHS[module] {
            "" => format!("mod:p{package}"),
            path => format!("mod:p{package}::{path}"),
        },
        End::External => "e".to_owned(),
    }
}

/// One rule's view: every word of its lists.
struct View<'w> {
    words: Vec<&'w Word>,
}

impl View<'_> {
    fn looks_into(&self, package: usize) -> bool {
        let mut words = self.words.iter().filter(|word| word.modules.is_some());
        words.any(|word| word.package == package && PATHS.iter().any(|path| word.names(path)))
    }

    /// The nearest module that a word names and that holds this one; none where it is only part of its package.
    fn base(&self, package: usize, module: usize) -> Option<usize> {
        let path = PATHS[module];
        let holds = |other: &str| other.is_empty() || path == other || path.starts_with(&format!("{other}::"));
        let named = |other: &str| {
            self.words
                .iter()
                .any(|word| word.package == package && word.names(other))
        };
        let mut bases = PATHS.iter().filter(|other| holds(other) && named(other));
        let longest = bases.next_back()?;
        PATHS.iter().position(|other| other == longest)
    }

    /// Whether a list selects an end, and no other list of the rule claims it more exactly.
    fn selects(&self, list: &[Word], end: End) -> bool {
        match end {
            End::Package(package) => list.iter().any(|w| w.package == package && w.modules.is_none()),
            End::External => false,
            End::Module(package, module) => match self.base(package, module) {
                Some(base) => list.iter().any(|w| w.package == package && w.names(PATHS[base])),
                None => list.iter().any(|w| w.package == package && w.modules.is_none()),
            },
        }
    }

    /// As part of what an end counts.
    fn unit(&self, end: End) -> End {
        match end {
            End::Module(package, module) => match self.base(package, module) {
                Some(base) => End::Module(package, base),
                None => End::Package(package),
            },
            end => end,
        }
    }

    fn edges(&self, spec: &Spec) -> BTreeSet<(End, End)> {
        let mut edges = BTreeSet::new();
        for from in 0..spec.packages {
            for to in from + 1..=spec.packages {
                let external = to == spec.packages;
                if !self.looks_into(from) && (external || !self.looks_into(to)) {
                    edges.insert((
                        End::Package(from),
                        if external { End::External } else { End::Package(to) },
                    ));
                }
            }
        }
        for ((package, module), to) in &spec.namings {
            let end = |package: usize, module: usize| {
                if self.looks_into(package) {
                    End::Module(package, module)
                } else {
                    End::Package(package)
                }
            };
            let from = end(*package, *module);
            let target = to.map_or(End::External, |(package, module)| end(package, module));
            let seen = matches!(from, End::Module(..)) || matches!(target, End::Module(..));
            if seen && self.unit(from) != self.unit(target) {
                edges.insert((from, target));
            }
        }
        edges
    }
}

pub fn naive(spec: &Spec) -> BTreeSet<(String, String, String)> {
    let mut found = BTreeSet::new();
    let mut object = |rule: &str, from, to| {
        found.insert((rule.to_owned(), shown(from), shown(to)));
    };
    let pair = |(from, to): &(Vec<Word>, Vec<Word>)| -> Vec<Word> { from.iter().chain(to).copied().collect() };
    let forbidden = pair(&spec.forbidden);
    let view = View {
        words: forbidden.iter().collect(),
    };
    for (from, to) in view.edges(spec) {
        if view.selects(&spec.forbidden.0, from) && view.selects(&spec.forbidden.1, to) {
            object("f", from, to);
        }
    }
    let protected = pair(&spec.protected);
    let view = View {
        words: protected.iter().collect(),
    };
    for (from, to) in view.edges(spec) {
        let (users, list) = &spec.protected;
        if view.selects(list, to) && !view.selects(users, from) && !view.selects(list, from) {
            object("p", from, to);
        }
    }
    let allowed = pair(&spec.allowed);
    let view = View {
        words: allowed.iter().collect(),
    };
    for (from, to) in view.edges(spec) {
        let (users, list) = &spec.allowed;
        if to != End::External && view.selects(users, from) && !view.selects(list, to) {
            object("a", from, to);
        }
    }
    let view = View {
        words: spec.parties.iter().collect(),
    };
    for (from, to) in view.edges(spec) {
        let both = view.selects(&spec.parties, from) && view.selects(&spec.parties, to);
        if both && view.unit(from) != view.unit(to) {
            object("i", from, to);
        }
    }
    let all: Vec<Word> = spec.layers.iter().flatten().copied().collect();
    let view = View {
        words: all.iter().collect(),
    };
    for (from, to) in view.edges(spec) {
        if let (Some(low), Some(high)) = (layer(spec, from), layer(spec, to))
            && high < low
        {
            object("layer", from, to);
        }
    }
    found
}

/// The layer of an end: that of the word that says most exactly which module is meant and, of several, of one that is no
/// pattern.
fn layer(spec: &Spec, end: End) -> Option<usize> {
    let (package, module) = match end {
        End::Package(package) => (package, None),
        End::Module(package, module) => (package, Some(module)),
        End::External => return None,
    };
    let mut best: Option<((usize, bool), usize)> = None;
    for (layer, word) in spec
        .layers
        .iter()
        .enumerate()
        .flat_map(|(i, words)| words.iter().map(move |w| (i, w)))
    {
        if word.package != package {
            continue;
        }
        let depth = match (word.modules, module) {
            (None, _) => Some(0),
            (Some(_), None) => None,
            (Some(_), Some(module)) => {
                let path = PATHS[module];
                let holds = |other: &str| other.is_empty() || path == other || path.starts_with(&format!("{other}::"));
                let named = PATHS.iter().filter(|other| holds(other) && word.names(other));
                named
                    .map(|other| 1 + other.split("::").filter(|name| !name.is_empty()).count())
                    .max()
            }
        };
        let Some(depth) = depth else { continue };
        let weight = (depth, !word.is_pattern());
        if best.is_none_or(|(known, _)| known < weight) {
            best = Some((weight, layer));
        }
    }
    best.map(|(_, layer)| layer)
}
