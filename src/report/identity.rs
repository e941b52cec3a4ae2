//! By what exceptions and the baseline know what a rule objects to.

use crate::excuses::{End, Excusing};
use crate::finding::EdgeIdentity;
use crate::graph::EdgeId;
use crate::rules::{Candidate, Case, Charge, Cycle, Subject};
use crate::workspace::{DependencyKind, NodeId};

/// The edge that a candidate is about; none where it is about no single one, which nothing excuses.
struct Ends<'a> {
    from: End<'a>,
    to: End<'a>,
    kind: DependencyKind,
}

/// What excuses a candidate under one of its charges.
pub(super) fn excusing(case: &Case<'_, '_>, candidate: &Candidate<'_>, charge: &Charge) -> Excusing {
    let Some(Ends { from, to, kind }) = ends(case, candidate) else {
        return Excusing::default();
    };
    let rule = charge.rule_name(case.config());
    case.excuses.find(charge.code, rule, &from, &to, Some(kind))
}

/// What the baseline has to name to excuse a candidate under one of its charges; empty where no baseline can. For a
/// cycle that is the step to be cut: the others stay open, so that a new edge against them is seen.
pub(super) fn excusable(case: &Case<'_, '_>, candidate: &Candidate<'_>, charge: &Charge) -> Vec<EdgeIdentity> {
    let rule = charge.rule_name(case.config());
    if let Subject::Cycle(cycle) = &candidate.subject {
        return of_cycle(case, cycle, rule);
    }
    let recorded = |ends: &Ends<'_>| !case.architecture.is_strict(ends.from.member, &ends.from.identity);
    let edge = ends(case, candidate).filter(recorded).map(|ends| EdgeIdentity {
        rule: rule.to_owned(),
        from: ends.from.identity.into_owned(),
        to: ends.to.identity.into_owned(),
        kind: ends.kind,
    });
    edge.into_iter().collect()
}

/// All units that reach each other, where the candidate is a cycle.
pub(super) fn component(candidate: &Candidate<'_>) -> Vec<String> {
    match &candidate.subject {
        Subject::Cycle(cycle) => cycle.component.clone(),
        _ => Vec::new(),
    }
}

fn of_cycle(case: &Case<'_, '_>, cycle: &Cycle<'_>, rule: &str) -> Vec<EdgeIdentity> {
    let (step, from, to) = cycle.to_excuse();
    let member = case.workspace().member_named(from).map(NodeId::index);
    if case.architecture.is_strict(member, from) {
        return Vec::new();
    }
    let kind = |id: &EdgeId| case.graph.edge(*id).kind;
    let mut edges: Vec<EdgeIdentity> = step
        .iter()
        .map(|id| EdgeIdentity {
            rule: rule.to_owned(),
            from: from.to_owned(),
            to: to.to_owned(),
            kind: kind(id),
        })
        .collect();
    edges.sort();
    edges.dedup();
    edges
}

fn ends<'c>(case: &Case<'_, 'c>, candidate: &'c Candidate<'_>) -> Option<Ends<'c>> {
    let workspace = case.workspace();
    let package = |node| End::package(workspace, node);
    match &candidate.subject {
        Subject::Edge(id, _) => {
            let edge = case.graph.edge(*id);
            Some(Ends {
                from: package(edge.from),
                to: package(edge.to),
                kind: edge.kind,
            })
        }
        Subject::Path {
            first,
            identity,
            member,
            ..
        } => {
            let edge = case.graph.edge(first.0);
            Some(Ends {
                from: package(edge.from),
                to: End {
                    member: *member,
                    identity: identity.as_str().into(),
                },
                kind: edge.kind,
            })
        }
        Subject::Exposure { from, to, .. } => Some(Ends {
            from: package(*from),
            to: package(*to),
            kind: DependencyKind::Normal,
        }),
        Subject::LeftOut { from, to, edge } => {
            let edge = case.graph.edge(*edge);
            let end = |identity: &'c str| End {
                member: workspace.member_named(identity).map(NodeId::index),
                identity: identity.into(),
            };
            Some(Ends {
                from: end(from),
                to: end(to),
                kind: edge.kind,
            })
        }
        Subject::Cycle(_) | Subject::Member(_) | Subject::Place(_) | Subject::Entry { .. } => None,
    }
}
