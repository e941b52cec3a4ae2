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

/// Reports every circle once.
pub fn check(reader: &mut Reader<'_>, config: &Config) {
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
    for circle in circles(&uses) {
        let help = "remove one of these entries, so that what is declared has a beginning";
        report(reader, "declared by way of itself", help, &circle, &named);
    }
    let named = config.layers.iter().enumerate();
    let positions = named.map(|(i, layer)| (layer.name.value.as_str(), i)).collect();
    let beside: Vec<Vec<(usize, Span)>> = config.layers.iter().map(|layer| ranked(&positions, layer)).collect();
    let named = |i: usize| config.layers[i].name.value.clone();
    for circle in circles(&beside) {
        let help = "remove one `beside`, so that one of these layers has a rank of its own";
        report(reader, "`beside` in a circle", help, &circle, &named);
    }
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

/// The circles that a walk in order closes: each node with the place at which it names the next. A walk from every
/// node visits each edge once, and keeps its own stack: a long chain of groups is no reason to run out of another.
fn circles(uses: &[Vec<(usize, Span)>]) -> Vec<Vec<(usize, Span)>> {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }
    let mut state = vec![State::New; uses.len()];
    let mut found = Vec::new();
    for start in 0..uses.len() {
        if state[start] != State::New {
            continue;
        }
        state[start] = State::Open;
        // Each open node with the number of its uses that were followed.
        let mut stack = vec![(start, 0)];
        while let Some((node, followed)) = stack.last_mut() {
            let Some(&(next, _)) = uses[*node].get(*followed) else {
                state[*node] = State::Done;
                stack.pop();
                continue;
            };
            *followed += 1;
            match state[next] {
                State::New => {
                    state[next] = State::Open;
                    stack.push((next, 0));
                }
                State::Open => {
                    let from = stack.iter().position(|(open, _)| *open == next).unwrap_or(0);
                    let hop = |&(node, followed): &(usize, usize)| (node, uses[node][followed - 1].1);
                    found.push(stack[from..].iter().map(hop).collect());
                }
                State::Done => {}
            }
        }
    }
    found
}

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
