//! The stack as it is written: what stands beside the product on top, then the programs, then the core.

use super::describe::{Describer, Description};
use super::names::names;
use super::patterns::{Pattern, common_prefix, plain, short};
use super::stack::{MOST, Slice, divide};
use super::terrain::{Set, Terrain};
use super::{Layer, Preset, hexagon};

/// The layers, highest first; none where no order shows.
pub(super) fn layers(terrain: &Terrain<'_>, patterns: &[Pattern], preset: Preset) -> Vec<Layer> {
    if preset == Preset::Hexagonal {
        return hexagon::layers(terrain, patterns);
    }
    let most = if matches!(preset, Preset::Contexts | Preset::Minimal) {
        2
    } else {
        MOST
    };
    let mut drafts = drafts(terrain, patterns, most);
    if drafts.len() < 2 {
        return Vec::new();
    }
    place_alone(terrain, patterns, &mut drafts);
    spell_out_the_rest(terrain, patterns, &mut drafts);
    finished(terrain, patterns, drafts)
}

/// The layers with their lists.
pub(super) fn finished(terrain: &Terrain<'_>, patterns: &[Pattern], drafts: Vec<Draft>) -> Vec<Layer> {
    let lists = lists(terrain, patterns, &drafts);
    (drafts.into_iter().zip(lists))
        .map(|(draft, crates)| Layer {
            name: draft.name,
            stack: None,
            beside: draft.beside,
            crates,
            rest: draft.list.is_none(),
            remark: draft.remark,
            why: draft.why,
            members: draft.members.ones().collect(),
        })
        .collect()
}

/// A layer before its list is written.
pub(super) struct Draft {
    pub name: String,
    pub beside: Option<String>,
    pub members: Set,
    /// None for the one that takes the rest.
    pub list: Option<Description>,
    pub remark: String,
    pub why: String,
}

fn drafts(terrain: &Terrain<'_>, patterns: &[Pattern], most: usize) -> Vec<Draft> {
    let describer = Describer::new(terrain, patterns);
    let mut drafts = Vec::new();
    if !terrain.aside.is_clear() {
        drafts.push(Draft {
            name: aside_name(terrain),
            beside: None,
            members: terrain.aside.clone(),
            list: Some(describer.describe(&terrain.aside)),
            remark: "These may use anything, and nothing is built on them.".to_owned(),
            why: "beside the product: nothing is built on it".to_owned(),
        });
    }
    if !terrain.programs.is_clear() {
        let one = terrain.programs.count_ones(..) == 1;
        drafts.push(Draft {
            name: if one { "app" } else { "apps" }.to_owned(),
            beside: None,
            members: terrain.programs.clone(),
            list: Some(describer.describe(&terrain.programs)),
            remark: if one {
                "The program: it puts the rest together."
            } else {
                "The programs: they put the rest together."
            }
            .to_owned(),
            why: "what is run: no library is built on it".to_owned(),
        });
    }
    if !terrain.facade.is_clear() {
        let mut members = terrain.facade.ones();
        let name = match (members.next(), members.next()) {
            (Some(only), None) => short(terrain.name(only), &common_prefix(terrain.workspace)),
            _ => "facade".to_owned(),
        };
        drafts.push(Draft {
            name,
            beside: None,
            members: terrain.facade.clone(),
            list: Some(describer.describe(&terrain.facade)),
            remark: "What others take instead of its parts.".to_owned(),
            why: "uses half of what lies below, or more".to_owned(),
        });
    }
    let slices = divide(terrain, patterns, most);
    let taken: Vec<String> = drafts.iter().map(|d| d.name.clone()).collect();
    let names = names(terrain, patterns, &slices, &taken);
    let lowest = slices.len().saturating_sub(1);
    for (position, (slice, name)) in slices.into_iter().zip(names).rev().enumerate() {
        let remark = remark(terrain, &slice, position == lowest && lowest > 0);
        let why = why(terrain, &slice, position == lowest);
        drafts.push(Draft {
            name,
            beside: None,
            members: slice.members,
            list: slice.list,
            remark,
            why,
        });
    }
    drafts
}

/// What the members that stand beside the product have in common.
fn aside_name(terrain: &Terrain<'_>) -> String {
    let folder = |member: usize| {
        let directory = &terrain.workspace.members[member].directory;
        directory.split('/').next().unwrap_or_default().to_owned()
    };
    let mut folders: Vec<String> = terrain.aside.ones().map(folder).collect();
    folders.dedup();
    match folders.as_slice() {
        [one]
            if matches!(
                one.as_str(),
                "examples" | "tests" | "tools" | "benches" | "fuzz" | "dev-tools"
            ) =>
        {
            one.clone()
        }
        _ => "tooling".to_owned(),
    }
}

