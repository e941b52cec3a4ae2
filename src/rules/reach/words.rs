//! What is said of a pair: the message, and where its path can be cut.

use super::{Search, Target};
use crate::config::Demand;
use crate::rules::allowed::{closed, words};
use crate::rules::named::Words;
use crate::rules::{Charge, PathStep};

impl Search<'_, '_, '_> {
    /// The charge of a pair; `closing` says what would close its path without cutting it.
    pub(super) fn charge(&self, path: &[PathStep], target: &Target, closing: Option<String>) -> Charge {
        let (from, to) = (path.first().map_or("", |step| &step.from), &target.name);
        let list = match &self.rule.rule().demand {
            Demand::Allowed { to, .. } => Some(to),
            _ => None,
        };
        let words = match (path, list) {
            ([_, _, ..], Some(_)) => Words {
                message: format!(
                    "`{from}` reaches `{to}`, {} steps away, which its list does not hold",
                    count(path.len())
                ),
                label: "the path starts here".to_owned(),
                way_out: format!(
                    "{}, or add \"{}\" to `to` of rule `{}`",
                    cut(path),
                    target.identity,
                    self.rule.name()
                ),
            },
            (_, Some(_)) => words(&self.rule, (from, to), &target.identity),
            ([_, _, ..], None) => Words {
                message: format!("`{from}` reaches `{to}`, {} steps away", count(path.len())),
                label: "the path starts here".to_owned(),
                way_out: cut(path),
            },
            (_, None) => Words {
                message: format!("`{from}` may not use `{to}`"),
                label: format!("uses `{to}` directly"),
                way_out: format!("take `{to}` out of `{from}`, or let a crate that may use it hand in what is needed"),
            },
        };
        let mut charge = self.rule.charge_named(from, &target.identity, words);
        charge.related.extend(list.map(closed));
        if let Some(closing) = closing {
            // The rule's own help stands before ours.
            charge
                .help
                .insert(usize::from(self.rule.rule().help.is_some()), closing);
        }
        charge
    }
}

/// Where a path of several steps can be cut: at its start, and at the last step that a manifest of the workspace declares.
/// What third parties use is not for its reader to cut, though a feature may leave it out.
fn cut(path: &[PathStep]) -> String {
    let named = |step: &PathStep| format!("`{}` → `{}`", step.from, step.to);
    let declared = path.iter().rposition(|step| step.declared).unwrap_or(0);
    let (start, last, to) = (&path[0], &path[declared], &path[path.len() - 1].to);
    let leaves = declared + 1 < path.len();
    match declared {
        0 => format!(
            "take `{}` out of `{}`, or turn off the feature of it that brings `{to}` in",
            start.to, start.from
        ),
        _ if leaves => format!(
            "cut the path at its start, {}, or where it leaves the workspace, {}",
            named(start),
            named(last)
        ),
        1 => format!(
            "cut {}, or {} for all who use `{}`",
            named(start),
            named(last),
            start.to
        ),
        _ => format!(
            "cut the path at its start, {}, or at its end, {}",
            named(start),
            named(last)
        ),
    }
}

fn count(steps: usize) -> String {
    const WORDS: [&str; 10] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    ];
    WORDS
        .get(steps)
        .map_or_else(|| steps.to_string(), |word| (*word).to_owned())
}
