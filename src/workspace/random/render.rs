//! Writes a plan down as the files of a workspace.

use std::collections::{BTreeMap, BTreeSet};

use super::plan::{DependencyPlan, Form, MemberPlan, Place, Plan, Quote, SharedPlan, Targets, To};
use crate::workspace::DependencyKind;

type Fields = Vec<(&'static str, String)>;

/// Paths and texts.
pub fn files(plan: &Plan) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for (index, member) in plan.members.iter().enumerate() {
        let folder = folder(plan, index);
        let below = |file: &str| {
            if folder == "." {
                file.to_owned()
            } else {
                format!("{folder}/{file}")
            }
        };
        let mut text = member_text(plan, index);
        if folder == "." {
            text.push_str(&workspace_text(plan));
        }
        files.push((below("Cargo.toml"), finish(plan, &text)));
        let sources: &[&str] = match member.targets {
            Targets::Library | Targets::ProcMacro => &["src/lib.rs"],
            Targets::Program => &["src/main.rs"],
            Targets::Both => &["src/lib.rs", "src/main.rs"],
            Targets::NamedProgram => &["src/named.rs"],
        };
        let script: &[&str] = if member.links { &["build.rs"] } else { &[] };
        files.extend(sources.iter().chain(script).map(|file| (below(file), String::new())));
    }
    if !plan.root_package {
        files.push(("Cargo.toml".to_owned(), finish(plan, &workspace_text(plan))));
    }
    files
}

/// Every key that a declaration can stand under.
pub fn keys(plan: &Plan) -> BTreeSet<String> {
    let names = ["serde", "tokio", "a_b", "zstd-sys", "X1"].map(str::to_owned);
    let members = (0..plan.members.len()).map(name);
    let packages: Vec<_> = names
        .into_iter()
        .chain(members)
        .chain(["g".to_owned(), "other".to_owned()])
        .collect();
    packages
        .iter()
        .cloned()
        .chain(packages.iter().map(|package| alias(package)))
        .collect()
}

fn finish(plan: &Plan, text: &str) -> String {
    let text = if plan.crlf {
        text.replace('\n', "\r\n")
    } else {
        text.to_owned()
    };
    if plan.byte_order_mark {
        format!("\u{feff}{text}")
    } else {
        text
    }
}

fn name(index: usize) -> String {
    format!("m{}{index}", if index % 2 == 0 { '-' } else { '_' })
}

fn alias(package: &str) -> String {
    format!("alias-{package}")
}

/// Where the member lies. The first is the root package where there is one; and something must be listed.
fn place(plan: &Plan, index: usize) -> Option<Place> {
    if plan.root_package && index == 0 {
        return None;
    }
    let listed = |member: &MemberPlan| !matches!(member.place, Place::Loose | Place::Excluded);
    if index == 0 && !plan.members.iter().any(listed) {
        return Some(Place::Top);
    }
    Some(plan.members[index].place)
}

fn folder(plan: &Plan, index: usize) -> String {
    let name = name(index);
    match place(plan, index) {
        None => ".".to_owned(),
        Some(Place::Crates) => format!("crates/{name}"),
        Some(Place::Top) => name,
        Some(Place::Deep) => format!("deep/x/{name}"),
        Some(Place::Loose) => format!("loose/{name}"),
        Some(Place::Excluded) => format!("crates/out-{name}"),
    }
}

fn excluded(plan: &Plan, index: usize) -> bool {
    place(plan, index) == Some(Place::Excluded)
}

