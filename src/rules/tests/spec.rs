//! Random workspaces with random configurations, as plain data: the text of a boundaries.toml is written from it, and
//! the naive evaluation reads it directly.

use crate::workspace::DependencyKind;

mod generate;
mod run;
mod text;

pub use generate::specs;

/// How many members and externals there are at most.
pub const MEMBERS: usize = 7;
pub const EXTERNALS: usize = 2;

/// A dependency: from a member to a member or, past them, an external.
#[derive(Clone, Debug)]
pub struct Dep {
    pub from: usize,
    pub to: usize,
    pub kind: DependencyKind,
    pub optional: bool,
    /// Position in [`CONDITIONS`].
    pub target: Option<usize>,
    /// Which of [`FEATURES`] it lists.
    pub features: Vec<usize>,
    pub default_features: bool,
}

/// The features that members may have, and that dependencies list.
pub const FEATURES: [&str; 4] = ["default", "f0", "f1", "f2"];

/// What an entry of a feature's list turns on.
#[derive(Clone, Copy, Debug)]
pub enum Entry {
    /// Another feature of the member.
    Own(usize),
    /// A feature of a package that the member may depend on.
    Of(usize, usize),
}

/// For each of [`FEATURES`] what it turns on, where the member has it.
pub type Table = Vec<Option<Vec<Entry>>>;

/// The targets that rules may name.
pub const TRIPLES: [&str; 3] = [
    "x86_64-unknown-linux-gnu",
    "aarch64-apple-darwin",
    "x86_64-pc-windows-msvc",
];

/// Conditions of dependencies, and the positions of the targets on which each can hold.
pub const CONDITIONS: [(&str, &[usize]); 5] = [
    ("cfg(unix)", &[0, 1]),
    ("cfg(all(windows, target_feature = \"avx2\"))", &[2]),
    ("aarch64-apple-darwin", &[1]),
    ("cfg(not(target_vendor = \"apple\"))", &[0, 2]),
    ("cfg(loom)", &[]),
];

#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a key of its own in boundaries.toml"
)]
pub struct Layer {
    /// Of the stack `s`, and not of the main one.
    pub second: bool,
    /// The layer that stands before it, where that is of the same stack.
    pub beside: bool,
    pub closed: bool,
    pub open: bool,
    pub independent: bool,
    /// Which of the lower layers, where it is set.
    pub may_use: Option<Vec<bool>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Bounded,
    Kernel,
    Root,
}

#[derive(Clone, Debug)]
pub struct Context {
    pub kind: Kind,
    /// Which of its own crates, by position among all members, where it is set.
    pub public: Option<Vec<bool>>,
    /// Which of its own crates are public to each context besides.
    pub public_to: Vec<Option<Vec<bool>>>,
    /// For each of two faces, which of the public crates it holds.
    pub faces: Vec<Vec<bool>>,
    pub may_use: Option<Vec<Listed>>,
}

/// What `may-use` says of one context.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listed {
    No,
    Whole,
    Face(usize),
}

#[derive(Clone, Debug)]
pub struct Common {
    pub kinds: Vec<DependencyKind>,
    pub ignore_optional: bool,
    /// Positions in [`TRIPLES`].
    pub targets: Option<Vec<usize>>,
}

#[derive(Clone, Debug)]
pub enum Reach {
    Direct,
    Transitive {
        through: Vec<DependencyKind>,
        not_through: Vec<usize>,
    },
}

#[derive(Clone, Debug)]
pub enum Rule {
    Forbidden {
        common: Common,
        from: Vec<usize>,
        to: Vec<usize>,
        reach: Reach,
    },
    Allowed {
        common: Common,
        from: Vec<usize>,
        to: Vec<usize>,
        among: &'static str,
    },
    Protected {
        common: Common,
        from: Vec<usize>,
        to: Vec<usize>,
    },
    Independent {
        common: Common,
        parties: Vec<Vec<usize>>,
        reach: Reach,
    },
    Acyclic {
        common: Common,
        over: &'static str,
    },
    Gateway {
        common: Common,
        from: Option<Vec<usize>>,
        to: Vec<usize>,
        via: Vec<usize>,
        through: Vec<DependencyKind>,
        not_through: Vec<usize>,
    },
    Features {
        common: Common,
        from: Option<Vec<usize>>,
        to: Vec<usize>,
        /// Which of [`FEATURES`].
        deny: Vec<usize>,
    },
}

#[derive(Clone, Debug)]
pub struct Spec {
    pub members: usize,
    pub deps: Vec<Dep>,
    /// The features of each member.
    pub tables: Vec<Table>,
    pub kinds: Vec<DependencyKind>,
    pub layers: Vec<Layer>,
    /// For each member, at most one layer of each stack.
    pub layer_of: Vec<Vec<usize>>,
    pub contexts: Vec<Context>,
    pub context_of: Vec<Option<usize>>,
    pub rules: Vec<Rule>,
    /// (what it names, from, to, kinds)
    pub exceptions: Vec<(String, usize, usize, Option<DependencyKind>)>,
}

