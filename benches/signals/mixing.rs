//! Whether the swaps that a shuffle makes are enough: four times as many must not move what is expected by chance.

use std::path::PathBuf;

use cargo_boundaries::validation::History;

use super::shuffled::shown;
use super::{figure, repository};

/// So many shuffles, for the differences between two seeds to be small.
const SHUFFLES: u32 = 400;
/// The swaps of each touch that are made, and as many as to be sure.
const SWAPS: [usize; 2] = [4, 16];
/// Pairs that are expected less often tell nothing of the ratio of two expectations.
const ENOUGH: f64 = 1.0;

pub fn run(repositories: &[PathBuf]) -> Result<bool, String> {
    let mut holds = true;
    for path in repositories {
        let (id, day) = repository::head(path)?;
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        repository::unpack(path, "HEAD", folder.path())?;
        let history = History::read(folder.path(), Some((path, "HEAD")), None)?;
        let few = history.expected(SHUFFLES, 1, SWAPS[0]);
        let other_seed = history.expected(SHUFFLES, 2, SWAPS[0]);
        let many = history.expected(SHUFFLES, 3, SWAPS[1]);
        println!("{} {id} {day}, {SHUFFLES} shuffles", shown(path));
        let (mean, most, pairs) = differences(&few, &other_seed);
        println!("  two seeds: {pairs} pairs differ by {mean:+.4} on average and {most:.4} at most");
        let (mean, most, pairs) = differences(&few, &many);
        println!("  {SWAPS:?} swaps: {pairs} pairs differ by {mean:+.4} on average and {most:.4} at most");
        holds &= figure("average difference of the swaps", mean.abs(), 0.01, false);
    }
    Ok(holds)
}

/// By how much the second differ from the first, in shares of these: on average, at most, and of how many.
fn differences(one: &[f64], other: &[f64]) -> (f64, f64, usize) {
    let pairs = one.iter().zip(other).filter(|(one, _)| **one >= ENOUGH);
    let all: Vec<f64> = pairs.map(|(one, other)| other / one - 1.0).collect();
    let count = u32::try_from(all.len()).map_or(1.0, f64::from).max(1.0);
    let most = all.iter().fold(0.0, |most: f64, by| most.max(by.abs()));
    (all.iter().sum::<f64>() / count, most, all.len())
}
