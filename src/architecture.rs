//! Binds the words of boundaries.toml to the workspace: every member to its layer and its context, every list to the
//! packages that it selects. Nothing here judges.

use std::collections::BTreeMap;

use fixedbitset::FixedBitSet;

use crate::config::{Config, Context, Layer};
use crate::error::Problem;
use crate::graph::{Graph, Split};
use crate::source::{Sources, Span};
use crate::workspace::NodeId;

mod absent;
mod assign;
mod bind;
mod evaluate;
mod exceptions;
mod faces;
mod permissions;
mod rules;
pub mod selection;

pub use absent::absent_from;
pub use exceptions::BoundException;
pub use permissions::{Opened, Permissions};
pub use rules::{BoundReach, BoundRule};
use selection::{Selection, Universe};

/// Where a member belongs, and what said so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// Position in [`Config::layers`] or [`Config::contexts`].
    pub unit: usize,
    /// The selector, the `rest` key, or the value in the member's own manifest.
    pub span: Span,
    /// How strong the claim is.
    pub strength: Strength,
    /// How exactly it says which module is meant: 0 for a whole package, 1 for its root module, and one more for every
    /// module below that. The most exact claim wins, and of those the strongest.
    pub depth: usize,
}

impl Assignment {
    /// Claims that weigh the same are a mistake.
    fn weight(&self) -> (usize, u8) {
        (self.depth, self.strength.rank())
    }
}

/// How strongly a layer or context claims a member; the strongest wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// `rest = true`.
    Rest,
    /// A pattern, or anything that is not the member's name.
    Pattern,
    /// The member's exact name in boundaries.toml.
    Name,
    /// `[package.metadata.boundaries]` of the member; as strong as its name.
    Own,
}

impl Strength {
    /// Own claims and exact names are equally strong.
    fn rank(self) -> u8 {
        match self {
            Self::Rest => 0,
            Self::Pattern => 1,
            Self::Name | Self::Own => 2,
        }
    }
}

/// Which packages are looked into: of these the modules count, and what they use.
#[derive(Debug)]
pub struct Splits {
    /// By the rules about layers.
    pub layers: Split,
    /// By the rules about contexts.
    pub contexts: Split,
    /// In the order of [`Config::rules`].
    pub rules: Vec<Split>,
}

/// A layer, bound.
#[derive(Clone, Debug)]
pub struct BoundLayer {
    /// Its stack, by position in [`Config::stacks`].
    pub stack: usize,
    /// In its stack; 0 is the highest; layers beside each other share a rank.
    pub rank: usize,
    /// `may-use`, as positions in [`Config::layers`].
    pub may_use: Option<Vec<usize>>,
}

/// A context, bound.
#[derive(Clone, Debug)]
pub struct BoundContext {
    /// `may-use`, as positions in [`Config::contexts`]: of contexts that it lists whole, and of those of which it lists
    /// faces.
    pub may_use: Option<Vec<usize>>,
    /// Of each context of which it lists faces alone: the crates that these hold.
    pub parts: BTreeMap<usize, FixedBitSet>,
    /// What its crates are to others.
    pub open: Openness,
}

/// What the crates of a context are to others.
#[derive(Clone, Debug, Default)]
pub struct Openness {
    /// Those that every context may use; none where that is all of them.
    pub face: Option<FixedBitSet>,
    /// Those that single contexts may use besides, by position in [`Config::contexts`].
    pub public_to: BTreeMap<usize, FixedBitSet>,
    /// In the order of [`Context::faces`]: the crates of each.
    pub faces: Vec<FixedBitSet>,
}

/// A boundaries.toml bound to a workspace.
#[derive(Debug)]
pub struct Architecture<'c> {
    /// What was bound.
    pub config: &'c Config,
    /// What the selections range over.
    pub universe: Universe,
    /// In the order of [`Config::layers`].
    pub layers: Vec<BoundLayer>,
    /// For each stack, as [`Config::stacks`] names them, and for each member its layer there.
    pub layer_of: Vec<Vec<Option<Assignment>>>,
    /// In the order of [`Config::contexts`].
    pub contexts: Vec<BoundContext>,
    /// For each member its context.
    pub context_of: Vec<Option<Assignment>>,
    /// In the order of [`Config::groups`]: what each selects.
    pub groups: Vec<Selection>,
    /// The members of which the baseline excuses nothing.
    pub strict: Selection,
    /// In the order of [`Config::rules`].
    pub rules: Vec<BoundRule>,
    /// Which packages they look into.
    pub splits: Splits,
    /// In the order of [`Config::exceptions`].
    pub exceptions: Vec<BoundException>,
    /// Externals in bans on which no member depends.
    pub absent_externals: Vec<AbsentExternal>,
    /// Every list that permits something, entry by entry; none where nobody asks which of them are needed.
    pub permissions: Option<Permissions>,
}

