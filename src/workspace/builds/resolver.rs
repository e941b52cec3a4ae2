//! Which of cargo's feature resolvers a workspace uses.

use toml::de::DeTable;

use crate::workspace::Workspace;

/// How far a build keeps features apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolver {
    /// Version 1: features are unified over targets, hosts and the dev-dependencies of what is built.
    Unified,
    /// Versions 2 and 3: they are not.
    Apart,
}

impl Resolver {
    /// The resolver that the root manifest asks for, else the one of the root package's edition; without a root package
    /// the first.
    #[must_use]
    pub fn of(workspace: &Workspace, root_manifest: &str) -> Self {
        let asked = DeTable::parse(root_manifest).ok().and_then(|document| {
            let table = document.get_ref();
            let key = |section: &str| {
                let section = table.get(section)?.get_ref().as_table()?;
                Some(section.get("resolver")?.get_ref().as_str()?.to_owned())
            };
            key("workspace").or_else(|| key("package"))
        });
        let root = workspace.members.iter().find(|m| m.manifest == workspace.manifest);
        match (asked.as_deref(), root) {
            (Some("1"), _) | (None, None) => Self::Unified,
            (None, Some(root)) if matches!(root.edition.as_str(), "2015" | "2018") => Self::Unified,
            _ => Self::Apart,
        }
    }
}
