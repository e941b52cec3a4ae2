//! Declarations of dependencies: every table that holds them and every form that one can take.

use toml::Spanned as TomlSpanned;
use toml::de::{DeString, DeTable, DeValue};

use super::walk::{Value, Walk};
use super::{DependencyKind, RawDependency, RawOrigin, Specification};
use crate::source::Spanned;

/// Reads `[dependencies]` and its relatives, at the top and below `[target.…]`.
pub fn sections(walk: &mut Walk, document: &DeTable<'_>, into: &mut Vec<RawDependency>) {
    kinds(walk, document, None, into);
    let Some(targets) = document.get("target").and_then(|t| walk.table("target", t)) else {
        return;
    };
    for (key, value) in targets {
        let name = key.get_ref().as_ref();
        let Some(platform) = walk.table(name, value) else {
            continue;
        };
        // Whoever reads a condition calls itself for each bracket, and so would run out of stack.
        if depth(name) > DEPTH {
            walk.problem(
                key.span(),
                format!("this condition has brackets that stand more than {DEPTH} deep in each other"),
                "too deep to be read",
                "write it flatter: `all(a, b)` for `all(a, all(b))`",
            );
            continue;
        }
        if let Err(error) = name.parse::<cargo_platform::Platform>() {
            walk.problem(
                key.span(),
                format!("`{name}` is no target: {error}"),
                "cargo cannot read this",
                "write a target triple, or a condition such as `cfg(unix)`",
            );
            continue;
        }
        kinds(walk, platform, Some(name), into);
    }
}

/// How deep brackets may stand in each other: far beyond what a person writes.
const DEPTH: usize = 100;

/// How deep brackets stand in each other at most.
fn depth(condition: &str) -> usize {
    let (mut open, mut deepest) = (0usize, 0);
    for c in condition.bytes() {
        match c {
            b'(' => open += 1,
            b')' => open = open.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(open);
    }
    deepest
}

/// The three kinds in one table. Of two spellings of one kind cargo takes the one with a dash.
fn kinds(walk: &mut Walk, table: &DeTable<'_>, target: Option<&str>, into: &mut Vec<RawDependency>) {
    let spellings = [
        (DependencyKind::Normal, "dependencies", None),
        (DependencyKind::Dev, "dev-dependencies", Some("dev_dependencies")),
        (DependencyKind::Build, "build-dependencies", Some("build_dependencies")),
    ];
    for (kind, name, old) in spellings {
        if let Some((key, _)) = old.and_then(|old| table.get_key_value(old)) {
            walk.underscore(key);
        }
        let value = table.get(name).or_else(|| old.and_then(|old| table.get(old)));
        let Some(entries) = value.and_then(|value| walk.table(name, value)) else {
            continue;
        };
        for (key, value) in entries {
            into.push(RawDependency {
                key: Spanned::new(key.get_ref().to_string(), walk.span(key.span())),
                kind,
                target: target.map(str::to_owned),
                spec: entry(walk, key, value, Place::Member),
            });
        }
    }
}

/// Where a declaration stands: what may be written differs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A member's own table.
    Member,
    /// `[workspace.dependencies]`.
    Shared,
    /// `[patch]`.
    Patch,
}

/// Reads one declaration. A value that is neither string nor table is a problem.
pub fn entry(walk: &mut Walk, key: &TomlSpanned<DeString<'_>>, value: &Value<'_>, place: Place) -> Specification {
    let name = key.get_ref().as_ref();
    super::package::check_name(walk, key.span(), name, "dependency");
    match value.get_ref() {
        DeValue::String(version) => Specification {
            version: Some(Spanned::new(version.to_string(), walk.span(value.span()))),
            ..Specification::default()
        },
        DeValue::Table(table) => detailed(walk, key, table, place),
        _ => {
            walk.wrong_type(name, value, "a version or a table such as `{ version = \"1\" }`");
            Specification {
                foreign: true,
                ..Specification::default()
            }
        }
    }
}

