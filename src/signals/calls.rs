//! `calls`: how often the source of a crate names another, against how far changes of that one reach it. What history says
//! of a ripple, source explains: a wide use of what is shown, or knowledge that no interface shows.

use super::SignalId;
use super::evidence::{Signal, Subject, Suggestion};

/// So many references a person follows in one sitting; more are many.
pub const FEW: u32 = 20;

/// Adds to every dependency whose changes reach its user how often the user's source names it, and what that suggests. Many
/// references without a ripple are what a stable interface gives, and no signal.
pub fn weigh(signals: &mut [Signal], subject: &Subject<'_>, references: &dyn Fn(u32, u32) -> u32) {
    let first = signals.partition_point(|signal| rank(signal) < rank_of(SignalId::Calls));
    let count = signals[first..].partition_point(|signal| signal.id == SignalId::Calls);
    let weighed = &mut signals[first..first + count];
    for signal in weighed.iter_mut() {
        let &[from, to] = signal.units.as_slice() else { continue };
        let count = references(from, to);
        signal.counts.references = Some(count);
        let names = [from, to].map(|unit| subject.units.name(unit));
        signal.suggestions = if is_few(count) { implicit(names) } else { wide(names) };
    }
    // What is hidden is worth more of a look than what is in plain sight.
    weighed.sort_by_key(|signal| !signal.counts.references.is_some_and(is_few));
}

/// Whether so many references are few.
#[must_use]
pub fn is_few(references: u32) -> bool {
    references <= FEW
}

fn rank(signal: &Signal) -> usize {
    rank_of(signal.id)
}

/// Where a signal stands in the order of the reports.
fn rank_of(id: SignalId) -> usize {
    SignalId::ALL
        .iter()
        .position(|other| *other == id)
        .unwrap_or(usize::MAX)
}

/// Ways out of a ripple that few references carry.
fn implicit([from, to]: [&str; 2]) -> Vec<Suggestion> {
    vec![
        Suggestion {
            way: format!("say in one place what `{from}` and `{to}` both know: a type, a format, an order of calls"),
            against: "what both follow may be outside of either, a standard say, and then neither can hold it"
                .to_owned(),
        },
        Suggestion {
            way: format!("hold it with a test of `{from}` that fails when `{to}` changes it"),
            against: "a test tells of the change, and the change still needs both crates".to_owned(),
        },
    ]
}

/// Ways out of a ripple that many references carry.
fn wide([from, to]: [&str; 2]) -> Vec<Suggestion> {
    vec![
        Suggestion {
            way: format!("let `{to}` show `{from}` less: a narrower interface that changes less often"),
            against: "an interface for one user costs more than it saves while both change anyway".to_owned(),
        },
        Suggestion {
            way: format!("join `{from}` and `{to}`"),
            against: "many references alone do not make a boundary wrong; who else uses the two is not weighed here"
                .to_owned(),
        },
    ]
}
