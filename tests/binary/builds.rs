//! Paths onto externals are there where `cargo tree` shows them: every member of a workspace that turns features on in
//! every way there is, with every set of features, and every kind.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::common::{Ran, binary, run, test_workspaces, write};

/// Packages outside the workspace, by path: externals that need no network.
const OUTSIDE: [(&str, &str); 9] = [
    (
        "leaf",
        "[features]\ndefault = []\nextra = [\"dep:deep\"]\n[dependencies]\ndeep = { path = \"../deep\", optional = true }\n",
    ),
    ("deep", ""),
    ("clock", ""),
    // Opens `clock` by default, `leaf` by an implied feature, and passes a feature on where `leaf` is on.
    (
        "retry",
        "[features]\ndefault = [\"backoff\"]\nbackoff = [\"dep:clock\"]\nweak = [\"leaf?/extra\"]\nstrong = [\"leaf/extra\"]\n\
        [dependencies]\nclock = { path = \"../clock\", optional = true }\nleaf = { path = \"../leaf\", optional = true }\n",
    ),
    (
        "maker",
        "[lib]\nproc-macro = true\n[dependencies]\nquoter = { path = \"../quoter\" }\nretry = { path = \"../retry\" }\n",
    ),
    ("quoter", ""),
    ("probe", ""),
    // A build-dependency without a build script is declared all the same.
    ("scriptless", "[build-dependencies]\nprobe = { path = \"../probe\" }\n"),
    (
        "os",
        "[target.'cfg(windows)'.dependencies]\nclock = { path = \"../clock\" }\n",
    ),
];

/// Members, and what they declare.
const MEMBERS: [(&str, &str); 7] = [
    (
        "lean",
        "[dependencies]\nretry = { path = \"../outside/retry\", default-features = false }\n",
    ),
    (
        "rich",
        "[features]\ndefault = [\"clocked\"]\nclocked = [\"retry/backoff\"]\nweakly = [\"r2?/strong\"]\nboth = [\"weakly\", \"dep:r2\"]\n\
        [dependencies]\nretry = { path = \"../outside/retry\", default-features = false }\n\
        r2 = { package = \"leafy\", path = \"../leafy\", optional = true }\n",
    ),
    (
        "leafy",
        "[features]\nstrong = [\"retry/weak\", \"retry/leaf\"]\n\
        [dependencies]\nretry = { path = \"../outside/retry\", default-features = false }\n",
    ),
    (
        "made",
        "[dependencies]\nmaker = { path = \"../outside/maker\" }\nlean = { path = \"../lean\" }\n",
    ),
    (
        "macros",
        "[lib]\nproc-macro = true\n[dependencies]\nretry = { path = \"../outside/retry\", features = [\"weak\"] }\n\
        [dev-dependencies]\nleafy = { path = \"../leafy\", features = [\"strong\"] }\n",
    ),
    (
        "built",
        "[build-dependencies]\nretry = { path = \"../outside/retry\", features = [\"strong\"] }\n\
        [dependencies]\nscriptless = { path = \"../outside/scriptless\" }\nlean = { path = \"../lean\" }\nmacros = { path = \"../macros\" }\n",
    ),
    (
        "tested",
        "[dependencies]\nlean = { path = \"../lean\" }\nos = { path = \"../outside/os\" }\n\
        [dev-dependencies]\nretry = { path = \"../outside/retry\", features = [\"leaf\"] }\nbuilt = { path = \"../built\" }\n",
    ),
];

/// The sets of features, in boundaries.toml and on cargo's command line.
const SETS: [(&str, &[&str]); 3] = [
    ("\"default\"", &[]),
    ("\"none\"", &["--no-default-features"]),
    ("\"all\"", &["--all-features"]),
];

/// Kinds of the first hop, kinds of the later ones, and the same for `cargo tree`.
const KINDS: [(&str, &str, &str); 3] = [
    ("[\"normal\", \"build\"]", "[\"normal\", \"build\"]", "normal,build"),
    ("[\"normal\"]", "[\"normal\"]", "normal"),
    (
        "[\"normal\", \"build\", \"dev\"]",
        "[\"normal\", \"build\"]",
        "normal,build,dev",
    ),
];

