//! Where reports go: standard output and files, one report about every workspace each.

use camino::{Utf8Path, Utf8PathBuf};

use super::super::{Exit, fail, print, print_error};
use super::{Outcome, write};
use crate::cli::{CheckArguments, Common, Format, Output};
use crate::error::{Error, Problem};
use crate::report::Report;
use crate::reporters::machine::{self, github, gitlab, junit, markdown, rust_analyzer, sarif};
use crate::reporters::{Style, human, json, short};

/// The outputs that can be written, and why the others cannot.
pub(super) fn writable(outputs: &[Output]) -> (Vec<&Output>, Vec<Problem>) {
    let mut problems = Vec::new();
    let can = |output: &&Output| match output.file.as_deref().map(write::probe) {
        Some(Err(problem)) => {
            problems.push(problem);
            false
        }
        _ => true,
    };
    let outputs = outputs.iter().filter(can).collect();
    (outputs, problems)
}

/// Whether a report holds what is excused as well, marked so.
pub(super) fn wants_sarif(arguments: &CheckArguments) -> bool {
    arguments.format.iter().any(|output| output.format == Format::Sarif)
}

/// Whether a report says more of a finding than its line, so that it is worth looking where the source uses what it is about.
pub(super) fn show_usage(arguments: &CheckArguments) -> bool {
    arguments.format.is_empty() || arguments.format.iter().any(|output| output.format != Format::Short)
}

/// What became of one workspace, as the formats want to know it.
struct Judged<'a> {
    outcome: &'a Outcome,
    /// The report without what is excused, where that is there for SARIF alone.
    listed: Option<Report>,
    repository: Utf8PathBuf,
}

/// Writes the outcomes of a run.
pub(super) struct Writer<'a> {
    common: &'a Common,
    arguments: &'a CheckArguments,
    judged: Vec<Judged<'a>>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(common: &'a Common, arguments: &'a CheckArguments, outcomes: &'a [Outcome]) -> Self {
        let for_sarif = wants_sarif(arguments);
        let judged = |(outcome, manifest): (&'a Outcome, Option<&Utf8Path>)| Judged {
            outcome,
            listed: match outcome {
                Ok(report) if !arguments.show_excepted && for_sarif => Some(report.without_excused()),
                _ => None,
            },
            repository: repository(outcome, manifest),
        };
        Self {
            common,
            arguments,
            judged: outcomes.iter().zip(common.manifests()).map(judged).collect(),
        }
    }

    /// Writes one report about every workspace.
    pub(super) fn write(&self, output: &Output) -> Exit {
        let style = Style {
            all: self.arguments.all,
            ..self.common.stdout_style()
        };
        let Some(file) = &output.file else {
            return self.to_stdout(output.format, style);
        };
        // A file is read later and elsewhere: no colour, no terminal's width.
        let style = Style {
            color: false,
            unicode: true,
            width: 100,
            ..style
        };
        match write::atomically(file, &self.text(output.format, style)) {
            Ok(()) => Exit::Clean,
            Err(problem) => fail(&Error::plain(problem), self.common),
        }
    }

    fn to_stdout(&self, format: Format, style: Style) -> Exit {
        let machine = !matches!(format, Format::Human | Format::Short);
        let mut exit = Exit::Clean;
        if machine {
            exit = print(&self.text(format, style), style);
        }
        if format == Format::Human && self.in_github_actions() {
            exit = print(&self.text(Format::Github, style), style);
        }
        for judged in &self.judged {
            exit = exit.max(match (judged.result(), format) {
                (Ok(report), Format::Human) => print(&human::render(report, style), style),
                (Ok(report), Format::Short) => print(&short::render(report), style),
                (Ok(_), _) => Exit::Clean,
                (Err(error), Format::Short) => {
                    print_error(&short::render_error(error), self.common.stderr_style());
                    Exit::Failed
                }
                (Err(error), _) => fail(error, self.common),
            });
        }
        exit
    }

    /// Whether annotations are added to the human report: in GitHub Actions, unless they were asked for by name.
    fn in_github_actions(&self) -> bool {
        let asked = self
            .arguments
            .format
            .iter()
            .any(|output| output.format == Format::Github);
        !asked && std::env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true")
    }

    /// The whole text of a report about every workspace.
    fn text(&self, format: Format, style: Style) -> String {
        let each = |of_report: &dyn Fn(&Report) -> String, of_error: &dyn Fn(&Error) -> String| {
            let text = |judged: &Judged<'_>| match judged.result() {
                Ok(report) => of_report(report),
                Err(error) => of_error(error),
            };
            self.judged.iter().map(text).collect::<String>()
        };
        let outcomes: Vec<machine::Outcome<'_>> = self.judged.iter().map(|j| j.as_machines_see(format)).collect();
        match format {
            Format::Human => each(&|r| human::render(r, style), &|e| human::render_error(e, style)),
            Format::Short => each(&short::render, &short::render_error),
            Format::Json => each(&json::render, &json::render_error),
            Format::Sarif => sarif::render(&outcomes),
            Format::Github => outcomes.iter().map(github::render).collect(),
            Format::Gitlab => gitlab::render(&outcomes),
            Format::Junit => junit::render(&outcomes),
            Format::Markdown => markdown::render(&outcomes),
            Format::RustAnalyzer => rust_analyzer::render(&outcomes, self.arguments.then.is_empty()),
        }
    }
}

impl Judged<'_> {
    /// With what was asked for.
    fn result(&self) -> Result<&Report, &Error> {
        match self.outcome {
            Ok(report) => Ok(self.listed.as_ref().unwrap_or(report)),
            Err(error) => Err(error),
        }
    }

    fn as_machines_see(&self, format: Format) -> machine::Outcome<'_> {
        machine::Outcome {
            result: match format {
                Format::Sarif => self.outcome.as_ref(),
                _ => self.result(),
            },
            repository: &self.repository,
        }
    }
}

/// The folder that paths in reports for other programs start from: the nearest one above the workspace with a `.git`, as
/// those programs know files by their place in the repository. Without one it is the workspace itself. Of a workspace
/// that could not be read it is that of the folder where it was looked for.
fn repository(outcome: &Outcome, manifest: Option<&Utf8Path>) -> Utf8PathBuf {
    let folder = if let Ok(report) = outcome {
        Utf8PathBuf::from(&report.workspace_root)
    } else {
        let folder = manifest.and_then(Utf8Path::parent).unwrap_or(Utf8Path::new(""));
        let absolute = std::path::absolute(Utf8Path::new(".").join(folder)).ok();
        absolute
            .and_then(|path| Utf8PathBuf::from_path_buf(path).ok())
            .unwrap_or_default()
    };
    let above = folder.ancestors().find(|above| above.join(".git").exists());
    above.unwrap_or(&folder).to_owned()
}
