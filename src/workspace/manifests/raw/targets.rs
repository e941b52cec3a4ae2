//! What a manifest says of its targets: `[lib]`, `[[bin]]` and their relatives, and the keys of `[package]` about them.

use toml::de::{DeTable, DeValue};

use super::walk::{Value, Walk};
use super::{BuildScript, TargetDeclarations};
use crate::workspace::DeclaredTarget;

/// One key of `[package]` that is about targets.
pub fn read_field(walk: &mut Walk, targets: &mut TargetDeclarations, name: &str, value: &Value<'_>) {
    match name {
        "autolib" => targets.autolib = walk.boolean(name, value),
        "autobins" => targets.bins.auto = walk.boolean(name, value),
        "autoexamples" => targets.examples.auto = walk.boolean(name, value),
        "autotests" => targets.tests.auto = walk.boolean(name, value),
        "autobenches" => targets.benches.auto = walk.boolean(name, value),
        _ => targets.build = build(walk, value),
    }
}

/// `build`: whether, and from what, a build script is built.
fn build(walk: &mut Walk, value: &Value<'_>) -> Option<BuildScript> {
    match value.get_ref() {
        DeValue::Boolean(true) => Some(BuildScript::Default),
        DeValue::Boolean(false) => Some(BuildScript::Off),
        DeValue::String(path) => Some(BuildScript::Paths(vec![path.to_string()])),
        DeValue::Array(_) => {
            let paths = walk.strings("build", value)?;
            Some(BuildScript::Paths(paths.into_iter().map(|path| path.value).collect()))
        }
        _ => {
            walk.wrong_type("build", value, "a path or `false`");
            None
        }
    }
}

/// What `[lib]`, `[[bin]]`, `[[example]]`, `[[test]]` and `[[bench]]` say.
pub fn read(walk: &mut Walk, targets: &mut TargetDeclarations, document: &DeTable<'_>) {
    library(walk, targets, document);
    targets.bins.declared = declared(walk, document, "bin");
    targets.examples.declared = declared(walk, document, "example");
    targets.tests.declared = declared(walk, document, "test");
    targets.benches.declared = declared(walk, document, "bench");
}

fn library(walk: &mut Walk, targets: &mut TargetDeclarations, document: &DeTable<'_>) {
    let Some(lib) = document.get("lib").and_then(|lib| walk.table("lib", lib)) else {
        return;
    };
    targets.lib = true;
    targets.lib_name = lib.get("name").and_then(|name| walk.string("name", name));
    targets.lib_path = lib.get("path").and_then(|path| walk.string("path", path));
    let flag = lib.get("proc-macro").or_else(|| lib.get("proc_macro"));
    let types = lib.get("crate-type").or_else(|| lib.get("crate_type"));
    let types = types
        .and_then(|types| walk.strings("crate-type", types))
        .unwrap_or_default();
    let by_flag = flag.is_some_and(|flag| walk.boolean("proc-macro", flag) == Some(true));
    // Cargo goes by the crate types where they stand, and by the flag where they do not.
    targets.proc_macro = if types.is_empty() {
        by_flag
    } else {
        types.iter().any(|t| t.value == "proc-macro")
    };
}

/// The tables of one sort.
fn declared(walk: &mut Walk, document: &DeTable<'_>, sort: &str) -> Vec<DeclaredTarget> {
    let Some(tables) = document.get(sort) else {
        return Vec::new();
    };
    let DeValue::Array(tables) = tables.get_ref() else {
        walk.wrong_type(sort, tables, &format!("an array of tables, `[[{sort}]]`"));
        return Vec::new();
    };
    let mut found = Vec::new();
    for table in tables {
        let Some(table) = table.get_ref().as_table() else {
            continue;
        };
        let mut text = |key: &str| table.get(key).and_then(|value| walk.string(key, value));
        let path = text("path");
        found.extend(text("name").map(|name| DeclaredTarget { name, path }));
    }
    found
}
