//! Shows with findings about packages where the source uses what the manifest declares. It is read only where there is
//! something to show.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Loaded, modules};
use crate::code::{Aim, Code};
use crate::finding::{Finding, Status, Usage};
use crate::report::Report;
use crate::source::{Sources, Span, is_rust};
use crate::workspace::{Dependency, DependencyKind, NodeId, Workspace};

/// How many places are shown.
const SHOWN: usize = 3;

/// Adds to every finding that counts where the source of the package at its start names the package behind the first hop. Of
/// others nothing is read for it, which takes ten times as long: what a glob brings from there is not counted.
pub(super) fn annotate(report: &mut Report, today: &Loaded) {
    let workspace = today.bare();
    let subjects: Vec<Option<Subject<'_>>> = report.findings.iter().map(|f| Subject::of(f, workspace)).collect();
    let users: BTreeSet<NodeId> = subjects.iter().flatten().map(|subject| subject.from).collect();
    if users.is_empty() {
        return;
    }
    let users: Vec<NodeId> = users.into_iter().collect();
    let mut sources = Sources::clone(&report.sources);
    let code = modules::source(workspace, &users, Aim::References, &mut sources);
    for (finding, subject) in report.findings.iter_mut().zip(subjects) {
        let Some(subject) = subject else { continue };
        let places = places(&code, &subject);
        if places.is_empty() && is_unused(&subject, workspace, &code, &sources) {
            finding.help.insert(0, unused(&subject, workspace));
        }
        finding.usage = Some(Usage {
            references: places.len(),
            places: shown(&places)
                .into_iter()
                .map(|place| sources.location(place))
                .collect(),
        });
    }
    report.sources = Arc::new(sources);
}

/// What a finding is about, where that is a declared dependency.
struct Subject<'w> {
    from: NodeId,
    dependency: &'w Dependency,
}

impl<'w> Subject<'w> {
    fn of(finding: &Finding, workspace: &'w Workspace) -> Option<Self> {
        if finding.status != Status::Active || finding.usage.is_some() {
            return None;
        }
        let from = workspace.member_named(&finding.hops.first()?.from)?;
        let declared = workspace.member(from)?.dependencies.iter();
        let mut declared = declared.filter(|d| d.key == finding.primary.span);
        Some(Self {
            from,
            dependency: declared.next()?,
        })
    }
}

/// The places, in order, that a declaration serves: a normal one serves tests too, whose places come last. What a package is
/// named for as a mere re-export of another is that other's.
fn places(code: &Code, subject: &Subject<'_>) -> Vec<Span> {
    let kind = subject.dependency.kind;
    let served =
        |place: DependencyKind| place == kind || kind == DependencyKind::Normal && place == DependencyKind::Dev;
    let uses = code.uses(subject.from, subject.dependency.to).into_iter();
    let mut places: Vec<(bool, Span)> = uses
        .filter(|reference| !reference.behind && served(reference.kind))
        .map(|reference| (reference.kind != kind, reference.place))
        .collect();
    places.sort_unstable();
    places.into_iter().map(|(_, span)| span).collect()
}

/// The places to look at: of every file the first, then others, in order.
fn shown(places: &[Span]) -> Vec<Span> {
    let is_first = |place: &Span| places.iter().find(|other| other.file == place.file) == Some(place);
    let (mut first, others): (Vec<Span>, Vec<Span>) = places.iter().partition(|place| is_first(place));
    first.extend(others);
    first.truncate(SHOWN);
    first.sort_unstable();
    first
}

/// Whether nothing in the source of the package can need the dependency: all of it was read and followed, and its name
/// stands nowhere, not even in a comment, where a test of the documentation could use it.
fn is_unused(subject: &Subject<'_>, workspace: &Workspace, code: &Code, sources: &Sources) -> bool {
    if !code.is_followed_whole(subject.from) {
        return false;
    }
    let name = workspace.known_as(subject.dependency).replace('-', "_");
    let member = &workspace.members[subject.from.index()];
    let folder = workspace.root.join(&member.directory);
    let own = sources
        .files()
        .filter(|file| is_rust(&file.path) && file.absolute.starts_with(&folder));
    let mut own = own.peekable();
    own.peek().is_some() && own.all(|file| !has_word(&file.text, &name))
}

/// Whether a word stands in a text.
fn has_word(text: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        !before.is_some_and(part) && !after.is_some_and(part)
    })
}

fn unused(subject: &Subject<'_>, workspace: &Workspace) -> String {
    let from = workspace.name(subject.from);
    let to = workspace.name(subject.dependency.to);
    format!("no source of `{from}` names `{to}`: delete the line, unless it is there for its features")
}
