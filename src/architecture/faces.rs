//! The public faces of contexts: which of a context's crates others may use, and the parts of them that have names.

use std::collections::BTreeMap;

use fixedbitset::FixedBitSet;

use super::Openness;
use super::evaluate::{Evaluator, Manner};
use crate::config::selector::{Selector, SelectorList};
use crate::config::{Context, Part};
use crate::error::{Problem, ProblemKind};

/// What the crates of each context are to others.
pub(super) fn faces(evaluator: &mut Evaluator<'_>, contexts: &[FixedBitSet]) -> Vec<Openness> {
    let config = evaluator.config;
    let default = config
        .settings
        .default_face
        .as_ref()
        .map(|list| default_face(evaluator, list));
    let declared = config.contexts.iter().zip(contexts);
    declared
        .map(|(context, own)| openness(evaluator, context, own, default.as_ref()))
        .collect()
}

fn openness(
    evaluator: &mut Evaluator<'_>,
    context: &Context,
    own: &FixedBitSet,
    default: Option<&FixedBitSet>,
) -> Openness {
    let config = evaluator.config;
    let before = evaluator.problems.len();
    let face = match (&context.public, default) {
        (Some(list), _) => Some(chosen(evaluator, list, own, context, "public")),
        (None, Some(default)) => {
            let mut face = default.clone();
            face.intersect_with(own);
            Some(face)
        }
        (None, None) => None,
    };
    let mut public_to = BTreeMap::new();
    for part in &context.public_to {
        let crates = chosen(evaluator, &part.crates, own, context, "public-to");
        let position = config
            .contexts
            .iter()
            .position(|other| other.name.value == part.name.value);
        public_to.extend(position.map(|position| (position, crates)));
    }
    let choose = |part: &Part| chosen(evaluator, &part.crates, own, context, "faces");
    let faces: Vec<FixedBitSet> = context.faces.iter().map(choose).collect();
    let open = Openness { face, public_to, faces };
    // Of crates that could not be told no more is to be said.
    if evaluator.problems.len() == before && !context.crates.refused {
        faces_are_public(evaluator, context, &open);
    }
    open
}

/// A face is a part of what is public: of all that is public to some context.
fn faces_are_public(evaluator: &mut Evaluator<'_>, context: &Context, open: &Openness) {
    let Some(public) = &open.face else { return };
    let mut public = public.clone();
    for crates in open.public_to.values() {
        public.union_with(crates);
    }
    let refused = |list: &SelectorList| list.refused;
    let all = context
        .public
        .iter()
        .chain(context.public_to.iter().map(|part| &part.crates));
    if all.into_iter().any(refused) {
        return;
    }
    for (part, crates) in context.faces.iter().zip(&open.faces) {
        let private: Vec<usize> = crates.difference(&public).collect();
        let Some(first) = private.first() else { continue };
        let members = &evaluator.graph.workspace().members;
        let (name, first) = (&context.name.value, &members[*first].name);
        let face = &part.name.value;
        let message = format!("face `{face}` of context `{name}` holds `{first}`, which is not public");
        let label = match private.len() - 1 {
            0 => "a face is a part of what is public".to_owned(),
            more => format!("nor are {more} more: a face is a part of what is public"),
        };
        let problem = Problem::new(ProblemKind::Config, message).at(part.crates.key, label);
        let way_out = format!("add \"{first}\" to `public` of context `{name}`, or take it out of the face");
        evaluator.problems.push(problem.help(way_out));
    }
}

/// `[settings.contexts] public` chooses in every context: its entries need only select something somewhere.
fn default_face(evaluator: &mut Evaluator<'_>, list: &SelectorList) -> FixedBitSet {
    let selected = evaluator.list(list, Manner::members(false));
    members_of(evaluator, &selected)
}

/// A context's own list: every entry must choose among its own crates.
fn chosen(
    evaluator: &mut Evaluator<'_>,
    list: &SelectorList,
    own: &FixedBitSet,
    context: &Context,
    key: &str,
) -> FixedBitSet {
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
            let problem = outside(evaluator, entry, &all, &context.name.value, key);
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

fn outside(evaluator: &Evaluator<'_>, entry: &Selector, all: &FixedBitSet, context: &str, key: &str) -> Problem {
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
        .help(format!("`{key}` chooses among the crates of `{context}` itself"))
}

fn members_of(evaluator: &Evaluator<'_>, selection: &FixedBitSet) -> FixedBitSet {
    let members = evaluator.graph.workspace().members.len();
    let mut set = FixedBitSet::with_capacity(members);
    set.extend(selection.ones().take_while(|slot| *slot < members));
    set
}
