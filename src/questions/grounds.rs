//! On what grounds a dependency is permitted: which rules look at it, what they say, and where that is written. Rules
//! themselves name only what they object to; where one objects, it is the finding that speaks, never this.

use serde::Serialize;

use crate::architecture::BoundRule;
use crate::config::{Among, Demand, NameList};
use crate::finding::{Code, Finding};
use crate::rules::{Candidate, Case, Subject};
use crate::source::{Location, Sources, Span};
use crate::workspace::{DependencyKind, Kinds, NodeId};

mod contexts;

/// Why one rule lets a dependency be.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Ground {
    /// `layers`, `contexts` or the rule's name.
    pub(crate) rule: String,
    /// Whether the rule judges the dependency at all.
    pub(crate) judges: bool,
    /// A phrase with names in backticks.
    pub(crate) says: String,
    /// Where that is written; none where it is written nowhere.
    pub(crate) place: Option<Location>,
}

/// An edge that is asked about.
#[derive(Clone, Copy)]
pub(super) struct Asked<'q, 'a, 'w> {
    pub(super) case: &'q Case<'a, 'w>,
    pub(super) candidates: &'q [Candidate<'w>],
    pub(super) sources: &'q Sources,
    pub(super) from: NodeId,
    pub(super) to: NodeId,
    pub(super) kind: DependencyKind,
}

/// The codes that the layers report on an edge.
const LAYERS: [Code; 3] = [Code::Layer, Code::LayerSibling, Code::LayerSkip];
/// The codes that the contexts report on an edge.
const CONTEXTS: [Code; 2] = [Code::ContextUndeclared, Code::ContextPrivate];

/// What every rule that looks at the edge says for it. `reported` are the findings about it.
pub(super) fn grounds(asked: Asked<'_, '_, '_>, reported: &[Finding]) -> Vec<Ground> {
    let config = asked.case.config();
    let mut grounds = Vec::new();
    let silenced = |rule: &str, codes: &[Code]| {
        let spoken = reported.iter().any(|finding| codes.contains(&finding.code));
        let says = "objects, but its level is `allow`".to_owned();
        (!spoken).then(|| asked.ground(rule, false, says, None))
    };
    if !config.layers.is_empty() {
        if asked.objected(&LAYERS) {
            grounds.extend(silenced("layers", &LAYERS));
        } else {
            grounds.extend(asked.layers());
        }
    }
    if !config.contexts.is_empty() {
        if asked.objected(&CONTEXTS) {
            grounds.extend(silenced("contexts", &CONTEXTS));
        } else {
            grounds.extend(asked.contexts());
        }
    }
    for index in 0..config.rules.len() {
        grounds.extend(asked.named(index));
    }
    grounds
}

