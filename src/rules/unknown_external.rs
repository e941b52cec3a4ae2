//! `unknown-external`: a ban names an external that is one edit away from one that is there.

use super::{Candidate, Case, Charge, Rule, Subject};
use crate::finding::Code;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::UnknownExternal],
    check,
};

fn check<'w>(case: &Case<'_, 'w>, candidates: &mut Vec<Candidate<'w>>) {
    for near in &case.architecture.near_externals {
        let (name, there) = (&near.name, &near.near);
        candidates.push(Candidate {
            subject: Subject::Place(near.span),
            charges: vec![Charge {
                code: Code::UnknownExternal,
                rule: None,
                message: format!("no member depends on an external `{name}`, but `{there}` is one"),
                label: format!("did you mean `external:{there}`?"),
                related: Vec::new(),
                reason: None,
                help: vec![format!(
                    "write `external:{name}?` where `{name}` is meant and is to be kept out for good"
                )],
            }],
            also_affects: Vec::new(),
        });
    }
}
