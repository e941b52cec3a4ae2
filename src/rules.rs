//! The rules: one file each, joined in one table. A rule looks at the bound architecture and the graph and names what
//! it objects to. Rules read nothing from disk, cannot fail, and know nothing of levels or formats.

use crate::architecture::Architecture;
use crate::config::Config;
use crate::excuses::{End, Excuses};
use crate::finding::{Code, Label};
use crate::graph::{Edge, EdgeId, Graph, Split};
use crate::source::Span;
use crate::workspace::builds::Builds;
use crate::workspace::lockfile::LockGraph;
use crate::workspace::{Dependency, DependencyKind, Exposed, Kinds, NodeId, Workspace};

mod acyclic;
mod allowed;
mod context_cycle;
mod contexts;
mod cycles;
pub mod explanations;
mod exposed;
mod features;
mod forbidden;
mod gateway;
mod independent;
mod layers;
mod named;
mod protected;
mod reach;
mod unassigned;
mod unknown_external;
mod unused_permission;
mod ways_out;

#[cfg(test)]
pub(crate) mod tests;

/// One rule of the table: the codes that it reports and its check.
pub struct Rule {
    /// What it reports.
    #[cfg_attr(not(test), expect(dead_code, reason = "a test holds the table to it"))]
    pub codes: &'static [Code],
    /// Names what it objects to.
    pub check: for<'a, 'w> fn(&Case<'a, 'w>, &mut Vec<Candidate<'w>>),
}

/// Every rule, in the order of the reference.
pub static RULES: [Rule; 14] = [
    layers::RULE,
    contexts::RULE,
    context_cycle::RULE,
    forbidden::RULE,
    allowed::RULE,
    protected::RULE,
    independent::RULE,
    acyclic::RULE,
    gateway::RULE,
    features::RULE,
    exposed::RULE,
    unassigned::RULE,
    unknown_external::RULE,
    unused_permission::RULE,
];

/// What rules judge.
pub struct Case<'a, 'w> {
    /// The declared dependencies.
    pub graph: &'a Graph<'w>,
    /// The bound boundaries.toml.
    pub architecture: &'a Architecture<'a>,
    /// What exceptions and the baseline excuse: some rules look only at what they leave.
    pub excuses: &'a Excuses<'a>,
    /// Cargo.lock, where a rule looks at it.
    pub lock: Option<&'a LockGraph>,
    /// What builds of members turn on, once a rule needs it: see [`Candidate::is_unconfirmed`].
    pub builds: Option<&'a Builds>,
}

impl<'a, 'w> Case<'a, 'w> {
    /// The configuration.
    #[must_use]
    pub fn config(&self) -> &'a Config {
        self.architecture.config
    }

    /// The workspace.
    #[must_use]
    pub fn workspace(&self) -> &'w Workspace {
        self.graph.workspace()
    }

    /// The package's name.
    #[must_use]
    pub fn name(&self, node: NodeId) -> &'w str {
        self.workspace().name(node)
    }

    /// The edges of these kinds that a rule sees which looks into some packages, without those that stay inside what counts
    /// as one.
    fn edges_seen<'e>(&'e self, kinds: Kinds, split: &'e Split) -> impl Iterator<Item = (EdgeId, &'e Edge)> {
        let workspace = self.workspace();
        let seen = move |edge: &Edge| split.shows(workspace, edge) && !split.stays_inside(edge);
        self.graph
            .edges()
            .filter(move |(_, edge)| kinds.contains(edge.kind) && seen(edge))
    }

    /// Objects to every edge of these kinds that `charges` finds fault with.
    fn object_to_edges(
        &self,
        (kinds, split): (Kinds, &Split),
        charges: fn(&Self, &Edge) -> Vec<Charge>,
        candidates: &mut Vec<Candidate<'w>>,
    ) {
        for (id, edge) in self.edges_seen(kinds, split) {
            let charges = charges(self, edge);
            if !charges.is_empty() {
                candidates.push(Candidate {
                    subject: Subject::Edge(id, self.graph.declarations(edge).collect()),
                    charges,
                    also_affects: Vec::new(),
                });
            }
        }
    }

    /// Whether this edge is excused under a code or a rule's name.
    #[must_use]
    pub fn excuses_edge(&self, code: Code, rule: &str, from: NodeId, to: NodeId, kind: DependencyKind) -> bool {
        let workspace = self.workspace();
        let (from, to) = (End::package(workspace, from), End::package(workspace, to));
        self.excuses.any(code, rule, &from, &to, Some(kind))
    }
}

/// Something that a rule objects to, before levels and exceptions are asked.
#[derive(Debug)]
pub struct Candidate<'w> {
    /// What is objected to.
    pub subject: Subject<'w>,
    /// Why: in order, the first whose level is not `allow` is reported, and its message names the others.
    pub charges: Vec<Charge>,
    /// Other crates that break the rule only through this one.
    pub also_affects: Vec<String>,
}

