//! Which workspace a manifest belongs to, found as cargo finds it: `[workspace]` in the manifest itself, then
//! `package.workspace`, then the folders above, leaving out roots that exclude it.

use std::io::ErrorKind;

use camino::{Utf8Path, Utf8PathBuf};

use super::loader::Loader;
use super::paths;
use super::raw::{RawManifest, RawWorkspace};
use crate::error::{Problem, ProblemKind};

/// The root manifest of the workspace that `manifest` belongs to; none where it stands alone. Roots that were read
/// before win over nearer ones that were not, as in cargo (`Workspace::find_root`).
pub fn root_of(loader: &mut Loader, manifest: &Utf8Path) -> Result<Option<Utf8PathBuf>, Problem> {
    if let Ok(raw) = &loader.file(manifest).content
        && let Some(root) = root_said_by(raw, manifest, manifest)
    {
        return Ok(Some(root));
    }
    if let Some(root) = known_root(loader, manifest) {
        return Ok(Some(root));
    }
    let home = cargo_home();
    let Some(own) = manifest.parent() else {
        return Ok(None);
    };
    let mut below = None;
    for directory in own.ancestors().skip(1) {
        // Packages that cargo unpacked, to verify them or into its home, belong to no workspace around them.
        if directory.ends_with("target/package") || below.is_some() && below == home.as_deref() {
            break;
        }
        below = Some(directory);
        let candidate = directory.join("Cargo.toml");
        let file = loader.file(&candidate);
        match &file.content {
            Ok(raw) => {
                if let Some(root) = root_said_by(raw, &candidate, manifest) {
                    return Ok(Some(root));
                }
                if let Some(problem) = raw.problems.first().filter(|_| raw.package.is_none()) {
                    return Err(problem.clone());
                }
            }
            Err(failure) if matches!(failure.kind, ErrorKind::NotFound | ErrorKind::NotADirectory) => {}
            Err(failure) => {
                let message = format!("`{candidate}` could not be read: {}", failure.message);
                let help = "cargo looks there for the root of the workspace; make it readable or remove it";
                return Err(Problem::new(ProblemKind::Io, message).help(help));
            }
        }
    }
    Ok(None)
}

/// What the manifest at `path` says of where the root of `looking` is.
fn root_said_by(raw: &RawManifest, path: &Utf8Path, looking: &Utf8Path) -> Option<Utf8PathBuf> {
    let directory = path.parent().unwrap_or(path);
    if let Some(workspace) = &raw.workspace {
        return (!is_excluded(workspace, directory, looking)).then(|| path.to_owned());
    }
    let pointer = raw.package.as_ref()?.workspace.as_ref()?;
    Some(paths::join(directory, &pointer.value).join("Cargo.toml"))
}

/// The nearest root above that was read already and does not exclude it.
fn known_root(loader: &Loader, manifest: &Utf8Path) -> Option<Utf8PathBuf> {
    let above = loader.roots().filter(|root| paths::lies_in(manifest, root.directory()));
    let fitting = above.filter(|root| {
        let workspace = root.content.as_ref().ok().and_then(|raw| raw.workspace.as_ref());
        workspace.is_some_and(|workspace| !is_excluded(workspace, root.directory(), manifest))
    });
    fitting
        .max_by_key(|root| root.path.as_str().len())
        .map(|root| root.path.clone())
}

/// Whether the workspace at `directory` leaves `path` out: below an entry of `exclude`, and not below one of
/// `members`, both by text.
pub fn is_excluded(workspace: &RawWorkspace, directory: &Utf8Path, path: &Utf8Path) -> bool {
    let below = |entry: &str| path.starts_with(directory.join(entry));
    workspace.exclude.iter().any(|entry| below(entry))
        && !workspace.members.iter().flatten().any(|entry| below(&entry.value))
}

/// Cargo's home: `$CARGO_HOME`, else `.cargo` in the user's.
pub fn cargo_home() -> Option<Utf8PathBuf> {
    let set = std::env::var("CARGO_HOME").ok().filter(|home| !home.is_empty());
    let home = match set {
        Some(home) => Utf8PathBuf::from(home),
        None => Utf8PathBuf::from_path_buf(std::env::home_dir()?).ok()?.join(".cargo"),
    };
    home.is_absolute().then(|| paths::normalize(&home))
}

/// The manifest to start from, as cargo chooses it: the nearest `Cargo.toml`, in the folder `start` or above.
///
/// # Errors
/// Where there is none; a `cargo.toml` in its place is named.
pub fn find_manifest(start: &Utf8Path) -> Result<Utf8PathBuf, Problem> {
    let start = absolute(start)?;
    let mut miswritten = None;
    for directory in start.ancestors() {
        let manifest = directory.join("Cargo.toml");
        if manifest.exists() {
            return Ok(manifest);
        }
        let other = directory.join("cargo.toml");
        if miswritten.is_none() && other.exists() {
            miswritten = Some(other);
        }
    }
    let problem = Problem::new(
        ProblemKind::Workspace,
        format!("there is no `Cargo.toml` in `{start}` or any folder above"),
    );
    Err(match miswritten {
        Some(other) => problem.help(format!("rename `{other}` to `Cargo.toml`")),
        None => problem.help("run it inside a workspace, or say `--manifest-path PATH/Cargo.toml`"),
    })
}

/// The manifest that `--manifest-path` names: it must be a file called `Cargo.toml`.
///
/// # Errors
/// Where it is something else, or nothing.
pub fn manifest_at(path: &Utf8Path) -> Result<Utf8PathBuf, Problem> {
    let manifest = absolute(path)?;
    let usage = |message: String| Problem::new(ProblemKind::Usage, message);
    if manifest.is_dir() {
        let inside = path.join("Cargo.toml");
        let problem = usage(format!("`{path}` is a folder, and `--manifest-path` names a file"));
        return Err(problem.help(format!("say `--manifest-path {inside}`")));
    }
    if !manifest.exists() {
        let problem = usage(format!("`{path}` does not exist"));
        return Err(problem.help("`--manifest-path` names a `Cargo.toml`"));
    }
    if manifest.file_name() != Some("Cargo.toml") {
        let problem = usage(format!("`{path}` is no `Cargo.toml`"));
        return Err(problem.help("`--manifest-path` names a file of exactly that name"));
    }
    Ok(manifest)
}

/// Absolute and normalized, seen from the current folder.
fn absolute(path: &Utf8Path) -> Result<Utf8PathBuf, Problem> {
    match camino::absolute_utf8(path) {
        Ok(path) => Ok(paths::normalize(&path)),
        Err(error) => Err(Problem::new(
            ProblemKind::Io,
            format!("`{path}` cannot be made absolute: {error}"),
        )),
    }
}
