//! docs/questions.md shows what the tool really answers. `UPDATE_DOCS=1 cargo test --test binary` writes it anew.

use std::fmt::Write as _;
use std::fs;

use crate::common::{project, run, test_workspaces, workspace};
use serde_json::Value;

#[test]
fn the_page_of_questions_shows_what_is_answered() {
    let page = project().join("docs/questions.md");
    let text = fs::read_to_string(&page).expect("the page").replace("\r\n", "\n");
    let mut right = String::new();
    let mut lines = text.lines();
    let mut asked = 0;
    while let Some(line) = lines.next() {
        let _ = writeln!(right, "{line}");
        if line != "```console" {
            continue;
        }
        for line in lines.by_ref().take_while(|line| *line != "```") {
            let Some(command) = line.strip_prefix("$ cargo boundaries ") else {
                continue;
            };
            let arguments: Vec<&str> = command.split_whitespace().collect();
            let ran = run(&test_workspaces().join("shop"), &arguments);
            assert_eq!(ran.stderr, "", "{command}");
            let _ = write!(right, "{line}\n{}", ran.stdout);
            asked += 1;
        }
        right.push_str("```\n");
    }
    assert!(asked > 5, "only {asked} questions were found");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&page, right).expect("the page can be written");
        return;
    }
    assert!(
        text == right,
        "docs/questions.md is not what is answered: `UPDATE_DOCS=1 cargo test --test binary`"
    );
}

/// The answer of a question in JSON, and how it ended.
fn json(folder: &std::path::Path, arguments: &[&str]) -> (Value, Option<i32>) {
    let ran = run(folder, &[arguments, &["--format", "json"]].concat());
    let json = serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {}", ran.stdout));
    (json, ran.code)
}

#[test]
fn every_answer_in_json_keeps_to_the_published_schema() {
    let schema = fs::read_to_string(project().join("docs/answers.schema.json")).expect("the schema");
    let schema: Value = serde_json::from_str(&schema).expect("JSON");
    let schema = jsonschema::validator_for(&schema).expect("a schema");
    let shop = test_workspaces().join("shop");
    let asked: [(&[&str], &str, i32); 10] = [
        (&["why", "orders-app", "billing-payments"], "why", 0),
        (&["why", "common-types", "shop-server"], "why", 1),
        (&["can", "orders-app", "identity-domain"], "can", 1),
        (&["can", "common-types", "billing-app"], "can", 1),
        (
            &["what-if", "move", "billing-app", "--to", "context:orders"],
            "what-if",
            1,
        ),
        (&["what-if", "add", "identity-domain", "sqlx"], "what-if", 1),
        (&["what-if", "remove", "billing-domain", "billing-store"], "what-if", 0),
        (&["impact", "orders-events"], "impact", 0),
        (&["modules", "orders-domain"], "modules", 0),
        (&["why", "orders-app", "tokoi"], "", 2),
    ];
    for (arguments, question, code) in asked {
        let (json, exit) = json(&shop, arguments);
        let wrong: Vec<String> = schema.iter_errors(&json).map(|error| error.to_string()).collect();
        assert_eq!(wrong, Vec::<String>::new(), "{arguments:?}");
        assert_eq!(exit, Some(code), "{arguments:?}");
        assert_eq!(json["answer"]["question"].as_str().unwrap_or_default(), question);
        assert_eq!(
            json["errors"].as_array().map(Vec::is_empty),
            Some(code != 2),
            "{arguments:?}"
        );
    }
}

#[test]
fn why_and_impact_need_no_boundaries_toml_and_can_does() {
    let folder = workspace(&[]);
    let why = run(folder.path(), &["why", "a", "b"]);
    assert_eq!((why.code, &*why.stderr), (Some(0), ""));
    assert!(why.stdout.contains("no boundaries.toml"), "{}", why.stdout);
    let impact = run(folder.path(), &["impact", "b"]);
    assert_eq!(impact.code, Some(0), "{}", impact.stderr);
    assert!(
        impact.stdout.contains("1 of the 1 other crates rebuilds"),
        "{}",
        impact.stdout
    );
    for question in [&["can", "a", "b"][..], &["what-if", "remove", "a", "b"]] {
        let ran = run(folder.path(), question);
        assert_eq!((ran.code, &*ran.stdout), (Some(2), ""), "{question:?}");
        assert!(ran.stderr.contains("cargo boundaries init"), "{}", ran.stderr);
    }
}

