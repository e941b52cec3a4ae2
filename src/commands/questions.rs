//! `cargo boundaries why`, `can`, `what-if`, `impact`, `features` and `modules`: questions about one workspace, answered for people or programs.

use serde::Serialize;

use super::{Exit, fail, print, print_error};
use crate::cli::{
    CanArguments, ChangeArguments, Common, ImpactArguments, ListFormat, ModulesArguments, WhatIfArguments, WhyArguments,
};
use crate::error::{Error, Problem, ProblemKind};
use crate::pipeline::Options;
use crate::questions::can::Can;
use crate::questions::features::Features;
use crate::questions::impact::Impact;
use crate::questions::modules::Modules;
use crate::questions::what_if::{Change, WhatIf};
use crate::questions::why::Why;
use crate::questions::{self, Package, Subject};
use crate::reporters::json;
use crate::reporters::prose::Pen;
use crate::source::{printable, slashed};
use crate::workspace::lockfile::LockGraph;
use crate::workspace::{NodeId, Workspace};

mod can;
mod features;
mod impact;
mod modules;
mod parts;
mod what_if;
mod why;

/// The document of `--format json`.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(title = "An answer of cargo-boundaries"))]
struct Document<'a> {
    /// The version of this format.
    schema_version: u32,
    /// What wrote the answer.
    tool: json::Tool,
    /// The folder of the root manifest, absolute, with `/`; null where the question could not be answered.
    workspace_root: Option<String>,
    /// Why the question could not be answered (exit code 2).
    errors: Vec<json::ErrorEntry<'a>>,
    /// What a person should know of how the workspace was read.
    notes: &'a [String],
    /// The answer; null where there is none.
    answer: Option<&'a Answer>,
}

/// An answer, by its question.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "question", rename_all = "kebab-case")]
enum Answer {
    /// `why`.
    Why(Why),
    /// `can`.
    Can(Can),
    /// `what-if`.
    WhatIf(WhatIf),
    /// `impact`.
    Impact(Impact),
    /// `features`.
    Features(Features),
    /// `modules`.
    Modules(Modules),
}

impl Answer {
    fn human(&self, written: bool, pen: Pen) -> String {
        match self {
            Self::Why(why) => why::human(why, written, pen),
            Self::Can(can) => can::human(can, pen),
            Self::WhatIf(what_if) => what_if::human(what_if, pen),
            Self::Impact(impact) => impact::human(impact, pen),
            Self::Features(features) => features::human(features, pen),
            Self::Modules(modules) => modules::human(modules, pen),
        }
    }

    fn exit(&self) -> Exit {
        let yes = match self {
            Self::Why(why) => !why.path.is_empty(),
            Self::Can(can) => can.answer,
            Self::WhatIf(what_if) => !what_if.fails,
            Self::Impact(_) | Self::Features(_) | Self::Modules(_) => true,
        };
        if yes { Exit::Clean } else { Exit::Findings }
    }
}

pub(super) fn why(common: &Common, arguments: &WhyArguments) -> Exit {
    let (from, to) = (&arguments.from, &arguments.to);
    let named = |workspace: &Workspace, lock: Option<&LockGraph>| ends(workspace, lock, (from, to), false);
    answer(common, arguments.format, |options| {
        let others = |workspace: &Workspace| workspace.member_named(to).is_none();
        let (subject, (from, to)) = Subject::read(options, others, &named)?;
        let why = questions::why::why(&subject, from, &to)?;
        Ok((subject, Answer::Why(why)))
    })
}

pub(super) fn can(common: &Common, arguments: &CanArguments) -> Exit {
    let (from, to) = (&arguments.from, &arguments.to);
    let named = |workspace: &Workspace, lock: Option<&LockGraph>| ends(workspace, lock, (from, to), true);
    answer(common, arguments.format, |options| {
        let (subject, (from, to)) = Subject::read(options, |_| false, &named)?;
        let can = questions::can::can(&subject, from, &to, arguments.kind.into())?;
        Ok((subject, Answer::Can(can)))
    })
}

pub(super) fn what_if(common: &Common, arguments: &WhatIfArguments) -> Exit {
    let change = &arguments.change;
    let named = |workspace: &Workspace, lock: Option<&LockGraph>| match change {
        ChangeArguments::Move { member, to, .. } => Ok(Change::Move(questions::member(workspace, member)?, to.clone())),
        ChangeArguments::Add { from, to, kind, .. } => {
            let (from, to) = ends(workspace, lock, (from, to), true)?;
            Ok(Change::Add(from, to, (*kind).into()))
        }
        ChangeArguments::Remove { from, to, kind, .. } => {
            let (from, to) = ends(workspace, lock, (from, to), false)?;
            Ok(Change::Remove(from, to, kind.map(Into::into)))
        }
    };
    let (ChangeArguments::Move { format, .. }
    | ChangeArguments::Add { format, .. }
    | ChangeArguments::Remove { format, .. }) = change;
    answer(common, *format, |options| {
        let (subject, change) = Subject::read(options, |_| false, &named)?;
        let what_if = questions::what_if::what_if(&subject, &change)?;
        Ok((subject, Answer::WhatIf(what_if)))
    })
}

