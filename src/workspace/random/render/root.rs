//! `[workspace]` and what stands beside it in the root manifest.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::group::Group;
use super::{Fields, alias, common_fields, folder, name, package, place, source_fields, string};
use crate::workspace::random::plan::{Place, Plan, SharedPlan};

/// `[workspace]` and what belongs to it.
pub fn workspace_text(plan: &Plan) -> String {
    let mut members = BTreeSet::new();
    let mut exclude = Vec::new();
    for index in 0..plan.members.len() {
        match place(plan, index) {
            Some(Place::Crates) => drop(members.insert("crates/*".to_owned())),
            Some(Place::Deep) => drop(members.insert("deep/*/*".to_owned())),
            Some(Place::Top) => drop(members.insert(folder(plan, index))),
            Some(Place::Excluded) => exclude.push(string(&folder(plan, index))),
            Some(Place::Loose) | None => {}
        }
    }
    let members: Vec<_> = members.iter().map(|member| string(member)).collect();
    let mut text = format!("[workspace]\nresolver = \"2\"\nmembers = [{}]\n", members.join(", "));
    if !exclude.is_empty() {
        writeln!(text, "exclude = [\n    {},\n]", exclude.join(",\n    ")).expect("text takes all");
    }
    if let Some(defaults) = plan.defaults {
        writeln!(
            text,
            "default-members = [{}]",
            members[..defaults.min(members.len())].join(", ")
        )
        .expect("text takes all");
    }
    text.push_str("[workspace.package]\nversion = \"0.9.0\"\nedition = \"2021\"\npublish = false\n");
    let mut group = Group::new("workspace.dependencies".to_owned(), false);
    for (key, shared) in shared(plan) {
        group.add(&key, shared.form, shared_fields(plan, &key, &shared));
    }
    text.push_str(&group.text(plan.comments));
    let patched: BTreeSet<usize> = plan.patched.iter().map(|index| index % plan.members.len()).collect();
    if !patched.is_empty() {
        text.push_str("[patch.crates-io]\n");
    }
    for index in patched {
        writeln!(text, "{} = {{ path = {} }}", name(index), string(&folder(plan, index))).expect("text takes all");
    }
    text
}

/// The lines of `[workspace.dependencies]` by key; of two with one key the first.
pub fn shared(plan: &Plan) -> BTreeMap<String, SharedPlan> {
    let mut lines = BTreeMap::new();
    for line in &plan.shared {
        let package = package(plan, &line.to);
        let key = if line.renamed { alias(&package) } else { package };
        lines.entry(key).or_insert_with(|| line.clone());
    }
    lines
}

fn shared_fields(plan: &Plan, key: &str, shared: &SharedPlan) -> Fields {
    let mut fields = source_fields(plan, ".", &shared.to, false);
    common_fields(&mut fields, key, &package(plan, &shared.to), shared.features);
    if let Some(on) = shared.default_features {
        fields.push(("default-features", on.to_string()));
    }
    fields
}
