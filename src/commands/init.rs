//! `cargo boundaries init`: reads a workspace and writes a boundaries.toml that holds for it today, with a baseline where
//! a few edges do not fit.

use camino::Utf8Path;

use super::{Exit, fail, print, print_error};
use crate::baseline;
use crate::cli::{Common, InitArguments, PresetArgument};
use crate::error::{Error, Problem, ProblemKind};
use crate::infer::Preset;
use crate::pipeline::{self, FILE_NAME};
use crate::source::{self, FileId, SourceFile, Sources, Span};
use crate::verify::verify_declared;

mod propose;
mod say;
#[cfg(test)]
mod tests;
mod write;

use propose::{Drawn, draw};

/// Writes a boundaries.toml for the workspace at hand, or prints it.
pub(super) fn run(common: &Common, arguments: InitArguments) -> Exit {
    let manifest = common.manifests().into_iter().next().flatten();
    match init(common, arguments, manifest) {
        Ok(exit) => exit,
        Err(error) => fail(&error, common),
    }
}

fn init(common: &Common, arguments: InitArguments, manifest: Option<&Utf8Path>) -> Result<Exit, Error> {
    let options = common.options(manifest);
    let (workspace, sources) = pipeline::read_workspace(&options)?;
    if !arguments.dry_run {
        refuse_what_stands(&workspace.root)?;
    }
    let preset = match arguments.preset {
        None => Preset::Shown,
        Some(PresetArgument::Layers) => Preset::Layers,
        Some(PresetArgument::Hexagonal) => Preset::Hexagonal,
        Some(PresetArgument::Contexts) => Preset::Contexts,
        Some(PresetArgument::Minimal) => Preset::Minimal,
    };
    let drawn = draw(&workspace, &sources, preset)?;
    if arguments.dry_run {
        if !common.quiet {
            print_error(&say::seen(&workspace, &drawn), common.stderr_style());
        }
        return Ok(print(&drawn.text, common.stdout_style()));
    }
    // What all later checks stand on is compared with cargo's own reading once, before anything is written.
    let verified =
        verify_declared(&workspace, &sources, options.cargo()).map_err(|problems| Error::new(problems, sources))?;
    if let Some(declarations) = verified.filter(|_| !common.quiet) {
        let note = format!("note: cargo reads all {declarations} dependencies alike\n");
        print_error(&note, common.stderr_style());
    }
    place(&workspace.root, &drawn)?;
    let seen = if common.quiet {
        String::new()
    } else {
        say::seen(&workspace, &drawn)
    };
    let text = seen + &say::written(&workspace.root, &drawn);
    Ok(print(&text, common.stdout_style()))
}

/// Writes the baseline, where one is needed, and then boundaries.toml: both or neither.
fn place(root: &Utf8Path, drawn: &Drawn) -> Result<(), Error> {
    let baseline = root.join(baseline::FILE_NAME);
    if let Some(text) = &drawn.baseline {
        write::new(&baseline, text).map_err(|error| refused(&baseline, &error))?;
    }
    let path = root.join(FILE_NAME);
    write::new(&path, &drawn.text).map_err(|error| {
        if drawn.baseline.is_some() {
            let _ = std::fs::remove_file(&baseline);
        }
        refused(&path, &error)
    })
}

fn refused(path: &Utf8Path, error: &std::io::Error) -> Error {
    if error.kind() == std::io::ErrorKind::AlreadyExists {
        return there_already(path);
    }
    let problem = Problem::new(ProblemKind::Io, format!("`{path}` cannot be written: {error}"));
    Error::plain(
        problem
            .help("nothing was written")
            .help("`cargo boundaries init --dry-run` prints what would stand in it"),
    )
}

/// Neither file is ever overwritten. A link that leads nowhere is there too.
fn refuse_what_stands(root: &Utf8Path) -> Result<(), Error> {
    let stands = |name: &&str| std::fs::symlink_metadata(root.join(name)).is_ok();
    let found = [FILE_NAME, baseline::FILE_NAME].into_iter().find(stands);
    found.map_or(Ok(()), |name| Err(there_already(&root.join(name))))
}

fn there_already(path: &Utf8Path) -> Error {
    let name = path.file_name().unwrap_or(FILE_NAME);
    let problem = Problem::new(ProblemKind::Usage, format!("there is a {name} already: `{path}`"))
        .help("`cargo boundaries init --dry-run` prints what a new one would hold");
    let problem = if name == FILE_NAME {
        problem.help("move the old one away to start over")
    } else {
        problem.help(format!(
            "it excuses edges of a {FILE_NAME} that is not there: move it away to start over"
        ))
    };
    let Ok(text) = source::read_text(path) else {
        return Error::plain(problem);
    };
    let end = text.lines().next().map_or(0, str::len);
    let mut sources = Sources::default();
    sources.add(SourceFile::new(name.to_owned(), path.to_owned(), text));
    let first = Span::new(FileId::new(0), 0..end);
    Error::new(vec![problem.at(first, "it is left as it is")], sources)
}