pub(super) fn impact(common: &Common, arguments: &ImpactArguments) -> Exit {
    let word = &arguments.package;
    let named = |workspace: &Workspace, lock: Option<&LockGraph>| questions::package(workspace, lock, word, false);
    answer(common, arguments.format, |options| {
        let others = |workspace: &Workspace| workspace.member_named(word).is_none();
        let (subject, package) = Subject::read(options, others, &named)?;
        let impact = questions::impact::impact(&subject, &package)?;
        Ok((subject, Answer::Impact(impact)))
    })
}

pub(super) fn features(common: &Common, arguments: &ImpactArguments) -> Exit {
    let word = &arguments.package;
    let named = |workspace: &Workspace, lock: Option<&LockGraph>| questions::package(workspace, lock, word, false);
    answer(common, arguments.format, |options| {
        let (subject, package) = Subject::read(options, |_| false, &named)?;
        let features = questions::features::features(&subject, &package)?;
        Ok((subject, Answer::Features(features)))
    })
}

pub(super) fn modules(common: &Common, arguments: &ModulesArguments) -> Exit {
    let named = |workspace: &Workspace, _: Option<&LockGraph>| {
        questions::modules::asked(workspace, &arguments.module, arguments.depth)
    };
    answer(common, arguments.format, |options| {
        let (subject, asked) = Subject::read(options, |_| false, &named)?;
        let modules = questions::modules::modules(&subject, &asked)?;
        Ok((subject, Answer::Modules(modules)))
    })
}

/// The two crates of a question: a member and another package.
fn ends(
    workspace: &Workspace,
    lock: Option<&LockGraph>,
    (from, to): (&str, &str),
    absent: bool,
) -> Result<(NodeId, Package), Problem> {
    let from = questions::member(workspace, from)?;
    let to = questions::package(workspace, lock, to, absent)?;
    if to.node == Some(from) {
        let message = format!("`{}` is asked about itself", to.name);
        let problem = Problem::new(ProblemKind::Usage, message);
        return Err(problem.help("name two crates: what a crate does with itself is never judged"));
    }
    Ok((from, to))
}

/// Asks, and writes the answer.
fn answer(common: &Common, format: ListFormat, ask: impl FnOnce(&Options) -> Result<(Subject, Answer), Error>) -> Exit {
    let asked = match common.manifest_path.as_slice() {
        [_, _, ..] => {
            let problem = Problem::new(ProblemKind::Usage, "a question is asked of one workspace");
            Err(Error::plain(problem.help("name one `--manifest-path`")))
        }
        paths => ask(&common.options(paths.first().map(AsRef::as_ref))),
    };
    let style = common.stdout_style();
    match asked {
        Ok((subject, answer)) => {
            let text = match format {
                ListFormat::Human => {
                    notes(common, &subject);
                    answer.human(subject.loaded().is_some(), Pen::new(style))
                }
                ListFormat::Json => document(&subject, &answer),
            };
            answer.exit().max(print(&text, style))
        }
        Err(error) => {
            if format == ListFormat::Json {
                print(&refusal(&error), style);
            }
            fail(&error, common)
        }
    }
}

fn notes(common: &Common, subject: &Subject) {
    for note in subject.notes.iter().filter(|_| !common.quiet) {
        print_error(&format!("note: {}\n", printable(note)), common.stderr_style());
    }
}

fn document(subject: &Subject, answer: &Answer) -> String {
    json::write(&Document {
        schema_version: json::SCHEMA_VERSION,
        tool: json::TOOL,
        workspace_root: Some(slashed(subject.workspace().root.as_str())),
        errors: Vec::new(),
        notes: &subject.notes,
        answer: Some(answer),
    })
}

fn refusal(error: &Error) -> String {
    json::write(&Document {
        schema_version: json::SCHEMA_VERSION,
        tool: json::TOOL,
        workspace_root: None,
        errors: json::entries(error),
        notes: &[],
        answer: None,
    })
}

#[cfg(test)]
mod tests {
    use super::Document;

    #[test]
    fn the_published_schema_is_that_of_the_types() {
        let schema = schemars::schema_for!(Document<'static>);
        let text = serde_json::to_string_pretty(&schema).expect("a schema") + "\n";
        crate::tests::expect_file("docs/answers.schema.json", &text);
    }
}
