//! `[[gateway]]`, bound: what stands on which side of the gateway.

use fixedbitset::FixedBitSet;

use super::{BoundRule, Externals, Lists};
use crate::config::Gateway;
use crate::config::selector::SelectorList;
use crate::error::{Problem, ProblemKind};

impl Lists<'_, '_, '_> {
    /// Crates of `via` stand in the gateway, and so at neither end of a path; crates of `to` stand behind it.
    pub(super) fn gateway(&mut self, gateway: &Gateway) -> BoundRule {
        let before = self.evaluator.problems.len();
        let via = self.members("via", &gateway.via);
        let mut partial = self.evaluator.partial;
        let mut to = self.packages("to", &gateway.to, Externals::Ban);
        partial |= self.evaluator.partial;
        let mut from = match &gateway.from {
            Some(list) => {
                let from = self.members("from", list);
                partial |= self.evaluator.partial;
                self.via_apart(gateway, list, &from, &via);
                from
            }
            None => self.every_member(),
        };
        let reach = self.reach(&gateway.reach, &from);
        let ends = !to.is_clear();
        let starts = !from.is_clear();
        to.difference_with(&via);
        from.difference_with(&via);
        from.difference_with(&to);
        if !partial && self.evaluator.problems.len() == before && !self.rule.allow_empty {
            let externals = self.names_an_external(&gateway.to);
            if ends && to.is_clear() && !externals {
                self.inert(&gateway.to, "`to` selects nothing but crates of `via`");
            } else if starts && from.is_clear() {
                let key = gateway.from.as_ref().unwrap_or(&gateway.to);
                self.inert(key, "no path starts outside of `to`");
            }
        }
        BoundRule::Gateway { from, to, via, reach }
    }

    /// Reports a gateway that is where its paths start.
    fn via_apart(&mut self, gateway: &Gateway, list: &SelectorList, from: &FixedBitSet, via: &FixedBitSet) {
        let Some(member) = from.intersection(via).next() else {
            return;
        };
        let member = &self.evaluator.graph.workspace().members[member].name;
        let name = &self.rule.name.value;
        let message = format!("`{member}` is in `from` and in `via` of rule `{name}`");
        let problem = Problem::new(ProblemKind::Config, message)
            .at(list.key, format!("`from` selects `{member}`"))
            .at(gateway.via.key, "and so does `via`")
            .help(format!(
                "take it out of `from`: `!{member}`; without `from` the rule judges every member but those of `via`"
            ));
        self.evaluator.problems.push(problem);
    }

    fn inert(&mut self, list: &SelectorList, label: &str) {
        let message = format!("rule `{}` would judge nothing", self.rule.name.value);
        let problem = Problem::new(ProblemKind::Config, message)
            .at(list.key, label)
            .help("write `allow-empty = true` where that is meant");
        self.evaluator.problems.push(problem);
    }
}
