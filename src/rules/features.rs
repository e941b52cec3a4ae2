//! `feature`: `[[features]]` says that `from` may not turn on these features of `to`.

use super::named::Named;
use super::ways_out::{names, record};
use super::{Candidate, Case, Charge, Rule, Subject};
use crate::architecture::BoundRule;
use crate::config::Demand;
use crate::finding::{Code, Label};
use crate::graph::{Edge, EdgeId};
use crate::workspace::{Dependency, DependencyKind};

mod activations;
mod words;

use activations::{Activation, Asker};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::Feature],
    check,
};

/// How many features are named in a message.
const SHOWN: usize = 3;

fn check<'w>(case: &Case<'_, 'w>, candidates: &mut Vec<Candidate<'w>>) {
    for (index, bound) in case.architecture.rules.iter().enumerate() {
        let BoundRule::Features { from, to } = bound else {
            continue;
        };
        let rule = Named {
            case,
            code: Code::Feature,
            index,
        };
        let Demand::Features(ban) = &rule.rule().demand else {
            continue;
        };
        let denied = |feature: &str| ban.denies(feature);
        let mut asker: Option<Asker<'w>> = None;
        for edge in rule.edges(to, true) {
            let user = edge.1.from;
            if !from.contains(user.index()) {
                continue;
            }
            // Edges come sorted by their users, of which each is asked once.
            if asker.as_ref().is_none_or(|asker| asker.user != user) {
                asker = Asker::new(case.workspace(), user, to.contains(user.index()), &denied);
            }
            if let Some(asker) = &asker {
                candidates.extend(judge(rule, &denied, asker, edge));
            }
        }
    }
}

/// One finding an edge, at those of its declarations that turn a denied feature on.
fn judge<'w>(
    rule: Named<'_, '_, 'w>,
    denied: &dyn Fn(&str) -> bool,
    asker: &Asker<'w>,
    (id, edge, declarations): (EdgeId, &Edge, Vec<&'w Dependency>),
) -> Option<Candidate<'w>> {
    let mut found: Vec<(&'w Dependency, Vec<Activation<'w>>)> = Vec::new();
    for declaration in declarations {
        let activations = asker.activations(declaration, denied);
        if !activations.is_empty() {
            found.push((declaration, activations));
        }
    }
    let (_, first) = found.first()?;
    let label = words::label(first);
    let workspace = rule.case.workspace();
    let ends = words::Ends {
        from: workspace.name(edge.from),
        to: workspace.name(edge.to),
        inside: asker.inside,
        dev: edge.kind == DependencyKind::Normal && !rule.rule().kinds.contains(DependencyKind::Dev),
    };
    let mut features: Vec<&str> = Vec::new();
    let (mut related, mut help): (Vec<Label>, Vec<String>) = (Vec::new(), Vec::new());
    for activation in found.iter().flat_map(|(_, activations)| activations) {
        push(&mut features, activation.feature);
        for label in words::places(&ends, activation) {
            push(&mut related, label);
        }
        for line in words::ways_out(&ends, activation) {
            push(&mut help, line);
        }
    }
    help.extend(words::in_tests(&ends, &features));
    let message = match features.as_slice() {
        ["default"] => format!("`{}` uses `{}` with its default features", ends.from, ends.to),
        _ => format!(
            "`{}` turns on {} of `{}`",
            ends.from,
            names(features.iter().copied(), SHOWN),
            ends.to
        ),
    };
    let charge = charge(
        rule,
        edge,
        Found {
            message,
            label,
            related,
            help,
        },
    );
    Some(Candidate {
        subject: Subject::Edge(id, found.into_iter().map(|(declaration, _)| declaration).collect()),
        charges: vec![charge],
        also_affects: Vec::new(),
    })
}

/// What is to be said of one edge.
struct Found {
    message: String,
    label: String,
    related: Vec<Label>,
    help: Vec<String>,
}

/// The rule's own help comes first, the exception last; its line stands behind the places that explain the finding.
fn charge(rule: Named<'_, '_, '_>, edge: &Edge, found: Found) -> Charge {
    let workspace = rule.case.workspace();
    let declared = rule.rule();
    let mut help: Vec<String> = declared.help.clone().into_iter().collect();
    help.extend(found.help);
    let (from, to) = (workspace.name(edge.from), workspace.identity(edge.to));
    help.push(record(rule.name(), from, &to));
    let mut related = found.related;
    related.push(Label {
        span: declared.name.span,
        text: "the rule is declared here".to_owned(),
    });
    Charge {
        code: rule.code,
        rule: Some(rule.index),
        message: found.message,
        label: found.label,
        related,
        reason: declared.reason.clone(),
        help,
    }
}

fn push<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}
