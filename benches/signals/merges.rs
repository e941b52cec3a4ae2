//! Crates that were joined in real histories: whether the crate that one went into is the one that changed with it most, and whether
//! `merge-candidate` told it more often than chance.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use cargo_boundaries::validation::{Against, History, Numbers, at_least};

use super::joins::{Join, joins};
use super::shuffled::shown;
use super::{figure, repository, share};

/// A crate with fewer commits in the two years before tells nothing, and one that is joined to has as many of its own.
const ENOUGH: u32 = 10;

/// Whom a crate is compared with, and how they are put in order. The bar is that of the neighbours, since joining is proposed of
/// crates between which there is a dependency. The commits that both change rank as the share of the
/// crate's own commits that change the other does, since these are the same for all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Ranking {
    /// Those that depend on it, by that share: the measure of `merge-candidate`.
    Dependents,
    /// Those that depend on it or that it depends on, by that share.
    Neighbours,
    /// The same, by how many times more than chance they change together at least.
    NeighboursBound,
    /// All crates, by that share.
    All,
    /// All crates, by how many times more than chance they change together at least.
    AllBound,
}

const RANKINGS: [Ranking; 5] = [
    Ranking::Dependents,
    Ranking::Neighbours,
    Ranking::NeighboursBound,
    Ranking::All,
    Ranking::AllBound,
];

impl Ranking {
    /// Where one crate stands among those that another is compared with, and how many these are.
    fn rank(self, numbers: &Numbers, from: &str, into: &str) -> (Option<usize>, usize) {
        let link = |one: &str, other: &str| numbers.links.contains(&[one.to_owned(), other.to_owned()]);
        let counts = |other: &str| match self {
            Self::Dependents => link(other, from),
            Self::Neighbours | Self::NeighboursBound => link(other, from) || link(from, other),
            Self::All | Self::AllBound => true,
        };
        let mut partners: Vec<(f64, &str)> = Vec::new();
        for (names, (shared, expected)) in &numbers.pairs {
            let [one, other] = names.each_ref().map(String::as_str);
            let other = if one == from { other } else { one };
            if names.iter().any(|name| name == from) && counts(other) {
                let strength = match self {
                    Self::NeighboursBound | Self::AllBound => at_least(*shared, *expected),
                    _ => f64::from(*shared),
                };
                partners.push((strength, other));
            }
        }
        partners.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
        let place = partners.iter().position(|(_, name)| *name == into);
        (place.map(|place| place + 1), partners.len())
    }
}

/// What was found of all joins.
#[derive(Default)]
struct Found {
    joins: usize,
    /// By ranking: how often the right one came first, how often it was among those that are ranked, and how often a guess
    /// among these would be right.
    first: BTreeMap<Ranking, (usize, usize, f64)>,
    reasons: BTreeMap<Vec<Against>, usize>,
    /// With the rule as it is, and with published crates too: crates that it lists, and those of them that were joined.
    listed: [(usize, usize); 2],
    crates: usize,
}

pub fn run(repositories: &[PathBuf]) -> Result<bool, String> {
    let mut found = Found::default();
    for path in repositories {
        let (id, day) = repository::head(path)?;
        println!("{} {id} {day}", shown(path));
        // Those of one commit stand in a row.
        for joins in joins(path)?.chunk_by(|one, next| one.commit == next.commit) {
            of_commit(path, joins, &mut found)?;
        }
    }
    print(&found)
}