fn string(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// `[workspace]` and what belongs to it.
fn workspace_text(plan: &Plan) -> String {
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
    text.push_str(&format!("exclude = [\n    {},\n]\n", exclude.join(",\n    ")).replace("    ,\n", ""));
    if let Some(defaults) = plan.defaults {
        text.push_str(&format!(
            "default-members = [{}]\n",
            members[..defaults.min(members.len())].join(", ")
        ));
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
        text.push_str(&format!(
            "{} = {{ path = {} }}\n",
            name(index),
            string(&folder(plan, index))
        ));
    }
    text
}

/// The lines of `[workspace.dependencies]` by key; of two with one key the first.
fn shared(plan: &Plan) -> BTreeMap<String, SharedPlan> {
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

fn package(plan: &Plan, to: &To) -> String {
    match to {
        To::Member(index) | To::Namesake(index) => name(index % plan.members.len()),
        To::Registry(name, _) => (*name).to_owned(),
        To::Git(..) => "g".to_owned(),
        To::OtherRegistry(_) => "other".to_owned(),
        To::Shared(_) => "serde".to_owned(),
    }
}

fn source_fields(plan: &Plan, from: &str, to: &To, versioned: bool) -> Fields {
    match to {
        To::Member(index) => {
            let index = index % plan.members.len();
            let mut fields = vec![("path", string(&relative(from, &folder(plan, index))))];
            if versioned {
                fields.push(("version", string(version(&plan.members[index]))));
            }
            fields
        }
        To::Registry(_, requirement) => vec![("version", string(requirement))],
        To::Namesake(_) | To::Shared(_) => vec![("version", string("1"))],
        To::Git(url, reference) => {
            let reference = reference.and_then(|r| r.split_once(" = "));
            let source = ("git", string(url));
            std::iter::once(source)
                .chain(reference.map(|(key, value)| (key, value.to_owned())))
                .collect()
        }
        To::OtherRegistry(index) => vec![("version", string("1")), ("registry-index", string(index))],
    }
}

fn common_fields(fields: &mut Fields, key: &str, package: &str, features: usize) {
    if key != package {
        fields.push(("package", string(package)));
    }
    if features > 0 {
        fields.push(("features", format!("[{}]", ["\"f1\"", "\"f2\""][..features].join(", "))));
    }
}

/// The version that the member turns out to have.
fn version(member: &MemberPlan) -> &'static str {
    match member.version {
        None => "0.0.0",
        Some("workspace") if member.place == Place::Excluded => "0.0.0",
        Some("workspace") => "0.9.0",
        Some(version) => version,
    }
}

fn relative(from: &str, to: &str) -> String {
    let up = if from == "." { 0 } else { from.split('/').count() };
    let down = if to == "." { Vec::new() } else { vec![to] };
    let steps: Vec<_> = std::iter::repeat_n("..", up).chain(down).collect();
    if steps.is_empty() {
        ".".to_owned()
    } else {
        steps.join("/")
    }
}

fn member_text(plan: &Plan, index: usize) -> String {
    let member = &plan.members[index];
    let alone = excluded(plan, index);
    let mut package = format!("[package]\nname = {}\n", string(&name(index)));
    let mut inheritable = |key: &str, value: Option<&str>, quoted: bool| match value {
        Some("workspace") if alone => {}
        Some("workspace") => package.push_str(&format!("{key}.workspace = true\n")),
        Some(value) if quoted => package.push_str(&format!("{key} = {}\n", string(value))),
        Some(value) => package.push_str(&format!("{key} = {value}\n")),
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
        package.push_str(&format!("links = \"native{index}\"\nbuild = \"build.rs\"\n"));
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
    format!("{}{package}{}", text(above), text(below))
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

/// One table of dependencies.
struct Group {
    name: String,
    /// Its lines stand above the first header, with the whole path as key.
    above: bool,
    keys: BTreeSet<String>,
    lines: Vec<String>,
    headers: Vec<(String, Fields)>,
}

impl Group {
    fn new(name: String, above: bool) -> Self {
        Self {
            name,
            above,
            keys: BTreeSet::new(),
            lines: Vec::new(),
            headers: Vec::new(),
        }
    }

    fn add(&mut self, key: &str, form: Form, fields: Fields) {
        let joined = |separator: &str| {
            fields
                .iter()
                .map(|(k, v)| format!("{k} = {v}"))
                .collect::<Vec<_>>()
                .join(separator)
        };
        match form {
            Form::Short if fields.len() == 1 && fields[0].0 == "version" => {
                self.lines.push(format!("{key} = {}", fields[0].1))
            }
            Form::Short | Form::Inline => self.lines.push(format!("{key} = {{ {} }}", joined(", "))),
            Form::Spread => self.lines.push(format!("{key} = {{\n    {},\n}}", joined(",\n    "))),
            Form::Dotted => self
                .lines
                .extend(fields.iter().map(|(k, v)| format!("{key} . {k} = {v}"))),
            Form::Header if self.above => self.add(key, Form::Dotted, fields),
            Form::Header => self.headers.push((key.to_owned(), fields)),
        }
    }

    fn text(&self, comments: bool) -> String {
        let comment = if comments {
            " # [dependencies.not] = \"this\""
        } else {
            ""
        };
        let mut text = String::new();
        if !self.lines.is_empty() && !self.above {
            text.push_str(&format!("[{}]{comment}\n", self.name));
        }
        for line in &self.lines {
            let path = if self.above {
                format!("{}.", self.name)
            } else {
                String::new()
            };
            text.push_str(&format!("{path}{line}{comment}\n"));
        }
        for (key, fields) in &self.headers {
            text.push_str(&format!("[ {}.{key} ]{comment}\n", self.name));
            text.extend(fields.iter().map(|(k, v)| format!("{k} = {v}\n")));
        }
        text
    }
}
