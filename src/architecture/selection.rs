//! What a list of selectors selects: a set over the workspace's packages, in which an external counts once for every
//! version requirement where some selector tells versions apart.

use std::collections::HashMap;

use fixedbitset::FixedBitSet;

use crate::config::selector::Version;
use crate::workspace::{Dependency, NodeId, Workspace};

/// What selections range over: a slot for every member and one for every external. Where boundaries.toml tells versions
/// apart (`external:rand@1`), an external has one slot for each requirement that members state.
#[derive(Debug)]
pub struct Universe {
    members: usize,
    /// For every slot past the members, its external and the requirement.
    variants: Vec<(NodeId, Option<String>)>,
    /// The slot of an external's requirement; empty where versions are not told apart.
    slots: HashMap<(NodeId, Option<String>), usize>,
}

impl Universe {
    /// The universe of a workspace.
    #[must_use]
    pub fn new(workspace: &Workspace, by_version: bool) -> Self {
        let members = workspace.members.len();
        let mut universe = Self {
            members,
            variants: Vec::new(),
            slots: HashMap::new(),
        };
        if by_version {
            let declared = workspace.members.iter().flat_map(|m| &m.dependencies);
            let mut variants: Vec<_> = declared
                .filter(|d| workspace.is_external(d.to))
                .map(|d| (d.to, d.requirement.clone()))
                .collect();
            variants.sort();
            variants.dedup();
            let slots = variants.iter().cloned().zip(members..);
            universe.slots = slots.collect();
            universe.variants = variants;
        } else {
            let externals = members..workspace.node_count();
            universe.variants = externals.map(|i| (NodeId::new(i), None)).collect();
        }
        universe
    }

    /// A selection of nothing.
    #[must_use]
    pub fn nothing(&self) -> Selection {
        FixedBitSet::with_capacity(self.members + self.variants.len())
    }

    /// The slots of externals, each with the external and the requirement that it stands for.
    pub fn variants(&self) -> impl Iterator<Item = (usize, NodeId, Option<&str>)> {
        let numbered = (self.members..).zip(&self.variants);
        numbered.map(|(slot, (node, requirement))| (slot, *node, requirement.as_deref()))
    }

    /// Whether a selection holds what a declaration points at.
    #[must_use]
    pub fn selects(&self, selection: &Selection, dependency: &Dependency) -> bool {
        self.slot(dependency).is_some_and(|slot| selection.contains(slot))
    }

    /// The slot of what a declaration points at.
    #[must_use]
    pub fn slot(&self, dependency: &Dependency) -> Option<usize> {
        let node = dependency.to;
        if node.index() < self.members || self.slots.is_empty() {
            return Some(node.index());
        }
        self.slots.get(&(node, dependency.requirement.clone())).copied()
    }
}

/// A set of slots of a [`Universe`]; a member's slot is its node.
pub type Selection = FixedBitSet;

/// A version without its pre-release.
type Triple = (u64, u64, u64);

/// Whether a version requirement asks for the version that `@1` or `@0.4` means: none where it takes that and others
/// (`*`, `>=1`), takes nothing at all, or cannot be read.
#[must_use]
pub fn requires(requirement: &str, wanted: Version) -> Option<bool> {
    let parsed = semver::VersionReq::parse(requirement).ok()?;
    // What fits lies from the first of these to the second, which no longer fits.
    let (mut low, mut high): (Triple, Option<Triple>) = ((0, 0, 0), None);
    for comparator in &parsed.comparators {
        let (from, to) = bounds(comparator);
        low = from.map_or(low, |from| low.max(from));
        high = match (high, to) {
            (Some(high), Some(to)) => Some(high.min(to)),
            (high, to) => high.or(to),
        };
    }
    if high.is_some_and(|high| high <= low) {
        return None;
    }
    let (first, past) = match wanted.minor {
        Some(minor) => ((wanted.major, minor, 0), (wanted.major, minor.saturating_add(1), 0)),
        None => ((wanted.major, 0, 0), (wanted.major.saturating_add(1), 0, 0)),
    };
    if low >= past || high.is_some_and(|high| high <= first) {
        return Some(false);
    }
    (low >= first && high.is_some_and(|high| high <= past)).then_some(true)
}

