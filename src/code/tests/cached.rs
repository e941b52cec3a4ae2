//! The cache: what it holds is what is read without it, and whatever is wrong with it, nobody hears of it.

use std::fs;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use super::{manifests_of, read_all, render, write};
use crate::code::{Aim, Cache, Pace, read_at};

const GIVEN: &str = "--- src/lib.rs\nmod a; use a::A; #[cfg(test)] mod t { use super::*; pub fn f(_: A) {} }\n--- src/a.rs\npub struct A; pub type B = A; pub fn f() -> B {}\n--- target/.here\n";

#[test]
fn a_second_run_says_the_same_and_only_what_changed_is_parsed_again() {
    let (_folder, root) = write(GIVEN);
    let run = |cached: bool| {
        let cache = Cache::of(&root.join("target"));
        let (workspace, sources, code) = read_all(&root, cache.as_ref().filter(|_| cached));
        render(&workspace, &sources, &code)
    };
    let plain = run(false);
    assert!(!root.join("target/boundaries").exists());
    assert_eq!(run(true), plain);
    let file = root.join("target/boundaries/source");
    let first = fs::read(&file).unwrap();
    assert_eq!(run(true), plain);
    assert_eq!(fs::read(&file).unwrap(), first, "nothing was new");
    fs::write(root.join("src/a.rs"), "pub struct A; use crate::A as Other;").unwrap();
    assert_eq!(run(true), run(false));
    assert_ne!(run(true), plain);
    assert_ne!(fs::read(&file).unwrap(), first, "a file was new");
    let left: Vec<_> = file.parent().unwrap().read_dir_utf8().unwrap().collect();
    assert_eq!(left.len(), 1, "{left:?}");
}

#[test]
fn what_is_stopped_says_nothing_and_leaves_nothing() {
    let (_folder, root) = write(GIVEN);
    let (workspace, members, mut sources) = manifests_of(&root);
    let cache = Cache::of(&root.join("target"));
    let mut run = |pace: Pace| {
        let pace = Arc::new(pace);
        read_at(
            &pace,
            &workspace,
            &members,
            Aim::References,
            &mut sources,
            cache.as_ref(),
        )
    };
    let stopped = Pace::held();
    stopped.stop();
    assert!(run(stopped).is_none());
    assert!(!root.join("target/boundaries").exists());
    assert_eq!(run(Pace::default()).unwrap().references.len(), 4);
    assert!(root.join("target/boundaries").exists());
}

#[test]
fn what_is_held_back_says_the_same() {
    let (_folder, root) = write(GIVEN);
    let (workspace, members, mut sources) = manifests_of(&root);
    let mut run = |pace: &Arc<Pace>| read_at(pace, &workspace, &members, Aim::References, &mut sources, None);
    let held = Arc::new(Pace::held());
    let found = thread::scope(|scope| {
        scope.spawn(|| {
            thread::sleep(Duration::from_millis(20));
            held.hurry();
        });
        run(&held).unwrap()
    });
    assert_eq!(found.references.len(), run(&Arc::default()).unwrap().references.len());
}

#[test]
fn a_cache_that_is_cut_changed_or_foreign_is_as_if_it_were_not_there() {
    let (_folder, root) = write(GIVEN);
    let run = || {
        let cache = Cache::of(&root.join("target"));
        let (workspace, sources, code) = read_all(&root, cache.as_ref());
        render(&workspace, &sources, &code)
    };
    let plain = run();
    let file = root.join("target/boundaries/source");
    let whole = fs::read(&file).unwrap();
    for length in 0..whole.len() {
        fs::write(&file, &whole[..length]).unwrap();
        assert_eq!(run(), plain, "cut at {length}");
    }
    for at in (0..whole.len()).step_by(3) {
        let mut changed = whole.clone();
        changed[at] ^= 0x41;
        fs::write(&file, &changed).unwrap();
        assert_eq!(run(), plain, "changed at {at}");
    }
    fs::remove_file(&file).unwrap();
    fs::create_dir(&file).unwrap();
    assert_eq!(run(), plain, "a folder");
    fs::remove_dir_all(root.join("target/boundaries")).unwrap();
    fs::write(root.join("target/boundaries"), "").unwrap();
    assert_eq!(run(), plain, "no folder");
    assert!(Cache::of(&root.join("no-such-target")).is_none());
}

#[test]
fn runs_at_once_leave_a_whole_cache() {
    let (_folder, root) = write(GIVEN);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let cache = Cache::of(&root.join("target"));
                read_all(&root, cache.as_ref());
            });
        }
    });
    let file = root.join("target/boundaries/source");
    let before = fs::read(&file).unwrap();
    read_all(&root, Cache::of(&root.join("target")).as_ref());
    assert_eq!(fs::read(&file).unwrap(), before, "it was read");
}
