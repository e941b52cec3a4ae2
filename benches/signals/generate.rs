//! Histories that are made: crates of unequal activity, topics that drift, commits that tangle two changes, sweeping commits, and pairs
//! of crates that truly change together.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// Crates of a workspace that is made.
pub const CRATES: usize = 40;
/// Commits of a history that is made.
pub const COMMITS: usize = 2500;
/// Pairs that are planted.
const PAIRS: usize = 8;
/// Files of each crate.
pub const FILES: usize = 8;

/// `SplitMix64` (G. L. Steele, D. Lea and C. H. Flood, Fast Splittable Pseudorandom Number Generators, OOPSLA 2014).
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        let end = end.max(1) as u64;
        usize::try_from(self.next() % end).unwrap_or(0)
    }

    /// Whether something of this chance, in thousandths, happens.
    pub fn happens(&mut self, thousandths: usize) -> bool {
        self.below(1000) < thousandths
    }

    /// One of these, each as likely as its weight.
    fn weighted(&mut self, weights: &[usize]) -> usize {
        let mut at = self.below(weights.iter().sum());
        for (index, weight) in weights.iter().enumerate() {
            if at < *weight {
                return index;
            }
            at -= weight;
        }
        0
    }
}

/// A commit that is made: the files that it changes, as (crate, file).
pub type Changes = BTreeSet<(usize, usize)>;

/// A history that is made.
pub struct Made {
    /// The pairs that truly change together.
    pub planted: BTreeSet<[usize; 2]>,
    /// The commits, the oldest first.
    pub commits: Vec<Changes>,
}

/// A history with so many sweeping commits in a thousand.
pub fn history(seed: u64, sweeping: usize, planting: bool) -> Made {
    let mut random = Random::new(seed);
    let mut order: Vec<usize> = (0..CRATES).collect();
    for at in (1..order.len()).rev() {
        order.swap(at, random.below(at + 1));
    }
    // The most active crate changes some ten times as often as the least: 1/√rank.
    let mut activity = vec![0; CRATES];
    for (rank, krate) in order.iter().enumerate() {
        activity[*krate] = 1000 / (rank + 1).isqrt();
    }
    for at in (1..order.len()).rev() {
        order.swap(at, random.below(at + 1));
    }
    let planted: BTreeSet<[usize; 2]> = (0..if planting { PAIRS } else { 0 })
        .map(|pair| [order[2 * pair], order[2 * pair + 1]])
        .map(|[one, other]| [one.min(other), one.max(other)])
        .collect();
    let mut commits = Vec::new();
    let mut weights = activity.clone();
    for number in 0..COMMITS {
        // What a team works on changes every few months: ten crates are then four times as active.
        if number % (COMMITS / 8) == 0 {
            weights.clone_from(&activity);
            for _ in 0..10 {
                weights[random.below(CRATES)] *= 4;
            }
        }
        if random.happens(sweeping) {
            commits.push(sweep(&mut random));
            continue;
        }
        let mut crates = topic(&mut random, &weights);
        // One commit in ten is two changes at once.
        if random.happens(100) {
            crates.extend(topic(&mut random, &weights));
        }
        for [one, other] in &planted {
            if crates.contains(one) != crates.contains(other) && random.happens(500) {
                crates.extend([*one, *other]);
            }
        }
        let mut changes = Changes::new();
        for krate in crates {
            for _ in 0..=random.below(3) {
                changes.insert((krate, random.below(FILES)));
            }
        }
        commits.push(changes);
    }
    Made { planted, commits }
}

/// The crates of one change: one, seldom two or three.
fn topic(random: &mut Random, weights: &[usize]) -> BTreeSet<usize> {
    let size = match random.below(10) {
        0..7 => 1,
        7..9 => 2,
        _ => 3,
    };
    (0..size).map(|_| random.weighted(weights)).collect()
}

/// A commit all over the workspace.
fn sweep(random: &mut Random) -> Changes {
    let crates = 4 + random.below(CRATES - 4);
    (0..crates)
        .map(|_| (random.below(CRATES), random.below(FILES)))
        .collect()
}

/// The name of a crate.
pub fn name(krate: usize) -> String {
    format!("c{krate:02}")
}

/// The path of a file.
pub fn path(krate: usize, file: usize) -> String {
    match file {
        0 => format!("crates/{}/src/lib.rs", name(krate)),
        file => format!("crates/{}/src/m{file}.rs", name(krate)),
    }
}

/// A stream for `git fast-import`.
#[derive(Default)]
pub struct Stream {
    text: String,
    commits: usize,
}

impl Stream {
    /// Begins a commit, a few hours after the last.
    pub fn commit(&mut self, message: &str) {
        let time = 1_700_000_000 + self.commits * 6 * 3600;
        self.commits += 1;
        let _ = write!(
            self.text,
            "commit refs/heads/main\ncommitter Somebody <somebody@example.com> {time} +0000\ndata {}\n{message}\n",
            message.len()
        );
    }

    /// Gives a file this content.
    pub fn file(&mut self, path: &str, text: &str) {
        let _ = write!(self.text, "M 100644 inline {path}\ndata {}\n{text}\n", text.len());
    }

    /// Moves a file.
    pub fn rename(&mut self, from: &str, to: &str) {
        let _ = writeln!(self.text, "R {from} {to}");
    }

    /// The manifests, and every file.
    pub fn beginning(&mut self) {
        self.commit("Begin");
        self.file(
            "Cargo.toml",
            "[workspace]\nresolver = \"2\"\nmembers = [\"crates/*\"]\n",
        );
        for krate in 0..CRATES {
            // Each crate uses the one before it: what changes together then has a dependency or has none.
            let mut manifest = format!("[package]\nname = \"{}\"\nversion = \"0.1.0\"\n", name(krate));
            if let Some(used) = krate.checked_sub(1) {
                let _ = write!(manifest, "[dependencies]\n{0} = {{ path = \"../{0}\" }}\n", name(used));
            }
            self.file(&format!("crates/{}/Cargo.toml", name(krate)), &manifest);
            for file in 0..FILES {
                self.file(&path(krate, file), "//! A file.\n");
            }
        }
    }

    /// The commits of a history.
    pub fn changes(&mut self, number: usize, changes: &Changes) {
        self.commit(&format!("Change {number}"));
        for (krate, file) in changes {
            self.file(&path(*krate, *file), &format!("//! A file, at {number}.\n"));
        }
    }

    /// Writes the repository, with its work tree.
    pub fn write(&self, folder: &Path) -> Result<(), String> {
        fs::create_dir_all(folder).map_err(|error| error.to_string())?;
        super::repository::git(folder, &["init", "--quiet", "--initial-branch=main"])?;
        let mut import = Command::new("git")
            .args(["fast-import", "--quiet"])
            .current_dir(folder)
            .stdin(Stdio::piped())
            .spawn()
            .map_err(|error| error.to_string())?;
        if let Some(mut stdin) = import.stdin.take() {
            stdin
                .write_all(self.text.as_bytes())
                .map_err(|error| error.to_string())?;
        }
        let ended = import.wait().map_err(|error| error.to_string())?;
        if !ended.success() {
            return Err("git fast-import failed".to_owned());
        }
        super::repository::git(folder, &["reset", "--quiet", "--hard", "main"]).map(drop)
    }
}
