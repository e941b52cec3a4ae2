//! What a person asked about, and which findings concern that.

use crate::cli::SignalsArguments;
use crate::config::Config;
use crate::config::nearest::{nearest, quoted};
use crate::error::{Problem, ProblemKind};
use crate::pipeline::{Past, Read};
use crate::questions;
use crate::signals::evidence::{Signal, Subject};
use crate::signals::relations::Tested;
use crate::workspace::NodeId;

/// What a person asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Focus {
    /// A crate, by its unit.
    Unit(u32),
    /// A context.
    Context(u32),
}

/// What a word of the command line names.
pub(super) enum Named {
    Member(NodeId),
    Context(u32),
}

impl Named {
    pub(super) fn focus(&self, past: &Past) -> Focus {
        match self {
            Self::Member(node) => Focus::Unit(past.units.of(*node)),
            Self::Context(context) => Focus::Context(*context),
        }
    }
}

/// What the words of the command line name, which members and contexts are to have.
pub(super) fn names(arguments: &SignalsArguments, read: &Read, config: Option<&Config>) -> Result<Vec<Named>, Problem> {
    let contexts = config.map_or(&[][..], |config| &config.contexts);
    let named = arguments.names.iter().map(|word| {
        let Some(name) = word.strip_prefix("context:") else {
            return questions::member(&read.workspace, word).map(Named::Member);
        };
        let known = || contexts.iter().map(|context| context.name.value.as_str());
        if let Some(position) = (0..).zip(known()).find(|(_, known)| *known == name) {
            return Ok(Named::Context(position.0));
        }
        let problem = Problem::new(ProblemKind::Usage, format!("no context is called {}", quoted(name)));
        Err(match nearest(name, known()) {
            Some(near) => problem.help(format!("did you mean `context:{near}`?")),
            None if contexts.is_empty() => problem.help("no boundaries.toml declares contexts here"),
            None => problem.help("`cargo boundaries list` shows the context of every member"),
        })
    });
    named.collect()
}

/// Whether a relation is one of the contexts that were asked about.
pub(super) fn between(tested: &Tested, focus: &[Focus]) -> bool {
    let is = |context: usize, focus: &Focus| *focus == Focus::Context(u32::try_from(context).unwrap_or(u32::MAX));
    focus.is_empty()
        || focus
            .iter()
            .any(|focus| is(tested.context, focus) || is(tested.other, focus))
}

/// Whether a signal is about one of the things that were asked about.
pub(super) fn concerns(signal: &Signal, subject: &Subject<'_>, focus: &[Focus]) -> bool {
    let of_unit = |unit: u32| subject.context_of[unit as usize];
    focus.is_empty()
        || focus.iter().any(|focus| match focus {
            Focus::Unit(unit) => signal.units.contains(unit),
            Focus::Context(context) => {
                signal.contexts.contains(&Some(*context))
                    || signal.units.iter().any(|unit| of_unit(*unit) == Some(*context))
            }
        })
}
