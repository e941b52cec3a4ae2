//! What is said of a feature that is turned on: the places that do it, and the ways out.

use super::activations::{Activation, Start};
use crate::config::demands::DEFAULT;
use crate::finding::Label;
use crate::rules::ways_out::names;
use crate::workspace::features::Link;

/// The two packages of an edge, and what the rule says of them.
pub struct Ends<'e> {
    pub from: &'e str,
    pub to: &'e str,
    /// Whether features of `from` are denied too.
    pub inside: bool,
    /// Whether the same could be declared for tests, which the rule does not judge.
    pub dev: bool,
}

/// What is to be seen at a declaration.
pub fn label(activations: &[Activation<'_>]) -> String {
    let mut features: Vec<&str> = Vec::new();
    for activation in activations {
        if !features.contains(&activation.feature) {
            features.push(activation.feature);
        }
    }
    match features.as_slice() {
        [DEFAULT] => "keeps the default features".to_owned(),
        _ => format!("turns on {}", names(features, super::SHOWN)),
    }
}

/// The words that turn a feature on, one after the other.
pub fn places(ends: &Ends<'_>, activation: &Activation<'_>) -> Vec<Label> {
    let step = |package: &str, link: &Link<'_>| Label {
        span: link.span,
        text: format!("`{}` of `{package}` turns on `{}`", link.by, link.on),
    };
    let mut labels = Vec::new();
    match &activation.start {
        Start::Listed { feature, span, shared } => labels.push(Label {
            span: *span,
            text: match shared {
                true => format!("`{feature}` is turned on here, for all who inherit it"),
                false => format!("`{feature}` is turned on here"),
            },
        }),
        Start::Default { .. } => {}
        Start::Forwarded {
            by, value, span, chain, ..
        } => {
            labels.extend(chain.iter().map(|link| step(ends.from, link)));
            labels.push(Label {
                span: *span,
                text: format!("`{by}` of `{}` turns on `{value}`", ends.from),
            });
        }
    }
    labels.extend(activation.chain.iter().map(|link| step(ends.to, link)));
    labels
}

/// What to do about it.
pub fn ways_out(ends: &Ends<'_>, activation: &Activation<'_>) -> Vec<String> {
    let Ends { from, to, .. } = ends;
    let mut ways = Vec::new();
    match &activation.start {
        Start::Listed { feature, shared, .. } => ways.push(match shared {
            true => format!(
                "take `{feature}` out of the `features` of `{to}` in `[workspace.dependencies]`, and add it where it may be on"
            ),
            false => format!("take `{feature}` out of the `features` of `{to}`"),
        }),
        Start::Default { shared } => ways.push(match shared {
            true => format!(
                "write `default-features = false` for `{to}` in `[workspace.dependencies]`, and no `default-features = true` \
                 here"
            ),
            false => format!("write `default-features = false`, and name the features of `{to}` that are needed"),
        }),
        Start::Forwarded {
            by,
            value,
            chain,
            denied,
            ..
        } => {
            if let Some(last) = chain.last().filter(|_| *denied) {
                ways.push(format!("take `{}` out of feature `{}` of `{from}`", last.on, last.by));
            } else {
                ways.push(format!("take `{value}` out of feature `{by}` of `{from}`"));
                if ends.inside && chain.is_empty() && *by != DEFAULT {
                    ways.push(format!("or deny `{by}` too: whoever turns it on is then judged for that"));
                }
            }
        }
    }
    if let Some(last) = activation.chain.last() {
        ways.push(format!("or take `{}` out of feature `{}` of `{to}`", last.on, last.by));
    }
    ways
}

/// Where only tests need what is denied, they can have it.
pub fn in_tests(ends: &Ends<'_>, features: &[&str]) -> Option<String> {
    let explicit: Vec<&str> = features.iter().copied().filter(|feature| *feature != DEFAULT).collect();
    (ends.dev && !explicit.is_empty()).then(|| {
        format!(
            "where only tests need it, turn on {} in `[dev-dependencies]`",
            names(explicit, super::SHOWN)
        )
    })
}
