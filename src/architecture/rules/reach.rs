//! How far a rule looks, bound.

use fixedbitset::FixedBitSet;

use super::{BoundReach, Externals, Lists};
use crate::config::Reach;
use crate::config::nearest::{nearest, quoted};
use crate::error::{Problem, ProblemKind};
use crate::source::Spanned;
use crate::workspace::builds::FeatureSet;

impl Lists<'_, '_, '_> {
    /// Which externals a list of what is permitted may name: along paths also those on which no member depends.
    pub(super) fn permitted(&self) -> Externals {
        if self.evaluator.config.looks_at_the_lockfile_for(self.rule) {
            Externals::Reach
        } else {
            Externals::Permit
        }
    }

    /// Binds how far a rule looks from these crates.
    pub(super) fn reach(&mut self, reach: &Reach, from: &FixedBitSet) -> BoundReach {
        let Reach::Transitive {
            through,
            not_through,
            features,
            ..
        } = reach
        else {
            return BoundReach::Direct;
        };
        if let FeatureSet::Listed(names) = features {
            for name in names {
                self.somebody_turns_on(name, from);
            }
        }
        BoundReach::Transitive {
            through: *through,
            not_through: match not_through {
                Some(list) => self.packages("not-through", list, self.permitted()),
                None => self.evaluator.universe.nothing(),
            },
        }
    }

    /// As with `--features`, a crate that lacks a feature is built without it, and one at least must have it.
    fn somebody_turns_on(&mut self, feature: &Spanned<String>, from: &FixedBitSet) {
        let workspace = self.evaluator.graph.workspace();
        let members = || from.ones().filter_map(|index| workspace.members.get(index));
        // A crate may be built with `default` though it declares none: nothing is turned on, then.
        let has = |name: &str| name == "default" || members().any(|member| member.features.get(name).is_some());
        if has(&feature.value) || from.is_clear() {
            return;
        }
        let message = format!("no crate of `from` has a feature {}", quoted(&feature.value));
        let known = members().flat_map(|member| member.features.iter().map(|f| f.name.value.as_str()));
        let label = match nearest(&feature.value, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "nothing would be turned on".to_owned(),
        };
        let problem = Problem::new(ProblemKind::Config, message).at(feature.span, label);
        let help = "name features of the crates at which the paths start, as their `[features]` declare them";
        self.evaluator.problems.push(problem.help(help));
    }
}
