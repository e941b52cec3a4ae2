//! Every rule against a naive evaluation of its definition, over random graphs and random configurations.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::strategy::ValueTree;

use crate::finding::{Finding, Status};

mod exposed;
mod modules;
mod naive;
mod permissions;
mod relations;
pub(crate) mod spec;

use spec::{Rule, Spec};

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn every_rule_says_what_its_definition_says(spec in spec::specs()) {
        let findings = spec.judge();
        let cycles = |f: &&Finding| f.code.as_str() == "cycle" || f.code.as_str() == "context-cycle";
        let found: BTreeSet<_> = (findings.iter().filter(|f| !cycles(f) && f.status == Status::Active))
            .flat_map(|f| pairs(&spec, f))
            .collect();
        prop_assert_eq!(&found, &naive::edges_and_pairs(&spec), "{}", spec.text());
        let active = || findings.iter().filter(|f| !cycles(f) && f.status == Status::Active);
        let reported: usize = active().map(|f| pairs(&spec, f).len()).sum();
        prop_assert_eq!(reported, found.len(), "a pair is reported twice\n{}", spec.text());
    }

    #[test]
    fn a_pair_is_folded_where_every_path_runs_through_other_crates_with_a_finding(spec in spec::specs()) {
        for finding in spec.judge().iter().filter(|f| f.status == Status::Active) {
            let Some((index, rule)) = spec.transitive(&finding.rule) else { continue };
            let open = naive::open_pairs(&spec, index, rule, &finding.to);
            for folded in &finding.also_affects {
                prop_assert!(
                    !naive::reaches_without(&spec, rule, folded, &finding.to, &open),
                    "`{folded}` reaches `{}` by itself\n{}", finding.to, spec.text()
                );
            }
            if open.iter().any(|other| *other != finding.from) && finding.also_affects.is_empty() {
                // What stands alone reaches the target by itself, or is the smallest of a circle of dev-dependencies.
                let alone = naive::reaches_without(&spec, rule, &finding.from, &finding.to, &open);
                prop_assert!(alone || naive::in_a_circle(&spec, &finding.from), "{}", spec.text());
            }
        }
    }

    #[test]
    fn cycles_are_the_strongly_connected_components_each_with_a_shortest_cycle(spec in spec::specs()) {
        let findings = spec.judge();
        for (rule, successors, names) in naive::unit_graphs(&spec) {
            let found: Vec<&Finding> = findings.iter().filter(|f| f.rule == rule && f.status == Status::Active).collect();
            let components = naive::components(&successors);
            prop_assert_eq!(found.len(), components.len(), "{}\n{}", rule, spec.text());
            for finding in found {
                let path: Vec<usize> = finding.path.iter().map(|u| names.iter().position(|n| n == u).expect("a unit")).collect();
                let next = path.iter().cycle().skip(1);
                for (from, to) in path.iter().zip(next) {
                    prop_assert!(successors[*from].contains(to), "{:?} is no cycle\n{}", finding.path, spec.text());
                }
                let component = components.iter().find(|c| c.contains(&path[0])).expect("a component");
                prop_assert!(path.iter().all(|unit| component.contains(unit)));
                prop_assert_eq!(path.len(), naive::shortest_cycle(&successors, component), "{}", spec.text());
            }
        }
    }

    #[test]
    fn the_same_input_gives_the_same_findings(spec in spec::specs()) {
        let once: Vec<String> = spec.judge().iter().map(|f| format!("{f:?}")).collect();
        let again: Vec<String> = spec.judge().iter().map(|f| format!("{f:?}")).collect();
        prop_assert_eq!(once, again);
    }
}

/// A finding as (rule, from, to, kind), one for each crate that a transitive one was folded from.
fn pairs(spec: &Spec, finding: &Finding) -> Vec<(String, String, String, String)> {
    let transitive = spec.transitive(&finding.rule).is_some();
    let kind = match finding.kind {
        Some(kind) if !transitive => kind.to_string(),
        _ => "*".to_owned(),
    };
    let all = std::iter::once(&finding.from).chain(&finding.also_affects);
    let pair = |from: &String| (finding.rule.clone(), from.clone(), finding.to.clone(), kind.clone());
    all.map(pair).collect()
}

#[test]
fn the_table_of_rules_reports_every_code_once() {
    use crate::finding::Code;
    // These are about exceptions, the baseline and what changed, and come from `report`.
    let hygiene = [
        Code::StaleException,
        Code::StaleBaseline,
        Code::ExpiredException,
        Code::ExpiringException,
        Code::ExceptionCount,
        Code::LegalisedEdge,
        Code::GrownBaseline,
    ];
    let mut reported: Vec<Code> = super::RULES.iter().flat_map(|rule| rule.codes).copied().collect();
    reported.extend(hygiene);
    reported.sort_unstable();
    let mut all = Code::ALL.to_vec();
    all.sort_unstable();
    assert_eq!(reported, all);
}

#[test]
fn every_file_of_the_folder_is_in_the_table_or_serves_those_that_are() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules");
    let helpers = ["cycles", "explanations", "named", "reach", "tests", "ways_out"];
    let source = std::fs::read_to_string(folder.with_extension("rs")).expect("the table");
    for entry in std::fs::read_dir(folder).expect("the folder").flatten() {
        let path = entry.path();
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let registered = source.contains(&format!("    {name}::RULE,"));
        assert!(
            registered || helpers.contains(&name.as_str()),
            "`{name}` is not in the table of rules"
        );
    }
}

#[test]
fn exclusive_forms_of_a_rule_are_all_generated() {
    let mut seen = std::collections::HashSet::new();
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    for _ in 0..300 {
        let spec = spec::specs().new_tree(&mut runner).expect("a spec").current();
        for rule in &spec.rules {
            seen.insert(std::mem::discriminant(rule));
        }
        assert!(
            spec.rules
                .iter()
                .all(|rule| !matches!(rule, Rule::Allowed { from, .. } if from.is_empty()))
        );
    }
    assert_eq!(seen.len(), 7, "every table of rules");
}