/// A member that is bound to another layer or context than boundaries.toml says, because somebody asks what would be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// The member.
    pub member: NodeId,
    /// `layer` or `context`.
    pub family: &'static str,
    /// The name of the layer or context.
    pub unit: String,
}

/// A banned external on which no member depends: it may be a misspelling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AbsentExternal {
    /// The selector.
    pub span: Span,
    /// What it names.
    pub name: String,
    /// Whether it stands as a key of `[externals]`, where names are written without a prefix.
    pub bare: bool,
}

impl<'c> Architecture<'c> {
    /// Binds a configuration to a workspace.
    ///
    /// # Errors
    /// Every selector that selects nothing, every name that is none, every member that two layers or contexts claim
    /// alike: all of them, each with its place.
    pub fn bind(config: &'c Config, graph: &Graph<'_>, sources: &Sources) -> Result<Self, Vec<Problem>> {
        let (architecture, problems) = bind::bind(config, graph, sources, &[]);
        if problems.is_empty() {
            Ok(architecture)
        } else {
            Err(problems)
        }
    }

    /// Whether the baseline excuses nothing of a package, which has this position where it is a member; or of a layer or
    /// context, which is strict where all its members are.
    #[must_use]
    pub fn is_strict(&self, member: Option<usize>, identity: &str) -> bool {
        if self.strict.is_clear() {
            return false;
        }
        let all = |members: &mut dyn Iterator<Item = usize>| {
            let mut members = members.peekable();
            members.peek().is_some() && members.all(|member| self.strict.contains(member))
        };
        match (member, identity.split_once(':')) {
            (Some(member), _) => self.strict.contains(member),
            (None, Some(("context", name))) => all(&mut self.members_of_context(name)),
            (None, Some(("layer", name))) => all(&mut self.members_of_layer(name)),
            (None, _) => false,
        }
    }

    fn members_of_context(&self, name: &str) -> impl Iterator<Item = usize> {
        let unit = self
            .config
            .contexts
            .iter()
            .position(|context| context.name.value == name);
        positions(&self.context_of, unit)
    }

    fn members_of_layer(&self, name: &str) -> impl Iterator<Item = usize> {
        let unit = self.config.layers.iter().position(|layer| layer.name.value == name);
        self.layer_of.iter().flat_map(move |stack| positions(stack, unit))
    }

    /// Binds a configuration as if members had been moved, and says what boundaries.toml would have to say otherwise
    /// then: what an entry that would be wrong selects is left out.
    #[must_use]
    pub fn bind_moved(
        config: &'c Config,
        graph: &Graph<'_>,
        sources: &Sources,
        moves: &[Move],
    ) -> (Self, Vec<Problem>) {
        bind::bind(config, graph, sources, moves)
    }

    /// The layer of a member in the stack at this position, with its own; none for externals and unassigned members.
    #[must_use]
    pub fn layer_in(&self, stack: usize, node: NodeId) -> Option<(usize, &'c Layer)> {
        let assignment = self.layer_of.get(stack)?.get(node.index())?.as_ref()?;
        Some((assignment.unit, &self.config.layers[assignment.unit]))
    }

    /// The layers of a member, at most one of each stack: what said so, and the layer.
    pub fn layers_of(&self, node: NodeId) -> impl Iterator<Item = (Assignment, &'c Layer)> {
        let assigned = self.layer_of.iter().filter_map(move |stack| *stack.get(node.index())?);
        assigned.map(|assignment| (assignment, &self.config.layers[assignment.unit]))
    }

    /// Whether `may-use` of the context `from` lists a crate of the context `to`: the whole context, or a face that holds
    /// it.
    #[must_use]
    pub fn lists(&self, from: usize, to: usize, node: NodeId) -> bool {
        let user = &self.contexts[from];
        let part = user.parts.get(&to);
        user.may_use.as_ref().is_some_and(|list| list.contains(&to))
            && part.is_none_or(|crates| crates.contains(node.index()))
    }

    /// Whether a crate of the context `to` is public to the context `from`.
    #[must_use]
    pub fn opens(&self, to: usize, from: usize, node: NodeId) -> bool {
        let open = &self.contexts[to].open;
        let besides = open.public_to.get(&from);
        open.face.as_ref().is_none_or(|face| face.contains(node.index()))
            || besides.is_some_and(|crates| crates.contains(node.index()))
    }

    /// The context of a member, with its position; none for externals and unassigned members.
    #[must_use]
    pub fn context(&self, node: NodeId) -> Option<(usize, &'c Context)> {
        let assignment = self.context_of.get(node.index())?.as_ref()?;
        Some((assignment.unit, &self.config.contexts[assignment.unit]))
    }
}

/// The members of a unit.
fn positions(assigned: &[Option<Assignment>], unit: Option<usize>) -> impl Iterator<Item = usize> {
    let of = move |assignment: &Option<Assignment>| unit.is_some() && assignment.map(|a| a.unit) == unit;
    let members = assigned.iter().enumerate();
    members
        .filter(move |(_, assignment)| of(assignment))
        .map(|(member, _)| member)
}
