//! `[workspace]` and `[patch]`.

use toml::Spanned as TomlSpanned;
use toml::de::{DeString, DeTable};

use super::dependency::{self, Place};
use super::walk::{Value, Walk};
use super::{RawPatch, RawShared, RawWorkspace, SharedPackage, package};
use crate::source::Spanned;

/// Reads `[workspace]`. Keys that are not on the list are for cargo.
pub fn read(walk: &mut Walk, key: &TomlSpanned<DeString<'_>>, value: &Value<'_>) -> Option<RawWorkspace> {
    let table = walk.table("workspace", value)?;
    let mut workspace = RawWorkspace {
        key: walk.span(key.span()),
        members: None,
        default_members: None,
        exclude: Vec::new(),
        dependencies: Vec::new(),
        package: SharedPackage::default(),
        package_keys: Vec::new(),
        lints: false,
    };
    for (field, value) in table {
        match field.get_ref().as_ref() {
            "members" => workspace.members = walk.strings("members", value),
            "default-members" => workspace.default_members = walk.strings("default-members", value),
            "exclude" => {
                let paths = walk.strings("exclude", value).unwrap_or_default();
                workspace.exclude = paths.into_iter().map(|path| path.value).collect();
            }
            "dependencies" => workspace.dependencies = shared(walk, value),
            "package" => {
                if let Some(table) = walk.table("package", value) {
                    workspace.package = shared_package(walk, table);
                    workspace.package_keys = table.keys().map(|k| k.get_ref().to_string()).collect();
                }
            }
            "lints" => workspace.lints = true,
            "metadata" => {}
            "resolver" => resolver(walk, value),
            other => walk.foreign(
                field.span(),
                format!("`{other}` in `[workspace]` is a key that only cargo can read"),
            ),
        }
    }
    Some(workspace)
}

/// The resolver bears on versions and features alone, but one that is not known may bear on more.
fn resolver(walk: &mut Walk, value: &Value<'_>) {
    if let Some(version) = walk.string("resolver", value)
        && !matches!(version.as_str(), "1" | "2" | "3")
    {
        walk.foreign(
            value.span(),
            format!("the resolver `{version}` is not known to this version"),
        );
    }
}

/// `[workspace.dependencies]`, by name.
fn shared(walk: &mut Walk, value: &Value<'_>) -> Vec<RawShared> {
    let Some(table) = walk.table("dependencies", value) else {
        return Vec::new();
    };
    let entries = table.iter().map(|(key, value)| RawShared {
        key: Spanned::new(key.get_ref().to_string(), walk.span(key.span())),
        spec: dependency::entry(walk, key, value, Place::Shared),
    });
    let mut entries: Vec<_> = entries.collect();
    entries.sort_by(|a, b| a.key.value.cmp(&b.key.value));
    entries
}

/// What members inherit and rules ask for.
fn shared_package(walk: &mut Walk, table: &DeTable<'_>) -> SharedPackage {
    let mut shared = SharedPackage::default();
    for (key, value) in table {
        let span = walk.span(value.span());
        match key.get_ref().as_ref() {
            "version" => shared.version = package::version(walk, value).map(|v| Spanned::new(v, span)),
            // Cargo looks at the edition only where a member inherits it; so does the reader, later.
            "edition" => shared.edition = walk.spanned("edition", value),
            "publish" => shared.publish = package::publish(walk, value).map(|v| Spanned::new(v, span)),
            _ => {}
        }
    }
    shared
}

/// `[patch]`, of a manifest or of cargo's configuration.
pub fn patches(walk: &mut Walk, value: &Value<'_>) -> Vec<RawPatch> {
    let mut patches = Vec::new();
    let Some(sources) = walk.table("patch", value) else {
        return patches;
    };
    for (source, value) in sources {
        let Some(entries) = walk.table(source.get_ref(), value) else {
            continue;
        };
        for (key, value) in entries {
            patches.push(RawPatch {
                source: Spanned::new(source.get_ref().to_string(), walk.span(source.span())),
                key: Spanned::new(key.get_ref().to_string(), walk.span(key.span())),
                spec: dependency::entry(walk, key, value, Place::Patch),
            });
        }
    }
    patches
}
