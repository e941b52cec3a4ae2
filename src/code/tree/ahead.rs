//! Reads files as soon as another that was read asks for them.
//!
//! Modules are put in place one generation after the other, in an order that does not depend on what is read when. Read in
//! the same steps, files would wait for the slowest of each generation; so with the first of them all are read here, and
//! taken from [`Ahead`] when their turn comes. What was not foreseen is read in the same way then: nothing depends on it.

use std::sync::{Arc, Mutex, PoisonError};

use camino::{Utf8Path, Utf8PathBuf};
use rayon::Scope;

use super::super::cache::{Cache, Key};
use super::super::facts::Facts;
use super::super::hash::{FastMap, FastSet};
use super::super::load::{Loaded, load};
use super::super::pace::Pace;
use super::files::Folder;
use crate::source::Tree;

/// What reading a file came to, as [`load`] says it.
pub type Read = Result<Option<Loaded>, String>;

/// What was read before its turn, by path.
pub type Ahead = FastMap<Utf8PathBuf, Read>;

/// A file that may be read.
pub struct Wanted {
    /// Where it lies.
    pub path: Utf8PathBuf,
    /// Where its modules are looked for.
    pub folder: Folder,
    /// The texts of the files around it. A text within itself is a loop of links or of `#[path]`s, and not followed.
    pub around: Arc<[Key]>,
}

/// What all tasks share.
struct Reading<'a> {
    pace: &'a Pace,
    tree: &'a Tree,
    cache: Option<&'a Cache>,
    is_wanted: &'a (dyn Fn(&Utf8Path) -> bool + Sync),
    asked: Mutex<FastSet<Utf8PathBuf>>,
    found: Mutex<Ahead>,
}

/// Reads these files, and those that they ask for, over all threads. Only what `is_wanted` allows is read, and nothing more
/// once reading is stopped.
pub fn read(
    pace: &Pace,
    tree: &Tree,
    cache: Option<&Cache>,
    is_wanted: &(dyn Fn(&Utf8Path) -> bool + Sync),
    first: Vec<Wanted>,
) -> Ahead {
    let reading = Reading {
        pace,
        tree,
        cache,
        is_wanted,
        asked: Mutex::default(),
        found: Mutex::default(),
    };
    rayon::scope(|scope| {
        for wanted in first {
            reading.ask(scope, wanted);
        }
    });
    reading.found.into_inner().unwrap_or_else(PoisonError::into_inner)
}

impl<'a> Reading<'a> {
    /// Lets a file be read, unless it was asked for before.
    fn ask<'s>(&'s self, scope: &Scope<'s>, wanted: Wanted)
    where
        'a: 's,
    {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if (self.is_wanted)(&wanted.path) && !asked.contains(&wanted.path) {
            asked.insert(wanted.path.clone());
            drop(asked);
            scope.spawn(move |scope| self.read(scope, wanted));
        }
    }

    fn read<'s>(&'s self, scope: &Scope<'s>, wanted: Wanted)
    where
        'a: 's,
    {
        if self.pace.is_stopped() {
            return;
        }
        let read = load(self.tree, &wanted.path, self.cache);
        if let Ok(Some(Loaded { facts, key, .. })) = &read
            && !wanted.around.contains(key)
        {
            let around: Arc<[Key]> = wanted.around.iter().copied().chain([*key]).collect();
            for (path, folder) in asked_by(facts, &wanted.path, wanted.folder) {
                let around = Arc::clone(&around);
                self.ask(scope, Wanted { path, folder, around });
            }
        }
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        found.insert(wanted.path, read);
    }
}