impl Candidate<'_> {
    /// Whether a build is to decide that was not there to be asked. Such a candidate is no verdict.
    #[must_use]
    pub fn is_unconfirmed(&self) -> bool {
        matches!(self.subject, Subject::Path { unconfirmed: true, .. })
    }
}

/// What a rule objects to.
#[derive(Debug)]
pub enum Subject<'w> {
    /// An edge, with those of its declarations that count.
    Edge(EdgeId, Vec<&'w Dependency>),
    /// A path; its first step is where to look.
    Path {
        /// Its first step, with those of its declarations that count.
        first: (EdgeId, Vec<&'w Dependency>),
        /// All its steps, in order.
        steps: Vec<PathStep>,
        /// The name of the package that it ends at.
        to: String,
        /// The same as exceptions, the baseline and fingerprints know it.
        identity: String,
        /// That package's position among the members, where it is one.
        member: Option<usize>,
        /// Cargo.lock shows the path, and [`Case::builds`], which is to decide, was not there to be asked.
        unconfirmed: bool,
    },
    /// What public items of a module show of another module or package; never nothing.
    Exposure {
        /// The module that holds the items.
        from: NodeId,
        /// The module or package that holds what they show.
        to: NodeId,
        /// Where, in order.
        places: Vec<&'w Exposed>,
    },
    /// A cycle.
    Cycle(Cycle<'w>),
    /// An edge between two units that an exception leaves out of the search for cycles.
    LeftOut {
        /// The unit's identity.
        from: String,
        /// The unit's identity.
        to: String,
        /// An edge between crates of the two, and its kind.
        edge: EdgeId,
    },
    /// A member.
    Member(NodeId),
    /// A place in boundaries.toml.
    Place(Span),
    /// An entry of a list in boundaries.toml.
    Entry {
        /// Where it stands.
        span: Span,
        /// The list and the entry: what stays the same while lines move.
        identity: String,
        /// The context that the list is of, by its position, where it is of one.
        context: Option<usize>,
    },
}

/// One step of a path.
#[derive(Clone, Debug)]
pub struct PathStep {
    /// The package that depends.
    pub from: String,
    /// The package depended on.
    pub to: String,
    /// The kind; none where only the lockfile knows of it.
    pub kind: Option<DependencyKind>,
    /// Whether a manifest of the workspace declares it.
    pub declared: bool,
    /// Where it is declared, or listed in Cargo.lock.
    pub span: Span,
    /// The locked version of an external.
    pub version: Option<String>,
    /// The feature that opens it, where it is optional and a build was asked.
    pub feature: Option<String>,
}

/// Units that use each other.
#[derive(Debug)]
pub struct Cycle<'w> {
    /// The identities of a shortest cycle, in order; the last leads back to the first.
    pub units: Vec<String>,
    /// The identities of all units that reach each other, sorted.
    pub component: Vec<String>,
    /// For each unit of the cycle, the edges between crates that lead to the next.
    pub steps: Vec<Vec<EdgeId>>,
    /// The first edge of each step, with those of its declarations that count.
    pub shown: Vec<(EdgeId, Vec<&'w Dependency>)>,
    /// The step that is to be cut, or excused.
    pub cut: Option<usize>,
}

impl Cycle<'_> {
    /// The step that is to be excused where the cycle stays: its edges, and the units that it joins.
    #[must_use]
    pub fn to_excuse(&self) -> (&[EdgeId], &str, &str) {
        let step = self.cut.unwrap_or(0);
        let next = (step + 1) % self.units.len();
        (&self.steps[step], &self.units[step], &self.units[next])
    }
}

/// Why a rule objects.
#[derive(Clone, Debug)]
pub struct Charge {
    /// The code.
    pub code: Code,
    /// Position in [`Config::rules`] where a named rule objects.
    pub rule: Option<usize>,
    /// A lowercase phrase with names in backticks.
    pub message: String,
    /// What is to be seen at the dependency.
    pub label: String,
    /// The rule's own line, and others that explain it.
    pub related: Vec<Label>,
    /// Why the rule stands.
    pub reason: Option<String>,
    /// Ways out.
    pub help: Vec<String>,
}

impl Charge {
    /// The rule's name for named rules, else the code.
    #[must_use]
    pub fn rule_name<'a>(&self, config: &'a Config) -> &'a str {
        match self.rule {
            Some(index) => &config.rules[index].name.value,
            None => self.code.as_str(),
        }
    }
}

/// Names what every rule objects to, in the order of the table.
#[must_use]
pub fn judge<'w>(case: &Case<'_, 'w>) -> Vec<Candidate<'w>> {
    let mut candidates = Vec::new();
    for rule in &RULES {
        (rule.check)(case, &mut candidates);
    }
    candidates
}
