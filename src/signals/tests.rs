//! What histories say that are written down commit by commit.

use super::SignalId;
use super::evidence::{Signal, Subject};
use super::history::{Commit, CommitId, History};
use super::judge::{Judgement, judge};
use super::units::Units;
use crate::config::EngineChoice;
use crate::graph::Graph;
use crate::source::Sources;
use crate::workspace::cargo::CargoOptions;
use crate::workspace::fixture::workspace;
use crate::workspace::{Workspace, engine};

mod limits;
mod planted;

/// A workspace of crates `a` to `p`, with these dependencies: `user used`.
fn crates(edges: &[&str], more: &str) -> (tempfile::TempDir, Workspace) {
    let names: Vec<String> = ('a'..='p').map(|name| name.to_string()).collect();
    let manifest = |name: &String| {
        let used = edges
            .iter()
            .filter_map(|edge| edge.split_once(' '))
            .filter(|(from, _)| from == name);
        let used: Vec<String> = used
            .map(|(_, to)| format!("{to} = {{ path = \"../{to}\" }}\n"))
            .collect();
        let used = used.concat();
        format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2021\"\n{more}\n[dependencies]\n{used}")
    };
    let manifests: Vec<(String, String)> = names
        .iter()
        .map(|name| (format!("{name}/Cargo.toml"), manifest(name)))
        .collect();
    let mut files: Vec<(&str, &str)> = manifests
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    files.push(("Cargo.toml", "[workspace]\nmembers = [\"*\"]\n"));
    read(&files)
}

/// The workspace of these files.
fn read(files: &[(&str, &str)]) -> (tempfile::TempDir, Workspace) {
    let (folder, root) = workspace(files);
    let mut sources = Sources::default();
    let read = engine::read(
        &root.join("Cargo.toml"),
        EngineChoice::Manifests,
        CargoOptions::default(),
        &mut sources,
    );
    (folder, read.unwrap_or_else(|problems| panic!("{problems:?}")))
}

/// A history of commits, each written as the files that it touches, with how often it comes.
fn history(units: &Units, commits: &[(usize, &str)]) -> History {
    let mut history = History::default();
    let number = |name: &str| {
        (0..)
            .zip(&units.all)
            .find(|(_, unit)| unit.name == name)
            .map(|(number, _): (u32, _)| number)
    };
    // In turns, as commits come; whatever is left of the more frequent ones comes last.
    let most = commits.iter().map(|(times, _)| *times).max().unwrap_or(0);
    for turn in 0..most {
        for (_, files) in commits.iter().filter(|(times, _)| turn < *times) {
            let mut touched: Vec<(u32, u32)> = files
                .split_whitespace()
                .map(|file| {
                    let path = if file.contains('/') {
                        file.to_owned()
                    } else {
                        format!("{file}/src/lib.rs")
                    };
                    let unit = number(path.split('/').next().expect("a crate")).expect("a crate");
                    (history.paths.number(&path), unit)
                })
                .collect();
            touched.sort_unstable();
            let mut of: Vec<u32> = touched.iter().map(|(_, unit)| *unit).collect();
            of.sort_unstable();
            of.dedup();
            let id = format!("{:040x}", history.commits.len());
            history.commits.push(Commit {
                id: CommitId::parse(&id).expect("a name"),
                time: 0,
                author: 0,
                units: of.into(),
                files: touched.into(),
            });
        }
    }
    history
}

/// Crates without contexts, of one owner each with all others, of which nobody declared anything.
pub fn plain<'a>(graph: &'a Graph<'a>, units: &'a Units, history: &'a History) -> Subject<'a> {
    Subject {
        graph,
        units,
        history,
        contexts: Vec::new(),
        context_of: vec![None; units.all.len()],
        config: None,
        expected_by: &|_, _, _| None,
        same_owner: &|_, _| true,
        seed: 1,
    }
}

/// Commits to every crate alone, so that all are active and chance has something to say.
const ALONE: &str = "a b c d e f g h i j k l m n o p";

fn judged(edges: &[&str], more: &str, commits: &[(usize, &str)], contexts: &[&str]) -> (Judgement, Units) {
    let (_folder, workspace) = crates(edges, more);
    let graph = Graph::new(&workspace);
    let units = Units::new(&graph, &|_| false);
    let mut all: Vec<(usize, &str)> = ALONE.split(' ').map(|name| (30, name)).collect();
    all.extend(commits);
    let history = history(&units, &all);
    let context = |name: &String| {
        (0..)
            .zip(contexts)
            .find(|(_, of)| of.contains(name.as_str()))
            .map(|(number, _): (u32, _)| number)
    };
    let subject = Subject {
        contexts: contexts.iter().map(|of| format!("of {of}")).collect(),
        context_of: units.all.iter().map(|unit| context(&unit.name)).collect(),
        expected_by: &|one, other, _| ((one, other) == (0, 2)).then(|| "partnership".to_owned()),
        ..plain(&graph, &units, &history)
    };
    (judge(&subject, &[]), units)
}

fn told(judgement: &Judgement, units: &Units) -> Vec<String> {
    let one = |signal: &Signal| {
        let names: Vec<&str> = signal.units.iter().map(|unit| units.name(*unit)).collect();
        format!(
            "{} {}",
            signal.id,
            if names.is_empty() {
                format!("{:?}", signal.contexts)
            } else {
                names.join(" ")
            }
        )
    };
    judgement.signals.iter().map(one).collect()
}

