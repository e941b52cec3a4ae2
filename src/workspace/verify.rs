//! Compares the model with what `cargo metadata --no-deps` says of the same workspace.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{Metadata, Package, TargetKind};
use serde_json::Value as Json;

use super::{Dependency, DependencyKind, Member, Origin, Workspace, targets};
use crate::source::Sources;

/// Every difference between the model and cargo's own reading, one line each, in the order of the members' names:
/// members, their facts and targets, default members, and every declared dependency. None means that they agree.
///
/// Only what both can know is compared: cargo gives a registry's address where the manifest gives its name.
#[must_use]
pub fn compare_no_deps(workspace: &Workspace, sources: &Sources, metadata: &Metadata) -> Vec<String> {
    let mut differences = Vec::new();
    let theirs: BTreeMap<&str, &Package> = metadata
        .workspace_packages()
        .into_iter()
        .map(|package| (package.name.as_str(), package))
        .collect();
    let ours: BTreeMap<&str, &Member> = workspace.members.iter().map(|m| (m.name.as_str(), m)).collect();
    if workspace.root != metadata.workspace_root {
        let (a, b) = (&workspace.root, &metadata.workspace_root);
        differences.push(format!("the root is {a} here and {b} for cargo"));
    }
    let names: BTreeSet<&str> = ours.keys().chain(theirs.keys()).copied().collect();
    for name in names {
        match (ours.get(name), theirs.get(name)) {
            (Some(member), Some(package)) => {
                let defaults = &metadata.workspace_default_members;
                let default = !defaults.is_available() || defaults.contains(&package.id);
                compare_facts(member, package, default, sources, &mut differences);
                compare_dependencies(workspace, member, package, &mut differences);
            }
            (Some(_), None) => differences.push(format!("{name}: a member here, and none for cargo")),
            (None, _) => differences.push(format!("{name}: a member for cargo, and none here")),
        }
    }
    differences
}

/// What the two say of the member itself.
fn compare_facts(member: &Member, package: &Package, default: bool, sources: &Sources, out: &mut Vec<String>) {
    let mut differ = |what: &str, ours: String, theirs: String| {
        if ours != theirs {
            out.push(format!("{}: {what} is {ours} here and {theirs} for cargo", member.name));
        }
    };
    let manifest = &sources.file(member.manifest).absolute;
    differ("the manifest", manifest.to_string(), package.manifest_path.to_string());
    let version = member.version.as_deref().unwrap_or("0.0.0");
    differ("the version", version.to_owned(), package.version.to_string());
    differ("the edition", member.edition.clone(), package.edition.to_string());
    let published = package.publish.as_ref().is_none_or(|registries| !registries.is_empty());
    differ("publishing", member.published.to_string(), published.to_string());
    differ("`links`", format!("{:?}", member.links), format!("{:?}", package.links));
    if default != member.built_by_default {
        differ(
            "a default member",
            member.built_by_default.to_string(),
            default.to_string(),
        );
    }
    differ(
        "the metadata",
        member.metadata.to_string(),
        dates_as_text(&package.metadata).to_string(),
    );
    compare_features(member, package, &mut differ);
    let has = |kinds: &[TargetKind]| {
        package
            .targets
            .iter()
            .any(|t| t.kind.iter().any(|kind| kinds.contains(kind)))
    };
    let library = [
        TargetKind::Lib,
        TargetKind::RLib,
        TargetKind::DyLib,
        TargetKind::CDyLib,
        TargetKind::StaticLib,
        TargetKind::ProcMacro,
    ];
    let (ours, theirs) = (roots::ours(member, sources), roots::theirs(package));
    differ("what its targets start from", ours.join(", "), theirs.join(", "));
    let facts = targets::facts(member, sources);
    differ("a library", facts.lib.to_string(), has(&library).to_string());
    differ(
        "a proc macro",
        facts.proc_macro.to_string(),
        has(&[TargetKind::ProcMacro]).to_string(),
    );
    differ("a binary", facts.bin.to_string(), has(&[TargetKind::Bin]).to_string());
    differ(
        "a build script",
        facts.build_script.to_string(),
        has(&[TargetKind::CustomBuild]).to_string(),
    );
}

/// What each feature of the two turns on, with those that optional dependencies imply.
fn compare_features(member: &Member, package: &Package, differ: &mut impl FnMut(&str, String, String)) {
    let ours = member.features.table();
    let names: BTreeSet<&String> = ours.keys().chain(package.features.keys()).collect();
    let shown = |values: Option<&Vec<String>>| values.map_or("not there".to_owned(), |values| format!("{values:?}"));
    for name in names {
        differ(
            &format!("the feature `{name}`"),
            shown(ours.get(name)),
            shown(package.features.get(name)),
        );
    }
}

