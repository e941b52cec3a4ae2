//! A member's manifest.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::group::Group;
use super::root::shared;
use super::{Fields, alias, common_fields, excluded, folder, name, package, source_fields, string};
use crate::workspace::DependencyKind;
use crate::workspace::random::plan::{DependencyPlan, MemberPlan, Plan, Quote, SharedPlan, Targets, To};

/// All but `[workspace]`.
pub fn member_text(plan: &Plan, index: usize) -> String {
    let member = &plan.members[index];
    let alone = excluded(plan, index);
    let mut package = format!("[package]\nname = {}\n", string(&name(index)));
    let mut inheritable = |key: &str, value: Option<&str>, quoted: bool| match value {
        Some("workspace") if alone => {}
        Some("workspace") => writeln!(package, "{key}.workspace = true").expect("text takes all"),
        Some(value) if quoted => writeln!(package, "{key} = {}", string(value)).expect("text takes all"),
        Some(value) => writeln!(package, "{key} = {value}").expect("text takes all"),
        None => {}
    };
    inheritable("edition", member.edition, true);
    inheritable("version", member.version, true);
    // Cargo refuses to publish what has no version.
    let nameless = member.version.is_none() || (alone && member.version == Some("workspace"));
    let publish = member
        .publish
        .filter(|publish| !(nameless && matches!(*publish, "true" | "[\"mine\"]")));
    inheritable("publish", publish, false);
    if member.links {
        writeln!(package, "links = \"native{index}\"\nbuild = \"build.rs\"").expect("text takes all");
    }
    if member.metadata {
        package.push_str("[package.metadata.x]\ny = [1, 2.5, 'z', { when = 2026-01-02 }]\n");
    }
    match member.targets {
        Targets::ProcMacro => package.push_str("[lib]\nproc-macro = true\n"),
        Targets::NamedProgram => package.push_str("[[bin]]\nname = \"named\"\npath = \"src/named.rs\"\n"),
        Targets::Library | Targets::Program | Targets::Both => {}
    }
    let groups = if alone { Vec::new() } else { groups(plan, index) };
    let (above, below): (Vec<_>, Vec<_>) = groups.iter().partition(|group| group.above);
    let text = |groups: Vec<&Group>| groups.iter().map(|g| g.text(plan.comments)).collect::<String>();
    let features = features_text(member, &groups);
    format!("{}{package}{}{features}", text(above), text(below))
}

/// `[features]`, which name only what the member depends on.
fn features_text(member: &MemberPlan, groups: &[Group]) -> String {
    let mut text = String::new();
    let mut line = |name: &str, value: &str| writeln!(text, "{name} = [{value}]").expect("text takes all");
    if member.features.own {
        line("own", "");
        line("default", "\"own\"");
    }
    let keys: BTreeSet<&String> = groups.iter().flat_map(|group| &group.keys).collect();
    let optional: BTreeSet<&String> = groups.iter().flat_map(|group| &group.optional).collect();
    for (index, key) in keys.into_iter().enumerate() {
        let weak = if optional.contains(key) { "?" } else { "" };
        if member.features.forwards {
            line(&format!("forward-{index}"), &format!("\"{key}{weak}/f1\", '{key}/f2'"));
        }
        if member.features.hides && optional.contains(key) {
            line(&format!("hidden-{index}"), &format!("\"dep:{key}\""));
        }
    }
    if text.is_empty() {
        text
    } else {
        format!("[features]\n{text}")
    }
}

