//! `cargo boundaries init`: a boundaries.toml to start from, which names the workspace's own crates.

use std::fs;
use std::io::{self, Write as _};

use camino::Utf8Path;

use super::{Exit, fail, print, print_error};
use crate::cli::{Common, InitArguments};
use crate::error::{Error, Problem, ProblemKind};
use crate::pipeline;
use crate::source::{self, FileId, SourceFile, Sources, Span};
use crate::verify::verify_declared;
use crate::workspace::Workspace;

mod shape;
mod skeleton;
#[cfg(test)]
mod tests;
mod text;

pub use skeleton::skeleton;

/// The file's name.
const NAME: &str = "boundaries.toml";

/// Writes a boundaries.toml for the workspace at hand, or prints it.
pub(super) fn run(common: &Common, arguments: InitArguments) -> Exit {
    let manifest = common.manifests().into_iter().next().flatten();
    let options = common.options(manifest);
    let outcome = pipeline::read_workspace(&options).and_then(|(workspace, sources)| {
        let facts: Vec<_> = workspace.members.iter().map(|m| crate::workspace::targets::facts(m, &sources)).collect();
        // What all later checks stand on is compared with cargo's own reading once, before anything is written.
        let verified = if arguments.dry_run {
            None
        } else {
            verify_declared(&workspace, &sources, options.cargo()).map_err(|problems| Error::new(problems, sources))?
        };
        let proposal = crate::infer::infer(&workspace, &facts, crate::infer::Preset::Shown);
        if arguments.dry_run { return Ok((crate::infer::text(&proposal, 0), verified)); }
        Ok((init(&workspace, arguments.dry_run)?, verified))
    });
    match outcome {
        Ok((text, verified)) => {
            if let Some(declarations) = verified.filter(|_| !common.quiet) {
                let note = format!("note: cargo reads all {declarations} dependencies alike\n");
                print_error(&note, common.stderr_style());
            }
            print(&text, common.stdout_style())
        }
        Err(error) => fail(&error, common),
    }
}

/// Writes the skeleton beside the root manifest, and says so; with `dry_run` returns the skeleton itself and writes
/// nothing.
///
/// # Errors
/// When a boundaries.toml is there already (it is never overwritten), or the folder cannot be written.
pub fn init(workspace: &Workspace, dry_run: bool) -> Result<String, Error> {
    let text = skeleton(workspace);
    if dry_run {
        return Ok(text);
    }
    let path = workspace.root.join(NAME);
    // A link that leads nowhere is there too.
    if fs::symlink_metadata(&path).is_ok() {
        return Err(there_already(&path));
    }
    match write_new(&workspace.root, &path, &text) {
        Ok(()) => Ok(format!(
            "wrote {path}\nnext: read it, then run `cargo boundaries check`\n"
        )),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(there_already(&path)),
        Err(error) => Err(Error::plain(
            Problem::new(ProblemKind::Io, format!("`{path}` cannot be written: {error}"))
                .help("`cargo boundaries init --dry-run` prints what would stand in it"),
        )),
    }
}

/// Writes beside the place and then moves, so that nobody ever sees half a file; and never over another file, also where
/// that one appears in the meantime.
fn write_new(folder: &Utf8Path, path: &Utf8Path, text: &str) -> io::Result<()> {
    let beside = folder.join(format!(".{NAME}.{}.new", std::process::id()));
    let written = fs::File::create_new(&beside).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    if let Err(error) = written {
        // A file of this name that was there before is not ours to remove.
        if error.kind() != io::ErrorKind::AlreadyExists {
            let _ = fs::remove_file(&beside);
            return Err(error);
        }
        return Err(io::Error::other(format!("`{beside}` is in the way")));
    }
    // A hard link refuses to replace; a rename does not. Some file systems have no hard links.
    let placed = match fs::hard_link(&beside, path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            if fs::symlink_metadata(path).is_ok() {
                Err(io::ErrorKind::AlreadyExists.into())
            } else {
                return fs::rename(&beside, path).inspect_err(|_| drop(fs::remove_file(&beside)));
            }
        }
        other => other,
    };
    let _ = fs::remove_file(&beside);
    placed
}

fn there_already(path: &Utf8Path) -> Error {
    let problem = Problem::new(ProblemKind::Usage, format!("there is a {NAME} already: `{path}`"))
        .help("`cargo boundaries init --dry-run` prints what a new one would hold")
        .help("move the old one away to start over");
    let Ok(text) = source::read_text(path) else {
        return Error::plain(problem);
    };
    let end = text.lines().next().map_or(0, str::len);
    let mut sources = Sources::default();
    sources.add(SourceFile::new(NAME.to_owned(), path.to_owned(), text));
    let first = Span::new(FileId::new(0), 0..end);
    Error::new(vec![problem.at(first, "it is left as it is")], sources)
}
