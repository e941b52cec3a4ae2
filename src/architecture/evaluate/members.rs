//! Selectors that select members: by name, directory, metadata and facts.

use super::{Evaluator, Manner, Selected};
use crate::config::nearest::{nearest, quoted};
use crate::config::selector::Fact;
use crate::error::{Problem, ProblemKind};
use crate::graph::Edge;
use crate::source::{Sources, Span};
use crate::workspace::{Member, NodeId, Workspace, targets};

impl Evaluator<'_> {
    /// A member by its exact name.
    pub(super) fn exact_member(&mut self, selected: &mut Selected, name: &str, span: Span, manner: Manner) {
        if let Some(node) = self.member(name, span, manner) {
            selected.selection.insert(node.index());
            selected.exact.insert(node.index());
        } else {
            selected.may_be_empty = true;
        }
    }

    /// The members next to one: those that it uses, or those that use it.
    pub(super) fn neighbours(&mut self, selected: &mut Selected, name: &str, span: Span, manner: Manner, used: bool) {
        let Some(node) = self.member(name, span, manner) else {
            selected.may_be_empty = true;
            return;
        };
        let members = self.workspace().members.len();
        let workspace = self.workspace();
        let declared = |edge: &&Edge| workspace.module(edge.from).is_none() && workspace.module(edge.to).is_none();
        let edges = self.graph.edges().map(|(_, e)| e).filter(declared);
        if used {
            let to = edges.filter(|e| e.from == node).map(|e| e.to.index());
            selected.selection.extend(to.filter(|to| *to < members));
        } else {
            let from = edges.filter(|e| e.to == node).map(|e| e.from.index());
            selected.selection.extend(from);
        }
    }

    /// The member of this name; a problem where there is none and one is due.
    fn member(&mut self, name: &str, span: Span, manner: Manner) -> Option<NodeId> {
        let workspace = self.workspace();
        let found = workspace.member_named(name);
        if found.is_none() && !manner.allow_empty {
            self.problems.push(no_member(workspace, name, span));
        }
        found
    }

    /// A directory that was written out must be a member's.
    pub(super) fn directory_must_exist(&mut self, selected: &mut Selected, path: &str, span: Span, manner: Manner) {
        if !selected.selection.is_clear() || manner.allow_empty {
            return;
        }
        selected.may_be_empty = true;
        let members = self.workspace().packages();
        let message = format!("no member lies in `{path}`");
        let below = members.iter().filter(|m| m.directory.starts_with(&format!("{path}/")));
        let problem = Problem::new(ProblemKind::Config, message);
        let problem = match (
            below.count(),
            nearest(path, members.iter().map(|m| m.directory.as_str())),
        ) {
            (0, Some(near)) => problem.at(span, format!("did you mean `path:{near}`?")),
            (0, None) => problem
                .at(span, "no such member")
                .help("directories are relative to the workspace root; `cargo boundaries list` shows them"),
            (below, _) => problem
                .at(span, format!("{below} members lie below it"))
                .help(format!("`path:{path}/**` selects what lies below `{path}`")),
        };
        self.problems.push(problem);
    }
}

/// What to say of a name that no member has.
pub(super) fn no_member(workspace: &Workspace, name: &str, span: Span) -> Problem {
    let names = workspace.packages().iter().map(|m| m.name.as_str());
    let shown = quoted(name);
    if workspace.external_named(name).is_some() {
        let message = format!("no member is called {shown}; it is an external: write `external:{name}`");
        return Problem::new(ProblemKind::Config, message).at(span, "an external");
    }
    let problem = Problem::new(ProblemKind::Config, format!("no member is called {shown}"));
    let in_directory = |m: &&Member| m.directory.rsplit('/').next() == Some(name);
    let problem = if let Some(near) = nearest(name, names) {
        problem.at(span, format!("did you mean `{near}`?"))
    } else if let Some(member) = workspace.members.iter().find(in_directory) {
        problem.at(
            span,
            format!("the package in `{}` is called `{}`", member.directory, member.name),
        )
    } else {
        problem.at(span, "not a member of this workspace")
    };
    match name.len() {
        ..100 => problem.help(format!("to keep a retired crate out for good write `{name}?`")),
        _ => problem.help("to keep a retired crate out for good write `?` behind its name"),
    }
}

/// Whether `[package.metadata]` holds `value`, as text, at this path, or a list that contains it.
pub(super) fn metadata_holds(metadata: &serde_json::Value, path: &[String], value: &str) -> bool {
    let mut at = metadata;
    for key in path {
        match at.get(key) {
            Some(below) => at = below,
            None => return false,
        }
    }
    match at {
        serde_json::Value::Array(list) => list.iter().any(|v| text_is(v, value)),
        other => text_is(other, value),
    }
}

fn text_is(json: &serde_json::Value, value: &str) -> bool {
    match json {
        serde_json::Value::String(text) => text == value,
        serde_json::Value::Bool(flag) => value == if *flag { "true" } else { "false" },
        serde_json::Value::Number(number) => value == number.to_string().as_str(),
        _ => false,
    }
}

/// What `is:` asks.
pub(super) fn is(sources: &Sources, member: &Member, fact: Fact) -> bool {
    match fact {
        Fact::Published => member.published,
        Fact::Private => !member.published,
        Fact::DefaultMember => member.built_by_default,
        Fact::Links => member.links.is_some(),
        Fact::ProcMacro => targets::facts(member, sources).proc_macro,
        Fact::Bin => targets::facts(member, sources).bin,
        Fact::Lib => targets::facts(member, sources).lib,
        Fact::BuildScript => targets::facts(member, sources).build_script,
    }
}
