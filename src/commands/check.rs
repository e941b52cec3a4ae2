//! `cargo boundaries check`: judges every workspace that was named, and writes every report that was asked for.

use super::{Exit, fail, print, print_error};
use crate::cli::{CheckArguments, Common, Format, Output};
use crate::error::{Error, Problem, ProblemKind};
use crate::pipeline::{Options, load};
use crate::report::Report;
use crate::reporters::{Style, human, json, short};
use crate::source::printable;

mod write;

pub(super) fn run(common: &Common, arguments: &CheckArguments) -> Exit {
    if let Some(problem) = contradiction(common, arguments) {
        let error = Error::plain(problem);
        let mut to_stdout = arguments.format.iter().filter(|o| o.file.is_none());
        if let (Some(Format::Json), None) = (to_stdout.next().map(|o| o.format), to_stdout.next()) {
            print(&json::render_error(&error), common.stdout_style());
        }
        return fail(&error, common);
    }
    let options = |manifest| Options {
        deny_stale: arguments.deny_stale,
        show_excepted: arguments.show_excepted,
        verify: arguments.verify,
        ..common.options(manifest)
    };
    let judge = |manifest| load(&options(manifest)).and_then(|loaded| loaded.check());
    let outcomes: Vec<Outcome> = common.manifests().into_iter().map(judge).collect();
    let mut exit = Exit::Clean;
    for outcome in &outcomes {
        exit = exit.max(of(outcome, arguments));
        if let Ok(report) = outcome {
            notes(report, common);
        }
    }
    for output in &arguments.format {
        exit = exit.max(write(common, arguments, output, &outcomes));
    }
    exit
}

type Outcome = Result<Report, Error>;

fn of(outcome: &Outcome, arguments: &CheckArguments) -> Exit {
    match outcome {
        Err(_) => Exit::Failed,
        Ok(report) if report.fails(arguments.deny_warnings) => Exit::Findings,
        Ok(_) => Exit::Clean,
    }
}

/// What the command line asks for and cannot be.
fn contradiction(common: &Common, arguments: &CheckArguments) -> Option<Problem> {
    let to_stdout = arguments.format.iter().filter(|o| o.file.is_none()).count();
    if to_stdout > 1 {
        let problem = Problem::new(ProblemKind::Usage, "two formats would share standard output");
        return Some(problem.help("give one of them a file: `--format json=report.json`"));
    }
    if common.config_file.is_some() && common.manifest_path.len() > 1 {
        let problem = Problem::new(
            ProblemKind::Usage,
            "`--config-file` names one file for several workspaces",
        );
        return Some(problem.help("each workspace has its own boundaries.toml beside its root manifest"));
    }
    None
}

/// Notes go to standard error, so that a report stands alone on standard output.
fn notes(report: &Report, common: &Common) {
    if common.quiet {
        return;
    }
    let style = common.stderr_style();
    let mut lines: Vec<String> = report.notes.clone();
    if common.verbose {
        let summary = &report.summary;
        lines.push(format!("the workspace root is {}", report.workspace_root));
        lines.push(format!(
            "the {} engine read {} files",
            summary.engine.as_str(),
            report.sources.len()
        ));
    }
    for line in lines {
        print_error(&format!("note: {}\n", printable(&line)), style);
    }
}

/// Writes one report about every workspace.
fn write(common: &Common, arguments: &CheckArguments, output: &Output, outcomes: &[Outcome]) -> Exit {
    let style = Style {
        all: arguments.all,
        ..common.stdout_style()
    };
    let Some(file) = &output.file else {
        let mut exit = Exit::Clean;
        for outcome in outcomes {
            exit = exit.max(match (outcome, output.format) {
                (Ok(report), format) => print(&text(report, format, style), style),
                (Err(error), Format::Json) => {
                    print(&json::render_error(error), style);
                    fail(error, common)
                }
                (Err(error), Format::Short) => {
                    let style = common.stderr_style();
                    print_error(&short::render_error(error), style);
                    Exit::Failed
                }
                (Err(error), Format::Human) => fail(error, common),
            });
        }
        return exit;
    };
    // A file is read later and elsewhere: no colour, no terminal's width.
    let style = Style {
        color: false,
        unicode: true,
        width: 100,
        ..style
    };
    let whole: String = outcomes
        .iter()
        .map(|outcome| in_file(outcome, output.format, style))
        .collect();
    match write::atomically(file, &whole) {
        Ok(()) => Exit::Clean,
        Err(problem) => fail(&Error::plain(problem), common),
    }
}

fn text(report: &Report, format: Format, style: Style) -> String {
    match format {
        Format::Human => human::render(report, style),
        Format::Short => short::render(report),
        Format::Json => json::render(report),
    }
}

fn in_file(outcome: &Outcome, format: Format, style: Style) -> String {
    match (outcome, format) {
        (Ok(report), format) => text(report, format, style),
        (Err(error), Format::Human) => human::render_error(error, style),
        (Err(error), Format::Short) => short::render_error(error),
        (Err(error), Format::Json) => json::render_error(error),
    }
}
