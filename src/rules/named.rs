//! What the rule tables share: a name, the edges that they look at, and the charge that names the rule.

use super::ways_out::record;
use super::{Candidate, Case, Charge, Subject};
use crate::architecture::selection::Selection;
use crate::config::{Reach, Rule as Declared};
use crate::finding::{Code, Label};
use crate::graph::{Edge, EdgeId, Split, View};
use crate::workspace::{Dependency, NodeId};

/// One rule table while it is judged.
#[derive(Clone, Copy)]
pub(super) struct Named<'s, 'a, 'w> {
    pub case: &'s Case<'a, 'w>,
    pub code: Code,
    /// Position in [`crate::config::Config::rules`].
    pub index: usize,
}

/// What a rule says of one edge or path.
pub(super) struct Words {
    pub message: String,
    pub label: String,
    pub way_out: String,
}

impl<'s, 'w> Named<'s, '_, 'w> {
    pub(super) fn rule(&self) -> &'s Declared {
        &self.case.config().rules[self.index]
    }

    /// The rule's name.
    pub(super) fn name(&self) -> &'s str {
        &self.rule().name.value
    }

    /// Whether paths over proc-macros, and onto them, do not count.
    pub(super) fn ignores_proc_macros(&self) -> bool {
        matches!(
            self.rule().demand.reach(),
            Some(Reach::Transitive {
                ignore_proc_macros: true,
                ..
            })
        )
    }

    /// The packages that the rule looks into.
    pub(super) fn split(&self) -> &'s Split {
        &self.case.architecture.splits.rules[self.index]
    }

    /// What the rule looks at; for transitive rules, in the first hop.
    pub(super) fn view(&self) -> View<'s> {
        let rule = self.rule();
        View {
            kinds: rule.kinds,
            ignore_optional: rule.ignore_optional,
            targets: rule.targets.as_deref(),
            split: self.split(),
        }
    }

    /// The edges that the rule looks at, each with those of its declarations that count and that `to` selects (or,
    /// where `selected` is false, does not).
    pub(super) fn edges(&self, to: &Selection, selected: bool) -> Vec<(EdgeId, &'s Edge, Vec<&'w Dependency>)> {
        let (graph, universe) = (self.case.graph, &self.case.architecture.universe);
        let view = self.view();
        let shown = self.case.edges_seen(view.kinds, view.split);
        let counting = shown.map(|(id, edge)| {
            let mut declarations = view.declarations(graph, edge);
            declarations.retain(|d| universe.selects(to, d) == selected);
            (id, edge, declarations)
        });
        counting
            .filter(|(_, _, declarations)| !declarations.is_empty())
            .collect()
    }

    /// Objects to one edge.
    pub(super) fn object(&self, edge: (EdgeId, &Edge, Vec<&'w Dependency>), words: Words) -> Candidate<'w> {
        let (id, edge, declarations) = edge;
        Candidate {
            subject: Subject::Edge(id, declarations),
            charges: vec![self.charge(edge.from, edge.to, words)],
            also_affects: Vec::new(),
        }
    }

    /// The charge of a pair: the rule's own help first, then the way out, then the exception.
    pub(super) fn charge(&self, from: NodeId, to: NodeId, words: Words) -> Charge {
        let workspace = self.case.workspace();
        self.charge_named(workspace.name(from), &workspace.identity(to), words)
    }

    /// The same with identities.
    pub(super) fn charge_named(&self, from: &str, to: &str, words: Words) -> Charge {
        let rule = self.rule();
        let mut help: Vec<String> = rule.help.clone().into_iter().collect();
        help.push(words.way_out);
        help.push(record(self.name(), from, to));
        Charge {
            code: self.code,
            rule: Some(self.index),
            message: words.message,
            label: words.label,
            related: vec![Label {
                span: rule.name.span,
                text: "the rule is declared here".to_owned(),
            }],
            reason: rule.reason.clone(),
            help,
        }
    }
}
