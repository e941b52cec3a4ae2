//! From a rule's candidate to a finding: places get lines and columns, names get their identities.

use std::collections::BTreeSet;

use super::assemble::Verdict;
use crate::finding::{Code, Declaration, Finding, Hop, Label, Related, Usage};
use crate::graph::{Edge, EdgeId};
use crate::rules::{Candidate, Case, Charge, Cycle, PathStep, Subject};
use crate::source::{Sources, Span};
use crate::workspace::{Dependency, DependencyKind, NodeId, Uses};

mod exposure;

/// Writes findings for one run.
pub(super) struct Writer<'a, 'w> {
    pub case: &'a Case<'a, 'w>,
    pub sources: &'a Sources,
}

/// The parts of a finding that depend on what it is about.
#[derive(Default)]
struct About {
    from: String,
    to: String,
    external: bool,
    kind: Option<DependencyKind>,
    path: Vec<String>,
    owners: Vec<String>,
    declarations: Vec<Declaration>,
    hops: Vec<Hop>,
    /// Without a rule in front.
    identity: String,
    inherited: Vec<Span>,
    usage: Option<Usage>,
}

impl<'w> Writer<'_, 'w> {
    /// The finding of a candidate under one of its charges. `others` are the codes that apply as well.
    pub(super) fn finding(
        &self,
        candidate: &Candidate<'w>,
        charge: &Charge,
        others: &[Code],
        verdict: Verdict,
    ) -> Finding {
        let (about, primary) = self.about(&candidate.subject);
        let mut message = charge.message.clone();
        if !others.is_empty() {
            let names: Vec<String> = others.iter().map(|code| format!("`{code}`")).collect();
            message = format!("{message} (and {} applies)", names.join(" and "));
        }
        let inherited = about.inherited.iter().map(|span| Label {
            span: *span,
            text: "inherited from here".to_owned(),
        });
        let related = inherited.chain(charge.related.iter().cloned());
        let rule = charge.rule_name(self.case.config());
        Finding {
            code: charge.code,
            rule: rule.to_owned(),
            level: verdict.level,
            status: verdict.status,
            message,
            reason: charge.reason.clone(),
            from: about.from,
            to: about.to,
            external: about.external,
            kind: about.kind,
            path: about.path,
            also_affects: candidate.also_affects.clone(),
            owners: about.owners,
            declarations: about.declarations,
            hops: about.hops,
            primary: self.sources.location(primary),
            related: related.map(|label| self.related(label)).collect(),
            help: charge.help.clone(),
            fingerprint: format!("{rule}:{}", about.identity),
            usage: about.usage,
            label: charge.label.clone(),
            history: None,
            excusable: Vec::new(),
            component: Vec::new(),
        }
    }

    pub(super) fn related(&self, label: Label) -> Related {
        Related {
            location: self.sources.location(label.span),
            message: label.text,
        }
    }

    fn about(&self, subject: &Subject<'w>) -> (About, Span) {
        match subject {
            Subject::Edge(id, declarations) => self.about_edge(*id, declarations),
            Subject::Path {
                first,
                steps,
                to,
                identity,
                member,
                ..
            } => {
                let (about, primary) = self.about_path(first, steps, *member);
                let kind = self.edge(first.0).kind;
                let about = About {
                    identity: format!("{}:{identity}:{kind}", about.from),
                    to: to.clone(),
                    ..about
                };
                (about, primary)
            }
            Subject::Exposure { from, to, places } => self.about_exposure(*from, *to, places),
            Subject::Cycle(cycle) => self.about_cycle(cycle),
            Subject::LeftOut { from, to, edge } => {
                let (about, primary) = self.about_edge(*edge, &self.declarations_of(*edge));
                let kind = about.kind.map_or("", DependencyKind::as_str);
                let about = About {
                    identity: format!("{from}:{to}:{kind}"),
                    from: from.clone(),
                    to: to.clone(),
                    path: vec![from.clone(), to.clone()],
                    ..about
                };
                (about, primary)
            }
            Subject::Member(node) => {
                let member = &self.case.workspace().members[node.index()];
                let about = About {
                    from: member.name.clone(),
                    identity: member.name.clone(),
                    owners: self.owners([*node]),
                    ..About::default()
                };
                (about, member.name_span)
            }
            Subject::Place(span) => {
                let text = &self.sources.file(span.file).text;
                let written = text.get(span.range()).unwrap_or_default();
                let about = About {
                    identity: written.trim_matches(['"', '\'']).to_owned(),
                    ..About::default()
                };
                (about, *span)
            }
            Subject::Entry {
                span,
                identity,
                context,
            } => {
                let contexts = &self.case.config().contexts;
                let about = About {
                    identity: identity.clone(),
                    owners: context
                        .map(|context| contexts[context].owners.clone())
                        .unwrap_or_default(),
                    ..About::default()
                };
                (about, *span)
            }
        }
    }

    fn edge(&self, id: EdgeId) -> &Edge {
        self.case.graph.edge(id)
    }

    fn declarations_of(&self, id: EdgeId) -> Vec<&'w Dependency> {
        self.case.graph.declarations(self.edge(id)).collect()
    }

    fn about_edge(&self, id: EdgeId, declarations: &[&'w Dependency]) -> (About, Span) {
        let edge = self.edge(id);
        let workspace = self.case.workspace();
        let (from, to) = (workspace.name(edge.from), workspace.name(edge.to));
        let about = About {
            from: from.to_owned(),
            to: to.to_owned(),
            external: workspace.is_external(edge.to),
            kind: Some(edge.kind),
            path: vec![from.to_owned(), to.to_owned()],
            owners: self.owners([edge.from, edge.to]),
            declarations: declarations.iter().map(|d| self.declaration(d)).collect(),
            hops: vec![self.hop(edge, declarations)],
            identity: format!("{from}:{}:{}", workspace.identity(edge.to), edge.kind),
            inherited: inherited(declarations),
            usage: declarations[0].uses.as_ref().map(|uses| self.usage(uses)),
        };
        (about, declarations[0].key)
    }

    fn about_path(
        &self,
        (first, declarations): &(EdgeId, Vec<&'w Dependency>),
        steps: &[PathStep],
        member: Option<usize>,
    ) -> (About, Span) {
        let (start, primary) = self.about_edge(*first, declarations);
        let ends = [Some(self.edge(*first).from), member.map(NodeId::new)];
        let nodes = steps.iter().map(|step| step.to.clone());
        let about = About {
            external: member.is_none(),
            path: std::iter::once(start.from.clone()).chain(nodes).collect(),
            owners: self.owners(ends.into_iter().flatten()),
            hops: steps.iter().map(|step| self.step(step)).collect(),
            ..start
        };
        (about, primary)
    }

    fn step(&self, step: &PathStep) -> Hop {
        let at = self.sources.location(step.span);
        Hop {
            from: step.from.clone(),
            to: step.to.clone(),
            kind: step.kind,
            file: at.file,
            line: at.line,
            version: step.version.clone(),
            feature: step.feature.clone(),
        }
    }

    fn about_cycle(&self, cycle: &Cycle<'w>) -> (About, Span) {
        let shown = &cycle.shown;
        let declarations: Vec<&Dependency> = shown.iter().flat_map(|(_, all)| all.iter().copied()).collect();
        let ends = shown
            .iter()
            .flat_map(|(id, _)| [self.edge(*id).from, self.edge(*id).to]);
        let about = About {
            from: cycle.units[0].clone(),
            to: cycle.units[1].clone(),
            path: cycle.units.clone(),
            owners: self.owners(ends),
            declarations: declarations.iter().map(|d| self.declaration(d)).collect(),
            hops: shown
                .iter()
                .map(|(id, declarations)| self.hop(self.edge(*id), declarations))
                .collect(),
            identity: cycle.component.join(":"),
            ..About::default()
        };
        (about, declarations[0].key)
    }

    /// How the source uses what the finding points at, without the place where it does.
    fn usage(&self, uses: &Uses) -> Usage {
        let others = uses.places.iter().skip(1);
        Usage {
            references: uses.count,
            places: others.map(|place| self.sources.location(*place)).collect(),
        }
    }

    fn declaration(&self, dependency: &Dependency) -> Declaration {
        Declaration {
            location: self.sources.location(dependency.key),
            target: dependency.target.clone(),
            optional: dependency.optional,
            rename: dependency.rename.clone(),
            inherited: dependency.inherited.is_some(),
        }
    }

    fn hop(&self, edge: &Edge, declarations: &[&Dependency]) -> Hop {
        let workspace = self.case.workspace();
        let at = self.sources.location(declarations[0].key);
        Hop {
            from: workspace.name(edge.from).to_owned(),
            to: workspace.name(edge.to).to_owned(),
            kind: Some(edge.kind),
            file: at.file,
            line: at.line,
            version: None,
            feature: None,
        }
    }

    /// The owners of the contexts of these packages, each once, by name.
    fn owners(&self, nodes: impl IntoIterator<Item = NodeId>) -> Vec<String> {
        let contexts = nodes
            .into_iter()
            .filter_map(|node| self.case.architecture.context(node));
        let owners: BTreeSet<&String> = contexts.flat_map(|(_, context)| &context.owners).collect();
        owners.into_iter().cloned().collect()
    }
}

fn inherited(declarations: &[&Dependency]) -> Vec<Span> {
    let spans: BTreeSet<Span> = declarations.iter().filter_map(|d| d.inherited).collect();
    spans.into_iter().collect()
}
