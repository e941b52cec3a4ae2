//! What contexts permit: `may-use`, `public`, `public-to` and `faces`.
//!
//! These lean on each other: a face is needed while an entry of a `may-use` that is needed lists it, and what a face holds
//! has to be public. So they are looked at in that order, each by what is left of the one before.

use super::list::{Ledger, List};
use crate::architecture::selection::Selection;
use crate::architecture::{Opened, Permissions};
use crate::config::ContextKind;
use crate::rules::{Candidate, Case};

pub(super) fn check<'w>(case: &Case<'_, 'w>, permissions: &Permissions, candidates: &mut Vec<Candidate<'w>>) {
    let uses = Uses::of(case);
    let mut asked: Vec<Vec<Selection>> = (case.config().contexts.iter())
        .map(|context| vec![uses.nothing(); context.faces.len()])
        .collect();
    for user in 0..case.config().contexts.len() {
        may_use(case, &uses, user, &mut asked, candidates);
    }
    for (context, opened) in permissions.contexts.iter().enumerate() {
        let held = faces(case, &uses, (context, opened), &asked[context], candidates);
        public(case, &uses, (context, opened), &held, candidates);
    }
}

/// A list of a context, as findings name it.
fn list(case: &Case<'_, '_>, context: usize, key: &str) -> List {
    let name = &case.config().contexts[context].name.value;
    List {
        context: Some(context),
        ..List::new(format!("`{key}` of context `{name}`"), format!("context:{name}:{key}"))
    }
}

/// Which crates contexts use of each other.
struct Uses {
    members: usize,
    /// For each context the crates that it uses and has to list, of whatever context.
    listed: Vec<Selection>,
    /// For each context the crates of others that it uses and that have to be public to it.
    private: Vec<Selection>,
}

impl Uses {
    fn of(case: &Case<'_, '_>) -> Self {
        let (contexts, members) = (case.config().contexts.len(), case.workspace().members.len());
        let nothing = Selection::with_capacity(members);
        let mut uses = Self {
            members,
            listed: vec![nothing.clone(); contexts],
            private: vec![nothing; contexts],
        };
        let kinds = case.config().settings.contexts.kinds;
        for (_, edge) in case.edges_seen(kinds, &case.architecture.splits.contexts) {
            let ends = (case.architecture.context(edge.from), case.architecture.context(edge.to));
            let (Some((from, source)), Some((to, target))) = ends else {
                continue;
            };
            // A composition root needs no permission, and none lets anybody use one.
            let roots = [source.kind, target.kind].contains(&ContextKind::CompositionRoot);
            if from == to || roots {
                continue;
            }
            // A shared kernel is used unlisted, but for another kernel.
            if target.kind != ContextKind::SharedKernel || source.kind == ContextKind::SharedKernel {
                uses.listed[from].insert(edge.to.index());
            }
            uses.private[from].insert(edge.to.index());
        }
        uses
    }

    fn nothing(&self) -> Selection {
        Selection::with_capacity(self.members)
    }
}

/// The crates of a context.
fn crates(case: &Case<'_, '_>, context: usize) -> Selection {
    let all = case.architecture.context_of.iter();
    all.map(|assignment| assignment.is_some_and(|a| a.unit == context))
        .enumerate()
        .filter_map(|(member, is_in)| is_in.then_some(member))
        .collect()
}

