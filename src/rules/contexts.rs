//! `context-undeclared` and `context-private`: edges from one context into another.

use super::ways_out::{ask_to_move, names, own_claims, record};
use super::{Candidate, Case, Charge, Rule};
use crate::config::{Context, ContextKind};
use crate::finding::{Code, Label};
use crate::graph::Edge;
use crate::source::Spanned;
use crate::workspace::NodeId;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::ContextUndeclared, Code::ContextPrivate],
    check,
};

fn check<'w>(case: &Case<'_, 'w>, candidates: &mut Vec<Candidate<'w>>) {
    let config = case.config();
    if !config.contexts.is_empty() {
        case.object_to_edges(
            (config.settings.contexts.kinds, &case.architecture.splits.contexts),
            |case, edge| charges(case, edge, true),
            candidates,
        );
    }
}

/// Whether an exception or the baseline excuses the edge under either code.
pub(super) fn excused(case: &Case<'_, '_>, edge: &Edge) -> bool {
    charges(case, edge, false)
        .iter()
        .any(|charge| case.excuses_edge(charge.code, charge.code.as_str(), edge.from, edge.to, edge.kind))
}

/// Why an edge is objected to. Ways out that take a look around are offered only where they are wanted.
fn charges(case: &Case<'_, '_>, edge: &Edge, offers: bool) -> Vec<Charge> {
    let architecture = case.architecture;
    let (Some((from, _)), Some((to, _))) = (architecture.context(edge.from), architecture.context(edge.to)) else {
        return Vec::new();
    };
    let pair = Pair { case, edge, from, to };
    // A composition root may use everything, another root included.
    if from == to || pair.from().kind == ContextKind::CompositionRoot {
        return Vec::new();
    }
    let mut charges: Vec<Charge> = [pair.undeclared(), pair.private()].into_iter().flatten().collect();
    for charge in &mut charges {
        let names = (&pair.from().name.value, &pair.to().name.value);
        own_claims(case, charge, [(edge.from, names.0), (edge.to, names.1)], "context");
        if let Some(ask) = offers.then(|| pair.moved()).flatten() {
            let record = charge.help.len() - 1;
            charge.help.insert(record, ask);
        }
    }
    charges
}

/// An edge between crates of two contexts.
struct Pair<'p, 'a, 'w> {
    case: &'p Case<'a, 'w>,
    edge: &'p Edge,
    from: usize,
    to: usize,
}

