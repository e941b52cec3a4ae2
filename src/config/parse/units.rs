//! What layers say of layers: `beside` and `may-use`.

use std::collections::HashMap;

use super::names::{Names, known};
use super::view::Reader;
use crate::config::Layer;
use crate::config::nearest::quoted;

/// Checks `beside` and `may-use` of the layers.
pub fn layers(reader: &mut Reader<'_>, layers: &[Layer], names: &Names) {
    // Of two layers of one name the first counts; that there are two is reported elsewhere.
    let last_first = layers.iter().enumerate().rev();
    let positions: HashMap<&str, usize> = last_first.map(|(i, layer)| (layer.name.value.as_str(), i)).collect();
    let ranks = ranks(layers, &positions);
    for (i, layer) in layers.iter().enumerate() {
        if let Some(beside) = &layer.beside {
            known(reader, "layer", beside, names);
        }
        for name in layer.may_use.iter().flat_map(|list| &list.names) {
            if !known(reader, "layer", name, names) {
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
