//! What lies in a workspace before anything is proposed: who uses whom for a build, who reaches whom, and which members
//! stand beside the architecture or on top of it.

use std::collections::BTreeSet;

use fixedbitset::FixedBitSet;

use crate::graph::Graph;
use crate::workspace::targets::TargetFacts;
use crate::workspace::{DependencyKind, Kinds, Workspace};

/// A set of members.
pub(super) type Set = FixedBitSet;

/// Edges between members that inference leaves out, as they contradict what the folders say.
pub(super) type Odd = BTreeSet<(usize, usize)>;

/// The members and how they use each other. Only what a build needs counts: normal and build dependencies.
pub(super) struct Terrain<'w> {
    pub workspace: &'w Workspace,
    /// What each member builds.
    pub facts: &'w [TargetFacts],
    /// Whom each member uses, and who uses it.
    pub uses: Vec<Set>,
    pub users: Vec<Set>,
    /// Whom each member reaches, itself among them, and who reaches it.
    pub below: Vec<Set>,
    pub above: Vec<Set>,
    /// Examples, benchmarks, tests, tools and what only tests use: no other member builds on them.
    pub aside: Set,
    /// Binaries that use members and that nothing but `aside` uses.
    pub programs: Set,
    /// Members that use none and that none uses: no order says where they belong.
    pub alone: Set,
    /// What uses at least half of the core by itself, and what is built on that.
    pub facade: Set,
    /// All others.
    pub core: Set,
}

impl<'w> Terrain<'w> {
    pub fn new(workspace: &'w Workspace, facts: &'w [TargetFacts], odd: &Odd) -> Self {
        let count = workspace.members.len();
        let graph = Graph::new(workspace);
        let mut uses = vec![Set::with_capacity(count); count];
        let mut tested = Set::with_capacity(count);
        for (_, edge) in graph.edges().filter(|(_, e)| !workspace.is_external(e.to)) {
            let (from, to) = (edge.from.index(), edge.to.index());
            if !Kinds::BUILD.contains(edge.kind) {
                tested.insert(to);
            } else if !odd.contains(&(from, to)) {
                uses[from].insert(to);
            }
        }
        let (below, above) = reach(&uses);
        let mut terrain = Self {
            workspace,
            facts,
            users: reversed(&uses),
            uses,
            below,
            above,
            aside: Set::with_capacity(count),
            programs: Set::with_capacity(count),
            alone: Set::with_capacity(count),
            facade: Set::with_capacity(count),
            core: Set::with_capacity(count),
        };
        terrain.aside = terrain.find_aside(&tested);
        for member in 0..count {
            let built_on = !terrain.users[member].is_subset(&terrain.aside);
            let place = if terrain.aside.contains(member) {
                continue;
            } else if terrain.users[member].is_clear() && terrain.uses[member].is_clear() {
                &mut terrain.alone
            } else if !built_on && terrain.is_program(member) {
                &mut terrain.programs
            } else {
                &mut terrain.core
            };
            place.insert(member);
        }
        terrain.facade = terrain.find_facade();
        terrain.core.difference_with(&terrain.facade);
        terrain
    }

    /// Whether a binary uses members. The one that most members use is a library before it is a program, though only
    /// tools use it.
    fn is_program(&self, member: usize) -> bool {
        self.facts[member].bin && !self.uses[member].is_clear() && self.most_used() != Some(member)
    }

    fn find_facade(&self) -> Set {
        let size = self.core.count_ones(..);
        let half = |m: &usize| self.uses[*m].intersection_count(&self.core) * 2 >= size;
        let mut joining = self.nothing();
        joining.extend(self.core.ones().filter(|m| size >= 8 && half(m)));
        let mut facade = self.above_all(&joining);
        facade.intersect_with(&self.core);
        // What is built on by many more is no facade, and neither is what most are built on.
        let foundation = self.most_used().is_some_and(|most| facade.contains(most));
        if foundation || facade.count_ones(..) > 4 {
            self.nothing()
        } else {
            facade
        }
    }

    /// An empty set of members.
    pub fn nothing(&self) -> Set {
        Set::with_capacity(self.workspace.members.len())
    }

