//! `[[exceptions]]`, as it was meant.

use super::selector::Selector;
use crate::source::{Span, Spanned};
use crate::workspace::Kinds;

/// An `[[exceptions]]` table.
#[derive(Clone, Debug)]
pub struct Exception {
    /// The table's header: where findings about it point when nothing is closer.
    pub span: Span,
    /// A code or a rule's name.
    pub rule: Spanned<String>,
    /// `from`.
    pub from: Selector,
    /// `to`.
    pub to: Selector,
    /// `kinds`: unset means all.
    pub kinds: Kinds,
    /// `reason`.
    pub reason: String,
    /// `until`, inclusive, UTC.
    pub until: Option<Spanned<Date>>,
    /// `milestone`.
    pub milestone: Option<String>,
    /// `issue`.
    pub issue: Option<String>,
    /// `owner`.
    pub owner: Option<String>,
    /// `expect`: how many edges it excuses.
    pub expect: Option<Spanned<u64>>,
}

/// A day, as `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// The year.
    pub year: i32,
    /// 1 to 12.
    pub month: u32,
    /// 1 to 31.
    pub day: u32,
}
