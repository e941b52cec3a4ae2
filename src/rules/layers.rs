//! `layer`, `layer-sibling` and `layer-skip`: edges against the order of a stack.

use super::ways_out::{ask_to_move, own_claims, record};
use super::{Candidate, Case, Charge, Rule};
use crate::config::Layer;
use crate::finding::{Code, Label};
use crate::graph::Edge;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::Layer, Code::LayerSibling, Code::LayerSkip],
    check,
};

fn check<'w>(case: &Case<'_, 'w>, candidates: &mut Vec<Candidate<'w>>) {
    let config = case.config();
    if !config.layers.is_empty() {
        case.object_to_edges(
            (config.settings.layers.kinds, &case.architecture.splits.layers),
            |case, edge| charges(case, edge, true),
            candidates,
        );
    }
}

/// Whether the layers allow an edge; none where they do not judge it, because in no stack both ends are in a layer.
pub(super) fn allow(case: &Case<'_, '_>, edge: &Edge) -> Option<bool> {
    pairs(case, edge).next()?;
    Some(charges(case, edge, false).is_empty())
}

/// The edge in every stack in which both its ends are in a layer.
fn pairs<'p, 'a, 'w>(case: &'p Case<'a, 'w>, edge: &'p Edge) -> impl Iterator<Item = Pair<'p, 'a, 'w>> {
    let architecture = case.architecture;
    (0..architecture.layer_of.len()).filter_map(move |stack| {
        let (from, _) = architecture.layer_in(stack, edge.from)?;
        let (to, _) = architecture.layer_in(stack, edge.to)?;
        Some(Pair {
            case,
            edge,
            from,
            to,
            offers: false,
        })
    })
}

/// One charge a code, in the order of the codes: what several stacks object to alike is said once. Ways out that take a
/// look around are offered only where they are wanted.
fn charges(case: &Case<'_, '_>, edge: &Edge, offers: bool) -> Vec<Charge> {
    let mut charges: Vec<Charge> = Vec::new();
    for mut pair in pairs(case, edge) {
        pair.offers = offers;
        let names = (&pair.layer(pair.from).name.value, &pair.layer(pair.to).name.value);
        for mut charge in [pair.order(), pair.sibling(), pair.skip()].into_iter().flatten() {
            own_claims(case, &mut charge, [(edge.from, names.0), (edge.to, names.1)], "layer");
            match charges.iter_mut().find(|known| known.code == charge.code) {
                Some(known) => join(known, charge, &pair),
                None => charges.push(charge),
            }
        }
    }
    charges.sort_by_key(|charge| charge.code);
    charges
}

/// Joins to a charge what a further stack objects to under the same code.
fn join(known: &mut Charge, further: Charge, pair: &Pair<'_, '_, '_>) {
    let (from, to) = (pair.layer(pair.from), pair.layer(pair.to));
    let stack = match from.stack_name() {
        Some(stack) => format!("stack `{stack}`"),
        None => "the main stack".to_owned(),
    };
    let layers = if pair.from == pair.to {
        format!("layer `{}`", from.name.value)
    } else {
        format!("layer `{}` to layer `{}`", from.name.value, to.name.value)
    };
    known.message = format!("{}, nor in {stack} ({layers})", known.message);
    known.related.extend(further.related);
    known.reason = known.reason.take().or(further.reason);
    // The exception excuses the edge in every stack, and stands last.
    let record = known.help.pop();
    for help in further.help.into_iter().filter(|help| Some(help) != record.as_ref()) {
        if !known.help.contains(&help) {
            known.help.push(help);
        }
    }
    known.help.extend(record);
}

/// An edge between two crates that are in layers.
struct Pair<'p, 'a, 'w> {
    case: &'p Case<'a, 'w>,
    edge: &'p Edge,
    from: usize,
    to: usize,
    /// Whether a crate may be looked for that could be moved.
    offers: bool,
}

