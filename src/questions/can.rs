//! `can A B`: whether A may use B, by what every rule says of a plain dependency that need not be there.

use serde::Serialize;

use super::difference::Difference;
use super::grounds::{Asked, Ground, grounds};
use super::paths::{PathHop, Ways};
use super::{Package, Ruling, Subject, suppose};
use crate::error::Error;
use crate::finding::{Finding, Status};
use crate::graph::Graph;
use crate::pipeline::{Judged, Model};
use crate::report::assemble::Wishes;
use crate::source::Location;
use crate::workspace::{DependencyKind, NodeId, Workspace};

/// Whether one package may use another.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Can {
    /// The member that would use the other.
    pub(crate) from: String,
    /// The package that would be used.
    pub(crate) to: String,
    /// Whether `to` is no member.
    pub(crate) external: bool,
    /// The kind of the dependency.
    pub(crate) kind: DependencyKind,
    /// Whether it may.
    pub(crate) answer: bool,
    /// What the rules' say comes to.
    pub(crate) ruling: Ruling,
    /// Where the dependency is declared, or would be.
    pub(crate) place: Location,
    /// Whether it is there today.
    pub(crate) declared: bool,
    /// What would be found with it and is not found without.
    pub(crate) objections: Difference,
    /// What objects to it and is excused.
    pub(crate) excused: Vec<Finding>,
    /// What the rules say for it.
    pub(crate) grounds: Vec<Ground>,
    /// How `to` reaches `from` today: cargo refuses a cycle of normal and build dependencies.
    pub(crate) refused_by_cargo: Vec<PathHop>,
}

/// Answers: judges the workspace without any such dependency and with a plain one.
pub(crate) fn can(subject: &Subject, from: NodeId, to: &Package, kind: DependencyKind) -> Result<Can, Error> {
    let loaded = subject.judged()?;
    let wishes = loaded.wishes();
    let showing = Wishes {
        show_excepted: true,
        ..wishes
    };
    let sources = loaded.sources();
    let read = loaded.as_read();
    let mut with = read.clone();
    let (node, place) = suppose::add(&mut with, from, to, kind, sources);
    let place = sources.location(place);
    let own = &read.workspace.members[from.index()].dependencies;
    let declared = to
        .node
        .is_some_and(|node| own.iter().any(|d| d.to == node && d.kind == kind));
    let mut without = Model {
        lenient: true,
        ..read.clone()
    };
    if let Some(node) = to.node.filter(|_| declared) {
        suppose::take_out(&mut without, from, node, Some(kind));
    }
    let (before, after) = rayon::join(
        || loaded.judge_model(&without, wishes, |judged| judged.report),
        || {
            loaded.judge_model(&with, showing, |judged| {
                let Judged {
                    case,
                    candidates,
                    report,
                    ..
                } = judged;
                let asked = Asked {
                    case,
                    candidates,
                    sources,
                    from,
                    to: node,
                    kind,
                };
                let grounds = grounds(asked, &report.findings);
                (grounds, report)
            })
        },
    );
    let (grounds, after) = after.map_err(|error| with_version(error, to))?;
    let objections = Difference::between(&before?, &after, true);
    let about = |f: &&Finding| f.from == read.workspace.name(from) && f.to == to.name && f.kind == Some(kind);
    let covered = |f: &&Finding| f.status != Status::Active && f.external == to.external;
    let excused: Vec<Finding> = after.findings.iter().filter(covered).filter(about).cloned().collect();
    let refused_by_cargo = if kind == DependencyKind::Dev || to.external {
        Vec::new()
    } else {
        way_back(&read, node, from, subject)
    };
    let ruling = Ruling::of(objections.objections().chain(&excused));
    Ok(Can {
        from: read.workspace.name(from).to_owned(),
        to: to.name.clone(),
        external: to.external,
        kind,
        answer: ruling != Ruling::Denied && refused_by_cargo.is_empty(),
        ruling,
        place,
        declared,
        objections,
        excused,
        grounds,
        refused_by_cargo,
    })
}

/// Whether a build of one member needs another: asked of the bare declarations, since most answers are no.
fn needs(workspace: &Workspace, user: NodeId, member: NodeId) -> bool {
    let mut seen = vec![false; workspace.members.len()];
    let mut open = vec![user];
    while let Some(node) = open.pop() {
        let Some(known) = seen.get_mut(node.index()) else {
            continue;
        };
        if node == member {
            return true;
        }
        if !std::mem::replace(known, true) {
            let built = workspace.members[node.index()].dependencies.iter();
            open.extend(built.filter(|d| d.kind != DependencyKind::Dev).map(|d| d.to));
        }
    }
    false
}

/// What is added to an error about a dependency of which no version is known.
fn with_version(mut error: Error, to: &Package) -> Error {
    if to.external && to.requirement.is_none() {
        let help = format!("or ask about one version: `external:{}@1.2`", to.name);
        for problem in &mut error.problems {
            problem.help.push(help.clone());
        }
    }
    error
}

/// The dependencies by which a build of `to` needs `from` already.
fn way_back(model: &Model<'_>, to: NodeId, from: NodeId, subject: &Subject) -> Vec<PathHop> {
    if !needs(&model.workspace, to, from) {
        return Vec::new();
    }
    let graph = Graph::new(&model.workspace);
    let back = Package {
        name: model.workspace.name(from).to_owned(),
        node: Some(from),
        external: false,
        requirement: None,
    };
    let ways = Ways::new(&graph, None);
    let way = ways.shortest(to, &back, subject.sources());
    let built = |way: &Vec<PathHop>| {
        way.first()
            .is_some_and(|step| step.hop.kind != Some(DependencyKind::Dev))
    };
    way.filter(built).unwrap_or_default()
}
