//! Which features of one package turn on which others, and by way of which.

use std::collections::{HashMap, VecDeque};

use super::FeatureValue;
use crate::source::Span;
use crate::workspace::Member;

/// One feature that turns on another of the same package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link<'m> {
    /// The feature whose list it stands in.
    pub by: &'m str,
    /// The feature that it turns on.
    pub on: &'m str,
    /// The entry of the list.
    pub span: Span,
}

/// The features of a member that some features turn on, with the shortest chain to each.
#[derive(Debug)]
pub struct Chains<'m> {
    came_by: HashMap<&'m str, Option<Link<'m>>>,
    /// In the order in which they were reached.
    order: Vec<&'m str>,
}

impl<'m> Chains<'m> {
    /// Follows the features of `member` from `sources`, and not beyond those where `ends` holds. Of equally short chains
    /// the one of the earlier source, then of the earlier entry, is kept.
    #[must_use]
    pub fn new(member: &'m Member, sources: impl IntoIterator<Item = &'m str>, ends: impl Fn(&str) -> bool) -> Self {
        let mut chains = Self {
            came_by: HashMap::new(),
            order: Vec::new(),
        };
        let mut queue = VecDeque::new();
        for source in sources {
            if chains.came_by.insert(source, None).is_none() {
                chains.order.push(source);
                queue.push_back(source);
            }
        }
        while let Some(feature) = queue.pop_front() {
            if ends(feature) {
                continue;
            }
            for link in member.links_of(feature) {
                if !chains.came_by.contains_key(link.on) {
                    chains.came_by.insert(link.on, Some(link));
                    chains.order.push(link.on);
                    queue.push_back(link.on);
                }
            }
        }
        chains
    }

    /// Every feature that is turned on, the nearest first.
    pub fn features(&self) -> impl Iterator<Item = &'m str> {
        self.order.iter().copied()
    }

    /// The way to a feature, from a source on: empty where it is one; none where it is not turned on.
    #[must_use]
    pub fn to(&self, feature: &str) -> Option<Vec<Link<'m>>> {
        let mut chain = Vec::new();
        let mut at = self.came_by.get(feature)?;
        while let Some(link) = at {
            chain.push(*link);
            at = self.came_by.get(link.by)?;
        }
        chain.reverse();
        Some(chain)
    }
}

impl Member {
    /// The features of this package that one of its features turns on itself.
    fn links_of<'m>(&'m self, feature: &'m str) -> impl Iterator<Item = Link<'m>> {
        let values = self.features.get(feature).into_iter().flat_map(|f| &f.values);
        values.filter_map(move |value| {
            let on = match &value.value {
                FeatureValue::Feature(name) => name,
                // It turns on the dependency, and with that, as cargo has done ever since, the feature of its name.
                FeatureValue::Of {
                    dependency,
                    weak: false,
                    ..
                } if self.features.optional(dependency) => dependency,
                FeatureValue::Of { .. } | FeatureValue::Dependency(_) => return None,
            };
            let on = self.features.get(on)?.name.value.as_str();
            Some(Link {
                by: feature,
                on,
                span: value.span,
            })
        })
    }
}
