//! Judges a workspace by the boundaries.toml that was read with it: as it was read, or as somebody asks what it would be.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::sync::Arc;

use super::Loaded;
use crate::architecture::{Architecture, Move};
use crate::error::{Error, Problem};
use crate::excuses::Excuses;
use crate::graph::Graph;
use crate::report::Report;
use crate::report::assemble::{Wishes, assemble};
use crate::rules::{Candidate, Case};
use crate::source::Sources;
use crate::workspace::Workspace;
use crate::workspace::lockfile::LockGraph;

/// What is judged.
#[derive(Clone, Debug)]
pub(crate) struct Model<'m> {
    pub(crate) workspace: Cow<'m, Workspace>,
    /// Cargo.lock, where a rule looks at it.
    pub(crate) lock: Option<Cow<'m, LockGraph>>,
    /// Members that are bound elsewhere than boundaries.toml says.
    pub(crate) moves: Vec<Move>,
    /// Whether boundaries.toml may be wrong about it: what lies on disk fits it, what is only asked about need not.
    pub(crate) lenient: bool,
}

/// What the rules said of a model.
pub(crate) struct Judged<'j, 'a, 'w> {
    pub(crate) case: &'j Case<'a, 'w>,
    pub(crate) candidates: &'j [Candidate<'w>],
    pub(crate) report: Report,
    /// Of a lenient model: what boundaries.toml would have to say otherwise.
    pub(crate) misfits: Vec<Problem>,
}

impl Loaded {
    /// The workspace as it was read.
    pub(crate) fn as_read(&self) -> Model<'_> {
        Model {
            workspace: Cow::Borrowed(&self.workspace),
            lock: self.lock.as_ref().map(Cow::Borrowed),
            moves: Vec::new(),
            lenient: false,
        }
    }

    /// The workspace as it was read.
    pub(crate) fn workspace(&self) -> &Workspace {
        &self.workspace
    }

    /// The files that everything points into.
    pub(crate) fn sources(&self) -> &Arc<Sources> {
        &self.sources
    }

    /// The names of the layers or contexts of boundaries.toml.
    pub(crate) fn units(&self, family: &str) -> Vec<&str> {
        let config = &self.written.config;
        match family {
            "layer" => config.layers.iter().map(|l| l.name.value.as_str()).collect(),
            _ => config.contexts.iter().map(|c| c.name.value.as_str()).collect(),
        }
    }

    /// Binds boundaries.toml to the workspace as it was read, and hands on where everything belongs.
    ///
    /// # Errors
    /// boundaries.toml does not fit the workspace.
    pub(crate) fn bound<T>(&self, then: impl FnOnce(&Architecture<'_>) -> T) -> Result<T, Error> {
        let graph = Graph::new(&self.workspace);
        let bound = Architecture::bind(&self.written.config, &graph, &self.sources);
        match bound {
            Ok(architecture) => Ok(then(&architecture)),
            Err(problems) => Err(Error::new(problems, Arc::clone(&self.sources))),
        }
    }

    /// What a run asks of its report.
    pub(crate) fn wishes(&self) -> Wishes {
        self.wishes
    }

    /// Judges every dependency of a model, and hands on what was found while all of it is at hand.
    ///
    /// # Errors
    /// boundaries.toml does not fit a model that is not lenient; or a rule that needs cargo is not decided without it.
    pub(crate) fn judge_model<T>(
        &self,
        model: &Model<'_>,
        wishes: Wishes,
        then: impl FnOnce(Judged<'_, '_, '_>) -> T,
    ) -> Result<T, Error> {
        let written = &self.written;
        let graph = Graph::new(&model.workspace);
        let (architecture, misfits) = Architecture::bind_moved(&written.config, &graph, &self.sources, &model.moves);
        if !model.lenient && !misfits.is_empty() {
            return Err(Error::new(misfits, Arc::clone(&self.sources)));
        }
        let excuses = Excuses::new(&architecture, written.baseline.as_ref());
        let supposed = OnceCell::new();
        let mut case = Case {
            graph: &graph,
            architecture: &architecture,
            excuses: &excuses,
            lock: model.lock.as_deref(),
            builds: None,
        };
        let candidates = self.candidates(&mut case, &self.sources, &supposed)?;
        let sources = Arc::clone(&self.sources);
        let report = assemble(&case, &candidates, written.baseline.as_ref(), sources, wishes);
        Ok(then(Judged {
            case: &case,
            candidates: &candidates,
            report,
            misfits,
        }))
    }
}
