//! boundaries.toml, as it was meant: what [`parse`](parse::parse) makes of the text. Names and selectors are still words
//! with places; [`crate::architecture`] binds them to the workspace.

use crate::finding::Level;
use crate::source::{FileId, Spanned};
use crate::workspace::Kinds;
use crate::workspace::builds::FeatureSet;
pub use crate::workspace::engine::EngineChoice;
use crate::workspace::platform::Triple;

mod ask;
pub mod nearest;
pub mod parse;
pub(crate) mod schema;
pub mod selector;
#[cfg(test)]
mod tests;

pub(crate) mod demands;
mod exception;
mod units;

pub use demands::{FeatureBan, Gateway};
pub use exception::{Date, Exception};
use selector::SelectorList;
pub use units::{Context, ContextKind, Declared, Layer, NameList, Part, Relation};

/// The message about what is right but not possible yet: `` `mod:` is not supported yet by 0.1 ``.
pub(crate) fn unsupported(what: &str) -> String {
    format!("`{what}` is not supported yet by {TOOL}")
}

/// This version of the tool, as messages name it.
pub(crate) const TOOL: &str = concat!(env!("CARGO_PKG_VERSION_MAJOR"), ".", env!("CARGO_PKG_VERSION_MINOR"));

/// The whole of a boundaries.toml.
#[derive(Clone, Debug)]
pub struct Config {
    /// The file that it was read from.
    pub file: FileId,
    /// `[settings]`.
    pub settings: Settings,
    /// `[groups]`, in file order.
    pub groups: Vec<Group>,
    /// `[[layers]]`, in file order: highest first.
    pub layers: Vec<Layer>,
    /// `[contexts.NAME]`, in file order.
    pub contexts: Vec<Context>,
    /// The rule tables and the lines of `[externals]`, in file order.
    pub rules: Vec<Rule>,
    /// `[levels]`: by code or by rule name.
    pub levels: Vec<(Spanned<String>, Level)>,
    /// `[[exceptions]]`, in file order.
    pub exceptions: Vec<Exception>,
    /// `[signals]`.
    pub signals: Signals,
}

/// `[signals]`.
#[derive(Clone, Debug, Default)]
pub struct Signals {
    /// `deny`: the signals that fail a run.
    pub deny: Vec<Spanned<String>>,
    /// `months`: how many months of history are read.
    pub months: Option<u32>,
}

impl Config {
    /// Named rules, one for each layer stack, one for the contexts, one a line of `[externals]`.
    #[must_use]
    pub fn rule_count(&self) -> usize {
        self.rules.len() + self.stacks().len() + usize::from(!self.contexts.is_empty())
    }

    /// The stacks that layers are declared in, in the order in which they first appear; none is the main one.
    #[must_use]
    pub fn stacks(&self) -> Vec<Option<&str>> {
        let mut stacks = Vec::new();
        for stack in self.layers.iter().map(Layer::stack_name) {
            if !stacks.contains(&stack) {
                stacks.push(stack);
            }
        }
        stacks
    }
}

/// `[settings]`.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The kinds that rules judge unless they say otherwise.
    pub kinds: Kinds,
    /// `engine`.
    pub engine: EngineChoice,
    /// Whether a member may not name its own layer or context (`member-claims = "deny"`).
    pub deny_member_claims: bool,
    /// Whether a name counts for the module through which it is named alone (`reexports = "facade"`).
    pub facades: bool,
    /// `strict`: members of which the baseline excuses nothing.
    pub strict: Option<SelectorList>,
    /// `[settings.layers]`.
    pub layers: FamilySettings,
    /// `[settings.contexts]`.
    pub contexts: FamilySettings,
    /// `[settings.contexts] public`: the default face of every context.
    pub default_face: Option<SelectorList>,
}

/// What layers and contexts are set alike.
#[derive(Clone, Debug)]
pub struct FamilySettings {
    /// The kinds that the family's rules judge.
    pub kinds: Kinds,
    /// What a member in none of them is; none where the file does not say.
    pub unassigned: Option<Level>,
}

/// A line of `[groups]`.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its name.
    pub name: Spanned<String>,
    /// What it stands for.
    pub selectors: SelectorList,
}

