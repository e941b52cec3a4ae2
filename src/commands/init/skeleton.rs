//! The text that `init` writes. Sentences stand behind `# `, TOML that is off stands behind a bare `#`: without it every
//! example holds for the workspace as it is today.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::shape::{Shape, external_users};
use super::text::{comment_list, key, names, path_is_plain, plain};
use crate::source::toml_string;
use crate::workspace::{NodeId, Workspace};

/// A commented boundaries.toml for this workspace. What is switched on is true of it today, as far as cargo accepts the
/// workspace: a check right after `init` is clean, and stops what would change the shape.
#[must_use]
pub fn skeleton(workspace: &Workspace) -> String {
    let shape = Shape::of(workspace);
    let mut out = String::from(HEAD);
    let layers = layers(&mut out, workspace, &shape);
    contexts(&mut out, workspace);
    acyclic(&mut out, workspace, &shape);
    rules(&mut out, workspace, &shape, layers);
    out
}

const HEAD: &str = "\
# What may depend on what in this workspace: `cargo boundaries check` holds every dependency against it.
# `cargo boundaries init` wrote this file from today's dependencies. What is switched on holds today; a bare `#` in front
# of a line switches it off. Give the layers your own names, move the crates, and keep what you mean.

version = 1

[settings]
kinds = [\"normal\", \"build\"] # dev-dependencies are not judged, unless a rule says so

# Layers, the highest first: a crate may use its own layer and the layers below it.
";

/// Writes the layers, and returns the name of the lowest where there is one.
fn layers(out: &mut String, workspace: &Workspace, shape: &Shape) -> Option<&'static str> {
    let claimed = claimed_layers(workspace, shape);
    if !claimed.is_empty() {
        out.push_str("# The members name these layers in their own manifests; put them in the order that you mean.\n");
        for name in claimed {
            let _ = write!(out, "\n[[layers]]\nname = {}\n", toml_string(name));
        }
        return None;
    }
    if shape.tops.is_empty() || shape.leaves.is_empty() {
        out.push_str(LAYERS_OFF);
        return None;
    }
    layer(
        out,
        workspace,
        "entry-points",
        "no other member builds on these",
        &shape.tops,
    );
    out.push_str("\n[[layers]]\nname = \"core\"\nrest = true # every member that no other layer names, new ones too");
    let middle = names(workspace, &shape.middle);
    if middle.is_empty() {
        out.push_str("\nallow-empty = true # today there is none\n");
    } else {
        let _ = writeln!(out, "; today:");
        comment_list(out, &middle);
    }
    layer(
        out,
        workspace,
        "foundation",
        "these build on no other member",
        &shape.leaves,
    );
    Some("foundation")
}

const LAYERS_OFF: &str = "
#[[layers]]
#name = \"entry-points\"
#crates = [\"*-cli\", \"*-server\"]
#allow-empty = true

#[[layers]]
#name = \"core\"
#rest = true
#allow-empty = true
";

fn layer(out: &mut String, workspace: &Workspace, name: &str, remark: &str, members: &[NodeId]) {
    let _ = writeln!(out, "\n[[layers]]\nname = {} # {remark}\ncrates = [", toml_string(name));
    for member in names(workspace, members) {
        let _ = writeln!(out, "    {},", toml_string(member));
    }
    out.push_str("]\n");
}

/// The layers that members claim for themselves, the one with the tallest member first.
fn claimed_layers<'w>(workspace: &'w Workspace, shape: &Shape) -> Vec<&'w str> {
    let mut tallest: BTreeMap<&str, usize> = BTreeMap::new();
    for (member, height) in workspace.members.iter().zip(&shape.heights) {
        for layer in &member.claim.layer {
            let entry = tallest.entry(&layer.value).or_default();
            *entry = (*entry).max(*height);
        }
    }
    let mut layers: Vec<_> = tallest.into_iter().collect();
    layers.sort_by_key(|(_, height)| std::cmp::Reverse(*height));
    layers.into_iter().map(|(name, _)| name).collect()
}

/// Writes the contexts that members claim, or an example over the folder with the most members.
fn contexts(out: &mut String, workspace: &Workspace) {
    if workspace.members.len() < 2 {
        return;
    }
    out.push_str("\n# Contexts: groups of crates with a public face. Other contexts may use that face alone.\n");
    let claims = workspace.members.iter().filter_map(|m| m.claim.context.as_ref());
    let claimed: BTreeSet<&str> = claims.map(|c| c.value.as_str()).collect();
    for name in &claimed {
        let _ = write!(out, "\n[contexts.{}]\n", key(name));
    }
    if !claimed.is_empty() {
        return;
    }
    let (name, crates, public) = match largest_folder(workspace) {
        Some((folder, used)) => (
            folder.rsplit('/').next().unwrap_or(folder),
            format!("path:{folder}/**"),
            used,
        ),
        None => match most_used(workspace) {
            Some(member) => (member, member.to_owned(), vec![member]),
            None => return,
        },
    };
    let _ = write!(
        out,
        "\n#[settings.contexts]\n#unassigned = \"allow\" # until most crates are in a context\n\n#[contexts.{}]\n#crates \
         = [{}]\n#public = [{}] # unset: all of it; []: nothing\n#may-use = [] # unset: any other context\n",
        key(name),
        toml_string(&crates),
        public.iter().map(|m| toml_string(m)).collect::<Vec<_>>().join(", "),
    );
}

