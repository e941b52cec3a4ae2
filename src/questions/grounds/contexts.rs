//! What contexts say for an edge: that one may use the other, and that the crate is open to it.

use super::{Asked, Ground};
use crate::config::{Context, ContextKind, Part};
use crate::source::Span;

impl Asked<'_, '_, '_> {
    pub(super) fn contexts(&self) -> Vec<Ground> {
        let architecture = self.case.architecture;
        if self.case.workspace().is_external(self.to) {
            return Vec::new();
        }
        let ground = |judges, says, span| self.ground("contexts", judges, says, span);
        if let Some(says) = self.overlooked(self.case.config().settings.contexts.kinds) {
            return vec![ground(false, says, None)];
        }
        let ends = [self.from, self.to];
        if let Some(homeless) = ends.into_iter().find(|node| architecture.context(*node).is_none()) {
            let says = format!("`{}` is in no context, so none judges it", self.name(homeless));
            return vec![ground(false, says, None)];
        }
        let (Some(upper), Some(lower)) = (architecture.context(self.from), architecture.context(self.to)) else {
            return Vec::new();
        };
        let mine = &upper.1.name;
        if upper.0 == lower.0 {
            let says = format!("both are in context `{}`", mine.value);
            return vec![ground(true, says, Some(mine.span))];
        }
        if upper.1.kind == ContextKind::CompositionRoot {
            let says = format!("`{}` is a composition root, which may use everything", mine.value);
            return vec![ground(true, says, Some(mine.span))];
        }
        let (may, open) = (self.may_use(upper, lower), self.open(upper, lower));
        vec![ground(true, may.0, Some(may.1)), ground(true, open.0, Some(open.1))]
    }

    /// Why the one context may use the other.
    fn may_use(&self, (_, upper): (usize, &Context), (to, lower): (usize, &Context)) -> (String, Span) {
        let (mine, theirs) = (&upper.name.value, &lower.name.value);
        let names = || upper.may_use.iter().flat_map(|list| &list.names);
        if let Some(whole) = names().find(|name| name.value == *theirs) {
            return (format!("`may-use` of context `{mine}` lists `{theirs}`"), whole.span);
        }
        let crates = &self.case.architecture.contexts[to].open.faces;
        let holds = |face: &str| {
            let mut faces = lower.faces.iter().zip(crates);
            faces.any(|(part, crates)| part.name.value == face && crates.contains(self.to.index()))
        };
        let part = names().find(|name| {
            let pair = name.value.split_once(':');
            pair.is_some_and(|(context, face)| context == theirs && holds(face))
        });
        if let Some(part) = part {
            let (listed, crate_name) = (&part.value, self.name(self.to));
            let says = format!("`may-use` of context `{mine}` lists `{listed}`, which holds `{crate_name}`");
            (says, part.span)
        } else if lower.kind == ContextKind::SharedKernel {
            let says = format!("`{theirs}` is a shared kernel, which every context may use");
            (says, lower.name.span)
        } else {
            let says = format!("context `{mine}` has no `may-use`, so it may use any");
            (says, upper.name.span)
        }
    }

    /// Why the crate is open to the context.
    fn open(&self, (from, upper): (usize, &Context), (to, lower): (usize, &Context)) -> (String, Span) {
        let theirs = &lower.name.value;
        let open = &self.case.architecture.contexts[to].open;
        let crate_name = self.name(self.to);
        let Some(face) = &open.face else {
            return (format!("all of `{theirs}` is public"), lower.name.span);
        };
        if !face.contains(self.to.index()) && open.public_to.contains_key(&from) {
            let mine = &upper.name.value;
            let for_it = |part: &&Part| part.name.value == *mine;
            let part = lower.public_to.iter().find(for_it);
            let says = format!("`public-to` of `{theirs}` opens `{crate_name}` to `{mine}`");
            return (says, part.map_or(lower.name.span, |part| part.name.span));
        }
        match (&lower.public, &self.case.config().settings.default_face) {
            (Some(list), _) => (format!("`public` of `{theirs}` holds `{crate_name}`"), list.key),
            (None, Some(list)) => (format!("the default face holds `{crate_name}`"), list.key),
            (None, None) => (format!("`{crate_name}` is public"), lower.name.span),
        }
    }
}
