//! Real repositories: their commits by date, and workspaces as they were.

use std::path::Path;
use std::process::{Command, Stdio};

/// What git prints.
pub fn git(folder: &Path, arguments: &[&str]) -> Result<String, String> {
    let output = Command::new("git")
        .args(arguments)
        .current_dir(folder)
        .output()
        .map_err(|error| error.to_string())?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(format!(
            "git {arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        ))
    }
}

/// The newest commit before a day, on the main line; none where there is none.
pub fn before(repository: &Path, day: &str) -> Result<Option<String>, String> {
    let limit = format!("--before={day}T00:00:00Z");
    let found = git(repository, &["rev-list", "-1", "--first-parent", &limit, "HEAD"])?;
    Ok(Some(found.trim().to_owned()).filter(|id| !id.is_empty()))
}

/// The last commit, in few digits, with its day.
pub fn head(repository: &Path) -> Result<(String, String), String> {
    let found = git(repository, &["log", "-1", "--format=%h %cs"])?;
    let (id, day) = found.trim().split_once(' ').unwrap_or_default();
    Ok((id.to_owned(), day.to_owned()))
}

/// Writes what a commit holds into a folder: only what a workspace is read from, since a clone may lack large files.
pub fn unpack(repository: &Path, commit: &str, into: &Path) -> Result<(), String> {
    unpack_those(repository, commit, into, &|path| {
        ["src/lib.rs", "src/main.rs"].iter().any(|root| path.ends_with(root))
    })
}

/// The same with all sources.
pub fn unpack_sources(repository: &Path, commit: &str, into: &Path) -> Result<(), String> {
    unpack_those(repository, commit, into, &|path| {
        Path::new(path).extension().is_some_and(|end| end == "rs")
    })
}

fn unpack_those(repository: &Path, commit: &str, into: &Path, sources: &dyn Fn(&str) -> bool) -> Result<(), String> {
    let wanted = |path: &&str| {
        let name = path.rsplit('/').next().unwrap_or(path);
        name == "Cargo.toml" || sources(path) || path.starts_with(".cargo/")
    };
    let all = git(repository, &["ls-tree", "-r", "-z", "--name-only", commit])?;
    let paths: Vec<&str> = all.split('\0').filter(wanted).collect();
    let mut archive = Command::new("git")
        .args(["--literal-pathspecs", "archive", commit, "--"])
        .args(paths)
        .current_dir(repository)
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| error.to_string())?;
    let stdout = archive.stdout.take().ok_or("no output")?;
    let tar = Command::new("tar")
        .args(["-x", "-f", "-"])
        .current_dir(into)
        .stdin(stdout)
        .status();
    let tar = tar.map_err(|error| error.to_string())?;
    let archive = archive.wait().map_err(|error| error.to_string())?;
    if tar.success() && archive.success() {
        Ok(())
    } else {
        Err(format!("{commit} cannot be unpacked"))
    }
}
