//! Puts modules among the members where rules name some: then, and only then, a check reads source.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use fixedbitset::FixedBitSet;

use super::read::Read;
use crate::architecture::{Architecture, BoundRule};
use crate::code::{self, Aim, Cache, Code, Pace, Unread};
use crate::config::{Config, Demand, Rule};
use crate::error::{Problem, ProblemKind};
use crate::graph::Graph;
use crate::source::Sources;
use crate::units::{self, Wanted};
use crate::workspace::{NodeId, Workspace};

/// The workspace as the rules of a configuration see it: with the modules of the packages into which one of them looks, and
/// of those whose public items one of them judges. None where no rule does either.
///
/// # Errors
/// A source file that has to be read to judge cannot be read.
pub(super) fn expanded(
    workspace: &Workspace,
    config: &Config,
    sources: &mut Sources,
) -> Result<Option<Workspace>, Vec<Problem>> {
    let wanted = wanted(workspace, config, sources);
    if wanted.is_clear() {
        return Ok(None);
    }
    let mut readers = units::readers(workspace, &wanted.split);
    readers.extend(units::shown_through(workspace, &wanted.exposing));
    let aim = if wanted.exposing.is_clear() {
        Aim::References
    } else {
        Aim::Exposures
    };
    let code = source(workspace, &readers, aim, sources);
    let problems: Vec<Problem> = code.unread.iter().map(|unread| problem(workspace, unread)).collect();
    if problems.is_empty() {
        let mut expanded = units::expand(workspace, &code, &wanted, config.settings.facades);
        let unseen = wanted
            .split
            .ones()
            .filter_map(|member| unseen(workspace, &code, NodeId::new(member)));
        expanded.notes.extend(unseen);
        Ok(Some(expanded))
    } else {
        Err(problems)
    }
}

/// The packages of which rules want the modules.
pub(crate) fn wanted(workspace: &Workspace, config: &Config, sources: &Sources) -> Wanted {
    let globs = config.modules_named();
    let named = workspace.members.iter().enumerate();
    let named = named.filter(|(_, member)| globs.iter().any(|glob| glob.is_of(&member.name)));
    let mut split = FixedBitSet::with_capacity(workspace.members.len());
    split.extend(named.map(|(index, _)| index));
    let exposing = exposing(workspace, config, &split, sources);
    Wanted { split, exposing }
}

/// The packages whose public items a rule judges: those that it names, and those whose modules can be meant. What is wrong
/// with its words is said where the rules are bound.
fn exposing(workspace: &Workspace, config: &Config, named: &FixedBitSet, sources: &Sources) -> FixedBitSet {
    let mut exposing = FixedBitSet::with_capacity(workspace.members.len());
    let judges = |rule: &Rule| matches!(rule.demand, Demand::Exposed { .. });
    if !config.rules.iter().any(judges) {
        return exposing;
    }
    let graph = Graph::new(workspace);
    let (architecture, _) = Architecture::bind_moved(config, &graph, sources, &[]);
    for rule in &architecture.rules {
        if let BoundRule::Exposed { from, .. } = rule {
            exposing.union_with(from);
        }
    }
    exposing.union_with(named);
    exposing
}

/// Reads the source of members, with what the target directory keeps of it.
pub(crate) fn source(workspace: &Workspace, members: &[NodeId], aim: Aim, sources: &mut Sources) -> Code {
    code::read(workspace, members, aim, sources, cache(workspace).as_ref())
}

/// The same references, read at this pace; nothing where it was stopped.
pub(crate) fn source_at(
    pace: &Arc<Pace>,
    workspace: &Workspace,
    members: &[NodeId],
    sources: &mut Sources,
) -> Option<Code> {
    let cache = cache(workspace);
    code::read_at(pace, workspace, members, Aim::References, sources, cache.as_ref())
}

/// Whether the target directory keeps what source says.
pub(crate) fn keeps_source(workspace: &Workspace) -> bool {
    cache(workspace).is_some_and(|cache| cache.is_kept())
}

fn cache(workspace: &Workspace) -> Option<Cache> {
    let elsewhere = std::env::var("CARGO_TARGET_DIR").ok().map(Utf8PathBuf::from);
    let target = elsewhere.as_deref().unwrap_or(Utf8Path::new("target"));
    Cache::of(&workspace.root.join(target))
}

/// What to say of modules of a package into which rules look and that they cannot see; how much else could not be followed
/// is told by the command that the note names.
fn unseen(workspace: &Workspace, code: &Code, member: NodeId) -> Option<String> {
    let (_, unfollowed) = code.unfollowed.iter().find(|(of, _)| *of == member)?;
    let (made, included) = (unfollowed.modules, unfollowed.includes);
    let count = made + included;
    let name = workspace.name(member);
    (count > 0).then(|| {
        format!(
            "rules do not see {count} modules and files that only macros of `{name}` name: `cargo boundaries modules {name}` says more"
        )
    })
}

/// What to say of a file without which a rule cannot judge.
fn problem(workspace: &Workspace, unread: &Unread) -> Problem {
    let message = format!("{} {}", unread.path, unread.why);
    let name = workspace.name(unread.member);
    let problem = Problem::new(ProblemKind::Source, message);
    let problem = match unread.place {
        Some(place) => problem.at(place, "here"),
        None => problem,
    };
    problem.help(format!(
        "a rule looks into `{name}`, or has to know what is named through it: its source has to be read"
    ))
}

/// The workspace of a reading as its rules see it, where they look into packages.
///
/// # Errors
/// As [`expanded`].
pub(crate) fn seen_by_rules(read: &mut Read) -> Result<Option<Workspace>, Vec<Problem>> {
    match &read.written {
        Ok(Some(written)) => expanded(&read.workspace, &written.config, &mut read.sources),
        _ => Ok(None),
    }
}

/// Looks into the packages into which the rules of a reading look.
///
/// # Errors
/// As [`expanded`].
pub(super) fn look_into(read: &mut Read, config: &Config) -> Result<Option<Workspace>, Vec<Problem>> {
    let expanded = expanded(&read.workspace, config, &mut read.sources)?;
    Ok(expanded.map(|expanded| std::mem::replace(&mut read.workspace, expanded)))
}
