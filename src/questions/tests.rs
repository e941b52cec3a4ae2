//! Answers against checks of workspaces on disk in which the change has been made.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use proptest::prelude::*;

use super::can::{Can, can};
use super::what_if::{Change, Place, WhatIf, what_if};
use super::{Subject, member, package};
use crate::finding::{Code, Finding, Level};
use crate::pipeline::{Options, load};
use crate::report::Report;
use crate::rules::tests::spec::{self, Dep, Spec};
use crate::workspace::random::config;
use crate::workspace::{DependencyKind, fixture};

proptest! {
    #![proptest_config(config(60))]

    #[test]
    fn a_crate_can_use_another_exactly_where_a_check_with_the_dependency_finds_nothing_new(
        (spec, from, to, kind) in asked()
    ) {
        let answer = ask_can(&spec, from, to, kind);
        let is_it = |d: &Dep| d.from == from && d.to == to && d.kind == kind;
        let mut without = spec.clone();
        without.deps.retain(|d| !is_it(d));
        let mut with = without.clone();
        with.deps.push(Dep { from, to, kind, optional: false, target: None, features: Vec::new(), default_features: true });
        let (before, after) = (checked(&without), checked(&with));
        let new = news(&before, &after);
        prop_assert_eq!(answer.ruling == super::Ruling::Denied, !new.is_empty(), "{:?}\n{}", new, with.text());
        let cycle = kind != DependencyKind::Dev && reaches(&without, to, from);
        prop_assert_eq!(!answer.refused_by_cargo.is_empty(), cycle, "{:?}", spec.deps);
        prop_assert_eq!(answer.answer, new.is_empty() && !cycle);
        prop_assert_eq!(answer.declared, spec.deps.iter().any(is_it));
    }

    #[test]
    fn a_move_finds_what_a_check_finds_where_the_place_names_the_crate(
        (spec, moved, layer, to) in moves()
    ) {
        let Some((place, edited)) = edited(&spec, moved, layer, to) else { return Ok(()) };
        let answer = ask_move(&spec, moved, place);
        let (before, after) = (checked(&spec), checked(&edited));
        prop_assert_eq!((answer.after.deny, answer.after.warn), (after.summary.deny, after.summary.warn));
        prop_assert_eq!((answer.before.deny, answer.before.warn), (before.summary.deny, before.summary.warn));
        let difference = &answer.difference;
        for (said, here, there) in [(&difference.appearing, &after, &before), (&difference.vanishing, &before, &after)] {
            let expected: BTreeSet<&str> = only_in(here, there).map(|f| &*f.fingerprint).collect();
            let said: BTreeSet<&str> = said.iter().map(|f| &*f.fingerprint).collect();
            prop_assert_eq!(said, expected, "{}\n{}", spec.text(), edited.text());
        }
    }
}

/// A workspace, and a dependency to ask about: onto a member or an external.
fn asked() -> impl Strategy<Value = (Spec, usize, usize, DependencyKind)> {
    let kinds = prop::sample::select(DependencyKind::ALL.to_vec());
    (
        spec::specs(),
        any::<prop::sample::Index>(),
        any::<prop::sample::Index>(),
        kinds,
    )
        .prop_map(|(spec, from, to, kind)| {
            let from = from.index(spec.members);
            let others = spec.members + spec::EXTERNALS - 1;
            let to = (from + 1 + to.index(others)) % (others + 1);
            (spec, from, to, kind)
        })
}

fn moves() -> impl Strategy<Value = (Spec, usize, bool, prop::sample::Index)> {
    let parts = (
        spec::specs(),
        any::<prop::sample::Index>(),
        any::<bool>(),
        any::<prop::sample::Index>(),
    );
    parts.prop_map(|(spec, moved, layer, to)| {
        let moved = moved.index(spec.members);
        (spec, moved, layer, to)
    })
}

/// The specification in which a member is named by another layer or context; none where there is no other.
fn edited(spec: &Spec, moved: usize, layer: bool, to: prop::sample::Index) -> Option<(Place, Spec)> {
    let mut edited = spec.clone();
    let units = if layer { spec.layers.len() } else { spec.contexts.len() };
    let unit = (units > 0).then(|| to.index(units))?;
    let (family, name) = if layer {
        edited.layer_of[moved].retain(|layer| !spec.same_stack(*layer, unit));
        edited.layer_of[moved].push(unit);
        ("layer", format!("l{unit}"))
    } else {
        edited.context_of[moved] = Some(unit);
        // Being named is not being made public.
        let arrives = spec.context_of[moved] != Some(unit);
        let context = &mut edited.contexts[unit];
        let besides = context.public_to.iter_mut().flatten();
        let named = context.public.iter_mut().chain(besides).chain(&mut context.faces);
        for chosen in named.filter(|_| arrives) {
            chosen[moved] = false;
        }
        ("context", format!("c{unit}"))
    };
    Some((Place { family, unit: name }, edited))
}

