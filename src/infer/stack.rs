//! Divides the core into layers. A layer boundary is a cut: a set of members that use nothing outside of it, below all
//! others. Of all chains of cuts the one is taken that says most for what it costs to read.

use std::collections::BTreeSet;

use super::describe::{Describer, Description, NAME};
use super::patterns::Pattern;
use super::terrain::{Set, Terrain};

/// A layer of the core.
#[derive(Clone, Debug)]
pub(super) struct Slice {
    pub members: Set,
    /// How it is listed; none for the one that takes the rest.
    pub list: Option<Description>,
}

/// What a chain that orders every pair of members would be worth, in names: more in larger workspaces, up to a bound.
fn all_pairs(members: usize) -> usize {
    (6 + members * 5 / 4).min(60)
}

/// What the order of two members is worth where neither reaches the other, in hundredths of what it is worth where the
/// upper one reaches the lower: edges show the one, and nothing shows the other.
const UNRELATED: usize = 25;
/// What one more layer costs.
const LAYER: usize = 2 * NAME;
/// No more layers than these in the core, whoever asks.
pub(super) const MOST: usize = 5;
/// How many cuts are weighed: the number of chains grows with the square, and each list takes longer where there are
/// more members.
fn most_cuts(members: usize) -> usize {
    (36_000 / members.max(1)).clamp(40, 120)
}

/// The core's layers, lowest first; none where the core is empty.
pub(super) fn divide(terrain: &Terrain<'_>, patterns: &[Pattern], most: usize) -> Vec<Slice> {
    if terrain.core.is_clear() {
        return Vec::new();
    }
    let cuts = cuts(terrain, patterns);
    let describer = Describer::new(terrain, patterns);
    let all = terrain.core.count_ones(..);
    let related: usize = terrain
        .core
        .ones()
        .map(|m| terrain.above[m].intersection_count(&terrain.core) - 1)
        .sum();
    // Where few members reach each other, no order of theirs is worth a layer of its own.
    let pairs = weighed(related.max(2 * all), (all * (all - 1) / 2).max(2 * all));
    Chains {
        terrain,
        describer,
        cuts,
        pairs,
        most: most.min(MOST),
    }
    .best()
}

/// Cuts in the order of their size, the empty one first and the whole core last.
fn cuts(terrain: &Terrain<'_>, patterns: &[Pattern]) -> Vec<Set> {
    let core = &terrain.core;
    let mut found: Vec<Set> = Vec::new();
    let mut add = |mut cut: Set| {
        cut.intersect_with(core);
        if !cut.is_clear() && cut != *core && !found.contains(&cut) {
            found.push(cut);
        }
    };
    // What separates the most used member from all tops stands first: it is never left out.
    if let Some(most) = terrain.most_used() {
        add(terrain.below[most].clone());
    }
    for pattern in patterns
        .iter()
        .filter(|p| p.folder)
        .chain(patterns.iter().filter(|p| !p.folder))
    {
        if let Some(family) = convex(terrain, pattern) {
            around(terrain, &family).into_iter().for_each(&mut add);
        }
    }
    let mut members: Vec<usize> = core.ones().collect();
    members.sort_by_key(|m| (std::cmp::Reverse(terrain.weight(*m)), *m));
    // Those that many use, with all that they need.
    let mut hubs = terrain.nothing();
    for (position, member) in members.iter().enumerate().take(40) {
        hubs.insert(*member);
        let next = members.get(position + 1).map(|m| terrain.weight(*m));
        if next != Some(terrain.weight(*member)) {
            add(terrain.below_all(&hubs));
        }
    }
    let widest = {
        let mut by_reach = members.clone();
        by_reach.sort_by_key(|m| (std::cmp::Reverse(terrain.below[*m].count_ones(..)), *m));
        by_reach.into_iter().take(6)
    };
    let waists: BTreeSet<usize> = members.iter().copied().take(16).chain(widest).collect();
    for member in waists {
        let mut one = terrain.nothing();
        one.insert(member);
        around(terrain, &one).into_iter().for_each(&mut add);
    }
    found.truncate(most_cuts(terrain.workspace.members.len()));
    found.sort_by_cached_key(|cut| (cut.count_ones(..), cut.ones().collect::<Vec<_>>()));
    found.insert(0, terrain.nothing());
    found.push(core.clone());
    found
}

/// The cuts right below and right above a family, with it and without.
fn around(terrain: &Terrain<'_>, family: &Set) -> [Set; 4] {
    let below = terrain.below_all(family);
    let above = terrain.above_all(family);
    let mut under = below.clone();
    under.difference_with(family);
    let mut not_above = terrain.core.clone();
    not_above.difference_with(&above);
    let mut up_to = not_above.clone();
    up_to.union_with(family);
    [under, below, not_above, up_to]
}

/// What is left of a pattern's members without those that reach it, or are reached by it, through members outside of
/// it; none where that is little.
fn convex(terrain: &Terrain<'_>, pattern: &Pattern) -> Option<Set> {
    let mut family = pattern.members.clone();
    family.extend(pattern.head.filter(|_| !pattern.folder));
    family.intersect_with(&terrain.core);
    let whole = family.count_ones(..);
    loop {
        if family.count_ones(..) < 2 || family.count_ones(..) * 5 < whole * 3 {
            return None;
        }
        let mut between = terrain.below_all(&family);
        between.intersect_with(&terrain.above_all(&family));
        between.difference_with(&family);
        if between.is_clear() {
            return Some(family);
        }
        let upper: Vec<usize> = family
            .ones()
            .filter(|m| !terrain.below[*m].is_disjoint(&between))
            .collect();
        let lower: Vec<usize> = family
            .ones()
            .filter(|m| !terrain.above[*m].is_disjoint(&between))
            .collect();
        for member in if upper.len() <= lower.len() { upper } else { lower } {
            family.remove(member);
        }
    }
}

