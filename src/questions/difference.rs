//! What a change would bring: findings that appear and vanish, by what exceptions and the baseline know them by.

use std::collections::HashSet;

use serde::Serialize;

use crate::finding::{Code, Finding};
use crate::report::Report;

/// How two reports differ.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Difference {
    /// Findings that were not there.
    pub(crate) appearing: Vec<Finding>,
    /// Findings that are there no more.
    pub(crate) vanishing: Vec<Finding>,
    /// Findings that were there and concern more crates.
    pub(crate) spreading: Vec<Spread>,
}

/// A finding about a path that more crates take, through the crate where it is to be mended.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Spread {
    /// The finding.
    pub(crate) finding: Finding,
    /// The crates that did not break the rule before.
    pub(crate) crates: Vec<String>,
}

impl Difference {
    /// What stands in `after` and not in `before`, and the other way round; what is excused counts in neither. A crate
    /// that broke a rule by way of another and now breaks it by itself does so by what was added, if anything was.
    pub(super) fn between(before: &Report, after: &Report, added: bool) -> Self {
        let (known, found) = (Known::new(before), Known::new(after));
        let known_alone = |finding: &Finding| known.says(finding) || !added && known.folds(finding);
        let spread = |finding: &Finding| {
            let crates = known.not_affected(finding);
            (!crates.is_empty()).then(|| Spread {
                finding: finding.clone(),
                crates,
            })
        };
        Self {
            appearing: after.active().filter(|f| !known_alone(f)).cloned().collect(),
            vanishing: before
                .active()
                .filter(|f| !found.says(f) && !found.folds(f))
                .cloned()
                .collect(),
            spreading: after.active().filter(|f| known.says(f)).filter_map(spread).collect(),
        }
    }

    /// Every finding that says no to the change.
    pub(super) fn objections(&self) -> impl Iterator<Item = &Finding> {
        self.appearing
            .iter()
            .chain(self.spreading.iter().map(|spread| &spread.finding))
    }
}

/// What a report says, in the ways in which another may say the same.
struct Known<'r> {
    fingerprints: HashSet<&'r str>,
    /// Rule, from and to of every finding.
    own: HashSet<Pair<'r>>,
    /// The same of the crates that findings were folded from.
    folded: HashSet<Pair<'r>>,
    cycles: Vec<(&'r str, HashSet<&'r str>)>,
}

/// Rule, from and to.
type Pair<'r> = (&'r str, &'r str, &'r str);

impl<'r> Known<'r> {
    fn new(report: &'r Report) -> Self {
        let active = || report.active();
        let folded = |f: &'r Finding| f.also_affects.iter().map(|from| (&*f.rule, &**from, &*f.to));
        Self {
            fingerprints: active().map(|f| &*f.fingerprint).collect(),
            own: active().map(|f| (&*f.rule, &*f.from, &*f.to)).collect(),
            folded: active().flat_map(folded).collect(),
            cycles: active().filter_map(|f| Some((&*f.rule, units(f)?))).collect(),
        }
    }

    /// Whether the report says this, or tells of a cycle that goes further.
    fn says(&self, finding: &Finding) -> bool {
        let wider = |units: HashSet<&str>| {
            let same_rule = self.cycles.iter().filter(|(rule, _)| *rule == finding.rule);
            same_rule.map(|(_, all)| all).any(|all| units.is_subset(all))
        };
        self.fingerprints.contains(&*finding.fingerprint) || units(finding).is_some_and(wider)
    }

    /// Whether the report folds this into what another crate does.
    fn folds(&self, finding: &Finding) -> bool {
        self.folded.contains(&(&*finding.rule, &*finding.from, &*finding.to))
    }

    /// The crates that a finding was folded from and that the report does not know.
    fn not_affected(&self, finding: &Finding) -> Vec<String> {
        let known = |from: &&String| {
            let pair: Pair<'_> = (&finding.rule, from, &finding.to);
            self.own.contains(&pair) || self.folded.contains(&pair)
        };
        finding
            .also_affects
            .iter()
            .filter(|from| !known(from))
            .cloned()
            .collect()
    }
}

/// The units of a cycle, as its fingerprint lists them.
fn units(finding: &Finding) -> Option<HashSet<&str>> {
    let cycle = matches!(finding.code, Code::Cycle | Code::ContextCycle);
    let listed = finding.fingerprint.strip_prefix(&*finding.rule).filter(|_| cycle)?;
    Some(listed.split(':').filter(|part| !part.is_empty()).collect())
}
