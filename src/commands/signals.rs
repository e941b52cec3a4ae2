//! `cargo boundaries signals`: where history says that a boundary may lie in the wrong place. Evidence, never a verdict.

use std::collections::BTreeMap;
use std::thread;

use super::{Exit, fail, print, print_error};
use crate::architecture::Architecture;
use crate::cli::{Common, SignalsArguments, SignalsFormat};
use crate::config::Config;
use crate::error::{Error, Problem, ProblemKind};
use crate::graph::Graph;
use crate::pipeline::{self, Past, Read};
use crate::reporters::prose::Pen;
use crate::signals::evidence::{Signal, Subject};
use crate::signals::facade::is_facade;
use crate::signals::history::read::Since;
use crate::signals::history::{CommitId, Insufficient};
use crate::signals::judge::{Judgement, judge};
use crate::signals::relations::{Outcome, Tested};
use crate::signals::trend::{Parts, Trend};
use crate::signals::{SignalId, trend};
use crate::source::{Sources, printable};

mod focus;
mod human;
mod json;
mod markdown;
mod progress;
mod references;
mod texts;

use focus::{Focus, between, concerns, names};
use progress::Progress;
use references::{Reading, count_references};

/// All that is shown.
struct Answer<'a> {
    subject: &'a Subject<'a>,
    sources: &'a Sources,
    judgement: Judgement,
    /// How many commits cross contexts, where contexts are declared and it was asked for.
    trend: Option<Trend>,
    /// What the trend counts.
    parts: Parts,
    /// Of each commit that is named its abbreviated name and its subject.
    commits: BTreeMap<CommitId, (String, String)>,
    /// What was asked about; all where nothing was.
    focus: Vec<Focus>,
    /// Whether more was asked for than what informs and flags nothing.
    judged: bool,
    notes: Vec<String>,
}

/// Judges the history of the workspace.
pub(super) fn run(common: &Common, arguments: &SignalsArguments) -> Exit {
    let answered = match common.manifest_path.as_slice() {
        [_, _, ..] => {
            let problem = Problem::new(ProblemKind::Usage, "the signals of one workspace are shown at a time");
            Err(Error::plain(problem.help("name one `--manifest-path`")))
        }
        paths => {
            let manifest = paths.first().map(AsRef::as_ref);
            pipeline::read(&common.options(manifest)).and_then(|mut read| answer(common, arguments, &mut read))
        }
    };
    answered.unwrap_or_else(|error| {
        if arguments.format == SignalsFormat::Json {
            print(&json::refusal(&error), common.stdout_style());
        }
        fail(&error, common)
    })
}

fn answer(common: &Common, arguments: &SignalsArguments, read: &mut Read) -> Result<Exit, Error> {
    let expanded = pipeline::seen_by_rules(read).map_err(|problems| Error::new(problems, read.sources.clone()))?;
    let read = &*read;
    let failed = |problems: Vec<Problem>| Error::new(problems, read.sources.clone());
    let config = match &read.written {
        Ok(written) => written.as_ref().map(|written| &written.config),
        Err(problems) => return Err(failed(problems.clone())),
    };
    let graph = Graph::new(&read.workspace);
    let seen = expanded.as_ref().map(Graph::new);
    let architecture = config
        .map(|config| Architecture::bind(config, seen.as_ref().unwrap_or(&graph), &read.sources))
        .transpose()
        .map_err(&failed)?;
    let deny = denied(arguments, config).map_err(|problem| failed(vec![problem]))?;
    let named = names(arguments, read, config).map_err(|problem| failed(vec![problem]))?;
    thread::scope(|scope| {
        // What is not asked for in the end is not waited for.
        let reading = Reading::start(scope, read, arguments);
        let mut progress = Progress::new(common);
        let tree = read.sources.tree();
        let root = &read.workspace.root;
        let past = pipeline::history(
            &graph,
            architecture.as_ref(),
            &|member| is_facade(tree, root, member),
            &since(arguments, config),
            &mut |commits| progress.tell(&format!("reading history: {} commits", texts::number(commits))),
        );
        let past = past.map_err(|problem| failed(vec![problem]))?;
        progress.tell("comparing with what chance would give");
        past.ask(&graph, config, |subject| {
            let mut judgement = if arguments.trend {
                Judgement::default()
            } else {
                judge(subject, &arguments.only)
            };
            progress.tell("reading source");
            let unread = count_references(reading, subject, &mut judgement.signals);
            let focus = named.into_iter().map(|name| name.focus(&past)).collect::<Vec<_>>();
            judgement.signals.retain(|signal| concerns(signal, subject, &focus));
            judgement.relations.retain(|tested| between(tested, &focus));
            let answer = Answer {
                trend: crossing(&past, config, subject, arguments),
                parts: past.parts(config),
                commits: commits(&past, &judgement).map_err(|problem| failed(vec![problem]))?,
                notes: past
                    .history
                    .notes
                    .iter()
                    .chain(&read.workspace.notes)
                    .chain(&unread)
                    .cloned()
                    .collect(),
                sources: &read.sources,
                subject,
                judgement,
                focus,
                judged: !arguments.trend
                    && (arguments.only.is_empty() || !arguments.only.iter().all(|id| id.informs())),
            };
            drop(progress);
            let exit = exit(&answer, &deny);
            let written = write(common, arguments, &answer);
            if !deny.is_empty() && past.history.insufficient == Some(Insufficient::Shallow) {
                // A signal that could not be looked for would pass for ever.
                return Err(failed(vec![undecided()]));
            }
            Ok(exit.max(written))
        })
    })
}

