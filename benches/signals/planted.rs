//! Planted pairs: what is found of them, and what else.

use std::collections::BTreeSet;

use cargo_boundaries::validation::History;

use super::generate::{self, Stream};
use super::{figure, share};

/// Histories for each share of sweeping commits.
const SEEDS: u64 = 10;

pub fn run() -> Result<bool, String> {
    let mut holds = true;
    for sweeping in [0, 10, 30, 60] {
        let (mut found, mut right, mut planted) = (0, 0, 0);
        for seed in 0..SEEDS {
            let made = generate::history(seed * 1000 + 17, sweeping, true);
            let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
            let mut stream = Stream::default();
            stream.beginning();
            for (number, changes) in made.commits.iter().enumerate() {
                stream.changes(number, changes);
            }
            stream.write(folder.path())?;
            let numbers = History::read(folder.path(), None, Some("all"))?.numbers();
            let due: BTreeSet<[String; 2]> = made.planted.iter().map(|pair| pair.map(generate::name)).collect();
            found += numbers.together.len();
            right += numbers.together.iter().filter(|pair| due.contains(*pair)).count();
            planted += due.len();
        }
        println!(
            "{} % sweeping commits, {SEEDS} histories of {} commits",
            sweeping / 10,
            generate::COMMITS
        );
        holds &= figure("precision", share(right, found).unwrap_or(0.0), 0.95, true);
        holds &= figure("recall", share(right, planted).unwrap_or(0.0), 0.90, true);
    }
    Ok(holds)
}
