//! What a finding says of public items that show what they should keep inside.

use super::{About, Writer};
use crate::finding::{Hop, Usage};
use crate::source::Span;
use crate::workspace::{DependencyKind, Exposed, NodeId};

/// How many further places are listed.
const LISTED: usize = 3;

impl<'w> Writer<'_, 'w> {
    /// What a finding says of a module whose public items show another, and the place to look at first.
    pub(super) fn about_exposure(&self, from: NodeId, to: NodeId, places: &[&'w Exposed]) -> (About, Span) {
        let workspace = self.case.workspace();
        let (user, target) = (workspace.name(from), workspace.name(to));
        let kind = DependencyKind::Normal;
        let primary = places[0].place;
        let at = self.sources.location(primary);
        // One place can show several things; it is counted, and listed, once.
        let mut others: Vec<Span> = places.iter().map(|exposed| exposed.place).collect();
        others.dedup();
        let about = About {
            from: user.to_owned(),
            to: target.to_owned(),
            external: workspace.is_external(to),
            kind: Some(kind),
            path: vec![user.to_owned(), target.to_owned()],
            owners: self.owners([from, to]),
            hops: vec![Hop {
                from: user.to_owned(),
                to: target.to_owned(),
                kind: Some(kind),
                file: at.file,
                line: at.line,
                version: None,
                feature: None,
            }],
            identity: format!("{user}:{}:{kind}", workspace.identity(to)),
            usage: Some(Usage {
                references: others.len(),
                places: others
                    .iter()
                    .skip(1)
                    .take(LISTED)
                    .map(|place| self.sources.location(*place))
                    .collect(),
            }),
            ..About::default()
        };
        (about, primary)
    }
}
