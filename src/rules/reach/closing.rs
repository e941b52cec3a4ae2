//! What closes a path without cutting it: a feature that a manifest of the workspace need not turn on.

use super::built::Confirming;
use super::{Pair, Search, Target, Via};
use crate::workspace::builds::{FeatureSet, LinkIndex};

impl Search<'_, '_, '_> {
    /// The first feature on the path that is on for no other reason than a default, where the target is out of reach
    /// without it.
    pub(super) fn closing(&self, pair: &Pair, target: &Target) -> Option<String> {
        let confirming = self.confirming.as_ref()?;
        let mut before = None;
        for via in &pair.path {
            let Via::Built(link, unit, edge) = *via else {
                return None;
            };
            let feature = confirming.opened_by(pair.from, unit, link);
            if let Some(feature) = feature.filter(|f| confirming.on_by_default(pair.from, unit, f)) {
                let package = &confirming.builds.packages()[unit.package].name;
                match before {
                    None if self.closed_with(confirming, pair, target, (&FeatureSet::None, &[])) => {
                        return Some(format!(
                            "`{package}` turns on `{feature}` by default, which opens this path: leave it out of `default`"
                        ));
                    }
                    Some((link, true)) => {
                        let (links, place) = self.said_with(confirming, link);
                        if self.closed_with(confirming, pair, target, (confirming.features, &links)) {
                            return Some(format!(
                                "`{package}` turns on `{feature}` by default: `default-features = false` {place} closes this path"
                            ));
                        }
                    }
                    _ => {}
                }
            }
            before = Some((link, edge.is_some() && confirming.builds.link(link).default_features));
        }
        None
    }

    /// The links that one line of a manifest declares, and where that line is: in the member's manifest, or in the root's
    /// for all who inherit it.
    fn said_with(&self, confirming: &Confirming<'_>, link: LinkIndex) -> (Vec<LinkIndex>, String) {
        let builds = confirming.builds;
        let (from, name) = (builds.link(link).from, &builds.link(link).name);
        let workspace = self.rule.case.workspace();
        let named = |d: &crate::workspace::Dependency| d.rename.as_deref().unwrap_or(workspace.name(d.to)) == name;
        let declared =
            |member: crate::workspace::NodeId| workspace.member(member).into_iter().flat_map(|m| &m.dependencies);
        let own = builds.packages()[from].member;
        let inherited = own.and_then(|own| declared(own).filter(|d| named(d)).find_map(|d| d.inherited));
        let Some(shared) = inherited else {
            let links = builds.links_named(from, name).collect();
            return (links, format!("where `{}` declares it", builds.packages()[from].name));
        };
        let heirs = workspace
            .member_nodes()
            .filter(|member| declared(*member).any(|d| d.inherited == Some(shared)));
        let links = heirs.filter_map(|member| builds.package_of(member));
        let links = links.flat_map(|package| builds.links_named(package, name)).collect();
        (links, "in `[workspace.dependencies]`".to_owned())
    }

    /// Whether the target is out of reach in another build of the same crate.
    fn closed_with(
        &self,
        confirming: &Confirming<'_>,
        pair: &Pair,
        target: &Target,
        (features, without_defaults): (&FeatureSet, &[LinkIndex]),
    ) -> bool {
        let Some(other) = self.own(confirming, pair.from, (features, without_defaults)) else {
            return false;
        };
        let distances = other.walk.distances(&target.units);
        let path = other.walk.shortest(other.start, &target.units, &distances, |_| true);
        path.is_none()
    }
}