fn ask_can(spec: &Spec, from: usize, to: usize, kind: DependencyKind) -> Can {
    let (_folder, options) = on_disk(spec);
    let names = (spec.name(from), named(spec, to));
    let (subject, (from, to)) = Subject::read(&options, |_| false, &|workspace, lock| {
        Ok((member(workspace, &names.0)?, package(workspace, lock, &names.1, true)?))
    })
    .expect("both are there");
    can(&subject, from, &to, kind).expect("an answer")
}

fn ask_move(spec: &Spec, moved: usize, place: Place) -> WhatIf {
    let (_folder, options) = on_disk(spec);
    let name = spec.name(moved);
    let read = Subject::read(&options, |_| false, &|workspace, _| member(workspace, &name));
    let (subject, moved) = read.expect("it is there");
    what_if(&subject, &Change::Move(moved, vec![place])).expect("an answer")
}

fn named(spec: &Spec, node: usize) -> String {
    let prefix = if node < spec.members { "" } else { "external:" };
    format!("{prefix}{}", spec.name(node))
}

fn checked(spec: &Spec) -> Report {
    let (_folder, options) = on_disk(spec);
    load(&options).expect("a workspace").check().expect("a report")
}

/// Writes the specification as manifests and a boundaries.toml.
fn on_disk(spec: &Spec) -> (tempfile::TempDir, Options) {
    let mut files = vec![
        (
            "Cargo.toml".to_owned(),
            "[workspace]\nmembers = [\"m*\"]\nresolver = \"2\"\n".to_owned(),
        ),
        ("boundaries.toml".to_owned(), spec.text()),
    ];
    for member in 0..spec.members {
        let mut text = format!("[package]\nname = \"m{member}\"\nversion = \"0.1.0\"\nedition = \"2021\"\n");
        // One key cannot stand in one table twice.
        let mut written = BTreeSet::new();
        for dep in spec.deps.iter().filter(|d| d.from == member && d.to != member) {
            let table = match dep.kind {
                DependencyKind::Normal => "dependencies",
                DependencyKind::Build => "build-dependencies",
                DependencyKind::Dev => "dev-dependencies",
            };
            let name = spec.name(dep.to);
            let target = dep.target.map_or(String::new(), |condition| {
                format!("target.'{}'.", spec::CONDITIONS[condition].0)
            });
            if !written.insert((table, dep.to, dep.target)) {
                continue;
            }
            let _ = writeln!(text, "[{target}{table}.{name}]");
            let _ = if dep.to < spec.members {
                writeln!(text, "path = \"../{name}\"")
            } else {
                writeln!(text, "version = \"1\"")
            };
            if dep.optional && dep.kind != DependencyKind::Dev {
                text.push_str("optional = true\n");
            }
        }
        files.push((format!("m{member}/Cargo.toml"), text));
    }
    let listed: Vec<(&str, &str)> = files.iter().map(|(path, text)| (&**path, &**text)).collect();
    let (folder, root) = fixture::workspace(&listed);
    let options = Options {
        manifest_path: Some(root.join("Cargo.toml").into()),
        ..Options::default()
    };
    (folder, options)
}

/// What fails the run in the second report and is not in the first: by fingerprint, and by the crates that a finding was
/// folded from.
fn news(before: &Report, after: &Report) -> BTreeSet<String> {
    let all = |report: &Report| -> BTreeSet<String> {
        let denied = report.active().filter(|f| f.level == Level::Deny);
        denied
            .flat_map(|f| {
                // A cycle may be shown by other units and still be the same.
                let path = !matches!(f.code, Code::Cycle | Code::ContextCycle);
                let pairs = f.also_affects.iter().chain([&f.from]).filter(|_| path);
                let pairs: Vec<String> = pairs.map(|from| format!("{} {from} {}", f.rule, f.to)).collect();
                pairs.into_iter().chain([f.fingerprint.clone()])
            })
            .collect()
    };
    &all(after) - &all(before)
}

/// The findings of one report that another does not hold: neither itself, nor folded into another crate's, nor as part
/// of a wider cycle.
fn only_in<'r>(here: &'r Report, there: &'r Report) -> impl Iterator<Item = &'r Finding> {
    let units = |f: &Finding| -> Option<BTreeSet<String>> {
        let cycle = matches!(f.code, Code::Cycle | Code::ContextCycle);
        cycle.then(|| f.fingerprint.split(':').skip(1).map(str::to_owned).collect())
    };
    let held = move |f: &Finding| {
        there.active().any(|other| {
            let wider = || units(f).is_some_and(|own| units(other).is_some_and(|all| own.is_subset(&all)));
            let folded = other.also_affects.contains(&f.from) && other.to == f.to;
            other.rule == f.rule && (other.fingerprint == f.fingerprint || folded || wider())
        })
    };
    here.active().filter(move |f| !held(f))
}

/// Whether a build of one member needs the other.
fn reaches(spec: &Spec, from: usize, to: usize) -> bool {
    let mut seen = BTreeSet::from([from]);
    let mut open = vec![from];
    while let Some(at) = open.pop() {
        let built = spec
            .deps
            .iter()
            .filter(|d| d.from == at && d.kind != DependencyKind::Dev);
        for next in built.map(|d| d.to).filter(|next| *next < spec.members) {
            if seen.insert(next) {
                open.push(next);
            }
        }
    }
    seen.contains(&to)
}
