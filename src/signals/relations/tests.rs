//! Relations and numbers in, outcomes out.

use super::*;
use crate::architecture::Architecture;
use crate::config::parse::parse;
use crate::graph::Graph;
use crate::signals::evidence::Subject;
use crate::signals::history::{Commit, History};
use crate::signals::judge;
use crate::signals::tests::plain;
use crate::signals::units::Units;
use crate::source::{FileId, Sources};
use crate::workspace::cargo::CargoOptions;
use crate::workspace::engine::EngineChoice;
use crate::workspace::{engine, fixture};

/// Two contexts of 40 commits that share 20, twice as many as by chance at least, with one dependency each way that is asked for.
fn numbers(edges: [u32; 2]) -> Numbers {
    Numbers {
        commits: [40, 40],
        shared: 20,
        expected: 5.0,
        at_least: 2.6,
        ripple: 0.35,
        bound: 0.35,
        edges,
        enough: true,
    }
}

#[track_caller]
fn check(relation: Relation, numbers: &Numbers, expected: &[Reason]) {
    let expected = match expected {
        [] => Outcome::Holds,
        reasons => Outcome::Broken(reasons.to_vec()),
    };
    assert_eq!(judge(relation, numbers), expected, "{relation:?} {numbers:?}");
}

#[test]
fn separate_ways_end_where_one_depends_on_the_other_or_both_change_together() {
    let apart = Numbers {
        at_least: 1.49,
        ..numbers([0, 0])
    };
    check(Relation::SeparateWays, &apart, &[]);
    check(Relation::SeparateWays, &numbers([0, 0]), &[Reason::Together]);
    let depends = Numbers { edges: [0, 1], ..apart };
    check(Relation::SeparateWays, &depends, &[Reason::Dependency]);
    check(
        Relation::SeparateWays,
        &numbers([1, 0]),
        &[Reason::Dependency, Reason::Together],
    );
}

#[test]
fn a_published_language_seldom_ripples() {
    let published = |ripple| Numbers {
        ripple,
        ..numbers([1, 0])
    };
    check(Relation::PublishedLanguage, &published(0.24), &[]);
    check(Relation::PublishedLanguage, &published(0.25), &[Reason::Ripples]);
    // Four shared commits are no evidence, however few there are in all.
    let few = Numbers {
        shared: 4,
        ..published(0.4)
    };
    check(Relation::PublishedLanguage, &few, &[]);
}

#[test]
fn a_partnership_is_never_broken() {
    check(Relation::Partnership, &numbers([1, 1]), &[]);
    check(Relation::Partnership, &Numbers::default(), &[]);
}

#[test]
fn who_is_upstream_does_not_depend_on_who_is_downstream() {
    for relation in [Relation::Conformist, Relation::CustomerSupplier] {
        check(relation, &numbers([1, 0]), &[]);
        check(relation, &numbers([1, 1]), &[Reason::WrongWay]);
    }
}

#[test]
fn a_supplier_changes_without_its_customer_more_often_than_not() {
    let bound = Numbers {
        ripple: 0.5,
        ..numbers([1, 0])
    };
    check(Relation::CustomerSupplier, &bound, &[Reason::Bound]);
    // A conformist accepted just that.
    check(Relation::Conformist, &bound, &[]);
}

#[test]
fn a_shared_kernel_is_a_small_part_of_what_changes() {
    check(Relation::SharedKernel, &numbers([1, 0]), &[]);
    let large = Numbers {
        bound: 0.5,
        ..numbers([1, 0])
    };
    check(Relation::SharedKernel, &large, &[Reason::Bound]);
}

#[test]
fn little_history_says_nothing_and_a_dependency_is_there_all_the_same() {
    let short = Numbers {
        enough: false,
        ..numbers([0, 0])
    };
    for relation in Relation::ALL {
        let expected = match relation {
            Relation::Partnership => Outcome::Holds,
            _ => Outcome::Unknown,
        };
        assert_eq!(judge(relation, &short), expected, "{relation:?}");
        let young = Numbers {
            commits: [40, 9],
            shared: 0,
            at_least: 0.1,
            ripple: 0.0,
            bound: 0.0,
            ..numbers([0, 0])
        };
        assert_eq!(judge(relation, &young), expected, "{relation:?}");
    }
    let depends = Numbers { edges: [1, 1], ..short };
    check(Relation::SeparateWays, &depends, &[Reason::Dependency]);
    check(Relation::Conformist, &depends, &[Reason::WrongWay]);
}

#[test]
fn what_a_relation_accepts_is_expected_and_a_ripple_downstream_alone() {
    let text = "[contexts.a]\nrelations = { b = \"customer-supplier\", c = \"partnership\", d = \"published-language\" }\n\
                [contexts.b]\n[contexts.c]\n[contexts.d]\nrelations.b = \"separate-ways\"\n";
    let (config, problems) = parse(text, FileId::new(0));
    let config = config.expect("a configuration");
    assert!(problems.is_empty(), "{problems:?}");
    let by = |first, second, signal| expected_by(&config, first, second, signal).map(Relation::as_str);
    let (a, b, c, d) = (0, 1, 2, 3);
    for (first, second) in [(a, b), (b, a)] {
        assert_eq!(by(first, second, SignalId::CoChange), Some("customer-supplier"));
        assert_eq!(by(first, second, SignalId::HiddenCoupling), Some("customer-supplier"));
    }
    assert_eq!(by(a, b, SignalId::Ripple), Some("customer-supplier"));
    assert_eq!(by(b, a, SignalId::Ripple), None);
    assert_eq!(by(c, a, SignalId::Ripple), Some("partnership"));
    assert_eq!(by(c, a, SignalId::MergeCandidate), None);
    assert_eq!(by(a, d, SignalId::Ripple), None);
    assert_eq!(by(b, d, SignalId::CoChange), None);
    assert_eq!(by(b, c, SignalId::CoChange), None);
}

