//! Infers an architecture from a workspace as it is: layers, contexts and owners of third-party crates that hold today and
//! say something of tomorrow. Nothing here reads or writes; `init` does, and judges the proposal before it writes it.

use crate::workspace::Workspace;
use crate::workspace::targets::TargetFacts;

mod contexts;
mod describe;
mod externals;
mod layers;
mod names;
mod odd;
mod patterns;
mod stack;
mod terrain;
#[cfg(test)]
mod tests;
mod text;

pub use text::text;

use terrain::Terrain;

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
}

/// A proposed layer.
#[derive(Clone, Debug, Default)]
pub struct Layer {
    /// Its name.
    pub name: String,
    /// The layer whose rank it shares.
    pub beside: Option<String>,
    /// Its selectors.
    pub crates: Vec<String>,
    /// Whether it takes every member that no other layer selects.
    pub rest: bool,
    /// What a reader should know of it.
    pub remark: String,
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

/// Infers an architecture. `facts` says of each member what it builds.
#[must_use]
pub fn infer(workspace: &Workspace, facts: &[TargetFacts], preset: Preset) -> Proposal {
    let patterns = patterns::patterns(workspace);
    let odd = odd::odd(workspace, &patterns);
    let terrain = Terrain::new(workspace, facts, &odd);
    let layers = layers::layers(&terrain, &patterns, preset);
    let contexts = contexts::contexts(&terrain, &patterns, &layers, preset);
    Proposal {
        externals: externals::owners(&terrain, &contexts),
        acyclic_with_dev: acyclic_with_dev(workspace),
        layers,
        contexts,
    }
}

/// A proposal that holds of every workspace that cargo accepts: no layers, only the rule against cycles of crates.
#[must_use]
pub fn bare(workspace: &Workspace) -> Proposal {
    Proposal {
        acyclic_with_dev: acyclic_with_dev(workspace),
        ..Proposal::default()
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