fn remark(terrain: &Terrain<'_>, slice: &Slice, lowest: bool) -> String {
    let most = slice
        .members
        .ones()
        .max_by_key(|m| (terrain.users[*m].count_ones(..), std::cmp::Reverse(*m)));
    match most {
        Some(most) if lowest => {
            let users = terrain.users[most].count_ones(..);
            format!(
                "What the others stand on: `{}` alone has {users} users.",
                terrain.name(most)
            )
        }
        _ if slice.list.is_none() => "Whatever no other layer names, new crates too.".to_owned(),
        _ => String::new(),
    }
}

/// How its edges lead.
fn why(terrain: &Terrain<'_>, slice: &Slice, lowest: bool) -> String {
    let leaving = |of: &[Set]| {
        slice
            .members
            .ones()
            .map(|m| of[m].difference(&slice.members).count())
            .sum::<usize>()
    };
    let (down, from_above) = (leaving(&terrain.uses), leaving(&terrain.users));
    if lowest {
        format!("edges down to it: {from_above}, up from it: none")
    } else {
        format!("edges down from it: {down}, down to it: {from_above}")
    }
}

/// Members that stand alone go where a pattern selects them, else to the rest.
fn place_alone(terrain: &Terrain<'_>, patterns: &[Pattern], drafts: &mut [Draft]) {
    for member in terrain.alone.ones() {
        let selects = |draft: &Draft| {
            let list = draft.list.as_ref();
            list.is_some_and(|list| list.patterns.iter().any(|p| patterns[*p].members.contains(member)))
        };
        let at = drafts
            .iter()
            .position(selects)
            .or_else(|| drafts.iter().position(|d| d.list.is_none()));
        if let Some(at) = at {
            drafts[at].members.insert(member);
        }
    }
}

/// Where the rest is a folder or two, these are named: a crate in a new folder is then reported, and not taken for one of
/// them.
fn spell_out_the_rest(terrain: &Terrain<'_>, patterns: &[Pattern], drafts: &mut [Draft]) {
    let describer = Describer::new(terrain, patterns);
    for draft in drafts.iter_mut().filter(|d| d.list.is_none()) {
        let list = describer.describe(&draft.members);
        let folders = list
            .patterns
            .iter()
            .all(|p| patterns[*p].folder && patterns[*p].members.is_subset(&draft.members));
        if folders && list.names.is_empty() && list.patterns.len() <= 2 {
            draft.list = Some(list);
            draft.remark.clear();
        }
    }
}

/// The selectors of each layer. Where patterns select a member that belongs elsewhere, its own name says so.
fn lists(terrain: &Terrain<'_>, patterns: &[Pattern], drafts: &[Draft]) -> Vec<Vec<String>> {
    let mut by_name: Vec<Set> = drafts.iter().map(|_| terrain.nothing()).collect();
    let mut not: Vec<Set> = by_name.clone();
    for (at, draft) in drafts.iter().enumerate() {
        by_name[at].extend(draft.list.iter().flat_map(|list| list.names.iter().copied()));
    }
    for member in 0..terrain.users.len() {
        let Some(own) = drafts.iter().position(|d| d.members.contains(member)) else {
            continue;
        };
        if by_name[own].contains(member) {
            continue;
        }
        let claims = |draft: &Draft| {
            let list = draft.list.as_ref();
            list.is_some_and(|list| list.patterns.iter().any(|p| patterns[*p].members.contains(member)))
        };
        let claiming: Vec<usize> = (0..drafts.len()).filter(|at| claims(&drafts[*at])).collect();
        match claiming.as_slice() {
            [] => {}
            [one] if *one == own => {}
            // What a later crate of the pattern may be is for its author to say; this one stays with the rest.
            others if drafts[own].list.is_none() => others.iter().for_each(|at| not[*at].insert(member)),
            _ => by_name[own].insert(member),
        }
    }
    (drafts.iter().enumerate())
        .map(|(at, draft)| {
            let chosen = draft.list.iter().flat_map(|list| &list.patterns);
            let name = |member: usize| terrain.name(member).to_owned();
            // `ide` stands in front of `ide-*`.
            let heads: Vec<usize> = chosen
                .clone()
                .filter_map(|p| patterns[*p].head)
                .filter(|h| by_name[at].contains(*h))
                .collect();
            let texts = chosen.flat_map(|p| {
                let head = patterns[*p].head.filter(|h| heads.contains(h));
                head.map(name).into_iter().chain([patterns[*p].text.clone()])
            });
            let named = by_name[at]
                .ones()
                .filter(|m| !heads.contains(m))
                .map(name)
                .filter(|n| plain(n));
            let excluded = not[at].ones().map(name).filter(|n| plain(n)).map(|n| format!("!{n}"));
            texts.chain(named).chain(excluded).collect()
        })
        .collect()
}
