//! Lists that permit something: which of their entries are needed.

use crate::architecture::selection::Selection;
use crate::config::selector::SelectorList;
use crate::finding::{Code, Label};
use crate::rules::{Candidate, Charge, Subject};
use crate::source::{Span, Spanned};

/// A list that permits something, as findings name it.
pub(super) struct List {
    pub shown: String,
    /// The same for machines.
    pub identity: String,
    /// The name of the rule that the list is of, where it has one.
    pub declared: Option<Span>,
    /// The context that the list is of, where it is of one.
    pub context: Option<usize>,
}

impl List {
    pub fn new(shown: String, identity: String) -> Self {
        Self {
            shown,
            identity,
            declared: None,
            context: None,
        }
    }

    fn candidate<'w>(&self, entry: &Spanned<String>, covered: bool) -> Candidate<'w> {
        let (shown, text) = (&self.shown, &entry.value);
        let (message, label) = if covered {
            (
                format!("{shown} lists `{text}`, which adds nothing that a dependency needs"),
                "entries before it permit all that is needed of it",
            )
        } else {
            (
                format!("{shown} lists `{text}`, which no dependency needs"),
                "no dependency needs it",
            )
        };
        let declared = self.declared.map(|span| Label {
            span,
            text: "the rule is declared here".to_owned(),
        });
        Candidate {
            subject: Subject::Entry {
                span: entry.span,
                identity: format!("{}:{text}", self.identity),
                context: self.context,
            },
            charges: vec![Charge {
                code: Code::UnusedPermission,
                rule: None,
                message,
                label: label.to_owned(),
                related: declared.into_iter().collect(),
                reason: None,
                help: vec!["take it out; `cargo boundaries unused --fix` takes out all of them".to_owned()],
            }],
            also_affects: Vec::new(),
        }
    }
}

/// What is needed, and the entries of the lists that together permit it, in order.
pub(super) struct Ledger<'l> {
    needed: Selection,
    /// For each thing that is needed, how much permits it.
    permitting: Vec<u32>,
    entries: Vec<Entry<'l>>,
}

/// An entry of a list: what it permits, as far as a `!` after it leaves that to it.
struct Entry<'l> {
    list: &'l List,
    text: &'l Spanned<String>,
    permits: Selection,
}

/// What came of the entries of a ledger.
pub(super) struct Closed<'w> {
    /// Those that can go.
    pub unneeded: Vec<Candidate<'w>>,
    /// For each entry in its order what it permits; none for those that can go.
    pub kept: Vec<Option<Selection>>,
}

impl<'l> Ledger<'l> {
    pub fn new(needed: Selection) -> Self {
        Self {
            permitting: vec![0; needed.len()],
            needed,
            entries: Vec::new(),
        }
    }

    /// A selection of the same size, of nothing.
    pub fn nothing(&self) -> Selection {
        Selection::with_capacity(self.needed.len())
    }

    /// Takes note of what is permitted anyway.
    pub fn grant(&mut self, permitted: &Selection) {
        for slot in permitted.intersection(&self.needed) {
            self.permitting[slot] += 1;
        }
    }

    /// Enters an entry with what it permits.
    pub fn enter(&mut self, list: &'l List, text: &'l Spanned<String>, permits: Selection) {
        self.grant(&permits);
        self.entries.push(Entry { list, text, permits });
    }

    /// Enters the entries of a list of selectors; `permits` says what a selection permits. One that selects nothing, as a
    /// `?` lets it, permits what is to come, and is no matter of today's edges: it is left aside.
    pub fn enter_all(
        &mut self,
        list: &'l List,
        selectors: &'l SelectorList,
        selections: &[Selection],
        permits: impl Fn(&Selection) -> Selection,
    ) {
        let mut taken_away = Selection::default();
        let mut entries = Vec::new();
        for (selector, selection) in selectors.entries.iter().zip(selections).rev() {
            if selector.negated {
                taken_away.union_with(selection);
            } else if !selection.is_clear() {
                let mut left = selection.clone();
                left.difference_with(&taken_away);
                entries.push((&selector.text, permits(&left)));
            }
        }
        for (text, permits) in entries.into_iter().rev() {
            self.enter(list, text, permits);
        }
    }

    /// Looks for what can go, from the last entry to the first: each without which those that stay permit all that is
    /// needed.
    pub fn close<'w>(mut self) -> Closed<'w> {
        let mut unneeded = Vec::new();
        let mut kept: Vec<Option<Selection>> = Vec::new();
        for entry in self.entries.into_iter().rev() {
            let wanted: Vec<usize> = entry.permits.intersection(&self.needed).collect();
            if wanted.iter().any(|slot| self.permitting[*slot] < 2) {
                kept.push(Some(entry.permits));
                continue;
            }
            for slot in &wanted {
                self.permitting[*slot] -= 1;
            }
            kept.push(None);
            unneeded.push(entry.list.candidate(entry.text, !wanted.is_empty()));
        }
        unneeded.reverse();
        kept.reverse();
        Closed { unneeded, kept }
    }
}
