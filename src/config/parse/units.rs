//! What layers say of layers: `stack`, `beside` and `may-use`.

use std::collections::HashMap;

use super::names::{Names, known};
use super::view::Reader;
use crate::config::Layer;
use crate::config::nearest::{nearest, quoted};
use crate::source::Spanned;

/// Checks `beside` and `may-use` of the layers.
pub fn layers(reader: &mut Reader<'_>, layers: &[Layer], names: &Names) {
    // Of two layers of one name the first counts; that there are two is reported elsewhere.
    let last_first = layers.iter().enumerate().rev();
    let positions: HashMap<&str, usize> = last_first.map(|(i, layer)| (layer.name.value.as_str(), i)).collect();
    let ranks = ranks(layers, &positions);
    lone_stacks(reader, layers);
    for (i, layer) in layers.iter().enumerate() {
        let of_this_stack = |reader: &mut Reader<'_>, key: &str, name: &Spanned<String>| {
            let other = positions.get(name.value.as_str()).map(|other| &layers[*other]);
            let foreign = other.filter(|other| other.stack_name() != layer.stack_name());
            foreign
                .inspect(|other| another_stack(reader, key, name, layer, other))
                .is_none()
        };
        if let Some(beside) = &layer.beside
            && known(reader, "layer", beside, names)
        {
            of_this_stack(reader, "beside", beside);
        }
        for name in layer.may_use.iter().flat_map(|list| &list.names) {
            if !known(reader, "layer", name, names) || !of_this_stack(reader, "may-use", name) {
                continue;
            }
            let other = positions.get(name.value.as_str()).and_then(|other| ranks[*other]);
            let (Some(rank), Some(other)) = (ranks[i], other) else {
                continue;
            };
            if other > rank {
                continue;
            }
            let (message, help) = if name.value == layer.name.value {
                (
                    format!("layer {} names itself in `may-use`", quoted(&name.value)),
                    "remove it: a layer may use itself, unless it says `independent = true`",
                )
            } else {
                let place = if other == rank { "stands beside" } else { "stands above" };
                (
                    format!(
                        "`may-use` of layer {} names {}, which {place} it",
                        quoted(&layer.name.value),
                        quoted(&name.value)
                    ),
                    "`may-use` narrows what a layer may use below it: name lower layers, or reorder the layers",
                )
            };
            reader.report(message, name.span, "not a lower layer", help);
        }
    }
}

fn another_stack(reader: &mut Reader<'_>, key: &str, name: &Spanned<String>, layer: &Layer, other: &Layer) {
    let shown = |layer: &Layer| match layer.stack_name() {
        Some(stack) => format!("stack {}", quoted(stack)),
        None => "the main stack".to_owned(),
    };
    let message = format!(
        "`{key}` of layer {} names {}, a layer of another stack",
        quoted(&layer.name.value),
        quoted(&name.value)
    );
    let label = format!(
        "in {}, and {} is in {}",
        shown(other),
        quoted(&layer.name.value),
        shown(layer)
    );
    let help = "each stack is ordered by itself: name a layer of the same stack";
    reader.report(message, name.span, label, help);
}

/// Reports a named stack of one layer: it orders nothing, and its name may be a misspelt one.
fn lone_stacks(reader: &mut Reader<'_>, layers: &[Layer]) {
    let mut sizes: HashMap<&str, usize> = HashMap::new();
    for stack in layers.iter().filter_map(Layer::stack_name) {
        *sizes.entry(stack).or_default() += 1;
    }
    for layer in layers.iter().filter(|layer| !layer.independent) {
        let Some(stack) = layer.stack.as_ref().filter(|stack| sizes[stack.value.as_str()] == 1) else {
            continue;
        };
        let mut others: Vec<&str> = sizes.keys().copied().filter(|other| *other != stack.value).collect();
        others.sort_unstable();
        let label = match nearest(&stack.value, others) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "its only layer".to_owned(),
        };
        let help = "a stack orders two layers at least: declare the others, or remove `stack`";
        let message = format!("stack {} has one layer, and so orders nothing", quoted(&stack.value));
        reader.report(message, stack.span, label, help);
    }
}

/// For each layer the position of the one whose rank it has; none where `beside` leads in a circle or nowhere.
fn ranks(layers: &[Layer], positions: &HashMap<&str, usize>) -> Vec<Option<usize>> {
    let mut ranks: Vec<Option<usize>> = vec![None; layers.len()];
    let mut done = vec![false; layers.len()];
    for start in 0..layers.len() {
        let (mut chain, mut at) = (Vec::new(), Some(start));
        let rank = loop {
            match at {
                Some(layer) if !done[layer] => {
                    // A circle comes back to a layer that is done and has no rank.
                    done[layer] = true;
                    chain.push(layer);
                    match &layers[layer].beside {
                        None => break Some(layer),
                        Some(beside) => at = positions.get(beside.value.as_str()).copied(),
                    }
                }
                Some(layer) => break ranks[layer],
                None => break None,
            }
        };
        for layer in chain {
            ranks[layer] = rank;
        }
    }
    ranks
}
