//! `modules CRATE`: the modules of a crate, what their source names of each other, and the cycles among them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::Subject;
use crate::code::{Aim, Code, Module, ModuleId, Unfollowed, Unread};
use crate::error::{Error, Problem, ProblemKind};
use crate::pipeline;
use crate::source::{Location, Sources, Span};
use crate::workspace::{DependencyKind, ModulePlace, NodeId, Workspace};

mod levels;
mod names;
mod tree;

pub(crate) use names::{Asked, asked};

/// The modules of a crate.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[expect(clippy::struct_field_names, reason = "the fields are what the document calls them")]
pub(crate) struct Modules {
    /// The member.
    #[serde(rename = "crate")]
    pub(crate) package: String,
    /// The module below which was looked, by its path from the root; empty for the whole crate.
    pub(crate) below: String,
    /// How many levels of modules are told apart below it; all where null. What lies deeper counts to the module that holds
    /// it.
    pub(crate) depth: Option<usize>,
    /// `layers` and `contexts` where boundaries.toml declares some.
    pub(crate) placed_by: Vec<&'static str>,
    /// Each behind the one that holds it, siblings by name. Those for tests alone are among them.
    pub(crate) modules: Vec<ModuleEntry>,
    /// The cycles, by the module that holds those that use each other.
    pub(crate) cycles: Vec<ModuleCycle>,
    /// What could not be followed.
    pub(crate) unfollowed: NotFollowed,
    /// Files that could not be read.
    pub(crate) unread: Vec<NotRead>,
}

/// A module.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct ModuleEntry {
    /// Its name in boundaries.toml: `mod:CRATE::PATH`.
    pub(crate) name: String,
    /// Its path from the root, which is empty for the root.
    pub(crate) path: String,
    /// `normal`, `build`, or `dev` where it is built for tests alone.
    pub(crate) kind: DependencyKind,
    /// How many modules below it count to it.
    pub(crate) holds: usize,
    /// Where it is declared; of the root, where its source begins.
    pub(crate) place: Location,
    /// Its layer.
    pub(crate) layer: Option<String>,
    /// Its context.
    pub(crate) context: Option<String>,
    /// What it names, most first.
    pub(crate) uses: Vec<ModuleUse>,
}

/// Another module of the crate that a module names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct ModuleUse {
    /// Its path from the root, which is empty for the root.
    pub(crate) path: String,
    /// In how many places, those of tests aside.
    pub(crate) references: usize,
    /// In how many places of tests.
    pub(crate) tests: usize,
}

/// Modules beside each other that use each other, with all below them. Tests are left aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct ModuleCycle {
    /// The path of the module that holds them, which is empty for the root.
    pub(crate) within: String,
    /// The paths of all modules that reach each other, sorted.
    pub(crate) modules: Vec<String>,
    /// A shortest cycle; the last leads back to the first.
    pub(crate) shortest: Vec<String>,
    /// In how many places they name each other.
    pub(crate) references: usize,
    /// What has to go so that no cycle among them is left.
    pub(crate) cut: Vec<Cut>,
    /// Whether no smaller set of references would do; else it was found by a heuristic.
    pub(crate) smallest: bool,
}

/// One module that has to stop naming another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Cut {
    /// The path of the module that names.
    pub(crate) from: String,
    /// The path of the module that is named.
    pub(crate) to: String,
    /// Every place, in order.
    pub(crate) places: Vec<Location>,
}

/// How much of the source could not be followed; there may be more references than are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct NotFollowed {
    /// Glob imports of what is not seen.
    pub(crate) globs: usize,
    /// Calls of macros among items, which may define anything.
    pub(crate) macros: usize,
    /// Modules that macros make, or whose file was not found.
    pub(crate) modules: usize,
    /// `include!` of what is not seen.
    pub(crate) includes: usize,
}

/// A file that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct NotRead {
    /// The file.
    pub(crate) file: String,
    /// Why, as a phrase that stands behind the file's name.
    pub(crate) why: String,
    /// Where to look; null where the file is not there.
    pub(crate) place: Option<Location>,
}