/// The member's declarations by table. A second one with a key that a table has, or that another source has, is left
/// out: cargo refuses both.
fn groups(plan: &Plan, index: usize) -> Vec<Group> {
    let member = &plan.members[index];
    let shared = shared(plan);
    let mut sources: BTreeMap<String, String> = BTreeMap::new();
    let mut groups: BTreeMap<(DependencyKind, Option<&str>), Group> = BTreeMap::new();
    for dependency in &member.dependencies {
        let line = match &dependency.to {
            To::Shared(at) if !shared.is_empty() => shared.iter().nth(at % shared.len()),
            _ => None,
        };
        let package = package(plan, &dependency.to);
        let key = match line {
            Some((key, _)) => key.clone(),
            None if dependency.renamed => alias(&package),
            None => package.clone(),
        };
        let source = line.map_or(&dependency.to, |(_, line)| &line.to);
        let source = match source {
            To::Member(at) => format!("path {}", at % plan.members.len()),
            To::Git(url, reference) => format!("{url} {reference:?}"),
            To::OtherRegistry(_) => "other".to_owned(),
            To::Registry(..) | To::Namesake(_) | To::Shared(_) => "registry".to_owned(),
        };
        let known = sources.entry(key.clone()).or_insert_with(|| source.clone());
        let group = groups.entry((dependency.kind, dependency.target));
        let group = group.or_insert_with(|| Group::new(table(member, dependency), member.above));
        if *known != source || group.keys.contains(&key) {
            continue;
        }
        let fields = match line {
            Some((_, line)) => inherited_fields(member, dependency, line),
            None => own_fields(plan, index, dependency, &key, &package),
        };
        let quoted = match dependency.quote {
            Quote::Bare => key.clone(),
            Quote::Double => format!("\"{key}\""),
            Quote::Single => format!("'{key}'"),
        };
        if fields.iter().any(|(field, _)| *field == "optional") {
            group.optional.insert(key.clone());
        }
        group.keys.insert(key);
        group.add(&quoted, dependency.form, fields);
    }
    groups.into_values().collect()
}

fn old_spelling(member: &MemberPlan) -> bool {
    member.underscores && member.edition != Some("2024")
}

/// The table's name, with its target.
fn table(member: &MemberPlan, dependency: &DependencyPlan) -> String {
    let old = old_spelling(member);
    let section = match dependency.kind {
        DependencyKind::Normal => "dependencies",
        DependencyKind::Build if old => "build_dependencies",
        DependencyKind::Build => "build-dependencies",
        DependencyKind::Dev if old => "dev_dependencies",
        DependencyKind::Dev => "dev-dependencies",
    };
    match dependency.target {
        None => section.to_owned(),
        Some(target) if !target.contains('(') && dependency.quote == Quote::Bare => {
            format!("target.{target}.{section}")
        }
        Some(target) if dependency.quote == Quote::Double => format!("target.{}.{section}", string(target)),
        Some(target) => format!("target.'{target}'.{section}"),
    }
}

fn own_fields(plan: &Plan, index: usize, dependency: &DependencyPlan, key: &str, package: &str) -> Fields {
    let mut fields = source_fields(plan, &folder(plan, index), &dependency.to, dependency.versioned);
    common_fields(&mut fields, key, package, dependency.features);
    if let Some(on) = dependency.default_features {
        let old = old_spelling(&plan.members[index]);
        fields.push((
            if old { "default_features" } else { "default-features" },
            on.to_string(),
        ));
    }
    optional_field(&mut fields, dependency);
    fields
}

fn inherited_fields(member: &MemberPlan, dependency: &DependencyPlan, line: &SharedPlan) -> Fields {
    let mut fields = vec![("workspace", "true".to_owned())];
    common_fields(&mut fields, "", "", dependency.features);
    // Turning them off where the root leaves them on is refused in edition 2024, and of no effect before.
    let off = dependency.default_features == Some(false);
    if dependency.default_features.is_some()
        && !(off && member.edition == Some("2024") && line.default_features != Some(false))
    {
        fields.push(("default-features", (!off).to_string()));
    }
    optional_field(&mut fields, dependency);
    fields
}

fn optional_field(fields: &mut Fields, dependency: &DependencyPlan) {
    if dependency.optional && dependency.kind != DependencyKind::Dev {
        fields.push(("optional", "true".to_owned()));
    }
}