/// The member that the most members declare.
fn most_used(workspace: &Workspace) -> Option<&str> {
    let mut users = vec![0usize; workspace.members.len()];
    for dependency in workspace.members.iter().flat_map(|m| &m.dependencies) {
        if let Some(count) = users.get_mut(dependency.to.index()) {
            *count += 1;
        }
    }
    let named = workspace
        .members
        .iter()
        .zip(users)
        .filter(|(member, _)| plain(&member.name));
    let first = named.max_by_key(|(member, count)| (*count, std::cmp::Reverse(&member.name)));
    first.map(|(member, _)| member.name.as_str())
}

/// Folders that hold what stands beside the architecture.
const ASIDE: [&str; 6] = ["benches", "examples", "fuzz", "tests", "tools", "xtask"];

/// The folder below which the most members lie, but no more than half of all, with those of its members that others
/// use.
fn largest_folder(workspace: &Workspace) -> Option<(&str, Vec<&str>)> {
    let mut folders: BTreeMap<&str, usize> = BTreeMap::new();
    for member in &workspace.members {
        let mut folder = member.directory.as_str();
        while let Some((above, _)) = folder.rsplit_once('/') {
            *folders.entry(above).or_default() += 1;
            folder = above;
        }
    }
    let half = workspace.members.len() / 2;
    let aside = |folder: &str| folder.split('/').any(|segment| ASIDE.contains(&segment));
    let few = folders
        .into_iter()
        .filter(|(folder, count)| (2..=half).contains(count) && path_is_plain(folder) && !aside(folder));
    let (folder, _) = few.max_by_key(|(folder, count)| (*count, std::cmp::Reverse(folder.len())))?;
    let below = |node: &NodeId| {
        let directory = &workspace.members[node.index()].directory;
        directory.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    };
    let inside: BTreeSet<NodeId> = workspace.member_nodes().filter(below).collect();
    let outside = workspace.member_nodes().filter(|node| !inside.contains(node));
    let used = outside.flat_map(|node| workspace.members[node.index()].dependencies.iter().map(|d| d.to));
    let used: BTreeSet<NodeId> = used.filter(|to| inside.contains(to)).collect();
    Some((folder, names(workspace, &used.into_iter().collect::<Vec<_>>())))
}

/// Writes the rule against cycles between crates: over dev-dependencies too, where there is none today.
fn acyclic(out: &mut String, workspace: &Workspace, shape: &Shape) {
    out.push_str(
        "\n# Cargo refuses cycles of normal dependencies alone. A cycle through dev-dependencies builds, but its crates are\n\
         # tested, and often released, as one.\n",
    );
    let kinds = if shape.in_cycles.is_empty() {
        "\"normal\", \"build\", \"dev\""
    } else {
        out.push_str("# Today there are such cycles, so \"dev\" is left out of `kinds`; they run through:\n");
        comment_list(out, &names(workspace, &shape.in_cycles));
        "\"normal\", \"build\""
    };
    let _ = write!(
        out,
        "[[acyclic]]\nname = \"no-crate-cycles\"\nover = \"crates\"\nkinds = [{kinds}]\n"
    );
}

/// Writes rules that are off, about externals that the workspace has.
fn rules(out: &mut String, workspace: &Workspace, shape: &Shape, lowest: Option<&str>) {
    let users = external_users(workspace);
    let from = match (lowest, workspace.members.first()) {
        (Some(layer), _) => format!("layer:{layer}"),
        (None, Some(member)) => member.name.clone(),
        (None, None) => return,
    };
    let pure: Vec<NodeId> = match lowest {
        Some(_) => shape.leaves.clone(),
        None => vec![NodeId::new(0)],
    };
    let foreign = users
        .iter()
        .filter(|(name, by)| plain(name) && !by.iter().any(|user| pure.contains(user)));
    let banned = foreign
        .max_by_key(|(name, by)| (by.len(), std::cmp::Reverse(**name)))
        .map_or("tokio", |(n, _)| n);
    let _ = write!(
        out,
        "\n# What must never be. `to` names members, or third-party crates as `external:NAME`.\n\n#[[forbidden]]\n#name = \
         \"keep-it-pure\"\n#from = [{}]\n#to = [{}]\n#reason = \"say here why: it is printed with every finding\"\n",
        toml_string(&from),
        toml_string(&format!("external:{banned}")),
    );
    let single = users
        .iter()
        .find(|(name, by)| plain(name) && by.len() == 1 && plain(workspace.name(by[0])));
    if let Some((external, by)) = single {
        let _ = write!(
            out,
            "\n# Third-party crates with one door.\n\n#[externals]\n#{} = [{}]\n",
            key(external),
            toml_string(workspace.name(by[0])),
        );
    }
    out.push_str(TAIL);
}

const TAIL: &str = "
# An edge that breaks a rule today and will not for long is recorded here, so that the next one is still seen:
# [[exceptions]] with `rule`, `from`, `to`, `reason` and, best, `until = 2027-03-31`. Every finding prints its own.
# `cargo boundaries explain` tells what each rule reports.
";
