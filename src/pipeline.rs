//! The way from a folder to a report: load, then check.

use std::sync::Arc;
use std::time::Instant;

use camino::{Utf8Path, Utf8PathBuf};
use jiff::civil;

use crate::architecture::Architecture;
use crate::baseline::{self, Baseline};
use crate::config::{Config, EngineChoice, parse::parse};
use crate::error::{Error, Problem, ProblemKind};
use crate::excuses::Excuses;
use crate::graph::Graph;
use crate::report::Report;
use crate::report::assemble::{Wishes, assemble};
use crate::rules::{Case, judge};
use crate::source::{self, FileId, SourceFile, Sources, display_path};
use crate::verify::{Verified, verify};
use crate::workspace::cargo::CargoOptions;
use crate::workspace::engine;
use crate::workspace::lockfile::LockGraph;
use crate::workspace::{Engine, Workspace, manifests};

/// The file that a workspace's boundaries are written in.
pub(crate) const FILE_NAME: &str = "boundaries.toml";

/// What is to be checked, and how.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own on the command line"
)]
pub struct Options {
    /// A Cargo.toml of the workspace; none means the nearest one, from the current folder upwards.
    pub manifest_path: Option<std::path::PathBuf>,
    /// The boundaries.toml; none means the one beside the root manifest.
    pub config_file: Option<std::path::PathBuf>,
    /// Which engine reads the workspace; none means what boundaries.toml says, else the manifests, and cargo where they
    /// hold what only cargo can read.
    pub engine: Option<Engine>,
    /// Let cargo read the workspace only where the manifests hold what only cargo can read, whatever boundaries.toml
    /// says.
    pub engine_auto: bool,
    /// Passed to cargo: Cargo.lock may not have to change.
    pub locked: bool,
    /// Passed to cargo: no network.
    pub offline: bool,
    /// Passed to cargo: both.
    pub frozen: bool,
    /// Fail on exceptions and baseline lines that excuse nothing any more.
    pub deny_stale: bool,
    /// List what exceptions and the baseline excuse.
    pub show_excepted: bool,
    /// Compare what was read with cargo's own reading.
    pub verify: bool,
}

impl Options {
    pub(crate) fn cargo(&self) -> CargoOptions {
        CargoOptions {
            locked: self.locked,
            offline: self.offline,
            frozen: self.frozen,
        }
    }

    fn engine_choice(&self) -> Option<EngineChoice> {
        match (self.engine, self.engine_auto) {
            (Some(Engine::Manifests), _) => Some(EngineChoice::Manifests),
            (Some(Engine::Cargo), _) => Some(EngineChoice::Cargo),
            (None, true) => Some(EngineChoice::Auto),
            (None, false) => None,
        }
    }
}

/// A workspace and its boundaries.toml, read and ready to be checked.
#[derive(Debug)]
pub struct Loaded {
    workspace: Workspace,
    written: Written,
    lock: Option<LockGraph>,
    sources: Arc<Sources>,
    wishes: Wishes,
    started: Instant,
}

/// Reads a workspace and its boundaries.toml.
///
/// # Errors
/// Everything that is wrong with either, each with its place: what exit code 2 means on the command line.
pub fn load(options: &Options) -> Result<Loaded, Error> {
    let started = Instant::now();
    let today = today().map_err(Error::plain)?;
    let mut read = read(options)?;
    let written = match std::mem::replace(&mut read.written, Ok(None)) {
        Ok(Some(written)) => written,
        Ok(None) => return Err(Error::new(vec![absent(&read.workspace)], read.sources)),
        Err(problems) => return Err(Error::new(problems, read.sources)),
    };
    let lock = match read_lock(&read.workspace, &written.config, &mut read.sources) {
        Ok(lock) => lock,
        Err(problems) => return Err(Error::new(problems, read.sources)),
    };
    if options.verify {
        match verify(&read.workspace, &read.sources, options.cargo()) {
            Ok(verified) => read.workspace.notes.push(verified_note(&verified)),
            Err(problems) => return Err(Error::new(problems, read.sources)),
        }
    }
    Ok(Loaded {
        workspace: read.workspace,
        written,
        lock,
        sources: Arc::new(read.sources),
        wishes: Wishes {
            deny_stale: options.deny_stale,
            show_excepted: options.show_excepted,
            today,
        },
        started,
    })
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
    /// Every selector of boundaries.toml that selects nothing and every name in it that is none, each with its place.
    pub fn check(&self) -> Result<Report, Error> {
        let graph = Graph::new(&self.workspace);
        let architecture = Architecture::bind(&self.written.config, &graph, &self.sources)
            .map_err(|problems| Error::new(problems, Arc::clone(&self.sources)))?;
        let excuses = Excuses::new(&architecture, self.written.baseline.as_ref());
        let case = Case {
            graph: &graph,
            architecture: &architecture,
            excuses: &excuses,
            lock: self.lock.as_ref(),
        };
        let candidates = judge(&case);
        let sources = Arc::clone(&self.sources);
        let mut report = assemble(&case, &candidates, self.written.baseline.as_ref(), sources, self.wishes);
        report.summary.elapsed_ms = self.started.elapsed().as_secs_f64() * 1e3;
        Ok(report)
    }
}

