//! The signals for machines. The schema of the document is published with the project.

use serde::Serialize;

use super::{Answer, texts};
use crate::commands::{relations, trend};
use crate::error::Error;
use crate::reporters::json;
use crate::signals::SignalId;
use crate::signals::evidence::Signal;
use crate::signals::history::LeftOut;
use crate::source::slashed;

/// The document of `--format json`.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(title = "The signals of cargo-boundaries"))]
struct Document<'a> {
    /// The version of this format.
    schema_version: u32,
    /// What wrote it.
    tool: json::Tool,
    /// The folder of the root manifest, absolute, with `/`; null where nothing could be told.
    workspace_root: Option<String>,
    /// Why nothing could be told (exit code 2).
    errors: Vec<json::ErrorEntry<'a>>,
    /// What a person should know of how workspace and history were read.
    notes: &'a [String],
    /// What was read; null where nothing was.
    history: Option<Basis<'a>>,
    /// The signals: by id, the strongest first.
    signals: Vec<Entry<'a>>,
    /// The declared relations, and what history says of them: those that do not hold first.
    relations: Vec<relations::Written>,
    /// Crates with too few commits to be judged.
    thin: Vec<Thin<'a>>,
    /// How well the declared contexts fit; null where none are declared or nothing was asked of them.
    context_fit: Option<Fit>,
    /// How many commits touch more than one context, by quarter; null where none are declared or it was not asked for.
    crossing: Option<trend::Written>,
    /// The dependencies in numbers; null where they were not asked for.
    graph: Option<Numbers<'a>>,
}

/// What was read of the history.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Basis<'a> {
    /// The newest commit; empty where nothing was committed yet.
    head: &'a str,
    /// Commits that touch a manifest or a Rust file of the workspace.
    commits: usize,
    /// Those of them that count.
    used: usize,
    /// From when on, as it was asked for: a day, a revision or `all`.
    since: &'a str,
    /// What chance was drawn from.
    seed: u64,
    /// Whether a merge counts as one commit with all that it brought: more than a fifth of the commits are merges.
    first_parent: bool,
    /// Why nothing can be said of it; null where something can.
    insufficient: Option<String>,
    /// Whether there are fewer than 12 crates with 10 commits: then only what chance gives less than once in a hundred is
    /// shown.
    too_small: bool,
    /// How many crates have 10 commits or more.
    active_crates: usize,
    /// Commits that do not count, by the first reason that holds.
    left_out: LeftOut,
}

/// A signal.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Entry<'a> {
    /// What it is about.
    id: SignalId,
    /// The crates: by name where neither comes first, dependent and dependency for `ripple`, `calls` and `merge-candidate`. Empty where
    /// two contexts are meant.
    crates: Vec<&'a str>,
    /// The contexts of the crates, null where a crate has none; or the contexts that are meant. For `context-fit` the crate's
    /// own, and the one that fits better.
    contexts: Vec<Option<&'a str>>,
    /// The module of a `split-candidate`.
    module: Option<&'a str>,
    /// Commits that touch both; of a `split-candidate`, those that touch the module and no other.
    shared_commits: u32,
    /// Commits that touch each; of a `split-candidate`, those that touch the module, and any module of the crate; of
    /// `context-fit`, those of the crate, and those that touch the rest of its context too.
    commits: [u32; 2],
    /// How many shared commits chance would give.
    expected: f64,
    /// So many times more than chance there are at least (95 %); 0 for `context-fit`.
    at_least: f64,
    /// How often chance gives as many or more, over the shuffles that were made.
    chance: f64,
    /// The share that the signal is about, if it is about one: of the dependency's commits those that change the dependent, of a
    /// module's those that change it alone; of `context-fit`, of histories drawn from this one those in which the move fits.
    share: Option<f64>,
    /// That share is so high at least (95 %).
    share_at_least: Option<f64>,
    /// How many crates changes of the dependency reach, of a `ripple`.
    breadth: Option<u32>,
    /// How often the source of the dependent names the dependency, of `calls`.
    #[serde(skip_serializing_if = "Option::is_none")]
    references: Option<u32>,
    /// Pairs of files, one of each crate, that together cover most of the shared commits.
    files: Vec<[&'a str; 2]>,
    /// How many shared commits touch one of these pairs.
    files_cover: u32,
    /// Commits to look at, abbreviated.
    examples: Vec<&'a str>,
    /// Ways out, the cheapest first, each with what speaks against it.
    suggestions: Vec<String>,
    /// The declared relation that makes it expected: it is then listed, and flags nothing.
    expected_by: Option<&'a str>,
}

/// A crate with too few commits.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Thin<'a> {
    /// Its name.
    #[serde(rename = "crate")]
    name: &'a str,
    /// Its commits.
    commits: u32,
}

/// How well the declared contexts fit.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Fit {
    /// Newman's Q of the declared contexts.
    modularity: f64,
    /// The mean of contexts of the same sizes drawn at random.
    expected: f64,
    /// The share of drawings that fit as well.
    chance: f64,
}

