//! What a package says once `[workspace.package]` and `[workspace.dependencies]` are looked up: cargo's normalization
//! of a manifest, as far as it bears on the graph.

use camino::Utf8Path;

use super::super::{Dependency, Features};
use super::raw::{Inheritable, RawDependency, RawManifest, RawPackage, RawWorkspace};
use crate::error::{Problem, ProblemKind};
use crate::source::{Span, Spanned};

mod dependency;
mod features;

pub use dependency::origin;

/// The workspace that a package inherits from.
#[derive(Clone, Copy)]
pub struct Root<'a> {
    /// The folder of the root manifest.
    pub directory: &'a Utf8Path,
    /// Its `[workspace]`.
    pub workspace: &'a RawWorkspace,
}

/// A package after inheritance, before it is known which of its dependencies are members.
pub struct Reading {
    /// After inheritance; `2015` where none is given.
    pub edition: String,
    /// After inheritance.
    pub version: Option<String>,
    /// Whether it may be published.
    pub published: bool,
    /// In file order.
    pub declared: Vec<Declared>,
    /// `[features]`, with those that optional dependencies imply.
    pub features: Features,
    /// Inheritance that leads nowhere, and what the edition refuses.
    pub problems: Vec<Problem>,
}

/// A dependency, whose `to` is not known yet.
pub struct Declared {
    /// The package's own name.
    pub package: String,
    /// The rest of it.
    pub dependency: Dependency,
}

impl Declared {
    /// The name that the crate uses for it.
    fn name(&self) -> &str {
        self.dependency.rename.as_deref().unwrap_or(&self.package)
    }
}

/// Reads the package of `raw`, whose manifest lies in `directory`, with the dependencies taken out of it.
pub fn package(
    raw: &RawManifest,
    package: &RawPackage,
    dependencies: Vec<RawDependency>,
    directory: &Utf8Path,
    root: Option<Root<'_>>,
) -> Reading {
    let mut context = Context {
        directory,
        root,
        edition_2024: false,
        problems: Vec::new(),
    };
    let edition = context.inherit("edition", package.edition.as_ref(), |w| w.package.edition.as_ref());
    let edition = edition.unwrap_or_else(|| "2015".to_owned());
    context.edition_2024 = !matches!(edition.as_str(), "2015" | "2018" | "2021");
    let version = context.inherit("version", package.version.as_ref(), |w| w.package.version.as_ref());
    let publish = context.inherit("publish", package.publish.as_ref(), |w| w.package.publish.as_ref());
    context.check_edition(package, &edition);
    if publish == Some(true) && package.version.is_none() {
        context.problem(
            package.key,
            "`publish` needs a `version`, which the package lacks".to_owned(),
            "cargo refuses this",
            "add a `version`, or write `publish = false`",
        );
    }
    context.check_keys(raw, package);
    let written = dependencies.len();
    let declared: Vec<Declared> = dependencies
        .into_iter()
        .filter_map(|raw| context.dependency(raw))
        .collect();
    context.check_sources(&declared);
    let features = context.features(raw, &declared, declared.len() == written);
    Reading {
        edition,
        // Cargo treats a package without a version as private.
        published: publish.unwrap_or(package.version.is_some()),
        version,
        declared,
        features,
        problems: context.problems,
    }
}

struct Context<'a> {
    directory: &'a Utf8Path,
    root: Option<Root<'a>>,
    edition_2024: bool,
    problems: Vec<Problem>,
}

impl<'a> Context<'a> {
    fn problem(&mut self, span: Span, message: String, label: &str, help: &str) {
        let problem = Problem::new(ProblemKind::Workspace, message).at(span, label);
        self.problems.push(problem.help(help));
    }

    /// A value of `[package]`, from the root where it says so.
    fn inherit<T: Clone + 'a>(
        &mut self,
        key: &str,
        value: Option<&Inheritable<T>>,
        shared: impl Fn(&'a RawWorkspace) -> Option<&'a Spanned<T>>,
    ) -> Option<T> {
        let span = match value? {
            Inheritable::Value(value) => return Some(value.value.clone()),
            Inheritable::Workspace(span) => *span,
        };
        let workspace = self.workspace(span, key)?;
        if let Some(found) = shared(workspace) {
            return Some(found.value.clone());
        }
        // Where it stands but cannot be read, that is a problem already.
        if !workspace.package_keys.iter().any(|known| known == key) {
            self.missing_key(span, key, workspace);
        }
        None
    }

    /// The workspace to inherit `key` from, or a problem where there is none.
    fn workspace(&mut self, span: Span, key: &str) -> Option<&'a RawWorkspace> {
        if self.root.is_none() {
            self.problem(
                span,
                format!("`{key}` is inherited, and there is no workspace to inherit it from"),
                "inherited here",
                "add the package to the `members` of a workspace above, or write the value here",
            );
        }
        self.root.map(|root| root.workspace)
    }

    fn missing_key(&mut self, span: Span, key: &str, workspace: &RawWorkspace) {
        let problem = Problem::new(
            ProblemKind::Workspace,
            format!("`{key}` is inherited, and `[workspace.package]` has no `{key}`"),
        );
        let problem = problem
            .at(span, "inherited here")
            .at(workspace.key, "from this workspace");
        self.problems
            .push(problem.help(format!("add `{key}` to `[workspace.package]`, or write it here")));
    }

    /// What edition 2024 refuses, and an inherited edition that is none.
    fn check_edition(&mut self, package: &RawPackage, edition: &str) {
        if !matches!(edition, "2015" | "2018" | "2021" | "2024")
            && let Some(Inheritable::Workspace(span)) = package.edition
        {
            let message = format!("the inherited edition `{edition}` is none that this version knows");
            self.problem(
                span,
                message,
                "inherited here",
                "write `2015`, `2018`, `2021` or `2024` in `[workspace.package]`",
            );
        }
        if package.project && self.edition_2024 {
            let message = "`[project]` is not supported as of edition 2024".to_owned();
            self.problem(package.key, message, "cargo refuses this", "write `[package]`");
        }
    }

    /// Other inherited keys of `[package]`, `[lints]`, and old spellings.
    fn check_keys(&mut self, raw: &RawManifest, package: &RawPackage) {
        for key in &package.inherits {
            if let Some(workspace) = self.workspace(key.span, &key.value)
                && !workspace.package_keys.contains(&key.value)
            {
                self.missing_key(key.span, &key.value, workspace);
            }
        }
        if let Some(span) = raw.inherits_lints
            && self.workspace(span, "lints").is_some_and(|workspace| !workspace.lints)
        {
            let message = "`lints` are inherited, and the workspace has no `[workspace.lints]`".to_owned();
            self.problem(
                span,
                message,
                "inherited here",
                "add `[workspace.lints]` to the root manifest, or take this away",
            );
        }
        if self.edition_2024 {
            for old in &raw.old_spellings {
                self.old_spelling(old.span, &old.value);
            }
        }
    }

    fn old_spelling(&mut self, span: Span, old: &str) {
        let new = old.replace('_', "-");
        let message = format!("`{old}` is not supported as of edition 2024");
        self.problem(span, message, "cargo refuses this", &format!("write `{new}`"));
    }
}
