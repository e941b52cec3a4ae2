//! What layers are called: as the folder or prefix that they are made of, as the one crate that they hold, or by a neutral
//! word for their place.

use super::patterns::{Pattern, common_prefix, short};
use super::stack::Slice;
use super::terrain::Terrain;

/// Names for the slices, lowest first. No two are alike.
pub(super) fn names(terrain: &Terrain<'_>, patterns: &[Pattern], slices: &[Slice], taken: &[String]) -> Vec<String> {
    let common = common_prefix(terrain.workspace);
    let mut names: Vec<String> = Vec::new();
    for (position, slice) in slices.iter().enumerate() {
        let own = family(terrain, patterns, slice, &common, position == 0);
        let head = (position > 0 && slice.list.is_some())
            .then(|| head(terrain, slice))
            .flatten();
        let own = own.or_else(|| head.map(|h| short(terrain.name(h), &common)));
        // What takes most of the workspace is no foundation.
        let most = slice.list.is_none() && slice.members.count_ones(..) * 3 > terrain.core.count_ones(..) * 2;
        let neutral: &[&str] = if position == 0 && slices.len() > 1 && !most {
            &["foundation", "base"]
        } else if slice.list.is_none() {
            &["libraries", "components", "middle"]
        } else if position + 1 == slices.len() {
            &["features", "services", "upper"]
        } else if position == 1 {
            &["core", "kernel"]
        } else {
            &["services", "parts"]
        };
        let mut candidates = own.into_iter().chain(neutral.iter().map(|n| (*n).to_owned()));
        let free = |name: &String| !name.is_empty() && !names.contains(name) && !taken.contains(name);
        let name = candidates
            .find(free)
            .unwrap_or_else(|| format!("layer-{}", position + 1));
        names.push(name);
    }
    names
}

/// The name that the members themselves give to their layer.
fn family(terrain: &Terrain<'_>, patterns: &[Pattern], slice: &Slice, common: &str, lowest: bool) -> Option<String> {
    let size = slice.members.count_ones(..);
    if let (1, Some(only), Some(_)) = (size, slice.members.ones().next(), &slice.list) {
        return Some(short(terrain.name(only), common));
    }
    let most = |p: &&Pattern| {
        let inside = p.members.intersection_count(&slice.members)
            + usize::from(
                p.head
                    .is_some_and(|h| slice.members.contains(h) && !p.members.contains(h)),
            );
        let strays = p
            .members
            .difference(&slice.members)
            .filter(|m| !terrain.alone.contains(*m))
            .count();
        // The lowest layer is named for what it is made of only where that is nearly all of it.
        let enough = if lowest {
            inside * 4 >= size * 3
        } else {
            inside * 2 >= size
        };
        enough && inside >= 2 && strays * 4 <= inside
    };
    let fitting = patterns.iter().filter(most);
    let best = fitting.max_by_key(|p| {
        (
            p.folder,
            p.members.intersection_count(&slice.members),
            std::cmp::Reverse(&p.text),
        )
    })?;
    let said = best.text.strip_suffix('*') != Some(common)
        && !matches!(best.label.as_str(), "crates" | "packages" | "src" | "rust" | "members");
    (said || best.folder && slice.list.is_some()).then(|| best.label.clone())
}

/// The one member that reaches all others of a small layer.
fn head(terrain: &Terrain<'_>, slice: &Slice) -> Option<usize> {
    let small = slice.members.count_ones(..) <= 6;
    slice
        .members
        .ones()
        .find(|m| small && slice.members.is_subset(&terrain.below[*m]))
}
