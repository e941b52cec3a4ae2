//! What a build turned on: which links it has, and which features open them.

use super::{Build, Link, LinkIndex, Package, Resolver, Unit, Value};
use crate::workspace::DependencyKind;

impl Build<'_> {
    /// The links of a unit that this build has, each with the unit that it leads to, in the order of their names.
    pub fn links(&self, unit: Unit) -> impl Iterator<Item = (LinkIndex, Unit)> {
        let package = &self.builds.packages[unit.package];
        let there = package.links.clone().filter(move |index| {
            let link = &self.builds.links[*index];
            self.counts(link) && (!link.optional || self.is_open(unit, link))
        });
        there.map(move |index| {
            let link = &self.builds.links[index];
            let host = unit.host || link.kind == DependencyKind::Build || self.builds.packages[link.to].proc_macro;
            (index, Unit { package: link.to, host })
        })
    }

    /// Whether a link counts, features left aside.
    pub(super) fn counts(&self, link: &Link) -> bool {
        let declared = link.kind != DependencyKind::Dev
            || if link.from == self.start.package {
                self.dev
            } else {
                self.dev_of_others && self.builds.packages[link.from].member.is_some()
            };
        declared && link.condition.is_none_or(|condition| self.holds[condition])
    }

    fn is_open(&self, unit: Unit, link: &Link) -> bool {
        let position = self.builds.packages[unit.package].first_name + link.position;
        self.opened.contains(self.side(unit.host, self.builds.names) + position)
    }

    fn is_on(&self, unit: Unit, feature: usize) -> bool {
        let position = self.builds.packages[unit.package].first_feature + feature;
        self.features
            .contains(self.side(unit.host, self.builds.features) + position)
    }

    /// Where the bits of the host begin.
    pub(super) fn side(&self, host: bool, count: usize) -> usize {
        if host && self.builds.resolver == Resolver::Apart {
            count
        } else {
            0
        }
    }

    /// The feature that opens an optional link: of several the one that `default` turns on first, else the first by name.
    #[must_use]
    pub fn opened_by(&self, unit: Unit, link: LinkIndex) -> Option<&str> {
        let link = &self.builds.links[link];
        if !link.optional {
            return None;
        }
        let package = &self.builds.packages[unit.package];
        let opens = |feature: usize| {
            self.is_on(unit, feature)
                && package.features[feature].turns_on.iter().any(|value| match value {
                    Value::Dependency(name) => *name == link.position,
                    Value::OfDependency { name, weak, .. } => *name == link.position && !weak,
                    Value::Feature(_) => false,
                })
        };
        let by_default = package.by_default();
        let found = by_default.iter().copied().find(|feature| opens(*feature));
        let found = found.or_else(|| (0..package.features.len()).find(|feature| opens(*feature)));
        found.map(|feature| package.features[feature].name.as_str())
    }

    /// Whether the feature `default` of the package is on and turns this one on.
    #[must_use]
    pub fn on_by_default(&self, unit: Unit, feature: &str) -> bool {
        let package = &self.builds.packages[unit.package];
        let default = package.feature("default");
        default.is_some_and(|default| self.is_on(unit, default))
            && package
                .feature(feature)
                .is_some_and(|f| package.by_default().contains(&f))
    }
}

impl Package {
    /// The features that `default` turns on, itself first, nearer ones before others.
    fn by_default(&self) -> Vec<usize> {
        let mut found: Vec<usize> = self.feature("default").into_iter().collect();
        let mut next = 0;
        while next < found.len() {
            for value in &self.features[found[next]].turns_on {
                if let Value::Feature(feature) = value
                    && !found.contains(feature)
                {
                    found.push(*feature);
                }
            }
            next += 1;
        }
        found
    }
}
