//! The way from a folder to a report: load, then check.

use std::cell::OnceCell;
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use crate::architecture::Architecture;
use crate::baseline::Baseline;
use crate::config::parse::parse;
use crate::error::Error;
use crate::excuses::Excuses;
use crate::graph::Graph;
use crate::report::Report;
use crate::report::assemble::{Wishes, assemble};
use crate::rules::Case;
use crate::source::{SourceFile, Sources};
use crate::verify::{Verified, verify, verify_declared};
use crate::workspace::Workspace;
use crate::workspace::builds::Builds;
use crate::workspace::cargo::CargoOptions;
use crate::workspace::lockfile::LockGraph;

mod decide;
mod evidence;
mod history;
mod mend;
mod model;
pub(crate) mod modules;
mod options;
mod ratchet;
mod read;
mod since;
mod today;
mod track;

pub(crate) use history::{Past, history, history_of};
pub(crate) use mend::{Mend, Mending};
pub(crate) use model::{Judged, Model};
pub(crate) use modules::{keeps_source, seen_by_rules, source, source_at};
pub use options::Options;
pub use ratchet::{Growth, Ratchet};
pub(crate) use read::{FILE_NAME, Read, Written, absent, read, read_workspace};
pub use since::check;

/// A workspace and its boundaries.toml, read and ready to be checked.
#[derive(Debug)]
pub struct Loaded {
    workspace: Workspace,
    /// The workspace without the modules that the rules put among its members, where they do.
    bare: Option<Workspace>,
    written: Written,
    lock: Option<LockGraph>,
    sources: Arc<Sources>,
    wishes: Wishes,
    cargo: CargoOptions,
    /// What builds turn on, once a rule needed it.
    builds: OnceLock<Arc<Builds>>,
    started: Instant,
}

/// Reads a workspace and its boundaries.toml.
///
/// # Errors
/// Everything that is wrong with either, each with its place: what exit code 2 means on the command line.
pub fn load(options: &Options) -> Result<Loaded, Error> {
    let started = Instant::now();
    ready(read(options)?, options, started)
}

/// Makes ready to be checked what was read.
///
/// # Errors
/// There is no boundaries.toml, it is broken, or Cargo.lock is where a rule looks at it.
pub(crate) fn ready(mut read: Read, options: &Options, started: Instant) -> Result<Loaded, Error> {
    let today = today::today().map_err(Error::plain)?;
    let written = match std::mem::replace(&mut read.written, Ok(None)) {
        Ok(Some(written)) => written,
        Ok(None) => return Err(Error::new(vec![absent(&read.workspace)], read.sources)),
        Err(problems) => return Err(Error::new(problems, read.sources)),
    };
    let bare = match modules::look_into(&mut read, &written.config) {
        Ok(bare) => bare,
        Err(problems) => return Err(Error::new(problems, read.sources)),
    };
    let lock = match read::lock(&read.workspace, &written.config, &mut read.sources) {
        Ok(lock) => lock,
        Err(problems) => return Err(Error::new(problems, read.sources)),
    };
    if options.verify {
        match verify(bare.as_ref().unwrap_or(&read.workspace), &read.sources, options.cargo()) {
            Ok(verified) => read.workspace.notes.push(verified_note(&verified)),
            Err(problems) => return Err(Error::new(problems, read.sources)),
        }
    }
    Ok(Loaded {
        workspace: read.workspace,
        bare,
        written,
        lock,
        sources: Arc::new(read.sources),
        wishes: Wishes {
            deny_stale: options.deny_stale,
            show_excepted: options.show_excepted,
            today,
        },
        cargo: options.cargo(),
        builds: OnceLock::new(),
        started,
    })
}

/// A workspace with a boundaries.toml that stands nowhere yet, as it would be checked without a baseline.
///
/// # Errors
/// Everything that is wrong with the text.
pub(crate) fn proposed(workspace: Workspace, mut sources: Sources, text: &str) -> Result<Loaded, Error> {
    let started = Instant::now();
    let today = today::today().map_err(Error::plain)?;
    let path = workspace.root.join(read::FILE_NAME);
    let file = sources.add(SourceFile::new(read::FILE_NAME.to_owned(), path, text));
    let (config, problems) = parse(text, file);
    match config {
        Some(config) if problems.is_empty() => Ok(Loaded {
            workspace,
            bare: None,
            written: Written {
                config,
                file,
                baseline: None,
            },
            lock: None,
            sources: Arc::new(sources),
            wishes: Wishes {
                deny_stale: false,
                show_excepted: false,
                today,
            },
            cargo: CargoOptions::default(),
            builds: OnceLock::new(),
            started,
        }),
        _ => Err(Error::new(problems, sources)),
    }
}