    pub fn name(&self, member: usize) -> &'w str {
        &self.workspace.members[member].name
    }

    /// Everything that these members reach, themselves among them.
    pub fn below_all(&self, members: &Set) -> Set {
        self.union(members, &self.below)
    }

    /// Everything that reaches these members, themselves among them.
    pub fn above_all(&self, members: &Set) -> Set {
        self.union(members, &self.above)
    }

    fn union(&self, members: &Set, of: &[Set]) -> Set {
        let mut all = self.nothing();
        for member in members.ones() {
            all.union_with(&of[member]);
        }
        all
    }

    /// How many members outside of `aside` use this one.
    pub fn weight(&self, member: usize) -> usize {
        self.users[member].difference(&self.aside).count()
    }

    /// The member that the most members use; of several the first by name.
    pub fn most_used(&self) -> Option<usize> {
        let used = (0..self.users.len()).filter(|m| !self.users[*m].is_clear());
        used.max_by_key(|m| (self.users[*m].count_ones(..), std::cmp::Reverse(*m)))
    }

    /// The members that use others and that nobody uses.
    pub fn tops(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.users.len()).filter(|m| self.users[*m].is_clear() && !self.uses[*m].is_clear())
    }

    /// Members whose folder or name says that they are no part of what is shipped, and test support: what only tests
    /// use. Whoever is used by a member that does not belong to them does not either.
    fn find_aside(&self, tested: &Set) -> Set {
        let members = &self.workspace.members;
        let mut aside = self.nothing();
        for (index, member) in members.iter().enumerate() {
            let folder = member.directory.split('/').any(|segment| ASIDE.contains(&segment));
            let unused = self.users[index].is_clear();
            if folder || unused && (tested.contains(index) || says_aside(&member.name)) {
                aside.insert(index);
            }
        }
        loop {
            let built_on: Vec<usize> = aside.ones().filter(|m| !self.users[*m].is_subset(&aside)).collect();
            if built_on.is_empty() {
                break;
            }
            for member in built_on {
                aside.remove(member);
            }
        }
        // Where nearly everything lies in such folders, they are what is shipped.
        if aside.count_ones(..) * 4 > members.len() * 3 {
            aside.clear();
        }
        aside
    }
}

/// Folders that hold what stands beside the architecture.
const ASIDE: [&str; 22] = [
    "compile_fail",
    "compile-fail",
    "bench",
    "benches",
    "benchmark",
    "benchmarks",
    "ci",
    "dev-tools",
    "devtools",
    "e2e",
    "example",
    "examples",
    "fuzz",
    "scripts",
    "test",
    "testing",
    "tests",
    "tool",
    "tools",
    "tooling",
    "xtask",
    "xtasks",
];

/// Ends of names that say the same.
const ENDS: [&str; 15] = [
    "dev",
    "bench",
    "benches",
    "benchmark",
    "benchmarks",
    "example",
    "examples",
    "fuzz",
    "test",
    "testing",
    "tests",
    "testkit",
    "testsuite",
    "benchsuite",
    "xtask",
];

fn says_aside(name: &str) -> bool {
    let mut words = name.split(['-', '_']);
    let first = words.next().unwrap_or_default();
    matches!(
        first,
        "bench" | "benches" | "e2e" | "example" | "fuzz" | "test" | "tests" | "xtask"
    ) || ENDS.contains(&words.next_back().unwrap_or(first))
}

/// For each node whom it reaches and who reaches it, itself among them.
fn reach(uses: &[Set]) -> (Vec<Set>, Vec<Set>) {
    let count = uses.len();
    let mut graph = petgraph::graph::DiGraph::<(), ()>::new();
    let nodes: Vec<_> = uses.iter().map(|_| graph.add_node(())).collect();
    for (from, list) in uses.iter().enumerate() {
        for to in list.ones() {
            graph.add_edge(nodes[from], nodes[to], ());
        }
    }
    let mut below = vec![Set::with_capacity(count); count];
    // Components come bottom-up: what a component uses outside of itself is done before it.
    for component in petgraph::algo::kosaraju_scc(&graph) {
        let mut reached = Set::with_capacity(count);
        for node in &component {
            reached.insert(node.index());
            for to in uses[node.index()].ones() {
                reached.insert(to);
                reached.union_with(&below[to]);
            }
        }
        for node in &component {
            below[node.index()].clone_from(&reached);
        }
    }
    let above = reversed(&below);
    (below, above)
}

/// The same relation the other way round.
fn reversed(relation: &[Set]) -> Vec<Set> {
    let mut turned = vec![Set::with_capacity(relation.len()); relation.len()];
    for (from, list) in relation.iter().enumerate() {
        for to in list.ones() {
            turned[to].insert(from);
        }
    }
    turned
}

/// The edges between members that a build needs, by kind: what findings are about.
pub(super) fn build_edges(workspace: &Workspace) -> BTreeSet<(usize, usize)> {
    let members = workspace.members.iter().enumerate();
    members
        .flat_map(|(from, member)| member.dependencies.iter().map(move |d| (from, d)))
        .filter(|(from, d)| d.kind != DependencyKind::Dev && !workspace.is_external(d.to) && d.to.index() != *from)
        .map(|(from, d)| (from, d.to.index()))
        .collect()
}