struct Chains<'t> {
    terrain: &'t Terrain<'t>,
    describer: Describer<'t>,
    cuts: Vec<Set>,
    /// What all pairs of the core weigh.
    pairs: usize,
    /// No more layers than these.
    most: usize,
}

/// What so many pairs weigh, of which so many are related.
fn weighed(related: usize, all: usize) -> usize {
    related * 100 + all.saturating_sub(related) * UNRELATED
}

/// The best chain up to a cut: its worth, and the cut before with the state there.
#[derive(Clone, Copy)]
struct Link {
    worth: i64,
    before: usize,
    state: usize,
    rest: bool,
}

/// A chain's state: how many layers it has, whether one took the rest, whether it divides the most used member from the
/// tops.
const STATES: usize = (MOST + 1) * 4;

fn state(layers: usize, rest: bool, divides: bool) -> usize {
    layers * 4 + usize::from(rest) * 2 + usize::from(divides)
}

impl Chains<'_> {
    fn best(&self) -> Vec<Slice> {
        let parting = self.dividing();
        let mut links: Vec<[Option<Link>; STATES]> = vec![[None; STATES]; self.cuts.len()];
        links[0][state(0, false, parting[0])] = Some(Link {
            worth: 0,
            before: 0,
            state: 0,
            rest: false,
        });
        for upper in 1..self.cuts.len() {
            for lower in (0..upper).filter(|lower| self.cuts[*lower].is_subset(&self.cuts[upper])) {
                let slice = self.slice(lower, upper);
                let told = self.worth(&slice, upper);
                let cost = i64::try_from(self.describer.describe(&slice).cost).unwrap_or(i64::MAX / 4);
                for before in 0..STATES {
                    let Some(link) = links[lower][before] else { continue };
                    let (layers, rest, divided) = (before / 4, before & 2 != 0, before & 1 != 0);
                    if layers == self.most {
                        continue;
                    }
                    for takes_rest in [false, true] {
                        if takes_rest && rest {
                            continue;
                        }
                        let worth = link.worth + told - if takes_rest { 0 } else { cost };
                        let next = state(layers + 1, rest || takes_rest, divided || parting[upper]);
                        let better = links[upper][next].is_none_or(|known| worth > known.worth);
                        if better {
                            links[upper][next] = Some(Link {
                                worth,
                                before: lower,
                                state: before,
                                rest: takes_rest,
                            });
                        }
                    }
                }
            }
        }
        self.walk_back(&links)
    }

    /// The slices of the best chain over the whole core, lowest first. A chain that divides the most used member from
    /// the tops goes before one that does not, and one with a rest before one without.
    fn walk_back(&self, links: &[[Option<Link>; STATES]]) -> Vec<Slice> {
        let whole = self.cuts.len() - 1;
        let ended = (0..STATES).filter_map(|s| Some((s, links[whole][s]?)));
        let rank = |s: usize, worth: i64| (s & 1, s & 2, worth, std::cmp::Reverse(s));
        let best = ended.max_by_key(|(s, link)| rank(*s, link.worth));
        let mut slices = Vec::new();
        let (mut at, mut link) = (whole, best);
        while let Some((_, here)) = link.filter(|_| at > 0) {
            let members = self.slice(here.before, at);
            let list = (!here.rest).then(|| self.describer.describe(&members));
            slices.push(Slice { members, list });
            at = here.before;
            link = links[at][here.state].map(|l| (here.state, l));
        }
        slices.reverse();
        slices
    }

    fn slice(&self, lower: usize, upper: usize) -> Set {
        let mut slice = self.cuts[upper].clone();
        slice.difference_with(&self.cuts[lower]);
        slice
    }

    /// What the boundary above a slice says: how many pairs of members may no longer use each other, those first whose
    /// order the edges show.
    fn worth(&self, slice: &Set, upper: usize) -> i64 {
        let all = self.terrain.core.count_ones(..);
        let mut over = self.terrain.core.clone();
        over.difference_with(&self.cuts[upper]);
        let related: usize = slice
            .ones()
            .map(|m| self.terrain.above[m].intersection_count(&over))
            .sum();
        let told = weighed(related, slice.count_ones(..) * over.count_ones(..)) * all_pairs(all) * NAME / self.pairs;
        i64::try_from(told).unwrap_or(i64::MAX / 4) - i64::try_from(LAYER).unwrap_or(0)
    }

    /// For each cut whether the most used member is below it and every top above; always where there is nothing to
    /// divide.
    fn dividing(&self) -> Vec<bool> {
        let terrain = self.terrain;
        let tops: Vec<usize> = terrain.tops().filter(|m| terrain.core.contains(*m)).collect();
        let most = terrain.most_used().filter(|m| terrain.core.contains(*m));
        let divides = |cut: &Set| match most {
            Some(most) if !tops.is_empty() => cut.contains(most) && !tops.iter().any(|top| cut.contains(*top)),
            _ => true,
        };
        self.cuts.iter().map(divides).collect()
    }
}
