//! `not-allowed`: `[[allowed]]` says that a crate of `from` may use nothing but `to`.

use fixedbitset::FixedBitSet;
use semver::Version;

use super::named::{Named, Words};
use super::reach::{Search, Shut};
use super::{Candidate, Case, Rule};
use crate::architecture::selection::Selection;
use crate::architecture::{BoundReach, BoundRule};
use crate::config::selector::SelectorList;
use crate::config::{Among, Demand};
use crate::finding::{Code, Label};
use crate::workspace::{Kinds, NodeId};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::NotAllowed],
    check,
};

fn check<'w>(case: &Case<'_, 'w>, candidates: &mut Vec<Candidate<'w>>) {
    for (index, bound) in case.architecture.rules.iter().enumerate() {
        let rule = Named {
            case,
            code: Code::NotAllowed,
            index,
        };
        let BoundRule::Allowed { from, to, reach } = bound else {
            continue;
        };
        match reach {
            BoundReach::Direct => direct(rule, from, to, candidates),
            BoundReach::Transitive { through, not_through } => {
                transitive(rule, (from, to), *through, not_through, candidates);
            }
        }
    }
}

fn direct<'w>(rule: Named<'_, '_, 'w>, from: &FixedBitSet, to: &Selection, candidates: &mut Vec<Candidate<'w>>) {
    let case = rule.case;
    let Demand::Allowed { among, to: list, .. } = &rule.rule().demand else {
        return;
    };
    for edge in rule.edges(to, false) {
        if !from.contains(edge.1.from.index()) || !closes(*among, case, edge.1.to) {
            continue;
        }
        let (user, target) = (case.name(edge.1.from), case.name(edge.1.to));
        let words = words(&rule, (user, target), &case.workspace().identity(edge.1.to));
        let mut candidate = rule.object(edge, words);
        candidate.charges[0].related.push(closed(list));
        candidates.push(candidate);
    }
}

/// What is said of a package that a crate uses directly.
pub(super) fn words(rule: &Named<'_, '_, '_>, (user, target): (&str, &str), identity: &str) -> Words {
    let label = match &rule.rule().demand {
        Demand::Allowed { among, to, .. } if to.entries.is_empty() => {
            format!("`{user}` may use {}", nothing_of(*among))
        }
        _ => format!("not among what `{user}` may use"),
    };
    Words {
        message: format!("`{user}` may not use `{target}`, which its list does not hold"),
        label,
        way_out: format!(
            "take `{target}` out of `{user}`, or add \"{identity}\" to `to` of rule `{}`",
            rule.name()
        ),
    }
}

/// Where the list stands.
pub(super) fn closed(list: &SelectorList) -> Label {
    Label {
        span: list.key,
        text: "this list is closed".to_owned(),
    }
}

/// Everything that is reached over what the list holds; what lies behind a package that it does not hold is that
/// package's matter, and reported with it alone.
fn transitive<'w>(
    rule: Named<'_, '_, 'w>,
    (from, to): (&FixedBitSet, &Selection),
    through: Kinds,
    not_through: &Selection,
    candidates: &mut Vec<Candidate<'w>>,
) {
    let case = rule.case;
    let Demand::Allowed {
        among, to: list, reach, ..
    } = &rule.rule().demand
    else {
        return;
    };
    let members = case.workspace().members.len();
    let mut shut = not_through.clone();
    let unlisted: Vec<usize> = match among {
        Among::External => Vec::new(),
        Among::Workspace | Among::All => (0..members).filter(|member| !to.contains(*member)).collect(),
    };
    shut.extend(unlisted.iter().copied());
    if let Some(lock) = case.lock.filter(|_| *among != Among::Workspace) {
        let config = case.config();
        let unlisted = |name: &str, version: &Version| !config.list_names_external(list, name, version);
        let shut = Shut {
            members: &shut,
            externals: &|name, version| unlisted(name, version) || reach.is_not_through(config, name, version),
        };
        Search::outside(rule, lock, shut).onto_externals(from, &unlisted, candidates);
    }
    let search = Search::new(rule, through, &shut);
    for target in unlisted {
        search.onto_member(from, NodeId::new(target), candidates);
    }
}

/// Whether the list closes packages of this sort.
fn closes(among: Among, case: &Case<'_, '_>, node: NodeId) -> bool {
    match among {
        Among::Workspace => !case.workspace().is_external(node),
        Among::External => case.workspace().is_external(node),
        Among::All => true,
    }
}

fn nothing_of(among: Among) -> &'static str {
    match among {
        Among::Workspace => "no member",
        Among::External => "no external",
        Among::All => "nothing",
    }
}