impl Pair<'_, '_, '_> {
    fn layer(&self, index: usize) -> &Layer {
        &self.case.config().layers[index]
    }

    fn rank(&self, index: usize) -> usize {
        self.case.architecture.layers[index].rank
    }

    /// The stack, where it is not the main one.
    fn of_which_stack(&self) -> String {
        let stack = self.layer(self.from).stack_name();
        stack.map_or_else(String::new, |stack| format!(" in stack `{stack}`"))
    }

    /// Whether a layer is of the stack in which the edge is looked at.
    fn in_stack(&self, index: usize) -> bool {
        let layers = &self.case.architecture.layers;
        layers[index].stack == layers[self.from].stack
    }

    /// Up the stack, across to a layer of the same rank, or to a layer that `may-use` does not list.
    fn order(&self) -> Option<Charge> {
        if self.from == self.to {
            return None;
        }
        let (from, to) = (self.layer(self.from), self.layer(self.to));
        let (from_name, to_name) = (&from.name.value, &to.name.value);
        let named = self.case.name(self.edge.to);
        let (label, related, way_out) = match self.rank(self.to).cmp(&self.rank(self.from)) {
            std::cmp::Ordering::Less => (
                format!("layer `{from_name}` reaches up to layer `{to_name}`"),
                Label {
                    span: to.name.span,
                    text: format!("`{to_name}` stands above `{from_name}`{}", self.of_which_stack()),
                },
                format!(
                    "define a trait in `{}` and implement it in `{named}`, or move what needs `{named}` up into layer `{to_name}`",
                    self.case.name(self.edge.from)
                ),
            ),
            std::cmp::Ordering::Equal => (
                format!("layer `{from_name}` reaches across to layer `{to_name}`, of the same rank"),
                Label {
                    span: to.name.span,
                    text: format!("`{to_name}` stands beside `{from_name}`{}", self.of_which_stack()),
                },
                "move what both layers need into a layer below them, or join them in a layer above".to_owned(),
            ),
            std::cmp::Ordering::Greater => {
                let listed = self.case.architecture.layers[self.from].may_use.as_ref()?;
                if listed.contains(&self.to) {
                    return None;
                }
                let key = from.may_use.as_ref().map_or(from.name.span, |list| list.key);
                (
                    format!("layer `{from_name}` may not use layer `{to_name}`"),
                    Label {
                        span: key,
                        text: format!("`may-use` of `{from_name}` does not list `{to_name}`"),
                    },
                    format!("use a layer that `{from_name}` lists, or add \"{to_name}\" to its `may-use`"),
                )
            }
        };
        let listed = self.rank(self.to) > self.rank(self.from);
        let (first, second) = if listed { (from, to) } else { (to, from) };
        let mut charge = self.charge(Code::Layer, self.message(), label, related, (first, second), way_out);
        if let Some(ask) = self.moved() {
            let record = charge.help.len() - 1;
            charge.help.insert(record, ask);
        }
        Some(charge)
    }

    /// The question what moving the user to the layer that it uses would bring: where that is not below, no layer would
    /// object to what the crate uses and is used by, and its own keeps other crates.
    fn moved(&self) -> Option<String> {
        let direction = match self.rank(self.to).cmp(&self.rank(self.from)) {
            std::cmp::Ordering::Less => "up",
            std::cmp::Ordering::Equal => "over",
            std::cmp::Ordering::Greater => return None,
        };
        let case = self.case;
        let (stack, member) = (case.architecture.layers[self.from].stack, self.edge.from);
        let kinds = case.config().settings.layers.kinds;
        let layer = |node| {
            let own = || case.architecture.layer_in(stack, node).map(|(index, _)| index);
            if node == member { Some(self.to) } else { own() }
        };
        let fits = |edge: &Edge| {
            let (Some(from), Some(to)) = (layer(edge.from), layer(edge.to)) else {
                return true;
            };
            let pair = Pair {
                edge,
                from,
                to,
                offers: false,
                ..*self
            };
            pair.order().is_none() && pair.sibling().is_none() && pair.skip().is_none()
        };
        let split = &case.architecture.splits.layers;
        let seen = |edge: &&Edge| kinds.contains(edge.kind) && split.shows(case.workspace(), edge);
        let mut edges = case.graph.edges_at(member).filter(seen);
        let own = case.architecture.layer_of[stack].iter().flatten();
        let stays = own.filter(|assigned| assigned.unit == self.from).nth(1).is_some();
        let sensible = self.offers && stays && edges.all(fits);
        let to = &self.layer(self.to).name.value;
        ask_to_move(direction, case.name(member), "layer", to).filter(|_| sensible)
    }

    /// Inside a layer whose crates are independent.
    fn sibling(&self) -> Option<Charge> {
        let layer = self.layer(self.from);
        if self.from != self.to || !layer.independent {
            return None;
        }
        let (from, to) = (self.case.name(self.edge.from), self.case.name(self.edge.to));
        let name = &layer.name.value;
        Some(self.charge(
            Code::LayerSibling,
            format!("`{from}` may not use `{to}`: both are in layer `{name}`, whose crates are independent"),
            format!("crates of layer `{name}` may not use each other"),
            Label {
                span: layer.name.span,
                text: format!("`{name}` is `independent`"),
            },
            (layer, layer),
            "move what both crates need into a layer below, or let a crate of a layer above use both".to_owned(),
        ))
    }

    /// Past a closed layer, onto one that is not open and that `may-use` does not list.
    fn skip(&self) -> Option<Charge> {
        let (from, to) = (self.layer(self.from), self.layer(self.to));
        let listed = self.case.architecture.layers[self.from].may_use.as_ref();
        if to.open || listed.is_some_and(|l| l.contains(&self.to)) {
            return None;
        }
        let between = self.rank(self.from) + 1..self.rank(self.to);
        let (_, closed) = (self.case.config().layers.iter().enumerate())
            .find(|(index, layer)| layer.closed && self.in_stack(*index) && between.contains(&self.rank(*index)))?;
        let (from_name, to_name, closed_name) = (&from.name.value, &to.name.value, &closed.name.value);
        Some(self.charge(
            Code::LayerSkip,
            format!("{} past layer `{closed_name}`", self.message()),
            format!("layer `{from_name}` reaches past layer `{closed_name}` to layer `{to_name}`"),
            Label {
                span: closed.name.span,
                text: format!("`{closed_name}` is `closed`: nothing above it may use what is below it"),
            },
            (closed, to),
            format!("go through a crate of layer `{closed_name}`, or mark layer `{to_name}` with `open = true`"),
        ))
    }

    fn message(&self) -> String {
        let (from, to) = (self.case.name(self.edge.from), self.case.name(self.edge.to));
        let (from_layer, to_layer) = (&self.layer(self.from).name.value, &self.layer(self.to).name.value);
        format!("`{from}` (layer `{from_layer}`) may not use `{to}` (layer `{to_layer}`)")
    }

    /// The reason and the help are those of the first layer that has one.
    fn charge(
        &self,
        code: Code,
        message: String,
        label: String,
        related: Label,
        (first, second): (&Layer, &Layer),
        way_out: String,
    ) -> Charge {
        let (from, to) = (self.case.name(self.edge.from), self.case.name(self.edge.to));
        let own_help = first.help.as_ref().or(second.help.as_ref()).cloned();
        let mut help: Vec<String> = own_help.into_iter().collect();
        help.push(way_out);
        help.push(record(code.as_str(), from, to));
        Charge {
            code,
            rule: None,
            message,
            label,
            related: vec![related],
            reason: first.reason.as_ref().or(second.reason.as_ref()).cloned(),
            help,
        }
    }
}
