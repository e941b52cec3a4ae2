//! Infers an architecture from a workspace as it is: layers, contexts and owners of third-party crates that hold today and
//! say something of tomorrow. Nothing here reads or writes; `init` does, and judges the proposal before it writes it.

use std::collections::BTreeSet;

use crate::workspace::Workspace;
use crate::workspace::targets::TargetFacts;

mod contexts;
mod declared;
mod describe;
mod externals;
mod hexagon;
mod layers;
mod names;
mod odd;
mod patterns;
mod stack;
mod terrain;
#[cfg(test)]
pub(crate) mod tests;
mod text;

pub use text::text;

use terrain::{Odd, Terrain};

/// What shapes a proposal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Preset {
    /// Whatever the workspace shows: layers, and contexts where folders or names draw some.
    #[default]
    Shown,
    /// Layers alone.
    Layers,
    /// Contexts, and of layers only the programs on top.
    Contexts,
    /// Adapters, application and domain, by the names that are usual for them.
    Hexagonal,
    /// The programs on top, what all stand on at the bottom, the rest between.
    Minimal,
}

/// A proposed boundaries.toml.
#[derive(Clone, Debug, Default)]
pub struct Proposal {
    /// Highest first.
    pub layers: Vec<Layer>,
    /// By name.
    pub contexts: Vec<Context>,
    /// An external and the member, or the context, that alone uses it.
    pub externals: Vec<(String, String)>,
    /// Whether crates form no cycle today once dev-dependencies count.
    pub acyclic_with_dev: bool,
    /// Whether the members, or their names, tell the layers: they stand though more edges break them.
    pub declared: bool,
    /// Whether some members are in no layer.
    pub some_unassigned: bool,
    /// Why there are no layers, where there are none.
    pub no_layers: &'static str,
    /// Why there are no contexts, where there are none.
    pub no_contexts: &'static str,
}

/// A proposed layer.
#[derive(Clone, Debug, Default)]
pub struct Layer {
    /// Its name.
    pub name: String,
    /// The stack that it stands in, where that is not the one without a name.
    pub stack: Option<String>,
    /// The layer whose rank it shares.
    pub beside: Option<String>,
    /// Its selectors.
    pub crates: Vec<String>,
    /// Whether it takes every member that no other layer selects.
    pub rest: bool,
    /// What a reader should know of it.
    pub remark: String,
    /// Why it is one, for whoever runs `init`.
    pub why: String,
    /// Its members, by position.
    pub members: Vec<usize>,
}

/// A proposed context.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// Its name.
    pub name: String,
    /// Its selectors.
    pub crates: Vec<String>,
    /// Its members that others use, where that is not all of it.
    pub public: Option<Vec<String>>,
    /// The contexts that it uses, where they are few.
    pub may_use: Option<Vec<String>>,
    /// `shared-kernel`, `composition-root` or none.
    pub kind: Option<&'static str>,
    /// Its members, by position.
    pub members: Vec<usize>,
}

/// What inference leaves out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leave {
    /// Few edges that contradict what the folders say: they are for the baseline.
    Odd,
    /// Nothing: every edge fits.
    Nothing,
}

/// Infers an architecture. `facts` says of each member what it builds.
#[must_use]
pub fn infer(workspace: &Workspace, facts: &[TargetFacts], preset: Preset, leave: Leave) -> Proposal {
    let patterns = patterns::patterns(workspace);
    let odd = match leave {
        Leave::Odd => odd::odd(workspace, &patterns),
        Leave::Nothing => Odd::new(),
    };
    let terrain = Terrain::new(workspace, facts, &odd);
    let declared = declared::layers(&terrain).filter(|_| preset != Preset::Hexagonal);
    let declares_layers = declared.is_some();
    let layers = declared.unwrap_or_else(|| layers::layers(&terrain, &patterns, preset));
    let contexts = match declared::contexts(workspace) {
        Some(contexts) => Ok(contexts),
        None => contexts::contexts(&terrain, &patterns, &layers, preset),
    };
    let (contexts, no_contexts) = match contexts {
        Ok(contexts) => (contexts, ""),
        Err(why) => (Vec::new(), why),
    };
    let placed: BTreeSet<usize> = layers.iter().flat_map(|layer| &layer.members).copied().collect();
    Proposal {
        externals: externals::owners(&terrain, &contexts),
        acyclic_with_dev: acyclic_with_dev(workspace),
        no_layers: no_layers(&terrain),
        declared: declares_layers || preset == Preset::Hexagonal,
        some_unassigned: !layers.is_empty() && placed.len() < workspace.members.len(),
        layers,
        contexts,
        no_contexts,
    }
}

fn no_layers(terrain: &Terrain<'_>) -> &'static str {
    if terrain.uses.iter().all(terrain::Set::is_clear) {
        "no crate uses another"
    } else {
        "the crates show no order"
    }
}

/// A proposal that holds of every workspace that cargo accepts: no layers, only the rule against cycles of crates.
#[must_use]
pub fn bare(workspace: &Workspace) -> Proposal {
    Proposal {
        acyclic_with_dev: acyclic_with_dev(workspace),
        no_layers: "none was found that holds",
        no_contexts: "none was found that holds",
        ..Proposal::default()
    }
}

/// How many edges between members a build needs.
#[must_use]
pub fn edge_count(workspace: &Workspace) -> usize {
    terrain::build_edges(workspace).len()
}

impl Proposal {
    /// The same without contexts and owners of externals.
    #[must_use]
    pub fn only_layers(self) -> Self {
        Self {
            contexts: Vec::new(),
            externals: Vec::new(),
            no_contexts: "none was found that holds",
            ..self
        }
    }

    /// What a preset asks for and the workspace does not show.
    #[must_use]
    pub fn missing(&self, preset: Preset) -> Option<&'static str> {
        match preset {
            Preset::Contexts if self.contexts.is_empty() => Some(self.no_contexts),
            Preset::Hexagonal if self.layers.is_empty() => Some(
                "no crate is called, or lies in a folder called, `domain` or `model`, with adapters as `web` or `store` around it",
            ),
            Preset::Layers | Preset::Minimal if self.layers.is_empty() => Some(self.no_layers),
            _ => None,
        }
    }

    /// How many edges a baseline may excuse: where it were more, the layers would be the wrong ones.
    #[must_use]
    pub fn most_excused(&self, workspace: &Workspace) -> usize {
        let edges = edge_count(workspace);
        // What a team declared is not wrong because it is broken.
        if self.declared { edges / 5 } else { 3 + edges / 40 }
    }
}

impl Context {
    /// Why it is one.
    #[must_use]
    pub fn why(&self) -> &'static str {
        match (self.kind, &self.public) {
            (Some("composition-root"), _) => "the programs: they put the contexts together",
            (Some(_), _) => "nearly all others use it, and it uses none",
            (None, Some(_)) => "others use a part of it",
            (None, None) => "others use all of it",
        }
    }
}

fn acyclic_with_dev(workspace: &Workspace) -> bool {
    let mut successors = vec![Vec::new(); workspace.members.len()];
    for (from, member) in workspace.members.iter().enumerate() {
        let between = member.dependencies.iter().filter(|d| !workspace.is_external(d.to));
        successors[from].extend(between.map(|d| d.to.index()).filter(|to| *to != from));
    }
    crate::graph::cycles::cycles(&successors).is_empty()
}