fn write(common: &Common, arguments: &SignalsArguments, answer: &Answer<'_>) -> Exit {
    let mut style = common.stdout_style();
    style.all = arguments.all;
    let text = match arguments.format {
        SignalsFormat::Human => {
            for note in answer.notes.iter().filter(|_| !common.quiet) {
                print_error(&format!("note: {}\n", printable(note)), common.stderr_style());
            }
            if arguments.trend {
                human::trend(answer, Pen::new(style))
            } else {
                human::human(answer, Pen::new(style))
            }
        }
        SignalsFormat::Json => json::document(answer),
        SignalsFormat::Markdown => markdown::markdown(answer),
    };
    print(&text, style)
}

/// The command line decides, then `[signals] months`.
fn since(arguments: &SignalsArguments, config: Option<&Config>) -> Since {
    let configured = config.and_then(|config| config.signals.months);
    match (&arguments.since, arguments.months) {
        (Some(since), _) => since.clone(),
        (None, Some(months)) => Since::Months(months),
        (None, None) => Since::Months(configured.unwrap_or(crate::signals::MONTHS)),
    }
}

/// The signals that fail the run: those of the command line, and those of `[signals] deny`.
fn denied(arguments: &SignalsArguments, config: Option<&Config>) -> Result<Vec<SignalId>, Problem> {
    if let Some(id) = arguments.deny.iter().find(|id| id.informs()) {
        let problem = Problem::new(
            ProblemKind::Usage,
            format!("`--deny {id}`: that one informs, and flags nothing"),
        );
        return Err(problem.help("`crossing` and `graph` are read by people; every other signal can fail a run"));
    }
    let configured = config.map_or(&[][..], |config| &config.signals.deny);
    let configured = configured.iter().filter_map(|id| id.value.parse().ok());
    Ok(arguments.deny.iter().copied().chain(configured).collect())
}

fn undecided() -> Problem {
    let problem = Problem::new(
        ProblemKind::Git,
        "what `deny` asks for cannot be told: the clone is shallow",
    );
    problem
        .help("fetch the rest with `git fetch --unshallow`")
        .help("in GitHub Actions, `fetch-depth: 0` of actions/checkout fetches everything")
}

fn crossing(
    past: &Past,
    config: Option<&Config>,
    subject: &Subject<'_>,
    arguments: &SignalsArguments,
) -> Option<Trend> {
    let wanted = arguments.trend || arguments.only.is_empty() || arguments.only.contains(&SignalId::Crossing);
    // Who asks for nothing else is told of crates where no contexts are declared.
    let possible = (arguments.trend || !subject.contexts.is_empty()) && past.history.insufficient.is_none();
    (wanted && possible).then(|| trend::trend(&past.history.commits, &past.parts(config)))
}

/// The names and subjects of all commits that signals name.
fn commits(past: &Past, judgement: &Judgement) -> Result<BTreeMap<CommitId, (String, String)>, Problem> {
    let of_signals = judgement.signals.iter().flat_map(|signal| &signal.examples);
    let of_relations = judgement.relations.iter().flat_map(|tested| &tested.examples);
    let mut ids: Vec<CommitId> = of_signals.chain(of_relations).copied().collect();
    ids.sort_unstable();
    ids.dedup();
    let found = past.repository.subjects(&ids)?;
    Ok(ids.into_iter().zip(found).collect())
}

/// Fails where a signal that is denied was found, and no declared relation expects it.
fn exit(answer: &Answer<'_>, deny: &[SignalId]) -> Exit {
    let mut signals = answer.judgement.signals.iter();
    let denied = |signal: &Signal| deny.contains(&signal.id) && signal.expected_by.is_none();
    let broken = |tested: &Tested| matches!(tested.outcome, Outcome::Broken(_));
    let relations = deny.contains(&SignalId::Relation) && answer.judgement.relations.iter().any(broken);
    if relations || signals.any(denied) {
        Exit::Findings
    } else {
        Exit::Clean
    }
}
