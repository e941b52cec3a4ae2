//! Reads the workspace from its manifests: the default engine. No cargo process, no network, no lockfile, no
//! toolchain. The reader's world is closed: what it does not know and could bear on the graph is named, for cargo.

use camino::{Utf8Path, Utf8PathBuf};

use super::{Engine, Workspace};
use crate::error::{Problem, ProblemKind};
use crate::source::Sources;

mod configuration;
mod discovery;
mod inherit;
mod link;
mod loader;
mod members;
mod patch;
pub mod paths;
pub mod raw;
mod validate;

pub use discovery::{find_manifest, manifest_at};
use loader::Loader;
use members::Members;
use patch::Patches;
use raw::RawManifest;

/// Why the manifests alone give no workspace.
#[derive(Clone, Debug)]
pub enum ReadError {
    /// The workspace is broken; cargo would refuse it too. Every problem that was found, each with its place.
    Problems(Vec<Problem>),
    /// The workspace holds what only cargo can read (a nightly's keys, a later edition, an override of paths). The
    /// cargo engine may well read it; where it cannot run, all of this is why the run is undecided.
    NeedsCargo {
        /// What it holds, each with its place, in the words of a problem; never empty.
        reasons: Vec<Problem>,
        /// What else was found; these may come from what could not be read.
        problems: Vec<Problem>,
    },
}

impl From<ReadError> for Vec<Problem> {
    /// All of it, for a caller that has no other engine.
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Problems(problems) => problems,
            ReadError::NeedsCargo { mut reasons, problems } => {
                reasons.extend(problems);
                reasons
            }
        }
    }
}

/// Reads the workspace that `manifest`, the absolute path of a Cargo.toml, belongs to. Every file that was read is
/// added to `sources`, also where an error comes back.
///
/// # Errors
/// [`ReadError::Problems`] with everything that is wrong, or [`ReadError::NeedsCargo`] where the manifests hold what
/// this reader does not know.
pub fn read(manifest: &Utf8Path, sources: &mut Sources) -> Result<Workspace, ReadError> {
    let start = paths::normalize(manifest);
    let mut loader = Loader::new(sources);
    let mut problems = Vec::new();
    let root = match find_root(&mut loader, &start) {
        Ok(root) => root,
        Err(found) => {
            loader.finish(start.parent().unwrap_or(&start), sources);
            return Err(ReadError::Problems(found));
        }
    };
    let members = match &root {
        Some(root) => members::find(&mut loader, root, &mut problems),
        None => members::alone(&mut loader, &start, &mut problems),
    };
    let manifest = root.clone().unwrap_or_else(|| start.clone());
    if root.is_some() {
        validate::check(&mut loader, &manifest, &start, &members.found, &mut problems);
    }
    let defaults = validate::default_members(&loader, &manifest, &members.found, &mut problems);
    let outside = link::outside(&members.found);
    loader.load(&outside);
    let directory = manifest.parent().unwrap_or(&manifest).to_owned();
    loader.finish(&directory, sources);
    let configuration = configuration::read(&directory, sources);
    let mut foreign = collect(&loader, &manifest, &members, &outside, &mut problems);
    problems.extend(configuration.problems);
    foreign.extend(configuration.foreign);
    let mut patches = Patches::new(configuration.registries);
    for (patch, folder) in &configuration.patches {
        patches.add(patch, folder);
    }
    for patch in loader.manifest(&manifest).iter().flat_map(|raw| &raw.patches) {
        patches.add(patch, &directory);
    }
    let mut workspace = Workspace {
        root: directory,
        // The root was read: it is a member, or where the members stand.
        manifest: loader.id(&manifest).unwrap_or(crate::source::FileId::new(0)),
        members: Vec::new(),
        externals: Vec::new(),
        engine: Engine::Manifests,
        notes: configuration.notes,
    };
    let complaints = link::link(&mut workspace, &loader, members.found, &defaults, &patches);
    problems.extend(complaints.problems);
    foreign.extend(complaints.foreign);
    if !foreign.is_empty() {
        Err(ReadError::NeedsCargo {
            reasons: foreign,
            problems,
        })
    } else if problems.is_empty() {
        Ok(workspace)
    } else {
        Err(ReadError::Problems(problems))
    }
}

