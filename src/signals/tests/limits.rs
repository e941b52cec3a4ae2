//! Where nothing, or less, can be said; and that the same is said again.

use super::{ALONE, crates, history, judged, plain, read};
use crate::graph::Graph;
use crate::signals::evidence::Subject;
use crate::signals::history::Insufficient;
use crate::signals::judge::{Setting, judge, shuffled, table, tables};
use crate::signals::links::Links;
use crate::signals::ripples::Against::{ChangesAlone, Facade, FewShared, ManyUsers, NoUser, OtherOwner, Published};
use crate::signals::ripples::against_joining;
use crate::signals::table::Table;
use crate::signals::units::Units;
use crate::signals::{SignalId, numbers};

#[test]
fn the_same_history_gives_the_same_answer_whatever_the_threads() {
    let answers: Vec<String> = [1, 2, 4]
        .into_iter()
        .map(|threads| {
            let pool = rayon::ThreadPoolBuilder::new()
                .num_threads(threads)
                .build()
                .expect("threads");
            pool.install(|| {
                format!(
                    "{:?}",
                    judged(&["c d"], "", &[(20, "a b"), (20, "c d")], &["ab", "cd"]).0
                )
            })
        })
        .collect();
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn of_a_history_that_does_not_suffice_only_the_dependencies_are_told() {
    let (_folder, workspace) = crates(&["a b", "b c"], "");
    let graph = Graph::new(&workspace);
    let units = Units::new(&graph, &|_| false);
    let mut short = history(&units, &[(20, "a b")]);
    short.insufficient = Some(Insufficient::FewCommits(20));
    let subject = plain(&graph, &units, &short);
    let judgement = judge(&subject, &[]);
    assert!(judgement.signals.is_empty() && judgement.graph.is_some());
    let numbers = numbers::numbers(&subject);
    assert_eq!((numbers.crates[1].afferent, numbers.crates[1].efferent), (1, 1));
    assert!((numbers.crates[0].instability - 1.0).abs() < 1e-12 && numbers.against_stability.is_empty());
    // a reaches three, b two, and each of the other fourteen itself.
    assert!(
        (numbers.propagation_cost - 19.0 / 256.0).abs() < 1e-12,
        "{}",
        numbers.propagation_cost
    );
}

#[test]
fn in_a_small_workspace_only_what_chance_hardly_gives_is_shown() {
    let (_folder, workspace) = crates(&[], "");
    let graph = Graph::new(&workspace);
    let units = Units::new(&graph, &|_| false);
    let small = |together: usize| {
        let commits = [
            (40, "a"),
            (40, "b"),
            (40, "c"),
            (40, "d"),
            (8, "b c"),
            (8, "c d"),
            (together, "a b"),
        ];
        let history = history(&units, &commits);
        let subject = plain(&graph, &units, &history);
        judge(&subject, &[SignalId::HiddenCoupling])
    };
    let strong = small(60);
    assert!(strong.small && strong.signals.len() == 1, "{:?}", strong.signals);
    assert!(strong.signals[0].counts.chance <= 0.01);
    assert_eq!(small(0).signals, Vec::new());
}

#[test]
fn a_signal_is_named_as_it_is_or_as_something_near() {
    for id in SignalId::ALL {
        assert_eq!(id.as_str().parse(), Ok(id));
    }
    let near = "cochange".parse::<SignalId>().expect_err("no signal");
    assert!(near.contains("did you mean `co-change`?"), "{near}");
}

#[test]
fn companions_count_as_the_crate_that_they_belong_to() {
    let manifest = |name: &str, more: &str| {
        format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2021\"\n{more}")
    };
    let on = |name: &str, kind: &str| format!("[{kind}]\n{name} = {{ path = \"../{name}\" }}\n");
    let two = format!("{}{}", on("a-macros", "dependencies"), on("kit", "dev-dependencies"));
    let tagged = "[package.metadata.boundaries]\ntags = [\"test-support\"]\n";
    let other = on("loose_derive", "dependencies");
    let files = [
        ("Cargo.toml", "[workspace]\nmembers = [\"*\"]\n".to_owned()),
        ("a/Cargo.toml", manifest("a", &two)),
        ("a-macros/Cargo.toml", manifest("a-macros", "")),
        ("b/Cargo.toml", manifest("b", &other)),
        ("c/Cargo.toml", manifest("c", &other)),
        ("kit/Cargo.toml", manifest("kit", tagged)),
        ("loose_derive/Cargo.toml", manifest("loose_derive", "")),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let (_folder, workspace) = read(&files);
    let units = Units::new(&Graph::new(&workspace), &|_| false);
    let names: Vec<(&str, usize)> = units
        .all
        .iter()
        .map(|unit| (unit.name.as_str(), unit.companions.len()))
        .collect();
    // A derive crate that two others use belongs to neither.
    assert_eq!(names, [("a", 2), ("b", 0), ("c", 0), ("loose_derive", 0)]);
}

#[test]
fn a_signal_says_the_same_alone_and_among_others() {
    let (_folder, workspace) = crates(&["a b", "c d"], "publish = false");
    let graph = Graph::new(&workspace);
    let units = Units::new(&graph, &|_| false);
    let mut commits: Vec<(usize, &str)> = ALONE.split(' ').map(|name| (30, name)).collect();
    commits.extend([
        (40, "a b"),
        (30, "e f"),
        (60, "g/src/x.rs"),
        (60, "g/src/y.rs g/src/z.rs"),
    ]);
    let history = history(&units, &commits);
    let subject = Subject {
        contexts: vec!["one".to_owned(), "other".to_owned()],
        context_of: (0..units.all.len()).map(|unit| Some(u32::from(unit == 4))).collect(),
        ..plain(&graph, &units, &history)
    };
    let whole = judge(&subject, &[]);
    let mut kinds = 0;
    for id in SignalId::ALL {
        let among: Vec<_> = whole.signals.iter().filter(|signal| signal.id == id).collect();
        let alone = judge(&subject, &[id]);
        assert_eq!(alone.signals.iter().collect::<Vec<_>>(), among, "{id}");
        assert_eq!((alone.active, alone.thin), (whole.active, whole.thin.clone()), "{id}");
        kinds += usize::from(!among.is_empty());
    }
    assert!(kinds >= 5, "{kinds}");
}

#[test]
fn what_is_not_held_against_chance_shuffles_nothing() {
    let (_folder, workspace) = crates(&[], "");
    let graph = Graph::new(&workspace);
    let units = Units::new(&graph, &|_| false);
    let history = history(&units, &[(20, "a b"), (20, "c")]);
    let table = Table::new(units.all.len(), history.commits.iter().map(|commit| &*commit.units));
    let expected = |chance: bool| {
        let setting = Setting {
            context_of: &vec![None; units.all.len()],
            contexts: 0,
            links: Links::default(),
            facade: vec![false; units.all.len()],
            seed: 1,
            chance,
        };
        shuffled(&table, setting).chances.of((0, 1)).expected()
    };
    assert!(expected(true) > 0.0 && expected(false) == 0.0);
}

#[test]
fn what_speaks_against_joining_a_crate_is_said_in_full() {
    let (_folder, workspace) = crates(&["a b", "c b", "d e", "f g"], "");
    let graph = Graph::new(&workspace);
    let units = Units::new(&graph, &|unit| unit.name == "g");
    let history = history(&units, &[(20, "a b"), (30, "d"), (30, "e"), (2, "d e"), (10, "f g")]);
    let subject = Subject {
        same_owner: &|_, other| units.of(other) != 6,
        ..plain(&graph, &units, &history)
    };
    let table = table(&subject);
    let tables = tables(&subject, &table);
    let against = |unit: u32| against_joining(&subject, &tables, unit);
    assert_eq!(against(0), (None, vec![Published, NoUser]));
    assert_eq!(against(1), (None, vec![Published, ManyUsers]));
    assert_eq!(against(4), (Some(3), vec![Published, FewShared, ChangesAlone]));
    assert_eq!(against(6), (Some(5), vec![Facade, Published, OtherOwner]));
}