/// What a team wrote: boundaries.toml and, where there is one, the baseline.
#[derive(Debug)]
pub(crate) struct Written {
    pub(crate) config: Config,
    baseline: Option<Baseline>,
}

/// What lies on disk: the workspace, and what a team wrote of its boundaries.
#[derive(Debug)]
pub(crate) struct Read {
    pub(crate) workspace: Workspace,
    pub(crate) sources: Sources,
    /// None where there is no boundaries.toml and none was named.
    pub(crate) written: Result<Option<Written>, Vec<Problem>>,
}

/// Reads the workspace with the engine that the options or boundaries.toml ask for, and what a team wrote.
pub(crate) fn read(options: &Options) -> Result<Read, Error> {
    let manifest = find_manifest(options.manifest_path.as_deref()).map_err(Error::plain)?;
    let asked = options.engine_choice();
    let read = read_by(&manifest, asked.unwrap_or(EngineChoice::Auto), options)?;
    // boundaries.toml lies beside the root manifest, so which engine it asks for is known only now.
    let wanted = match (&asked, &read.written) {
        (None, Ok(Some(written))) => written.config.settings.engine,
        _ => EngineChoice::Auto,
    };
    match (wanted, read.workspace.engine) {
        (EngineChoice::Cargo, Engine::Manifests) | (EngineChoice::Manifests, Engine::Cargo) => {
            read_by(&manifest, wanted, options)
        }
        _ => Ok(read),
    }
}

/// Reads the workspace alone.
pub(crate) fn read_workspace(options: &Options) -> Result<Workspace, Error> {
    let manifest = find_manifest(options.manifest_path.as_deref()).map_err(Error::plain)?;
    let mut sources = Sources::default();
    let choice = options.engine_choice().unwrap_or(EngineChoice::Auto);
    engine::read(&manifest, choice, options.cargo(), &mut sources).map_err(|problems| Error::new(problems, sources))
}

fn read_by(manifest: &Utf8Path, engine: EngineChoice, options: &Options) -> Result<Read, Error> {
    let mut sources = Sources::default();
    match engine::read(manifest, engine, options.cargo(), &mut sources) {
        Ok(workspace) => {
            let written = read_written(&workspace, options.config_file.as_deref(), &mut sources);
            Ok(Read {
                workspace,
                sources,
                written,
            })
        }
        Err(problems) => Err(Error::new(problems, sources)),
    }
}

fn read_written(
    workspace: &Workspace,
    config_file: Option<&std::path::Path>,
    sources: &mut Sources,
) -> Result<Option<Written>, Vec<Problem>> {
    let found = match config_file {
        // Who names the file knows what it is: `--config-file <(generate)` is a pipe.
        Some(path) => {
            let path = utf8(path).map_err(|problem| vec![problem])?;
            let bytes = std::fs::read(&path);
            (path, bytes)
        }
        None => found(workspace.root.join(FILE_NAME)),
    };
    let path = found.0.clone();
    let (file, text) = match take(&workspace.root, found, sources) {
        Ok(Some(read)) => read,
        Ok(None) if config_file.is_some() => {
            let problem = Problem::new(ProblemKind::Usage, format!("`{path}` does not exist"));
            return Err(vec![problem.help("`--config-file` names a boundaries.toml")]);
        }
        Ok(None) => return Ok(None),
        Err(problem) => return Err(vec![problem]),
    };
    let (config, mut problems) = parse(&text, file);
    let baseline = read_baseline(workspace, sources).unwrap_or_else(|found| {
        problems.extend(found);
        None
    });
    match config {
        Some(config) if problems.is_empty() => Ok(Some(Written { config, baseline })),
        config => {
            // The first mistake does not hide the second: what can be bound is bound all the same.
            let graph = Graph::new(workspace);
            let bound = config.as_ref().map(|c| Architecture::bind(c, &graph, sources));
            problems.extend(bound.and_then(Result::err).into_iter().flatten());
            Err(problems)
        }
    }
}