/// The root of the workspace; none for a package that stands alone. The manifest to start from must be readable.
fn find_root(loader: &mut Loader, start: &Utf8Path) -> Result<Option<Utf8PathBuf>, Vec<Problem>> {
    let problem = |text: String| Problem::new(ProblemKind::Workspace, text);
    match &loader.file(start).content {
        Err(failure) => {
            let text = format!("`{start}` could not be read: {}", failure.message);
            return Err(vec![problem(text).help("say `--manifest-path PATH/Cargo.toml`")]);
        }
        Ok(raw) if raw.package.is_none() && raw.workspace.is_none() && !raw.problems.is_empty() => {
            return Err(raw.problems.clone());
        }
        Ok(_) => {}
    }
    let root = discovery::root_of(loader, start).map_err(|problem| vec![problem])?;
    let Some(root) = root else { return Ok(None) };
    let wrong = match &loader.file(&root).content {
        Ok(raw) if raw.workspace.is_some() => return Ok(Some(root)),
        Ok(raw) if !raw.problems.is_empty() => return Err(raw.problems.clone()),
        Ok(_) => "has no `[workspace]`".to_owned(),
        Err(failure) => format!("could not be read: {}", failure.message),
    };
    let text = format!("`package.workspace` leads to `{root}`, which {wrong}");
    let pointer = loader
        .manifest(start)
        .and_then(|raw| raw.package.as_ref()?.workspace.as_ref());
    let problem = match pointer {
        Some(pointer) => problem(text).at(pointer.span, "leads there"),
        None => problem(text),
    };
    Err(vec![problem.help("correct the path, or add `[workspace]` there")])
}

/// Gathers the problems of the root and of every member, and of packages outside that cannot be read at all; what only
/// cargo can read comes back.
fn collect(
    loader: &Loader,
    root: &Utf8Path,
    members: &Members,
    outside: &[Utf8PathBuf],
    problems: &mut Vec<Problem>,
) -> Vec<Problem> {
    let mut foreign = Vec::new();
    let nameless = |path: &&Utf8PathBuf| {
        let package = loader.manifest(path).and_then(|raw| raw.package.as_ref());
        package.is_none_or(|package| package.name.is_none())
    };
    let outside = outside
        .iter()
        .filter(nameless)
        .filter(|path| !members.others.contains(path));
    let found = members.found.iter().map(|member| &member.manifest);
    for path in found.chain(&members.others).chain(outside) {
        let Some(raw) = loader.manifest(path) else { continue };
        problems.extend(raw.problems.iter().cloned());
        foreign.extend(raw.foreign.iter().cloned());
        if path == root {
            foreign.extend(raw.root_foreign.iter().cloned());
        }
        problems.extend(contradictions(raw));
    }
    for member in &members.found {
        problems.extend(member.reading.problems.iter().cloned());
    }
    foreign
}

/// Sections of one manifest that cannot stand together.
fn contradictions(raw: &RawManifest) -> Option<Problem> {
    let pointer = raw.package.as_ref().and_then(|package| package.workspace.as_ref());
    if let (Some(workspace), Some(pointer)) = (&raw.workspace, pointer) {
        let text = "a manifest can have `[workspace]` or `package.workspace`, and not both";
        let problem = Problem::new(ProblemKind::Workspace, text).at(pointer.span, "leads to another root");
        return Some(
            problem
                .at(workspace.key, "is a root")
                .help("remove the one that is not meant"),
        );
    }
    let section = raw.package_only.as_ref()?;
    if raw.package.is_some() || !raw.problems.is_empty() || raw.workspace.is_none() {
        return None;
    }
    let text = format!("`{}` stands in a manifest without `[package]`", section.value);
    let problem = Problem::new(ProblemKind::Workspace, text).at(section.span, "cargo refuses this");
    Some(problem.help("move it into a package, or add `[package]`"))
}

#[cfg(test)]
mod tests;
