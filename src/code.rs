//! What the source of members says: their modules, and who names whom. One reader for the rules on modules, for the
//! evidence of findings on crates, and for the signals.
//!
//! Every file is read on its own to [`facts`], which depend on its text alone and are cached by it. `tree` joins the
//! files of a target by their `mod`s, `names` and `resolve` look paths up as rustc does, and `references` and `exposed`
//! say what came of it. Nothing is guessed: what does not resolve to a module of a member or to a dependency that the
//! manifest declares says nothing, and what could not be followed is counted.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use crate::source::{Sources, Span};
use crate::workspace::{DependencyKind, NodeId, Workspace};

mod cache;
mod exposed;
mod extract;
mod facts;
mod hash;
mod load;
mod names;
mod pace;
mod prelude;
mod query;
mod references;
mod resolve;
mod sound;
mod store;
mod symbols;
#[cfg(test)]
mod tests;
mod tree;
mod units;

pub use cache::Cache;
pub use extract::STACK;
pub use pace::Pace;

/// What the source of some members says.
#[derive(Debug, Default)]
pub struct Code {
    /// Sorted by member, then path. Every member that was read has at least its root.
    pub modules: Vec<Module>,
    /// Sorted by from, to, kind, then place; no two alike.
    pub references: Vec<Reference>,
    /// What public items show of others, where those were asked for. Sorted by place.
    pub exposures: Vec<Exposure>,
    /// Files that could not be read or parsed, with why and where. Sorted by place.
    pub unread: Vec<Unread>,
    /// By member: what could not be followed.
    pub unfollowed: Vec<(NodeId, Unfollowed)>,
}

/// Names a module: its position in [`Code::modules`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ModuleId(u32);

impl ModuleId {
    /// The module at this position.
    #[must_use]
    pub fn new(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// Its position.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A module of a member. The targets of a package share one tree: `a` of the library and `a` of a binary are one module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Module {
    /// The member that it belongs to.
    pub member: NodeId,
    /// Empty for the root, `domain::order` below it.
    pub path: String,
    /// The module that declares it; none for the root.
    pub parent: Option<ModuleId>,
    /// Its name in its `mod` declaration; for the root the start of its first root file.
    pub place: Span,
    /// Normal where a normal target reaches it outside of `cfg(test)`, else build, else dev.
    pub kind: DependencyKind,
    /// Whether every step from the root is `pub`.
    pub public: bool,
}

/// What a reference leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    /// A module of a member that was read.
    Module(ModuleId),
    /// A member that was not read, or an external: a dependency that the manifest declares.
    Package(NodeId),
}

/// One place where code names a module, something in it, or a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Reference {
    /// The module in which it stands.
    pub from: ModuleId,
    /// The module that holds what is named, or that is named itself.
    pub to: Target,
    /// Dev for code for tests, build for the build script, normal for all else.
    pub kind: DependencyKind,
    /// The path as written, without generic arguments; in a `use` with braces, the part behind the last brace.
    pub place: Span,
    /// How it stands there.
    pub form: Form,
    /// Whether `to` is where a re-export that was named leads, rather than what was named.
    pub behind: bool,
}

/// How a path stands in the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Form {
    /// `use`.
    Use,
    /// `pub use` and `pub extern crate`, whatever stands between the parentheses of `pub(…)`.
    Reexport,
    /// A path in an expression, a type, a pattern or a bound, the name of a macro that is called, and an imported name.
    Path,
    /// Among the tokens of a macro's call or definition.
    Macro,
    /// In an attribute: derives, attribute macros and their arguments.
    Attribute,
    /// `extern crate`.
    ExternCrate,
}

/// What a public item shows of another module or package.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Exposure {
    /// Where it is shown.
    pub place: Span,
    /// The module that holds the item.
    pub from: ModuleId,
    /// The item: `Invoice::total`.
    pub item: String,
    /// What holds the shown item.
    pub to: Target,
    /// What is shown, as written: `sqlx::Pool`.
    pub shown: String,
    /// How.
    pub how: Shown,
}

