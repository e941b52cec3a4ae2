//! Edges that contradict what the folders say: between two folders nearly all edges lead one way, and these few the other.
//! They are today's exceptions, and no reason to draw the layers otherwise.

use std::collections::BTreeMap;

use super::patterns::Pattern;
use super::terrain::{Odd, build_edges};
use crate::workspace::Workspace;

/// The odd edges of a workspace; none at all where there are many, since then the folders are no layers.
pub(super) fn odd(workspace: &Workspace, patterns: &[Pattern]) -> Odd {
    let folders = divisions(workspace, patterns);
    let edges = build_edges(workspace);
    let mut between: BTreeMap<(usize, usize), Vec<(usize, usize)>> = BTreeMap::new();
    for (from, to) in &edges {
        if let (Some(a), Some(b)) = (folders[*from], folders[*to])
            && a != b
        {
            between.entry((a, b)).or_default().push((*from, *to));
        }
    }
    let mut odd = Odd::new();
    for ((a, b), few) in &between {
        let many = between.get(&(*b, *a)).map_or(0, Vec::len);
        if few.len() <= 2 && many >= 6 * few.len() {
            odd.extend(few);
        }
    }
    if odd.len() > 3 + edges.len() / 50 {
        Odd::new()
    } else {
        odd
    }
}

/// For each member the position of the widest folder around it that holds at least three members and not nearly all.
fn divisions(workspace: &Workspace, patterns: &[Pattern]) -> Vec<Option<usize>> {
    let most = workspace.members.len() * 3 / 4;
    let fits = |p: &&Pattern| p.folder && p.text.ends_with('*') && (3..=most).contains(&p.members.count_ones(..));
    let folders: Vec<&Pattern> = patterns.iter().filter(fits).collect();
    let widest = |member: usize| {
        let around = folders.iter().enumerate().filter(|(_, p)| p.members.contains(member));
        around
            .max_by_key(|(i, p)| (p.members.count_ones(..), std::cmp::Reverse(*i)))
            .map(|(i, _)| i)
    };
    (0..workspace.members.len()).map(widest).collect()
}
