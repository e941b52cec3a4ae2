//! What the tool itself finds in a specification.

use std::sync::Arc;

use super::{CONDITIONS, Dep, EXTERNALS, Entry, FEATURES, Spec};
use crate::architecture::Architecture;
use crate::config::parse::parse;
use crate::error::Problem;
use crate::excuses::Excuses;
use crate::finding::Finding;
use crate::graph::Graph;
use crate::report::assemble::{Wishes, assemble};
use crate::rules::{Case, judge};
use crate::source::{FileId, SourceFile, Sources, Span, Spanned};
use crate::workspace::{
    Claim, Dependency, Engine, External, Features, Member, NodeId, Origin, TargetDeclarations, Workspace,
};

impl Spec {
    /// What the tool itself finds.
    pub fn judge(&self) -> Vec<Finding> {
        let text = self.text();
        self.judge_by(&text).unwrap_or_else(|p| panic!("{p:?}\n{text}"))
    }

    /// The same by another boundaries.toml, which may be wrong.
    pub fn judge_by(&self, text: &str) -> Result<Vec<Finding>, Vec<Problem>> {
        let mut sources = Sources::default();
        let file = sources.add(SourceFile::new(
            "boundaries.toml".into(),
            "boundaries.toml".into(),
            text,
        ));
        let (config, problems) = parse(text, file);
        assert_eq!(problems, [], "{text}");
        let config = config.expect("a configuration");
        let workspace = self.workspace(&mut sources);
        let graph = Graph::new(&workspace);
        let architecture = Architecture::bind(&config, &graph, &sources)?;
        let excuses = Excuses::new(&architecture, None);
        let case = Case {
            graph: &graph,
            architecture: &architecture,
            excuses: &excuses,
            lock: None,
            builds: None,
        };
        let wishes = Wishes {
            deny_stale: false,
            show_excepted: false,
            today: jiff::civil::date(2026, 1, 1),
        };
        let report = assemble(&case, &judge(&case), None, Arc::new(sources), wishes);
        let hygiene = |f: &Finding| f.code.as_str() == "stale-exception";
        Ok(report.findings.into_iter().filter(|f| !hygiene(f)).collect())
    }

    fn workspace(&self, sources: &mut Sources) -> Workspace {
        let externals = (0..EXTERNALS).map(|x| External { name: format!("x{x}") }).collect();
        let members = (0..self.members).map(|m| self.member(m, sources)).collect();
        Workspace {
            root: "/w".into(),
            manifest: FileId::new(0),
            members,
            externals,
            engine: Engine::Manifests,
            notes: Vec::new(),
        }
    }

    fn features(&self, member: usize, at: Span) -> Features {
        let word = |entry: &Entry| match entry {
            Entry::Own(feature) => FEATURES[*feature].to_owned(),
            Entry::Of(to, feature) => format!("{}/{}", self.name(*to), FEATURES[*feature]),
        };
        let table = FEATURES.iter().zip(&self.tables[member]).filter_map(|(name, entries)| {
            let values = entries.as_ref()?.iter().map(|entry| Spanned::new(word(entry), at));
            Some((Spanned::new((*name).to_owned(), at), values.collect()))
        });
        let optional = self.deps.iter().filter(|d| d.from == member && d.optional);
        let optional: Vec<String> = optional.map(|d| self.name(d.to)).collect();
        Features::new(table.collect(), optional.iter().map(|name| (name.as_str(), at)))
    }

    fn member(&self, member: usize, sources: &mut Sources) -> Member {
        let own: Vec<&Dep> = self.deps.iter().filter(|d| d.from == member).collect();
        let path = format!("m{member}/Cargo.toml");
        let manifest = sources.add(SourceFile::new(path.clone(), path.into(), "d\n".repeat(own.len() + 1)));
        let at = Span::new(manifest, 0..1);
        let dependency = |(line, dep): (usize, &&Dep)| Dependency {
            to: NodeId::new(dep.to),
            kind: dep.kind,
            target: dep.target.map(|condition| CONDITIONS[condition].0.to_owned()),
            optional: dep.optional,
            rename: None,
            requirement: None,
            features: dep
                .features
                .iter()
                .map(|f| Spanned::new(FEATURES[*f].to_owned(), at))
                .collect(),
            default_features: dep.default_features,
            origin: Origin::Registry(None),
            key: Span::new(manifest, 2 * line..2 * line + 1),
            inherited: None,
            uses: None,
        };
        Member {
            name: self.name(member),
            version: None,
            directory: format!("m{member}"),
            manifest,
            name_span: Span::new(manifest, 0..1),
            edition: "2021".into(),
            published: true,
            links: None,
            built_by_default: true,
            metadata: serde_json::Value::Null,
            claim: Claim::default(),
            targets: TargetDeclarations::default(),
            features: self.features(member, at),
            dependencies: own.iter().enumerate().map(dependency).collect(),
            module: None,
        }
    }
}
