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
        let (prefix, way_out) = if near.bare {
            let way_out = format!(
                "write `{there}` where that is meant; `unknown-external = \"allow\"` in `[levels]` keeps this line"
            );
            ("", way_out)
        } else {
            let way_out = format!("write `external:{name}?` where `{name}` is meant and is to be kept out for good");
            ("external:", way_out)
        };
        candidates.push(Candidate {
            subject: Subject::Place(near.span),
            charges: vec![Charge {
                code: Code::UnknownExternal,
                rule: None,
                message: format!("no member depends on an external `{name}`, but `{there}` is one"),
                label: format!("did you mean `{prefix}{there}`?"),
                related: Vec::new(),
                reason: None,
                help: vec![way_out],
            }],
            also_affects: Vec::new(),
        });
    }
}
