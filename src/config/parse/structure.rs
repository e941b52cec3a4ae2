//! `[[layers]]` and `[contexts.NAME]`.

use super::lists::{Select, modules, names, selector_list, selectors};
use super::names::check_name;
use super::view::{Entry, Reader, View};
use super::{faces, relations};
use crate::config::schema::Type;
use crate::config::selector::SelectorList;
use crate::config::{Context, ContextKind, Layer, Part};
use crate::source::Span;

pub fn layers(reader: &mut Reader<'_>, root: View<'_>) -> Vec<Layer> {
    let mut layers = Vec::new();
    for view in root.children("layers") {
        let crates = crates(reader, view);
        let Some(name) = view.string(reader, "name") else {
            continue;
        };
        check_name(reader, &name, "layer");
        let stack = view.string(reader, "stack");
        if let Some(stack) = &stack {
            check_name(reader, stack, "stack");
        }
        layers.push(Layer {
            name,
            stack,
            crates,
            rest: rest(reader, view),
            beside: view.string(reader, "beside"),
            closed: view.flag("closed"),
            open: view.flag("open"),
            independent: view.flag("independent"),
            may_use: names(reader, view, "may-use"),
            allow_empty: view.flag("allow-empty"),
            reason: view.text(reader, "reason"),
            help: view.text(reader, "help"),
        });
    }
    layers
}

pub fn contexts(reader: &mut Reader<'_>, root: View<'_>) -> Vec<Context> {
    let Some(Type::Map(_, Type::Table(spec))) = root.spec("contexts").map(|key| key.value) else {
        return Vec::new();
    };
    let mut contexts = Vec::new();
    for entry in root.map("contexts") {
        let name = entry.named(reader);
        check_name(reader, &name, "context");
        let Some(view) = entry.table(spec) else {
            continue;
        };
        let faces = parts(reader, view, "faces");
        for face in &faces {
            check_name(reader, &face.name, "face");
        }
        faces::inert(reader, view, &name.value);
        contexts.push(Context {
            name,
            crates: crates(reader, view),
            rest: rest(reader, view),
            public: selectors(reader, view, "public", Select::Members),
            public_to: parts(reader, view, "public-to"),
            faces,
            may_use: names(reader, view, "may-use"),
            kind: match view.word("kind") {
                Some("shared-kernel") => ContextKind::SharedKernel,
                Some("composition-root") => ContextKind::CompositionRoot,
                _ => ContextKind::Bounded,
            },
            relations: relations::declared(reader, view),
            owners: view
                .get("owners")
                .map(|entry| entry.strings(reader))
                .unwrap_or_default()
                .into_iter()
                .map(|o| o.value)
                .collect(),
            allow_empty: view.flag("allow-empty"),
            reason: view.text(reader, "reason"),
            help: view.text(reader, "help"),
        });
    }
    contexts
}

/// The lines of `public-to` or of `faces`.
fn parts(reader: &mut Reader<'_>, view: View<'_>, key: &str) -> Vec<Part> {
    let part = |line: Entry<'_>| Part {
        name: line.named(reader),
        crates: selector_list(reader, &line, Select::Members),
    };
    view.map(key).into_iter().map(part).collect()
}

/// `crates`, and behind them `modules`; without either an empty list at the table's header: only `rest` or members' own
/// claims fill the unit.
fn crates(reader: &mut Reader<'_>, view: View<'_>) -> SelectorList {
    let crates = selectors(reader, view, "crates", Select::Members);
    match (crates, modules(reader, view, "modules")) {
        (Some(mut crates), Some(modules)) => {
            crates.entries.extend(modules.entries);
            crates.refused |= modules.refused;
            crates
        }
        (Some(list), None) | (None, Some(list)) => list,
        (None, None) => SelectorList {
            key: view.span(reader),
            entries: Vec::new(),
            refused: false,
        },
    }
}

fn rest(reader: &Reader<'_>, view: View<'_>) -> Option<Span> {
    view.flag("rest")
        .then(|| view.get("rest").map(|entry| entry.key(reader)))
        .flatten()
}
