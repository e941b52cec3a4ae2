//! Shuffled histories: every crate is as active and every commit as large as it was, and nothing else is left.

use std::path::{Path, PathBuf};

use cargo_boundaries::validation::History;

use super::generate::{self, Stream};
use super::{figure, repository, share};

/// Shuffles of each history.
const SHUFFLES: u64 = 30;

pub fn run(repositories: &[PathBuf]) -> Result<bool, String> {
    let made = tempfile::tempdir().map_err(|error| error.to_string())?;
    let mut stream = Stream::default();
    stream.beginning();
    for (number, changes) in generate::history(1, 10, true).commits.iter().enumerate() {
        stream.changes(number, changes);
    }
    stream.write(made.path())?;
    let mut holds = of("made", &mut History::read(made.path(), None, Some("all"))?);
    for path in repositories {
        let (id, day) = repository::head(path)?;
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        repository::unpack(path, "HEAD", folder.path())?;
        let title = format!("{} {id} {day}", shown(path));
        holds &= of(&title, &mut History::read(folder.path(), Some((path, "HEAD")), None)?);
    }
    Ok(holds)
}

fn of(title: &str, history: &mut History) -> bool {
    println!("{title}, {} commits", history.commits());
    few("flag", 1000, |seed| history.flags_when_shuffled(seed))
}

/// Whether shuffles show at most one thing each, as good as always; how many each shows is asked for by seed.
pub fn few(thing: &str, first: u64, shown: impl FnMut(u64) -> usize) -> bool {
    let found: Vec<usize> = (first..first + SHUFFLES).map(shown).collect();
    println!("  {SHUFFLES} shuffles: {found:?} {thing}s");
    let few = found.iter().filter(|found| **found <= 1).count();
    let title = format!("shuffles with at most one {thing}");
    figure(&title, share(few, found.len()).unwrap_or(0.0), 0.95, true)
}

/// A repository by its folder's name.
pub fn shown(path: &Path) -> String {
    let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
    let own = name(path).unwrap_or_default();
    match own.as_str() {
        "repo" | ".git" => path.parent().and_then(name).unwrap_or(own),
        _ => own,
    }
}
