//! Lets cargo decide what Cargo.lock leaves open: whether a path is there in a build of the crate at which it starts.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use super::Loaded;
use crate::error::{Error, Problem, ProblemKind};
use crate::rules::{Candidate, Case, PathStep, Subject, judge};
use crate::source::{FileId, Sources};
use crate::workspace::builds::{Builds, Resolver};
use crate::workspace::cargo::{Cargo, Failure};
use crate::workspace::lockfile::LockGraph;

impl Loaded {
    /// What the rules object to. Where Cargo.lock leaves a rule open, cargo is asked, once. `sources` are those that the
    /// case points into.
    ///
    /// Of a revision that has passed cargo is not asked, for it reads what lies on disk: what its Cargo.lock leaves open
    /// is taken not to have been there, so that nothing new is mistaken for something old. Of a workspace that is only
    /// asked about, `supposed` keeps what its builds would be.
    ///
    /// # Errors
    /// Cargo is needed and did not answer: every rule that is left open, with what Cargo.lock shows.
    pub(super) fn candidates<'c, 'w>(
        &'c self,
        case: &mut Case<'c, 'w>,
        sources: &Arc<Sources>,
        supposed: &'c OnceCell<Option<Builds>>,
    ) -> Result<Vec<Candidate<'w>>, Error> {
        let mut candidates = judge(case);
        if !candidates.iter().any(Candidate::is_unconfirmed) {
            return Ok(candidates);
        }
        if self.sources.tree().is_past() && self.builds.get().is_none() {
            candidates.retain(|candidate| !candidate.is_unconfirmed());
            return Ok(candidates);
        }
        let builds = self.builds(case.lock).map_err(|problem| {
            let undecided = undecided(case, &candidates, problem);
            Error::new(undecided, Arc::clone(sources))
        })?;
        let suppose = || builds.supposing(&self.workspace, case.workspace(), case.lock?);
        case.builds = Some(supposed.get_or_init(suppose).as_ref().unwrap_or(builds));
        Ok(judge(case))
    }

    /// What builds of members turn on, as cargo resolves the workspace.
    fn builds(&self, lock: Option<&LockGraph>) -> Result<&Builds, Problem> {
        if let Some(builds) = self.builds.get() {
            return Ok(builds);
        }
        let manifest = self.sources.file(self.workspace.manifest);
        let answer = Cargo::find(self.cargo).resolve(&manifest.absolute, &self.workspace.root);
        let answer = answer.map_err(|failure| match failure {
            Failure::Refused(_) => failure
                .into_problem()
                .help("run `cargo fetch` where there is a network, then check again"),
            Failure::Missing(mut problem) => {
                // What else needs cargo is not what needs it here.
                problem.help.truncate(1);
                problem
            }
            Failure::Broken(problem) => problem,
        })?;
        let resolver = Resolver::of(&self.workspace, &manifest.text);
        let builds = Builds::read(&answer.json, &self.workspace, lock, resolver)?;
        Ok(self.builds.get_or_init(|| Arc::new(builds)))
    }

    /// Takes the builds of today for those of a revision between which no manifest and no Cargo.lock differs.
    pub(super) fn share_builds(&self, then: &Loaded) {
        let bearing = |loaded: &Loaded| -> BTreeMap<String, Arc<str>> {
            let files = (0..loaded.sources.len()).map(|index| loaded.sources.file(FileId::new(index)));
            let bears = |path: &str| matches!(path.rsplit('/').next(), Some("Cargo.toml" | "Cargo.lock"));
            let files = files.filter(|file| bears(file.absolute.as_str()));
            files
                .map(|file| (file.absolute.to_string(), Arc::clone(&file.text)))
                .collect()
        };
        let alike = bearing(self) == bearing(then);
        if let Some(builds) = self.builds.get().filter(|_| alike) {
            then.builds.get_or_init(|| Arc::clone(builds));
        }
    }
}

/// Says of every rule that is left open what Cargo.lock shows, and why that is not decided.
fn undecided(case: &Case<'_, '_>, candidates: &[Candidate<'_>], failure: Problem) -> Vec<Problem> {
    let mut problems = vec![failure];
    let open = || candidates.iter().filter(|candidate| candidate.is_unconfirmed());
    for (index, rule) in case.config().rules.iter().enumerate() {
        let mut of_rule = open().filter(|candidate| candidate.charges.iter().any(|charge| charge.rule == Some(index)));
        let Some(Candidate {
            subject: Subject::Path { steps, to, .. },
            also_affects,
            ..
        }) = of_rule.next()
        else {
            continue;
        };
        let Some(start) = steps.first() else { continue };
        let more = also_affects.len() + of_rule.map(|other| 1 + other.also_affects.len()).sum::<usize>();
        let more = match more {
            0 => String::new(),
            1 => ", and one path more".to_owned(),
            more => format!(", and {more} paths more"),
        };
        let message = format!(
            "rule `{}` is not decided: Cargo.lock shows a path from `{}` to `{to}`{more}, and cargo did not say whether \
             a build has it",
            rule.name.value, start.from
        );
        let problem = Problem::new(ProblemKind::Cargo, message)
            .at(start.span, "the path starts here")
            .at(rule.name.span, "the rule is declared here")
            .help(format!("the path is {}", path(steps)))
            .help("or write `evidence = \"lock\"` in the rule: what Cargo.lock shows is then the verdict, on every machine");
        problems.push(problem);
    }
    problems
}

/// A path on one line.
fn path(steps: &[PathStep]) -> String {
    let mut line = steps.first().map_or(String::new(), |step| format!("`{}`", step.from));
    for step in steps {
        let _ = write!(line, " → `{}`", step.to);
        if let Some(version) = &step.version {
            let _ = write!(line, " {version}");
        }
    }
    line
}