/// The dependencies in numbers.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Numbers<'a> {
    /// The share of crates that a change to one can reach, on average.
    propagation_cost: f64,
    /// For each crate.
    crates: Vec<Coupling<'a>>,
    /// Dependencies on a less stable crate: dependent, dependency.
    against_stability: Vec<[&'a str; 2]>,
}

/// How a crate hangs together with others.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Coupling<'a> {
    /// Its name.
    #[serde(rename = "crate")]
    name: &'a str,
    /// Crates that depend on it.
    afferent: u32,
    /// Crates that it depends on.
    efferent: u32,
    /// The second over both.
    instability: f64,
}

/// The answer.
pub(super) fn document(answer: &Answer<'_>) -> String {
    let history = answer.subject.history;
    let judgement = &answer.judgement;
    json::write(&Document {
        schema_version: json::SCHEMA_VERSION,
        tool: json::TOOL,
        workspace_root: Some(slashed(answer.subject.graph.workspace().root.as_str())),
        errors: Vec::new(),
        notes: &answer.notes,
        history: Some(Basis {
            head: &history.head,
            commits: history.read,
            used: history.commits.len(),
            since: &history.since,
            seed: answer.subject.seed,
            first_parent: history.first_parent,
            insufficient: history.insufficient.map(|insufficient| insufficient.to_string()),
            too_small: judgement.small,
            active_crates: judgement.active,
            left_out: history.left_out,
        }),
        signals: judgement.signals.iter().map(|signal| entry(answer, signal)).collect(),
        relations: (answer.subject.config.into_iter())
            .flat_map(|config| judgement.relations.iter().map(move |tested| (config, tested)))
            .map(|(config, tested)| relations::json(tested, config, answer.sources))
            .collect(),
        thin: (judgement.thin.iter())
            .map(|(unit, commits)| Thin {
                name: answer.unit(*unit),
                commits: *commits,
            })
            .collect(),
        context_fit: judgement.fit.map(|fit| Fit {
            modularity: rounded(fit.modularity),
            expected: rounded(fit.by_chance),
            chance: rounded(fit.chance),
        }),
        crossing: answer.trend.as_ref().map(|found| trend::json(found, &answer.parts)),
        graph: judgement.graph.as_ref().map(|numbers| Numbers {
            propagation_cost: rounded(numbers.propagation_cost),
            crates: (0..)
                .zip(&numbers.crates)
                .map(|(unit, coupling)| Coupling {
                    name: answer.unit(unit),
                    afferent: coupling.afferent,
                    efferent: coupling.efferent,
                    instability: rounded(coupling.instability),
                })
                .collect(),
            against_stability: (numbers.against_stability.iter())
                .map(|(from, to)| [answer.unit(*from), answer.unit(*to)])
                .collect(),
        }),
    })
}

fn entry<'a>(answer: &'a Answer<'_>, signal: &'a Signal) -> Entry<'a> {
    let history = answer.subject.history;
    let counts = &signal.counts;
    let abbreviated = |id| answer.commits.get(id).map(|(abbreviated, _)| abbreviated.as_str());
    Entry {
        id: signal.id,
        crates: signal.units.iter().map(|unit| answer.unit(*unit)).collect(),
        contexts: (signal.contexts.iter())
            .map(|context| context.map(|context| answer.context(context)))
            .collect(),
        module: signal.module.as_deref(),
        shared_commits: counts.shared,
        commits: counts.commits,
        expected: rounded(counts.expected),
        at_least: rounded(counts.at_least),
        chance: rounded(counts.chance),
        share: counts.share.map(rounded),
        share_at_least: counts.share_at_least.map(rounded),
        references: counts.references,
        breadth: counts.breadth,
        files: (signal.files.iter())
            .map(|carrier| carrier.files.map(|file| texts::path(history, file)))
            .collect(),
        files_cover: signal.carried,
        examples: signal.examples.iter().filter_map(abbreviated).collect(),
        suggestions: (signal.suggestions.iter())
            .map(|suggestion| format!("{}; against it: {}", suggestion.way, suggestion.against))
            .collect(),
        expected_by: signal.expected_by.as_deref(),
    }
}

/// Why there is no answer.
pub(super) fn refusal(error: &Error) -> String {
    json::write(&Document {
        schema_version: json::SCHEMA_VERSION,
        tool: json::TOOL,
        workspace_root: None,
        errors: json::entries(error),
        notes: &[],
        history: None,
        signals: Vec::new(),
        relations: Vec::new(),
        thin: Vec::new(),
        context_fit: None,
        crossing: None,
        graph: None,
    })
}

/// A number without digits that say nothing.
fn rounded(number: f64) -> f64 {
    (number * 1e3).round() / 1e3
}

#[cfg(test)]
mod tests {
    use super::Document;

    #[test]
    fn the_published_schema_is_that_of_the_types() {
        let schema = schemars::schema_for!(Document<'static>);
        let text = serde_json::to_string_pretty(&schema).expect("a schema") + "\n";
        crate::tests::expect_file("docs/signals.schema.json", &text);
    }
}
