//! Random source: nothing panics, the cache holds what was read, and the number of threads does not matter.

use proptest::prelude::*;

use super::{EXPECTED, FILE, read_all, read_all_here, render, write};
use crate::code::extract;
use crate::code::facts::Facts;
use crate::code::store::{Bytes, Stored};
use crate::workspace::random::config;

/// The files of all cases, as one text each.
fn sources() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/code/tests/cases");
    let mut found: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap())
        .flat_map(|text| {
            let given = text.split(EXPECTED).next().unwrap_or_default().to_owned();
            given
                .split(FILE)
                .skip(1)
                .map(|file| file.split_once('\n').map_or("", |(_, text)| text).to_owned())
                .collect::<Vec<_>>()
        })
        .collect();
    found.sort();
    found
}

/// Text that is nearly Rust: pieces of the cases, cut anywhere, with odd characters between.
fn nearly() -> impl Strategy<Value = String> {
    let all = sources();
    let piece = (0..all.len(), any::<prop::sample::Index>(), any::<prop::sample::Index>()).prop_map(
        move |(file, start, end)| {
            let chars: Vec<char> = all[file].chars().collect();
            let (a, b) = (start.index(chars.len() + 1), end.index(chars.len() + 1));
            chars[a.min(b)..a.max(b)].iter().collect::<String>()
        },
    );
    let odd = prop::sample::select(vec![
        "", "{", "}", "(", "\"", "'", "r#\"", "/*", "::", "<", "#[", "\u{feff}", "\0", "é", "🦀", "!", "$",
    ]);
    prop::collection::vec((piece, odd), 1..5)
        .prop_map(|parts| parts.into_iter().map(|(piece, odd)| piece + odd).collect())
}

proptest! {
    #![proptest_config(config(150))]

    #[test]
    fn nothing_panics_and_the_cache_holds_what_was_read(text in nearly()) {
        let facts = extract::facts(&text);
        prop_assert!(facts.is_sound(u32::try_from(text.len()).unwrap()), "{facts:?}");
        for scope in &facts.scopes {
            let places = scope.paths.iter().flat_map(|used| &used.places);
            for (start, end) in places {
                prop_assert!(text.get(*start as usize..*end as usize).is_some(), "{start}..{end} is cut");
            }
        }
        let mut bytes = Vec::new();
        facts.put(&mut bytes);
        prop_assert_eq!(Facts::get(&mut Bytes(&bytes)), Some(facts));
        for length in (0..bytes.len()).step_by(7) {
            prop_assert_eq!(Facts::get(&mut Bytes(&bytes[..length])), None);
        }
    }

    #[test]
    fn bytes_that_are_no_facts_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Facts::get(&mut Bytes(&bytes));
    }
}

#[test]
fn the_number_of_threads_does_not_matter() {
    let given = include_str!("cases/targets.txt").split(EXPECTED).next().unwrap();
    let (_folder, root) = write(given);
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .stack_size(extract::STACK)
            .build()
            .unwrap();
        pool.install(|| {
            let (workspace, sources, code) = read_all_here(&root);
            render(&workspace, &sources, &code)
        })
    };
    let one = run(1);
    assert_eq!(one, run(4));
    let (workspace, sources, code) = read_all(&root, None);
    assert_eq!(one, render(&workspace, &sources, &code));
}
