//! `unassigned-layer` and `unassigned-context`: members that no layer (no context) claims, once any is declared.

use super::{Candidate, Case, Charge, Rule, Subject};
use crate::finding::Code;
use crate::graph::Split;
use crate::workspace::{Kinds, NodeId};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::UnassignedLayer, Code::UnassignedContext],
    check,
};

fn check<'w>(case: &Case<'_, 'w>, candidates: &mut Vec<Candidate<'w>>) {
    let config = case.config();
    let splits = &case.architecture.splits;
    if !config.layers.is_empty() {
        let family = Family {
            code: Code::UnassignedLayer,
            word: "layer",
            kinds: config.settings.layers.kinds,
            split: &splits.layers,
            assigned: &|node| case.architecture.layers_of(node).next().is_some(),
        };
        family.check(case, candidates);
    }
    if !config.contexts.is_empty() {
        let family = Family {
            code: Code::UnassignedContext,
            word: "context",
            kinds: config.settings.contexts.kinds,
            split: &splits.contexts,
            assigned: &|node| case.architecture.context(node).is_some(),
        };
        family.check(case, candidates);
    }
}

/// Layers or contexts.
struct Family<'f> {
    code: Code,
    word: &'static str,
    kinds: Kinds,
    split: &'f Split,
    /// Whether one of them claims a package or module.
    assigned: &'f dyn Fn(NodeId) -> bool,
}

impl Family<'_> {
    fn check(&self, case: &Case<'_, '_>, candidates: &mut Vec<Candidate<'_>>) {
        let packages = case.workspace().member_nodes();
        for node in packages.filter(|node| !(self.assigned)(*node)) {
            if self.split.divides(node) {
                let modules = self.open_modules(case, node);
                candidates.extend(modules.into_iter().map(|module| self.object(case, module)));
            } else {
                candidates.push(self.object(case, node));
            }
        }
    }

    /// Of a package of which some modules are claimed, the highest that none claims, and in which none is claimed. Modules
    /// for tests alone are left out where the family does not judge tests.
    fn open_modules(&self, case: &Case<'_, '_>, package: NodeId) -> Vec<NodeId> {
        let workspace = case.workspace();
        let places = |node: NodeId| workspace.module(node).filter(|place| place.package == package);
        let of_package = || {
            (0..workspace.members.len())
                .map(NodeId::new)
                .filter(|node| places(*node).is_some())
        };
        let mut holds_one = vec![false; workspace.members.len()];
        for node in of_package().filter(|node| (self.assigned)(*node)) {
            let mut at = Some(node);
            while let Some(node) = at {
                holds_one[node.index()] = true;
                at = places(node).map(|place| place.parent);
            }
        }
        let open = |node: &NodeId| {
            let judged = places(*node).is_some_and(|place| self.kinds.contains(place.kind));
            let highest = places(*node).is_some_and(|place| holds_one[place.parent.index()]);
            judged && highest && !holds_one[node.index()]
        };
        of_package().filter(open).collect()
    }

    fn object<'w>(&self, case: &Case<'_, '_>, node: NodeId) -> Candidate<'w> {
        let (word, name) = (self.word, case.name(node));
        let is_module = case.workspace().module(node).is_some();
        let (list, what) = if is_module {
            ("modules", "module")
        } else {
            ("crates", "crate")
        };
        let mut help = vec![format!("name it in the `{list}` of a {word} in boundaries.toml")];
        if !case.config().settings.deny_member_claims && !is_module {
            help.push(format!(
                "or let it say so itself:\n[package.metadata.boundaries]\n{word} = \"…\""
            ));
        }
        help.push(format!(
            "or allow members without a {word}: `unassigned = \"allow\"` in `[settings.{word}s]`"
        ));
        Candidate {
            subject: Subject::Member(node),
            charges: vec![Charge {
                code: self.code,
                rule: None,
                message: format!("`{name}` is in no {word}"),
                label: format!("no {word} claims this {what}, so no {word} rule judges it"),
                related: Vec::new(),
                reason: None,
                help,
            }],
            also_affects: Vec::new(),
        }
    }
}
