//! From a history to what it says.

use std::collections::HashMap;

use super::evidence::{Signal, Subject};
use super::links::Links;
use super::relations::{self, Tested};
use super::table::{Asked, Chances, Pair, Table};
use super::{SignalId, fit, numbers, pairs, ripples, split};

/// So many shuffles say what chance would give.
const SHUFFLES: u32 = 40;
/// In a workspace of few crates so many, since there the shuffles must also say how often chance gives as many.
const SHUFFLES_OF_FEW: u32 = 400;
/// In a workspace of fewer active crates hardly anything can be told from chance.
const ACTIVE: usize = 12;

/// What a history says.
#[derive(Clone, Debug, Default)]
pub struct Judgement {
    /// In the order of the reports: by signal, the strongest first.
    pub signals: Vec<Signal>,
    /// The declared relations, and what history says of them.
    pub relations: Vec<Tested>,
    /// How well the declared contexts fit.
    pub fit: Option<fit::Fit>,
    /// The dependencies in numbers.
    pub graph: Option<numbers::Numbers>,
    /// How many crates have enough commits to be judged.
    pub active: usize,
    /// Whether these are so few that only what chance gives once in a hundred is shown.
    pub small: bool,
    /// Crates with too few commits, each with how many.
    pub thin: Vec<(u32, u32)>,
}

/// What the signals are read from.
pub struct Tables<'t> {
    /// The commit × crate table.
    pub table: &'t Table,
    /// How many commits touch each unit.
    pub totals: Vec<u32>,
    /// How many commits touch each pair of units.
    pub pairs: HashMap<Pair, u32>,
    /// How many commits touch each context.
    pub group_totals: Vec<u32>,
    /// The pairs of contexts that could be signals, in order.
    pub group_pairs: Vec<(Pair, u32)>,
    /// What chance makes of them.
    pub chances: Chances,
    /// The declared dependencies.
    pub links: Links,
    /// Whether there are few active crates.
    pub small: bool,
    /// The units that only re-export others.
    pub facade: Vec<bool>,
}

impl Tables<'_> {
    /// The pairs that could be signals, in order.
    #[must_use]
    pub fn candidates(&self) -> Vec<Pair> {
        let possible = |pair: &Pair| {
            let units = [pair.0, pair.1];
            let enough = |unit: &u32| self.totals[*unit as usize] >= pairs::COMMITS && !self.facade[*unit as usize];
            self.pairs[pair] >= pairs::SHARED && units.iter().all(enough)
        };
        let mut found: Vec<Pair> = self.pairs.keys().copied().filter(possible).collect();
        found.sort_unstable();
        found
    }
}

/// The commit × crate table of a subject.
#[must_use]
pub fn table(subject: &Subject<'_>) -> Table {
    let rows = subject.history.commits.iter().map(|commit| &*commit.units);
    Table::new(subject.units.all.len(), rows)
}

/// What a table is read with.
pub struct Setting<'s> {
    /// For each unit its context.
    pub context_of: &'s [Option<u32>],
    /// How many contexts there are.
    pub contexts: usize,
    /// The declared dependencies.
    pub links: Links,
    /// The units that only re-export others.
    pub facade: Vec<bool>,
    /// What chance is drawn from.
    pub seed: u64,
    /// Whether anybody wants to know what chance would give. Without it nothing is shuffled.
    pub chance: bool,
}

impl<'s> Setting<'s> {
    /// That of a subject, with chance.
    #[must_use]
    pub fn of(subject: &'s Subject<'_>) -> Self {
        Self {
            context_of: &subject.context_of,
            contexts: subject.contexts.len(),
            links: Links::new(subject.graph, subject.units),
            facade: subject.units.all.iter().map(|unit| unit.facade).collect(),
            seed: subject.seed,
            chance: true,
        }
    }
}

/// Shuffles the table of a subject, and counts what the signals are read from.
#[must_use]
pub fn tables<'t>(subject: &Subject<'_>, table: &'t Table) -> Tables<'t> {
    shuffled(table, Setting::of(subject))
}

