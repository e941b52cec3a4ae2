//! Reads what lies on disk: the workspace, boundaries.toml, the baseline and, where a rule looks at it, Cargo.lock.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};

use super::{Options, modules};
use crate::architecture::{Architecture, absent_from};
use crate::baseline::{self, Baseline};
use crate::config::{Config, EngineChoice, parse::parse};
use crate::error::{Error, Problem, ProblemKind};
use crate::graph::Graph;
use crate::source::{FileId, SourceFile, Sources, Tree, display_path};
use crate::workspace::lockfile::LockGraph;
use crate::workspace::{Engine, Workspace, engine, manifests};

/// The file that a workspace's boundaries are written in.
pub(crate) const FILE_NAME: &str = "boundaries.toml";

/// What a team wrote: boundaries.toml and, where there is one, the baseline.
#[derive(Debug)]
pub(crate) struct Written {
    pub(crate) config: Config,
    /// The file that it was read from.
    pub(super) file: FileId,
    pub(super) baseline: Option<Baseline>,
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

/// The manifest that reading starts from.
pub(super) fn manifest(options: &Options) -> Result<Utf8PathBuf, Error> {
    find_manifest(options.manifest_path.as_deref()).map_err(Error::plain)
}

/// Reads the workspace of this root manifest as it was, and what was written then; none where there was no
/// boundaries.toml.
pub(super) fn read_past(manifest: &Utf8Path, options: &Options, tree: Tree) -> Result<Option<Read>, Error> {
    let root = manifest.parent().unwrap_or(manifest);
    let named = options
        .config_file
        .as_deref()
        .map(utf8)
        .transpose()
        .map_err(Error::plain)?;
    if !tree.exists(&named.unwrap_or_else(|| root.join(FILE_NAME))) {
        return Ok(None);
    }
    let choice = options.engine_choice().unwrap_or(EngineChoice::Auto);
    read_from(Sources::from(tree), manifest, choice, options).map(Some)
}

/// Reads the workspace alone.
pub(crate) fn read_workspace(options: &Options) -> Result<(Workspace, Sources), Error> {
    let manifest = find_manifest(options.manifest_path.as_deref()).map_err(Error::plain)?;
    let mut sources = Sources::default();
    let choice = options.engine_choice().unwrap_or(EngineChoice::Auto);
    match engine::read(&manifest, choice, options.cargo(), &mut sources) {
        Ok(workspace) => Ok((workspace, sources)),
        Err(problems) => Err(Error::new(problems, sources)),
    }
}

fn read_by(manifest: &Utf8Path, engine: EngineChoice, options: &Options) -> Result<Read, Error> {
    read_from(Sources::default(), manifest, engine, options)
}

fn read_from(
    mut sources: Sources,
    manifest: &Utf8Path,
    engine: EngineChoice,
    options: &Options,
) -> Result<Read, Error> {
    match engine::read(manifest, engine, options.cargo(), &mut sources) {
        Ok(workspace) => {
            let written = written_for(&workspace, options, &mut sources);
            Ok(Read {
                workspace,
                sources,
                written,
            })
        }
        Err(problems) => Err(Error::new(problems, sources)),
    }
}

fn written_for(
    workspace: &Workspace,
    options: &Options,
    sources: &mut Sources,
) -> Result<Option<Written>, Vec<Problem>> {
    let config_file = options.config_file.as_deref();
    // Who names the file knows what it is: `--config-file <(generate)` is a pipe, and pipes are read there alone.
    let (path, how): (_, How) = match config_file {
        Some(path) => (utf8(path).map_err(|problem| vec![problem])?, read_named),
        None => (workspace.root.join(FILE_NAME), Tree::read),
    };
    let (file, text) = match read_file(&workspace.root, &path, how, sources) {
        Ok(Some(read)) => read,
        Ok(None) if config_file.is_some() => {
            let problem = Problem::new(ProblemKind::Usage, format!("`{path}` does not exist"));
            return Err(vec![problem.help("`--config-file` names a boundaries.toml")]);
        }
        Ok(None) => return Ok(None),
        Err(problem) => return Err(vec![problem]),
    };
    let (config, mut problems) = parse(&text, file);
    let baseline = baseline_beside(workspace, options.merge_baseline, sources).unwrap_or_else(|found| {
        problems.extend(found);
        None
    });
    match config {
        Some(config) if problems.is_empty() => Ok(Some(Written { config, file, baseline })),
        config => {
            // The first mistake does not hide the second: what can be bound is bound all the same.
            let bind = |config: &Config| {
                let expanded = modules::expanded(workspace, config, sources)?;
                let graph = Graph::new(expanded.as_ref().unwrap_or(workspace));
                Architecture::bind(config, &graph, sources).map(|_| ())
            };
            problems.extend(config.as_ref().map(bind).and_then(Result::err).into_iter().flatten());
            Err(problems)
        }
    }
}

/// Cargo.lock, where a rule looks at it: a lockfile that is missing, broken or out of date leaves such a rule undecided,
/// and is no concern of any other.
pub(super) fn lock(
    workspace: &Workspace,
    config: &Config,
    sources: &mut Sources,
) -> Result<Option<LockGraph>, Vec<Problem>> {
    if !config.looks_at_the_lockfile() {
        return Ok(None);
    }
    let lock = LockGraph::read(workspace, sources)?;
    let stale = lock.stale(workspace);
    if !stale.is_empty() {
        return Err(stale);
    }
    let absent = absent_from(config, &lock);
    if absent.is_empty() { Ok(Some(lock)) } else { Err(absent) }
}

fn baseline_beside(
    workspace: &Workspace,
    merge: bool,
    sources: &mut Sources,
) -> Result<Option<Baseline>, Vec<Problem>> {
    let path = workspace.root.join(baseline::FILE_NAME);
    let of_both = |text: &str| merge && !baseline::merge::marks(text).is_empty();
    match read_file(&workspace.root, &path, Tree::read, sources) {
        Ok(None) => Ok(None),
        Ok(Some((_, text))) if of_both(&text) => {
            let merged: Arc<str> = baseline::merge::both(&text).into();
            let shown = display_path(&workspace.root, &path);
            let file = sources.add(SourceFile::new(shown, path, Arc::clone(&merged)));
            baseline::parse(&merged, file).map(Some)
        }
        Ok(Some((file, text))) => baseline::parse(&text, file).map(Some),
        Err(problem) => Err(vec![problem]),
    }
}

/// How bytes come from a path.
type How = fn(&Tree, &Utf8Path) -> std::io::Result<Vec<u8>>;

/// The bytes of a file that the command line names: a pipe too.
fn read_named(tree: &Tree, path: &Utf8Path) -> std::io::Result<Vec<u8>> {
    if tree.is_past() {
        tree.read(path)
    } else {
        std::fs::read(path)
    }
}

/// A file's text, taken into the sources; none where there is no such file.
fn read_file(
    root: &Utf8Path,
    path: &Utf8Path,
    how: How,
    sources: &mut Sources,
) -> Result<Option<(FileId, Arc<str>)>, Problem> {
    let shown = display_path(root, path);
    let bytes = match how(sources.tree(), path) {
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
    let file = sources.add(SourceFile::new(shown, path.to_owned(), Arc::clone(&text)));
    Ok(Some((file, text)))
}

/// What to say where there is no boundaries.toml.
pub(crate) fn absent(workspace: &Workspace) -> Problem {
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
