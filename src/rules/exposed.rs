//! `exposed`: `[[exposed]]` says that public items of `from` may not show types of `to`.
//!
//! What shows is read from the source before any rule is asked, and stands with the modules. The module that holds the
//! public item is always the start of a finding, so that its identity stays the same whatever else rules name; its end is
//! the package that holds what is shown, or the module, where the rule names modules of that package.

use std::collections::BTreeMap;

use fixedbitset::FixedBitSet;

use super::named::{Named, Words};
use super::{Candidate, Case, Rule, Subject};
use crate::architecture::BoundRule;
use crate::architecture::selection::Selection;
use crate::finding::Code;
use crate::workspace::{DependencyKind, Exposed, ModulePlace, NodeId};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::Exposed],
    check,
};

fn check<'w>(case: &Case<'_, 'w>, candidates: &mut Vec<Candidate<'w>>) {
    for (index, bound) in case.architecture.rules.iter().enumerate() {
        let BoundRule::Exposed { from, to } = bound else {
            continue;
        };
        let rule = Named {
            case,
            code: Code::Exposed,
            index,
        };
        // What shows is compiled into what others use: it is normal code, and judged where that is.
        if rule.view().kinds.contains(DependencyKind::Normal) {
            judge(rule, from, to, candidates);
        }
    }
}

/// One finding for every module and what it shows.
fn judge<'w>(rule: Named<'_, '_, 'w>, from: &FixedBitSet, to: &Selection, candidates: &mut Vec<Candidate<'w>>) {
    let workspace = rule.case.workspace();
    let modules = workspace.members.iter().enumerate().skip(workspace.packages().len());
    for (index, member) in modules {
        let Some(place) = &member.module else { continue };
        let module = NodeId::new(index);
        if !from.contains(end(rule, place.package, Some(module)).index()) {
            continue;
        }
        let mut shown: BTreeMap<NodeId, Vec<&'w Exposed>> = BTreeMap::new();
        for exposed in &place.exposed {
            let target = end(rule, exposed.to, exposed.inside);
            if !is_its_own(rule, (module, place), target) && selects(rule, to, place, target) {
                shown.entry(target).or_default().push(exposed);
            }
        }
        let found = shown.into_iter();
        candidates.extend(found.map(|(target, places)| object(rule, module, target, places)));
    }
}

/// What a rule sees of a module: itself, where the rule looks into its package, else the package.
fn end(rule: Named<'_, '_, '_>, package: NodeId, module: Option<NodeId>) -> NodeId {
    module.filter(|_| rule.split().divides(package)).unwrap_or(package)
}

/// Whether a module shows what counts as one with it.
fn is_its_own(rule: Named<'_, '_, '_>, (module, place): (NodeId, &ModulePlace), target: NodeId) -> bool {
    let split = rule.split();
    split.unit(end(rule, place.package, Some(module))) == split.unit(target)
}

/// Whether `to` selects what is shown. Where an external's versions are told apart, those count that the package declares.
fn selects(rule: Named<'_, '_, '_>, to: &Selection, place: &ModulePlace, target: NodeId) -> bool {
    let workspace = rule.case.workspace();
    if !workspace.is_external(target) {
        return to.contains(target.index());
    }
    let universe = &rule.case.architecture.universe;
    let declared = &workspace.members[place.package.index()].dependencies;
    let mut declared = declared.iter().filter(|d| d.to == target).peekable();
    if declared.peek().is_some() {
        return declared.any(|d| universe.selects(to, d));
    }
    // It is shown through another member's re-export, whatever version that has.
    let mut slots = universe.variants();
    slots.any(|(slot, external, _)| external == target && to.contains(slot))
}

fn object<'w>(rule: Named<'_, '_, 'w>, from: NodeId, to: NodeId, places: Vec<&'w Exposed>) -> Candidate<'w> {
    let (user, target) = (rule.case.name(from), rule.case.name(to));
    let words = Words {
        message: format!("public items of `{user}` may not show types of `{target}`"),
        label: places[0].says.clone(),
        way_out: format!(
            "wrap it in a type of your own, put it behind a trait of your own, or make the item `pub(crate)`: then \
             `{target}` can change without those who use this"
        ),
    };
    Candidate {
        charges: vec![rule.charge(from, to, words)],
        subject: Subject::Exposure { from, to, places },
        also_affects: Vec::new(),
    }
}
