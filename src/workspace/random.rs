//! Random workspaces, read by the manifests engine and by `cargo metadata --no-deps`: the two never differ.

use proptest::prelude::*;
use proptest::test_runner::Config;

use super::cargo::{Cargo, CargoOptions, Failure};
use super::verify::compare_no_deps;
use super::{fixture, manifests, resolved};
use crate::source::Sources;

mod plan;
pub(crate) mod render;
pub(crate) mod resolvable;

/// As many cases as `PROPTEST_CASES` asks for, else as many as take a few seconds.
pub(crate) fn config(cases: u32) -> Config {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok());
    Config {
        cases: asked.unwrap_or(cases),
        // Each step of shrinking starts cargo.
        max_shrink_iters: 400,
        failure_persistence: None,
        ..Config::default()
    }
}

proptest! {
    #![proptest_config(config(120))]

    #[test]
    fn random_manifests_are_read_as_cargo_reads_them(plan in plan::workspace()) {
        let files = render::files(&plan);
        let listed: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let (_folder, root) = fixture::workspace(&listed);
        let manifest = root.join("Cargo.toml");
        let options = CargoOptions { offline: true, ..CargoOptions::default() };
        let json = match Cargo::find(options).read(&manifest) {
            Ok(json) => json,
            Err(Failure::Missing(problem) | Failure::Broken(problem)) => {
                // Only cargo itself can be missing here: the folder has just been made.
                skip(&problem.message);
                return Ok(());
            }
            Err(Failure::Refused(words)) => return Err(TestCaseError::fail(format!("cargo refuses it: {words}"))),
        };
        let metadata = resolved::declared(&json).expect("cargo's output is read");
        let mut sources = Sources::default();
        let workspace = manifests::read(&manifest, &mut sources);
        let workspace = workspace.map_err(|error| TestCaseError::fail(format!("only cargo reads it: {error:#?}")))?;
        let differences = compare_no_deps(&workspace, &sources, &metadata);
        prop_assert!(differences.is_empty(), "{}\n{listed:#?}", differences.join("\n"));
        let keys = render::keys(&plan);
        for member in &workspace.members {
            for dependency in &member.dependencies {
                let text = &sources.file(dependency.key.file).text[dependency.key.range()];
                let bare = text.trim_matches(['"', '\'']);
                prop_assert!(keys.contains(bare), "`{text}` is no key of {}", member.name);
            }
        }
    }
}

fn skip(why: &str) {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| eprintln!("skipped, for there is no cargo to compare with: {why}"));
}