const RULES: &str = "[contexts.a]\ncrates = [\"a\", \"a2\"]\nrelations = { b = \"separate-ways\", c = \"published-language\" }\n\
                     [contexts.b]\ncrates = [\"b\"]\nrelations.a = \"separate-ways\"\n[contexts.c]\ncrates = [\"c\"]\n\
                     relations.b = \"partnership\"\n";

/// What history says of the relations above, in a workspace where `a2` uses `c` and a test of `a` uses `b`; each commit is given by
/// the crates that it changes, by position among `a`, `a2`, `b` and `c`.
fn told(commits: &[&[u32]], enough: bool) -> Vec<String> {
    let manifest = |name: &str, more: &str| format!("[package]\nname = \"{name}\"\n{more}");
    let (_folder, root) = fixture::workspace(&[
        ("Cargo.toml", "[workspace]\nmembers = [\"a\", \"a2\", \"b\", \"c\"]\n"),
        (
            "a/Cargo.toml",
            &manifest("a", "[dev-dependencies]\nb = { path = \"../b\" }\n"),
        ),
        (
            "a2/Cargo.toml",
            &manifest("a2", "[dependencies]\nc = { path = \"../c\" }\n"),
        ),
        ("b/Cargo.toml", &manifest("b", "")),
        ("c/Cargo.toml", &manifest("c", "")),
    ]);
    let mut sources = Sources::default();
    let manifest = root.join("Cargo.toml");
    let read = engine::read(
        &manifest,
        EngineChoice::Manifests,
        CargoOptions::default(),
        &mut sources,
    );
    let workspace = read.expect("a workspace");
    let graph = Graph::new(&workspace);
    let (config, problems) = parse(RULES, FileId::new(0));
    assert!(problems.is_empty(), "{problems:?}");
    let config = config.expect("a configuration");
    let architecture = Architecture::bind(&config, &graph, &sources).expect("bound");
    let units = Units::new(&graph, &|_| false);
    let context = |unit: &crate::signals::units::Unit| {
        let assigned = architecture.context_of[unit.node.index()].as_ref()?;
        u32::try_from(assigned.unit).ok()
    };
    let commit = |units: &&[u32]| Commit {
        id: CommitId::parse(&"a".repeat(40)).expect("a name"),
        time: 0,
        author: 0,
        units: (*units).into(),
        files: Box::default(),
    };
    let history = History {
        commits: commits.iter().map(commit).collect(),
        ..History::default()
    };
    let subject = Subject {
        contexts: config
            .contexts
            .iter()
            .map(|context| context.name.value.clone())
            .collect(),
        context_of: units.all.iter().map(context).collect(),
        config: Some(&config),
        ..plain(&graph, &units, &history)
    };
    let table = judge::table(&subject);
    let tables = enough.then(|| judge::tables(&subject, &table));
    let tested = test(&config, &subject, tables.as_ref());
    let shown = |tested: &Tested| {
        let names = [tested.context, tested.other].map(|context| config.contexts[context].name.value.as_str());
        let numbers = &tested.numbers;
        format!(
            "{} {} {}: {:?}, {} of {:?}, {:?}, {} to look at",
            names[0],
            names[1],
            tested.relation.as_str(),
            tested.outcome,
            numbers.shared,
            numbers.commits,
            numbers.edges,
            tested.examples.len()
        )
    };
    tested.iter().map(shown).collect()
}

#[test]
fn relations_are_tested_by_commits_and_dependencies_of_their_contexts_and_the_broken_come_first() {
    let mut commits: Vec<&[u32]> = vec![&[0]; 40];
    commits.extend(vec![&[0, 1][..]; 20]);
    commits.extend(vec![&[1, 3][..]; 20]);
    commits.extend(vec![&[3][..]; 20]);
    commits.extend(vec![&[2][..]; 30]);
    commits.extend(vec![&[0, 1, 2][..]; 1]);
    assert_eq!(
        told(&commits, true),
        [
            "a c published-language: Broken([Ripples]), 20 of [81, 40], [1, 0], 3 to look at",
            // The dependency of a test is none, and what both sides declare is tested once.
            "a b separate-ways: Holds, 1 of [81, 31], [0, 0], 0 to look at",
            "c b partnership: Holds, 0 of [40, 31], [0, 0], 0 to look at",
        ]
    );
}

#[test]
fn a_history_that_does_not_suffice_leaves_relations_untold() {
    assert_eq!(
        told(&[&[0, 2]], false),
        [
            "c b partnership: Holds, 0 of [0, 0], [0, 0], 0 to look at",
            "a b separate-ways: Unknown, 0 of [0, 0], [0, 0], 0 to look at",
            "a c published-language: Unknown, 0 of [0, 0], [1, 0], 0 to look at",
        ]
    );
}
