//! What a package says once `[workspace.package]` and `[workspace.dependencies]` are looked up: cargo's normalization
//! of a manifest, as far as it bears on the graph.

use camino::{Utf8Path, Utf8PathBuf};

use super::super::{Dependency, NodeId, Origin};
use super::paths;
use super::raw::{
    Inheritable, RawDependency, RawManifest, RawOrigin, RawPackage, RawShared, RawWorkspace, Specification,
};
use crate::error::{Problem, ProblemKind};
use crate::source::{Span, Spanned};

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

/// Reads the package of `raw`, whose manifest lies in `directory`.
pub fn package(raw: &RawManifest, package: &RawPackage, directory: &Utf8Path, root: Option<Root<'_>>) -> Reading {
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
    let declared = raw
        .dependencies
        .iter()
        .filter_map(|raw| context.dependency(raw))
        .collect();
    Reading {
        edition,
        // Cargo treats a package without a version as private.
        published: publish.unwrap_or(package.version.is_some()),
        version,
        declared,
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

    /// One declaration after inheritance; none where a problem says why not.
    fn dependency(&mut self, raw: &RawDependency) -> Option<Declared> {
        if raw.spec.foreign {
            return None;
        }
        let shared = if raw.spec.workspace {
            Some(self.shared(raw)?)
        } else {
            None
        };
        let (spec, directory) = match (shared, self.root) {
            (Some(shared), Some(root)) => (&shared.spec, root.directory),
            _ => (&raw.spec, self.directory),
        };
        if self.edition_2024
            && let Some(span) = spec.underscore
        {
            self.old_spelling(span, "default_features");
        }
        let default_features = self.default_features(raw, shared);
        let mut features = spec.features.clone();
        if shared.is_some() {
            features.extend(raw.spec.features.iter().cloned());
        }
        let key = &raw.key.value;
        Some(Declared {
            package: spec.package.clone().unwrap_or_else(|| key.clone()),
            dependency: Dependency {
                to: NodeId::new(usize::MAX),
                kind: raw.kind,
                target: raw.target.clone(),
                optional: raw.spec.optional,
                rename: spec
                    .package
                    .as_ref()
                    .filter(|package| *package != key)
                    .map(|_| key.clone()),
                requirement: self.requirement(raw, spec),
                features,
                default_features,
                origin: origin(spec, directory),
                key: raw.key.span,
                inherited: shared.map(|shared| shared.key.span),
            },
        })
    }

    /// The entry of `[workspace.dependencies]` that a declaration inherits.
    fn shared(&mut self, raw: &RawDependency) -> Option<&'a RawShared> {
        let key = &raw.key.value;
        let workspace = self.workspace(raw.key.span, key)?;
        let Some(shared) = workspace.dependency(key) else {
            let problem = Problem::new(
                ProblemKind::Workspace,
                format!("`{key}` is inherited, and `[workspace.dependencies]` has no `{key}`"),
            );
            let problem = problem
                .at(raw.key.span, "inherited here")
                .at(workspace.key, "from this workspace");
            let known = workspace.dependencies.iter().map(|d| d.key.value.as_str());
            let near = known.min_by_key(|known| strsim::damerau_levenshtein(known, key));
            let near = near.filter(|near| strsim::damerau_levenshtein(near, key) <= 2);
            self.problems.push(match near {
                Some(near) => problem.help(format!("did you mean `{near}`?")),
                None => problem.help(format!("add `{key}` to `[workspace.dependencies]`")),
            });
            return None;
        };
        (!shared.spec.foreign).then_some(shared)
    }

    /// Cargo's merge: a member can turn default features on, and cannot turn off what the workspace leaves on.
    fn default_features(&mut self, raw: &RawDependency, shared: Option<&RawShared>) -> bool {
        let own = raw.spec.default_features;
        let Some(shared) = shared else {
            return own.unwrap_or(true);
        };
        let theirs = shared.spec.default_features;
        if own == Some(false) && theirs != Some(false) && self.edition_2024 {
            let key = &raw.key.value;
            let problem = Problem::new(
                ProblemKind::Workspace,
                format!("`default-features = false` of `{key}` cannot override the workspace, which leaves them on"),
            );
            let problem = problem
                .at(raw.key.span, "cargo refuses this")
                .at(shared.key.span, "inherited from here");
            let help = "write `default-features = false` in `[workspace.dependencies]`, or not at all";
            self.problems.push(problem.help(help));
        }
        own == Some(true) || theirs.unwrap_or(true)
    }

    /// The requirement, which semver must accept.
    fn requirement(&mut self, raw: &RawDependency, spec: &Specification) -> Option<String> {
        let version = spec.version.as_ref()?;
        if let Err(error) = semver::VersionReq::parse(&version.value) {
            self.problem(
                version.span,
                format!(
                    "`{}` of `{}` is no version requirement: {error}",
                    version.value, raw.key.value
                ),
                "cargo refuses this",
                "write a requirement such as `1.2`",
            );
            return None;
        }
        Some(version.value.clone())
    }
}

/// Where a package comes from, with paths seen from the folder of the manifest that says so.
pub fn origin(spec: &Specification, directory: &Utf8Path) -> Origin {
    match &spec.origin {
        None => Origin::Registry(None),
        Some(RawOrigin::Path(path)) => Origin::Path(path_from(directory, path)),
        Some(RawOrigin::Git(url, reference)) => Origin::Git {
            url: url.clone(),
            reference: reference.clone(),
        },
        Some(RawOrigin::Registry(registry)) => {
            Origin::Registry(Some(registry.clone()).filter(|name| name != "crates-io"))
        }
    }
}

/// A `path` of a manifest in `directory`.
fn path_from(directory: &Utf8Path, path: &str) -> Utf8PathBuf {
    paths::join(directory, path)
}
