//! Which features a build of some members turns on, as far as the manifests of the workspace tell: cargo's feature
//! resolver over the members, with every target. What third parties turn on is not known to it.

use std::collections::{BTreeMap, BTreeSet};

use crate::workspace::features::{Chains, FeatureValue};
use crate::workspace::{Dependency, DependencyKind, Member, NodeId, Workspace};

/// For what a package is built: from resolver 2 on cargo keeps the features of the two apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// The program.
    Target,
    /// Build scripts and procedural macros.
    Host,
}

/// What is built.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'w> {
    pub workspace: &'w Workspace,
    /// Whether the resolver keeps the features of the two sides apart.
    pub apart: bool,
    /// Whether the tests of the members are built, with their dev-dependencies.
    pub tests: bool,
}

/// The packages of a build, each with the features that are on.
#[derive(Debug, Default)]
pub struct Build<'w> {
    on: BTreeMap<(NodeId, Side), BTreeSet<&'w str>>,
    roots: BTreeSet<NodeId>,
}

impl<'w> Build<'w> {
    /// Builds these members with their default features.
    pub fn new(wanted: Wanted<'w>, roots: impl IntoIterator<Item = NodeId>) -> Self {
        let mut build = Self::default();
        let mut open: BTreeSet<(NodeId, Side)> = BTreeSet::new();
        for root in roots {
            build.roots.insert(root);
            let unit = (root, wanted.side(Side::Target, DependencyKind::Normal, root));
            build.turn_on(unit, [super::DEFAULT], &wanted, &mut open);
        }
        // A package is looked at again whenever something more of it is on, until nothing is.
        while let Some(unit) = open.pop_first() {
            let Some(member) = wanted.workspace.member(unit.0) else {
                continue;
            };
            for declaration in &member.dependencies {
                if let Some(features) = build.asks(&wanted, unit, declaration) {
                    let side = wanted.side(unit.1, declaration.kind, declaration.to);
                    build.turn_on((declaration.to, side), features, &wanted, &mut open);
                }
            }
        }
        build
    }

    /// Whether the feature is on; none where the package is not part of the build.
    pub fn has(&self, unit: (NodeId, Side), feature: &str) -> Option<bool> {
        self.on.get(&unit).map(|on| on.contains(feature))
    }

    /// The features of the package that are on, on either side.
    pub fn features(&self, node: NodeId) -> BTreeSet<&'w str> {
        let sides = [Side::Target, Side::Host];
        let on = sides.iter().filter_map(|side| self.on.get(&(node, *side)));
        on.flatten().copied().collect()
    }

    /// The sides for which a package is built.
    pub fn sides(&self, node: NodeId) -> impl Iterator<Item = Side> {
        let built = |side: &Side| self.on.contains_key(&(node, *side));
        [Side::Target, Side::Host]
            .into_iter()
            .filter(built)
            .collect::<Vec<_>>()
            .into_iter()
    }

    /// What a declaration turns on; none where it is no part of the build.
    pub fn asks(&self, wanted: &Wanted<'w>, unit: (NodeId, Side), declaration: &'w Dependency) -> Option<Vec<&'w str>> {
        let member = wanted.workspace.member(unit.0)?;
        let on = self.on.get(&unit)?;
        if declaration.kind == DependencyKind::Dev && !(wanted.tests && self.roots.contains(&unit.0)) {
            return None;
        }
        let name = wanted.workspace.known_as(declaration);
        if declaration.optional && !turns_on_dependency(member, on, name) {
            return None;
        }
        let mut features: Vec<&str> = declaration.features.iter().map(|f| f.value.as_str()).collect();
        features.extend(declaration.default_features.then_some(super::DEFAULT));
        features.extend(forwarded(member, on, name));
        Some(features)
    }

    fn turn_on(
        &mut self,
        unit: (NodeId, Side),
        features: impl IntoIterator<Item = &'w str>,
        wanted: &Wanted<'w>,
        open: &mut BTreeSet<(NodeId, Side)>,
    ) {
        let new = !self.on.contains_key(&unit);
        let on = self.on.entry(unit).or_default();
        let before = on.len();
        match wanted.workspace.member(unit.0) {
            Some(member) => {
                let known = features
                    .into_iter()
                    .filter(|feature| member.features.get(feature).is_some());
                on.extend(Chains::new(member, known, |_| false).features());
            }
            None => on.extend(features),
        }
        if new || on.len() > before {
            open.insert(unit);
        }
    }
}

impl Wanted<'_> {
    /// The side on which a dependency of something on this side is built.
    pub fn side(&self, from: Side, kind: DependencyKind, to: NodeId) -> Side {
        let macros = self
            .workspace
            .member(to)
            .is_some_and(|member| member.targets.proc_macro);
        match (self.apart, from, kind) {
            (false, ..) => Side::Target,
            (true, _, DependencyKind::Build) | (true, Side::Host, _) => Side::Host,
            _ if macros => Side::Host,
            _ => Side::Target,
        }
    }
}

/// The values of the features that are on.
fn values<'m>(member: &'m Member, on: &BTreeSet<&'m str>) -> impl Iterator<Item = &'m FeatureValue> {
    let features = on.iter().filter_map(|feature| member.features.get(feature));
    features.flat_map(|feature| &feature.values).map(|value| &value.value)
}

fn turns_on_dependency(member: &Member, on: &BTreeSet<&str>, name: &str) -> bool {
    values(member, on).any(|value| match value {
        FeatureValue::Dependency(dependency) => dependency == name,
        FeatureValue::Of { dependency, weak, .. } => dependency == name && !weak,
        FeatureValue::Feature(_) => false,
    })
}

fn forwarded<'m>(member: &'m Member, on: &BTreeSet<&'m str>, name: &str) -> impl Iterator<Item = &'m str> {
    values(member, on).filter_map(move |value| match value {
        FeatureValue::Of {
            dependency, feature, ..
        } if dependency == name => Some(feature.as_str()),
        _ => None,
    })
}
