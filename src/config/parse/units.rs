//! What layers say of layers and contexts of contexts: `beside` and `may-use`.

use std::collections::HashMap;

use super::names::{Names, known};
use super::view::{Reader, View};
use crate::config::nearest::quoted;
use crate::config::{Layer, NameList, unsupported};
use crate::source::Spanned;

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

pub fn may_use(reader: &mut Reader<'_>, root: View<'_>, list: Option<&NameList>, contexts: &Names) {
    for name in list.into_iter().flat_map(|list| &list.names) {
        let Some((context, face)) = name.value.split_once(':') else {
            known(reader, "context", name, contexts);
            continue;
        };
        let at = context.len();
        let owner = Spanned::new(context.to_owned(), reader.inside(name, 0..at));
        if !known(reader, "context", &owner, contexts) {
            continue;
        }
        let faces = faces(root, context);
        let face = Spanned::new(face.to_owned(), reader.inside(name, at + 1..name.value.len()));
        if known(reader, "face", &face, &faces) {
            let help = format!("name the whole context: `\"{context}\"`");
            reader.unsupported(unsupported(&name.value), name.span, help);
        }
    }
}

/// The names under `faces` of a context.
fn faces(root: View<'_>, context: &str) -> Names {
    let contexts = root.get("contexts").and_then(|entry| entry.value.get_ref().as_table());
    let context = contexts.and_then(|table| table.get(context)?.get_ref().as_table());
    let faces = context.and_then(|table| table.get("faces")?.get_ref().as_table());
    Names::new(
        faces
            .into_iter()
            .flat_map(|table| table.keys())
            .map(|key| &**key.get_ref()),
    )
}