/// Cargo.lock, where a rule looks at it: a lockfile that is missing, broken or out of date leaves such a rule undecided,
/// and is no concern of any other.
fn read_lock(workspace: &Workspace, config: &Config, sources: &mut Sources) -> Result<Option<LockGraph>, Vec<Problem>> {
    if !config.looks_at_the_lockfile() {
        return Ok(None);
    }
    let lock = LockGraph::read(workspace, sources)?;
    let stale = lock.stale(workspace);
    if stale.is_empty() { Ok(Some(lock)) } else { Err(stale) }
}

fn read_baseline(workspace: &Workspace, sources: &mut Sources) -> Result<Option<Baseline>, Vec<Problem>> {
    let path = workspace.root.join(baseline::FILE_NAME);
    match take(&workspace.root, found(path), sources) {
        Ok(None) => Ok(None),
        Ok(Some((file, text))) => baseline::parse(&text, file).map(Some),
        Err(problem) => Err(vec![problem]),
    }
}

/// What lies at a path, or why that cannot be told.
type Found = (Utf8PathBuf, std::io::Result<Vec<u8>>);

fn found(path: Utf8PathBuf) -> Found {
    let bytes = source::read(&path);
    (path, bytes)
}

/// A file's text, taken into the sources; none where there is no such file.
fn take(root: &Utf8Path, (path, bytes): Found, sources: &mut Sources) -> Result<Option<(FileId, Arc<str>)>, Problem> {
    let shown = display_path(root, &path);
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(_) if path.is_dir() => {
            let problem = Problem::new(ProblemKind::Config, format!("`{shown}` is a folder, and a file is due"));
            return Err(problem.help("move the folder out of the way, or name another file with `--config-file`"));
        }
        Err(error) => {
            return Err(Problem::new(
                ProblemKind::Io,
                format!("`{shown}` cannot be read: {error}"),
            ));
        }
    };
    let text: Arc<str> = match String::from_utf8(bytes) {
        Ok(text) => text.into(),
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let line = error.as_bytes()[..valid].split(|b| *b == b'\n').count();
            let problem = Problem::new(
                ProblemKind::Config,
                format!("`{shown}` is not UTF-8, from line {line} on"),
            );
            return Err(problem.help("save the file as UTF-8"));
        }
    };
    let file = sources.add(SourceFile::new(shown, path, Arc::clone(&text)));
    Ok(Some((file, text)))
}

/// What to say where there is no boundaries.toml.
fn absent(workspace: &Workspace) -> Problem {
    let root = &workspace.root;
    let problem = Problem::new(ProblemKind::Config, format!("there is no {FILE_NAME} in `{root}`"))
        .help("`cargo boundaries init` writes one to start from");
    let above = root.ancestors().skip(1).find(|folder| folder.join(FILE_NAME).is_file());
    match above {
        Some(folder) if folder.join("Cargo.toml").is_file() => {
            let manifest = folder.join("Cargo.toml");
            problem.help(format!(
                "the workspace in `{folder}` has one: `--manifest-path {manifest}` checks that workspace"
            ))
        }
        _ => problem,
    }
}

/// The manifest to start from.
fn find_manifest(path: Option<&std::path::Path>) -> Result<Utf8PathBuf, Problem> {
    match path {
        Some(path) => manifests::manifest_at(&utf8(path)?),
        None => manifests::find_manifest(Utf8Path::new(".")),
    }
}

fn utf8(path: &std::path::Path) -> Result<Utf8PathBuf, Problem> {
    Utf8PathBuf::from_path_buf(path.to_owned())
        .map_err(|path| Problem::new(ProblemKind::Usage, format!("`{}` is not UTF-8", path.display())))
}

/// The day on which exceptions are judged: today, in UTC, unless `BOUNDARIES_TODAY` fixes it.
fn today() -> Result<civil::Date, Problem> {
    const VARIABLE: &str = "BOUNDARIES_TODAY";
    match std::env::var(VARIABLE) {
        Ok(text) if !text.is_empty() => text.parse().map_err(|_| {
            Problem::new(ProblemKind::Usage, format!("`{VARIABLE}` is `{text}`, which is no day"))
                .help("write it as YYYY-MM-DD, or unset it")
        }),
        _ => Ok(jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()),
    }
}
