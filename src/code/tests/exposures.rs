//! What public items show, read from random libraries, against a naive evaluation that walks what they were written from.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::{read_all_here, write};
use crate::code::{STACK, Target};
use crate::workspace::random::config;

mod model;
mod naive;
mod text;

use model::{Model, models};

/// What the tool itself reads: the module, its item, what holds the thing that it shows, how, and the text at the place.
fn read(model: &Model) -> BTreeSet<String> {
    let (_folder, root) = write(&text::files(model));
    let (workspace, sources, code) = read_all_here(&root);
    assert_eq!(code.unread, [], "{}", text::files(model));
    let module = |id| {
        let module = code.module(id);
        match &*module.path {
            "" => workspace.name(module.member).to_owned(),
            path => format!("{}::{path}", workspace.name(module.member)),
        }
    };
    let line = |exposure: &crate::code::Exposure| {
        let to = match exposure.to {
            Target::Module(id) => module(id),
            Target::Package(node) => workspace.identity(node),
        };
        let at = &sources.file(exposure.place.file).text[exposure.place.range()];
        format!(
            "{}: {} shows {to} ({:?}) by `{at}`",
            module(exposure.from),
            exposure.item,
            exposure.how
        )
    };
    code.exposures.iter().map(line).collect()
}

#[test]
fn what_public_items_show_is_what_its_definition_says() {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .stack_size(STACK)
        .build()
        .unwrap();
    let mut runner = TestRunner::new(config(200));
    let ran = pool.install(|| {
        runner.run(&models(), |model| {
            prop_assert_eq!(read(&model), naive::shown(&model), "{}", text::files(&model));
            Ok(())
        })
    });
    ran.unwrap_or_else(|failure| panic!("{failure}"));
}

#[test]
fn every_way_of_showing_is_generated() {
    let mut runner = TestRunner::deterministic();
    let mut ways = BTreeSet::new();
    let mut across = false;
    for _ in 0..300 {
        let model = models().new_tree(&mut runner).expect("a model").current();
        for line in naive::shown(&model) {
            across |= line.starts_with('a') && line.contains(" shows b");
            let way = line.split(['(', ')']).nth(1);
            ways.extend(way.map(str::to_owned));
        }
    }
    assert!(across, "nothing of `b` is shown by `a`");
    assert_eq!(ways.len(), 6, "{ways:?}");
}