/// What a person is told of a reading that cargo agrees with.
fn verified_note(verified: &Verified) -> String {
    let what = format!("cargo reads all {} dependencies alike", verified.declarations);
    match &verified.note {
        Some(note) => format!("{what}; {note}"),
        None => format!("{what}, and resolves them to the same packages"),
    }
}

impl Loaded {
    /// Binds boundaries.toml to the workspace and judges nothing: for benchmarks, which time the two apart.
    ///
    /// # Errors
    /// As [`Loaded::check`].
    #[doc(hidden)]
    pub fn bind(&self) -> Result<(), Error> {
        let graph = Graph::new(&self.workspace);
        let bound = Architecture::bind(&self.written.config, &graph, &self.sources);
        bound
            .map(|_| ())
            .map_err(|problems| Error::new(problems, Arc::clone(&self.sources)))
    }

    /// Judges every dependency of the workspace.
    ///
    /// # Errors
    /// Every selector of boundaries.toml that selects nothing and every name in it that is none, each with its place;
    /// or a rule that needs cargo and is not decided without it.
    pub fn check(&self) -> Result<Report, Error> {
        let graph = Graph::new(&self.workspace);
        let architecture = Architecture::bind(&self.written.config, &graph, &self.sources)
            .map_err(|problems| Error::new(problems, Arc::clone(&self.sources)))?;
        let baseline = self.written.baseline.as_ref();
        let excuses = Excuses::new(&architecture, baseline);
        let mut report = self.court().judge(&graph, &architecture, &excuses, baseline)?;
        report.summary.elapsed_ms = self.elapsed_ms();
        Ok(report)
    }

    fn court(&self) -> Court<'_> {
        Court {
            land: self,
            lock: self.lock.as_ref(),
            sources: Arc::clone(&self.sources),
            wishes: self.wishes,
        }
    }

    /// Since the start of the run. To the microsecond: more would be noise in every report.
    fn elapsed_ms(&self) -> f64 {
        (self.started.elapsed().as_secs_f64() * 1e6).round() / 1e3
    }

    /// Compares the reading with `cargo metadata --no-deps`, where cargo is at hand; says how many declarations were
    /// compared. For the moments on which all later checks stand.
    ///
    /// # Errors
    /// Every difference; or cargo cannot read the workspace at all.
    pub fn verify_declared(&self, options: &Options) -> Result<Option<usize>, Error> {
        verify_declared(self.bare(), &self.sources, options.cargo())
            .map_err(|problems| Error::new(problems, Arc::clone(&self.sources)))
    }

    /// The workspace without modules among its members.
    pub(crate) fn bare(&self) -> &Workspace {
        self.bare.as_ref().unwrap_or(&self.workspace)
    }

    /// Whether a name counts for the module through which it is named alone.
    pub(crate) fn takes_facades(&self) -> bool {
        self.written.config.settings.facades
    }

    /// The folder of the root manifest.
    #[must_use]
    pub fn root(&self) -> &camino::Utf8Path {
        &self.workspace.root
    }
}

/// What a judgement takes besides the graph and the rules.
struct Court<'l> {
    /// Whose builds are asked.
    land: &'l Loaded,
    lock: Option<&'l LockGraph>,
    sources: Arc<Sources>,
    wishes: Wishes,
}

impl Court<'_> {
    /// Judges with these excuses, which are those of this baseline.
    fn judge(
        &self,
        graph: &Graph<'_>,
        architecture: &Architecture<'_>,
        excuses: &Excuses<'_>,
        baseline: Option<&Baseline>,
    ) -> Result<Report, Error> {
        let supposed = OnceCell::new();
        let mut case = Case {
            graph,
            architecture,
            excuses,
            lock: self.lock,
            builds: None,
        };
        let candidates = self.land.candidates(&mut case, &self.sources, &supposed)?;
        let sources = Arc::clone(&self.sources);
        Ok(assemble(&case, &candidates, baseline, sources, self.wishes))
    }
}