/// `a` uses `b`, and both rules look at Cargo.lock or at versions.
const LOCKED: [(&str, &[u8]); 2] = [
    (
        "b/Cargo.toml",
        b"[package]\nname = \"b\"\nversion = \"0.1.0\"\n\n[dependencies]\nweb = \"1\"\n",
    ),
    (
        "Cargo.lock",
        b"version = 4\n\n[[package]]\nname = \"a\"\nversion = \"0.0.0\"\ndependencies = [\"b\"]\n\n[[package]]\nname = \"b\"\nversion = \"0.1.0\"\ndependencies = [\"web\"]\n\n[[package]]\nname = \"net\"\nversion = \"2.1.0\"\nsource = \"registry+https://github.com/rust-lang/crates.io-index\"\n\n[[package]]\nname = \"web\"\nversion = \"1.0.3\"\nsource = \"registry+https://github.com/rust-lang/crates.io-index\"\ndependencies = [\"net\"]\n",
    ),
];

#[test]
fn what_lies_behind_third_parties_is_told_by_the_lockfile() {
    let folder = workspace(&LOCKED);
    let (answer, code) = json(folder.path(), &["why", "a", "net"]);
    assert_eq!(code, Some(0), "{answer}");
    let steps: Vec<&str> = answer["answer"]["path"]
        .as_array()
        .expect("a path")
        .iter()
        .map(|hop| hop["to"].as_str().expect("a name"))
        .collect();
    assert_eq!(steps, ["b", "web", "net"]);
    assert_eq!(answer["answer"]["path"][2]["version"], "2.1.0");
    let ran = run(folder.path(), &["why", "a", "net"]);
    assert!(ran.stdout.contains("by Cargo.lock"), "{}", ran.stdout);
    let (answer, _) = json(folder.path(), &["impact", "net"]);
    let names = answer["answer"]["rebuilds"].as_array().expect("a list").iter();
    assert_eq!(
        names
            .map(|r| r["name"].as_str().unwrap_or_default())
            .collect::<Vec<_>>(),
        ["a", "b"]
    );
    // Without it only what is declared is known, and that is said.
    fs::remove_file(folder.path().join("Cargo.lock")).expect("it was there");
    let ran = run(folder.path(), &["why", "a", "net"]);
    assert_eq!(ran.code, Some(2), "{}", ran.stdout);
    let ran = run(folder.path(), &["why", "a", "web"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(ran.stderr.contains("Cargo.lock"), "{}", ran.stderr);
}

#[test]
fn an_external_that_nobody_uses_yet_is_judged_by_what_the_lockfile_holds_of_it() {
    let ban: &[u8] = b"[[forbidden]]\nname = \"no-net\"\nfrom = [\"a\"]\nto = [\"external:net\"]\nreach = \"transitive\"\nthrough = [\"normal\"]\nevidence = \"lock\"\nnot-through = [\"b\"]\n";
    let folder = workspace(&[LOCKED[0], LOCKED[1], ("boundaries.toml", ban)]);
    // `web` lies in the lockfile, behind `b` alone; `net` is reached through it.
    assert_eq!(run(folder.path(), &["can", "a", "web"]).code, Some(1));
    assert_eq!(run(folder.path(), &["can", "a", "external:net"]).code, Some(1));
    assert_eq!(run(folder.path(), &["can", "a", "external:other"]).code, Some(0));
    assert_eq!(run(folder.path(), &["can", "b", "external:net"]).code, Some(0));
}

#[test]
fn where_versions_are_told_apart_the_question_says_which() {
    let ban: &[u8] = b"[[forbidden]]\nname = \"old-net\"\nfrom = [\"a\"]\nto = [\"external:net@1\"]\n";
    let folder = workspace(&[("boundaries.toml", ban)]);
    assert_eq!(run(folder.path(), &["can", "a", "external:net@1.2"]).code, Some(1));
    assert_eq!(run(folder.path(), &["can", "a", "external:net@2"]).code, Some(0));
    let open = run(folder.path(), &["can", "a", "external:net"]);
    assert_eq!(open.code, Some(2), "{}", open.stdout);
    assert!(open.stderr.contains("`external:net@1.2`"), "{}", open.stderr);
    assert_eq!(run(folder.path(), &["can", "a", "external:net@x"]).code, Some(2));
}

#[test]
fn no_name_in_a_question_breaks_the_terminal() {
    let folder = workspace(&[("boundaries.toml", b"[[acyclic]]\nname = \"n\"\nover = \"crates\"\n")]);
    let long = "x".repeat(100_000);
    for name in ["\u{1b}[2J", "", "external:", "external:\u{7}", "a b", "../a", &long] {
        for question in [
            &["why", "a", name][..],
            &["can", "a", name],
            &["impact", name],
            &["why", name, "a"],
        ] {
            let ran = run(folder.path(), question);
            assert_eq!((ran.code, &*ran.stdout), (Some(2), ""), "{question:?}");
            assert!(
                !ran.stderr.contains(['\u{1b}', '\u{7}']) && ran.stderr.len() < 2000,
                "{}",
                ran.stderr
            );
        }
    }
}
