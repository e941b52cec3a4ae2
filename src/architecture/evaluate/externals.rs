//! Selectors that select externals: by name, and by version where the requirement says which.

use super::{Evaluator, Externals, Manner, Selected};
use crate::architecture::AbsentExternal;
use crate::architecture::selection::requires;
use crate::config::nearest::nearest;
use crate::config::selector::{Glob, Selector, Version};
use crate::error::{Problem, ProblemKind};
use crate::source::Span;
use crate::workspace::NodeId;

impl Evaluator<'_> {
    /// `external:NAME` and `external:NAME@1`.
    pub(super) fn externals(
        &mut self,
        selected: &mut Selected,
        (glob, version): (&Glob, Option<Version>),
        selector: &Selector,
        manner: Manner,
    ) {
        let span = selector.text.span;
        if manner.externals == Externals::No {
            selected.may_be_empty = true;
            let problem = Problem::new(
                ProblemKind::Config,
                format!("`{}` names an external", selector.text.value),
            )
            .at(span, "only members can stand here");
            self.problems.push(problem);
            return;
        }
        let (workspace, universe) = (self.workspace(), self.universe);
        let (mut there, mut left_open) = (false, false);
        for (slot, node, requirement) in universe.variants() {
            if !glob.matches(workspace.name(node)) {
                continue;
            }
            there = true;
            let fits = version.map_or(Some(true), |v| requirement.and_then(|r| requires(r, v)));
            match fits {
                Some(true) => selected.selection.insert(slot),
                Some(false) => {}
                // Along paths Cargo.lock tells the version.
                None if manner.externals == Externals::Reach => left_open = true,
                None => {
                    left_open = true;
                    self.version_left_open(node, requirement, span);
                }
            }
        }
        selected.may_be_empty = left_open || matches!(manner.externals, Externals::Ban | Externals::Reach);
        if let Some(name) = glob.literal()
            && !there
            && !manner.allow_empty
        {
            selected.may_be_empty = true;
            self.absent_external(name, span, manner);
        }
    }

    /// What is to be said of an external that is not there.
    fn absent_external(&mut self, name: &str, span: Span, manner: Manner) {
        let workspace = self.workspace();
        if workspace.member_named(name).is_some() {
            let problem = Problem::new(ProblemKind::Config, format!("`{name}` is a member, not an external"))
                .at(span, format!("write `{name}`"));
            self.problems.push(problem);
            return;
        }
        if manner.externals == Externals::Reach {
            return;
        }
        if manner.externals == Externals::Permit {
            let problem = Problem::new(
                ProblemKind::Config,
                format!("no member depends on an external `{name}`"),
            );
            let problem = match nearest(name, workspace.externals.iter().map(|e| e.name.as_str())) {
                Some(near) => problem.at(span, format!("did you mean `external:{near}`?")),
                None => problem.at(span, "what is permitted must be there"),
            };
            let problem = problem.help(format!("write `external:{name}?` where it need not be there yet"));
            self.problems.push(problem);
        } else {
            let written = self.sources.file(span.file).text.get(span.range());
            self.absent_externals.push(AbsentExternal {
                bare: written.is_some_and(|written| !written.contains("external:")),
                span,
                name: name.to_owned(),
            });
        }
    }

    /// Says that a requirement does not tell which version is meant, at every declaration that states it.
    fn version_left_open(&mut self, node: NodeId, requirement: Option<&str>, span: Span) {
        let workspace = self.workspace();
        for member in &workspace.members {
            let stating = |d: &&crate::workspace::Dependency| d.to == node && d.requirement.as_deref() == requirement;
            let Some(dependency) = member.dependencies.iter().find(stating) else {
                continue;
            };
            let (user, name) = (&member.name, workspace.name(node));
            let message = format!("which version of `{name}` `{user}` uses cannot be told from its manifest");
            let said = match requirement {
                Some(text) => format!("`{text}` leaves the version open"),
                None => "no version is required here".to_owned(),
            };
            let problem = Problem::new(ProblemKind::Config, message)
                .at(span, "this asks for one version")
                .at(dependency.inherited.unwrap_or(dependency.key), said)
                .help(format!(
                    "require one version of `{name}`, as in `{name} = \"1\"`, or leave the `@` out"
                ));
            self.problems.push(problem);
        }
    }
}
