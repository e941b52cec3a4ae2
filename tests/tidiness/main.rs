//! The architecture's invariants, as far as the sources show them: who may name what, which way imports lead, how long a
//! file is. ARCHITECTURE.md says why.

#![cfg(test)]

mod source;

use std::collections::{BTreeMap, BTreeSet};

use source::{Source, production, project, sources, walk};

/// No file is longer.
const LINES: usize = 300;

/// The top modules in the order of the flow; those of one line may not name each other. Each may name what stands above
/// it, and nothing else.
const FLOW: [&[&str]; 20] = [
    &["source"],
    &["error", "edit"],
    &["git", "owners"],
    &["workspace"],
    &["code"],
    &["finding", "verify", "units"],
    &["config"],
    &["graph", "baseline"],
    &["architecture", "infer"],
    &["signals"],
    &["excuses"],
    &["rules"],
    &["report"],
    &["reporters"],
    &["pipeline"],
    &["questions"],
    &["cli"],
    &["check_workspace", "commands", "validation"],
    &["lib"],
    &["main"],
];

/// Words that only the files below these paths may have, and why.
const ALONE: [(&str, &[&str], &str); 4] = [
    (
        "guppy",
        &["workspace/resolved", "workspace/resolved.rs"],
        "the resolved graph has one reader",
    ),
    (
        "miette",
        &["reporters/human.rs", "reporters/human/excerpt.rs"],
        "how findings are drawn is one reporter's matter",
    ),
    (
        "process::Command",
        &["workspace/cargo.rs", "git/command.rs", "commands/check/then.rs"],
        "processes are started where they are named for it",
    ),
    (
        "process::{",
        &["workspace/cargo.rs", "git", "commands/check/then.rs"],
        "processes are started where they are named for it",
    ),
];

/// What rules and reports, being pure, never name.
const OUTSIDE: [&str; 8] = [
    "std::fs",
    "fs::",
    "std::env",
    "env::",
    "std::io",
    "std::net",
    "std::process",
    "SystemTime",
];

/// Where nothing of that may stand.
const PURE: [&str; 8] = [
    "infer",
    "rules",
    "graph",
    "finding",
    "report",
    "architecture",
    "excuses",
    "config",
];

/// What production code never has.
const NEVER: [(&str, &str); 8] = [
    (
        ".unwrap()",
        "return the error, or say with `expect` of a type that it cannot be",
    ),
    ("todo!", "finish it"),
    ("unimplemented!", "finish it"),
    ("dbg!", "take it out"),
    ("#[ignore", "a test that does not run holds nothing"),
    (
        "#[allow(",
        "`#[expect(…, reason = …)]` says why, and is reported once it is of no use",
    ),
    ("println!", "only `commands` prints, by way of its streams"),
    ("eprintln!", "only `commands` prints, by way of its streams"),
];

#[test]
fn who_may_name_what_is_kept() {
    let mut wrong = Vec::new();
    for file in production() {
        for (word, homes, why) in ALONE {
            let at_home = homes.iter().any(|home| file.is_in(home));
            wrong.extend(
                file.naming(word)
                    .filter(|_| !at_home)
                    .map(|at| format!("{at}: names `{word}`: {why}")),
            );
        }
    }
    assert_empty(&wrong);
    for (word, homes, _) in ALONE.iter().take(2) {
        let used = production().iter().any(|f| f.naming(word).next().is_some());
        assert!(
            used,
            "`{word}` is named nowhere, not even in {homes:?}: the search is broken"
        );
    }
}

#[test]
fn rules_and_what_they_stand_on_are_pure() {
    let mut wrong = Vec::new();
    for file in production().iter().filter(|f| PURE.contains(&f.module())) {
        for word in OUTSIDE {
            wrong.extend(
                file.naming(word)
                    .map(|at| format!("{at}: names `{word}`: nothing here reads or writes")),
            );
        }
    }
    assert_empty(&wrong);
}

#[test]
fn imports_follow_the_flow_one_way() {
    let rank: BTreeMap<&str, usize> = FLOW
        .iter()
        .enumerate()
        .flat_map(|(i, row)| row.iter().map(move |m| (*m, i)))
        .collect();
    let mut wrong = Vec::new();
    for file in production() {
        let module = file.module();
        let Some(own) = rank.get(module) else {
            wrong.push(format!("src/{}: `{module}` has no place in the flow", file.path));
            continue;
        };
        for (line, named) in file.imports() {
            if named != module && rank.get(named.as_str()).is_some_and(|other| other >= own) {
                let path = &file.path;
                wrong.push(format!(
                    "src/{path}:{line}: `{module}` names `{named}`, which stands after it"
                ));
            }
        }
    }
    assert_empty(&wrong);
}

#[test]
fn every_file_says_in_its_first_line_what_it_is() {
    let silent = sources().into_iter().filter(|file| !file.text.starts_with("//! "));
    assert_empty(
        &silent
            .map(|file| format!("src/{}: opens without `//!`", file.path))
            .collect::<Vec<_>>(),
    );
}

#[test]
fn no_file_is_too_long_to_be_read() {
    let long = sources().into_iter().filter(|file| file.text.lines().count() > LINES);
    let told = long.map(|f| format!("src/{}: {} lines: split it by meaning", f.path, f.text.lines().count()));
    assert_empty(&told.collect::<Vec<_>>());
}

#[test]
fn production_code_does_not_give_up() {
    let mut wrong = Vec::new();
    for file in production() {
        for (word, instead) in NEVER {
            wrong.extend(file.naming(word).map(|at| format!("{at}: has `{word}`: {instead}")));
        }
    }
    assert_empty(&wrong);
}

#[test]
fn every_source_of_a_fixture_is_reached_by_its_workspace() {
    // A crate's folder holds a manifest, its targets and nothing else that is Rust: what cargo would not build is not a
    // fixture but a leftover.
    let mut stray = Vec::new();
    let root = project().join("test-workspaces");
    walk(&root, &mut |path| {
        if path.extension().is_some_and(|e| e == "rs") {
            let above = path.ancestors().skip(1).take_while(|folder| folder.starts_with(&root));
            if !above.clone().any(|folder| folder.join("Cargo.toml").is_file()) {
                stray.push(path.display().to_string());
            }
        }
    });
    assert_empty(&stray);
}

#[test]
fn the_search_sees_production_code_and_not_the_tests() {
    let production: BTreeSet<String> = production().into_iter().map(|f| f.path).collect();
    assert!(
        production.contains("rules/layers.rs") && production.contains("workspace.rs"),
        "{production:?}"
    );
    assert!(!production.iter().any(|path| path.contains("tests")), "{production:?}");
    assert!(production.len() > 80, "{}", production.len());
    let file = Source::new(
        "x.rs",
        "//! Of x.\nuse crate::{a, b::c};\nfn f() { crate::d::e(); } // crate::g\n#[cfg(test)]\nmod tests {\n    use crate::h;\n}\n",
    );
    let imports: Vec<String> = file.code().imports().into_iter().map(|(_, module)| module).collect();
    assert_eq!(imports, ["a", "b", "d"]);
}

fn assert_empty(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}
