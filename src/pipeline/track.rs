//! `--with-history`: says beside each finding whether history bears out the boundary that it crosses.

use std::sync::Arc;

use super::Loaded;
use super::history::{Past, history};
use crate::architecture::Architecture;
use crate::error::Error;
use crate::finding::{Finding, Hop, Status, Suggestion, Track};
use crate::graph::Graph;
use crate::report::Report;
use crate::signals::MONTHS;
use crate::signals::calls::FEW;
use crate::signals::facade::is_facade;
use crate::signals::history::read::Since;
use crate::signals::judge::{self, Tables};
use crate::signals::pairs::{COMMITS, SHARED, together};
use crate::signals::ripples::{RIPPLE, ripple};
use crate::workspace::{Member, NodeId, Workspace};

#[cfg(test)]
mod tests;

impl Loaded {
    /// Says beside each finding of a report of this workspace what history says of it.
    ///
    /// # Errors
    /// Git is missing or fails, or the workspace lies in no repository.
    pub(super) fn track(&self, report: &mut Report) -> Result<(), Error> {
        let error = |problems| Error::new(problems, Arc::clone(&self.sources));
        let (graph, seen) = (Graph::new(self.bare()), Graph::new(&self.workspace));
        let architecture = Architecture::bind(&self.written.config, &seen, &self.sources).map_err(error)?;
        let months = self.written.config.signals.months.unwrap_or(MONTHS);
        let facade = |member: &Member| is_facade(self.sources.tree(), &self.workspace.root, member);
        let past = history(
            &graph,
            Some(&architecture),
            &facade,
            &Since::Months(months),
            &mut |_| {},
        );
        let past = past.map_err(|problem| error(vec![problem]))?;
        if let Some(insufficient) = &past.history.insufficient {
            report
                .notes
                .push(format!("history says nothing of these findings: {insufficient}"));
            return Ok(());
        }
        past.ask(&graph, Some(&self.written.config), |subject| {
            let table = judge::table(subject);
            let tables = judge::tables(subject, &table);
            let tracker = Tracker {
                workspace: &self.workspace,
                past: &past,
                tables: &tables,
            };
            tracker.annotate(report);
        });
        Ok(())
    }
}

/// What is known of the workspace's past.
pub(super) struct Tracker<'t> {
    pub(super) workspace: &'t Workspace,
    pub(super) past: &'t Past,
    pub(super) tables: &'t Tables<'t>,
}

/// What is known of one edge.
#[derive(Clone, Debug, PartialEq)]
struct Known {
    crates: [String; 2],
    commits: [u32; 2],
    shared: u32,
    expected: f64,
    at_least: f64,
    share: f64,
    share_at_least: f64,
    /// Whether the two change together more than chance, by the bars of the signal `co-change`.
    together: bool,
    /// Whether there are so few crates that chance cannot be told.
    small: bool,
    references: Option<u32>,
}

impl Tracker<'_> {
    /// Says it of every finding that counts and is about an edge, a path or a cycle of members.
    pub(super) fn annotate(&self, report: &mut Report) {
        let active = report.findings.iter_mut().filter(|f| f.status == Status::Active);
        for finding in active.filter(|f| !f.hops.is_empty() || !f.declarations.is_empty()) {
            finding.history = self.track(finding);
        }
    }

    fn track(&self, finding: &Finding) -> Option<Track> {
        let package = |name: &str| self.workspace.package_of(self.workspace.member_named(name)?);
        let ends = |from: &str, to: &str| self.known(package(from)?, package(to)?);
        let is_cycle = !finding.component.is_empty();
        if is_cycle {
            let known = finding.hops.iter().filter_map(|hop: &Hop| ends(&hop.from, &hop.to));
            let least = least(known.collect())?;
            let [from, to] = &least.crates;
            let lead = format!("of its edges that of `{from}` onto `{to}` ripples least: ");
            return Some(written(&least, &lead));
        }
        if finding.external {
            return None;
        }
        // Of a path the source was asked about its first step alone.
        let usage = finding.usage.as_ref().filter(|_| finding.path.len() <= 2);
        let references = usage.map(|usage| usage.references);
        let known = Known {
            references: references.and_then(|references| u32::try_from(references).ok()),
            ..ends(&finding.from, &finding.to)?
        };
        let steps = finding.path.len().saturating_sub(1);
        let lead = match steps {
            0 | 1 => String::new(),
            steps => format!("over {steps} steps: "),
        };
        Some(written(&known, &lead))
    }

    /// None where both count as one crate, as a macro crate and its owner do.
    fn known(&self, from: NodeId, to: NodeId) -> Option<Known> {
        let units = [from, to].map(|node| self.past.units.of(node));
        if units[0] == units[1] {
            return None;
        }
        let counts = ripple(self.tables, units[0], units[1]);
        Some(Known {
            crates: units.map(|unit| self.past.units.name(unit).to_owned()),
            commits: counts.commits,
            shared: counts.shared,
            expected: counts.expected,
            at_least: counts.at_least,
            share: counts.share.unwrap_or_default(),
            share_at_least: counts.share_at_least.unwrap_or_default(),
            together: together(&counts, self.tables.small),
            small: self.tables.small,
            references: None,
        })
    }
}

