//! Writes a plan down as the files of a workspace.

use std::collections::BTreeSet;

use super::plan::{MemberPlan, Place, Plan, Targets, To};

mod group;
mod member;
mod root;

use member::member_text;
use root::workspace_text;

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
    format!("m{}{index}", if index.is_multiple_of(2) { '-' } else { '_' })
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
