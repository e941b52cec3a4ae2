//! How often the source of crates names those whose changes reach them.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{Scope, ScopedJoinHandle, available_parallelism};
use std::time::Duration;

use fixedbitset::FixedBitSet;

use crate::cli::SignalsArguments;
use crate::code::{Code, Pace};
use crate::pipeline::{self, Read};
use crate::reporters::prose::counted;
use crate::signals::evidence::{Signal, Subject};
use crate::signals::{SignalId, calls};
use crate::units;
use crate::workspace::NodeId;

/// A history that takes longer is a long one, beside which source is read. Beside a short one that would only take its time,
/// and it is known soon whose source is asked for.
const SHORT: Duration = Duration::from_millis(150);

/// The same where source is kept from a run before, so that it takes little: as long as it takes to ask git what there is.
const SHORT_BESIDE_KEPT: Duration = Duration::from_millis(40);

/// Source that may be asked for, read beside the history. Who drops it stops it.
pub(super) struct Reading<'s> {
    pace: Arc<Pace>,
    asked: Sender<Vec<NodeId>>,
    thread: Option<ScopedJoinHandle<'s, Option<Code>>>,
}

impl<'s> Reading<'s> {
    /// Starts where it may be asked for: with all members, unless [`Reading::of`] comes first.
    pub(super) fn start<'e>(scope: &'s Scope<'s, 'e>, read: &'e Read, arguments: &SignalsArguments) -> Self {
        let wanted = !arguments.trend && (arguments.only.is_empty() || arguments.only.contains(&SignalId::Calls));
        // A processor is left to git, and to who reads what it says.
        let pace = Arc::new(Pace::held());
        let (asked, asking) = mpsc::channel();
        let thread = wanted.then(|| {
            let pace = Arc::clone(&pace);
            scope.spawn(move || {
                let short = match available_parallelism().map_or(1, NonZero::get) {
                    // Git has the only processor.
                    1 => Duration::MAX,
                    _ if pipeline::keeps_source(&read.workspace) => SHORT_BESIDE_KEPT,
                    _ => SHORT,
                };
                let members: Vec<NodeId> = match asking.recv_timeout(short) {
                    Ok(members) => members,
                    Err(RecvTimeoutError::Timeout) => read.workspace.member_nodes().collect(),
                    Err(RecvTimeoutError::Disconnected) => return None,
                };
                pipeline::source_at(&pace, &read.workspace, &members, &mut read.sources.clone())
            })
        });
        Self { pace, asked, thread }
    }

    /// What the source of these members says, and perhaps that of others.
    fn of(mut self, members: Vec<NodeId>) -> Option<Code> {
        // Who has started on all members asks no more.
        let _ = self.asked.send(members);
        self.pace.hurry();
        self.thread.take()?.join().unwrap_or_else(|panic| resume_unwind(panic))
    }
}

impl Drop for Reading<'_> {
    fn drop(&mut self) {
        self.pace.stop();
    }
}

/// Counts how often crates name those whose changes reach them, where that was asked for; says what could not be read of
/// their source, which is then not counted.
pub(super) fn count_references(reading: Reading<'_>, subject: &Subject<'_>, signals: &mut [Signal]) -> Option<String> {
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
    // A glob brings names of a crate that was read, and none of another.
    let code = reading.of(units::named_through(subject.graph.workspace(), &users))?;
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