/// The keys of the table form that say where a package comes from.
#[derive(Default)]
struct Places {
    path: Option<String>,
    git: Option<String>,
    references: Vec<(&'static str, String)>,
    registry: Option<String>,
    index: Option<String>,
}

/// Reads the table form. Keys that are not on the list make the declaration one for cargo.
fn detailed(walk: &mut Walk, key: &TomlSpanned<DeString<'_>>, table: &DeTable<'_>, place: Place) -> Specification {
    let mut spec = Specification::default();
    let mut places = Places::default();
    let before = (walk.problems.len(), walk.foreign.len());
    let mut underscore = None;
    for (field, value) in table {
        match field.get_ref().as_ref() {
            "workspace" if place == Place::Member => spec.workspace = workspace(walk, value),
            "version" => spec.version = walk.spanned("version", value),
            "package" => {
                spec.package = walk.string("package", value);
                if let Some(package) = &spec.package {
                    super::package::check_name(walk, value.span(), package, "package");
                }
            }
            "path" => places.path = walk.string("path", value),
            "git" => places.git = walk.string("git", value),
            "branch" => places.reference(walk, "branch", value),
            "tag" => places.reference(walk, "tag", value),
            "rev" => places.reference(walk, "rev", value),
            "registry" => places.registry = walk.string("registry", value),
            "registry-index" => places.index = walk.string("registry-index", value),
            "optional" => spec.optional = optional(walk, value, place),
            "features" => spec.features = features(walk, value),
            "default-features" => spec.default_features = walk.boolean("default-features", value),
            "default_features" => {
                spec.underscore = Some(walk.span(field.span()));
                underscore = walk.boolean("default_features", value);
            }
            // Cargo ignores it outside of a nightly's experiment.
            "public" => {}
            other => walk.foreign(
                field.span(),
                format!("`{other}` in a dependency is a key that only cargo can read"),
            ),
        }
    }
    spec.default_features = spec.default_features.or(underscore);
    if !spec.workspace {
        spec.origin = places.origin(walk, key);
    }
    spec.foreign = (walk.problems.len(), walk.foreign.len()) != before;
    if !spec.foreign && !spec.workspace && spec.version.is_none() && lacks_place(spec.origin.as_ref()) {
        let name = key.get_ref();
        walk.problem(
            key.span(),
            format!("`{name}` says neither `version` nor `path` nor `git` nor `workspace = true`"),
            "nothing says where it comes from",
            "add a `version`, a `path` or a `git` address, or `workspace = true`",
        );
        spec.foreign = true;
    }
    spec
}

/// A registry alone says no package; a version must stand beside it.
fn lacks_place(origin: Option<&RawOrigin>) -> bool {
    matches!(origin, None | Some(RawOrigin::Registry(_)))
}

/// `workspace = true`; anything else is a mistake.
fn workspace(walk: &mut Walk, value: &Value<'_>) -> bool {
    let inherited = walk.boolean("workspace", value);
    if inherited == Some(false) {
        walk.problem(
            value.span(),
            "`workspace` cannot be false",
            "cargo refuses this",
            "write `workspace = true`, or leave the key out and say where the package comes from",
        );
    }
    inherited == Some(true)
}

/// `optional`, which `[workspace.dependencies]` may not say.
fn optional(walk: &mut Walk, value: &Value<'_>, place: Place) -> bool {
    let optional = walk.boolean("optional", value) == Some(true);
    if optional && place == Place::Shared {
        walk.problem(
            value.span(),
            "a dependency of `[workspace.dependencies]` cannot be optional",
            "cargo refuses this",
            "say `optional = true` in the members that inherit it",
        );
    }
    optional
}

/// `features`, which can name no feature of another package.
fn features(walk: &mut Walk, value: &Value<'_>) -> Vec<Spanned<String>> {
    let list = walk.strings("features", value).unwrap_or_default();
    for feature in &list {
        if feature.value.contains('/') || feature.value.starts_with("dep:") {
            walk.problem(
                feature.span.range(),
                format!("`{}` is no feature of a dependency", feature.value),
                "cargo refuses this",
                "name a feature that the dependency itself declares",
            );
        }
    }
    list
}

impl Places {
    fn reference(&mut self, walk: &mut Walk, kind: &'static str, value: &Value<'_>) {
        if let Some(text) = walk.string(kind, value) {
            self.references.push((kind, text));
        }
    }

    /// The one place that the keys agree on; a problem where they do not.
    fn origin(self, walk: &mut Walk, key: &TomlSpanned<DeString<'_>>) -> Option<RawOrigin> {
        if let Some(clash) = self.clash() {
            walk.problem(
                key.span(),
                format!("`{}` is ambiguous: {clash}", key.get_ref()),
                "cargo refuses this",
                "keep the one that is meant",
            );
            return None;
        }
        if let Some(git) = self.git {
            let reference = self.references.into_iter().next();
            return Some(RawOrigin::Git(
                git,
                reference.map(|(kind, text)| format!("{kind}={text}")),
            ));
        }
        if let Some(path) = self.path {
            return Some(RawOrigin::Path(path));
        }
        self.registry.or(self.index).map(RawOrigin::Registry)
    }

    /// What cargo calls ambiguous, in its order.
    fn clash(&self) -> Option<&'static str> {
        let registry = self.registry.is_some() || self.index.is_some();
        if self.git.is_none() && !self.references.is_empty() {
            Some("`branch`, `tag` and `rev` need a `git` address")
        } else if self.git.is_some() && registry {
            Some("only one of `git` and `registry` can stand")
        } else if self.registry.is_some() && self.index.is_some() {
            Some("only one of `registry` and `registry-index` can stand")
        } else if self.git.is_some() && self.path.is_some() {
            Some("only one of `git` and `path` can stand")
        } else if self.references.len() > 1 {
            Some("only one of `branch`, `tag` and `rev` can stand")
        } else {
            None
        }
    }
}

impl Walk {
    /// Notes a section in its old spelling; whether that is a mistake depends on the edition.
    fn underscore(&mut self, key: &TomlSpanned<DeString<'_>>) {
        let span = self.span(key.span());
        self.old_spellings.push(Spanned::new(key.get_ref().to_string(), span));
    }
}
