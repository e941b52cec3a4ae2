//! How a person would list a set of crates: by folders and name patterns where these select just the set, by names for
//! what is left.

use super::patterns::{Pattern, plain};
use super::terrain::{Set, Terrain};

/// A list of selectors for a set, and what it costs to read.
#[derive(Clone, Debug, Default)]
pub(super) struct Description {
    /// Positions of the patterns used.
    pub patterns: Vec<usize>,
    /// Members that stand by their names.
    pub names: Vec<usize>,
    /// In thousandths of a name.
    pub cost: usize,
}

/// What a name costs; the other costs are measured by it.
pub(super) const NAME: usize = 1000;
const FOLDER: usize = 400;
const AFFIX: usize = 900;
/// A member that a pattern selects and that belongs elsewhere: its own name must say so.
const STRAY: usize = 1600;
/// Entries past this many cost more: nobody reads them.
const MANY: usize = 8;
const PAST_MANY: usize = 2500;

/// Describes sets of members by the patterns of a workspace.
pub(super) struct Describer<'t> {
    terrain: &'t Terrain<'t>,
    patterns: &'t [Pattern],
}

impl<'t> Describer<'t> {
    pub fn new(terrain: &'t Terrain<'t>, patterns: &'t [Pattern]) -> Self {
        Self { terrain, patterns }
    }

    /// The cheapest list that was found for a set: patterns as long as one saves something, then names. A pattern may
    /// select members that stand alone, which belong anywhere, and a few strays.
    pub fn describe(&self, set: &Set) -> Description {
        let mut left = set.clone();
        let mut found = Description::default();
        let candidates: Vec<(usize, usize)> = (self.patterns.iter().enumerate())
            .filter_map(|(i, pattern)| Some((i, self.pattern_cost(pattern, set)?)))
            .collect();
        loop {
            let saving = |(i, cost): &(usize, usize)| {
                let members = &self.patterns[*i].members;
                (left.intersection_count(members) * NAME)
                    .checked_sub(*cost)
                    .filter(|saved| *saved > 0)
            };
            let rank = |i: usize| (self.patterns[i].folder, std::cmp::Reverse(i));
            let best = candidates
                .iter()
                .filter_map(|c| Some((saving(c)?, rank(c.0), *c)))
                .max();
            let Some((_, _, (index, cost))) = best else { break };
            found.patterns.push(index);
            found.cost += cost;
            left.difference_with(&self.patterns[index].members);
        }
        found.patterns.sort_unstable();
        found.names = left.ones().collect();
        let strays = |p: &usize| self.strays(&self.patterns[*p], set);
        let entries = found.names.len() + found.patterns.len() + found.patterns.iter().map(strays).sum::<usize>();
        let many = entries.saturating_sub(MANY + self.terrain.core.count_ones(..) / 30);
        found.cost += found.names.len() * NAME + many * PAST_MANY;
        if found.names.iter().any(|m| !plain(self.terrain.name(*m))) {
            found.cost += 1000 * NAME;
        }
        found
    }

    /// What a pattern costs in a list for this set; none where it does not fit.
    fn pattern_cost(&self, pattern: &Pattern, set: &Set) -> Option<usize> {
        let inside = pattern.members.intersection_count(set);
        let strays = self.strays(pattern, set);
        let least = if pattern.folder { 2 } else { 3 };
        let fits = inside >= least && strays * 4 <= inside;
        fits.then_some(strays * STRAY + if pattern.folder { FOLDER } else { AFFIX })
    }

    /// How many members a pattern selects that belong elsewhere.
    fn strays(&self, pattern: &Pattern, set: &Set) -> usize {
        let outside = pattern.members.difference(set);
        outside.filter(|m| !self.terrain.alone.contains(*m)).count()
    }
}