/// The edge over which least changes, among those of which enough is known where there is one: it is the one to cut.
fn least(known: Vec<Known>) -> Option<Known> {
    let key = |known: &Known| (known.is_thin(), known.together, known.share_at_least, known.at_least);
    let order = |a: &Known, b: &Known| key(a).partial_cmp(&key(b)).unwrap_or(std::cmp::Ordering::Equal);
    known.into_iter().min_by(order)
}

impl Known {
    /// Whether there are too few commits to say anything.
    fn is_thin(&self) -> bool {
        self.commits.iter().any(|commits| *commits < COMMITS)
    }

    /// Whether a change to the dependency keeps reaching the dependent, by the bars of the signal `ripple`.
    fn reaches(&self) -> bool {
        self.shared >= SHARED && self.share_at_least >= RIPPLE
    }

    /// Whether it does so no more than by chance, because the dependent changes with everything. Among few crates chance
    /// cannot be told, and what reaches is believed.
    fn is_busy(&self) -> bool {
        !self.small && self.at_least <= 1.0
    }
}

/// What is told of an edge.
fn written(known: &Known, lead: &str) -> Track {
    let [from, to] = &known.crates;
    let (shared, [of_from, of_to]) = (known.shared, known.commits);
    let (suggests, said) = if known.is_thin() {
        let said = format!("too few commits to say ({of_from} change `{from}`, {of_to} change `{to}`)");
        (Suggestion::TooFewCommits, said)
    } else if known.together {
        let said = format!(
            "`{from}` and `{to}` change together at least {:.1} times more than chance ({shared} commits change both, {:.1} would by \
             chance): look at the boundary first",
            known.at_least, known.expected
        );
        (Suggestion::LookAtTheBoundary, said)
    } else if known.reaches() && !known.is_busy() {
        let said = format!(
            "{shared} of {of_to} commits to `{to}` changed `{from}` too (at least {:.0} %): look at the boundary first",
            known.share_at_least * 100.0
        );
        (Suggestion::LookAtTheBoundary, said)
    } else {
        let effort = match known.references {
            Some(references) if references > FEW => ": much code to change, but the boundary holds",
            Some(_) => ": the code is easy to fix",
            None => ": history does not speak against the rule",
        };
        let said = if known.reaches() {
            format!(
                "{shared} of {of_to} commits to `{to}` changed `{from}` too, but `{from}` changes as often with everything else{effort}"
            )
        } else {
            format!("no ripple ({shared} of {of_to} commits to `{to}` changed `{from}` too){effort}")
        };
        (Suggestion::MendTheCode, said)
    };
    let references = match known.references {
        Some(1) => "1 reference, ".to_owned(),
        Some(references) => format!("{references} references, "),
        None => String::new(),
    };
    let rounded = |number: f64| (number * 1e4).round() / 1e4;
    let counted = shared >= SHARED;
    Track {
        crates: known.crates.clone(),
        commits: known.commits,
        shared,
        expected: counted.then(|| rounded(known.expected)),
        at_least: counted.then(|| rounded(known.at_least)),
        ripple: rounded(known.share),
        ripple_at_least: rounded(known.share_at_least),
        references: known.references,
        suggests,
        text: format!("{lead}{references}{said}"),
    }
}
