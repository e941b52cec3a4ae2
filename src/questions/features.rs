//! `features CRATE`: which member turns on which feature of a crate for everybody who is built with it, and who would not
//! have it alone. Answered from the manifests of the workspace.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Package, Subject};
use crate::config::demands::DEFAULT;
use crate::error::{Error, Problem, ProblemKind};
use crate::source::Location;
use crate::workspace::features::{Chains, FeatureValue};
use crate::workspace::{Dependency, DependencyKind, Member, NodeId, Workspace};

mod build;
#[cfg(test)]
mod tests;

use build::{Build, Side, Wanted};

/// Who turns on which feature of a package.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Features {
    /// The package.
    #[serde(rename = "crate")]
    pub(crate) package: String,
    /// Whether it is no member: then only what members declare is known.
    pub(crate) external: bool,
    /// How many members depend on it themselves.
    pub(crate) users: usize,
    /// Whether the features of build scripts and procedural macros are kept apart from those of the program, as resolver
    /// 2 and later ones do.
    pub(crate) host_apart: bool,
    /// The features that are on in a build of the whole workspace with default features, or of its tests, by name.
    pub(crate) turned_on: Vec<TurnedOn>,
    /// The features that the package has and nobody turns on; empty for an external, whose features nobody here knows.
    pub(crate) off: Vec<String>,
}

/// One feature that is on.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct TurnedOn {
    /// Its name.
    pub(crate) name: String,
    /// Whether it is on only where the tests of the workspace are built.
    pub(crate) tests_only: bool,
    /// The declarations that turn it on.
    pub(crate) by: Vec<TurnedOnBy>,
    /// Members whose build holds the package, by name, that do not have the feature when they are built alone. Of an
    /// external: where no member names it then; another of its features may turn it on all the same.
    pub(crate) not_alone: Vec<String>,
}

/// A declaration that turns a feature on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct TurnedOnBy {
    /// The member.
    pub(crate) member: String,
    /// The kind of dependency.
    pub(crate) kind: DependencyKind,
    /// The manifest.
    pub(crate) file: String,
    /// The 1-based line of the dependency, or of the feature that forwards.
    pub(crate) line: usize,
    /// `listed`, `default` or `forwarded`.
    pub(crate) how: &'static str,
    /// Features of the member that turn it on, from one that is on by default where there is one to the one that
    /// forwards.
    pub(crate) own_features: Vec<String>,
    /// Features of the package that lead to this one, from the one that is turned on; empty where it is this one.
    pub(crate) implied_by: Vec<String>,
}

/// Answers.
pub(crate) fn features(subject: &Subject, package: &Package) -> Result<Features, Error> {
    let workspace = subject.workspace();
    let Some(node) = package.node else {
        let message = format!("no member depends on `{}`", package.name);
        let problem = Problem::new(ProblemKind::Usage, message);
        let help = format!(
            "`cargo tree -e features -i {}` shows what third parties turn on",
            package.name
        );
        return Err(Error::plain(problem.help(help)));
    };
    let apart = resolver_keeps_apart(subject);
    let build = |tests: bool| {
        let wanted = Wanted {
            workspace,
            apart,
            tests,
        };
        (wanted, Build::new(wanted, workspace.member_nodes()))
    };
    let (plain, tests) = (build(false), build(true));
    let mut sources: BTreeMap<&str, Vec<TurnedOnBy>> = BTreeMap::new();
    for (feature, by) in declarations(subject, node, &tests) {
        let known = sources.entry(feature).or_default();
        if !known.contains(&by) {
            known.push(by);
        }
    }
    let in_plain = plain.1.features(node);
    let (alone, alone_tests) = (each_alone(&plain.0, node), each_alone(&tests.0, node));
    let turned_on = |feature: &str| {
        let tests_only = !in_plain.contains(feature);
        let (whole, alone) = if tests_only {
            (&tests.1, &alone_tests)
        } else {
            (&plain.1, &alone)
        };
        let mut by = sources.get(feature).cloned().unwrap_or_default();
        by.sort();
        TurnedOn {
            name: feature.to_owned(),
            tests_only,
            by,
            not_alone: lacking(workspace, node, whole, alone, feature),
        }
    };
    let on = tests.1.features(node);
    let known = workspace
        .member(node)
        .into_iter()
        .flat_map(|member| member.features.iter());
    let off = known
        .map(|feature| &feature.name.value)
        .filter(|name| !on.contains(name.as_str()));
    let declares = |member: &&Member| member.dependencies.iter().any(|d| d.to == node);
    Ok(Features {
        package: package.name.clone(),
        external: package.external,
        users: workspace
            .members
            .iter()
            .filter(declares)
            .filter(|m| m.name != package.name || package.external)
            .count(),
        host_apart: apart,
        turned_on: on.iter().map(|feature| turned_on(feature)).collect(),
        off: off.cloned().collect(),
    })
}