fn strings(names: impl IntoIterator<Item = String>) -> String {
    let quoted: Vec<String> = names.into_iter().map(|n| format!("\"{n}\"")).collect();
    format!("[{}]", quoted.join(", "))
}

fn words(kinds: &[DependencyKind]) -> String {
    strings(kinds.iter().map(ToString::to_string))
}

impl Spec {
    /// The package's name.
    pub fn name(&self, node: usize) -> String {
        match node.checked_sub(self.members) {
            None => format!("m{node}"),
            Some(external) => format!("x{external}"),
        }
    }

    fn selector(&self, node: usize) -> String {
        let prefix = if node < self.members { "" } else { "external:" };
        format!("{prefix}{}", self.name(node))
    }

    fn list(&self, nodes: &[usize]) -> String {
        strings(nodes.iter().map(|node| format!("{}?", self.selector(*node))))
    }

    /// The rule of this name, where it is transitive, with its position.
    pub fn transitive(&self, name: &str) -> Option<(usize, &Rule)> {
        let index: usize = name.strip_prefix('r')?.parse().ok()?;
        let rule = self.rules.get(index)?;
        let transitive = match rule {
            Rule::Forbidden { reach, .. } | Rule::Independent { reach, .. } => {
                matches!(reach, Reach::Transitive { .. })
            }
            Rule::Gateway { .. } => true,
            Rule::Allowed { .. } | Rule::Protected { .. } | Rule::Acyclic { .. } | Rule::Features { .. } => false,
        };
        transitive.then_some((index, rule))
    }

    /// The layers that `may-use` of this one lists: of those that are lower.
    pub fn lower(&self, layer: usize) -> Option<Vec<usize>> {
        let listed = self.layers[layer].may_use.as_ref()?;
        let lower = (0..self.layers.len())
            .filter(|l| self.same_stack(*l, layer) && self.rank(*l) > self.rank(layer) && listed[*l]);
        Some(lower.collect())
    }

    /// What `may-use` of this context says of another. Where it would be refused as of no effect, it says nothing, or
    /// names the whole context.
    pub fn listed(&self, context: usize, other: usize) -> Option<Listed> {
        let user = &self.contexts[context];
        let listed = user.may_use.as_ref().filter(|_| user.kind != Kind::Root)?[other];
        Some(match (listed, self.contexts[other].kind) {
            _ if context == other => Listed::No,
            (Listed::Face(_), Kind::Root) => Listed::Whole,
            (Listed::Face(_), Kind::Kernel) if user.kind != Kind::Kernel => Listed::Whole,
            (listed, _) => listed,
        })
    }

    /// Whether `public` of a context is written and holds a crate, or is not written.
    pub fn in_public(&self, context: usize, member: usize) -> bool {
        let declared = &self.contexts[context];
        let public = declared.public.as_ref().filter(|_| declared.kind != Kind::Root);
        public.is_none_or(|public| public[member])
    }

    /// Whether `public-to` opens a crate of a context to another.
    pub fn opened_to(&self, context: usize, other: usize, member: usize) -> bool {
        let (declared, user) = (&self.contexts[context], &self.contexts[other]);
        let meant = declared.public.is_some() && context != other;
        let meant = meant && declared.kind != Kind::Root && user.kind != Kind::Root;
        meant && declared.public_to[other].as_ref().is_some_and(|crates| crates[member])
    }

    /// Whether a face of a context holds a crate: of those that are public to some context.
    pub fn face_holds(&self, context: usize, face: usize, member: usize) -> bool {
        let own = self.context_of[member] == Some(context);
        let opened = (0..self.contexts.len()).any(|other| self.opened_to(context, other, member));
        own && (self.in_public(context, member) || opened) && self.contexts[context].faces[face][member]
    }

    /// Whether two layers are of one stack.
    pub fn same_stack(&self, a: usize, b: usize) -> bool {
        self.layers[a].second == self.layers[b].second
    }

    /// Whether a layer stands beside the one before it.
    pub fn is_beside(&self, layer: usize) -> bool {
        layer > 0 && self.layers[layer].beside && self.same_stack(layer, layer - 1)
    }

    /// A layer's rank: 0 is the highest of its stack; one beside the layer before it shares that one's.
    pub fn rank(&self, layer: usize) -> usize {
        let own = (0..=layer).filter(|l| self.same_stack(*l, layer) && !self.is_beside(*l));
        own.count() - 1
    }
}
