//! What layers say of layers and contexts of contexts: `beside` and `may-use`.

use super::names::known;
use super::view::{Reader, View};
use crate::config::nearest::quoted;
use crate::config::{Layer, NameList, unsupported};
use crate::source::Spanned;

/// Checks `beside` and `may-use` of the layers.
pub fn layers(reader: &mut Reader<'_>, layers: &[Layer], names: &[String]) {
    for (i, layer) in layers.iter().enumerate() {
        if let Some(beside) = &layer.beside {
            known(reader, "layer", beside, names);
        }
        let rank = rank(layers, i);
        for name in layer.may_use.iter().flat_map(|list| &list.names) {
            if !known(reader, "layer", name, names) {
                continue;
            }
            let other = layers.iter().position(|other| other.name.value == name.value);
            let (Some(rank), Some(other)) = (rank, other.and_then(|other| self::rank(layers, other))) else {
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

/// The position of the layer whose rank this one has; none where `beside` leads in a circle or nowhere.
fn rank(layers: &[Layer], mut index: usize) -> Option<usize> {
    for _ in 0..=layers.len() {
        match &layers[index].beside {
            None => return Some(index),
            Some(beside) => index = layers.iter().position(|layer| layer.name.value == beside.value)?,
        }
    }
    None
}

pub fn may_use(reader: &mut Reader<'_>, root: View<'_>, list: Option<&NameList>, contexts: &[String]) {
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
        let faces: Vec<String> = faces(root, context);
        let face = Spanned::new(face.to_owned(), reader.inside(name, at + 1..name.value.len()));
        if known(reader, "face", &face, &faces) {
            let help = format!("name the whole context: `\"{context}\"`");
            reader.unsupported(unsupported(&name.value), name.span, help);
        }
    }
}

/// The names under `faces` of a context.
fn faces(root: View<'_>, context: &str) -> Vec<String> {
    let entry = root.map("contexts").into_iter().find(|entry| entry.name == context);
    let faces = entry.and_then(|entry| entry.value.get_ref().as_table()?.get("faces")?.get_ref().as_table());
    faces
        .into_iter()
        .flat_map(|table| table.keys())
        .map(|key| key.get_ref().to_string())
        .collect()
}
