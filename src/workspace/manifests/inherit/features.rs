//! `[features]` against the dependencies that it names: cargo's `build_feature_map`, which refuses what leads nowhere.

use std::collections::{HashMap, HashSet};

use super::super::raw::{RawFeature, RawManifest};
use super::{Context, Declared};
use crate::source::{Span, Spanned};
use crate::workspace::features::{Feature, FeatureValue, Features, is_name};

impl Context<'_> {
    /// Every feature of the package. Where `complete` says that a dependency could not be read, nothing is said of
    /// features that name none.
    pub fn features(&mut self, raw: &RawManifest, declared: &[Declared], complete: bool) -> Features {
        let written = |feature: &RawFeature| (feature.name.clone(), feature.values.clone());
        let optional = declared.iter().filter(|declared| declared.dependency.optional);
        let optional = optional.map(|declared| (declared.name(), declared.dependency.key));
        let features = Features::new(raw.features.iter().map(written).collect(), optional);
        if complete {
            self.check_features(&features, declared);
        }
        features
    }

    fn check_features(&mut self, features: &Features, declared: &[Declared]) {
        let mut dependencies: HashMap<&str, Known> = HashMap::new();
        for declared in declared {
            let known = dependencies.entry(declared.name()).or_insert(Known {
                optional: false,
                key: declared.dependency.key,
            });
            known.optional |= declared.dependency.optional;
        }
        let mut used: HashSet<&str> = HashSet::new();
        for feature in features.iter() {
            self.check_feature_name(&feature.name);
            for value in &feature.values {
                if let FeatureValue::Dependency(name) | FeatureValue::Of { dependency: name, .. } = &value.value {
                    used.insert(name);
                }
                self.check_value(feature, value, features, &dependencies);
            }
        }
        let mut unused: Vec<_> = (dependencies.iter())
            .filter(|(name, known)| known.optional && !used.contains(**name))
            .collect();
        unused.sort_by_key(|(_, known)| known.key);
        for (name, known) in unused {
            let message = format!("the optional dependency `{name}` is turned on by no feature");
            let help = format!("add `\"dep:{name}\"` to a feature");
            self.problem(known.key, message, "cargo refuses this", &help);
        }
    }

    fn check_feature_name(&mut self, name: &Spanned<String>) {
        let text = name.value.as_str();
        if is_name(text) {
            return;
        }
        let shown: String = text.chars().take(80).collect();
        self.problem(
            name.span,
            format!("`{shown}` is no feature name"),
            "cargo refuses this",
            "choose a name of letters, digits, `_`, `-`, `+` and `.` that starts with a letter, a digit or `_`",
        );
    }

    fn check_value(
        &mut self,
        feature: &Feature,
        value: &Spanned<FeatureValue>,
        features: &Features,
        dependencies: &HashMap<&str, Known>,
    ) {
        let Some((fault, help)) = fault(&value.value, features, dependencies) else {
            return;
        };
        let message = format!("feature `{}` includes `{}`, {fault}", feature.name.value, value.value);
        self.problem(value.span, message, "cargo refuses this", &help);
    }
}

/// A name by which the package knows dependencies: whether one of them is optional, and the place of the first.
#[derive(Clone, Copy)]
struct Known {
    optional: bool,
    key: Span,
}

/// What cargo refuses in an entry of a feature's list, and the way out.
fn fault(value: &FeatureValue, features: &Features, dependencies: &HashMap<&str, Known>) -> Option<(String, String)> {
    let optional = |name: &str| dependencies.get(name).map(|known| known.optional);
    let not_optional = |name: &str| {
        let fault = format!("but `{name}` is not an optional dependency");
        Some((
            fault,
            "take it out, or make the dependency `optional = true`".to_owned(),
        ))
    };
    match value {
        FeatureValue::Feature(name) => match (features.get(name), optional(name)) {
            (Some(_), _) => None,
            (None, Some(true)) => Some((
                format!("but `{name}` is an optional dependency without a feature of its own"),
                format!("write `\"dep:{name}\"`"),
            )),
            (None, Some(false)) => not_optional(name),
            (None, None) => {
                let near = nearest(name, features);
                let help = near.map_or_else(
                    || "declare the feature, or take it out".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                );
                Some(("which is neither a feature nor a dependency".to_owned(), help))
            }
        },
        FeatureValue::Dependency(name) => match optional(name) {
            Some(true) => None,
            Some(false) => not_optional(name),
            None => Some((
                format!("but `{name}` is no dependency"),
                "declare the dependency with `optional = true`, or take it out".to_owned(),
            )),
        },
        FeatureValue::Of { feature, .. } if feature.contains('/') => Some((
            "which has two slashes".to_owned(),
            "write `NAME/FEATURE`, with the name of a dependency".to_owned(),
        )),
        FeatureValue::Of { dependency, .. } if dependency.starts_with("dep:") => Some((
            "which has both `dep:` and `/`".to_owned(),
            "take `dep:` away".to_owned(),
        )),
        FeatureValue::Of { dependency, weak, .. } => match optional(dependency) {
            None => Some((
                format!("but `{dependency}` is no dependency"),
                "declare the dependency, or take it out".to_owned(),
            )),
            Some(false) if *weak => Some((
                format!("but `{dependency}` is not an optional dependency"),
                "take the `?` away, or make the dependency `optional = true`".to_owned(),
            )),
            Some(_) => None,
        },
    }
}

fn nearest<'f>(name: &str, features: &'f Features) -> Option<&'f str> {
    if name.len() > 100 {
        return None;
    }
    let names = features.iter().map(|feature| feature.name.value.as_str());
    let near = names.min_by_key(|known| strsim::damerau_levenshtein(known, name))?;
    (strsim::damerau_levenshtein(near, name) <= 2).then_some(near)
}