#[test]
fn what_a_build_reaches_is_what_cargo_tree_shows() {
    for resolver in ["1", "2"] {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let questions = lay_out(root, resolver);
        let found = reached(root);
        let mut compared = 0;
        // Cargo waits most of the time.
        let answers: Vec<_> = std::thread::scope(|scope| {
            let ask = |(member, flags, kinds): (&'static str, &'static [&'static str], &'static str)| {
                scope.spawn(move || tree(root, member, flags, kinds))
            };
            let asked: Vec<_> = questions.values().map(|question| ask(*question)).collect();
            asked.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        for ((rule, (member, flags, kinds)), shown) in questions.iter().zip(answers) {
            let ours = found.get(rule).cloned().unwrap_or_default();
            assert_eq!(ours, shown, "resolver {resolver}: {member} {flags:?} {kinds}");
            compared += shown.len();
        }
        assert!(
            compared > 30,
            "resolver {resolver}: only {compared} packages were compared"
        );
    }
}

type Questions = BTreeMap<String, (&'static str, &'static [&'static str], &'static str)>;

/// Writes the workspace, with a rule for every question.
fn lay_out(root: &Path, resolver: &str) -> Questions {
    let manifest =
        format!("[workspace]\nresolver = \"{resolver}\"\nmembers = [\"crates/*\"]\nexclude = [\"outside\"]\n");
    write(root, &[("Cargo.toml", manifest.as_bytes())]);
    let package = |name: &str, rest: &str| {
        format!("[package]\nname = \"{name}\"\nversion = \"1.0.0\"\nedition = \"2021\"\n\n{rest}")
    };
    let folders = OUTSIDE
        .iter()
        .map(|p| ("outside", p))
        .chain(MEMBERS.iter().map(|p| ("crates", p)));
    for (family, (name, rest)) in folders {
        let rest = rest.replace("../outside/", "../../outside/");
        let (manifest, source) = (
            format!("{family}/{name}/Cargo.toml"),
            format!("{family}/{name}/src/lib.rs"),
        );
        write(root, &[(&manifest, package(name, &rest).as_bytes()), (&source, b"")]);
    }
    let (mut text, mut questions) = (String::new(), Questions::new());
    for (member, _) in MEMBERS {
        for (set, flags) in SETS {
            for (kinds, through, word) in KINDS {
                // The first resolver differs in what dev-dependencies turn on.
                if set != "\"default\"" && (word != KINDS[0].2 || resolver == "1") {
                    continue;
                }
                let rule = format!("q{}", questions.len());
                write!(
                    text,
                    "[[forbidden]]\nname = \"{rule}\"\nfrom = [\"{member}\"]\nto = [\"external:*\"]\nreach = \"transitive\"\n\
                     kinds = {kinds}\nthrough = {through}\nfeatures = {set}\n"
                )
                .unwrap();
                questions.insert(rule, (member, flags, word));
            }
        }
    }
    write(root, &[("boundaries.toml", text.as_bytes())]);
    cargo(root, &["generate-lockfile", "--offline"]);
    questions
}

/// What each rule finds.
fn reached(root: &Path) -> BTreeMap<String, BTreeSet<String>> {
    let ran = run(root, &["check", "--offline", "--format", "json"]);
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    let json: Value = serde_json::from_str(&ran.stdout).unwrap();
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for finding in json["findings"].as_array().unwrap() {
        let word = |key: &str| finding[key].as_str().unwrap().to_owned();
        let path: Vec<&str> = finding["path"]
            .as_array()
            .unwrap()
            .iter()
            .map(|p| p.as_str().unwrap())
            .collect();
        assert_eq!(path.len(), finding["hops"].as_array().unwrap().len() + 1, "{path:?}");
        found.entry(word("rule")).or_default().insert(word("to"));
    }
    found
}

/// The externals that `cargo tree` shows.
fn tree(root: &Path, member: &str, flags: &[&str], kinds: &str) -> BTreeSet<String> {
    let fixed = [
        "tree",
        "--offline",
        "-p",
        member,
        "-e",
        kinds,
        "--target",
        "all",
        "--prefix",
        "none",
    ];
    let shown = cargo(root, &[&fixed[..], flags].concat());
    let outside = |name: &&str| OUTSIDE.iter().any(|(other, _)| other == name);
    let names = shown.lines().filter_map(|line| line.split_whitespace().next());
    names.filter(outside).map(str::to_owned).collect()
}

fn cargo(root: &Path, arguments: &[&str]) -> String {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo).args(arguments).current_dir(root).output().unwrap();
    assert!(
        output.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

/// A check of a workspace of the decisions by another boundaries.toml, without a cargo.
fn without_cargo(decision: &str, config: &str) -> Ran {
    let folder = test_workspaces().join("decisions").join(decision);
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), config).unwrap();
    let mut command = binary(&folder);
    command
        .env("CARGO", "/no/such/cargo")
        .args(["check", "--config-file", file.path().to_str().unwrap()]);
    Ran::of(&command.output().unwrap())
}

const CLOSED: &str = "an-allowed-list-can-close-everything-that-is-reached";

#[test]
fn no_path_in_the_lockfile_is_a_pass_without_cargo() {
    let ran = without_cargo(
        CLOSED,
        "[[forbidden]]\nname = \"r\"\nfrom = [\"helper\"]\nto = [\"external:retry\"]\nreach = \"transitive\"\n\
         [[allowed]]\nname = \"a\"\nfrom = [\"helper\"]\nto = [\"external:wide\", \"external:deep\", \"external:clock@1\"]\n\
         among = \"all\"\nreach = \"transitive\"\n",
    );
    assert_eq!(ran.code, Some(0), "{}{}", ran.stdout, ran.stderr);
}

#[test]
fn a_path_in_the_lockfile_that_cargo_cannot_confirm_is_no_verdict() {
    let ran = without_cargo(
        CLOSED,
        "[[forbidden]]\nname = \"no-clock\"\nto = [\"external:clock\"]\nreach = \"transitive\"\n\
         [[forbidden]]\nname = \"no-wide\"\nto = [\"external:wide\"]\nreach = \"transitive\"\nevidence = \"lock\"\n",
    );
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
    for said in [
        "no program `/no/such/cargo` is found",
        "rule `no-clock` is not decided",
        "`helper` → `wide` 1.0.0 → `clock` 1.0.0",
        "evidence = \"lock\"",
    ] {
        assert!(
            ran.stderr.replace("\n        ", " ").contains(said),
            "{said}\n{}",
            ran.stderr
        );
    }
    assert!(!ran.stderr.contains("no-wide"), "{}", ran.stderr);
}

#[test]
fn features_that_nobody_has_and_permissions_for_what_is_not_locked_are_mistakes() {
    let said = |config: &str| {
        let ran = without_cargo("features-say-with-what-a-crate-is-built", config);
        assert_eq!(ran.code, Some(2), "{}", ran.stdout);
        ran.stderr
    };
    let unknown = said(
        "[[forbidden]]\nname = \"r\"\nto = [\"external:clock\"]\nreach = \"transitive\"\nfeatures = [\"timd\", \"default\"]\n",
    );
    assert!(unknown.contains("no crate of `from` has a feature `timd`"), "{unknown}");
    assert!(unknown.contains("did you mean `timed`?"), "{unknown}");
    let absent = "[[allowed]]\nname = \"r\"\nfrom = [\"tool\"]\namong = \"external\"\nreach = \"transitive\"\n";
    let one = said(&format!("{absent}to = [\"external:clok\"]\n"));
    assert!(one.contains("did you mean `external:clock`?"), "{one}");
    let version = said(&format!("{absent}to = [\"external:clock@2\"]\n"));
    assert!(version.contains("it holds `clock` 1.0.0"), "{version}");
    let stopping = said(
        "[[forbidden]]\nname = \"r\"\nto = [\"external:clock\"]\nreach = \"transitive\"\nnot-through = [\"external:none\"]\n",
    );
    assert!(
        stopping.contains("Cargo.lock holds nothing that `external:none` means"),
        "{stopping}"
    );
}

#[test]
fn what_is_only_asked_about_is_judged_as_a_build_of_it_would_be() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    lay_out(root, "2");
    let rule = "[[forbidden]]\nname = \"no-clock\"\nfrom = [\"lean\", \"rich\"]\nto = [\"external:clock\"]\nreach = \"transitive\"\n";
    write(root, &[("boundaries.toml", rule.as_bytes())]);
    let ask = |words: &[&str]| run(root, &[words, &["--offline"]].concat());
    // Cargo.lock shows a path from `lean` to `clock` over a feature that no build of it turns on, a plain dependency would.
    for (to, allowed) in [
        ("external:clock", false),
        ("external:retry", false),
        ("external:deep", true),
        ("leafy", true),
    ] {
        let ran = ask(&["can", "lean", to]);
        assert_eq!(
            ran.code,
            Some(i32::from(!allowed)),
            "{to}: {}{}",
            ran.stdout,
            ran.stderr
        );
    }
    let added = ask(&["what-if", "add", "leafy", "external:clock"]);
    assert!(added.stdout.contains("nothing changes"), "{}", added.stdout);
    let added = ask(&["what-if", "add", "lean", "leafy"]);
    assert!(added.stdout.contains("nothing changes"), "{}", added.stdout);
    let removed = ask(&["what-if", "remove", "rich", "external:retry"]);
    assert!(
        removed.stdout.contains("today: 1 error; then: 0 errors"),
        "{}",
        removed.stdout
    );
}
