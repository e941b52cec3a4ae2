//! The order in which things are bound: layers and contexts first (whichever does not need the other), then faces,
//! groups, rules and exceptions.

use std::collections::{BTreeMap, BTreeSet};

use fixedbitset::FixedBitSet;

use super::assign::{Family, Unit, assign, sets};
use super::evaluate::{Evaluator, Externals, Manner};
use super::selection::Universe;
use super::{
    Architecture, Assignment, BoundContext, BoundLayer, Move, Openness, Splits, exceptions, faces, permissions, rules,
};
use crate::config::selector::Atom;
use crate::config::{Config, Context, Layer, NameList};
use crate::error::Problem;
use crate::finding::Code;
use crate::graph::Graph;
use crate::source::{Sources, Spanned};

pub(super) fn bind<'c>(
    config: &'c Config,
    graph: &Graph<'_>,
    sources: &Sources,
    moves: &[Move],
) -> (Architecture<'c>, Vec<Problem>) {
    let universe = Universe::new(graph.workspace(), config.tells_versions_apart());
    let mut evaluator = Evaluator::new(config, graph, sources, &universe);
    evaluator.moves = moves;
    let (layer_of, context_of) = assign_both(&mut evaluator);
    let faces = match evaluator.contexts.clone() {
        Some(sets) => faces::faces(&mut evaluator, &sets),
        None => Vec::new(),
    };
    let lenient = Manner::packages(Externals::Ban);
    let groups = config
        .groups
        .iter()
        .map(|g| evaluator.list(&g.selectors, lenient))
        .collect();
    let members = Manner::members(false);
    let strict = config.settings.strict.as_ref();
    let strict = strict.map(|list| evaluator.list(list, members)).unwrap_or_default();
    let family_splits = evaluator.family_splits.clone();
    let (rules, rule_splits) = config.rules.iter().map(|r| rules::bind(r, &mut evaluator)).unzip();
    let exceptions = config
        .exceptions
        .iter()
        .map(|e| exceptions::bind(e, &mut evaluator))
        .collect();
    let Evaluator {
        problems,
        mut absent_externals,
        ..
    } = evaluator;
    absent_externals.sort_by_key(|absent| absent.span);
    absent_externals.dedup();
    let mut architecture = Architecture {
        config,
        layers: bound_layers(config),
        layer_of,
        contexts: bound_contexts(config, faces),
        context_of,
        groups,
        strict,
        rules,
        splits: Splits {
            layers: family_splits.0,
            contexts: family_splits.1,
            rules: rule_splits,
        },
        exceptions,
        absent_externals,
        universe,
        permissions: None,
    };
    if problems.is_empty() && config.reports(Code::UnusedPermission) {
        let permissions = permissions::bind(config, graph, sources, &architecture);
        architecture.permissions = Some(permissions);
    }
    (architecture, problems)
}

type Assigned = Vec<Option<Assignment>>;

/// Assigns members to the layers of each stack, and to contexts. Where the crates of layers are told by contexts, contexts go first.
fn assign_both(evaluator: &mut Evaluator<'_>) -> (Vec<Assigned>, Assigned) {
    let config = evaluator.config;
    let needs_contexts = |atom: &Atom| matches!(atom, Atom::Context(_));
    let contexts_first = config
        .layers
        .iter()
        .any(|l| config.list_mentions(&l.crates, &needs_contexts));
    let context_of = contexts_first.then(|| assign_contexts(evaluator));
    let family = layer_family(config);
    let layer_of = assign(&family, config.stacks().len(), evaluator);
    evaluator.layers = Some(sets(&layer_of, config.layers.len()));
    evaluator.family_splits.0 = evaluator.split_by(config.layers.iter().map(|layer| &layer.crates));
    let context_of = context_of.unwrap_or_else(|| assign_contexts(evaluator));
    (layer_of, context_of)
}

fn assign_contexts(evaluator: &mut Evaluator<'_>) -> Assigned {
    let config = evaluator.config;
    let mut context_of = assign(&context_family(config), 1, evaluator);
    evaluator.contexts = Some(sets(&context_of, config.contexts.len()));
    let opening = config.contexts.iter().flat_map(Context::opening_lists);
    let lists = config.contexts.iter().map(|context| &context.crates).chain(opening);
    evaluator.family_splits.1 = evaluator.split_by(lists.chain(&config.settings.default_face));
    context_of.pop().unwrap_or_default()
}

