//! The public faces of contexts: which of a context's crates others may use.

use fixedbitset::FixedBitSet;

use super::evaluate::{Evaluator, Manner};
use crate::config::Context;
use crate::config::selector::{Selector, SelectorList};
use crate::error::{Problem, ProblemKind};

/// The face of each context: none where all of it is public.
pub(super) fn faces(evaluator: &mut Evaluator<'_>, contexts: &[FixedBitSet]) -> Vec<Option<FixedBitSet>> {
    let config = evaluator.config;
    let default = config
        .settings
        .default_face
        .as_ref()
        .map(|list| default_face(evaluator, list));
    let declared = config.contexts.iter().zip(contexts);
    declared
        .map(|(context, own)| match &context.public {
            Some(list) => Some(face(evaluator, list, own, context)),
            None => default.as_ref().map(|face| {
                let mut face = face.clone();
                face.intersect_with(own);
                face
            }),
        })
        .collect()
}

/// `[settings.contexts] public` chooses in every context: its entries need only select something somewhere.
fn default_face(evaluator: &mut Evaluator<'_>, list: &SelectorList) -> FixedBitSet {
    let selected = evaluator.list(list, Manner::members(false));
    members_of(evaluator, &selected)
}

/// A context's own `public`: every entry must choose among its own crates.
fn face(evaluator: &mut Evaluator<'_>, list: &SelectorList, own: &FixedBitSet, context: &Context) -> FixedBitSet {
    let mut face = FixedBitSet::with_capacity(own.len());
    for entry in &list.entries {
        let before = evaluator.problems.len();
        let selected = evaluator
            .selector(entry, Manner::members(context.allow_empty))
            .selection;
        let mut chosen = members_of(evaluator, &selected);
        let all = chosen.clone();
        chosen.intersect_with(own);
        let said = context.crates.refused || evaluator.problems.len() > before;
        if chosen.is_clear() && !all.is_clear() && !said {
            let problem = outside(evaluator, entry, &all, &context.name.value);
            evaluator.problems.push(problem);
        }
        if entry.negated {
            face.difference_with(&chosen);
        } else {
            face.union_with(&chosen);
        }
    }
    face
}

fn outside(evaluator: &Evaluator<'_>, entry: &Selector, all: &FixedBitSet, context: &str) -> Problem {
    let members = &evaluator.graph.workspace().members;
    let names: Vec<&str> = all.ones().map(|m| members[m].name.as_str()).collect();
    let (first, others) = (names[0], names.len() - 1);
    let more = if others > 0 {
        format!(" and {others} more")
    } else {
        String::new()
    };
    let message = format!("`{}` chooses nothing in context `{context}`", entry.text.value);
    Problem::new(ProblemKind::Config, message)
        .at(
            entry.text.span,
            format!("`{first}`{more} is not a crate of `{context}`"),
        )
        .help(format!("`public` chooses among the crates of `{context}` itself"))
}

fn members_of(evaluator: &Evaluator<'_>, selection: &FixedBitSet) -> FixedBitSet {
    let members = evaluator.graph.workspace().members.len();
    let mut set = FixedBitSet::with_capacity(members);
    set.extend(selection.ones().take_while(|slot| *slot < members));
    set
}