impl Pair<'_, '_, '_> {
    fn from(&self) -> &Context {
        &self.case.config().contexts[self.from]
    }

    fn to(&self) -> &Context {
        &self.case.config().contexts[self.to]
    }

    /// The question what moving the user into the context that it uses would bring: where both are ordinary ones, no
    /// context would object to what the crate uses and is used by, and its own keeps other crates.
    fn moved(&self) -> Option<String> {
        let case = self.case;
        let (member, kinds) = (self.edge.from, case.config().settings.contexts.kinds);
        let context = |node| {
            let own = || case.architecture.context(node).map(|(index, _)| index);
            if node == member { Some(self.to) } else { own() }
        };
        let fits = |edge: &Edge| {
            let (Some(from), Some(to)) = (context(edge.from), context(edge.to)) else {
                return true;
            };
            let pair = Pair {
                edge,
                from,
                to,
                ..*self
            };
            let free = from == to || pair.from().kind == ContextKind::CompositionRoot;
            free || pair.undeclared().is_none() && pair.private().is_none()
        };
        let split = &case.architecture.splits.contexts;
        let seen = |edge: &&Edge| kinds.contains(edge.kind) && split.shows(case.workspace(), edge);
        let mut edges = case.graph.edges_at(member).filter(seen);
        let own = case.architecture.context_of.iter().flatten();
        let stays = own.filter(|assigned| assigned.unit == self.from).nth(1).is_some();
        let ordinary = self.from().kind == ContextKind::Bounded && self.to().kind == ContextKind::Bounded;
        let sensible = ordinary && stays && edges.all(fits);
        ask_to_move("over", case.name(member), "context", &self.to().name.value).filter(|_| sensible)
    }

    /// Into a context that `may-use` does not list, into a composition root, or from a shared kernel into a context
    /// that it does not list.
    fn undeclared(&self) -> Option<Charge> {
        let (from, to) = (self.from(), self.to());
        let (from_name, to_name) = (&from.name.value, &to.name.value);
        let listed = self.case.architecture.contexts[self.from].may_use.as_ref();
        let lists_it = self.case.architecture.lists(self.from, self.to, self.edge.to);
        let in_part = self.case.architecture.contexts[self.from].parts.contains_key(&self.to);
        let (label, related, way_out) = if to.kind == ContextKind::CompositionRoot {
            (
                format!("`{to_name}` is a composition root, which no other context may use"),
                Label {
                    span: to.name.span,
                    text: format!("`{to_name}` is declared here"),
                },
                format!("move what `{from_name}` needs out of `{to_name}` into a context that it may use"),
            )
        } else if in_part && !lists_it {
            self.beside_the_faces()
        } else if from.kind == ContextKind::SharedKernel && !lists_it {
            (
                format!("`{from_name}` is a shared kernel, which may use only what it lists"),
                Label {
                    span: from.may_use.as_ref().map_or(from.name.span, |list| list.key),
                    text: format!("`{from_name}` does not list `{to_name}`"),
                },
                format!("move what is needed into `{from_name}`, or list \"{to_name}\" in its `may-use`"),
            )
        } else if listed.is_some() && !lists_it && to.kind != ContextKind::SharedKernel {
            (
                format!("context `{from_name}` does not declare that it uses context `{to_name}`"),
                Label {
                    span: from.may_use.as_ref().map_or(from.name.span, |list| list.key),
                    text: format!("`may-use` of `{from_name}` does not list `{to_name}`"),
                },
                format!(
                    "take what is needed from a context that `{from_name}` lists, or add \"{to_name}\" to its `may-use`"
                ),
            )
        } else {
            return None;
        };
        let into_root = to.kind == ContextKind::CompositionRoot;
        let ends = if into_root { (to, from) } else { (from, to) };
        Some(self.charge(Code::ContextUndeclared, label, related, ends, way_out))
    }

    /// What is to be said of a crate that the listed faces do not hold.
    fn beside_the_faces(&self) -> (String, Label, String) {
        let (from, to) = (self.from(), self.to());
        let (from_name, to_name) = (&from.name.value, &to.name.value);
        let listed: Vec<&Spanned<String>> = (from.may_use.iter().flat_map(|list| &list.names))
            .filter(|name| {
                name.value
                    .split_once(':')
                    .is_some_and(|(context, _)| context == to_name)
            })
            .collect();
        let faces = names(listed.iter().map(|name| name.value.as_str()), 5);
        let part = self.case.architecture.contexts[self.from].parts.get(&self.to);
        let held = part.iter().flat_map(|crates| self.case.workspace().highest(crates));
        let held = names(held, 5);
        let held = if held.is_empty() { "nothing".to_owned() } else { held };
        let named = self.case.name(self.edge.to);
        let open = self.case.architecture.opens(self.to, self.from, self.edge.to);
        let way_out = match self.face_of(self.edge.to).filter(|_| open) {
            Some(face) => format!(", or add \"{to_name}:{face}\", which holds `{named}`, to its `may-use`"),
            None if open => format!(", or list all of \"{to_name}\" in its `may-use`"),
            None => String::new(),
        };
        (
            format!("context `{from_name}` may use only what {faces} holds: {held}"),
            Label {
                span: listed.first().map_or(from.name.span, |name| name.span),
                text: format!("`may-use` of `{from_name}` lists a part of `{to_name}`, without `{named}`"),
            },
            format!("use what is listed ({held}){way_out}"),
        )
    }

    /// A face of the other context that holds a crate.
    fn face_of(&self, node: NodeId) -> Option<&str> {
        let crates = &self.case.architecture.contexts[self.to].open.faces;
        let mut faces = self.to().faces.iter().zip(crates);
        let holding = faces.find(|(_, crates)| crates.contains(node.index()));
        holding.map(|(face, _)| face.name.value.as_str())
    }

    /// Into a crate that is not public to the context.
    fn private(&self) -> Option<Charge> {
        let to = self.to();
        let open = &self.case.architecture.contexts[self.to].open;
        let mut face = open.face.clone()?;
        if to.kind == ContextKind::CompositionRoot || self.case.architecture.opens(self.to, self.from, self.edge.to) {
            return None;
        }
        if let Some(besides) = open.public_to.get(&self.from) {
            face.union_with(besides);
        }
        let to_name = &to.name.value;
        let named = self.case.name(self.edge.to);
        let (span, text) = match (&to.public, &self.case.config().settings.default_face) {
            (Some(list), _) => (list.key, format!("`public` of `{to_name}` does not list it")),
            (None, Some(list)) => (
                list.key,
                format!("the default face does not hold it, and `{to_name}` has no other"),
            ),
            (None, None) => (to.name.span, format!("`{to_name}` is declared here")),
        };
        let public = names(self.case.workspace().highest(&face), 5);
        let way_out = if public.is_empty() {
            format!("nothing in `{to_name}` is public: add \"{named}\" to its `public` where it is meant to be")
        } else {
            format!("use what `{to_name}` makes public ({public}), or add \"{named}\" to its `public`")
        };
        let label = format!("not public: context `{to_name}` keeps `{named}` to itself");
        Some(self.charge(
            Code::ContextPrivate,
            label,
            Label { span, text },
            (to, self.from()),
            way_out,
        ))
    }

    /// The reason and the help are those of the first context that has one.
    fn charge(
        &self,
        code: Code,
        label: String,
        related: Label,
        (first, second): (&Context, &Context),
        way_out: String,
    ) -> Charge {
        let (from, to) = (self.case.name(self.edge.from), self.case.name(self.edge.to));
        let (from_context, to_context) = (&self.from().name.value, &self.to().name.value);
        let what = match code {
            Code::ContextPrivate => format!("`{to}`, which is private to context `{to_context}`"),
            _ => format!("`{to}` (context `{to_context}`)"),
        };
        let own_help = first.help.as_ref().or(second.help.as_ref()).cloned();
        let mut help: Vec<String> = own_help.into_iter().collect();
        help.push(way_out);
        help.push(record(code.as_str(), from, to));
        Charge {
            code,
            rule: None,
            message: format!("`{from}` (context `{from_context}`) may not use {what}"),
            label,
            related: vec![related],
            reason: first.reason.as_ref().or(second.reason.as_ref()).cloned(),
            help,
        }
    }
}