/// How a public item shows another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Shown {
    /// In what a function takes and returns.
    Signature,
    /// As the type of a public field, of a variant's field, of a constant or a static.
    Field,
    /// In a bound, a where clause, a supertrait or `impl Trait`.
    Bound,
    /// As a trait that a public type has.
    Implementation,
    /// As what a type alias or an associated type stands for.
    Alias,
    /// By `pub use`.
    Reexport,
}

/// A file, or a part of one, that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unread {
    /// Where to look: the place in the file that does not parse, or the `mod` whose file is missing. None for a root that
    /// is missing.
    pub place: Option<Span>,
    /// The member whose target needs it.
    pub member: NodeId,
    /// The file, as it is shown.
    pub path: String,
    /// Why, as a phrase that stands behind the file's name: "is not valid UTF-8".
    pub why: String,
}

/// What source is read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aim {
    /// Who names whom.
    References,
    /// That, and [`Code::exposures`].
    Exposures,
}

/// Reads the source of these members, every target from its root, and resolves what it names. Every file that was read
/// is added to `sources`, in an order that depends on the files alone.
#[must_use]
pub fn read(workspace: &Workspace, members: &[NodeId], aim: Aim, sources: &mut Sources, cache: Option<&Cache>) -> Code {
    // Nobody stops this one.
    read_at(&Arc::default(), workspace, members, aim, sources, cache).unwrap_or_default()
}

/// As [`read`], at this pace; nothing where it was stopped.
#[must_use]
pub fn read_at(
    pace: &Arc<Pace>,
    workspace: &Workspace,
    members: &[NodeId],
    aim: Aim,
    sources: &mut Sources,
    cache: Option<&Cache>,
) -> Option<Code> {
    let mut members = members.to_vec();
    members.sort_unstable();
    members.dedup();
    members.retain(|member| !workspace.is_external(*member));
    let mut work = || read_here(pace, workspace, &members, aim, sources, cache);
    // Parsing takes more stack than threads have.
    let code = match rayon::ThreadPoolBuilder::new().stack_size(extract::STACK).build() {
        Ok(pool) => {
            if pool.current_num_threads() > 1 {
                let pace = Arc::clone(pace);
                pool.spawn(move || pace.wait());
            }
            pool.install(work)
        }
        Err(_) => work(),
    }?;
    if let Some(cache) = cache {
        cache.write();
    }
    Some(code)
}

fn read_here(
    pace: &Pace,
    workspace: &Workspace,
    members: &[NodeId],
    aim: Aim,
    sources: &mut Sources,
    cache: Option<&Cache>,
) -> Option<Code> {
    let mut forest = tree::read(pace, workspace, members, sources, cache)?;
    let externs = prelude::Externs::new(workspace, &mut forest);
    let units = units::Units::new(workspace, members, &forest);
    let resolver = resolve::Resolver::new(&forest, externs);
    let named = references::all(&resolver, &units);
    let exposures = match aim {
        Aim::References => Vec::new(),
        Aim::Exposures => exposed::all(&resolver, &units),
    };
    let mut unread = forest.unread.clone();
    unread.sort();
    unread.dedup();
    let mut unfollowed: Vec<(NodeId, Unfollowed)> = forest.unfollowed.clone().into_iter().collect();
    unfollowed.sort_by_key(|(member, _)| *member);
    for (member, counted) in &mut unfollowed {
        counted.globs = named.globs.get(member).copied().unwrap_or(0);
        counted.unknown = named.unknown.get(member).cloned().unwrap_or_default();
    }
    let code = Code {
        modules: units.modules,
        references: named.references,
        exposures,
        unread,
        unfollowed,
    };
    drop(resolver);
    // What files say is many small pieces, which one thread takes a while to give back.
    forest.files.into_par_iter().for_each(drop);
    Some(code)
}

/// What could not be followed in a member's source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unfollowed {
    /// Glob imports from packages and from what was not found: names may come from there that nobody sees.
    pub globs: usize,
    /// Calls of macros among items, whose input is no items: they may define anything.
    pub macros: usize,
    /// Modules that macros make, and whose file was not found.
    pub modules: usize,
    /// `include!` of what is no literal, or is not there.
    pub includes: usize,
    /// Modules under a `cfg` whose file is missing.
    pub absent: usize,
    /// First names of paths that are neither in scope nor declared dependencies: a package whose library has another
    /// name than the package is among these.
    pub unknown: BTreeSet<String>,
}
