//! What the rules demand that have more to say than two lists.

use super::Reach;
use super::selector::SelectorList;

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
