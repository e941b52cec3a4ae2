//! The cycles among the modules of a crate, level by level.
//!
//! A child that names its parent, whose items it needs, and a parent that re-exports what its children hold use each other
//! in nearly every crate, so that over all modules at once there is one cycle that says nothing. So the modules that one
//! module holds are looked at together: each with everything below it, without what their parent holds itself. A reference
//! counts at one level, that of the nearest module that holds both its ends. It is what `[[acyclic]]` judges with
//! `over = "modules"` and `modules = ["mod:CRATE::PATH::*"]`.

use std::collections::{BTreeMap, BTreeSet};

use super::tree::View;
use super::{Cut, ModuleCycle, Reference};
use crate::code::ModuleId;
use crate::graph::cycles::{Component, cycles as components};
use crate::graph::feedback::{Weighted, to_cut};
use crate::source::{Location, Span};

/// Who names whom among the modules that one module holds, and where.
type Level = BTreeMap<(ModuleId, ModuleId), BTreeSet<Span>>;

/// The cycles of every level, the highest level first.
pub(super) fn cycles(
    view: &View<'_>,
    references: &[Reference],
    location: &dyn Fn(Span) -> Location,
) -> Vec<ModuleCycle> {
    let mut levels: BTreeMap<(usize, ModuleId), Level> = BTreeMap::new();
    for reference in references.iter().filter(|reference| !reference.test) {
        let (from, to) = (view.chain(reference.from), view.chain(reference.to));
        let shared = from.iter().zip(to).take_while(|(a, b)| a == b).count();
        // One holds the other: that is no matter between siblings.
        let (Some(here), Some(there)) = (from.get(shared), to.get(shared)) else {
            continue;
        };
        let within = from[shared - 1];
        if view.is_open(within) && !view.is_for_tests(*here) && !view.is_for_tests(*there) {
            let level = levels.entry((shared, within)).or_default();
            level.entry((*here, *there)).or_default().insert(reference.place);
        }
    }
    let found = levels.into_iter().flat_map(|((_, within), level)| {
        let mut units: Vec<ModuleId> = level.keys().flat_map(|(from, to)| [*from, *to]).collect();
        units.sort_unstable();
        units.dedup();
        let successors: Vec<Vec<usize>> = units
            .iter()
            .map(|unit| {
                let used = level.keys().filter(|(from, _)| from == unit);
                used.filter_map(|(_, to)| units.binary_search(to).ok()).collect()
            })
            .collect();
        let cycle = |component| cycle(view, within, (&units, &level), component, location);
        components(&successors).iter().map(cycle).collect::<Vec<_>>()
    });
    found.collect()
}

fn cycle(
    view: &View<'_>,
    within: ModuleId,
    (units, level): (&[ModuleId], &Level),
    component: &Component,
    location: &dyn Fn(Span) -> Location,
) -> ModuleCycle {
    let members: Vec<ModuleId> = component.members.iter().map(|unit| units[*unit]).collect();
    let position = |id: &ModuleId| members.iter().position(|member| member == id);
    let mut edges: Vec<(Weighted, &BTreeSet<Span>)> = Vec::new();
    for ((from, to), places) in level {
        if let (Some(from), Some(to)) = (position(from), position(to)) {
            let weight = u64::try_from(places.len()).unwrap_or(u64::MAX);
            edges.push((Weighted { from, to, weight }, places));
        }
    }
    let weighted: Vec<Weighted> = edges.iter().map(|(edge, _)| *edge).collect();
    let (cut, smallest) = to_cut(members.len(), &weighted);
    let path = |id: ModuleId| view.code.module(id).path.clone();
    ModuleCycle {
        within: path(within),
        modules: members.iter().map(|id| path(*id)).collect(),
        shortest: component.cycle.iter().map(|unit| path(units[*unit])).collect(),
        references: edges.iter().map(|(_, places)| places.len()).sum(),
        cut: cut
            .into_iter()
            .map(|index| {
                let (edge, places) = edges[index];
                Cut {
                    from: path(members[edge.from]),
                    to: path(members[edge.to]),
                    places: places.iter().map(|place| location(*place)).collect(),
                }
            })
            .collect(),
        smallest,
    }
}