fn layer_family(config: &Config) -> Family<'_> {
    let stacks = config.stacks();
    Family {
        word: "layer",
        units: config
            .layers
            .iter()
            .map(|u| Unit {
                name: &u.name,
                crates: &u.crates,
                rest: u.rest,
                allow_empty: u.allow_empty,
                stack: stack_of(&stacks, u),
            })
            .collect(),
        own: |member| &member.claim.layer,
        deny_own: config.settings.deny_member_claims,
    }
}

fn context_family(config: &Config) -> Family<'_> {
    Family {
        word: "context",
        units: config
            .contexts
            .iter()
            .map(|u| Unit {
                name: &u.name,
                crates: &u.crates,
                rest: u.rest,
                allow_empty: u.allow_empty,
                stack: 0,
            })
            .collect(),
        own: |member| member.claim.context.as_slice(),
        deny_own: config.settings.deny_member_claims,
    }
}

/// The position of a layer's stack.
fn stack_of(stacks: &[Option<&str>], layer: &Layer) -> usize {
    let position = stacks.iter().position(|stack| *stack == layer.stack_name());
    position.unwrap_or(stacks.len())
}

/// Ranks, highest first: a layer beside another shares its rank, all others take the next of their stack in file order.
fn bound_layers(config: &Config) -> Vec<BoundLayer> {
    let names: Vec<&str> = config.layers.iter().map(|l| l.name.value.as_str()).collect();
    let position = |name: &Spanned<String>| names.iter().position(|n| *n == name.value);
    let stacks = config.stacks();
    let own_rank = |index: usize| {
        let own = config.layers[index].stack_name();
        let above = config.layers[..index].iter();
        above.filter(|l| l.beside.is_none() && l.stack_name() == own).count()
    };
    let rank = |mut index: usize| {
        // `beside` in a circle was refused when the file was read; the bound keeps even that from looping.
        for _ in 0..config.layers.len() {
            match config.layers[index].beside.as_ref().and_then(position) {
                Some(next) => index = next,
                None => break,
            }
        }
        own_rank(index)
    };
    (config.layers.iter().enumerate())
        .map(|(index, layer)| BoundLayer {
            stack: stack_of(&stacks, layer),
            rank: rank(index),
            may_use: layer.may_use.as_ref().map(|list| positions(list, &position)),
        })
        .collect()
}

fn bound_contexts(config: &Config, open: Vec<Openness>) -> Vec<BoundContext> {
    let position = |name: &str| config.contexts.iter().position(|context| context.name.value == name);
    let may_use = |list: &NameList| {
        let contexts = list.names.iter().map(|name| context_of(&name.value));
        let positions: BTreeSet<usize> = contexts.filter_map(position).collect();
        positions.into_iter().collect()
    };
    let parts: Vec<_> = (config.contexts.iter())
        .map(|context| listed_parts(config, context, &open, &position))
        .collect();
    let declared = config.contexts.iter().zip(open).zip(parts);
    declared
        .map(|((context, open), parts)| BoundContext {
            may_use: context.may_use.as_ref().map(may_use),
            parts,
            open,
        })
        .collect()
}

/// `CONTEXT` of `CONTEXT:FACE` or of itself.
fn context_of(listed: &str) -> &str {
    listed.split_once(':').map_or(listed, |(context, _)| context)
}

/// The crates of the faces that `may-use` lists, by the context that they belong to.
fn listed_parts(
    config: &Config,
    user: &Context,
    open: &[Openness],
    position: &dyn Fn(&str) -> Option<usize>,
) -> BTreeMap<usize, FixedBitSet> {
    let mut parts: BTreeMap<usize, FixedBitSet> = BTreeMap::new();
    for name in user.may_use.iter().flat_map(|list| &list.names) {
        let Some((context, face)) = name.value.split_once(':') else {
            continue;
        };
        let Some(context) = position(context) else { continue };
        let faces = config.contexts[context].faces.iter().zip(&open[context].faces);
        for (_, crates) in faces.filter(|(declared, _)| declared.name.value == face) {
            parts.entry(context).or_default().union_with(crates);
        }
    }
    parts
}

fn positions(list: &NameList, position: &impl Fn(&Spanned<String>) -> Option<usize>) -> Vec<usize> {
    list.names.iter().filter_map(position).collect()
}
