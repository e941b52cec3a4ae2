//! How often the source of crates names those whose changes reach them.

use std::collections::BTreeSet;

use crate::pipeline::{self, Read};
use crate::reporters::prose::counted;
use crate::signals::evidence::{Signal, Subject};
use crate::signals::{SignalId, calls};
use crate::workspace::NodeId;

/// Counts how often crates name those whose changes reach them, where that was asked for; says what could not be read of
/// their source, which is then not counted.
pub(super) fn count_references(read: &Read, subject: &Subject<'_>, signals: &mut [Signal]) -> Option<String> {
    let nodes = |unit: u32| {
        let unit = &subject.units.all[unit as usize];
        std::iter::once(unit.node).chain(unit.companions.iter().copied())
    };
    let weighed = signals.iter().filter(|signal| signal.id == SignalId::Calls);
    let users: BTreeSet<NodeId> = weighed
        .filter_map(|signal| signal.units.first())
        .flat_map(|unit| nodes(*unit))
        .collect();
    if users.is_empty() {
        return None;
    }
    let users: Vec<NodeId> = users.into_iter().collect();
    let code = pipeline::source(&read.workspace, &users, &mut read.sources.clone());
    calls::weigh(signals, subject, &|from, to| {
        let pairs = nodes(from).flat_map(|from| nodes(to).map(move |to| (from, to)));
        let references = pairs
            .flat_map(|(from, to)| code.uses(from, to))
            .filter(|reference| !reference.behind);
        u32::try_from(references.count()).unwrap_or(u32::MAX)
    });
    let first = code.unread.first()?;
    let count = counted(code.unread.len(), "file", "files");
    Some(format!(
        "{count} could not be read, so that references in them are not counted: {} {}",
        first.path, first.why
    ))
}
