//! Layers and contexts that the members name themselves: in `[package.metadata.boundaries]`, or in metadata of the
//! project's own that speaks of layers. What a team wrote down is not inferred a second time.

use std::collections::{BTreeMap, BTreeSet};

use super::patterns::kebab;
use super::terrain::{Terrain, build_edges};
use super::{Context, Layer};
use crate::workspace::Workspace;

/// Words that the last key of a project's own metadata has where it tells a member's layer.
const KEYS: [&str; 4] = ["layer", "tier", "ring", "level"];

/// Up to so many layers are brought into the very best order.
const MOST: usize = 12;

/// The layers that members name, highest first; none where they name none.
pub(super) fn layers(terrain: &Terrain<'_>) -> Option<Vec<Layer>> {
    let workspace = terrain.workspace;
    let mut claimed: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, member) in workspace.members.iter().enumerate() {
        for claim in &member.claim.layer {
            claimed.entry(claim.value.clone()).or_default().push(index);
        }
    }
    let (groups, remark, prefix) = if claimed.is_empty() {
        let (path, groups) = metadata(workspace)?;
        (
            groups,
            "Members name it in their own metadata.",
            Some(format!("metadata:{path}=")),
        )
    } else {
        (claimed, "Members name it in `[package.metadata.boundaries]`.", None)
    };
    let stacks = stacks(&groups);
    let layer = |value: &String| Layer {
        name: if prefix.is_some() { kebab(value) } else { value.clone() },
        crates: prefix.iter().map(|p| format!("{p}{value}")).collect(),
        stack: stacks[value].clone(),
        remark: remark.to_owned(),
        why: "the members say so themselves".to_owned(),
        members: groups[value].clone(),
        ..Layer::default()
    };
    Some(ordered(terrain, &groups).iter().map(layer).collect())
}

/// The stack of each layer: two that one member names stand in different ones.
fn stacks(groups: &BTreeMap<String, Vec<usize>>) -> BTreeMap<String, Option<String>> {
    let mut filled: Vec<BTreeSet<usize>> = Vec::new();
    let mut stacks = BTreeMap::new();
    for (value, members) in groups {
        let free = |taken: &BTreeSet<usize>| !members.iter().any(|m| taken.contains(m));
        let at = filled.iter().position(free).unwrap_or(filled.len());
        if at == filled.len() {
            filled.push(BTreeSet::new());
        }
        filled[at].extend(members);
        stacks.insert(value.clone(), (at > 0).then(|| format!("stack-{}", at + 1)));
    }
    stacks
}

/// The contexts that members name.
pub(super) fn contexts(workspace: &Workspace) -> Option<Vec<Context>> {
    let mut claimed: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, member) in workspace.members.iter().enumerate() {
        if let Some(claim) = &member.claim.context {
            claimed.entry(&claim.value).or_default().push(index);
        }
    }
    let context = |(name, members): (&str, Vec<usize>)| Context {
        name: name.to_owned(),
        members,
        ..Context::default()
    };
    (!claimed.is_empty()).then(|| claimed.into_iter().map(context).collect())
}

/// The project's own metadata that tells the layer of most members: the path to the key, and the members by value.
fn metadata(workspace: &Workspace) -> Option<(String, BTreeMap<String, Vec<usize>>)> {
    let mut found: BTreeMap<String, BTreeMap<String, Vec<usize>>> = BTreeMap::new();
    for (index, member) in workspace.members.iter().enumerate() {
        let tables = member.metadata.as_object().into_iter().flatten();
        let keys = tables.filter_map(|(tool, table)| Some((tool, table.as_object()?)));
        for (tool, key, value) in
            keys.flat_map(|(tool, table)| table.iter().map(move |(key, value)| (tool, key, value)))
        {
            if let (Some(value), true) = (value.as_str(), KEYS.contains(&key.as_str())) {
                let values = found.entry(format!("{tool}.{key}")).or_default();
                values.entry(value.to_owned()).or_default().push(index);
            }
        }
    }
    let plain = |text: &str| {
        !text.is_empty()
            && text
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
    };
    let names = |values: &BTreeMap<String, Vec<usize>>| values.keys().map(|v| kebab(v)).collect::<BTreeSet<_>>().len();
    found.into_iter().find(|(path, values)| {
        let told: usize = values.values().map(Vec::len).sum();
        let fits = told * 3 > workspace.members.len() * 2 && (2..=MOST).contains(&values.len());
        fits && plain(path) && values.keys().all(|v| plain(v)) && names(values) == values.len()
    })
}

/// The groups in the order that the fewest edges contradict; of several such orders one that the fewest paths contradict.
fn ordered(terrain: &Terrain<'_>, groups: &BTreeMap<String, Vec<usize>>) -> Vec<String> {
    let members: Vec<&Vec<usize>> = groups.values().collect();
    let count = members.len();
    let edges = build_edges(terrain.workspace);
    // What it costs that the one stands above the other: the edges and paths that lead up.
    let cost = |above: &[usize], under: &[usize]| {
        let pairs: Vec<(usize, usize)> = under.iter().flat_map(|a| above.iter().map(|b| (*a, *b))).collect();
        let up = pairs.iter().filter(|pair| edges.contains(pair)).count();
        up * 1_000_000 + pairs.iter().filter(|(a, b)| terrain.below[*a].contains(*b)).count()
    };
    let costs = members
        .iter()
        .map(|above| members.iter().map(|under| cost(above, under)).collect());
    let order = if count <= MOST {
        cheapest(&costs.collect::<Vec<Vec<usize>>>())
    } else {
        by_height(terrain, &members)
    };
    let names: Vec<&String> = groups.keys().collect();
    order.into_iter().map(|group| names[group].clone()).collect()
}

/// The cheapest order, by the cheapest order of every set of groups that stand lowest.
fn cheapest(costs: &[Vec<usize>]) -> Vec<usize> {
    let count = costs.len();
    // For each set, as bits: what its order costs, and which of it stands on top.
    let mut best: Vec<(usize, usize)> = vec![(0, 0)];
    for set in 1..1usize << count {
        let inside = (0..count).filter(|g| set & 1 << g != 0);
        let total = |top: &usize| {
            let rest = set & !(1 << top);
            let over: usize = (0..count).filter(|g| rest & 1 << g != 0).map(|g| costs[*top][g]).sum();
            best[rest].0 + over
        };
        let top = inside.min_by_key(|top| (total(top), *top)).unwrap_or_default();
        best.push((total(&top), top));
    }
    let mut set = (1usize << count) - 1;
    let mut order = Vec::new();
    while set != 0 {
        let top = best[set].1;
        order.push(top);
        set &= !(1 << top);
    }
    order
}

fn by_height(terrain: &Terrain<'_>, groups: &[&Vec<usize>]) -> Vec<usize> {
    let reach = |group: usize| groups[group].iter().map(|m| terrain.below[*m].count_ones(..)).max();
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by_key(|group| (std::cmp::Reverse(reach(*group)), *group));
    order
}
