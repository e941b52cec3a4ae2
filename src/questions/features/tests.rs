//! What is on in a build of the whole workspace and in one of each member alone, by cargo's rules.

use crate::pipeline::Options;
use crate::questions::{self, Subject};
use crate::workspace::fixture;

const STORE: &str = "[package]\nname = \"store\"\n[features]\ndefault = [\"small\"]\nsmall = []\nfull = [\"large\"]\nlarge = []\nmock = []\n\
     loose = []\nweak = []\n";

/// `feature: who (how: features that lead there), …; alone without: …` for each feature that is on, then those that are not.
fn ask(resolver: &str, members: &[(&str, &str)], package: &str) -> Vec<String> {
    let quoted: Vec<String> = members.iter().map(|(name, _)| format!("\"{name}\"")).collect();
    let root = format!(
        "[workspace]\nmembers = [\"store\", {}]\nresolver = \"{resolver}\"\n",
        quoted.join(", ")
    );
    let mut files = vec![
        ("Cargo.toml".to_owned(), root),
        ("store/Cargo.toml".to_owned(), STORE.to_owned()),
    ];
    files.extend(members.iter().map(|(name, text)| {
        let text = text.replace("STORE", "store = { path = \"../store\"");
        (
            format!("{name}/Cargo.toml"),
            format!("[package]\nname = \"{name}\"\nedition = \"2021\"\n{text}"),
        )
    }));
    let listed: Vec<_> = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    let (_folder, root) = fixture::workspace(&listed);
    let options = Options {
        manifest_path: Some(root.join("Cargo.toml").into_std_path_buf()),
        ..Options::default()
    };
    let named = |workspace: &_, lock: Option<&_>| questions::package(workspace, lock, package, false);
    let (subject, package) = Subject::read(&options, |_| false, &named).expect("a workspace");
    let answer = super::features(&subject, &package).expect("an answer");
    let mut lines: Vec<String> = Vec::new();
    for feature in &answer.turned_on {
        let by = feature.by.iter().map(|by| {
            let ways: Vec<&str> = by
                .own_features
                .iter()
                .chain(&by.implied_by)
                .map(String::as_str)
                .collect();
            format!(
                "{} {} {}{}",
                by.member,
                by.kind,
                by.how,
                if ways.is_empty() {
                    String::new()
                } else {
                    format!(" by {}", ways.join(" "))
                }
            )
        });
        let by: Vec<String> = by.collect();
        let tests = if feature.tests_only { " in tests" } else { "" };
        lines.push(format!(
            "{}{tests}: {}; alone without: {}",
            feature.name,
            by.join(", "),
            feature.not_alone.join(" ")
        ));
    }
    lines.push(format!("off: {}", answer.off.join(" ")));
    lines
}

#[test]
fn what_one_member_turns_on_is_there_for_all_and_not_where_they_are_built_alone() {
    let full = "[dependencies]\nSTORE, features = [\"full\"], default-features = false }\n";
    let bare = "[dependencies]\nSTORE, default-features = false }\n";
    let over = "[dependencies]\nbare = { path = \"../bare\" }\n[dev-dependencies]\nSTORE, features = [\"mock\"] }\n";
    assert_eq!(
        ask("2", &[("bare", bare), ("full", full), ("over", over)], "store"),
        [
            // Nobody asks for it by way of a dependency, but a build of the workspace builds `store` itself too.
            "default: over dev default; alone without: bare full over",
            "full: full normal listed; alone without: bare over",
            "large: full normal listed by full; alone without: bare over",
            "mock in tests: over dev listed; alone without: bare full",
            "small: over dev default by default; alone without: bare full over",
            "off: loose weak",
        ]
    );
}

#[test]
fn a_feature_of_a_member_forwards_where_it_is_on() {
    let user = "[dependencies]\nSTORE, optional = true, default-features = false }\n\
                [features]\ndefault = [\"net\"]\nnet = [\"store/large\", \"store?/weak\"]\nother = [\"store/loose\"]\n";
    let asking = "[dependencies]\nuser = { path = \"../user\", default-features = false, features = [\"other\"] }\n";
    assert_eq!(
        ask("2", &[("asking", asking), ("user", user)], "store"),
        [
            "default: ; alone without: asking user",
            "large: user normal forwarded by default net; alone without: asking",
            "loose: user normal forwarded by other; alone without: user",
            "small: ; alone without: asking user",
            "weak: user normal forwarded by default net; alone without: asking",
            "off: full mock",
        ]
    );
}

#[test]
fn a_build_script_keeps_its_features_apart_from_resolver_2_on() {
    let script = "[build-dependencies]\nSTORE, default-features = false, features = [\"large\"] }\n";
    let bare = "[dependencies]\nSTORE, default-features = false }\n";
    let members = [("bare", bare), ("script", script)];
    let large = |lines: Vec<String>| {
        lines
            .into_iter()
            .find(|line| line.starts_with("large"))
            .expect("it is on")
    };
    assert_eq!(
        large(ask("2", &members, "store")),
        "large: script build listed; alone without: "
    );
    assert_eq!(
        large(ask("1", &members, "store")),
        "large: script build listed; alone without: bare"
    );
}

#[test]
fn of_an_external_what_members_declare_is_known() {
    let one = "[dependencies]\nserde = { version = \"1\", features = [\"derive\"] }\n";
    let two = "[dependencies]\nserde = { version = \"1\", default-features = false }\n";
    assert_eq!(
        ask("3", &[("one", one), ("two", two)], "serde"),
        [
            "default: one normal default; alone without: two",
            "derive: one normal listed; alone without: two",
            "off: "
        ]
    );
}
