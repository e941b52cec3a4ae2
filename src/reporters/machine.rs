//! What the formats for other programs share: a workspace's outcome as notices, whose places are paths in the repository.

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

use crate::error::{Error, Problem};
use crate::finding::{Finding, Hop, Level, Status};
use crate::report::Report;
use crate::source::{Location, display_path, printable};

pub mod github;
pub mod gitlab;
pub mod junit;
pub mod markdown;
pub mod rust_analyzer;
pub mod sarif;

/// What became of one workspace, and where its repository starts.
#[derive(Clone, Copy, Debug)]
pub struct Outcome<'a> {
    /// The report, or why there is none.
    pub result: Result<&'a Report, &'a Error>,
    /// The folder that paths are relative to.
    pub repository: &'a Utf8Path,
}

/// How much a notice weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// The run could not check.
    Failure,
    /// A finding of level deny.
    Deny,
    /// A finding of level warn.
    Warn,
}

/// A finding, or a reason why the run could not check: as text that stands for itself.
#[derive(Debug)]
pub struct Notice<'a> {
    /// How much it weighs.
    pub weight: Weight,
    /// The code of a finding, the kind of a problem.
    pub code: &'static str,
    /// What is wrong, on one line; a rule's own name stands before it.
    pub message: String,
    /// Where to look first; none where no file is concerned.
    pub place: Option<Place>,
    /// Which way, why, what to do and whom to ask.
    pub details: Vec<Detail>,
    /// What stays the same while lines move, and differs between the workspaces of one repository.
    pub fingerprint: String,
    /// The finding; none for what could not be checked.
    pub finding: Option<&'a Finding>,
}

/// What is said beside a message.
#[derive(Debug)]
pub struct Detail {
    /// What sort of thing it is.
    pub about: About,
    /// A sentence; a way out may hold lines of TOML below it.
    pub text: String,
}

/// What a detail is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// A step of a path or a cycle, and who else takes it.
    Path,
    /// Why the rule stands.
    Reason,
    /// A way out.
    Help,
    /// Whom the contexts concerned belong to.
    Owners,
}

/// A place in the repository.
#[derive(Clone, Debug)]
pub struct Place {
    /// The file, relative to the repository's root, with `/`.
    pub path: String,
    /// The file, absolute.
    pub absolute: Utf8PathBuf,
    /// Lines, columns and bytes.
    pub location: Location,
}

impl<'a> Outcome<'a> {
    /// Every finding that is listed, or every problem, in the order of the report.
    #[must_use]
    pub fn notices(&self) -> Vec<Notice<'a>> {
        match self.result {
            Ok(report) => {
                let listed = report.findings.iter().filter(|f| f.level != Level::Allow);
                listed.map(|finding| self.finding(report, finding)).collect()
            }
            Err(error) => error.problems.iter().map(|p| self.problem(error, p)).collect(),
        }
    }

    /// A file that the report names, relative to the workspace's root, as a path in the repository.
    #[must_use]
    pub fn path(&self, report: &Report, file: &str) -> String {
        display_path(self.repository, &absolute(report, file))
    }

    fn finding(&self, report: &Report, finding: &'a Finding) -> Notice<'a> {
        let code = finding.code.as_str();
        let named = if finding.rule == code {
            String::new()
        } else {
            format!("{}: ", finding.rule)
        };
        let absolute = absolute(report, &finding.primary.file);
        let workspace = display_path(self.repository, Utf8Path::new(&report.workspace_root));
        Notice {
            weight: match finding.level {
                Level::Deny => Weight::Deny,
                Level::Warn | Level::Allow => Weight::Warn,
            },
            code,
            message: one_line(&format!("{named}{}", finding.message)),
            place: Some(Place {
                path: display_path(self.repository, &absolute),
                absolute,
                location: finding.primary.clone(),
            }),
            details: self.details(report, finding),
            fingerprint: match workspace.as_str() {
                "." => finding.fingerprint.clone(),
                folder => format!("{folder}:{}", finding.fingerprint),
            },
            finding: Some(finding),
        }
    }

    fn details(&self, report: &Report, finding: &Finding) -> Vec<Detail> {
        let mut details = Vec::new();
        // A single edge is said by the message already.
        if finding.hops.len() > 1 {
            let steps = finding.hops.iter().map(|hop| self.hop(report, hop));
            details.extend(steps.map(|step| Detail::new(About::Path, &step)));
        }
        if !finding.also_affects.is_empty() {
            let others = format!("also reached by {}", quoted(&finding.also_affects));
            details.push(Detail::new(About::Path, &others));
        }
        details.extend(finding.reason.iter().map(|reason| Detail::new(About::Reason, reason)));
        details.extend(finding.help.iter().map(|help| Detail::new(About::Help, help)));
        if !finding.owners.is_empty() {
            details.push(Detail::new(About::Owners, &finding.owners.join(", ")));
        }
        details
    }

    fn problem(&self, error: &Error, problem: &Problem) -> Notice<'a> {
        let place = problem.labels.first().map(|(span, _)| {
            let file = error.sources.file(span.file);
            Place {
                path: display_path(self.repository, &file.absolute),
                absolute: file.absolute.clone(),
                location: error.sources.location(*span),
            }
        });
        let code = problem.kind.as_str();
        let path = place.as_ref().map_or("", |place| &place.path);
        Notice {
            weight: Weight::Failure,
            code,
            message: one_line(&format!("could not check: {}", problem.message)),
            fingerprint: format!("{code}:{path}:{}", problem.message),
            place,
            details: problem.help.iter().map(|help| Detail::new(About::Help, help)).collect(),
            finding: None,
        }
    }

    fn hop(&self, report: &Report, hop: &Hop) -> String {
        let version = hop.version.as_ref().map(|v| format!(" {v}")).unwrap_or_default();
        let feature = hop
            .feature
            .as_ref()
            .map(|f| format!(" (feature `{f}`)"))
            .unwrap_or_default();
        let path = self.path(report, &hop.file);
        format!("`{}` → `{}`{version}{feature}, {path}:{}", hop.from, hop.to, hop.line)
    }
}

impl Notice<'_> {
    /// Whether an exception or the baseline excuses it.
    #[must_use]
    pub fn excused(&self) -> bool {
        self.finding.is_some_and(|finding| finding.status != Status::Active)
    }

    /// The message and, below it, everything else.
    #[must_use]
    pub fn whole(&self) -> String {
        let details = self.details.iter().map(Detail::line);
        let lines: Vec<String> = std::iter::once(self.message.clone()).chain(details).collect();
        lines.join("\n")
    }
}

impl Detail {
    fn new(about: About, text: &str) -> Self {
        // Only TOML to paste needs its lines.
        let text = match about {
            About::Help => text.lines().map(printable).collect::<Vec<_>>().join("\n"),
            _ => one_line(text),
        };
        Self { about, text }
    }

    /// The text, with a word before it that says what it is.
    #[must_use]
    pub fn line(&self) -> String {
        let lead = match self.about {
            About::Path => "",
            About::Reason => "because: ",
            About::Help => "help: ",
            About::Owners => "owners: ",
        };
        format!("{lead}{}", self.text)
    }
}

fn absolute(report: &Report, file: &str) -> Utf8PathBuf {
    let mut path = Utf8PathBuf::new();
    for component in Utf8Path::new(&report.workspace_root).join(file).components() {
        match component {
            Utf8Component::ParentDir => {
                path.pop();
            }
            component => path.push(component),
        }
    }
    path
}

fn one_line(text: &str) -> String {
    printable(&text.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned()
}

fn quoted(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}
