//! The whole run beside the same `git log` alone.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use cargo_boundaries::validation::History;

use super::shuffled::shown;
use super::{figure, repository};

/// Pairs of runs, one beside the other since a machine is not as busy at all times; the medians count.
const RUNS: usize = 5;

pub fn run(repositories: &[PathBuf]) -> Result<bool, String> {
    let mut holds = true;
    for path in repositories {
        let (id, day) = repository::head(path)?;
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let clone = folder.path().join("clone");
        let from = path.to_string_lossy().into_owned();
        let clone_it = ["clone", "--quiet", "--shared", "--no-checkout", &from, "clone"];
        repository::git(folder.path(), &clone_it)?;
        repository::unpack_sources(path, "HEAD", &clone)?;
        for (since, kept) in [("all", false), ("two years", false), ("all", true), ("two years", true)] {
            // What source says is kept under a target directory, where there is one.
            if kept {
                std::fs::create_dir_all(clone.join("target")).map_err(|error| error.to_string())?;
            }
            let from = Some("all").filter(|_| since == "all");
            let mut log = Command::new("git");
            log.args(History::read(&clone, None, from)?.log_arguments()?);
            let mut signals = Command::new(env!("CARGO_BIN_EXE_cargo-boundaries"));
            signals.args(["signals", "--format", "json"]);
            signals.args(from.into_iter().flat_map(|from| ["--since", from]));
            let [alone, whole] = medians([log.current_dir(&clone), signals.current_dir(&clone)])?;
            let since = format!("{since}{}", if kept { ", what source says is kept" } else { "" });
            println!(
                "{} {id} {day}, {since}: git log {alone:.2?}, signals {whole:.2?}",
                shown(path)
            );
            let times = whole.as_secs_f64() / alone.as_secs_f64();
            if from.is_some() {
                holds &= figure("times git log alone", times, 1.5, false);
            } else {
                // In a short history other things weigh more, and no bar was set.
                println!("  times git log alone: {times:.3}");
            }
            holds &= figure("seconds", whole.as_secs_f64(), 3.0, false);
        }
    }
    Ok(holds)
}

/// The medians of two commands that are run in turn.
fn medians(mut commands: [&mut Command; 2]) -> Result<[Duration; 2], String> {
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..RUNS {
        for (command, times) in commands.iter_mut().zip(&mut times) {
            let started = Instant::now();
            let ended = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
            // Exit code 1 is an answer too.
            if ended
                .map_err(|error| error.to_string())?
                .code()
                .is_none_or(|code| code > 1)
            {
                return Err(format!("{command:?} failed"));
            }
            times.push(started.elapsed());
        }
    }
    Ok(times.map(|mut times| {
        times.sort_unstable();
        times[RUNS / 2]
    }))
}
