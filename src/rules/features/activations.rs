//! What turns a feature of a dependency on: the declaration's own list, its default features, or a feature of the crate
//! that forwards.

use crate::config::demands::DEFAULT;
use crate::source::Span;
use crate::workspace::features::{Chains, FeatureValue, Link};
use crate::workspace::{Dependency, Member, NodeId, Workspace};

/// A denied feature that a declaration turns on.
#[derive(Debug)]
pub struct Activation<'w> {
    /// The feature.
    pub feature: &'w str,
    /// What turns on the first feature of the dependency.
    pub start: Start<'w>,
    /// How that feature leads to this one, in the `[features]` of the dependency; empty where it is this one.
    pub chain: Vec<Link<'w>>,
}

/// What turns on a feature of a dependency.
#[derive(Clone, Debug)]
pub enum Start<'w> {
    /// It stands in the `features` of the declaration, or of the one that it inherits.
    Listed {
        /// The feature.
        feature: &'w str,
        /// Where it stands.
        span: Span,
        /// Whether that is in `[workspace.dependencies]`.
        shared: bool,
    },
    /// The default features are not turned off.
    Default {
        /// Whether `[workspace.dependencies]` has a say in that.
        shared: bool,
    },
    /// A feature of the crate that declares the dependency forwards to it.
    Forwarded {
        /// The feature of the crate.
        by: &'w str,
        /// What stands in its list.
        value: &'w FeatureValue,
        /// Where that stands.
        span: Span,
        /// How a feature that may be turned on leads there, in the `[features]` of the crate.
        chain: Vec<Link<'w>>,
        /// Whether the feature of the crate is denied itself, so that what turns it on is at fault.
        denied: bool,
    },
}

/// One crate whose dependencies are judged.
pub struct Asker<'w> {
    /// The crate.
    pub user: NodeId,
    /// Whether the rule denies features of the crate itself too.
    pub inside: bool,
    workspace: &'w Workspace,
    member: &'w Member,
    /// What is on by default, unless the default features are denied.
    by_default: Chains<'w>,
    /// What is turned on by any feature that is not denied.
    by_others: Chains<'w>,
}

impl<'w> Asker<'w> {
    /// A feature of the crate that is denied itself may forward to others: whoever turns it on is judged for that.
    pub fn new(workspace: &'w Workspace, user: NodeId, inside: bool, denied: &dyn Fn(&str) -> bool) -> Option<Self> {
        let member = workspace.member(user)?;
        let names = || member.features.iter().map(|feature| feature.name.value.as_str());
        let open = |name: &&str| !(inside && denied(name));
        let default = names().filter(|name| *name == DEFAULT).filter(open);
        Some(Self {
            user,
            inside,
            workspace,
            member,
            by_default: Chains::new(member, default, |_| false),
            by_others: Chains::new(member, names().filter(open), |_| false),
        })
    }

    /// Every denied feature that a declaration turns on, by whatever turns it on.
    pub fn activations(&self, declaration: &'w Dependency, denied: &dyn Fn(&str) -> bool) -> Vec<Activation<'w>> {
        let target = self.workspace.member(declaration.to);
        let own = |feature: &str| self.inside && denied(feature);
        let mut activations = Vec::new();
        for (first, start) in self.starts(declaration, target, &own) {
            let Some(target) = target else {
                // What features of an external turn on is cargo's to know.
                if denied(first) {
                    activations.push(Activation {
                        feature: first,
                        start,
                        chain: Vec::new(),
                    });
                }
                continue;
            };
            let chains = Chains::new(target, [first], denied);
            for feature in chains.features().filter(|feature| denied(feature)) {
                activations.push(Activation {
                    feature,
                    start: start.clone(),
                    chain: chains.to(feature).unwrap_or_default(),
                });
            }
        }
        activations
    }

    /// The features of the dependency that are turned on from here.
    fn starts(
        &self,
        declaration: &'w Dependency,
        target: Option<&'w Member>,
        own: &dyn Fn(&str) -> bool,
    ) -> Vec<(&'w str, Start<'w>)> {
        let mut starts = Vec::new();
        for feature in &declaration.features {
            let start = Start::Listed {
                feature: &feature.value,
                span: feature.span,
                shared: is_shared(declaration, feature.span),
            };
            starts.push((feature.value.as_str(), start));
        }
        // Of a member without default features nothing is turned on; of an external nobody knows.
        let has_default = target.is_none_or(|target| target.features.get(DEFAULT).is_some());
        if declaration.default_features && has_default {
            let shared = declaration.inherited.is_some();
            starts.push((DEFAULT, Start::Default { shared }));
        }
        let name = self.workspace.known_as(declaration);
        for feature in self.member.features.iter() {
            for value in &feature.values {
                let FeatureValue::Of {
                    dependency,
                    feature: forwarded,
                    ..
                } = &value.value
                else {
                    continue;
                };
                if dependency != name {
                    continue;
                }
                let by = feature.name.value.as_str();
                // One that is on by default says more than one that somebody may turn on.
                let Some(chain) = self.by_default.to(by).or_else(|| self.by_others.to(by)) else {
                    continue;
                };
                let start = Start::Forwarded {
                    by,
                    value: &value.value,
                    span: value.span,
                    chain,
                    denied: own(by),
                };
                starts.push((forwarded.as_str(), start));
            }
        }
        starts
    }
}

/// Whether a feature of an inherited dependency stands in `[workspace.dependencies]`: behind that key, and not behind
/// the member's own, where both stand in one file.
fn is_shared(declaration: &Dependency, feature: Span) -> bool {
    let Some(inherited) = declaration.inherited else {
        return false;
    };
    let behind = |key: Span| key.file == feature.file && key.start <= feature.start;
    behind(inherited) && (!behind(declaration.key) || declaration.key.start < inherited.start)
}
