//! The rule tables, bound: every list as the packages that it selects.

use std::collections::BTreeMap;

use fixedbitset::FixedBitSet;

use super::evaluate::{Evaluator, Externals, Manner};
use super::selection::Selection;
use crate::config::selector::SelectorList;
use crate::config::{Demand, Parties, Rule};
use crate::error::{Problem, ProblemKind};
use crate::graph::Split;
use crate::workspace::{Kinds, NodeId};

/// What a rule demands, bound.
#[derive(Clone, Debug)]
pub enum BoundRule {
    /// `from` may not use `to`.
    Forbidden {
        /// Members.
        from: FixedBitSet,
        /// Packages.
        to: Selection,
        /// How far.
        reach: BoundReach,
    },
    /// A crate of `from` may use nothing but `to`.
    Allowed {
        /// Members.
        from: FixedBitSet,
        /// Packages.
        to: Selection,
        /// How far.
        reach: BoundReach,
    },
    /// Only `from` and the crates of `to` may use `to`.
    Protected {
        /// Members.
        from: FixedBitSet,
        /// Packages.
        to: Selection,
    },
    /// Parties that may not use each other.
    Independent {
        /// The members of each party.
        parties: Vec<FixedBitSet>,
        /// How far.
        reach: BoundReach,
    },
    /// No cycle; its units are in the configuration.
    Acyclic {
        /// Where they are modules: the members of each.
        modules: Vec<FixedBitSet>,
    },
    /// Every path from `from` to `to` passes through `via`.
    Gateway {
        /// Members, without those of `to` and `via`.
        from: FixedBitSet,
        /// Packages, without those of `via`.
        to: Selection,
        /// Members.
        via: FixedBitSet,
        /// How paths are followed.
        reach: BoundReach,
    },
    /// `from` may not turn on features of `to`; which ones is in the configuration.
    Features {
        /// Members.
        from: FixedBitSet,
        /// Packages.
        to: Selection,
    },
    /// Public items of `from` may not show types of `to`.
    Exposed {
        /// Members.
        from: FixedBitSet,
        /// Packages.
        to: Selection,
    },
}

/// How far a rule looks, bound.
#[derive(Clone, Debug)]
pub enum BoundReach {
    /// One dependency.
    Direct,
    /// A path of dependencies.
    Transitive {
        /// The kinds of the later hops.
        through: Kinds,
        /// Paths over these do not count.
        not_through: Selection,
    },
}

/// Binds one rule, and says which packages it looks into.
pub(super) fn bind(rule: &Rule, evaluator: &mut Evaluator<'_>) -> (BoundRule, Split) {
    let workspace = evaluator.graph.workspace();
    let mut named = FixedBitSet::with_capacity(workspace.members.len());
    let mut claimed = named.clone();
    for list in rule.demand.lists() {
        named.union_with(&evaluator.modules_named_in(list));
        claimed.union_with(&evaluator.modules_claimed_by(list));
    }
    let split = Split::new(workspace, &named);
    let mut lists = Lists {
        rule,
        evaluator,
        split: &split,
        claimed: &claimed,
    };
    (lists.bind(), split)
}

impl Lists<'_, '_, '_> {
    fn bind(&mut self) -> BoundRule {
        let lists = self;
        match &lists.rule.demand {
            Demand::Forbidden { from, to, reach } => {
                let from = match from {
                    Some(from) => lists.members("from", from),
                    None => lists.every_member(),
                };
                BoundRule::Forbidden {
                    to: lists.packages("to", to, Externals::Ban),
                    reach: lists.reach(reach, &from),
                    from,
                }
            }
            Demand::Allowed { from, to, reach, .. } => {
                let from = lists.members("from", from);
                BoundRule::Allowed {
                    to: lists.packages("to", to, lists.permitted()),
                    reach: lists.reach(reach, &from),
                    from,
                }
            }
            Demand::Protected { from, to } => BoundRule::Protected {
                from: lists.members("from", from),
                to: lists.packages("to", to, Externals::Ban),
            },
            Demand::Independent { parties, reach } => BoundRule::Independent {
                parties: lists.parties(parties),
                reach: lists.reach(reach, &FixedBitSet::new()),
            },
            Demand::Acyclic { modules, .. } => BoundRule::Acyclic {
                modules: modules.iter().flat_map(|list| lists.units("modules", list)).collect(),
            },
            Demand::Gateway(gateway) => lists.gateway(gateway),
            Demand::Features(ban) => lists.features(ban),
            Demand::Exposed { from, to } => BoundRule::Exposed {
                from: match from {
                    Some(from) => lists.members("from", from),
                    None => lists.every_member(),
                },
                to: lists.packages("to", to, Externals::Ban),
            },
        }
    }
}

mod features;
mod gateway;
mod reach;

struct Lists<'r, 'e, 'a> {
    rule: &'r Rule,
    evaluator: &'e mut Evaluator<'a>,
    /// The packages that the rule looks into.
    split: &'r Split,
    /// The modules by which one of its lists selects what is below them.
    claimed: &'r FixedBitSet,
}