/// Shuffles a table, and counts what the signals are read from.
#[must_use]
pub fn shuffled<'t>(table: &'t Table, setting: Setting<'_>) -> Tables<'t> {
    let totals = table.totals();
    let pairs = table.pairs();
    let active = totals.iter().filter(|total| **total >= pairs::COMMITS).count();
    let small = active < ACTIVE;
    let grouped = table.grouped(setting.context_of, setting.contexts);
    let enough = |(_, shared): &(Pair, u32)| *shared >= pairs::SHARED;
    let sorted = |pairs: &HashMap<Pair, u32>| {
        let all = pairs.iter().map(|(pair, shared)| (*pair, *shared));
        let mut sorted: Vec<(Pair, u32)> = all.filter(enough).collect();
        sorted.sort_unstable();
        sorted
    };
    let group_pairs = sorted(&grouped.pairs());
    let asked = Asked::new(sorted(&pairs), group_pairs.clone(), setting.context_of);
    let shuffles = match small {
        _ if !setting.chance => 0,
        true => SHUFFLES_OF_FEW,
        false => SHUFFLES,
    };
    Tables {
        chances: table.chance(&asked, shuffles, setting.seed),
        table,
        totals,
        pairs,
        group_totals: grouped.totals(),
        group_pairs,
        links: setting.links,
        small,
        facade: setting.facade,
    }
}

/// Judges a history that suffices; of one that does not, only what needs none is said.
#[must_use]
pub fn judge(subject: &Subject<'_>, only: &[SignalId]) -> Judgement {
    let wanted = |id: SignalId| only.is_empty() || only.contains(&id);
    let mut judgement = Judgement {
        graph: wanted(SignalId::Graph).then(|| numbers::numbers(subject)),
        ..Judgement::default()
    };
    let config = subject.config.filter(|_| wanted(SignalId::Relation));
    let relations = |tables| config.map_or_else(Vec::new, |config| relations::test(config, subject, tables));
    if subject.history.insufficient.is_some() {
        judgement.relations = relations(None);
        return judgement;
    }
    let table = table(subject);
    let setting = Setting {
        chance: SignalId::ALL.iter().any(|id| wanted(*id) && id.asks_chance()),
        ..Setting::of(subject)
    };
    let tables = shuffled(&table, setting);
    let totals = || (0..).zip(tables.totals.iter().copied());
    judgement.relations = relations(Some(&tables));
    judgement.small = tables.small;
    judgement.active = totals().filter(|(_, total)| *total >= pairs::COMMITS).count();
    judgement.thin = totals().filter(|(_, total)| *total < pairs::COMMITS).collect();
    if wanted(SignalId::CoChange) || wanted(SignalId::HiddenCoupling) {
        let found = pairs::crates(subject, &tables)
            .into_iter()
            .chain(pairs::contexts(subject, &tables));
        judgement.signals.extend(found.filter(|signal| wanted(signal.id)));
    }
    if wanted(SignalId::Ripple) {
        judgement.signals.extend(ripples::ripples(subject, &tables));
    }
    if wanted(SignalId::Calls) {
        judgement.signals.extend(ripples::calls(subject, &tables));
    }
    if wanted(SignalId::MergeCandidate) {
        judgement.signals.extend(ripples::merges(subject, &tables));
    }
    if wanted(SignalId::SplitCandidate) {
        judgement.signals.extend(split::splits(subject));
    }
    if wanted(SignalId::ContextFit) {
        let (fit, moves) = fit::fit(subject, &tables);
        judgement.fit = fit;
        judgement.signals.extend(moves);
    }
    order(&mut judgement.signals);
    judgement
}

/// By signal, those of contexts first, then the strongest.
fn order(signals: &mut [Signal]) {
    let rank = |signal: &Signal| SignalId::ALL.iter().position(|id| *id == signal.id);
    let strength = |signal: &Signal| match signal.id {
        SignalId::Ripple | SignalId::Calls | SignalId::MergeCandidate | SignalId::SplitCandidate => {
            signal.counts.share_at_least.or(signal.counts.share).unwrap_or_default()
        }
        _ => signal.counts.at_least,
    };
    signals.sort_by(|a, b| {
        let head = |signal: &Signal| (rank(signal), !signal.units.is_empty());
        let strongest = || strength(b).total_cmp(&strength(a));
        head(a)
            .cmp(&head(b))
            .then_with(strongest)
            .then_with(|| a.units.cmp(&b.units))
    });
}
