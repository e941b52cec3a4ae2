//! Modules among the members, which stand there where rules name some.

use fixedbitset::FixedBitSet;

use super::{DependencyKind, Member, NodeId, Workspace};
use crate::source::Span;

/// What the name of a module starts with.
pub(super) const PREFIX: &str = "mod:";

/// Where a module stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModulePlace {
    /// The package that it is of.
    pub package: NodeId,
    /// The module that holds it; the root module's is the package.
    pub parent: NodeId,
    /// Its path from the root, `billing::api`; the root's is empty.
    pub path: String,
    /// For what it is built: normal code, or tests, examples and benches alone, or the build script.
    pub kind: DependencyKind,
    /// What its public items show of others, in the order of places; empty where no rule asks for it.
    pub exposed: Vec<Exposed>,
}

/// A place where a public item shows what another module or package holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Exposed {
    /// Where it is shown.
    pub place: Span,
    /// The package that holds what is shown.
    pub to: NodeId,
    /// The module that holds it, where the modules of that package are among the members.
    pub inside: Option<NodeId>,
    /// The item and what it shows, as a sentence: `` `Invoice::total` takes or returns `sqlx::Pool` ``.
    pub says: String,
}

impl ModulePlace {
    /// How deep it stands: 1 for the root, and one more for every module below that.
    #[must_use]
    pub fn depth(&self) -> usize {
        1 + self.path.split("::").filter(|name| !name.is_empty()).count()
    }

    /// The name of a module: `mod:CRATE::PATH`, and `mod:CRATE` for the root.
    #[must_use]
    pub fn name(package: &str, path: &str) -> String {
        match path {
            "" => format!("{PREFIX}{package}"),
            path => format!("{PREFIX}{package}::{path}"),
        }
    }
}

/// Where the source of one module or package names another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uses {
    /// The first places, in order.
    pub places: Vec<Span>,
    /// How many there are.
    pub count: usize,
}

impl Workspace {
    /// Where a node stands, where it is a module.
    #[must_use]
    pub fn module(&self, node: NodeId) -> Option<&ModulePlace> {
        self.member(node)?.module.as_ref()
    }

    /// The package that a node is or is of; none for externals.
    #[must_use]
    pub fn package_of(&self, node: NodeId) -> Option<NodeId> {
        let member = self.member(node)?;
        Some(member.module.as_ref().map_or(node, |module| module.package))
    }

    /// The names of the members of a set, without those that a package or module of the set holds.
    pub fn highest<'s>(&'s self, set: &'s FixedBitSet) -> impl Iterator<Item = &'s str> {
        let members = set.ones().filter_map(|member| self.members.get(member));
        let held = |member: &&Member| {
            member
                .module
                .as_ref()
                .is_some_and(|module| set.contains(module.parent.index()))
        };
        members
            .filter(move |member| !held(member))
            .map(|member| member.name.as_str())
    }

    /// Adds to a set of members every module that is below one of them.
    pub fn with_what_is_below(&self, set: &mut FixedBitSet) {
        // A module stands behind the one that holds it, so that one pass is enough.
        for (index, member) in self.members.iter().enumerate().skip(self.packages().len()) {
            let held = member
                .module
                .as_ref()
                .is_some_and(|module| set.contains(module.parent.index()));
            if held {
                set.insert(index);
            }
        }
    }
}
