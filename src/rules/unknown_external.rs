//! `unknown-external`: a ban names an external that is not there and is one edit away from one that is.

use super::{Candidate, Case, Charge, Rule, Subject};
use crate::finding::Code;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::UnknownExternal],
    check,
};

fn check<'w>(case: &Case<'_, 'w>, candidates: &mut Vec<Candidate<'w>>) {
    for absent in &case.architecture.absent_externals {
        let name = &absent.name;
        let Some((there, message)) = near(case, name) else {
            continue;
        };
        let (prefix, way_out) = if absent.bare {
            let way_out = format!(
                "write `{there}` where that is meant; `unknown-external = \"allow\"` in `[levels]` keeps this line"
            );
            ("", way_out)
        } else {
            let way_out = format!("write `external:{name}?` where `{name}` is meant and is to be kept out for good");
            ("external:", way_out)
        };
        candidates.push(Candidate {
            subject: Subject::Place(absent.span),
            charges: vec![Charge {
                code: Code::UnknownExternal,
                rule: None,
                message,
                label: format!("did you mean `{prefix}{there}`?"),
                related: Vec::new(),
                reason: None,
                help: vec![way_out],
            }],
            also_affects: Vec::new(),
        });
    }
}

/// The external that may be meant, and what is to be said of it: one that a member declares, or one that Cargo.lock
/// holds where a rule looks there. None where the name is in Cargo.lock itself.
fn near(case: &Case<'_, '_>, name: &str) -> Option<(String, String)> {
    let lock = case.lock;
    let locked = || {
        let lock = lock.into_iter();
        let third = lock.flat_map(|lock| {
            lock.ids()
                .filter(|id| lock.member_of(*id).is_none())
                .map(|id| lock.package(id))
        });
        third.map(|package| package.name.as_str())
    };
    if locked().any(|there| there == name) {
        return None;
    }
    let mut declared = case.workspace().externals.iter().map(|external| external.name.as_str());
    if let Some(there) = declared.find(|there| one_edit_apart(name, there)) {
        let message = format!("no member depends on an external `{name}`, but `{there}` is one");
        return Some((there.to_owned(), message));
    }
    let there = locked().find(|there| one_edit_apart(name, there))?;
    let message = format!("`Cargo.lock` holds no external `{name}`, but it holds `{there}`");
    Some((there.to_owned(), message))
}

/// Whether a name is a single edit away from another, or differs from it in `-` and `_` alone.
fn one_edit_apart(name: &str, other: &str) -> bool {
    strsim::damerau_levenshtein(name, other) == 1 || name.replace('_', "-") == other.replace('_', "-")
}
