//! `[settings]`, `[groups]` and `[levels]`.

use super::lists::{Select, kinds, level, level_named, selector_list, selectors};
use super::names::check_name;
use super::view::{Reader, View};
use crate::config::{EngineChoice, FamilySettings, Group, Settings};
use crate::finding::Level;
use crate::source::Spanned;
use crate::workspace::Kinds;

pub fn settings(reader: &mut Reader<'_>, root: View<'_>) -> Settings {
    let settings = root.child("settings");
    let all = settings
        .and_then(|view| kinds(reader, view, "kinds"))
        .unwrap_or(Kinds::BUILD);
    let layers = settings.and_then(|view| view.child("layers"));
    let contexts = settings.and_then(|view| view.child("contexts"));
    Settings {
        kinds: all,
        engine: match settings.and_then(|view| view.word("engine")) {
            Some("manifests") => EngineChoice::Manifests,
            Some("cargo") => EngineChoice::Cargo,
            _ => EngineChoice::Auto,
        },
        deny_member_claims: settings.and_then(|view| view.word("member-claims")) == Some("deny"),
        facades: settings.and_then(|view| view.word("reexports")) == Some("facade"),
        strict: settings.and_then(|view| selectors(reader, view, "strict", Select::Members)),
        layers: family(reader, layers, all),
        contexts: family(reader, contexts, all),
        default_face: contexts.and_then(|view| selectors(reader, view, "public", Select::Members)),
    }
}

fn family(reader: &mut Reader<'_>, view: Option<View<'_>>, all: Kinds) -> FamilySettings {
    FamilySettings {
        kinds: view.and_then(|view| kinds(reader, view, "kinds")).unwrap_or(all),
        unassigned: view.and_then(|view| level(view, "unassigned")),
    }
}

pub fn groups(reader: &mut Reader<'_>, root: View<'_>) -> Vec<Group> {
    let mut groups = Vec::new();
    for entry in root.map("groups") {
        let name = entry.named(reader);
        check_name(reader, &name, "group");
        let selectors = selector_list(reader, &entry, Select::Packages);
        groups.push(Group { name, selectors });
    }
    groups
}

pub fn levels(reader: &Reader<'_>, root: View<'_>) -> Vec<(Spanned<String>, Level)> {
    let entries = root.map("levels").into_iter();
    let level = |entry: super::view::Entry<'_>| {
        let level = level_named(entry.value.get_ref().as_str()?)?;
        Some((entry.named(reader), level))
    };
    entries.filter_map(level).collect()
}