/// The first version that a comparator takes, and the first behind those that it takes.
fn bounds(comparator: &semver::Comparator) -> (Option<Triple>, Option<Triple>) {
    use semver::Op;
    let (major, minor, patch) = (comparator.major, comparator.minor, comparator.patch);
    let floor = (major, minor.unwrap_or(0), patch.unwrap_or(0));
    let next_major = (major.saturating_add(1), 0, 0);
    let next_minor = |minor: u64| (major, minor.saturating_add(1), 0);
    // Behind all versions that begin with the numbers that are given.
    let past = match (minor, patch) {
        (None, _) => next_major,
        (Some(minor), None) => next_minor(minor),
        (Some(minor), Some(patch)) => (major, minor, patch.saturating_add(1)),
    };
    match comparator.op {
        Op::Exact | Op::Wildcard => (Some(floor), Some(past)),
        Op::Greater => (Some(if comparator.pre.is_empty() { past } else { floor }), None),
        Op::GreaterEq => (Some(floor), None),
        Op::Less if comparator.pre.is_empty() => (None, Some(floor)),
        Op::Less | Op::LessEq => (None, Some(past)),
        Op::Tilde => (Some(floor), Some(minor.map_or(next_major, next_minor))),
        Op::Caret => {
            let past = match (major, minor, patch) {
                (0, Some(0), Some(_)) => past,
                (0, Some(minor), _) => next_minor(minor),
                _ => next_major,
            };
            (Some(floor), Some(past))
        }
        _ => (None, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_requirement_pins_a_major_version_or_leaves_it_open() {
        let one = Version { major: 1, minor: None };
        let zero_four = Version {
            major: 0,
            minor: Some(4),
        };
        assert_eq!(requires("1", one), Some(true));
        assert_eq!(requires("1.2.3", one), Some(true));
        assert_eq!(requires("=1.2", one), Some(true));
        assert_eq!(requires("1.*", one), Some(true));
        assert_eq!(requires("2", one), Some(false));
        assert_eq!(requires("*", one), None);
        assert_eq!(requires(">=1", one), None);
        assert_eq!(requires("0.4.2", zero_four), Some(true));
        assert_eq!(requires("0.5", zero_four), Some(false));
        assert_eq!(requires("0", zero_four), None);
    }

    #[test]
    fn a_range_inside_one_major_version_is_told() {
        let one = Version { major: 1, minor: None };
        let zero = Version { major: 0, minor: None };
        let zero_four = Version {
            major: 0,
            minor: Some(4),
        };
        for told in [
            ">=1, <2",
            ">=1.2.3, <1.9",
            ">1.0, <=1",
            "~1.4",
            "1.4.*",
            ">=1, 1.3",
            ">1.0.0-rc.1, <2",
        ] {
            assert_eq!(requires(told, one), Some(true), "{told}");
        }
        for other in [">=2, <3", ">=2", "<1", "~2.1", "0.4", "<=0.9", ">1"] {
            assert_eq!(requires(other, one), Some(false), "{other}");
        }
        for open in [">=1, <3", ">=0.9, <2", "<2", "<=1", ">0", ">=2, <1", "<2.0.0-beta"] {
            assert_eq!(requires(open, one), None, "{open}");
        }
        assert_eq!(requires(">=0.4.1, <0.5", zero_four), Some(true));
        assert_eq!(requires(">=0.3, <0.5", zero_four), None);
        assert_eq!(requires("~0", zero), Some(true));
        assert_eq!(requires("^0.0", zero), Some(true));
        assert_eq!(requires("<1", zero), Some(true));
        assert_eq!(requires("0.0.3", zero_four), Some(false));
    }

    /// What is told holds for every version that fits: asked of semver itself.
    #[test]
    fn what_is_told_is_what_semver_takes() {
        let numbers = ["0", "1", "0.4", "1.4", "0.0.3", "0.4.2", "1.4.2", "2"];
        let comparators = ["", "=", "~", "^", ">", ">=", "<", "<="]
            .iter()
            .flat_map(|op| numbers.map(|n| format!("{op}{n}")));
        let comparators: Vec<String> = comparators.collect();
        let versions: Vec<semver::Version> = (0..27 * 5)
            .map(|n| semver::Version::new(n / 45, n / 5 % 9, n % 5))
            .collect();
        let wanted = [(0, None), (1, None), (2, None), (0, Some(4)), (0, Some(0))];
        for (a, b) in comparators.iter().flat_map(|a| comparators.iter().map(move |b| (a, b))) {
            let text = if a == b { a.clone() } else { format!("{a}, {b}") };
            let parsed = semver::VersionReq::parse(&text).expect("a requirement");
            for (major, minor) in wanted {
                let wanted = Version { major, minor };
                let fitting: Vec<bool> = versions
                    .iter()
                    .filter(|v| parsed.matches(v))
                    .map(|v| wanted.means(v))
                    .collect();
                match requires(&text, wanted) {
                    Some(told) => assert!(fitting.iter().all(|means| *means == told), "{text} for {wanted:?}"),
                    None => assert!(
                        fitting.is_empty() || fitting.contains(&false) || text.contains('>'),
                        "{text} for {wanted:?} can be told"
                    ),
                }
            }
        }
    }
}
