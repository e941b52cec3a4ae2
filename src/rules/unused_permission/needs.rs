//! What the edges of a workspace need of the lists of layers and of rules.

use fixedbitset::FixedBitSet;

use crate::architecture::BoundRule;
use crate::architecture::selection::Selection;
use crate::config::{Among, Demand};
use crate::graph::{Edge, View};
use crate::rules::Case;

/// For each layer the layers that its crates use.
pub(super) fn of_layers(case: &Case<'_, '_>) -> Vec<FixedBitSet> {
    let count = case.config().layers.len();
    let mut needed = vec![FixedBitSet::with_capacity(count); count];
    let kinds = case.config().settings.layers.kinds;
    for (_, edge) in case.edges_seen(kinds, &case.architecture.splits.layers) {
        for stack in 0..case.architecture.layer_of.len() {
            let layer = |node| case.architecture.layer_in(stack, node);
            if let (Some((from, _)), Some((to, _))) = (layer(edge.from), layer(edge.to)) {
                needed[from].insert(to);
            }
        }
    }
    needed
}

/// What the list of a rule has to hold.
pub(super) fn of_rule(case: &Case<'_, '_>, index: usize) -> Selection {
    let (graph, universe) = (case.graph, &case.architecture.universe);
    let rule = &case.config().rules[index];
    let view = View {
        kinds: rule.kinds,
        ignore_optional: rule.ignore_optional,
        targets: rule.targets.as_deref(),
        split: &case.architecture.splits.rules[index],
    };
    let edges = case.edges_seen(view.kinds, view.split);
    let mut needed = universe.nothing();
    match (&case.architecture.rules[index], &rule.demand) {
        (BoundRule::Allowed { from, .. }, Demand::Allowed { among, .. }) => {
            let closed = |edge: &Edge| match among {
                Among::Workspace => !case.workspace().is_external(edge.to),
                Among::External => case.workspace().is_external(edge.to),
                Among::All => true,
            };
            for (_, edge) in edges.filter(|(_, edge)| from.contains(edge.from.index()) && closed(edge)) {
                let used = view.declarations(graph, edge);
                needed.extend(used.into_iter().filter_map(|declaration| universe.slot(declaration)));
            }
        }
        (BoundRule::Protected { to, .. }, _) => {
            for (_, edge) in edges.filter(|(_, edge)| !to.contains(edge.from.index())) {
                let used = view.declarations(graph, edge);
                if used.into_iter().any(|declaration| universe.selects(to, declaration)) {
                    needed.insert(edge.from.index());
                }
            }
        }
        _ => {}
    }
    needed
}