/// A rule table, or a line of `[externals]`.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its name: also the place that findings show.
    pub name: Spanned<String>,
    /// `reason`.
    pub reason: Option<String>,
    /// `help`.
    pub help: Option<String>,
    /// `level`.
    pub level: Option<Level>,
    /// The kinds that it judges (for transitive rules: of the first hop).
    pub kinds: Kinds,
    /// `allow-empty`: its lists may select nothing.
    pub allow_empty: bool,
    /// `optional-dependencies = "ignore"`.
    pub ignore_optional: bool,
    /// `targets`: unset means every target.
    pub targets: Option<Vec<Triple>>,
    /// What it demands.
    pub demand: Demand,
}

/// What a rule demands.
#[derive(Clone, Debug)]
pub enum Demand {
    /// `[[forbidden]]`: `from` (none: every member) may not use `to`.
    Forbidden {
        /// `from`.
        from: Option<SelectorList>,
        /// `to`.
        to: SelectorList,
        /// How far the ban reaches.
        reach: Reach,
    },
    /// `[[allowed]]`: a crate of `from` may use nothing but `to`.
    Allowed {
        /// `from`.
        from: SelectorList,
        /// `to`.
        to: SelectorList,
        /// What the list closes.
        among: Among,
        /// Whether it closes what is used directly, or everything that is reached.
        reach: Reach,
    },
    /// `[[protected]]` and `[externals]`: only `from` and the crates of `to` may use `to`.
    Protected {
        /// `from`.
        from: SelectorList,
        /// `to`.
        to: SelectorList,
    },
    /// `[[independent]]`: parties that may not use each other.
    Independent {
        /// The parties.
        parties: Parties,
        /// How far the ban reaches.
        reach: Reach,
    },
    /// `[[acyclic]]`: no cycle over these units.
    Acyclic {
        /// The units.
        over: Units,
        /// The modules, where it is over modules.
        modules: Option<SelectorList>,
    },
    /// `[[gateway]]`: every path from `from` to `to` passes through `via`.
    Gateway(Gateway),
    /// `[[features]]`: `from` may not turn on these features of `to`.
    Features(FeatureBan),
    /// `[[exposed]]`: public items of `from` (none: every member) may not show types of `to`.
    Exposed {
        /// `from`.
        from: Option<SelectorList>,
        /// `to`.
        to: SelectorList,
    },
}

impl Demand {
    /// How far the rule looks; none where it looks at one dependency and nothing else can be asked of it.
    #[must_use]
    pub fn reach(&self) -> Option<&Reach> {
        match self {
            Self::Forbidden { reach, .. } | Self::Allowed { reach, .. } | Self::Independent { reach, .. } => {
                Some(reach)
            }
            Self::Gateway(gateway) => Some(&gateway.reach),
            Self::Protected { .. } | Self::Acyclic { .. } | Self::Features(_) | Self::Exposed { .. } => None,
        }
    }
}

/// How far a rule looks.
#[derive(Clone, Debug)]
pub enum Reach {
    /// One dependency.
    Direct,
    /// A path of dependencies.
    Transitive {
        /// The kinds of the later hops.
        through: Kinds,
        /// Paths over these do not count.
        not_through: Option<SelectorList>,
        /// `evidence`: what decides whether a path onto an external is there.
        evidence: Evidence,
        /// `features`: with which features it is confirmed.
        features: FeatureSet,
        /// `proc-macros = "ignore"`: paths over proc-macros, and onto them, do not count.
        ignore_proc_macros: bool,
    },
}

/// What decides whether a path onto an external is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// A build of the crate at which it starts.
    Resolved,
    /// Cargo.lock, which shows every path that any build could take.
    Lock,
}

/// What an `[[allowed]]` list closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Among {
    /// Members.
    Workspace,
    /// Externals.
    External,
    /// Both.
    All,
}

/// The parties of an `[[independent]]` rule.
#[derive(Clone, Debug)]
pub enum Parties {
    /// Each crate stands alone.
    Crates(SelectorList),
    /// No crate of one set reaches a crate of another.
    Sets(Vec<SelectorList>),
}

/// What an `[[acyclic]]` rule looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Units {
    /// Contexts.
    Contexts,
    /// Layers.
    Layers,
    /// Crates.
    Crates,
    /// Modules.
    Modules,
}
