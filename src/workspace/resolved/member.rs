//! One member: cargo's facts, the places from its manifest, and what its declarations point at.

use cargo_metadata::{Dependency as Declared, Metadata, Package};

use super::graph::Graph;
use super::pairs::{self, Links, Pairs, pair};
use super::targets::{Members, Target};
use crate::error::{Problem, ProblemKind};
use crate::source::{self, FileId, SourceFile, Sources, Span, Spanned, display_path};
use crate::workspace::manifests::raw::{
    self, RawDependency, RawFeature, RawManifest, RawOrigin, RawShared, RawWorkspace, Specification,
};
use crate::workspace::{Dependency, Features, Member, NodeId, Origin};

const REPORT: &str = "please report this, with the manifest: the places of findings are read from its text";

/// A member whose dependencies are not numbered yet: each has its target beside it.
pub(super) struct ReadMember {
    pub member: Member,
    pub targets: Vec<Target>,
}

pub(super) struct Reader<'a> {
    metadata: &'a Metadata,
    graph: Graph,
    members: Members,
    sources: &'a mut Sources,
    root: Option<(FileId, RawManifest)>,
    problems: Vec<Problem>,
}

impl<'a> Reader<'a> {
    pub fn new(metadata: &'a Metadata, graph: Graph, lock: Option<&str>, sources: &'a mut Sources) -> Self {
        let members = Members::new(metadata, lock);
        let mut reader = Self {
            metadata,
            graph,
            members,
            sources,
            root: None,
            problems: Vec::new(),
        };
        reader.root = reader.parse(&metadata.workspace_root.join("Cargo.toml"));
        reader
    }

    /// The root manifest and every problem that was found.
    pub fn finish(self) -> (Option<FileId>, Vec<Problem>) {
        (self.root.map(|(file, _)| file), self.problems)
    }

    /// Every member that could be read.
    pub fn members(&mut self) -> Vec<ReadMember> {
        let metadata = self.metadata;
        let members = metadata
            .packages
            .iter()
            .filter(|p| metadata.workspace_members.contains(&p.id));
        members.filter_map(|package| self.member(package)).collect()
    }

    fn parse(&mut self, path: &camino::Utf8Path) -> Option<(FileId, RawManifest)> {
        let text = match source::read_text(path) {
            Ok(text) => text,
            Err(error) => {
                let shown = display_path(&self.metadata.workspace_root, path);
                let problem = Problem::new(ProblemKind::Io, format!("`{shown}` cannot be read: {error}"));
                self.problems.push(problem);
                return None;
            }
        };
        let shown = display_path(&self.metadata.workspace_root, path);
        let file = self.sources.add(SourceFile::new(shown, path.to_owned(), text.as_str()));
        let manifest = raw::parse(&text, file);
        // Cargo has read it, so that of the text's own problems only those count that cargo knows nothing of.
        let claims = manifest.package.iter().flat_map(|package| &package.claim_problems);
        self.problems.extend(claims.cloned());
        Some((file, manifest))
    }

    fn member(&mut self, package: &Package) -> Option<ReadMember> {
        let (file, manifest) = match &self.root {
            Some((file, root)) if self.sources.file(*file).absolute == package.manifest_path => (*file, root.clone()),
            _ => self.parse(&package.manifest_path)?,
        };
        let Some(written) = &manifest.package else {
            self.disagree(
                format!(
                    "cargo reads a package `{}` where `{}` has none",
                    package.name, package.manifest_path
                ),
                None,
            );
            return None;
        };
        let Some(links) = self.graph.links(&package.name) else {
            self.disagree(format!("cargo's graph lacks the member `{}`", package.name), None);
            return None;
        };
        let (dependencies, targets) = self.dependencies(package, &manifest, Links::new(links));
        let default_members = &self.metadata.workspace_default_members;
        let folder = package.manifest_path.parent().unwrap_or(&package.manifest_path);
        let member = Member {
            name: package.name.to_string(),
            version: written.version.as_ref().map(|_| package.version.to_string()),
            directory: display_path(&self.metadata.workspace_root, folder),
            manifest: file,
            name_span: written.name.as_ref().map_or(written.key, |name| name.span),
            edition: package.edition.to_string(),
            published: package.publish.as_ref().is_none_or(|registries| !registries.is_empty()),
            links: package.links.clone(),
            // Before cargo 1.71 it said nothing of them.
            built_by_default: !default_members.is_available() || default_members.contains(&package.id),
            metadata: written.metadata.clone(),
            claim: written.claim.clone(),
            targets: written.targets.clone(),
            features: self.features(package, &manifest),
            dependencies,
            module: None,
        };
        Some(ReadMember { member, targets })
    }

