//! Modules that change alone: what is found of those that are planted, and whether anything is found where nothing is left to find.

use std::collections::BTreeSet;
use std::path::PathBuf;

use cargo_boundaries::validation::History;

use super::generate::{self, Changes, Random, Stream};
use super::shuffled::{few, shown};
use super::{figure, repository, share};

/// Histories with planted modules.
const SEEDS: u64 = 10;
/// Modules that are planted in each.
const PLANTED: usize = 5;
/// Of the commits to such a module, so many in a thousand leave its siblings alone.
const ALONE: usize = 850;
/// A module is planted in a crate of so many commits or more.
const ACTIVE: usize = 120;

pub fn run(repositories: &[PathBuf]) -> Result<bool, String> {
    let mut holds = planted()?;
    for path in repositories {
        let (id, day) = repository::head(path)?;
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        repository::unpack(path, "HEAD", folder.path())?;
        let history = History::read(folder.path(), Some((path, "HEAD")), None)?;
        let splits = history.numbers().splits.len();
        println!("{} {id} {day}: {splits} modules told", shown(path));
        holds &= shuffled(&history);
    }
    Ok(holds)
}

fn planted() -> Result<bool, String> {
    let (mut found, mut right, mut planted) = (0, 0, 0);
    let mut holds = true;
    for seed in 0..SEEDS {
        let mut made = generate::history(seed * 1000 + 29, 10, true).commits;
        let due: BTreeSet<[String; 2]> = plant(&mut made, seed)
            .into_iter()
            .map(|(krate, file)| [generate::name(krate), format!("m{file}")])
            .collect();
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let mut stream = Stream::default();
        stream.beginning();
        for (number, changes) in made.iter().enumerate() {
            stream.changes(number, changes);
        }
        stream.write(folder.path())?;
        let history = History::read(folder.path(), None, Some("all"))?;
        let told = history.numbers().splits;
        found += told.len();
        right += told.iter().filter(|module| due.contains(*module)).count();
        planted += due.len();
        if seed == 0 {
            println!("made, {} modules told", told.len());
            holds &= shuffled(&history);
        }
    }
    println!(
        "{SEEDS} histories of {} commits, {planted} modules planted",
        generate::COMMITS
    );
    holds &= figure("precision", share(right, found).unwrap_or(0.0), 0.95, true);
    holds &= figure("recall", share(right, planted).unwrap_or(0.0), 0.90, true);
    Ok(holds)
}

/// Makes some modules change alone, each in another crate: of a commit to such a module and its siblings one or the other goes.
fn plant(commits: &mut [Changes], seed: u64) -> Vec<(usize, usize)> {
    let mut random = Random::new(seed + 500);
    let touches = |krate: usize| {
        commits
            .iter()
            .filter(|changes| changes.iter().any(|of| of.0 == krate))
            .count()
    };
    let mut crates: Vec<usize> = (0..generate::CRATES)
        .filter(|krate| touches(*krate) >= ACTIVE)
        .collect();
    let mut planted = Vec::new();
    while planted.len() < PLANTED && !crates.is_empty() {
        let krate = crates.swap_remove(random.below(crates.len()));
        planted.push((krate, 1 + random.below(generate::FILES - 1)));
    }
    for changes in commits.iter_mut() {
        for (krate, file) in &planted {
            let siblings = changes.iter().any(|of| of.0 == *krate && of.1 != *file);
            if !changes.contains(&(*krate, *file)) || !siblings || !random.happens(ALONE) {
                continue;
            }
            if random.happens(500) {
                changes.remove(&(*krate, *file));
            } else {
                changes.retain(|of| of.0 != *krate || of.1 == *file);
            }
        }
    }
    planted
}

fn shuffled(history: &History) -> bool {
    println!("  {} commits", history.commits());
    few("module", 3000, |seed| history.splits_when_shuffled(seed))
}
