//! What can be taken out of the files that a team wrote, since nothing needs it any more: permissions, exceptions, lines of
//! the baseline. Nothing is written here.

use std::ops::Range;
use std::sync::Arc;

use jiff::civil;

use super::{Court, Loaded, Wishes};
use crate::architecture::Architecture;
use crate::baseline::write::rewritten;
use crate::config::Config;
use crate::edit::{self, Edit, Wanted};
use crate::error::{Error, Problem, ProblemKind};
use crate::excuses::Excuses;
use crate::finding::{Code, Finding, Level};
use crate::graph::Graph;
use crate::report::Report;
use crate::source::{FileId, SourceFile, Sources, Span};

/// What is to be taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mend {
    /// Of boundaries.toml whatever is of no use, whatever the levels say.
    Unused,
    /// What `check` reports, of boundaries.toml and the baseline.
    Reported {
        /// And the lists of boundaries.toml whose order means nothing are put in order.
        sort: bool,
    },
}

/// What can be mended, and how.
#[derive(Debug)]
pub struct Mending {
    /// What is of no use, by its place.
    pub findings: Vec<Finding>,
    /// Entries with a `!` that have nothing left to take away from, by their place.
    pub left_over: Vec<Span>,
    /// The files that are to change.
    pub files: Vec<Change>,
    /// What was read.
    pub sources: Arc<Sources>,
}

/// A file that is to change.
#[derive(Debug)]
pub struct Change {
    /// Which.
    pub file: FileId,
    /// How; never empty.
    pub edits: Vec<Edit>,
}

impl Mending {
    /// The file of a change.
    #[must_use]
    pub fn file(&self, change: &Change) -> &SourceFile {
        self.sources.file(change.file)
    }
}

impl Loaded {
    /// What can be taken out, and the changes that take it out.
    ///
    /// # Errors
    /// As [`Loaded::check`].
    pub fn mend(&self, mend: Mend) -> Result<Mending, Error> {
        let config = match mend {
            Mend::Unused => reporting(&self.written.config, &[Code::UnusedPermission, Code::StaleException]),
            Mend::Reported { .. } => self.written.config.clone(),
        };
        let (codes, sort): (&[Code], bool) = match mend {
            Mend::Unused => (&[Code::UnusedPermission, Code::StaleException], false),
            Mend::Reported { sort } => (
                &[Code::UnusedPermission, Code::StaleException, Code::StaleBaseline],
                sort,
            ),
        };
        let mut report = self.without_a_calendar(&config)?;
        report.findings.retain(|finding| codes.contains(&finding.code));
        let findings = report.findings;
        let mut mending = Mending {
            left_over: left_over(&config, &findings),
            findings,
            files: Vec::new(),
            sources: Arc::clone(&self.sources),
        };
        self.change_boundaries(&mut mending, sort)?;
        self.change_baseline(&mut mending, &report.stale_lines);
        Ok(mending)
    }

    /// The report as of a day before all others: an exception that has expired and excuses nothing is told as one that
    /// excuses nothing.
    fn without_a_calendar(&self, config: &Config) -> Result<Report, Error> {
        let graph = Graph::new(&self.workspace);
        let architecture = Architecture::bind(config, &graph, &self.sources)
            .map_err(|problems| Error::new(problems, Arc::clone(&self.sources)))?;
        let baseline = self.written.baseline.as_ref();
        let excuses = Excuses::new(&architecture, baseline);
        let court = Court {
            wishes: Wishes {
                today: civil::Date::MIN,
                ..self.wishes
            },
            ..self.court()
        };
        court.judge(&graph, &architecture, &excuses, baseline)
    }

    fn change_boundaries(&self, mending: &mut Mending, sort: bool) -> Result<(), Error> {
        let of_exceptions_and_lists = mending.findings.iter().filter(|f| f.code != Code::StaleBaseline);
        let spans: Vec<Span> = of_exceptions_and_lists
            .map(|finding| finding.primary.span)
            .chain(mending.left_over.iter().copied())
            .collect();
        let lists = self.written.config.lists_without_order();
        let wanted = Wanted {
            removed: spans.iter().map(|span| span.range()).collect(),
            sorted: if sort { lists } else { Vec::new() },
        };
        let file = self.written.config.file;
        let source = self.sources.file(file);
        let Some(edits) = edit::plan(&source.text, &wanted) else {
            let mut problem = Problem::new(
                ProblemKind::Config,
                format!(
                    "`{}` is written in a way that cannot be changed by machine",
                    source.path
                ),
            );
            for span in spans {
                problem = problem.at(span, "of no use");
            }
            let problem = problem.help("take it out by hand");
            return Err(Error::new(vec![problem], Arc::clone(&self.sources)));
        };
        if !edits.is_empty() {
            mending.files.push(Change { file, edits });
        }
        Ok(())
    }

    /// As `cargo boundaries baseline` writes it.
    fn change_baseline(&self, mending: &mut Mending, stale: &[usize]) {
        let reported = mending.findings.iter().any(|f| f.code == Code::StaleBaseline);
        let Some(baseline) = self.written.baseline.as_ref().filter(|_| reported) else {
            return;
        };
        let text = &self.sources.file(baseline.file).text;
        let edits = edit::between(text, &rewritten(baseline, text, stale, []));
        if !edits.is_empty() {
            mending.files.push(Change {
                file: baseline.file,
                edits,
            });
        }
    }
}

/// The configuration with these codes reported, whatever it says of them itself.
fn reporting(config: &Config, codes: &[Code]) -> Config {
    let mut config = config.clone();
    for code in codes {
        config.levels.retain(|(word, _)| word.value != code.as_str());
        let word = crate::source::Spanned::new(code.as_str().to_owned(), Span::new(config.file, 0..0));
        config.levels.push((word, Level::Warn));
    }
    config
}

/// The `!` entries that would open their list once the reported entries are gone.
fn left_over(config: &Config, findings: &[Finding]) -> Vec<Span> {
    let gone: Vec<Range<usize>> = findings.iter().map(|finding| finding.primary.span.range()).collect();
    let lists = config.permitting_lists();
    let left = lists.flat_map(|list| list.left_with_nothing_before(|entry| gone.contains(&entry.text.span.range())));
    left.map(|entry| entry.text.span).collect()
}
