//! What the signals are worth: validation on histories that are made for it, and on those of real repositories.
//!
//! `cargo bench --bench signals -- planted` and so on; without a word it says what there is. Nothing of it runs in the tests: it takes
//! minutes. docs/signals.md has the figures, each with the commit at which it was measured.

#![expect(clippy::print_stdout, reason = "its figures are what it is for")]

use std::path::PathBuf;
use std::process::ExitCode;

mod generate;
mod injected;
mod joins;
mod merges;
mod mixing;
mod persistence;
mod planted;
mod repository;
mod shuffled;
mod speed;
mod splits;

const HELP: &str = "\
planted              pairs that are planted in histories that are made: precision and recall
injected             commits that say nothing (formatting, versions, Cargo.lock, renames, licences): nothing changes
shuffled [REPO …]    shuffled histories: nothing is to be found
splits [REPO …]      modules that are planted, and shuffled commits to modules
persistence REPO …   what is told of two years holds in the next, over yearly cuts
merges REPO …        crates that were joined: into which, and was it told
mixing REPO …        whether the shuffles swap often enough
speed REPO …         against `git log` alone

REPO is a full clone of a repository, bare or not, with the workspace's root at its top.";

fn main() -> ExitCode {
    // cargo adds `--bench` by itself.
    let mut words = std::env::args().skip(1).filter(|word| word != "--bench");
    let what = words.next();
    let repositories: Vec<PathBuf> = words.map(PathBuf::from).collect();
    let done = match what.as_deref() {
        Some("planted") => planted::run(),
        Some("injected") => injected::run(),
        Some("shuffled") => shuffled::run(&repositories),
        Some("splits") => splits::run(&repositories),
        Some("persistence") => persistence::run(&repositories),
        Some("merges") => merges::run(&repositories),
        Some("mixing") => mixing::run(&repositories),
        Some("speed") => speed::run(&repositories),
        _ => {
            println!("{HELP}");
            return ExitCode::SUCCESS;
        }
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => {
            println!("a bar is missed");
            ExitCode::FAILURE
        }
        Err(error) => {
            println!("{error}");
            ExitCode::from(2)
        }
    }
}

/// A figure beside its bar.
fn figure(what: &str, found: f64, bar: f64, least: bool) -> bool {
    let holds = if least { found >= bar } else { found <= bar };
    let sign = if least { "≥" } else { "≤" };
    println!(
        "  {what}: {found:.3} ({sign} {bar}){}",
        if holds { "" } else { "  MISSED" }
    );
    holds
}

/// A share; none of nothing.
fn share(some: usize, all: usize) -> Option<f64> {
    let number = |count: usize| u32::try_from(count).map_or(f64::from(u32::MAX), f64::from);
    (all > 0).then(|| number(some) / number(all))
}
