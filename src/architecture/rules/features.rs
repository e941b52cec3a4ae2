//! `[[features]]`, bound: a denied feature that no crate of `to` has would deny nothing.

use super::{BoundRule, Externals, Lists, Selection};
use crate::config::FeatureBan;
use crate::config::demands::DEFAULT;
use crate::config::nearest::nearest;
use crate::error::{Problem, ProblemKind};
use crate::source::Span;
use crate::workspace::Member;

impl Lists<'_, '_, '_> {
    pub(super) fn features(&mut self, ban: &FeatureBan) -> BoundRule {
        let from = match &ban.from {
            Some(from) => self.members("from", from),
            None => self.every_member(),
        };
        let before = self.evaluator.problems.len();
        let to = self.packages("to", &ban.to, Externals::Ban);
        let settled = !self.evaluator.partial && self.evaluator.problems.len() == before;
        // What features an external has is cargo's to know.
        if settled && !self.rule.allow_empty && !to.is_clear() && !self.names_an_external(&ban.to) {
            let denied = ban.deny.iter().map(|word| (word.value.as_str(), word.span));
            for (feature, span) in denied.chain(ban.default.map(|key| (DEFAULT, key))) {
                self.somebody_has(feature, span, &to);
            }
        }
        BoundRule::Features { from, to }
    }

    fn somebody_has(&mut self, feature: &str, span: Span, to: &Selection) {
        let workspace = self.evaluator.graph.workspace();
        let members = || to.ones().filter_map(|slot| workspace.members.get(slot));
        if members().any(|member: &Member| member.features.get(feature).is_some()) {
            return;
        }
        let known = || members().flat_map(|member| member.features.iter().map(|f| f.name.value.as_str()));
        let name = &self.rule.name.value;
        let message = format!("no crate of `to` has a feature `{feature}`, which rule `{name}` denies");
        let problem = Problem::new(ProblemKind::Config, message).at(span, "denies nothing");
        let problem = match nearest(feature, known()) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem.help("write `allow-empty = true` where the feature need not be there"),
        };
        self.evaluator.problems.push(problem);
    }
}
