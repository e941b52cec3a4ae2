//! Under which conditions the items of a scope stand: their `cfg`s, and the macros that are given them.

use proc_macro2::TokenStream;
use syn::{Attribute, ItemMacro, Meta};

use super::super::facts::When;
use super::walk::Walker;

/// A condition of more bytes is not made longer.
const LONGEST: usize = 4_000;

impl Walker<'_> {
    /// The condition of an item with these attributes, where the walk is.
    pub(super) fn when_of(&mut self, attributes: &[Attribute]) -> Option<When> {
        let mut when = self.when;
        for attribute in attributes {
            if let Meta::List(list) = &attribute.meta
                && list.path.is_ident("cfg")
            {
                when = Some(self.under_predicate(when, &list.tokens));
            }
        }
        when
    }

    /// What a predicate says, and what stands around it, as one condition.
    pub(super) fn under_predicate(&mut self, outer: Option<When>, predicate: &TokenStream) -> When {
        let text = predicate.to_string();
        let inner = text.strip_prefix("not").map(str::trim_start);
        let inner = inner.and_then(|rest| rest.strip_prefix('(')?.strip_suffix(')'));
        let (text, not) = inner.map_or((text.trim(), false), |inner| (inner.trim(), true));
        self.joined(outer, text, not)
    }

    /// Does something in a branch of a macro's call. Branches of `cfg_if!` are each under a condition of their own;
    /// what is given to `cfg_not_x!` is left out where what is given to `cfg_x!` is not, as all name them who have both.
    /// A macro of another name gives back what it is given, as far as anybody knows.
    pub(super) fn in_branch(&mut self, called: &ItemMacro, branch: usize, act: impl FnOnce(&mut Self)) {
        let outer = self.when;
        if let Some(last) = called.mac.path.segments.last() {
            let name = last.ident.to_string();
            if !name.contains("cfg") {
                return act(self);
            }
            let (text, not) = if name == "cfg_if" || name == "cfg_select" {
                let (start, _) = self.range(last.ident.span(), last.ident.span());
                (format!("{name}! {start} {branch}"), false)
            } else if let Some(rest) = name.strip_prefix("cfg_not_") {
                (format!("cfg_{rest}!"), true)
            } else {
                (format!("{name}!"), false)
            };
            self.when = Some(self.joined(outer, &text, not));
        }
        act(self);
        self.when = outer;
    }

    /// A condition and one that stands around it, as one.
    fn joined(&mut self, outer: Option<When>, text: &str, not: bool) -> When {
        let (text, not) = match outer {
            None => (text.to_owned(), not),
            Some(outer) => {
                let around = self.conditions.get(&outer.name).map_or("", String::as_str);
                // Only source without sense says more, and each condition holds all those around it.
                if around.len() > LONGEST {
                    return outer;
                }
                let sign = |not: bool| if not { "!" } else { "" };
                (format!("{}{around} & {}{text}", sign(outer.not), sign(not)), false)
            }
        };
        let name = self.names.of(&text);
        self.conditions.entry(name).or_insert(text);
        When { name, not }
    }
}
