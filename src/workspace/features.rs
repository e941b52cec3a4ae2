//! `[features]` of a member: what each of its features turns on, of the member itself and of its dependencies.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt;

use crate::source::{Span, Spanned};

mod chains;

pub use chains::{Chains, Link};

/// Whether a feature can be called so. Names beyond ASCII are left to cargo, which knows Unicode's tables.
#[must_use]
pub fn is_name(text: &str) -> bool {
    let starts = |c: char| !c.is_ascii() || c.is_ascii_alphanumeric() || c == '_';
    let goes_on = |c: char| starts(c) || matches!(c, '-' | '+' | '.');
    text.starts_with(starts) && text.chars().all(goes_on)
}

/// What one entry of a feature's list turns on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FeatureValue {
    /// `name`: another feature of the same package.
    Feature(String),
    /// `dep:name`: an optional dependency.
    Dependency(String),
    /// `name/feature`: a feature of a dependency, and the dependency itself where it is optional; with `?` only where
    /// something else turns that on.
    Of {
        /// The name by which the package knows the dependency.
        dependency: String,
        /// The dependency's feature.
        feature: String,
        /// Whether `?` stands behind the name.
        weak: bool,
    },
}

impl FeatureValue {
    /// Reads an entry as cargo does.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        if let Some((name, feature)) = text.split_once('/') {
            let strong = name.strip_suffix('?');
            return Self::Of {
                dependency: strong.unwrap_or(name).to_owned(),
                feature: feature.to_owned(),
                weak: strong.is_some(),
            };
        }
        match text.strip_prefix("dep:") {
            Some(name) => Self::Dependency(name.to_owned()),
            None => Self::Feature(text.to_owned()),
        }
    }
}

impl fmt::Display for FeatureValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Feature(name) => f.write_str(name),
            Self::Dependency(name) => write!(f, "dep:{name}"),
            Self::Of {
                dependency,
                feature,
                weak,
            } => write!(f, "{dependency}{}/{feature}", if *weak { "?" } else { "" }),
        }
    }
}

/// One feature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feature {
    /// Its name and place: its key in `[features]`, or that of the optional dependency that implies it.
    pub name: Spanned<String>,
    /// What it turns on, in the order of the file.
    pub values: Vec<Spanned<FeatureValue>>,
    /// Whether an optional dependency implies it, and `[features]` does not say it.
    pub implied: bool,
}

impl Feature {
    /// The optional dependencies that it turns on by `dep:`.
    fn named_dependencies(&self) -> impl Iterator<Item = &str> {
        self.values.iter().filter_map(|value| match &value.value {
            FeatureValue::Dependency(name) => Some(name.as_str()),
            FeatureValue::Feature(_) | FeatureValue::Of { .. } => None,
        })
    }
}

/// Every feature of a member, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Features {
    all: Vec<Feature>,
    /// The names by which the member knows its optional dependencies.
    optional: BTreeSet<String>,
}

impl Features {
    /// Those that `[features]` declares, and one for each optional dependency that it names nowhere by `dep:`, as cargo
    /// has it. `optional` are the names by which the package knows its optional dependencies.
    #[must_use]
    pub fn new<'n>(
        written: Vec<(Spanned<String>, Vec<Spanned<String>>)>,
        optional: impl IntoIterator<Item = (&'n str, Span)>,
    ) -> Self {
        let declared = |(name, values): (Spanned<String>, Vec<Spanned<String>>)| Feature {
            name,
            values: (values.into_iter())
                .map(|value| Spanned::new(FeatureValue::parse(&value.value), value.span))
                .collect(),
            implied: false,
        };
        let mut features: Vec<Feature> = written.into_iter().map(declared).collect();
        let mut taken: HashSet<String> = features.iter().map(|feature| feature.name.value.clone()).collect();
        taken.extend(features.iter().flat_map(Feature::named_dependencies).map(str::to_owned));
        let mut names = BTreeSet::new();
        for (name, span) in optional {
            names.insert(name.to_owned());
            if taken.insert(name.to_owned()) {
                features.push(Feature {
                    name: Spanned::new(name.to_owned(), span),
                    values: vec![Spanned::new(FeatureValue::Dependency(name.to_owned()), span)],
                    implied: true,
                });
            }
        }
        features.sort_by(|a, b| a.name.value.cmp(&b.name.value));
        Self {
            all: features,
            optional: names,
        }
    }

    /// Every feature, by name.
    pub fn iter(&self) -> impl Iterator<Item = &Feature> {
        self.all.iter()
    }

    /// The same as names and words, as cargo prints them.
    #[must_use]
    pub fn table(&self) -> BTreeMap<String, Vec<String>> {
        let words = |feature: &Feature| feature.values.iter().map(|value| value.value.to_string()).collect();
        self.iter()
            .map(|feature| (feature.name.value.clone(), words(feature)))
            .collect()
    }

    /// Whether the member knows an optional dependency by this name.
    #[must_use]
    pub fn optional(&self, name: &str) -> bool {
        self.optional.contains(name)
    }

    /// The feature of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Feature> {
        let found = self
            .all
            .binary_search_by(|feature| feature.name.value.as_str().cmp(name));
        found.ok().map(|at| &self.all[at])
    }
}
