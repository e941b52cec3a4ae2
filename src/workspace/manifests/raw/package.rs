//! `[package]`.

use std::ops::Range;

use toml::Spanned as TomlSpanned;
use toml::de::{DeString, DeTable, DeValue};

use super::walk::{Value, Walk};
use super::{Claim, Inheritable, RawPackage, TargetDeclarations, json, targets};
use crate::source::{Span, Spanned};

/// Reads `[package]`, with what the tables of its targets say.
pub fn read(
    walk: &mut Walk,
    key: &TomlSpanned<DeString<'_>>,
    value: &Value<'_>,
    document: &DeTable<'_>,
) -> Option<RawPackage> {
    let table = walk.table("package", value)?;
    let mut package = RawPackage {
        key: walk.span(key.span()),
        name: None,
        version: None,
        edition: None,
        publish: None,
        links: None,
        workspace: None,
        inherits: Vec::new(),
        metadata: serde_json::Value::Null,
        claim: Claim::default(),
        claim_problems: Vec::new(),
        targets: TargetDeclarations::default(),
        project: key.get_ref() == "project",
    };
    for (field, value) in table {
        read_field(walk, &mut package, field, value);
    }
    if package.name.is_none() && !table.contains_key("name") {
        walk.problem(
            key.span(),
            "the package has no `name`",
            "a name is missing here",
            "add `name = \"…\"`",
        );
    }
    targets::read(walk, &mut package.targets, document);
    Some(package)
}

/// One key of `[package]`. Those that say nothing of the graph are left alone.
fn read_field(walk: &mut Walk, package: &mut RawPackage, field: &TomlSpanned<DeString<'_>>, value: &Value<'_>) {
    let name = field.get_ref().as_ref();
    match name {
        "name" => {
            package.name = walk.spanned(name, value);
            if let Some(name) = &package.name {
                check_name(walk, value.span(), &name.value, "package");
            }
        }
        "version" => package.version = inheritable(walk, field, value, version),
        "edition" => package.edition = inheritable(walk, field, value, edition),
        "publish" => package.publish = inheritable(walk, field, value, publish),
        "links" => package.links = walk.string(name, value),
        "workspace" => package.workspace = walk.spanned(name, value),
        "autobins" | "autoexamples" | "autotests" | "autobenches" | "autolib" | "build" => {
            targets::read_field(walk, &mut package.targets, name, value);
        }
        "metadata" => {
            if let Some(table) = walk.table("metadata", value) {
                package.metadata = json::from_table(table);
                if let Some(claim) = table.get("boundaries") {
                    let before = walk.problems.len();
                    package.claim = claims(walk, claim);
                    package.claim_problems = walk.problems[before..].to_vec();
                }
            }
        }
        _ if INHERITABLE.contains(&name) => {
            if let Some(span) = workspace_key(walk, value) {
                package.inherits.push(Spanned::new(name.to_owned(), span));
            }
        }
        _ => {}
    }
}

/// The other keys that may say `workspace = true`. `readme` is not among them: what it inherits may be a file that
/// nobody names.
const INHERITABLE: [&str; 12] = [
    "authors",
    "categories",
    "description",
    "documentation",
    "exclude",
    "homepage",
    "include",
    "keywords",
    "license",
    "license-file",
    "repository",
    "rust-version",
];

