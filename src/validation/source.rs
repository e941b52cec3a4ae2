//! What the benchmark of reading source asks of the library (`cargo bench --bench source`).

use std::path::{Path, PathBuf};

use crate::code::{self, Aim};
use crate::pipeline::{self, Options};
use crate::source::Sources;
use crate::workspace::{NodeId, Workspace};

pub use crate::code::STACK;

/// A workspace whose source is to be read.
#[derive(Debug)]
pub struct Source {
    workspace: Workspace,
    sources: Sources,
    members: Vec<NodeId>,
}

impl Source {
    /// Reads the manifests of a workspace.
    ///
    /// # Errors
    /// What is wrong with them, in words.
    pub fn of(workspace: &Path) -> Result<Self, String> {
        let options = Options {
            manifest_path: Some(workspace.join("Cargo.toml")),
            ..Options::default()
        };
        let (workspace, sources) = pipeline::read_workspace(&options).map_err(|error| error.to_string())?;
        Ok(Self {
            members: workspace.member_nodes().collect(),
            workspace,
            sources,
        })
    }

    /// Reads and resolves the source of all members, as a check does that finds nothing in the cache, and gives how many
    /// references there are.
    #[must_use]
    pub fn read(&self) -> usize {
        self.read_into(&mut self.sources.clone())
    }

    /// The files that are read.
    #[must_use]
    pub fn files(&self) -> Vec<PathBuf> {
        let mut sources = self.sources.clone();
        self.read_into(&mut sources);
        let read = sources.files().skip(self.sources.len());
        read.map(|file| file.absolute.clone().into_std_path_buf()).collect()
    }

    fn read_into(&self, sources: &mut Sources) -> usize {
        code::read(&self.workspace, &self.members, Aim::References, sources, None)
            .references
            .len()
    }
}
