//! What exceptions and the baseline excuse: edges by identity, that is by rule, from, to and kind; never by line and
//! never by level.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::architecture::Architecture;
use crate::baseline::Baseline;
use crate::finding::Code;
use crate::workspace::{DependencyKind, NodeId, Workspace};

/// One end of an edge, as exceptions and the baseline know it.
#[derive(Clone, Debug)]
pub struct End<'a> {
    /// Its position among the members, where it is one.
    pub member: Option<usize>,
    /// The package's name, `external:NAME`, `context:NAME` or `layer:NAME`.
    pub identity: Cow<'a, str>,
}

impl<'a> End<'a> {
    /// A package of the workspace.
    #[must_use]
    pub fn package(workspace: &'a Workspace, node: NodeId) -> Self {
        match workspace.member(node) {
            Some(member) => Self {
                member: Some(node.index()),
                identity: Cow::Borrowed(&member.name),
            },
            None => Self {
                member: None,
                identity: Cow::Owned(workspace.identity(node)),
            },
        }
    }
}

/// What excuses an edge.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excusing {
    /// Positions of the exceptions, in file order.
    pub exceptions: Vec<usize>,
    /// Positions of the baseline's lines.
    pub baseline: Vec<usize>,
    /// Positions of the baseline's lines that would, were the edge's start not strict.
    pub disregarded: Vec<usize>,
}

impl Excusing {
    /// Whether nothing does.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.exceptions.is_empty() && self.baseline.is_empty()
    }
}

/// The exceptions and the baseline of a run, ready to be asked.
#[derive(Debug)]
pub struct Excuses<'a> {
    architecture: &'a Architecture<'a>,
    /// Exceptions by what their `rule` names.
    by_rule: HashMap<&'a str, Vec<usize>>,
    /// The baseline's lines by rule, from, to and kind.
    baseline: HashMap<(&'a str, &'a str, &'a str, DependencyKind), Vec<usize>>,
}

impl<'a> Excuses<'a> {
    /// Joins the exceptions of boundaries.toml and the lines of the baseline.
    #[must_use]
    pub fn new(architecture: &'a Architecture<'a>, baseline: Option<&'a Baseline>) -> Self {
        let mut by_rule: HashMap<&str, Vec<usize>> = HashMap::new();
        for (index, exception) in architecture.config.exceptions.iter().enumerate() {
            by_rule.entry(&exception.rule.value).or_default().push(index);
        }
        let mut lines: HashMap<_, Vec<usize>> = HashMap::new();
        for (index, line) in baseline.iter().flat_map(|b| b.lines.iter().enumerate()) {
            let identity = (line.rule.as_str(), line.from.as_str(), line.to.as_str(), line.kind);
            lines.entry(identity).or_default().push(index);
        }
        Self {
            architecture,
            by_rule,
            baseline: lines,
        }
    }

    /// Everything that excuses an edge under a code or a rule's name: also the second of two exceptions, which is not
    /// stale just because the first came before it.
    #[must_use]
    pub fn find(&self, code: Code, rule: &str, from: &End<'_>, to: &End<'_>, kind: Option<DependencyKind>) -> Excusing {
        if self.by_rule.is_empty() && self.baseline.is_empty() {
            return Excusing::default();
        }
        let config = self.architecture.config;
        let mut words = vec![rule];
        words.extend(Some(code.as_str()).filter(|word| *word != rule));
        let named = words
            .iter()
            .filter_map(|word| self.by_rule.get(word))
            .flatten()
            .copied();
        let mut exceptions: Vec<usize> = named
            .filter(|index| {
                let bound = &self.architecture.exceptions[*index];
                kind.is_none_or(|kind| config.exceptions[*index].kinds.contains(kind))
                    && bound.from.names(config, from.member, &from.identity)
                    && bound.to.names(config, to.member, &to.identity)
                    && !bound.means_another_version(from.member, &to.identity, kind)
            })
            .collect();
        exceptions.sort_unstable();
        let line = kind.and_then(|kind| self.baseline.get(&(rule, &*from.identity, &*to.identity, kind)));
        let lines = line.cloned().unwrap_or_default();
        let strict = !lines.is_empty() && self.architecture.is_strict(from.member, &from.identity);
        let (baseline, disregarded) = if strict {
            (Vec::new(), lines)
        } else {
            (lines, Vec::new())
        };
        Excusing {
            exceptions,
            baseline,
            disregarded,
        }
    }

    /// Whether anything does.
    #[must_use]
    pub fn any(&self, code: Code, rule: &str, from: &End<'_>, to: &End<'_>, kind: Option<DependencyKind>) -> bool {
        !self.find(code, rule, from, to, kind).is_empty()
    }
}
