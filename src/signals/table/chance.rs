//! What shuffled tables have of the pairs that are asked about.

use super::{Pair, Table, joined};

/// How often two columns are touched by the same row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Chance {
    /// Over all shuffles together.
    sum: u64,
    /// Shuffles with at least as many as there are.
    reached: u32,
    /// Shuffles.
    shuffles: u32,
}

impl Chance {
    /// How many rows touch both, by chance.
    #[must_use]
    pub fn expected(&self) -> f64 {
        let sum = u32::try_from(self.sum).map_or(f64::from(u32::MAX), f64::from);
        sum / f64::from(self.shuffles.max(1))
    }

    /// How often chance gives as many, or more: the share of such shuffles, the table itself counted as one.
    #[must_use]
    pub fn p(&self) -> f64 {
        f64::from(self.reached + 1) / f64::from(self.shuffles + 1)
    }
}

/// Which pairs are asked about.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    /// Pairs of columns, in order, with how often they are touched.
    pairs: Vec<(Pair, u32)>,
    /// Pairs of groups, in order, with how often they are touched.
    groups: Vec<(Pair, u32)>,
    group_of: &'a [Option<u32>],
    /// The pair of two columns, by the position of the lower and then the higher among the columns that are in some pair.
    slots: Slots,
    group_slots: Slots,
}

/// From two numbers to the position of their pair.
#[derive(Clone, Debug)]
struct Slots {
    /// For each number its own position; `NONE` for those in no pair.
    places: Vec<u32>,
    side: usize,
    positions: Vec<u32>,
}

const NONE: u32 = u32::MAX;

impl Slots {
    fn new(pairs: &[(Pair, u32)]) -> Self {
        let most = pairs.iter().map(|((_, high), _)| *high as usize + 1).max().unwrap_or(0);
        let mut places = vec![NONE; most];
        let mut side = 0;
        for number in pairs.iter().flat_map(|((low, high), _)| [*low, *high]) {
            if places[number as usize] == NONE {
                places[number as usize] = side;
                side += 1;
            }
        }
        let side = side as usize;
        let mut positions = vec![NONE; side * side];
        for (position, ((low, high), _)) in (0..).zip(pairs) {
            let (low, high) = (places[*low as usize] as usize, places[*high as usize] as usize);
            positions[low * side + high] = position;
            positions[high * side + low] = position;
        }
        Self {
            places,
            side,
            positions,
        }
    }

    fn count(&self, row: &[u32], counts: &mut [u32]) {
        for (index, one) in row.iter().enumerate() {
            let Some(one) = self.place(*one) else { continue };
            for other in row[index + 1..].iter().filter_map(|other| self.place(*other)) {
                if let Some(count) = counts.get_mut(self.positions[one * self.side + other] as usize) {
                    *count += 1;
                }
            }
        }
    }

    fn place(&self, number: u32) -> Option<usize> {
        let place = *self.places.get(number as usize)?;
        (place != NONE).then_some(place as usize)
    }
}

impl<'a> Asked<'a> {
    /// Asks about pairs of columns and about pairs of groups, each with how often it is touched.
    #[must_use]
    pub fn new(mut pairs: Vec<(Pair, u32)>, mut groups: Vec<(Pair, u32)>, group_of: &'a [Option<u32>]) -> Self {
        pairs.sort_unstable();
        groups.sort_unstable();
        Self {
            slots: Slots::new(&pairs),
            group_slots: Slots::new(&groups),
            pairs,
            groups,
            group_of,
        }
    }

    /// No shuffle yet.
    pub fn empty(&self) -> Chances {
        Chances {
            pairs: self.pairs.iter().map(|(pair, _)| (*pair, Chance::default())).collect(),
            groups: self.groups.iter().map(|(pair, _)| (*pair, Chance::default())).collect(),
        }
    }

    /// What one table has.
    pub fn count(&self, table: &Table) -> Chances {
        let mut pairs = vec![0; self.pairs.len()];
        let mut groups = vec![0; self.groups.len()];
        for row in table.rows().filter(|row| row.len() > 1) {
            self.slots.count(row, &mut pairs);
            if !groups.is_empty() {
                self.group_slots.count(&joined(row, self.group_of), &mut groups);
            }
        }
        let chance = |((pair, there), found): (&(Pair, u32), u32)| {
            let chance = Chance {
                sum: found.into(),
                reached: u32::from(found >= *there),
                shuffles: 1,
            };
            (*pair, chance)
        };
        Chances {
            pairs: self.pairs.iter().zip(pairs).map(chance).collect(),
            groups: self.groups.iter().zip(groups).map(chance).collect(),
        }
    }
}

/// What chance makes of everything that was asked about.
#[derive(Clone, Debug, Default)]
pub struct Chances {
    /// Pairs of columns, in order.
    pairs: Vec<(Pair, Chance)>,
    /// Pairs of groups, in order.
    groups: Vec<(Pair, Chance)>,
}

impl Chances {
    /// The shuffles of both.
    #[must_use]
    pub fn join(mut self, other: Self) -> Self {
        let add = |here: &mut Vec<(Pair, Chance)>, there: Vec<(Pair, Chance)>| {
            for ((_, chance), (_, more)) in here.iter_mut().zip(there) {
                chance.sum += more.sum;
                chance.reached += more.reached;
                chance.shuffles += more.shuffles;
            }
        };
        add(&mut self.pairs, other.pairs);
        add(&mut self.groups, other.groups);
        self
    }

    /// What chance makes of a pair of columns that was asked about.
    #[must_use]
    pub fn of(&self, pair: Pair) -> Chance {
        find(&self.pairs, pair)
    }

    /// What chance makes of a pair of groups that was asked about.
    #[must_use]
    pub fn of_groups(&self, pair: Pair) -> Chance {
        find(&self.groups, pair)
    }
}

fn find(chances: &[(Pair, Chance)], pair: Pair) -> Chance {
    let found = chances.binary_search_by_key(&pair, |(pair, _)| *pair);
    found.map_or_else(|_| Chance::default(), |at| chances[at].1)
}
