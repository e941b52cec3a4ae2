//! One declaration after `[workspace.dependencies]` is looked up.

use camino::Utf8Path;

use super::super::super::{Dependency, NodeId, Origin};
use super::super::patch::canonical;
use super::super::paths;
use super::super::raw::{RawDependency, RawOrigin, RawShared, Specification};
use super::{Context, Declared};
use crate::error::{Problem, ProblemKind};

impl<'a> Context<'a> {
    /// One declaration after inheritance; none where a problem says why not. It takes the declaration apart: most of
    /// it is kept as it is, and there are many.
    pub fn dependency(&mut self, raw: RawDependency) -> Option<Declared> {
        if raw.spec.foreign {
            return None;
        }
        let shared = if raw.spec.workspace {
            Some(self.shared(&raw)?)
        } else {
            None
        };
        let default_features = self.default_features(&raw, shared);
        self.check(&raw, shared.map_or(&raw.spec, |shared| &shared.spec));
        let mut spec = raw.spec;
        let optional = spec.optional;
        let mut directory = self.directory;
        if let (Some(shared), Some(root)) = (shared, self.root) {
            let mut features = shared.spec.features.clone();
            features.append(&mut spec.features);
            spec = Specification {
                features,
                ..shared.spec.clone()
            };
            directory = root.directory;
        }
        let key = raw.key.value;
        let (package, rename) = match spec.package {
            Some(package) if package != key => (package, Some(key)),
            _ => (key, None),
        };
        Some(Declared {
            package,
            dependency: Dependency {
                to: NodeId::new(usize::MAX),
                kind: raw.kind,
                target: raw.target,
                optional,
                rename,
                requirement: spec.version.map(|version| version.value),
                features: spec.features,
                default_features,
                origin: origin(spec.origin, directory),
                key: raw.key.span,
                inherited: shared.map(|shared| shared.key.span),
                uses: None,
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

    /// The requirement, which semver must accept, and an old spelling, which edition 2024 does not.
    fn check(&mut self, raw: &RawDependency, spec: &Specification) {
        if self.edition_2024
            && let Some(span) = spec.underscore
        {
            self.old_spelling(span, "default_features");
        }
        let Some(version) = &spec.version else { return };
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
        }
    }

    /// One name must mean one source, whatever the table and the target.
    pub fn check_sources(&mut self, declared: &[Declared]) {
        for (i, later) in declared.iter().enumerate() {
            // Within one table a name stands once.
            let apart = |a: &Declared| {
                a.dependency.kind != later.dependency.kind || a.dependency.target != later.dependency.target
            };
            let mut before = declared[..i]
                .iter()
                .filter(|earlier| apart(earlier) && earlier.name() == later.name());
            let differs = |earlier: &&Declared| differ(&earlier.dependency.origin, &later.dependency.origin);
            if let Some(earlier) = before.find(differs) {
                let problem = Problem::new(
                    ProblemKind::Workspace,
                    format!("`{}` comes from two different sources", later.name()),
                );
                let problem = problem.at(later.dependency.key, "from here one");
                let problem = problem.at(earlier.dependency.key, "and from here another");
                let help =
                    "give one of them another name, with `package = \"…\"` beside it; cargo wants one source a name";
                self.problems.push(problem.help(help));
            }
        }
    }
}

/// Where a package comes from, with paths seen from the folder of the manifest that says so.
pub fn origin(origin: Option<RawOrigin>, directory: &Utf8Path) -> Origin {
    match origin {
        None => Origin::Registry(None),
        Some(RawOrigin::Path(path)) => Origin::Path(paths::join(directory, &path)),
        Some(RawOrigin::Git(url, reference)) => Origin::Git { url, reference },
        Some(RawOrigin::Registry(registry)) => Origin::Registry(Some(registry).filter(|name| name != "crates-io")),
    }
}

/// Whether cargo takes the two for different sources, as far as the manifests alone can tell: two registries may be
/// one by two names.
fn differ(a: &Origin, b: &Origin) -> bool {
    match (a, b) {
        (Origin::Path(a), Origin::Path(b)) => a != b,
        (Origin::Git { url: a, reference: x }, Origin::Git { url: b, reference: y }) => {
            x != y || canonical(a) != canonical(b)
        }
        (Origin::Registry(_), Origin::Registry(_)) => false,
        _ => true,
    }
}
