//! What is kept in mind while one question is answered.

use super::{Found, ImportId};
use crate::code::hash::FastMap;
use crate::code::symbols::Symbol;

/// One question, while it is answered.
#[derive(Default)]
pub(super) struct Question {
    /// The imports that are being followed.
    pub(super) open: Vec<(u32, u32)>,
    /// How many imports were followed.
    pub(super) followed: u32,
    /// Something was met that is not known yet, so that what is found is no answer.
    pub(super) unknown: bool,
    /// What is not known yet counts as if it were not there.
    pub(super) lenient: bool,
    /// The target in whose code for tests the path stands.
    pub(super) tested: Option<u32>,
    /// The globs that were gone through for a name in a namespace, and what they bring: none is gone through twice.
    pub(super) walked: FastMap<(u32, Symbol, u32), Option<Found>>,
}

impl Question {
    /// What an import brings into a namespace.
    pub(super) fn of((id, space): (ImportId, u32)) -> Self {
        Self {
            open: vec![(id.number, space)],
            ..Self::default()
        }
    }

    /// Whether it cannot be answered any more.
    pub(super) fn is_over(&self) -> bool {
        self.unknown && !self.lenient
    }
}
