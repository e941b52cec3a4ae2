//! What is declared by way of itself: groups, layers and contexts in a circle, and `beside` in one.

use std::collections::HashMap;

use crate::config::nearest::quoted;
use crate::config::selector::{Atom, SelectorList};
use crate::config::{Config, Layer};
use crate::error::{Problem, ProblemKind};
use crate::source::Span;

use super::view::Reader;

/// Something that is declared by a list of selectors.
struct Node<'c> {
    family: &'static str,
    name: &'c str,
    list: &'c SelectorList,
}

/// Where each is among the nodes.
type Positions<'c> = HashMap<(&'static str, &'c str), usize>;

/// Reports every circle once, and declarations that stand too deep in each other. Tells whether what is left can be
/// evaluated step by step.
pub fn check(reader: &mut Reader<'_>, config: &Config) -> bool {
    let groups = config.groups.iter().map(|g| ("group", &g.name, &g.selectors));
    let layers = config.layers.iter().map(|l| ("layer", &l.name, &l.crates));
    let contexts = config.contexts.iter().map(|c| ("context", &c.name, &c.crates));
    let all = groups.chain(layers).chain(contexts);
    let nodes: Vec<Node<'_>> = all
        .map(|(family, name, list)| Node {
            family,
            name: &name.value,
            list,
        })
        .collect();
    let positions: Positions<'_> = nodes
        .iter()
        .enumerate()
        .map(|(i, node)| ((node.family, node.name), i))
        .collect();
    let uses: Vec<Vec<(usize, Span)>> = nodes.iter().map(|node| used(&positions, node.list)).collect();
    let named = |i: usize| format!("{}:{}", nodes[i].family, nodes[i].name);
    let walk = walk(&uses);
    for circle in &walk.circles {
        let help = "remove one of these entries, so that what is declared has a beginning";
        report(reader, "declared by way of itself", help, circle, &named);
    }
    let deepest = (0..nodes.len()).rev().max_by_key(|node| walk.depths[*node]);
    let too_deep = deepest.filter(|node| walk.depths[*node] > DEPTH);
    if let Some(node) = too_deep {
        let message = format!("{} is declared more than {DEPTH} steps deep", quoted(&named(node)));
        let help = "name crates or patterns directly";
        reader.report(
            message,
            nodes[node].list.key,
            "leads to a longer chain of declarations",
            help,
        );
    }
    let named = config.layers.iter().enumerate();
    let positions = named.map(|(i, layer)| (layer.name.value.as_str(), i)).collect();
    let beside: Vec<Vec<(usize, Span)>> = config.layers.iter().map(|layer| ranked(&positions, layer)).collect();
    let named = |i: usize| config.layers[i].name.value.clone();
    for circle in &self::walk(&beside).circles {
        let help = "remove one `beside`, so that one of these layers has a rank of its own";
        report(reader, "`beside` in a circle", help, circle, &named);
    }
    too_deep.is_none() && (walk.circles.is_empty() || nodes.len() <= UNFOLDED)
}

/// What the list names, with the place of each.
fn used(positions: &Positions<'_>, list: &SelectorList) -> Vec<(usize, Span)> {
    let mut used = Vec::new();
    for entry in &list.entries {
        for term in &entry.terms {
            let (family, name) = match &term.atom {
                Atom::Group(name) => ("group", name),
                Atom::Layer(name) => ("layer", name),
                Atom::Context(name) => ("context", name),
                _ => continue,
            };
            used.extend(
                positions
                    .get(&(family, name.as_str()))
                    .map(|found| (*found, entry.text.span)),
            );
        }
    }
    used
}

fn ranked(positions: &HashMap<&str, usize>, layer: &Layer) -> Vec<(usize, Span)> {
    let beside = layer.beside.iter();
    let known = beside.filter_map(|beside| Some((*positions.get(beside.value.as_str())?, beside.span)));
    known.collect()
}

/// What a walk over all nodes saw.
#[derive(Default)]
struct Walk {
    /// Circles, each node with the place at which it names the next.
    circles: Vec<Vec<(usize, Span)>>,
    /// For each node the length of the longest chain of nodes that it names, circles aside.
    depths: Vec<usize>,
}

/// Walks along every edge once, in order, with a stack of its own: a long chain of groups is no reason to run out of
/// another.
fn walk(uses: &[Vec<(usize, Span)>]) -> Walk {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }
    let mut state = vec![State::New; uses.len()];
    let mut found = Walk {
        depths: vec![0; uses.len()],
        ..Walk::default()
    };
    for start in 0..uses.len() {
        if state[start] != State::New {
            continue;
        }
        state[start] = State::Open;
        // Each open node with the number of its uses that were followed.
        let mut stack = vec![(start, 0)];
        while let Some((node, followed)) = stack.last_mut() {
            let Some(&(next, _)) = uses[*node].get(*followed) else {
                let done = *node;
                state[done] = State::Done;
                stack.pop();
                if let Some((parent, _)) = stack.last() {
                    found.depths[*parent] = found.depths[*parent].max(found.depths[done] + 1);
                }
                continue;
            };
            *followed += 1;
            match state[next] {
                State::New => {
                    state[next] = State::Open;
                    stack.push((next, 0));
                }
                State::Open if found.circles.len() == CIRCLES => {}
                State::Open => {
                    let from = stack.iter().position(|(open, _)| *open == next).unwrap_or(0);
                    let hop = |&(node, followed): &(usize, usize)| (node, uses[node][followed - 1].1);
                    found.circles.push(stack[from..].iter().map(hop).collect());
                }
                State::Done => found.depths[*node] = found.depths[*node].max(found.depths[next] + 1),
            }
        }
    }
    found
}

/// How many circles are shown: many crates that all name each other close very many.
const CIRCLES: usize = 20;

/// How many declarations may be evaluated where some stand in a circle, and so at any depth.
const UNFOLDED: usize = 500;

/// How deep declarations may stand in each other: far beyond what a person can follow.
const DEPTH: usize = 64;

/// How many steps of a circle are shown.
const STEPS: usize = 12;

fn report(reader: &mut Reader<'_>, what: &str, help: &str, circle: &[(usize, Span)], named: &dyn Fn(usize) -> String) {
    let shown = |(node, _): &(usize, Span)| quoted(&named(*node));
    let mut path: Vec<String> = circle.iter().take(STEPS).map(shown).collect();
    if circle.len() > STEPS {
        path.push(format!("{} more", circle.len() - STEPS));
    }
    path.extend(circle.first().map(shown));
    let mut problem = Problem::new(ProblemKind::Config, format!("{what}: {}", path.join(" → ")));
    for (i, (_, span)) in circle.iter().take(STEPS).enumerate() {
        problem = problem.at(*span, format!("{} names {}", path[i], path[i + 1]));
    }
    reader.problems.push(problem.help(help));
}
