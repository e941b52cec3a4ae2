//! `cargo boundaries baseline`: writes boundaries-baseline.toml where none stands; after that takes out what was mended,
//! and refuses to take in more unless told to.

use std::fmt::Write as _;

use camino::Utf8Path;

use super::replace::replace;
use super::{Exit, print, print_error};
use crate::baseline::FILE_NAME;
use crate::cli::{BaselineArguments, Common};
use crate::error::{Error, Problem, ProblemKind};
use crate::finding::EdgeIdentity;
use crate::pipeline::{Growth, Loaded, Options, Ratchet, load};
use crate::reporters::short;
use crate::source::printable;

mod attributes;

pub(super) fn run(common: &Common, arguments: BaselineArguments) -> Exit {
    common.each_workspace(|manifest| of(common, arguments, manifest))
}

/// One workspace.
fn of(common: &Common, arguments: BaselineArguments, manifest: Option<&Utf8Path>) -> Result<Exit, Error> {
    let options = Options {
        merge_baseline: true,
        ..common.options(manifest)
    };
    let loaded = load(&options)?;
    let growth = if arguments.grow { Growth::Any } else { Growth::First };
    let ratchet = loaded.ratchet(growth)?;
    if ratchet.before.is_none() && ratchet.after.is_some() && !arguments.dry_run {
        // What all later checks stand on is compared with cargo's own reading once, before anything is written.
        let verified = loaded.verify_declared(&options)?;
        if let Some(declarations) = verified.filter(|_| !common.quiet) {
            let note = format!("note: cargo reads all {declarations} dependencies alike\n");
            print_error(&note, common.stderr_style());
        }
    }
    let (text, exit) = outcome(&loaded, &ratchet, arguments)?;
    let mut said = if common.quiet { String::new() } else { text };
    if arguments.gitattributes && exit == Exit::Clean {
        said.push_str(&attributes::write(loaded.root(), arguments.dry_run).map_err(Error::plain)?);
    }
    Ok(exit.max(print(&said, common.stdout_style())))
}

/// Writes the file where it is to change, and says what became of it.
fn outcome(loaded: &Loaded, ratchet: &Ratchet, arguments: BaselineArguments) -> Result<(String, Exit), Error> {
    let refused = !ratchet.uncovered.is_empty() && ratchet.added.is_empty();
    if refused {
        return Ok((refusal(ratchet), Exit::Findings));
    }
    let path = loaded.root().join(FILE_NAME);
    let changes = ratchet
        .after
        .as_ref()
        .filter(|after| ratchet.before.as_ref() != Some(*after));
    if let Some(after) = changes.filter(|_| !arguments.dry_run) {
        replace(&path, after).map_err(|error| {
            let problem = Problem::new(ProblemKind::Io, format!("`{path}` cannot be written: {error}"));
            Error::plain(problem.help("`cargo boundaries baseline --dry-run` says what would change"))
        })?;
    }
    let mut text = told(ratchet, changes.is_some(), arguments.dry_run);
    if ratchet.before.is_none() && changes.is_some() && !arguments.gitattributes {
        text.push_str(&attributes::hint(loaded.root()));
    }
    if ratchet.beyond.is_empty() {
        return Ok((text, Exit::Clean));
    }
    // The codes say that the run fails: `check` would.
    text.push_str(&listed(ratchet, &ratchet.beyond));
    let _ = writeln!(
        text,
        "{}, so `cargo boundaries check` still fails",
        match (ratchet.beyond.len(), ratchet.strict) {
            (1, 0) => "1 finding is no matter of a baseline".to_owned(),
            (many, 0) => format!("{many} findings are no matter of a baseline"),
            (1, _) => "1 finding is of a strict crate, of which nothing is recorded".to_owned(),
            (many, strict) => format!("{many} findings are not recorded, {strict} of them of strict crates"),
        }
    );
    Ok((text, Exit::Findings))
}

/// What became, or would become, of the file.
fn told(ratchet: &Ratchet, changes: bool, dry_run: bool) -> String {
    let mut text = String::new();
    for (mark, edges) in [('-', &ratchet.dropped), ('+', &ratchet.added)] {
        // The first baseline is the list itself: it needs no second one.
        if ratchet.before.is_some() || dry_run {
            for edge in edges {
                let _ = writeln!(text, "{mark} {}", shown(edge));
            }
        }
    }
    let excuses = excuses(ratchet.edges);
    let _ = match (&ratchet.before, changes) {
        (None, false) => writeln!(
            text,
            "nothing to record: no finding fails the run, and no {FILE_NAME} is needed"
        ),
        (Some(_), false) => writeln!(text, "{FILE_NAME} is up to date: it {excuses}"),
        (_, true) if dry_run => writeln!(text, "would write {FILE_NAME}: it {excuses}"),
        (None, true) => writeln!(
            text,
            "wrote {FILE_NAME}: it {excuses}\nnext: commit it; from now on `cargo boundaries check` fails on what is new"
        ),
        (Some(_), true) => writeln!(text, "wrote {FILE_NAME}: it {excuses} ({})", difference(ratchet)),
    };
    text
}

fn excuses(edges: usize) -> String {
    match edges {
        0 => "excuses nothing any more, and stays so that nothing is recorded unasked".to_owned(),
        1 => "excuses 1 edge".to_owned(),
        many => format!("excuses {many} edges"),
    }
}

fn difference(ratchet: &Ratchet) -> String {
    match (ratchet.dropped.len(), ratchet.added.len()) {
        (0, 0) => "put in order".to_owned(),
        (dropped, 0) => format!("{dropped} fewer"),
        (0, added) => format!("{added} more"),
        (dropped, added) => format!("{dropped} fewer, {added} more"),
    }
}

fn refusal(ratchet: &Ratchet) -> String {
    let mut text = listed(ratchet, &ratchet.uncovered);
    let not_in_it = match ratchet.uncovered.len() {
        1 => "1 finding is not in it".to_owned(),
        many => format!("{many} findings are not in it"),
    };
    let _ = writeln!(text, "{FILE_NAME} is left as it is: {not_in_it}, and it only shrinks");
    let _ = writeln!(
        text,
        "help: mend what is new, or record it with `cargo boundaries baseline --grow`"
    );
    text
}

/// One line a finding, as `--format short` has it.
fn listed(ratchet: &Ratchet, positions: &[usize]) -> String {
    let mut text = String::new();
    for position in positions {
        short::line(&mut text, &ratchet.report.findings[*position]);
    }
    text
}

fn shown(edge: &EdgeIdentity) -> String {
    let text = format!("{}: {} → {} ({})", edge.rule, edge.from, edge.to, edge.kind);
    printable(&text).into_owned()
}