impl Asked<'_, '_, '_> {
    /// Whether a rule reports one of these codes on the edge, at whatever level.
    fn objected(&self, codes: &[Code]) -> bool {
        let edge = |candidate: &&Candidate<'_>| match &candidate.subject {
            Subject::Edge(id, _) => {
                let edge = self.case.graph.edge(*id);
                (edge.from, edge.to, edge.kind) == (self.from, self.to, self.kind)
            }
            _ => false,
        };
        let charges = self.candidates.iter().filter(edge).flat_map(|c| &c.charges);
        charges.into_iter().any(|charge| codes.contains(&charge.code))
    }

    fn ground(&self, rule: &str, judges: bool, says: String, span: Option<Span>) -> Ground {
        Ground {
            rule: rule.to_owned(),
            judges,
            says,
            place: span.map(|span| self.sources.location(span)),
        }
    }

    fn name(&self, node: NodeId) -> &str {
        self.case.name(node)
    }

    /// What is to be said of a kind that a rule does not look at.
    fn overlooked(&self, kinds: Kinds) -> Option<String> {
        let kind = self.kind;
        (!kinds.contains(kind)).then(|| format!("{kind}-dependencies are not judged"))
    }

    /// What each stack says in which both ends are in a layer.
    fn layers(&self) -> Vec<Ground> {
        let architecture = self.case.architecture;
        if self.case.workspace().is_external(self.to) {
            return Vec::new();
        }
        let kinds = self.case.config().settings.layers.kinds;
        if let Some(says) = self.overlooked(kinds) {
            return vec![self.ground("layers", false, says, None)];
        }
        let stacks = 0..architecture.layer_of.len();
        let grounds: Vec<Ground> = stacks.filter_map(|stack| self.layers_in(stack)).collect();
        if !grounds.is_empty() {
            return grounds;
        }
        let homeless = [self.from, self.to]
            .into_iter()
            .find(|node| architecture.layers_of(*node).next().is_none());
        let says = match homeless {
            Some(node) => format!("`{}` is in no layer, so none judges it", self.name(node)),
            None => "the two are in layers of different stacks, so none judges them".to_owned(),
        };
        vec![self.ground("layers", false, says, None)]
    }

    fn layers_in(&self, stack: usize) -> Option<Ground> {
        let architecture = self.case.architecture;
        let (from, upper) = architecture.layer_in(stack, self.from)?;
        let (to, lower) = architecture.layer_in(stack, self.to)?;
        let (above, below) = (&upper.name.value, &lower.name.value);
        let (says, span) = if from == to {
            (format!("both are in layer `{above}`"), upper.name.span)
        } else if let Some((_, span)) = listed(upper.may_use.as_ref(), |name| name == below) {
            (format!("`may-use` of layer `{above}` lists `{below}`"), span)
        } else {
            (format!("layer `{below}` stands below `{above}`"), lower.name.span)
        };
        Some(self.ground("layers", true, says, Some(span)))
    }

    /// A rule table that names either end and lets the edge be, or does not look at its kind.
    fn named(&self, index: usize) -> Option<Ground> {
        let case = self.case;
        let rule = &case.config().rules[index];
        let (member, other) = (self.from.index(), self.to.index());
        let name = &rule.name.value;
        let selects = |selection: &fixedbitset::FixedBitSet| self.selected(selection);
        let (concerns, permit) = match (&case.architecture.rules[index], &rule.demand) {
            (BoundRule::Forbidden { from, to, .. }, _) => (from.contains(member) && selects(to), None),
            (BoundRule::Allowed { from, to, .. }, Demand::Allowed { to: list, among, .. }) => {
                let external = case.workspace().is_external(self.to);
                let closed = match among {
                    Among::Workspace => !external,
                    Among::External => external,
                    Among::All => true,
                };
                let permit = selects(to).then(|| (format!("its list holds `{}`", self.name(self.to)), list.key));
                (from.contains(member) && closed, permit)
            }
            (BoundRule::Protected { from, to }, _) => {
                let insider = from.contains(member) || to.contains(member);
                let permit = insider.then(|| {
                    let says = format!(
                        "`{}` is among those who may use `{}`",
                        self.name(self.from),
                        self.name(self.to)
                    );
                    (says, rule.name.span)
                });
                (selects(to), permit)
            }
            (BoundRule::Independent { parties, .. }, _) => {
                let party = |node: usize| parties.iter().position(|party| party.contains(node));
                let (from, to) = (party(member), party(other));
                (from.is_some() && to.is_some() && from != to, None)
            }
            _ => (false, None),
        };
        if !concerns {
            return None;
        }
        if let Some(says) = self.overlooked(rule.kinds) {
            return Some(self.ground(name, false, says, Some(rule.name.span)));
        }
        permit.map(|(says, span)| self.ground(name, true, says, Some(span)))
    }

    /// Whether a list takes what the edge leads to: one of its declarations, where versions are told apart.
    fn selected(&self, selection: &fixedbitset::FixedBitSet) -> bool {
        let member = &self.case.workspace().members[self.from.index()];
        let meant = member
            .dependencies
            .iter()
            .filter(|d| d.to == self.to && d.kind == self.kind);
        meant
            .into_iter()
            .any(|d| self.case.architecture.universe.selects(selection, d))
    }
}

/// The first name of a list that is meant, with its place.
fn listed(list: Option<&NameList>, meant: impl Fn(&str) -> bool) -> Option<(&str, Span)> {
    let found = list?.names.iter().find(|listed| meant(&listed.value));
    found.map(|listed| (listed.value.as_str(), listed.span))
}
