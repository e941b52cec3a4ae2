//! What the rules demand that have more to say than two lists.

use super::Reach;
use super::selector::SelectorList;
use crate::source::{Span, Spanned};

/// `[[gateway]]`.
#[derive(Clone, Debug)]
pub struct Gateway {
    /// `from`: none means every member.
    pub from: Option<SelectorList>,
    /// `to`.
    pub to: SelectorList,
    /// `via`.
    pub via: SelectorList,
    /// How paths are followed; never [`Reach::Direct`].
    pub reach: Reach,
}

/// `[[features]]`.
#[derive(Clone, Debug)]
pub struct FeatureBan {
    /// `from`: none means every member.
    pub from: Option<SelectorList>,
    /// `to`.
    pub to: SelectorList,
    /// `deny`.
    pub deny: Vec<Spanned<String>>,
    /// `default = "deny"`: the key's place.
    pub default: Option<Span>,
}

impl FeatureBan {
    /// Whether the feature may not be turned on.
    #[must_use]
    pub fn denies(&self, feature: &str) -> bool {
        feature == DEFAULT && self.default.is_some() || self.deny.iter().any(|denied| denied.value == feature)
    }
}

/// The feature that is on unless `default-features = false` stands.
pub const DEFAULT: &str = "default";
