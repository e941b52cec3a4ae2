//! The whole run beside the same `git log` alone.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::shuffled::shown;
use super::{figure, repository};

/// Runs, of which the fastest counts: what else the machine does only adds.
const RUNS: usize = 5;

pub fn run(repositories: &[PathBuf]) -> Result<bool, String> {
    let mut holds = true;
    for path in repositories {
        let (id, day) = repository::head(path)?;
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let clone = folder.path().join("clone");
        let from = path.to_string_lossy().into_owned();
        repository::git(folder.path(), &["clone", "--quiet", "--shared", &from, "clone"])?;
        for since in ["all", "two years"] {
            let mut log = Command::new("git");
            log.args([
                "log",
                "-z",
                "--raw",
                "-M100%",
                "--no-abbrev",
                "--topo-order",
                "--format=%H %ct %P%n%an%n%ae",
            ]);
            let mut signals = Command::new(env!("CARGO_BIN_EXE_cargo-boundaries"));
            signals.args(["signals", "--format", "json"]);
            if since == "all" {
                signals.args(["--since", "all"]);
            } else {
                // Two years before the newest commit, as the program counts.
                let newest = repository::git(&clone, &["log", "-1", "--format=%ct"])?;
                let newest: i64 = newest.trim().parse().map_err(|_| "no time".to_owned())?;
                log.arg(format!("--since={}", newest - 730 * 86_400));
            }
            // As the program does where more than a fifth of the newest commits are merges.
            let parents = repository::git(&clone, &["log", "--max-count=2000", "--format=%P"])?;
            let (all, merges) = (
                parents.lines().count(),
                parents.lines().filter(|line| line.contains(' ')).count(),
            );
            if merges * 5 > all {
                log.args(["--first-parent", "--diff-merges=first-parent"]);
            }
            let alone = fastest(log.current_dir(&clone))?;
            let whole = fastest(signals.current_dir(&clone))?;
            println!(
                "{} {id} {day}, {since}: git log {alone:.2?}, signals {whole:.2?}",
                shown(path)
            );
            holds &= figure(
                "times git log alone",
                whole.as_secs_f64() / alone.as_secs_f64(),
                1.5,
                false,
            );
            holds &= figure("seconds", whole.as_secs_f64(), 3.0, false);
        }
    }
    Ok(holds)
}

fn fastest(command: &mut Command) -> Result<Duration, String> {
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut best = Duration::MAX;
    for _ in 0..RUNS {
        let started = Instant::now();
        let ended = command.status().map_err(|error| error.to_string())?;
        // Exit code 1 is an answer too.
        if ended.code().is_none_or(|code| code > 1) {
            return Err(format!("{command:?} failed"));
        }
        best = best.min(started.elapsed());
    }
    Ok(best)
}
