//! How often the source of crates names those whose changes reach them.

use std::panic::resume_unwind;
use std::thread;

use fixedbitset::FixedBitSet;

use crate::cli::SignalsArguments;
use crate::code::{Aim, Code};
use crate::pipeline::{self, Read};
use crate::reporters::prose::counted;
use crate::signals::evidence::{Signal, Subject};
use crate::signals::{SignalId, calls};
use crate::units;
use crate::workspace::NodeId;

/// Does something, and meanwhile reads the source of all members where most of it is kept from a run before. Where nothing
/// is, it is cheaper to know first whose source is asked for.
pub(super) fn read_beside<T>(read: &Read, arguments: &SignalsArguments, work: impl FnOnce() -> T) -> (T, Option<Code>) {
    let asked = !arguments.trend && (arguments.only.is_empty() || arguments.only.contains(&SignalId::Calls));
    let members = || (0..read.workspace.members.len()).map(NodeId::new).collect::<Vec<_>>();
    let ahead = || pipeline::source(&read.workspace, &members(), Aim::References, &mut read.sources.clone());
    thread::scope(|scope| {
        let reading = (asked && pipeline::keeps_source(&read.workspace)).then(|| scope.spawn(ahead));
        let done = work();
        let read = reading.map(|reading| reading.join().unwrap_or_else(|panic| resume_unwind(panic)));
        (done, read)
    })
}

/// Counts how often crates name those whose changes reach them, where that was asked for; says what could not be read of
/// their source, which is then not counted.
pub(super) fn count_references(
    read: &Read,
    ahead: Option<Code>,
    subject: &Subject<'_>,
    signals: &mut [Signal],
) -> Option<String> {
    let nodes = |unit: u32| {
        let unit = &subject.units.all[unit as usize];
        std::iter::once(unit.node).chain(unit.companions.iter().copied())
    };
    let weighed = signals.iter().filter(|signal| signal.id == SignalId::Calls);
    let users = weighed.filter_map(|signal| signal.units.first());
    let users: FixedBitSet = users.flat_map(|unit| nodes(*unit)).map(NodeId::index).collect();
    if users.is_clear() {
        return None;
    }
    let code = ahead.unwrap_or_else(|| {
        // A glob brings names of a crate that was read, and none of another.
        let members = units::named_through(&read.workspace, &users);
        pipeline::source(&read.workspace, &members, Aim::References, &mut read.sources.clone())
    });
    calls::weigh(signals, subject, &|from, to| {
        let pairs = nodes(from).flat_map(|from| nodes(to).map(move |to| (from, to)));
        let references = pairs
            .flat_map(|(from, to)| code.uses(from, to))
            .filter(|reference| !reference.behind);
        u32::try_from(references.count()).unwrap_or(u32::MAX)
    });
    let unread = code
        .unread
        .iter()
        .filter(|unread| users.contains(unread.member.index()));
    let first = unread.clone().next()?;
    let count = counted(unread.count(), "file", "files");
    Some(format!(
        "{count} could not be read, so that references in them are not counted: {} {}",
        first.path, first.why
    ))
}
