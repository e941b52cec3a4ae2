//! What the history of its repository tells of a workspace, read once for whoever asks: the commits that count, and beside
//! them who is in which context and whom the crates belong to.

use camino::Utf8Path;

use crate::architecture::Architecture;
use crate::config::{Config, ContextKind};
use crate::error::Problem;
use crate::graph::Graph;
use crate::owners::Owners;
use crate::signals::evidence::Subject;
use crate::signals::history::History;
use crate::signals::history::read::{Repository, Since};
use crate::signals::relations;
use crate::signals::trend::Parts;
use crate::signals::units::Units;
use crate::signals::{SEED, SignalId};
use crate::workspace::{Member, NodeId, Workspace};

/// A history and what is needed to read it.
#[derive(Debug)]
pub(crate) struct Past {
    /// Where it was read.
    pub(crate) repository: Repository,
    /// The crates that it is counted by.
    pub(crate) units: Units,
    /// The commits that count.
    pub(crate) history: History,
    /// For each unit its context, by position in the configuration.
    pub(crate) context_of: Vec<Option<u32>>,
    /// For each member those whom CODEOWNERS names for it, sorted.
    owners: Vec<Vec<String>>,
    /// Whether there is a CODEOWNERS file that could be read.
    owned: bool,
}

/// Reads the history of the repository that a workspace lies in. `facade` says which members only re-export others, and
/// `progress` is told now and then how many commits were read.
///
/// # Errors
/// Git is missing or fails, or the workspace lies in no repository.
pub(crate) fn history(
    graph: &Graph<'_>,
    architecture: Option<&Architecture<'_>>,
    facade: &dyn Fn(&Member) -> bool,
    since: &Since,
    progress: &mut dyn FnMut(usize),
) -> Result<Past, Problem> {
    let repository = Repository::open(&graph.workspace().root)?;
    history_of(repository, graph, architecture, facade, since, progress)
}

/// As [`history`], of a repository that is known.
pub(crate) fn history_of(
    repository: Repository,
    graph: &Graph<'_>,
    architecture: Option<&Architecture<'_>>,
    facade: &dyn Fn(&Member) -> bool,
    since: &Since,
    progress: &mut dyn FnMut(usize),
) -> Result<Past, Problem> {
    let workspace = graph.workspace();
    let units = Units::new(graph, facade);
    let mut history = repository.read(workspace, &units, since, progress)?;
    let context = |node: NodeId| {
        let assigned = architecture?.context_of.get(node.index())?.as_ref()?;
        u32::try_from(assigned.unit).ok()
    };
    let context_of = units.all.iter().map(|unit| context(unit.node)).collect();
    let codeowners = codeowners(repository.top(), &mut history.notes);
    let owners = owners(workspace, &repository, codeowners.as_ref());
    Ok(Past {
        repository,
        units,
        history,
        context_of,
        owners,
        owned: codeowners.is_some(),
    })
}

/// CODEOWNERS; what is wrong with it is said, and keeps nobody from reading a history.
fn codeowners(top: &Utf8Path, notes: &mut Vec<String>) -> Option<Owners> {
    match Owners::read(top) {
        Ok(found) => {
            if let Some((owners, first)) = found
                .as_ref()
                .and_then(|owners| Some((owners, owners.skipped.first()?)))
            {
                let lines = match owners.skipped.len() {
                    1 => "1 line is not GitHub's syntax and is skipped, as GitHub skips it: line".to_owned(),
                    more => format!(
                        "{more} lines are not GitHub's syntax and are skipped, as GitHub skips them, the first is line"
                    ),
                };
                notes.push(format!("{}: {lines} {first}", owners.place));
            }
            found
        }
        Err(error) => {
            notes.push(format!(
                "CODEOWNERS cannot be read, so that nothing is known of owners: {error}"
            ));
            None
        }
    }
}

