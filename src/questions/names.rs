//! What the words of a question name: members, and packages that are none.

use semver::VersionReq;

use crate::config::nearest::{nearest, quoted};
use crate::error::{Problem, ProblemKind};
use crate::workspace::lockfile::LockGraph;
use crate::workspace::{NodeId, Workspace};

/// A package at the far end of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Package {
    /// Its name.
    pub(crate) name: String,
    /// Where it stands in the workspace; none where no member declares it.
    pub(crate) node: Option<NodeId>,
    /// Whether it is no member.
    pub(crate) external: bool,
    /// The version that was asked for with `@`.
    pub(crate) requirement: Option<String>,
}

/// The member of this name.
pub(crate) fn member(workspace: &Workspace, word: &str) -> Result<NodeId, Problem> {
    if let Some(node) = workspace.member_named(word) {
        return Ok(node);
    }
    let shown = quoted(word);
    let bare = word.strip_prefix("external:").unwrap_or(word);
    if workspace.external_named(bare).is_some() {
        let problem = Problem::new(ProblemKind::Usage, format!("{} is no member", quoted(bare)));
        return Err(problem.help("the question starts at a member: what a third-party crate uses is not ours to allow"));
    }
    let problem = Problem::new(ProblemKind::Usage, format!("no member is called {shown}"));
    Err(suggest(problem, workspace, word, false))
}

/// The package of this name: a member, else an external that a member declares or Cargo.lock holds. `external:NAME`
/// never means a member; where `absent` ones can be asked about, it may be one that nobody uses yet, and `@` says in
/// which version.
pub(crate) fn package(
    workspace: &Workspace,
    lock: Option<&LockGraph>,
    word: &str,
    absent: bool,
) -> Result<Package, Problem> {
    if let Some(node) = workspace.member_named(word) {
        return Ok(Package {
            name: word.to_owned(),
            node: Some(node),
            external: false,
            requirement: None,
        });
    }
    let explicit = word.strip_prefix("external:");
    let (name, requirement) = match explicit.unwrap_or(word).split_once('@') {
        Some((name, version)) => (name, Some(version)),
        None => (explicit.unwrap_or(word), None),
    };
    if let Some(version) = requirement
        && (VersionReq::parse(version).is_err() || !absent)
    {
        let message = format!("{} asks for a version", quoted(word));
        let help = if absent {
            format!("write it as a manifest does: `external:{name}@1.2`")
        } else {
            format!("leave it out: `external:{name}`")
        };
        return Err(Problem::new(ProblemKind::Usage, message).help(help));
    }
    let node = workspace.external_named(name);
    let locked = || lock.is_some_and(|lock| third_parties(lock).any(|third| third == name));
    let known = node.is_some() || locked();
    if known || explicit.is_some() && absent && is_a_name(name) {
        return Ok(Package {
            name: name.to_owned(),
            node,
            external: true,
            requirement: requirement.map(str::to_owned),
        });
    }
    let what = if explicit.is_some() {
        "external"
    } else {
        "member or external"
    };
    let problem = Problem::new(ProblemKind::Usage, format!("no {what} is called {}", quoted(name)));
    let problem = match explicit {
        Some(_) => suggest_external(problem, workspace, lock, name),
        None => suggest(problem, workspace, name, true),
    };
    if absent && explicit.is_none() && is_a_name(name) {
        return Err(problem.help(format!("`external:{name}` asks about an external that nobody uses yet")));
    }
    Err(problem)
}

/// The names of the packages that Cargo.lock holds beside the members.
fn third_parties(lock: &LockGraph) -> impl Iterator<Item = &str> {
    let third = lock.ids().filter(|id| lock.member_of(*id).is_none());
    third.map(|id| lock.package(id).name.as_str())
}

/// What cargo takes for a package's name.
fn is_a_name(name: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    name.len() <= 200 && name.starts_with(|c: char| c.is_alphabetic() || c == '_') && name.chars().all(fits)
}

/// Adds the member that was probably meant: the nearest name, or the one whose folder is called so.
fn suggest(problem: Problem, workspace: &Workspace, word: &str, externals: bool) -> Problem {
    let names = workspace.members.iter().map(|m| m.name.as_str());
    let others = workspace
        .externals
        .iter()
        .map(|e| e.name.as_str())
        .filter(|_| externals);
    let in_folder = workspace
        .packages()
        .iter()
        .find(|m| m.directory.rsplit('/').next() == Some(word));
    if let Some(near) = nearest(word, names.chain(others)) {
        problem.help(format!("did you mean `{near}`?"))
    } else if let Some(member) = in_folder {
        problem.help(format!(
            "the package in `{}` is called `{}`",
            member.directory, member.name
        ))
    } else {
        problem.help("`cargo boundaries list` shows every member")
    }
}

fn suggest_external(problem: Problem, workspace: &Workspace, lock: Option<&LockGraph>, name: &str) -> Problem {
    if workspace.member_named(name).is_some() {
        return problem.help(format!("`{name}` is a member: write it without `external:`"));
    }
    let declared = workspace.externals.iter().map(|e| e.name.as_str());
    let locked = lock.into_iter().flat_map(third_parties);
    match nearest(name, declared.chain(locked)) {
        Some(near) => problem.help(format!("did you mean `external:{near}`?")),
        None => problem.help("`cargo boundaries list` shows what every member depends on"),
    }
}
