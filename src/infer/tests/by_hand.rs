//! Workspaces by hand.

use crate::source::{FileId, Span};
use crate::workspace::{
    Claim, DeclaredTarget, DeclaredTargets, Dependency, DependencyKind, Engine, External, Member, NodeId, Origin,
    TargetDeclarations, Workspace,
};

/// Members as `name directory: dependency dependency(dev) external/name`, in any order; a `*` after the directory makes
/// it a binary.
pub(crate) fn workspace(lines: &[&str]) -> Workspace {
    let mut rows: Vec<Row> = lines.iter().map(|line| Row::parse(line)).collect();
    rows.sort_by_key(|row| row.name);
    let mut externals: Vec<&str> = rows
        .iter()
        .flat_map(|row| &row.uses)
        .filter_map(|d| bare(d).strip_prefix("external/"))
        .collect();
    externals.sort_unstable();
    externals.dedup();
    let node = |d: &str| match bare(d).strip_prefix("external/") {
        Some(name) => rows.len() + externals.iter().position(|e| *e == name).expect("an external"),
        None => rows
            .iter()
            .position(|row| row.name == bare(d))
            .unwrap_or_else(|| panic!("no member {d}")),
    };
    let members = rows.iter().map(|row| row.member(&node)).collect();
    Workspace {
        root: "/w".into(),
        manifest: FileId::new(0),
        members,
        externals: externals
            .iter()
            .map(|name| External {
                name: (*name).to_owned(),
            })
            .collect(),
        engine: Engine::Manifests,
        notes: Vec::new(),
    }
}

fn bare(dependency: &str) -> &str {
    dependency.split('(').next().unwrap_or(dependency)
}

struct Row<'l> {
    name: &'l str,
    directory: &'l str,
    bin: bool,
    uses: Vec<&'l str>,
}

impl<'l> Row<'l> {
    fn parse(line: &'l str) -> Self {
        let (head, uses) = line.split_once(':').expect("a colon");
        let (name, directory) = head.split_once(' ').expect("a directory");
        Self {
            name,
            directory: directory.trim_end_matches('*'),
            bin: directory.ends_with('*'),
            uses: uses.split_whitespace().collect(),
        }
    }

    fn member(&self, node: &impl Fn(&str) -> usize) -> Member {
        let nowhere = Span::new(FileId::new(0), 0..0);
        let dependency = |d: &&str| Dependency {
            to: NodeId::new(node(d)),
            kind: if d.ends_with("(dev)") {
                DependencyKind::Dev
            } else {
                DependencyKind::Normal
            },
            target: None,
            optional: false,
            rename: None,
            requirement: None,
            features: Vec::new(),
            default_features: true,
            origin: Origin::Registry(None),
            key: nowhere,
            inherited: None,
            uses: None,
        };
        Member {
            name: self.name.to_owned(),
            version: None,
            directory: self.directory.to_owned(),
            manifest: FileId::new(0),
            name_span: nowhere,
            edition: "2024".into(),
            published: true,
            links: None,
            built_by_default: true,
            metadata: serde_json::Value::Null,
            claim: Claim::default(),
            targets: TargetDeclarations {
                bins: DeclaredTargets {
                    declared: self
                        .bin
                        .then(|| DeclaredTarget {
                            name: "b".to_owned(),
                            path: None,
                        })
                        .into_iter()
                        .collect(),
                    auto: None,
                },
                ..TargetDeclarations::default()
            },
            features: crate::workspace::Features::default(),
            dependencies: self.uses.iter().map(dependency).collect(),
            module: None,
        }
    }
}