/// The build of each member but the package itself, alone.
fn each_alone<'w>(wanted: &Wanted<'w>, node: NodeId) -> Vec<(NodeId, Build<'w>)> {
    let others = wanted.workspace.member_nodes().filter(|member| *member != node);
    others.map(|member| (member, Build::new(*wanted, [member]))).collect()
}

/// The members whose own build holds the package without the feature, where that of the workspace has it.
fn lacking(
    workspace: &Workspace,
    node: NodeId,
    whole: &Build<'_>,
    alone: &[(NodeId, Build<'_>)],
    feature: &str,
) -> Vec<String> {
    let lacks = |build: &Build<'_>| {
        let mut sides = build.sides(node);
        sides.any(|side| {
            whole.has((node, side), feature) == Some(true) && build.has((node, side), feature) == Some(false)
        })
    };
    let lacking = alone.iter().filter(|(_, build)| lacks(build));
    lacking.map(|(member, _)| workspace.name(*member).to_owned()).collect()
}

/// Every declaration that turns on a feature of the package in the build of the tests, with that feature.
fn declarations<'w>(
    subject: &'w Subject,
    node: NodeId,
    (wanted, build): &(Wanted<'w>, Build<'w>),
) -> Vec<(&'w str, TurnedOnBy)> {
    let workspace = subject.workspace();
    let mut found = Vec::new();
    for user in workspace.member_nodes() {
        let Some(member) = workspace.member(user) else { continue };
        for declaration in member.dependencies.iter().filter(|d| d.to == node && user != node) {
            let part = |side: Side| build.asks(wanted, (user, side), declaration).is_some();
            if ![Side::Target, Side::Host].into_iter().any(part) {
                continue;
            }
            let on = build.features(user);
            for (first, how, own, at) in starts(subject, member, declaration, &on.into_iter().collect::<Vec<_>>()) {
                for (feature, implied_by) in leads_to(workspace.member(node), first) {
                    let by = TurnedOnBy {
                        member: member.name.clone(),
                        kind: declaration.kind,
                        file: at.file.clone(),
                        line: at.line,
                        how,
                        own_features: own.iter().map(|f| (*f).to_owned()).collect(),
                        implied_by,
                    };
                    found.push((feature, by));
                }
            }
        }
    }
    found
}

/// The features of a package that are on where this one is, each with those that lead to it.
fn leads_to<'w>(member: Option<&'w Member>, first: &'w str) -> Vec<(&'w str, Vec<String>)> {
    let Some(member) = member else {
        return vec![(first, Vec::new())];
    };
    if member.features.get(first).is_none() {
        return Vec::new();
    }
    let chains = Chains::new(member, [first], |_| false);
    let chain = |feature: &'w str| {
        let links = chains.to(feature).unwrap_or_default();
        (feature, links.iter().map(|link| link.by.to_owned()).collect())
    };
    chains.features().map(chain).collect()
}

/// A feature of the package that a declaration turns on: how, by which features of the member, and where that stands.
type Start<'w> = (&'w str, &'static str, Vec<&'w str>, Location);

fn starts<'w>(subject: &Subject, member: &'w Member, declaration: &'w Dependency, on: &[&'w str]) -> Vec<Start<'w>> {
    let place = |span| subject.sources().location(span);
    let key = || place(declaration.key);
    let mut starts: Vec<Start<'w>> = Vec::new();
    let listed = declaration.features.iter().map(|feature| feature.value.as_str());
    starts.extend(listed.map(|feature| (feature, "listed", Vec::new(), key())));
    if declaration.default_features {
        starts.push((DEFAULT, "default", Vec::new(), key()));
    }
    let name = subject.workspace().known_as(declaration);
    let by_default = member.features.get(DEFAULT).map(|default| default.name.value.as_str());
    let by_default = Chains::new(member, by_default, |_| false);
    for feature in on.iter().filter_map(|feature| member.features.get(feature)) {
        for value in &feature.values {
            if let FeatureValue::Of {
                dependency,
                feature: forwarded,
                ..
            } = &value.value
                && dependency == name
            {
                let by = feature.name.value.as_str();
                let chain = by_default.to(by).unwrap_or_default();
                let own = chain.iter().map(|link| link.by).chain([by]).collect();
                starts.push((forwarded, "forwarded", own, place(value.span)));
            }
        }
    }
    starts
}

/// Whether the workspace's resolver keeps the features of the host apart: 2 and later do. What it is where none is named
/// goes by the edition of the root package.
fn resolver_keeps_apart(subject: &Subject) -> bool {
    let text = &subject.sources().file(subject.workspace().manifest).text;
    let Ok(root) = toml::from_str::<toml::Table>(text) else {
        return true;
    };
    let key = |table: &str, key: &str| Some(root.get(table)?.get(key)?.as_str()?.to_owned());
    if let Some(resolver) = key("workspace", "resolver").or_else(|| key("package", "resolver")) {
        return resolver != "1";
    }
    let manifest = subject.workspace().manifest;
    let package = subject
        .workspace()
        .members
        .iter()
        .find(|member| member.manifest == manifest);
    package.is_some_and(|package| !matches!(package.edition.as_str(), "2015" | "2018"))
}