/// Looks at the workspace before a commit that joined crates.
fn of_commit(path: &Path, joins: &[Join], found: &mut Found) -> Result<(), String> {
    let parent = format!("{}^", joins[0].commit);
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    repository::unpack(path, &parent, folder.path())?;
    let parent = repository::git(path, &["rev-parse", &parent])?;
    let Ok(history) = History::read(folder.path(), Some((path, parent.trim())), None) else {
        return Ok(());
    };
    let numbers = history.numbers();
    let commits = |name: &str| numbers.crates.get(name).copied().unwrap_or(0);
    let mut joined: BTreeSet<String> = BTreeSet::new();
    for join in joins {
        let title: String = join.commit.chars().take(10).collect();
        let title = format!("  {title} {} into {}", join.from, join.into);
        let names = [&join.from, &join.into].map(|of| named(folder.path(), of));
        let [Some(from), Some(into)] = names else {
            println!(
                "{title}: {}",
                join.why_not.map_or("no member".to_owned(), |why| why.to_string())
            );
            continue;
        };
        if commits(&from) < ENOUGH || numbers.commits < 100 {
            continue;
        }
        if let Some(why) = join.why_not {
            println!("{title}: {why}");
            continue;
        }
        if commits(&into) < ENOUGH {
            println!("{title}: no join: it had {} commits of its own", commits(&into));
            continue;
        }
        found.joins += 1;
        println!("{title}: {} commits, {} of the other", commits(&from), commits(&into));
        for ranking in RANKINGS {
            let (rank, of) = ranking.rank(&numbers, &from, &into);
            println!(
                "    {ranking:?}: {} of {of}",
                rank.map_or("none".to_owned(), |rank| rank.to_string())
            );
            let sums = found.first.entry(ranking).or_default();
            sums.0 += usize::from(rank == Some(1));
            sums.1 += usize::from(rank.is_some());
            sums.2 += rank.and(share(1, of)).unwrap_or(0.0);
        }
        if let Some((user, against)) = numbers.joining.get(&from) {
            let user = user
                .as_deref()
                .map_or("none or many", |user| if user == into { "it" } else { "another" });
            println!("    only user: {user}; against: {against:?}");
            *found.reasons.entry(against.clone()).or_default() += 1;
        }
        joined.insert(from);
    }
    if joined.is_empty() {
        return Ok(());
    }
    let active = |name: &&String| commits(name) >= ENOUGH;
    found.crates += numbers.crates.keys().filter(active).count();
    for (name, (_, against)) in numbers.joining.iter().filter(|(name, _)| active(name)) {
        let lists = [against.is_empty(), against.iter().all(|why| *why == Against::Published)];
        for (sums, _) in found.listed.iter_mut().zip(lists).filter(|(_, lists)| *lists) {
            sums.0 += 1;
            sums.1 += usize::from(joined.contains(name));
        }
    }
    Ok(())
}

fn print(found: &Found) -> Result<bool, String> {
    println!("{} crates joined", found.joins);
    let mut holds = true;
    for (ranking, (first, ranked, guess)) in &found.first {
        println!(
            "  {ranking:?}: first {first} of {}, ranked {ranked}, a guess {guess:.1}",
            found.joins
        );
        if *ranking == Ranking::Neighbours {
            let share = share(*first, found.joins).ok_or("no crates were joined: name repositories")?;
            holds &= figure("ranked first", share, 0.65, true);
        }
    }
    println!("  what keeps merge-candidate from them");
    for (against, joins) in &found.reasons {
        println!("    {joins}: {against:?}");
    }
    let base = share(found.joins, found.crates).ok_or("no crates were joined: name repositories")?;
    println!("  {} of {} active crates joined", found.joins, found.crates);
    for ((listed, right), title) in found.listed.iter().zip(["as it is", "with published crates"]) {
        println!("  merge-candidate {title}: {listed} listed, {right} of them joined");
        if let Some(told) = share(*right, *listed) {
            let bars = figure("lift", told / base, 2.0, true);
            holds &= bars || title != "as it is";
        } else {
            println!("  lift: nothing listed");
        }
    }
    Ok(holds)
}

/// The name of the package in a folder of an unpacked workspace.
fn named(root: &Path, folder: &str) -> Option<String> {
    let text = std::fs::read_to_string(root.join(folder).join("Cargo.toml")).ok()?;
    let table: toml::Table = text.parse().ok()?;
    Some(table.get("package")?.get("name")?.as_str()?.to_owned())
}
