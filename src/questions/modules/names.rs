//! The crate or module that `modules` is asked about.

use crate::code::{Code, ModuleId};
use crate::config::nearest::{nearest, quoted};
use crate::error::{Problem, ProblemKind};
use crate::questions::member;
use crate::workspace::{ModulePlace, NodeId, Workspace};

/// What was asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    /// The member.
    pub(crate) member: NodeId,
    /// The path of a module of it; empty for all of it.
    pub(crate) path: String,
    /// How many levels of modules are told apart.
    pub(crate) depth: Option<usize>,
}

/// `CRATE`, `CRATE::PATH` or either behind `mod:`, as rules name modules.
pub(crate) fn asked(workspace: &Workspace, word: &str, depth: Option<usize>) -> Result<Asked, Problem> {
    let bare = word.strip_prefix("mod:").unwrap_or(word);
    let (package, path) = bare.split_once("::").unwrap_or((bare, ""));
    // In paths `-` is written `_`.
    let plain = |name: &str| name.replace('-', "_");
    let written_as_path = || {
        workspace
            .packages()
            .iter()
            .position(|m| plain(&m.name) == plain(package))
    };
    let member = match workspace
        .member_named(package)
        .or_else(|| written_as_path().map(NodeId::new))
    {
        Some(member) => member,
        None => member(workspace, package)?,
    };
    Ok(Asked {
        member,
        path: path.to_owned(),
        depth,
    })
}

/// The module of the path that was asked about.
pub(super) fn module(workspace: &Workspace, code: &Code, asked: &Asked) -> Result<ModuleId, Problem> {
    let of_path = |path: &str| code.modules.iter().position(|module| module.path == path);
    if let Some(found) = of_path(&asked.path) {
        return Ok(ModuleId::new(found));
    }
    let package = workspace.name(asked.member);
    let message = format!("`{package}` has no module {}", quoted(&asked.path));
    let problem = Problem::new(ProblemKind::Usage, message);
    let last = |path: &str| path.rsplit("::").next().map(str::to_owned);
    let others = || code.modules.iter().map(|module| module.path.as_str());
    let namesake = || others().find(|other| last(other) == last(&asked.path));
    Err(match nearest(&asked.path, others()).or_else(namesake) {
        Some(near) => {
            let name = ModulePlace::name(package, near);
            problem.help(format!("did you mean `{}`?", name.trim_start_matches("mod:")))
        }
        None => problem.help(format!("`cargo boundaries modules {package}` shows all of them")),
    })
}
