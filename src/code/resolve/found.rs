//! What came of looking a name up: where it leads, and where else, under another condition.
//!
//! In one scope and one namespace a name means one thing. Where several of that name stand there, each under a condition
//! of its own (`#[cfg(unix)] use a::X; #[cfg(windows)] use b::X;`), each is what the name means in some build, and all
//! count. What stands under no condition is the one meaning, and so is the first of two whose condition is the same.

use smallvec::SmallVec;

use super::{Meaning, Resolver};
use crate::code::symbols::Symbol;
use crate::code::tree::Condition;
use crate::workspace::NodeId;

/// So many meanings of one name are followed at most.
const MOST_MEANINGS: usize = 16;

/// What a path leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum End {
    /// A module.
    Module(u32),
    /// An item, in this module.
    Item {
        /// The module that it lives in.
        home: u32,
        /// Its name.
        name: Symbol,
        /// Where it is defined: file, scope and position.
        at: (u32, u32, u32),
    },
    /// Something in this module that nobody saw defined: a macro may have made it.
    Unseen(u32),
    /// A package that was not read, or something in it.
    Package(NodeId),
    /// The language's own crates, of which nothing is said.
    Language,
}

/// What came of looking a path up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The modules, in order, whose imports were followed: those that only re-export what is named.
    pub hops: SmallVec<[u32; 4]>,
    /// Where it ends.
    pub end: End,
    /// The conditions on the way.
    when: Vec<Condition>,
    /// What else it means, each in another build. These have no others.
    pub others: Vec<Found>,
}

impl Found {
    pub(super) fn at(end: End) -> Self {
        Self {
            hops: SmallVec::new(),
            end,
            when: Vec::new(),
            others: Vec::new(),
        }
    }

    /// Whether what is named was seen.
    pub(super) fn is_seen(&self) -> bool {
        !matches!(self.end, End::Unseen(_) | End::Package(_) | End::Language)
    }

    /// All that it means.
    pub fn meanings(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(&self.others)
    }

    /// All that it means, each on its own.
    pub(super) fn apart(mut self) -> impl Iterator<Item = Self> {
        let others = std::mem::take(&mut self.others);
        std::iter::once(self).chain(others)
    }

    /// Does something to each of its meanings.
    pub(super) fn each(mut self, change: impl Fn(&mut Self)) -> Self {
        change(&mut self);
        self.others.iter_mut().for_each(change);
        self
    }

    /// The same, reached by way of an import in this module.
    pub(super) fn through(self, node: u32) -> Self {
        self.each(|found| found.hops.insert(0, node))
    }

    /// Joins what was found of one name; none where nothing was.
    pub(super) fn join(found: impl IntoIterator<Item = Self>) -> Option<Self> {
        let mut found = found.into_iter();
        let first = found.next()?;
        let Some(second) = found.next() else {
            // What is known of one was joined before.
            return Some(first);
        };
        let mut all: Vec<Self> = Vec::new();
        for one in [first, second].into_iter().chain(found).flat_map(Self::apart) {
            let known = |other: &&mut Self| other.hops == one.hops && other.end == one.end;
            if let Some(known) = all.iter_mut().find(known) {
                // Found twice, it is wherever it is the one time or the other.
                known.when.retain(|when| one.when.contains(when));
            } else if all.len() < MOST_MEANINGS {
                all.push(one);
            }
        }
        // What one arm has and another does not is used where it is.
        if all.iter().any(|one| !matches!(one.end, End::Unseen(_))) {
            all.retain(|one| !matches!(one.end, End::Unseen(_)));
        }
        let mut all = all.into_iter();
        let mut first = all.next()?;
        first.others = all.collect();
        Some(first)
    }

    /// What this leads to, further on than what led to it, of what some build has.
    pub(super) fn behind(self, before: &Self) -> Self {
        self.within(&before.when).each(|found| found.prepend(before))
    }

    fn prepend(&mut self, before: &Self) {
        self.hops.insert_from_slice(0, &before.hops);
        self.when.extend(before.when.iter().copied());
    }

    /// What of it can be where conditions hold. Source that compiles means something: where none of it can be, it was not
    /// understood, and all of it counts.
    pub(super) fn within(self, when: &[Condition]) -> Self {
        let excluded = |way: &Self| excludes(&way.when, when);
        if !self.meanings().any(excluded) || self.meanings().all(excluded) {
            return self;
        }
        let left: Vec<Self> = self.clone().apart().filter(|way| !excluded(way)).collect();
        Self::join(left).unwrap_or(self)
    }

    /// The same without its conditions, which are those of another crate.
    pub(super) fn unconditional(self) -> Self {
        self.each(|found| found.when.clear())
    }

