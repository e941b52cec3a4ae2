//! `cargo boundaries check`: judges every workspace that was named, and writes every report that was asked for.

use super::{Exit, fail, print, print_error};
use crate::cli::{CheckArguments, Common, Format};
use crate::error::{Error, Problem, ProblemKind};
use crate::pipeline::{self, Options};
use crate::report::Report;
use crate::reporters::json;
use crate::source::printable;

mod outputs;
mod then;
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
        // SARIF holds what is excused as well, marked so; the other formats only where they are told to.
        show_excepted: arguments.show_excepted || outputs::wants_sarif(arguments),
        verify: arguments.verify,
        since: arguments.since.clone(),
        changed: arguments.changed,
        no_source: arguments.no_source || !outputs::show_usage(arguments),
        with_history: arguments.with_history,
        ..common.options(manifest)
    };
    let mut exit = Exit::Clean;
    // Said before any work is done: a report that has nowhere to go is better known at once.
    let (outputs, blocked) = outputs::writable(&arguments.format);
    for problem in blocked {
        exit = exit.max(fail(&Error::plain(problem), common));
    }
    let judge = |manifest| pipeline::check(&options(manifest));
    let outcomes: Vec<Outcome> = common.manifests().into_iter().map(judge).collect();
    for outcome in &outcomes {
        exit = exit.max(of(outcome, arguments));
        if let Ok(report) = outcome {
            notes(report, common);
        }
    }
    let written = outputs::Writer::new(common, arguments, &outcomes);
    for output in outputs {
        exit = exit.max(written.write(output));
    }
    if let [program, rest @ ..] = arguments.then.as_slice() {
        exit = exit.max(then::run(program, rest, common));
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