/// Answers; also hands on the files that places point into.
pub(crate) fn modules(subject: &Subject, asked: &Asked) -> Result<Modules, Error> {
    let workspace = subject.bare();
    let mut sources = Sources::clone(subject.sources());
    let code = pipeline::source(workspace, &[asked.member], Aim::References, &mut sources);
    if let Some(problem) = without_root(&code, &sources) {
        return Err(Error::new(vec![problem], sources));
    }
    let below = match names::module(workspace, &code, asked) {
        Ok(below) => below,
        Err(problem) => return Err(Error::new(vec![problem], sources)),
    };
    let references = references(&code, subject.takes_facades());
    let view = tree::View::new(&code, below, asked.depth);
    let placed = placed(subject, workspace, &code)?;
    Ok(Modules {
        package: workspace.name(asked.member).to_owned(),
        below: code.module(below).path.clone(),
        depth: asked.depth,
        placed_by: placed.by,
        modules: view.entries(&references, &|id| {
            let module = code.module(id);
            let (layer, context) = placed.of.get(id.index()).cloned().unwrap_or_default();
            ModuleEntry {
                name: ModulePlace::name(workspace.name(module.member), &module.path),
                path: module.path.clone(),
                kind: module.kind,
                holds: 0,
                place: sources.location(module.place),
                layer,
                context,
                uses: Vec::new(),
            }
        }),
        cycles: levels::cycles(&view, &references, &|span| sources.location(span)),
        unfollowed: unfollowed(&code),
        unread: code.unread.iter().map(|unread| not_read(unread, &sources)).collect(),
    })
}

/// One place where a module names another of the crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Reference {
    pub from: ModuleId,
    pub to: ModuleId,
    /// Whether it is code for tests.
    pub test: bool,
    pub place: Span,
}

/// The places where modules name each other; with `facades` only what is named itself, and not what stands behind it.
fn references(code: &Code, facades: bool) -> Vec<Reference> {
    let mut found = BTreeSet::new();
    for reference in code.references.iter().filter(|r| !(facades && r.behind)) {
        if let crate::code::Target::Module(to) = reference.to {
            found.insert(Reference {
                from: reference.from,
                to,
                test: reference.kind == DependencyKind::Dev,
                place: reference.place,
            });
        }
    }
    found
        .into_iter()
        .filter(|reference| reference.from != reference.to)
        .collect()
}

/// The problem of a crate whose root was not read: then nothing of it is known.
fn without_root(code: &Code, sources: &Sources) -> Option<Problem> {
    let root = code.modules.iter().find(|module| module.path.is_empty());
    let start = root.map(|module| sources.file(module.place.file).path.as_str());
    let is_root = |unread: &&Unread| {
        let nothing_else = unread.place.is_none() && code.modules.len() <= 1;
        start == Some(unread.path.as_str()) || nothing_else
    };
    let unread = code.unread.iter().find(is_root)?;
    let problem = Problem::new(ProblemKind::Source, format!("{} {}", unread.path, unread.why));
    let problem = match unread.place {
        Some(place) => problem.at(place, "here"),
        None => problem,
    };
    Some(problem.help("its modules start there: mend it first"))
}

fn unfollowed(code: &Code) -> NotFollowed {
    let mut all = NotFollowed::default();
    for (
        _,
        Unfollowed {
            globs,
            macros,
            modules,
            includes,
            absent,
            ..
        },
    ) in &code.unfollowed
    {
        all.globs += globs;
        all.macros += macros;
        all.modules += modules + absent;
        all.includes += includes;
    }
    all
}

fn not_read(unread: &Unread, sources: &Sources) -> NotRead {
    NotRead {
        file: unread.path.clone(),
        why: unread.why.clone(),
        place: unread.place.map(|place| sources.location(place)),
    }
}

/// The layer and the context of something.
type Belonging = (Option<String>, Option<String>);

/// Where modules belong.
#[derive(Default)]
struct Placed {
    by: Vec<&'static str>,
    /// In the order of [`Code::modules`]; empty without a boundaries.toml.
    of: Vec<Belonging>,
}

/// The layer and context of every module: its own, where the rules look into the crate, else those of the crate.
fn placed(subject: &Subject, workspace: &Workspace, code: &Code) -> Result<Placed, Error> {
    let Some(loaded) = subject.loaded() else {
        return Ok(Placed::default());
    };
    let nodes: BTreeMap<&str, NodeId> = (subject.workspace().members.iter().enumerate())
        .map(|(index, member)| (member.name.as_str(), NodeId::new(index)))
        .collect();
    loaded.bound(|architecture| {
        let config = architecture.config;
        let belonging = |module: &Module| {
            let name = ModulePlace::name(workspace.name(module.member), &module.path);
            let own = nodes.get(name.as_str());
            let layer = |node| architecture.layers_of(node).next().map(|(_, l)| l.name.value.clone());
            let context = |node| architecture.context(node).map(|(_, c)| c.name.value.clone());
            let divided = |split: &crate::graph::Split| own.copied().filter(|_| split.divides(module.member));
            let splits = &architecture.splits;
            (
                layer(divided(&splits.layers).unwrap_or(module.member)),
                context(divided(&splits.contexts).unwrap_or(module.member)),
            )
        };
        let families = [
            ("layers", config.layers.is_empty()),
            ("contexts", config.contexts.is_empty()),
        ];
        Placed {
            by: families
                .into_iter()
                .filter(|(_, none)| !none)
                .map(|(family, _)| family)
                .collect(),
            of: code.modules.iter().map(belonging).collect(),
        }
    })
}