    /// Whether none of its meanings is under a condition.
    pub(super) fn is_under_none(&self) -> bool {
        self.meanings().all(|found| found.when.is_empty())
    }

    /// Whether it is there in every build, as far as is known.
    pub(super) fn is_everywhere(&self) -> bool {
        self.meanings().any(|found| found.when.is_empty())
    }
}

/// What was found in several namespaces, without those that say the same, and what was not seen only if nothing was.
pub(super) fn distinct(answers: impl Iterator<Item = Found>) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut unseen = None;
    for answer in answers {
        if !answer.is_seen() {
            unseen = unseen.or(Some(answer));
        } else if !found.contains(&answer) {
            found.push(answer);
        }
    }
    if found.is_empty() {
        found.extend(unseen);
    }
    found
}

/// Whether no build has both: something must hold for one and must not for the other.
fn excludes(some: &[Condition], others: &[Condition]) -> bool {
    some.iter().any(|one| others.contains(&one.negated()))
}

/// The conditions under which a name has one of its meanings: of the part of the module, and in that.
pub(super) type Arm = [Option<Condition>; 2];

/// What a name means in one scope, while that is gathered.
#[derive(Default)]
pub(super) struct Gathered {
    found: Option<Found>,
    /// Where that is.
    arms: Vec<Arm>,
    /// Where what hides the rest is.
    above: Vec<Arm>,
    /// The name means something everywhere.
    closed: bool,
    /// What was found and no build seems to have.
    excluded: Option<Found>,
}

impl Gathered {
    /// Whether a meaning under these conditions, or under none, may be one more.
    pub(super) fn takes(&self, arm: Option<Arm>) -> bool {
        let new = match arm {
            None => self.arms.is_empty(),
            Some(arm) => !self.arms.contains(&arm),
        };
        new && self.is_open()
    }

    /// Whether there may be more meanings.
    pub(super) fn is_open(&self) -> bool {
        !self.closed && self.arms.len() + self.above.len() < MOST_MEANINGS
    }

    pub(super) fn is_empty(&self) -> bool {
        self.found.is_none()
    }

    /// What comes from now on is hidden wherever what came before is.
    pub(super) fn below(&mut self) {
        self.above.append(&mut self.arms);
    }

    /// Takes a meaning in, where some build has it.
    pub(super) fn add(&mut self, found: Found, arm: Option<Arm>) {
        match arm {
            None => self.closed = true,
            Some(arm) => self.arms.push(arm),
        }
        self.take_in(found, arm);
    }

    /// Takes in what a glob brings, which another may bring too where the thing itself stands under a condition.
    pub(super) fn add_of_glob(&mut self, found: Found, arm: Option<Arm>) {
        self.closed |= arm.is_none() && found.is_everywhere();
        self.take_in(found, arm);
    }

    fn take_in(&mut self, found: Found, arm: Option<Arm>) {
        let own = arm.iter().flatten().flatten().copied();
        // That one of two conditions does not hold is not a condition.
        let hidden = self.above.iter().filter_map(|arm| match arm {
            [Some(when), None] | [None, Some(when)] => Some(when.negated()),
            _ => None,
        });
        let when: Vec<Condition> = own.chain(hidden).collect();
        if excludes(&when, &when) {
            return;
        }
        let ways = found.meanings().all(|way| excludes(&way.when, &when));
        let found = found.within(&when).each(|found| found.when.extend(&when));
        let taken = if ways { &mut self.excluded } else { &mut self.found };
        *taken = Found::join(taken.take().into_iter().chain([found]));
    }

    /// All that was gathered; what no build seems to have only where nothing else is.
    pub(super) fn done(self) -> Option<Found> {
        self.found.or_else(|| Some(self.excluded?.unconditional()))
    }
}

impl Resolver<'_> {
    /// The conditions under which a name has this meaning in its scope.
    pub(super) fn arm(&self, meaning: Meaning) -> Arm {
        let (node, file, scope, when) = match meaning {
            Meaning::Module(node) => match self.forest.nodes[node as usize].when[..] {
                [only] => return [None, only],
                // Under several conditions, each met by a part of it: it is always there.
                _ => return [None, None],
            },
            Meaning::Item {
                home,
                file,
                scope,
                index,
            } => {
                let item = self.forest.item((file, scope, index));
                (home, file, scope, item.when)
            }
            Meaning::Import(id) => (id.node, id.file, id.scope, self.declared(id).when),
        };
        let own = self.forest.files[file as usize].condition(when);
        [self.forest.arm(node, file, scope), own]
    }
}
