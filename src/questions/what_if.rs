//! `what-if`: the findings that a change would bring and take away.

use serde::Serialize;

use super::difference::Difference;
use super::{Package, Subject, suppose};
use crate::architecture::Move;
use crate::config::nearest::{nearest, quoted};
use crate::error::{Error, Problem, ProblemKind};
use crate::finding::{Finding, Level};
use crate::pipeline::Model;
use crate::report::Report;
use crate::source::Location;
use crate::workspace::{DependencyKind, NodeId};

/// A change that is asked about.
#[derive(Clone, Debug)]
pub(crate) enum Change {
    /// A member is bound to other places.
    Move(NodeId, Vec<Place>),
    /// A plain dependency more.
    Add(NodeId, Package, DependencyKind),
    /// The declarations between two packages less: of one kind, or all.
    Remove(NodeId, Package, Option<DependencyKind>),
}

/// A layer or a context, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// `layer` or `context`.
    pub(crate) family: &'static str,
    /// Its name.
    pub(crate) unit: String,
}

impl std::str::FromStr for Place {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (family, unit) = match text.split_once(':') {
            Some(("layer", unit)) => ("layer", unit),
            Some(("context", unit)) => ("context", unit),
            _ => return Err("write `layer:NAME` or `context:NAME`".to_owned()),
        };
        let unit = unit.to_owned();
        Ok(Self { family, unit })
    }
}

/// What a change would do.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct WhatIf {
    /// The change, in words.
    pub(crate) change: String,
    /// What appears and vanishes.
    pub(crate) difference: Difference,
    /// Counts of today.
    pub(crate) before: Counts,
    /// Counts with the change.
    pub(crate) after: Counts,
    /// What boundaries.toml would have to say otherwise.
    pub(crate) misfits: Vec<Misfit>,
    /// Whether findings appear that fail a run.
    pub(crate) fails: bool,
}

/// Active findings by level.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Counts {
    /// Of level deny.
    pub(crate) deny: usize,
    /// Of level warn.
    pub(crate) warn: usize,
}

/// An entry of boundaries.toml that the change would make wrong.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Misfit {
    /// What would be wrong.
    pub(crate) message: String,
    /// Where.
    pub(crate) place: Option<Location>,
}

/// Answers: judges the workspace as it is and as it would be.
pub(crate) fn what_if(subject: &Subject, change: &Change) -> Result<WhatIf, Error> {
    let loaded = subject.judged()?;
    let sources = loaded.sources();
    let today = loaded.as_read();
    let mut then = Model {
        lenient: true,
        ..today.clone()
    };
    let words = apply(subject, change, &mut then).map_err(|problem| Error::new(vec![problem], sources.clone()))?;
    let wishes = loaded.wishes();
    let (before, after) = rayon::join(
        || loaded.judge_model(&today, wishes, |judged| judged.report),
        || loaded.judge_model(&then, wishes, |judged| (judged.report, judged.misfits)),
    );
    let (before, (after, misfits)) = (before?, after?);
    let added = matches!(change, Change::Add(..));
    let difference = Difference::between(&before, &after, added);
    let denies = |finding: &Finding| finding.level == Level::Deny;
    let fails = difference.objections().any(denies);
    Ok(WhatIf {
        change: words,
        fails,
        difference,
        before: Counts::of(&before),
        after: Counts::of(&after),
        misfits: misfits.iter().map(|problem| misfit(problem, subject)).collect(),
    })
}

impl Counts {
    fn of(report: &Report) -> Self {
        Self {
            deny: report.summary.deny,
            warn: report.summary.warn,
        }
    }
}

fn misfit(problem: &Problem, subject: &Subject) -> Misfit {
    let place = problem.labels.first();
    Misfit {
        message: problem.message.clone(),
        place: place.map(|(span, _)| subject.sources().location(*span)),
    }
}

/// Makes the change to the model, and says what it is.
fn apply(subject: &Subject, change: &Change, model: &mut Model<'_>) -> Result<String, Problem> {
    match change {
        Change::Move(member, places) => move_to(subject, *member, places, model),
        Change::Add(from, to, kind) => {
            let name = model.workspace.name(*from).to_owned();
            suppose::add(model, *from, to, *kind, subject.sources());
            Ok(format!("`{name}` used `{}` ({kind})", to.name))
        }
        Change::Remove(from, to, kind) => {
            let name = model.workspace.name(*from).to_owned();
            let gone = to.node.map_or(0, |node| suppose::take_out(model, *from, node, *kind));
            if gone == 0 {
                let how = kind.map_or(String::new(), |kind| format!(" as a {kind}-dependency"));
                let message = format!("`{name}` does not declare `{}`{how}", to.name);
                let help = format!(
                    "`cargo boundaries why {name} {}` says by which path it is reached",
                    to.name
                );
                return Err(Problem::new(ProblemKind::Usage, message).help(help));
            }
            Ok(format!("`{name}` did not use `{}`", to.name))
        }
    }
}

fn move_to(subject: &Subject, member: NodeId, places: &[Place], model: &mut Model<'_>) -> Result<String, Problem> {
    for (index, place) in places.iter().enumerate() {
        if let Some(other) = places[..index].iter().find(|other| other.family == place.family) {
            let (family, first, second) = (place.family, &other.unit, &place.unit);
            let message = format!("a crate cannot be moved to {family} `{first}` and to {family} `{second}`");
            return Err(Problem::new(ProblemKind::Usage, message).help(format!("ask about one {family} at a time")));
        }
        known(subject, place)?;
        model.moves.push(Move {
            member,
            family: place.family,
            unit: place.unit.clone(),
        });
        let claim = &mut model.workspace.to_mut().members[member.index()].claim;
        if place.family == "context" {
            claim.context = None;
        }
    }
    let places: Vec<String> = places.iter().map(|p| format!("{} `{}`", p.family, p.unit)).collect();
    Ok(format!(
        "`{}` were in {}",
        model.workspace.name(member),
        places.join(" and ")
    ))
}

/// The layer or context must be one of boundaries.toml.
fn known(subject: &Subject, place: &Place) -> Result<(), Problem> {
    let units = subject
        .loaded()
        .map_or_else(Vec::new, |loaded| loaded.units(place.family));
    if units.iter().any(|unit| *unit == place.unit) {
        return Ok(());
    }
    let family = place.family;
    let message = format!("no {family} is called {}", quoted(&place.unit));
    let problem = Problem::new(ProblemKind::Usage, message);
    Err(match (nearest(&place.unit, units.iter().copied()), units.is_empty()) {
        (Some(near), _) => problem.help(format!("did you mean `{family}:{near}`?")),
        (None, true) => problem.help(format!("boundaries.toml declares no {family}s")),
        (None, false) => problem.help(format!(
            "the {family}s are {}",
            crate::config::nearest::listed(units, "and")
        )),
    })
}
