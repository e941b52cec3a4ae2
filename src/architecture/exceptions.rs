//! Exceptions, bound: which edges each names.

use std::collections::HashMap;

use fixedbitset::FixedBitSet;

use super::evaluate::{Evaluator, Externals, Manner};
use crate::config::selector::{Atom, Selector};
use crate::config::{Config, Demand, Exception, Units};
use crate::error::{Problem, ProblemKind};
use crate::finding::Code;
use crate::workspace::DependencyKind;

/// An exception, bound.
#[derive(Clone, Debug)]
pub struct BoundException {
    /// Where the edges start.
    pub from: Side,
    /// Where they end.
    pub to: Side,
    /// Where `to` asks for a version of an external: the edges, by member and kind, that are declared for another one.
    pub other_versions: HashMap<String, Vec<(usize, DependencyKind)>>,
}

impl BoundException {
    /// Whether an edge is onto another version of an external than the one that is meant.
    #[must_use]
    pub fn means_another_version(&self, from: Option<usize>, to: &str, kind: Option<DependencyKind>) -> bool {
        let (Some(from), Some(kind)) = (from, kind) else {
            return false;
        };
        let edges = self.other_versions.get(to);
        edges.is_some_and(|edges| edges.contains(&(from, kind)))
    }
}

/// One end of the edges that an exception names.
#[derive(Clone, Debug)]
pub enum Side {
    /// Packages: the members among them, and the selector for externals.
    Packages {
        /// Members.
        members: FixedBitSet,
        /// For externals: the selector's terms are asked.
        selector: Selector,
    },
    /// A context or a layer, as `context:NAME` or `layer:NAME`, for rules that look at those.
    Unit(String),
}

impl Side {
    /// Whether the package or unit of this identity is meant. `member` is its position, where it is a member.
    #[must_use]
    pub fn names(&self, config: &Config, member: Option<usize>, identity: &str) -> bool {
        match (self, member) {
            (Self::Packages { members, .. }, Some(member)) => members.contains(member),
            (Self::Packages { selector, .. }, None) => identity
                .strip_prefix("external:")
                .is_some_and(|name| config.selector_names_external(selector, name, None)),
            (Self::Unit(unit), _) => unit == identity,
        }
    }
}

/// Binds one exception.
pub(super) fn bind(exception: &Exception, evaluator: &mut Evaluator<'_>) -> BoundException {
    let units = units_of(evaluator.config, exception);
    BoundException {
        from: side(evaluator, &exception.from, units),
        to: side(evaluator, &exception.to, units),
        other_versions: match units {
            Units::Crates if evaluator.config.asks_for_a_version(&exception.to) => {
                other_versions(evaluator, &exception.to)
            }
            _ => HashMap::new(),
        },
    }
}

/// The edges onto externals that a selector names, but for another version: one of their declarations is for it. They are
/// told by what is declared; a path through third parties is taken to end at the version that is meant.
fn other_versions(evaluator: &mut Evaluator<'_>, to: &Selector) -> HashMap<String, Vec<(usize, DependencyKind)>> {
    let manner = Manner {
        allow_empty: true,
        ..Manner::packages(Externals::Ban)
    };
    // The mistakes in it were reported when the side was bound.
    let reported = evaluator.problems.len();
    let selected = evaluator.selector(to, manner).selection;
    evaluator.problems.truncate(reported);
    let (graph, config) = (evaluator.graph, evaluator.config);
    let workspace = graph.workspace();
    let mut others: HashMap<String, Vec<(usize, DependencyKind)>> = HashMap::new();
    for (_, edge) in graph.edges().filter(|(_, edge)| workspace.is_external(edge.to)) {
        let meant = |d| evaluator.universe.selects(&selected, d);
        if config.selector_names_external(to, workspace.name(edge.to), None) && !graph.declarations(edge).all(meant) {
            let edges = others.entry(workspace.identity(edge.to)).or_default();
            edges.push((edge.from.index(), edge.kind));
        }
    }
    others
}

/// What the rule that an exception names looks at.
fn units_of(config: &Config, exception: &Exception) -> Units {
    let rule = exception.rule.value.as_str();
    let named = config.rules.iter().find(|r| r.name.value == rule);
    match (named.map(|r| &r.demand), Code::named(rule)) {
        (Some(Demand::Acyclic { over, .. }), _) => *over,
        (None, Some(Code::ContextCycle)) => Units::Contexts,
        (None, Some(Code::Cycle)) => units_of_cycles(config, &exception.from),
        _ => Units::Crates,
    }
}

/// The code `cycle` stands for every `[[acyclic]]` rule: where they look at different units, the exception's own words
/// say which are meant.
fn units_of_cycles(config: &Config, from: &Selector) -> Units {
    let over: Vec<Units> = (config.rules.iter())
        .filter_map(|rule| match rule.demand {
            Demand::Acyclic { over, .. } => Some(over),
            _ => None,
        })
        .collect();
    let meant = match &from.terms[0].atom {
        Atom::Context(_) => Units::Contexts,
        Atom::Layer(_) => Units::Layers,
        Atom::Module(_) => Units::Modules,
        _ => Units::Crates,
    };
    let first = over.first().copied().unwrap_or(Units::Crates);
    if over.contains(&meant) { meant } else { first }
}

fn side(evaluator: &mut Evaluator<'_>, selector: &Selector, units: Units) -> Side {
    let family = match units {
        Units::Crates | Units::Modules => return packages(evaluator, selector),
        Units::Contexts => "context",
        Units::Layers => "layer",
    };
    match (&selector.terms[0].atom, units) {
        (Atom::Context(name), Units::Contexts) | (Atom::Layer(name), Units::Layers) => {
            Side::Unit(format!("{family}:{name}"))
        }
        _ => {
            let message = format!("this rule looks at {family}s, and `{}` is none", selector.text.value);
            let problem = Problem::new(ProblemKind::Config, message)
                .at(selector.text.span, format!("write `{family}:NAME`"))
                .help(format!(
                    "an exception to a cycle of {family}s names one edge between two of them"
                ));
            evaluator.problems.push(problem);
            Side::Unit(String::new())
        }
    }
}

fn packages(evaluator: &mut Evaluator<'_>, selector: &Selector) -> Side {
    let mut members = FixedBitSet::with_capacity(evaluator.graph.workspace().members.len());
    let count = members.len();
    // An external that is gone makes the exception stale, which is a finding of its own and no mistake.
    let manner = if evaluator.config.selector_names_externals(selector) {
        Manner {
            allow_empty: true,
            alone: true,
            ..Manner::packages(Externals::Ban)
        }
    } else {
        Manner {
            alone: true,
            ..Manner::members(false)
        }
    };
    let selected = evaluator.selector(selector, manner).selection;
    members.extend(selected.ones().take_while(|slot| *slot < count));
    Side::Packages {
        members,
        selector: selector.clone(),
    }
}