/// Looks at `may-use` of a context, and asks the faces that it needs for the crates that it uses by way of them.
fn may_use<'w>(
    case: &Case<'_, 'w>,
    uses: &Uses,
    context: usize,
    asked: &mut [Vec<Selection>],
    candidates: &mut Vec<Candidate<'w>>,
) {
    let contexts = &case.config().contexts;
    let Some(declared) = &contexts[context].may_use else {
        return;
    };
    let list = list(case, context, "may-use");
    let mut ledger = Ledger::new(uses.listed[context].clone());
    let mut meant = Vec::new();
    for name in &declared.names {
        let (named, face) = name
            .value
            .split_once(':')
            .map_or((name.value.as_str(), None), |(c, f)| (c, Some(f)));
        let other = contexts.iter().position(|other| other.name.value == named);
        let Some(other) = other else { continue };
        let face = face.map(|face| contexts[other].faces.iter().position(|part| part.name.value == face));
        let permits = match face {
            None => crates(case, other),
            Some(Some(face)) => case.architecture.contexts[other].open.faces[face].clone(),
            Some(None) => continue,
        };
        meant.push((other, face.flatten()));
        ledger.enter(&list, name, permits);
    }
    let closed = ledger.close();
    candidates.extend(closed.unneeded);
    let mut open = uses.listed[context].clone();
    for ((other, face), permits) in meant.into_iter().zip(closed.kept) {
        let Some(mut taken) = permits else { continue };
        taken.intersect_with(&open);
        open.difference_with(&taken);
        if let Some(face) = face {
            asked[other][face].union_with(&taken);
        }
    }
}

/// Looks at the faces of a context; what they hold without the entries that can go.
fn faces<'w>(
    case: &Case<'_, 'w>,
    uses: &Uses,
    (context, opened): (usize, &Opened),
    asked: &[Selection],
    candidates: &mut Vec<Candidate<'w>>,
) -> Selection {
    let own = crates(case, context);
    let mut held = uses.nothing();
    let declared = case.config().contexts[context].faces.iter();
    for ((part, entries), asked) in declared.zip(&opened.faces).zip(asked) {
        let list = list(case, context, &format!("faces.{}", part.name.value));
        let mut ledger = Ledger::new(asked.clone());
        ledger.enter_all(&list, &part.crates, entries, |selection| among(selection, &own));
        let closed = ledger.close();
        candidates.extend(closed.unneeded);
        for permits in closed.kept.iter().flatten() {
            held.union_with(permits);
        }
    }
    held
}

/// Looks at `public` and `public-to` of a context together: they may open one crate twice.
fn public<'w>(
    case: &Case<'_, 'w>,
    uses: &Uses,
    (context, opened): (usize, &Opened),
    held: &Selection,
    candidates: &mut Vec<Candidate<'w>>,
) {
    let declared = &case.config().contexts[context];
    let open = &case.architecture.contexts[context].open;
    let Some(face) = &open.face else { return };
    let (own, members) = (crates(case, context), uses.members);
    // A slot for each crate and each context that uses it, and one more for each that a face holds: it has to be public to
    // somebody.
    let somebody = uses.private.len();
    let to = |user: usize, selection: &Selection| -> Selection {
        let slots = |user: usize| {
            selection
                .intersection(&own)
                .map(move |member| user * members + member)
                .collect::<Vec<_>>()
        };
        [user, somebody].into_iter().flat_map(slots).collect()
    };
    let to_all = |selection: &Selection| -> Selection {
        let mut all = Selection::with_capacity((somebody + 1) * members);
        (0..somebody).for_each(|user| all.union_with(&to(user, selection)));
        all
    };
    let mut needed = Selection::with_capacity((somebody + 1) * members);
    for (user, used) in uses.private.iter().enumerate() {
        needed.extend(used.intersection(&own).map(|member| user * members + member));
    }
    needed.extend(held.ones().map(|member| somebody * members + member));
    let mut ledger = Ledger::new(needed);
    let public = list(case, context, "public");
    match &declared.public {
        Some(selectors) => ledger.enter_all(&public, selectors, &opened.public, to_all),
        None => ledger.grant(&to_all(face)),
    }
    let position = |name: &str| case.config().contexts.iter().position(|other| other.name.value == name);
    let lists: Vec<List> = (declared.public_to.iter())
        .map(|part| list(case, context, &format!("public-to.{}", part.name.value)))
        .collect();
    for ((part, entries), list) in declared.public_to.iter().zip(&opened.public_to).zip(&lists) {
        if let Some(user) = position(&part.name.value) {
            ledger.enter_all(list, &part.crates, entries, |selection| to(user, selection));
        }
    }
    candidates.extend(ledger.close().unneeded);
}

/// What a selection holds of these.
fn among(selection: &Selection, own: &Selection) -> Selection {
    selection.intersection(own).collect()
}
