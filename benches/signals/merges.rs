//! Crates that were joined in real histories: whether the crate that one went into is the one that changed with it most, and whether
//! `merge-candidate` told it more often than chance.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use cargo_boundaries::validation::History;

use super::shuffled::shown;
use super::{figure, repository, share};

/// So much of a crate's source, in percent, must have gone into one other for it to count as joined to that.
const MOST: usize = 50;
/// A crate with fewer commits in the two years before tells nothing.
const ENOUGH: u32 = 10;

/// A crate that went into another.
#[derive(Clone, Debug)]
struct Merge {
    commit: String,
    /// Folders.
    from: String,
    into: String,
}

pub fn run(repositories: &[PathBuf]) -> Result<bool, String> {
    let (mut all, mut first) = (0, 0);
    let (mut listed, mut listed_merged, mut crates, mut merged) = (0, 0, 0, 0);
    for path in repositories {
        let (id, day) = repository::head(path)?;
        println!("{} {id} {day}", shown(path));
        for merge in merges(path)? {
            let parent = format!("{}^", merge.commit);
            let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
            repository::unpack(path, &parent, folder.path())?;
            let parent = repository::git(path, &["rev-parse", &parent])?;
            let Ok(history) = History::read(folder.path(), Some((path, parent.trim())), None) else {
                continue;
            };
            let (Some(from), Some(into)) = (named(folder.path(), &merge.from), named(folder.path(), &merge.into))
            else {
                continue;
            };
            let numbers = history.numbers();
            if numbers.crates.get(&from).is_none_or(|commits| *commits < ENOUGH) || numbers.commits < 100 {
                continue;
            }
            let mut partners: Vec<(u32, &String)> = (numbers.pairs.iter())
                .filter(|(names, _)| names.contains(&from))
                .map(|(names, (shared, _))| (*shared, if names[0] == from { &names[1] } else { &names[0] }))
                .collect();
            partners.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
            let rank = partners
                .iter()
                .position(|(_, name)| **name == into)
                .map(|rank| rank + 1);
            all += 1;
            first += usize::from(rank == Some(1));
            let told = numbers.merges.iter().any(|[_, dependency]| *dependency == from);
            listed += numbers.merges.len();
            listed_merged += usize::from(told);
            crates += numbers.crates.values().filter(|commits| **commits >= ENOUGH).count();
            merged += 1;
            let digits: String = merge.commit.chars().take(10).collect();
            println!(
                "  {digits} {from} into {into}: rank {rank:?}{}",
                if told { ", told" } else { "" }
            );
        }
    }
    println!("{all} crates joined");
    let Some(found) = share(first, all) else {
        return Err("no crates were joined: name repositories".to_owned());
    };
    let mut holds = figure("ranked first", found, 0.65, true);
    if let (Some(told), Some(base)) = (share(listed_merged, listed), share(merged, crates)) {
        holds &= figure("lift of merge-candidate", told / base, 2.0, true);
    } else {
        println!("  merge-candidate listed nothing");
        holds = false;
    }
    Ok(holds)
}

/// The crates whose manifest went away in a commit that moved most of their source into another crate.
fn merges(path: &Path) -> Result<Vec<Merge>, String> {
    let gone = repository::git(
        path,
        &[
            "log",
            "--first-parent",
            "--diff-merges=first-parent",
            "--diff-filter=D",
            "--name-only",
            "--format=%H",
            "--",
            "*Cargo.toml",
        ],
    )?;
    let mut found = Vec::new();
    // Between the names of commits stand those of manifests.
    let is_commit = |line: &&str| matches!(line.len(), 40 | 64) && line.bytes().all(|byte| byte.is_ascii_hexdigit());
    for commit in gone.lines().filter(is_commit) {
        let changes = repository::git(
            path,
            &[
                "diff-tree",
                "-r",
                "-M50%",
                "-l3000",
                "--name-status",
                &format!("{commit}^"),
                commit,
            ],
        )?;
        found.extend(of_commit(commit, &changes));
    }
    Ok(found)
}

fn of_commit(commit: &str, changes: &str) -> Vec<Merge> {
    let mut folders = BTreeSet::new();
    let mut kept = BTreeSet::new();
    let mut moved: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut sources: BTreeMap<String, usize> = BTreeMap::new();
    for line in changes.lines() {
        let parts: Vec<&str> = line.split('\t').collect();
        match parts.as_slice() {
            ["D", path] if path.ends_with("/Cargo.toml") => {
                folders.insert(path.trim_end_matches("/Cargo.toml").to_owned());
            }
            [status, from, to] if status.starts_with('R') => {
                if from.ends_with("/Cargo.toml") {
                    kept.insert(from.trim_end_matches("/Cargo.toml").to_owned());
                }
                moved.entry(from).or_default().push(to);
            }
            _ => {}
        }
    }
    folders.retain(|folder| !kept.contains(folder));
    let mut found = Vec::new();
    for folder in folders {
        let inside = |path: &str| {
            path.strip_prefix(folder.as_str())
                .is_some_and(|rest| rest.starts_with("/src/"))
                && std::path::Path::new(path)
                    .extension()
                    .is_some_and(|extension| extension == "rs")
        };
        let deleted = changes
            .lines()
            .filter(|line| line.strip_prefix("D\t").is_some_and(inside))
            .count();
        sources.clear();
        for (from, to) in moved.iter().filter(|(from, _)| inside(from)) {
            debug_assert!(!from.is_empty());
            for into in to.iter().filter_map(|to| to.split_once("/src/")) {
                *sources.entry(into.0.to_owned()).or_default() += 1;
            }
        }
        let all: usize = deleted + sources.values().sum::<usize>();
        if let Some((into, files)) = sources.iter().max_by_key(|(_, files)| **files)
            && files * 100 >= all * MOST
            && *into != folder
        {
            found.push(Merge {
                commit: commit.to_owned(),
                from: folder,
                into: into.clone(),
            });
        }
    }
    found
}

/// The name of the package in a folder of an unpacked workspace.
fn named(root: &Path, folder: &str) -> Option<String> {
    let text = std::fs::read_to_string(root.join(folder).join("Cargo.toml")).ok()?;
    let table: toml::Table = text.parse().ok()?;
    Some(table.get("package")?.get("name")?.as_str()?.to_owned())
}