/// A value of its own, or `workspace = true`.
fn inheritable<T>(
    walk: &mut Walk,
    field: &TomlSpanned<DeString<'_>>,
    value: &Value<'_>,
    read: impl Fn(&mut Walk, &Value<'_>) -> Option<T>,
) -> Option<Inheritable<T>> {
    if value.get_ref().is_table() {
        if workspace_key(walk, value).is_some() {
            return Some(Inheritable::Workspace(walk.span(field.span())));
        }
        let name = field.get_ref();
        walk.wrong_type(name, value, "a value or `workspace = true`");
        return None;
    }
    let span = walk.span(value.span());
    read(walk, value).map(|found| Inheritable::Value(Spanned::new(found, span)))
}

/// Where `workspace = true` stands in a table, if it does.
pub fn workspace_key(walk: &Walk, value: &Value<'_>) -> Option<Span> {
    let (key, value) = value.get_ref().as_table()?.get_key_value("workspace")?;
    (value.get_ref().as_bool() == Some(true)).then(|| walk.span(key.span()))
}

/// A version that semver accepts, without surrounding blanks.
pub fn version(walk: &mut Walk, value: &Value<'_>) -> Option<String> {
    let text = walk.string("version", value)?.trim().to_owned();
    if let Err(error) = semver::Version::parse(&text) {
        walk.problem(
            value.span(),
            format!("`{text}` is no version: {error}"),
            "cargo refuses this",
            "write three numbers, such as `0.1.0`",
        );
        return None;
    }
    Some(text)
}

/// An edition that this version knows; a later one is cargo's to read.
pub fn edition(walk: &mut Walk, value: &Value<'_>) -> Option<String> {
    let text = walk.string("edition", value)?;
    if EDITIONS.contains(&text.as_str()) {
        return Some(text);
    }
    if text == "future" || text.parse::<u16>().is_ok_and(|year| (2025..2050).contains(&year)) {
        walk.foreign(value.span(), format!("the edition `{text}` is newer than this version"));
        return Some(text);
    }
    walk.problem(
        value.span(),
        format!("`{text}` is no edition"),
        "cargo refuses this",
        "write `2015`, `2018`, `2021` or `2024`",
    );
    None
}

const EDITIONS: [&str; 4] = ["2015", "2018", "2021", "2024"];

/// Whether `publish` allows anything: it is neither `false` nor an empty list.
pub fn publish(walk: &mut Walk, value: &Value<'_>) -> Option<bool> {
    match value.get_ref() {
        DeValue::Boolean(publish) => Some(*publish),
        DeValue::Array(_) => walk.strings("publish", value).map(|registries| !registries.is_empty()),
        _ => {
            walk.wrong_type("publish", value, "`true`, `false` or a list of registries");
            None
        }
    }
}

/// `[package.metadata.boundaries]`: `layer`, `context` and `tags`, and nothing else.
fn claims(walk: &mut Walk, value: &Value<'_>) -> Claim {
    let mut claim = Claim::default();
    let Some(table) = walk.table("package.metadata.boundaries", value) else {
        return claim;
    };
    for (key, value) in table {
        match key.get_ref().as_ref() {
            "layer" if value.get_ref().is_array() => claim.layer = walk.strings("layer", value).unwrap_or_default(),
            "layer" => claim.layer.extend(walk.spanned("layer", value)),
            "context" => claim.context = walk.spanned("context", value),
            "tags" if value.get_ref().is_str() => {}
            "tags" => {
                walk.strings("tags", value);
            }
            other => {
                let help = match CLAIMS
                    .iter()
                    .min_by_key(|known| strsim::damerau_levenshtein(known, other))
                {
                    Some(known) if strsim::damerau_levenshtein(known, other) <= 2 => format!("did you mean `{known}`?"),
                    _ => "a member says `layer`, `context` or `tags` of itself".to_owned(),
                };
                let message = format!("`{other}` is no key of `[package.metadata.boundaries]`");
                walk.problem(key.span(), message, "unknown key", &help);
            }
        }
    }
    claim
}

const CLAIMS: [&str; 3] = ["layer", "context", "tags"];

/// Notes a name that no package can have. Names beyond ASCII are left to cargo, which knows Unicode's tables.
pub fn check_name(walk: &mut Walk, range: Range<usize>, name: &str, what: &str) {
    // Nearly all names are of this sort, and every dependency has one.
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') && name.bytes().all(plain) {
        return;
    }
    if name.contains("::") {
        walk.foreign(
            range,
            format!("the {what} name `{name}` has a namespace, which only a nightly cargo can read"),
        );
        return;
    }
    let fault = if name.is_empty() {
        "it is empty"
    } else if name.starts_with(|c: char| c.is_ascii_digit()) {
        "it starts with a digit"
    } else if name.starts_with('-') {
        "it starts with `-`"
    } else if name
        .contains(|c: char| c.is_control() || c.is_ascii() && !c.is_ascii_alphanumeric() && c != '-' && c != '_')
    {
        "only letters, digits, `-` and `_` may stand in it"
    } else {
        return;
    };
    let shown: String = name.chars().take(80).collect();
    walk.problem(
        range,
        format!("`{shown}` is no {what} name: {fault}"),
        "cargo refuses this",
        "choose a name of letters, digits, `-` and `_` that starts with a letter",
    );
}