/// The files that a file asks for by `mod` and `include!`, each with the folder of its own modules.
fn asked_by(facts: &Facts, path: &Utf8Path, folder: Folder) -> Vec<(Utf8PathBuf, Folder)> {
    let mut asked = Vec::new();
    let beside = Folder::of_file(path);
    // By scope; a scope stands behind the one around it.
    let mut folders: Vec<Option<Folder>> = vec![None; facts.scopes.len()];
    if let Some(first) = folders.first_mut() {
        *first = Some(folder);
    }
    for (position, scope) in facts.scopes.iter().enumerate() {
        if scope.block {
            let around = folders[scope.parent as usize].clone();
            folders[position] = around;
        }
        let Some(folder) = folders[position].clone() else {
            continue;
        };
        for declaration in &scope.modules {
            let name = facts.text(declaration.name);
            if let Some(inline) = declaration.inline {
                folders[inline as usize] = Some(folder.of_inline(name, declaration.path.as_deref()));
            } else {
                asked.extend(folder.candidates(name, declaration, !scope.block).into_iter().flatten());
            }
        }
        let included = scope.includes.iter().filter_map(|include| include.path.as_ref());
        asked.extend(included.map(|path| beside.named(path)));
    }
    asked
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::Builder;
    use super::Pace;
    use crate::code::tests::{manifests_of, write};

    /// What is read ahead, and what turns out to be asked for, below the root.
    fn both(given: &str, links: &[(&str, &str)]) -> [BTreeSet<String>; 2] {
        let (_folder, root) = write(given);
        for (to, at) in links {
            #[cfg(unix)]
            std::os::unix::fs::symlink(root.join(to), root.join(at)).unwrap();
            #[cfg(not(unix))]
            let _ = (to, at);
        }
        let (workspace, members, mut sources) = manifests_of(&root);
        let pace = Pace::default();
        let mut builder = Builder::new(&pace, &workspace, sources.tree().clone(), None);
        let roots = builder.roots(&members, &sources);
        builder.load(&roots, &mut sources);
        let shown = |path: &camino::Utf8PathBuf| path.strip_prefix(&root).unwrap().to_string().replace('\\', "/");
        let ahead = builder.ahead.keys().chain(builder.found.keys()).map(shown).collect();
        builder.grow(roots, &mut sources);
        [ahead, builder.found.keys().map(shown).collect()]
    }

    #[test]
    fn what_is_read_ahead_is_what_is_asked_for() {
        let given = "--- src/lib.rs\nmod a;\nmod b { mod c; #[path = \"x\"] mod d { mod e; } }\n#[path = \"y/f.rs\"] mod f;\n\
                     #[cfg_attr(unix, path = \"g1.rs\")] mod g;\nfn h() { mod i; mod j { mod k; #[path = \"l.rs\"] mod l; } }\n\
                     include!(\"m.rs\");\nmod absent;\n#[path = \"../../out.rs\"] mod out;\n--- src/a.rs\nmod z;\n\
                     --- src/a/z.rs\nmod y { mod x; }\n--- src/a/z/y/x.rs\n--- src/b/c.rs\nmod q;\n--- src/b/c/q.rs\n\
                     --- src/y/f.rs\nmod beside;\n--- src/y/beside.rs\n--- src/g1.rs\n--- src/g.rs\n--- src/m.rs\nmod n;\n\
                     --- src/n.rs\n--- src/main.rs\nmod a;\n--- tests/t.rs\nmod common;\n--- tests/common/mod.rs\nmod u;\n";
        let [ahead, asked] = both(given, &[]);
        assert_eq!(ahead, asked);
        for known in [
            "src/a/z/y/x.rs",
            "src/b/c/q.rs",
            "src/y/beside.rs",
            "src/n.rs",
            "src/j/k.rs",
            "tests/common/u.rs",
        ] {
            assert!(ahead.contains(known), "{known} is missing: {ahead:#?}");
        }
        assert!(ahead.iter().all(|path| !path.contains("out")), "{ahead:#?}");
    }

    #[test]
    fn links_and_paths_that_lead_round_end() {
        let given = "--- src/lib.rs\nmod a;\n#[path = \"lib.rs\"] mod b;\n--- src/a/mod.rs\nmod a;\nmod b;\n";
        let [ahead, asked] = both(given, &[("src/a", "src/a/a"), ("src/a", "src/a/b")]);
        assert!(ahead.is_subset(&asked), "{ahead:#?} {asked:#?}");
        assert!(asked.len() < 20, "{asked:#?}");
    }
}
