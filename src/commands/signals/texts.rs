//! The sentences that every format for people shares.

use super::Answer;
use crate::reporters::prose::counted;
use crate::signals::SignalId;
use crate::signals::calls::is_few;
use crate::signals::evidence::{Counts, Signal};
use crate::signals::history::History;

/// `12,345`.
pub(super) fn number(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A count of a signal, for a sentence.
pub(super) fn commits(count: u32) -> String {
    counted(count as usize, "commit", "commits")
}

/// A share in percent.
pub(super) fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

impl Answer<'_> {
    /// Whether a signal is shown as another already: a hidden coupling is a co-change too.
    pub(super) fn repeats(&self, signal: &Signal) -> bool {
        let twin = |other: &Signal| other.id == SignalId::HiddenCoupling && other.units == signal.units;
        signal.id == SignalId::CoChange && self.judgement.signals.iter().any(twin)
    }

    /// Whether the absence of a signal says something: one was asked for, and there is history enough.
    pub(super) fn can_tell(&self) -> bool {
        self.judged && self.subject.history.insufficient.is_none()
    }

    /// What the whole is like: it informs, and flags nothing.
    pub(super) fn whole(&self) -> Vec<String> {
        let fit = self.judgement.fit.as_ref().map(|fit| {
            format!(
                "context-fit: modularity {:.2} of {} crates in their contexts; contexts drawn at random have {:.2}, and {} of \
                 them fit as well",
                fit.modularity,
                fit.crates,
                fit.by_chance,
                percent(fit.chance)
            )
        });
        let graph = self.judgement.graph.as_ref().map(|numbers| {
            format!(
                "graph: a change to a crate can reach {} of the crates on average; {} on a less stable crate",
                percent(numbers.propagation_cost),
                counted(numbers.against_stability.len(), "dependency is", "dependencies are")
            )
        });
        fit.into_iter().chain(graph).collect()
    }

    pub(super) fn unit(&self, unit: u32) -> &str {
        self.subject.units.name(unit)
    }

    pub(super) fn context(&self, context: u32) -> &str {
        self.subject.contexts.get(context as usize).map_or("", String::as_str)
    }

    /// A unit with its context, where contexts are declared.
    fn placed(&self, unit: u32, context: Option<u32>) -> String {
        let name = self.unit(unit);
        match context {
            Some(context) => format!("`{name}` (context {})", self.context(context)),
            None => format!("`{name}`"),
        }
    }

    /// What a signal says, in one sentence.
    pub(super) fn headline(&self, signal: &Signal) -> String {
        let placed = |at: usize| self.placed(signal.units[at], signal.contexts.get(at).copied().flatten());
        match (signal.id, signal.units.as_slice(), signal.contexts.as_slice()) {
            (_, [], [Some(one), Some(other)]) => {
                format!(
                    "the contexts `{}` and `{}` change together",
                    self.context(*one),
                    self.context(*other)
                )
            }
            (SignalId::HiddenCoupling, ..) => {
                format!(
                    "{} and {} change together, and neither depends on the other",
                    placed(0),
                    placed(1)
                )
            }
            (SignalId::CoChange, ..) => format!("{} and {} change together", placed(0), placed(1)),
            (SignalId::Ripple, ..) => format!("changes to {} reach {}", placed(1), placed(0)),
            (SignalId::Calls, ..) => match signal.counts.references {
                Some(count) if !is_few(count) => format!(
                    "{} names {} in many places, and its changes reach them: a wide use of what it shows",
                    placed(0),
                    placed(1)
                ),
                _ => format!(
                    "{} names {} in few places, and its changes reach them all the same: knowledge that no interface shows",
                    placed(0),
                    placed(1)
                ),
            },
            (SignalId::MergeCandidate, ..) => {
                format!("only {} uses {}, and they change together", placed(0), placed(1))
            }
            (SignalId::SplitCandidate, [unit], _) => format!(
                "the module `{}` of `{}` changes alone",
                signal.module.as_deref().unwrap_or_default(),
                self.unit(*unit)
            ),
            (SignalId::ContextFit, [unit], [Some(from), Some(to)]) => format!(
                "`{}` fits the context `{}` better than its own, `{}`",
                self.unit(*unit),
                self.context(*to),
                self.context(*from)
            ),
            _ => String::new(),
        }
    }

    /// The numbers of a signal, in one or two sentences.
    pub(super) fn evidence(&self, signal: &Signal) -> String {
        let counts = &signal.counts;
        let name = |at: usize| match signal.units.as_slice() {
            [] => self.context(signal.contexts[at].unwrap_or_default()),
            units => self.unit(units[at]),
        };
        match signal.id {
            SignalId::SplitCandidate => format!(
                "{} of {} to it touch no other module of the crate ({:.1} expected by chance)",
                counts.shared,
                commits(counts.commits[0]),
                counts.expected
            ),
            SignalId::ContextFit => format!(
                "{} of its {} touch that context, and {} the rest of its own; measured by how active both are, moving it raises \
                 the fit of the contexts in {} of histories drawn from this one",
                counts.shared,
                commits(counts.commits[0]),
                counts.commits[1],
                percent(counts.share.unwrap_or_default())
            ),
            SignalId::Calls => format!(
                "{} in the source of `{}`; {} of {} to `{}` also changed it (at least {} of them do, 95 %)",
                counted(
                    counts.references.unwrap_or_default() as usize,
                    "reference",
                    "references"
                ),
                name(0),
                counts.shared,
                commits(counts.commits[1]),
                name(1),
                percent(counts.share_at_least.unwrap_or_default())
            ),
            SignalId::Ripple | SignalId::MergeCandidate => format!(
                "{} of {} to `{}` also changed `{}` ({}); at least {} of them do, 95 %",
                counts.shared,
                commits(counts.commits[1]),
                name(1),
                name(0),
                chance(counts),
                percent(counts.share_at_least.unwrap_or_default())
            ),
            _ => {
                // The share of the less active one says more.
                let (few, other) = if counts.commits[0] <= counts.commits[1] {
                    (0, 1)
                } else {
                    (1, 0)
                };
                format!(
                    "{} of {} to `{}` also changed `{}`, which has {} ({}; at least {:.1} times, 95 %)",
                    counts.shared,
                    commits(counts.commits[few]),
                    name(few),
                    name(other),
                    counts.commits[other],
                    chance(counts),
                    counts.at_least
                )
            }
        }
    }

    /// What of the history counts, and from when on.
    pub(super) fn basis(&self) -> String {
        let history = self.subject.history;
        let since = match history.since.as_str() {
            "" => String::new(),
            "all" => " since the first one".to_owned(),
            since => format!(" since {since}"),
        };
        let merges = if history.first_parent {
            "; a merge counts as one commit with all that it brought"
        } else {
            ""
        };
        format!(
            "{} of {} commits{since} count, up to {} (seed {}){merges}",
            number(history.commits.len()),
            number(history.read),
            history.head.get(..10).unwrap_or("nothing"),
            self.subject.seed,
        )
    }

    /// What was left out, and why; none where nothing was.
    pub(super) fn left_out(&self) -> Option<String> {
        let out = &self.subject.history.left_out;
        let reasons = [
            (out.no_source, "touch no source of a crate of today"),
            (out.too_many_crates, "touch more than 8 crates"),
            (out.too_many_files, "touch more than 50 files"),
            (out.rename_only, "only move files"),
            (out.blame_ignored, "are ignored by `git blame`"),
            (out.bots, "were written by programs"),
        ];
        let told: Vec<String> = reasons
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, why)| format!("{} {why}", number(*count)))
            .collect();
        (!told.is_empty()).then(|| format!("{} left out: {}", number(out.total()), told.join(", ")))
    }

    /// How much the history is worth; none where it suffices.
    pub(super) fn caution(&self) -> Option<String> {
        if let Some(insufficient) = self.subject.history.insufficient {
            return Some(format!("insufficient evidence: {insufficient}"));
        }
        let active = counted(self.judgement.active, "crate has", "crates have");
        self.judgement.small.then(|| {
            format!(
                "too small to judge: {active} 10 commits or more, and 12 are needed; shown is what chance gives less than once \
                 in a hundred"
            )
        })
    }

    /// What is known of the crates that were asked about and have too few commits.
    pub(super) fn thin(&self) -> Vec<String> {
        let asked = |unit: u32| self.focus.contains(&super::Focus::Unit(unit));
        let thin = self.judgement.thin.iter().filter(|(unit, _)| asked(*unit));
        thin.map(|(unit, count)| {
            format!(
                "insufficient evidence of `{}`: {}, and 10 are needed",
                self.unit(*unit),
                commits(*count)
            )
        })
        .collect()
    }
}

fn chance(counts: &Counts) -> String {
    format!("{:.1} expected by chance", counts.expected)
}

/// The path of a file of a history.
pub(super) fn path(history: &History, file: u32) -> &str {
    history.paths.text(file)
}
