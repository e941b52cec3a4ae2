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
        let node = dependency.to;
        if node.index() < self.members || self.slots.is_empty() {
            return selection.contains(node.index());
        }
        let slot = self.slots.get(&(node, dependency.requirement.clone()));
        slot.is_some_and(|slot| selection.contains(*slot))
    }
}

/// A set of slots of a [`Universe`]; a member's slot is its node.
pub type Selection = FixedBitSet;

/// Whether a version requirement asks for the version that `@1` or `@0.4` means: none where it leaves that open
/// (`*`, `>=1`) or cannot be read.
#[must_use]
pub fn requires(requirement: &str, wanted: Version) -> Option<bool> {
    use semver::Op;
    let parsed = semver::VersionReq::parse(requirement).ok()?;
    let pinning = |c: &&semver::Comparator| matches!(c.op, Op::Exact | Op::Tilde | Op::Caret | Op::Wildcard);
    let pinned = parsed.comparators.iter().find(pinning)?;
    if pinned.major != wanted.major {
        return Some(false);
    }
    let Some(wanted_minor) = wanted.minor else {
        return Some(true);
    };
    // A caret requirement holds the minor version only below 1.0.
    let holds_minor = pinned.op != Op::Caret || pinned.major == 0;
    (pinned.minor.filter(|_| holds_minor)).map(|minor| minor == wanted_minor)
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
}
