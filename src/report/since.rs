//! How a run compares with an earlier revision: what is new, what was mended, and what was made looser.

use serde::Serialize;

use crate::baseline::Line;
use crate::finding::{Code, Finding, Level, Related, Status};
use crate::source::{Location, Sources};

/// How a run compares with an earlier revision. The findings of the report are those that are new.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Since {
    /// The revision, as it was asked for.
    pub revision: String,
    /// The commit that it means.
    pub commit: String,
    /// How many findings of the report are new: all that count.
    pub new: usize,
    /// How many findings there were at the revision and are today; they do not count.
    pub before: usize,
    /// What was found at the revision and is not found today.
    pub fixed: Vec<Fixed>,
}

/// A finding of the revision that is none any more.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Fixed {
    /// What kind of finding it was.
    #[cfg_attr(test, schemars(with = "String"))]
    pub code: Code,
    /// The rule's `name` for named rules, else the code.
    pub rule: String,
    /// What it said.
    pub message: String,
    /// The same as the finding's.
    pub fingerprint: String,
}

/// Which members alone were judged.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Changed {
    /// The revision since which they changed.
    pub revision: String,
    /// How many members' manifests changed.
    pub members: usize,
    /// Whether everything was judged after all, since what all members share changed.
    pub all: bool,
}

impl Fixed {
    /// What is left of a finding.
    #[must_use]
    pub fn of(finding: &Finding) -> Self {
        Self {
            code: finding.code,
            rule: finding.rule.clone(),
            message: finding.message.clone(),
            fingerprint: finding.fingerprint.clone(),
        }
    }
}

/// Whether a finding of today is one of then: the same by identity, a cycle of no other units than one of then had, or a
/// path that was folded into another crate's.
#[must_use]
pub fn is_same(today: &Finding, then: &Finding) -> bool {
    if today.fingerprint == then.fingerprint {
        return true;
    }
    if today.rule != then.rule {
        return false;
    }
    let within = |unit: &String| then.component.binary_search(unit).is_ok();
    let cycle = !today.component.is_empty() && today.component.iter().all(within);
    let folded = today.to == then.to && today.external == then.external && then.also_affects.contains(&today.from);
    cycle || folded
}

/// Whether a finding of then is still there or excused: a cycle of which an excuse leaves an edge out is not mended.
#[must_use]
pub fn is_left(then: &Finding, today: &Finding) -> bool {
    let within = |unit: &String| then.component.binary_search(unit).is_ok();
    let left_out = today.status != Status::Active && today.rule == then.rule;
    is_same(today, then) || left_out && within(&today.from) && within(&today.to)
}

/// Whether two findings are about one edge, whatever the rule: for cycles, about cycles of the same rule.
#[must_use]
pub fn is_about_the_same(a: &Finding, b: &Finding) -> bool {
    if a.component.is_empty() && b.component.is_empty() {
        let from = a.from == b.from || b.also_affects.contains(&a.from);
        return from && a.to == b.to && a.external == b.external && a.kind == b.kind;
    }
    a.rule == b.rule
}

/// The finding for an edge of today that an earlier boundaries.toml forbade, from what that would have found.
#[must_use]
pub fn legalised(found: Finding, excepted: Option<&Finding>, revision: &str, level: Level) -> Finding {
    let subject = match found.component.as_slice() {
        [] => format!("`{}` → `{}`", found.from, found.to),
        units => {
            let named: Vec<String> = units.iter().map(|unit| format!("`{unit}`")).collect();
            format!("the cycle of {}", named.join(", "))
        }
    };
    let how = if excepted.is_some() {
        "is excepted now"
    } else {
        "is allowed now"
    };
    let what = if found.rule == found.code.as_str() {
        format!("`{}`", found.code)
    } else {
        format!("`{}` (`{}`)", found.rule, found.code)
    };
    Finding {
        code: Code::LegalisedEdge,
        rule: Code::LegalisedEdge.as_str().to_owned(),
        level,
        status: Status::Active,
        message: format!("{subject} broke {what} at `{revision}` and {how}"),
        label: "judged by looser rules now".to_owned(),
        help: vec![
            format!("at `{revision}` it was said: {}", found.message),
            "if it is meant to be allowed, say so where the change is reviewed; else take back what made the rule looser"
                .to_owned(),
        ],
        usage: None,
        fingerprint: format!("{}:{}", Code::LegalisedEdge, found.fingerprint),
        also_affects: Vec::new(),
        history: None,
        excusable: Vec::new(),
        ..found
    }
}

/// The finding for a line that an earlier baseline did not have.
#[must_use]
pub fn grown(line: &Line, sources: &Sources, covered: Option<&Finding>, revision: &str, level: Level) -> Finding {
    let edge = line.edge();
    let edge_text = format!("`{}` → `{}` (`{}`, {})", edge.from, edge.to, edge.rule, edge.kind);
    let related = covered.map(|finding| Related {
        location: finding.primary.clone(),
        message: "the edge that it excuses".to_owned(),
    });
    let primary: Location = sources.location(line.span);
    Finding {
        code: Code::GrownBaseline,
        rule: Code::GrownBaseline.as_str().to_owned(),
        level,
        status: Status::Active,
        message: format!("the baseline grew by {edge_text} since `{revision}`"),
        reason: None,
        external: edge.to.starts_with("external:"),
        kind: Some(edge.kind),
        path: Vec::new(),
        also_affects: Vec::new(),
        owners: covered.map_or_else(Vec::new, |finding| finding.owners.clone()),
        declarations: Vec::new(),
        hops: Vec::new(),
        primary,
        related: related.into_iter().collect(),
        help: vec![
            "take the dependency out and the line with it".to_owned(),
            "or agree on it: an `[[exceptions]]` entry in boundaries.toml says why it stands, and until when"
                .to_owned(),
        ],
        usage: None,
        fingerprint: format!(
            "{}:{}:{}:{}:{}",
            Code::GrownBaseline,
            edge.rule,
            edge.from,
            edge.to,
            edge.kind
        ),
        label: format!("this line was not there at `{revision}`"),
        history: None,
        excusable: Vec::new(),
        component: Vec::new(),
        from: edge.from,
        to: edge.to,
    }
}