/// Cargo writes a date of TOML as an object with one odd key.
fn dates_as_text(value: &Json) -> Json {
    match value {
        Json::Object(table) if table.len() == 1 && table.contains_key(DATE) => table[DATE].clone(),
        Json::Object(table) => Json::Object(table.iter().map(|(k, v)| (k.clone(), dates_as_text(v))).collect()),
        Json::Array(items) => Json::Array(items.iter().map(dates_as_text).collect()),
        other => other.clone(),
    }
}

const DATE: &str = "$__toml_private_datetime";

/// Every declaration as one line of text on either side; what does not pair up is a difference.
fn compare_dependencies(workspace: &Workspace, member: &Member, package: &Package, out: &mut Vec<String>) {
    let mut theirs: BTreeMap<String, usize> = BTreeMap::new();
    for dependency in &package.dependencies {
        *theirs.entry(their_line(dependency)).or_default() += 1;
    }
    let mut ours = Vec::new();
    for dependency in &member.dependencies {
        let line = our_line(workspace, dependency);
        match theirs.get_mut(&line) {
            Some(count) if *count > 0 => *count -= 1,
            _ => ours.push(line),
        }
    }
    ours.sort();
    let name = &member.name;
    out.extend(
        ours.into_iter()
            .map(|line| format!("{name}: a dependency here that cargo has not: {line}")),
    );
    for (line, count) in theirs {
        let line = format!("{name}: a dependency of cargo's that is not here: {line}");
        out.extend(std::iter::repeat_n(line, count));
    }
}

/// What both sides can say of a declaration.
struct Line<'a> {
    kind: &'a str,
    name: &'a str,
    requirement: String,
    target: Option<String>,
    optional: bool,
    rename: Option<&'a str>,
    features: Vec<&'a str>,
    default_features: bool,
    source: String,
}

impl Line<'_> {
    fn text(&self) -> String {
        let mut text = format!(
            "{} {} {:?} from {}",
            self.kind, self.name, self.requirement, self.source
        );
        if let Some(target) = &self.target {
            text.push_str(" on ");
            text.push_str(target);
        }
        if let Some(rename) = self.rename {
            text.push_str(" as ");
            text.push_str(rename);
        }
        if self.optional {
            text.push_str(", optional");
        }
        if !self.default_features {
            text.push_str(", without default features");
        }
        if !self.features.is_empty() {
            text.push_str(", with ");
            text.push_str(&self.features.join(" "));
        }
        text
    }
}

fn our_line(workspace: &Workspace, dependency: &Dependency) -> String {
    let requirement = dependency.requirement.as_deref().unwrap_or("*");
    let parsed = semver::VersionReq::parse(requirement).map(|parsed| parsed.to_string());
    let target = dependency.target.as_ref().map(|target| {
        let parsed = target.parse::<cargo_platform::Platform>();
        parsed.map_or_else(|_| target.clone(), |parsed| parsed.to_string())
    });
    Line {
        kind: dependency.kind.as_str(),
        name: workspace.name(dependency.to),
        requirement: parsed.unwrap_or_else(|_| requirement.to_owned()),
        target,
        optional: dependency.optional,
        rename: dependency.rename.as_deref(),
        features: dependency
            .features
            .iter()
            .map(|feature| feature.value.as_str())
            .collect(),
        default_features: dependency.default_features,
        source: match &dependency.origin {
            Origin::Path(path) => path.to_string(),
            Origin::Git { url, reference: None } => format!("git+{url}"),
            Origin::Git {
                url,
                reference: Some(reference),
            } => format!("git+{url}?{}", reference.replace('/', "%2F")),
            Origin::Registry(None) => "crates.io".to_owned(),
            Origin::Registry(Some(_)) => "another registry".to_owned(),
        },
    }
    .text()
}

fn their_line(dependency: &cargo_metadata::Dependency) -> String {
    let kind = match dependency.kind {
        cargo_metadata::DependencyKind::Normal => DependencyKind::Normal.as_str(),
        cargo_metadata::DependencyKind::Build => DependencyKind::Build.as_str(),
        cargo_metadata::DependencyKind::Development => DependencyKind::Dev.as_str(),
        _ => "unknown",
    };
    let source = match (
        &dependency.path,
        dependency.source.as_ref().map(|source| source.repr.as_str()),
    ) {
        (Some(path), _) => path.to_string(),
        (None, Some(CRATES_IO)) => "crates.io".to_owned(),
        (None, Some(git)) if git.starts_with("git+") => git.to_owned(),
        (None, _) => "another registry".to_owned(),
    };
    let rename = dependency.rename.as_deref().filter(|rename| *rename != dependency.name);
    Line {
        kind,
        name: &dependency.name,
        requirement: dependency.req.to_string(),
        target: dependency.target.as_ref().map(ToString::to_string),
        optional: dependency.optional,
        rename,
        features: dependency.features.iter().map(String::as_str).collect(),
        default_features: dependency.uses_default_features,
        source,
    }
    .text()
}

const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

mod roots;
#[cfg(test)]
mod tests;