impl Lists<'_, '_, '_> {
    fn member_count(&self) -> usize {
        self.evaluator.graph.workspace().members.len()
    }

    fn every_member(&self) -> FixedBitSet {
        let mut all = FixedBitSet::with_capacity(self.member_count());
        all.insert_range(..);
        all
    }

    /// A list of members.
    fn members(&mut self, key: &str, list: &SelectorList) -> FixedBitSet {
        let selection = self.packages(key, list, Externals::No);
        let mut members = FixedBitSet::with_capacity(self.member_count());
        members.extend(selection.ones());
        members
    }

    /// A list of packages. Where `[]` has no meaning it was refused when the file was read.
    fn packages(&mut self, key: &str, list: &SelectorList, externals: Externals) -> Selection {
        let allow_empty = self.rule.allow_empty;
        let before = self.evaluator.problems.len();
        self.evaluator.partial = false;
        let manner = Manner {
            allow_empty,
            ..Manner::packages(externals)
        };
        let selected = self.evaluator.union(list, manner);
        let selection = self.own(selected.selection, &selected.bases);
        let all_optional = list.entries.iter().all(|e| e.optional);
        let banned_externals = matches!(externals, Externals::Ban | Externals::Reach) && self.names_an_external(list);
        let inert = selection.is_clear() && !allow_empty && !all_optional && !banned_externals;
        if inert && !self.evaluator.partial && self.evaluator.problems.len() == before {
            let name = &self.rule.name.value;
            let problem = Problem::new(ProblemKind::Config, format!("rule `{name}` would judge nothing"))
                .at(list.key, format!("`{key}` selects nothing"))
                .help("write `allow-empty = true` where that is meant");
            self.evaluator.problems.push(problem);
        }
        selection
    }

    /// What a list selects, without the modules that another list of the rule claims more exactly, and without those of
    /// packages that the rule does not look into.
    fn own(&self, mut selection: Selection, bases: &FixedBitSet) -> Selection {
        let workspace = self.evaluator.graph.workspace();
        for (index, member) in workspace.members.iter().enumerate().skip(workspace.packages().len()) {
            let Some(place) = &member.module else { continue };
            let unit = self.split.unit(NodeId::new(index));
            let claimed_elsewhere = self.claimed.contains(unit.index()) && !bases.contains(unit.index());
            if !self.split.divides(place.package) || claimed_elsewhere {
                selection.set(index, false);
            }
        }
        selection
    }

    /// The members of a list by what they count as part of: each package, and each module that the list names.
    fn units(&mut self, key: &str, list: &SelectorList) -> Vec<FixedBitSet> {
        let members = self.members(key, list);
        let mut units: BTreeMap<NodeId, FixedBitSet> = BTreeMap::new();
        for member in members.ones() {
            let unit = units.entry(self.split.unit(NodeId::new(member))).or_default();
            unit.grow(members.len());
            unit.insert(member);
        }
        units.into_values().collect()
    }

    fn names_an_external(&self, list: &SelectorList) -> bool {
        self.evaluator.config.names_externals(list)
    }

    fn parties(&mut self, parties: &Parties) -> Vec<FixedBitSet> {
        let before = self.evaluator.problems.len();
        let bound: Vec<FixedBitSet> = match parties {
            Parties::Crates(list) => self.units("crates", list),
            Parties::Sets(sets) => sets.iter().map(|list| self.members("sets", list)).collect(),
        };
        // Of crates that could not be told no count is to be made.
        if !self.evaluator.partial && self.evaluator.problems.len() == before {
            self.check_parties(parties, &bound);
        }
        bound
    }

    /// Parties are at least two, and no crate is in two of them.
    fn check_parties(&mut self, parties: &Parties, bound: &[FixedBitSet]) {
        let name = &self.rule.name;
        if bound.len() < 2 && !self.rule.allow_empty {
            let key = match parties {
                Parties::Crates(list) => list.key,
                Parties::Sets(sets) => sets.first().map_or(name.span, |list| list.key),
            };
            let message = format!("rule `{}` has fewer than two parties", name.value);
            let problem = Problem::new(ProblemKind::Config, message)
                .at(key, "one crate alone is always independent")
                .help("name two crates or more, or write `allow-empty = true`");
            self.evaluator.problems.push(problem);
        }
        let Parties::Sets(sets) = parties else { return };
        for (second, later) in bound.iter().enumerate() {
            for (first, earlier) in bound[..second].iter().enumerate() {
                let Some(member) = earlier.intersection(later).next() else {
                    continue;
                };
                let member = &self.evaluator.graph.workspace().members[member].name;
                let at = |set: &SelectorList| set.entries.first().map_or(set.key, |e| e.text.span);
                let message = format!("`{member}` is in two sets of rule `{}`", name.value);
                let problem = Problem::new(ProblemKind::Config, message)
                    .at(at(&sets[first]), "in this set")
                    .at(at(&sets[second]), "and in this one")
                    .help(format!("take it out of one of them: `!{member}`"));
                self.evaluator.problems.push(problem);
            }
        }
    }
}