    /// The member's declarations, each with what it points at.
    fn dependencies(
        &mut self,
        package: &Package,
        manifest: &RawManifest,
        mut links: Links,
    ) -> (Vec<Dependency>, Vec<Target>) {
        let Pairs {
            both,
            only_written,
            only_declared,
        } = pair(&manifest.dependencies, &package.dependencies);
        for raw in only_written {
            let message = format!(
                "cargo does not know of the dependency `{}` of `{}`",
                raw.key.value, package.name
            );
            self.disagree(message, Some(raw.key.span));
        }
        for declared in only_declared {
            let key = pairs::key(declared);
            let message = format!(
                "cargo reads a dependency `{key}` of `{}` that its manifest does not show",
                package.name
            );
            self.disagree(message, manifest.package.as_ref().map(|p| p.key));
        }
        let mut dependencies = Vec::new();
        let mut targets = Vec::new();
        for (written, declared) in both {
            let found = links.of(declared, written.kind);
            let Some(target) = self.members.target(&package.name, declared, &found) else {
                let message = format!(
                    "cargo's graph does not tell what `{}` of `{}` is",
                    written.key.value, package.name
                );
                self.disagree(message, Some(written.key.span));
                continue;
            };
            dependencies.push(self.dependency(written, declared));
            targets.push(target);
        }
        let unused: Vec<_> = links.unused().map(|(link, kind)| (link.to.clone(), kind)).collect();
        for (to, kind) in unused {
            let message = format!(
                "cargo's graph has `{}` use `{to}` ({kind}), which its manifest does not declare",
                package.name
            );
            self.disagree(message, manifest.package.as_ref().map(|p| p.key));
        }
        (dependencies, targets)
    }

    /// The features as the manifest's text has them, which must be those that cargo read.
    fn features(&mut self, package: &Package, manifest: &RawManifest) -> Features {
        let written = |feature: &RawFeature| (feature.name.clone(), feature.values.clone());
        let optional = manifest.dependencies.iter().filter(|written| written.spec.optional);
        let optional = optional.map(|written| (written.key.value.as_str(), written.key.span));
        let features = Features::new(manifest.features.iter().map(written).collect(), optional);
        if features.table() != package.features.clone().into_iter().collect() {
            let message = format!(
                "cargo reads other features of `{}` than its manifest shows",
                package.name
            );
            self.disagree(message, manifest.package.as_ref().map(|p| p.key));
        }
        features
    }

    fn disagree(&mut self, message: String, place: Option<Span>) {
        let problem = Problem::new(ProblemKind::Cargo, message).help(REPORT);
        self.problems.push(match place {
            Some(span) => problem.at(span, "here"),
            None => problem,
        });
    }

    fn shared(&self) -> Option<&RawWorkspace> {
        self.root.as_ref().and_then(|(_, manifest)| manifest.workspace.as_ref())
    }

    fn dependency(&self, written: &RawDependency, declared: &Declared) -> Dependency {
        let shared = self
            .shared()
            .filter(|_| written.spec.workspace)
            .and_then(|w| w.dependency(&written.key.value));
        let spec = shared.map_or(&written.spec, |shared| &shared.spec);
        Dependency {
            to: NodeId::new(0),
            kind: written.kind,
            target: written.target.clone(),
            optional: declared.optional,
            rename: declared.rename.clone().filter(|rename| *rename != declared.name),
            requirement: spec.version.as_ref().map(|version| version.value.clone()),
            features: places(declared, written, shared),
            default_features: declared.uses_default_features,
            origin: origin(spec, declared),
            key: written.key.span,
            inherited: shared.map(|shared| shared.key.span),
            uses: None,
        }
    }
}

/// The features that cargo read, each with its place: in the member's own list, or in the one that it inherits.
fn places(declared: &Declared, written: &RawDependency, shared: Option<&RawShared>) -> Vec<Spanned<String>> {
    let listed = || {
        shared
            .iter()
            .flat_map(|shared| &shared.spec.features)
            .chain(&written.spec.features)
    };
    let place = |name: &String| {
        let found = listed().find(|listed| listed.value == *name);
        Spanned::new(name.clone(), found.map_or(written.key.span, |listed| listed.span))
    };
    declared.features.iter().map(place).collect()
}

/// Where the package comes from: its folder as cargo has it, all else as written.
fn origin(spec: &Specification, declared: &Declared) -> Origin {
    match (&declared.path, &spec.origin) {
        (Some(path), _) => Origin::Path(path.clone()),
        (None, Some(RawOrigin::Git(url, reference))) => Origin::Git {
            url: url.clone(),
            reference: reference.clone(),
        },
        (None, Some(RawOrigin::Registry(name))) => Origin::Registry(Some(name.clone())),
        (None, _) => Origin::Registry(declared.registry.clone()),
    }
}