#[test]
fn what_changes_together_without_a_dependency_is_hidden_and_a_co_change_too() {
    let (judgement, units) = judged(&["c d"], "", &[(20, "a b"), (20, "c d")], &[]);
    assert_eq!(
        told(&judgement, &units),
        [
            "hidden-coupling a b",
            "co-change a b",
            "co-change c d",
            "ripple c d",
            "calls c d"
        ]
    );
    let hidden = &judgement.signals[0];
    assert_eq!(
        (hidden.counts.shared, hidden.counts.commits, hidden.carried),
        (20, [50, 50], 20)
    );
    assert_eq!(hidden.examples.len(), 3);
    assert!(
        hidden.counts.expected < 6.0 && hidden.counts.at_least > 2.0,
        "{:?}",
        hidden.counts
    );
    assert!(!hidden.suggestions.is_empty());
}

#[test]
fn a_history_without_coupling_shows_none() {
    let (judgement, units) = judged(&["a b"], "", &[(2, "a b"), (2, "c d")], &[]);
    assert_eq!(told(&judgement, &units), Vec::<String>::new());
    assert_eq!(
        (judgement.active, judgement.small, judgement.thin.len()),
        (16, false, 0)
    );
}

#[test]
fn inside_a_context_co_change_is_silent_and_across_it_is_the_finding() {
    let inside = judged(&[], "", &[(20, "a b")], &["ab", "cdefghijklmnop"]);
    assert_eq!(told(&inside.0, &inside.1), Vec::<String>::new());
    let across = judged(&[], "", &[(20, "a b")], &["acdefgh", "bijklmnop"]);
    let told = told(&across.0, &across.1);
    assert!(told.contains(&"hidden-coupling a b".to_owned()), "{told:?}");
    assert!(across.0.signals.iter().all(|signal| signal.expected_by.is_none()));
    let expected = judged(&[], "", &[(20, "a b")], &["ac", "defgh", "bijklmnop"]);
    assert_eq!(expected.0.signals[0].expected_by.as_deref(), Some("partnership"));
}

#[test]
fn two_contexts_that_no_pair_of_crates_gives_away_are_flagged_as_a_whole() {
    let pairs: Vec<String> = ["a", "b", "c", "d"]
        .iter()
        .flat_map(|one| ["e", "f", "g", "h"].map(|other| format!("{one} {other}")))
        .collect();
    let commits: Vec<(usize, &str)> = pairs.iter().map(|pair| (5, pair.as_str())).collect();
    let (judgement, units) = judged(&[], "", &commits, &["abcd", "efgh", "ijkl", "mnop"]);
    let told = told(&judgement, &units);
    assert!(told.contains(&"co-change [Some(0), Some(1)]".to_owned()), "{told:?}");
}

#[test]
fn a_private_crate_that_changes_with_its_only_user_is_a_candidate_for_joining() {
    let edges = ["a b", "c d", "e d"];
    let commits = [(25, "a b"), (25, "c d")];
    let private = judged(&edges, "publish = false", &commits, &[]);
    let merges = |(judgement, units): &(Judgement, Units)| {
        told(judgement, units)
            .into_iter()
            .filter(|told| told.starts_with("merge"))
            .collect::<Vec<String>>()
    };
    assert_eq!(merges(&private), ["merge-candidate a b"]);
    assert_eq!(
        merges(&judged(&edges, "", &commits, &[])),
        Vec::<String>::new(),
        "what is published has other users"
    );
}

#[test]
fn the_breadth_of_a_ripple_is_the_number_of_crates_that_it_reaches() {
    let (judgement, _) = judged(
        &["a z", "a d", "b d", "c d"].map(|edge| if edge == "a z" { "e f" } else { edge }),
        "",
        &[(40, "a b c d")],
        &[],
    );
    let ripples: Vec<&Signal> = judgement
        .signals
        .iter()
        .filter(|signal| signal.id == SignalId::Ripple)
        .collect();
    assert_eq!(ripples.len(), 3);
    assert!(ripples.iter().all(|signal| signal.counts.breadth == Some(3)));
    assert!(
        ripples[0].suggestions[0].way.contains("a crate of its own"),
        "{:?}",
        ripples[0].suggestions
    );
}

#[test]
fn a_module_that_changes_alone_is_told_from_those_that_change_with_their_siblings() {
    let commits = [
        (60, "a/src/x.rs"),
        (60, "a/src/y.rs a/src/z.rs"),
        (60, "a/src/y.rs a/src/w.rs"),
        (60, "a/src/z.rs a/src/w.rs a/src/y.rs"),
    ];
    let (judgement, units) = judged(&[], "", &commits, &[]);
    assert_eq!(told(&judgement, &units), ["split-candidate a"]);
    assert_eq!(judgement.signals[0].module.as_deref(), Some("x"));
}

#[test]
fn a_crate_that_changes_with_another_context_fits_there() {
    let mut commits: Vec<(usize, String)> = Vec::new();
    for group in ["abcd", "efgh", "ijkl"] {
        let names: Vec<String> = group.chars().map(String::from).collect();
        for (at, one) in names.iter().enumerate() {
            commits.extend(names[at + 1..].iter().map(|other| (20, format!("{one} {other}"))));
        }
    }
    let commits: Vec<(usize, &str)> = commits.iter().map(|(times, files)| (*times, files.as_str())).collect();
    // `d` is declared where it does not belong.
    let (judgement, units) = judged(&[], "", &commits, &["abc", "defgh", "ijklmnop"]);
    let moves: Vec<&Signal> = judgement
        .signals
        .iter()
        .filter(|signal| signal.id == SignalId::ContextFit)
        .collect();
    assert_eq!(moves.len(), 1, "{:?}", told(&judgement, &units));
    assert_eq!(
        (units.name(moves[0].units[0]), &moves[0].contexts),
        ("d", &vec![Some(1), Some(0)])
    );
    let fit = judgement.fit.expect("a fit");
    assert!(
        fit.modularity > 0.4 && fit.by_chance < 0.1 && fit.chance < 0.01,
        "{fit:?}"
    );
}
