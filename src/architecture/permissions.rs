//! The lists that permit something, entry by entry: what `unused-permission` asks about. They are bound apart from the
//! rest, and only where somebody asks.

use super::Architecture;
use super::assign::sets;
use super::evaluate::{Evaluator, Externals, Manner};
use super::selection::Selection;
use crate::config::Config;
use crate::config::selector::SelectorList;
use crate::graph::Graph;
use crate::source::Sources;

/// What every entry of the lists that permit something selects, its `!` left aside.
#[derive(Clone, Debug)]
pub struct Permissions {
    /// In the order of [`Config::contexts`].
    pub contexts: Vec<Opened>,
    /// In the order of [`Config::rules`]: `to` of `[[allowed]]`, `from` of `[[protected]]`, a line of `[externals]`.
    pub rules: Vec<Vec<Selection>>,
}

/// What the entries of a context's own lists select, be it a crate of the context or not.
#[derive(Clone, Debug)]
pub struct Opened {
    /// `public`.
    pub public: Vec<Selection>,
    /// `public-to`, list by list.
    pub public_to: Vec<Vec<Selection>>,
    /// `faces`, face by face.
    pub faces: Vec<Vec<Selection>>,
}

/// Binds them. Everything has been bound as a whole before, so that nothing is wrong with any entry.
pub(super) fn bind(config: &Config, graph: &Graph<'_>, sources: &Sources, bound: &Architecture<'_>) -> Permissions {
    let mut evaluator = Evaluator::new(config, graph, sources, &bound.universe);
    evaluator.layers = Some(sets(&bound.layer_of, config.layers.len()));
    evaluator.contexts = Some(sets(std::slice::from_ref(&bound.context_of), config.contexts.len()));
    let manner = Manner {
        allow_empty: true,
        ..Manner::packages(Externals::Permit)
    };
    let mut entries = |list: &SelectorList| -> Vec<Selection> {
        let entries = list.entries.iter();
        entries
            .map(|entry| evaluator.selector(entry, manner).selection)
            .collect()
    };
    let contexts = config.contexts.iter().map(|context| Opened {
        public: context.public.as_ref().map(&mut entries).unwrap_or_default(),
        public_to: context.public_to.iter().map(|part| entries(&part.crates)).collect(),
        faces: context.faces.iter().map(|part| entries(&part.crates)).collect(),
    });
    let contexts = contexts.collect();
    let rules = config.rules.iter().map(|rule| rule.demand.permitting());
    Permissions {
        contexts,
        rules: rules
            .map(|list| list.map(|(_, list)| entries(list)).unwrap_or_default())
            .collect(),
    }
}