fn owners(workspace: &Workspace, repository: &Repository, codeowners: Option<&Owners>) -> Vec<Vec<String>> {
    let folders = repository.members(workspace);
    let of = |folder: &[u8]| {
        let folder = String::from_utf8_lossy(folder);
        let mut owners = codeowners.map_or(&[][..], |owners| owners.of_crate(&folder)).to_vec();
        owners.sort_unstable();
        owners.dedup();
        owners
    };
    folders.iter().map(|folder| of(folder)).collect()
}

impl Past {
    /// Those whom CODEOWNERS names for a member, sorted.
    pub(crate) fn owners_of(&self, member: NodeId) -> &[String] {
        self.owners.get(member.index()).map_or(&[], Vec::as_slice)
    }

    /// Whether two members have the same owners, as far as CODEOWNERS names any.
    pub(crate) fn same_owner(&self, one: NodeId, two: NodeId) -> bool {
        self.owners_of(one) == self.owners_of(two)
    }

    /// Asks something of it, with all that is needed to answer.
    pub(crate) fn ask<T>(&self, graph: &Graph<'_>, config: Option<&Config>, of: impl FnOnce(&Subject<'_>) -> T) -> T {
        let contexts = config.map_or(&[][..], |config| &config.contexts);
        let expected_by = |one: u32, other: u32, signal: SignalId| {
            let relation = relations::expected_by(config?, one as usize, other as usize, signal)?;
            Some(relation.as_str().to_owned())
        };
        let same_owner = |one: NodeId, other: NodeId| self.same_owner(one, other);
        of(&Subject {
            graph,
            units: &self.units,
            history: &self.history,
            contexts: contexts.iter().map(|context| context.name.value.clone()).collect(),
            context_of: self.context_of.clone(),
            config,
            expected_by: &expected_by,
            same_owner: &same_owner,
            seed: SEED,
        })
    }

    /// What its commits are sorted by: the contexts of boundaries.toml, composition roots aside, or the crates where it declares none.
    pub(crate) fn parts(&self, config: Option<&Config>) -> Parts {
        let contexts = config.map_or(&[][..], |config| &config.contexts);
        let crates = contexts.is_empty();
        let (names, of_unit): (Vec<String>, Vec<Option<u32>>) = if crates {
            let names = self.units.all.iter().map(|unit| unit.name.clone()).collect();
            (
                names,
                (0u32..).zip(&self.units.all).map(|(unit, _)| Some(unit)).collect(),
            )
        } else {
            let counts = |context: &u32| {
                let context = contexts.get(*context as usize);
                context.is_some_and(|context| context.kind != ContextKind::CompositionRoot)
            };
            let of_unit = self.context_of.iter().map(|context| context.filter(counts)).collect();
            (
                contexts.iter().map(|context| context.name.value.clone()).collect(),
                of_unit,
            )
        };
        let mut parts = Parts {
            crates,
            owners: vec![Vec::new(); names.len()],
            names,
            of_unit,
            ..Parts::default()
        };
        let mut known: Vec<&str> = Vec::new();
        for (unit, part) in self.units.all.iter().zip(&parts.of_unit) {
            // What CODEOWNERS does not say a context may.
            let declared = || {
                part.and_then(|part| contexts.get(part as usize))
                    .map_or(&[][..], |c| &c.owners)
            };
            let owners = match self.owners_of(unit.node) {
                [] => declared(),
                owners => owners,
            };
            parts.owned |= !owners.is_empty();
            let mut numbers: Vec<u32> = owners.iter().map(|owner| number(&mut known, owner)).collect();
            numbers.sort_unstable();
            parts.unit_owners.push(numbers);
            if let Some(of) = part.and_then(|part| parts.owners.get_mut(part as usize)) {
                of.extend(owners.iter().cloned());
            }
        }
        for owners in &mut parts.owners {
            owners.sort_unstable();
            owners.dedup();
        }
        parts.owned |= self.owned;
        parts
    }
}

/// The number of a name, which is taken in where it is new.
fn number<'n>(known: &mut Vec<&'n str>, name: &'n str) -> u32 {
    let position = known.iter().position(|other| *other == name).unwrap_or_else(|| {
        known.push(name);
        known.len() - 1
    });
    u32::try_from(position).unwrap_or(u32::MAX)
}
