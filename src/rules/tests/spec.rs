//! Random workspaces with random configurations, as plain data: the text of a boundaries.toml is written from it, and
//! the naive evaluation reads it directly.

use std::fmt::Write as _;
use std::sync::Arc;

use proptest::collection::{btree_set, vec};
use proptest::prelude::*;
use proptest::sample::subsequence;

use crate::architecture::Architecture;
use crate::config::parse::parse;
use crate::excuses::Excuses;
use crate::finding::Finding;
use crate::graph::Graph;
use crate::report::assemble::{Wishes, assemble};
use crate::rules::{Case, judge};
use crate::source::{FileId, SourceFile, Sources, Span};
use crate::workspace::{
    Claim, Dependency, DependencyKind, Engine, External, Member, NodeId, Origin, TargetDeclarations, Workspace,
};

/// How many members and externals there are at most.
const MEMBERS: usize = 7;
const EXTERNALS: usize = 2;

/// A dependency: from a member to a member or, past them, an external.
#[derive(Clone, Debug)]
pub struct Dep {
    pub from: usize,
    pub to: usize,
    pub kind: DependencyKind,
    pub optional: bool,
}

#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a key of its own in boundaries.toml"
)]
pub struct Layer {
    pub beside: bool,
    pub closed: bool,
    pub open: bool,
    pub independent: bool,
    /// Which of the lower layers, where it is set.
    pub may_use: Option<Vec<bool>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Bounded,
    Kernel,
    Root,
}

#[derive(Clone, Debug)]
pub struct Context {
    pub kind: Kind,
    /// Which of its own crates, by position among all members, where it is set.
    pub public: Option<Vec<bool>>,
    pub may_use: Option<Vec<bool>>,
}

#[derive(Clone, Debug)]
pub struct Common {
    pub kinds: Vec<DependencyKind>,
    pub ignore_optional: bool,
}

#[derive(Clone, Debug)]
pub enum Reach {
    Direct,
    Transitive {
        through: Vec<DependencyKind>,
        not_through: Vec<usize>,
    },
}

#[derive(Clone, Debug)]
pub enum Rule {
    Forbidden {
        common: Common,
        from: Vec<usize>,
        to: Vec<usize>,
        reach: Reach,
    },
    Allowed {
        common: Common,
        from: Vec<usize>,
        to: Vec<usize>,
        among: &'static str,
    },
    Protected {
        common: Common,
        from: Vec<usize>,
        to: Vec<usize>,
    },
    Independent {
        common: Common,
        parties: Vec<Vec<usize>>,
        reach: Reach,
    },
    Acyclic {
        common: Common,
        over: &'static str,
    },
}

#[derive(Clone, Debug)]
pub struct Spec {
    pub members: usize,
    pub deps: Vec<Dep>,
    pub kinds: Vec<DependencyKind>,
    pub layers: Vec<Layer>,
    pub layer_of: Vec<Option<usize>>,
    pub contexts: Vec<Context>,
    pub context_of: Vec<Option<usize>>,
    pub rules: Vec<Rule>,
    /// (what it names, from, to, kinds)
    pub exceptions: Vec<(String, usize, usize, Option<DependencyKind>)>,
}

fn kind() -> impl Strategy<Value = DependencyKind> {
    prop_oneof![
        4 => Just(DependencyKind::Normal),
        1 => Just(DependencyKind::Build),
        2 => Just(DependencyKind::Dev),
    ]
}

fn kinds() -> impl Strategy<Value = Vec<DependencyKind>> {
    subsequence(DependencyKind::ALL.to_vec(), 1..=3)
}

fn common() -> impl Strategy<Value = Common> {
    (kinds(), prop::bool::weighted(0.2)).prop_map(|(kinds, ignore_optional)| Common { kinds, ignore_optional })
}

fn some(nodes: usize) -> impl Strategy<Value = Vec<usize>> {
    btree_set(0..nodes, 1..=3.min(nodes)).prop_map(|set| set.into_iter().collect())
}

fn reach(members: usize) -> impl Strategy<Value = Reach> {
    let transitive = (kinds(), subsequence((0..members).collect::<Vec<_>>(), 0..=1))
        .prop_map(|(through, not_through)| Reach::Transitive { through, not_through });
    prop_oneof![1 => Just(Reach::Direct), 2 => transitive]
}

fn rule(members: usize) -> impl Strategy<Value = Rule> {
    let all = members + EXTERNALS;
    let forbidden = (common(), some(members), some(all), some(members), reach(members)).prop_map(
        |(common, from, to, inside, reach)| {
            // Externals are reached through members only where the lockfile is the evidence.
            let to = if matches!(reach, Reach::Direct) { to } else { inside };
            Rule::Forbidden {
                common,
                from,
                to,
                reach,
            }
        },
    );
    let allowed = (
        common(),
        some(members),
        some(all),
        prop::sample::select(vec!["workspace", "external", "all"]),
    )
        .prop_map(move |(common, from, to, among)| {
            let fits = |node: &usize| among != "workspace" || *node < members;
            Rule::Allowed {
                common,
                from,
                to: to.into_iter().filter(fits).collect(),
                among,
            }
        });
    let protected = (
        common(),
        subsequence((0..members).collect::<Vec<_>>(), 0..=2),
        some(all),
    )
        .prop_map(|(common, from, to)| Rule::Protected { common, from, to });
    let parties = vec(prop::option::of(0..3usize), members).prop_filter_map("two parties", |party_of| {
        let party = |wanted: usize| {
            (0..party_of.len())
                .filter(|m| party_of[*m] == Some(wanted))
                .collect::<Vec<_>>()
        };
        let parties: Vec<Vec<usize>> = (0..3).map(party).filter(|p| !p.is_empty()).collect();
        (parties.len() > 1).then_some(parties)
    });
    let independent = (common(), parties, reach(members)).prop_map(|(common, parties, reach)| Rule::Independent {
        common,
        parties,
        reach,
    });
    let acyclic = (common(), prop::sample::select(vec!["crates", "layers", "contexts"]))
        .prop_map(|(common, over)| Rule::Acyclic { common, over });
    prop_oneof![3 => forbidden, 1 => allowed, 1 => protected, 2 => independent, 2 => acyclic]
}

fn layer() -> impl Strategy<Value = Layer> {
    let flag = |chance| prop::bool::weighted(chance);
    (
        flag(0.2),
        flag(0.3),
        flag(0.3),
        flag(0.3),
        prop::option::weighted(0.3, vec(any::<bool>(), 4)),
    )
        .prop_map(|(beside, closed, open, independent, may_use)| Layer {
            beside,
            closed,
            open,
            independent,
            may_use,
        })
}

fn context() -> impl Strategy<Value = Context> {
    let kind = prop_oneof![4 => Just(Kind::Bounded), 1 => Just(Kind::Kernel), 1 => Just(Kind::Root)];
    let own = prop::option::weighted(0.4, vec(any::<bool>(), MEMBERS));
    let listed = prop::option::weighted(0.5, vec(any::<bool>(), 4));
    (kind, own, listed).prop_map(|(kind, public, may_use)| Context { kind, public, may_use })
}

/// Any workspace with any configuration.
pub fn specs() -> impl Strategy<Value = Spec> {
    (2..=MEMBERS, 0..=4usize, 0..=3usize).prop_flat_map(|(members, layers, contexts)| {
        let dep = (0..members, 0..members + EXTERNALS, kind(), prop::bool::weighted(0.2)).prop_map(
            |(from, to, kind, optional)| Dep {
                from,
                to,
                kind,
                optional,
            },
        );
        let named = prop::sample::select(vec![
            "r0",
            "r0",
            "r0",
            "independent",
            "layer",
            "layer-skip",
            "layer-sibling",
            "context-undeclared",
            "context-private",
            "forbidden",
            "r0",
            "r1",
        ]);
        let exception = (named, 0..members, 0..members, prop::option::of(kind()));
        (
            vec(dep, 0..22),
            kinds(),
            vec(layer(), layers),
            vec(prop::option::weighted(0.9, 0..layers.max(1)), members),
            vec(context(), contexts),
            vec(prop::option::weighted(0.9, 0..contexts.max(1)), members),
            vec(rule(members), 1..4),
            vec(exception, 0..5),
        )
            .prop_map(
                move |(deps, kinds, layers, layer_of, contexts, context_of, rules, exceptions)| {
                    let known = |of: Vec<Option<usize>>, count: usize| {
                        of.into_iter().map(|u| u.filter(|u| *u < count)).collect()
                    };
                    let rules: Vec<Rule> = rules
                        .into_iter()
                        .filter(|r| r.stands(layers.len(), contexts.len()))
                        .collect();
                    let about = |word: &str| {
                        word.len() != 2
                            || word[1..]
                                .parse::<usize>()
                                .is_ok_and(|i| i < rules.len() && !matches!(rules[i], Rule::Acyclic { .. }))
                    };
                    let exceptions = exceptions
                        .into_iter()
                        .filter(|e| about(e.0))
                        .map(|(w, f, t, k)| (w.to_owned(), f, t, k))
                        .collect();
                    Spec {
                        members,
                        deps,
                        kinds,
                        layer_of: known(layer_of, layers.len()),
                        context_of: known(context_of, contexts.len()),
                        layers,
                        contexts,
                        rules,
                        exceptions,
                    }
                },
            )
            .prop_filter("something to check", |s| {
                !s.rules.is_empty() || !s.layers.is_empty() || !s.contexts.is_empty()
            })
    })
}

impl Rule {
    /// Whether the units that it looks at are declared.
    fn stands(&self, layers: usize, contexts: usize) -> bool {
        match self {
            Self::Acyclic { over: "layers", .. } => layers > 0,
            Self::Acyclic { over: "contexts", .. } => contexts > 0,
            _ => true,
        }
    }
}

fn strings(names: impl IntoIterator<Item = String>) -> String {
    let quoted: Vec<String> = names.into_iter().map(|n| format!("\"{n}\"")).collect();
    format!("[{}]", quoted.join(", "))
}

fn words(kinds: &[DependencyKind]) -> String {
    strings(kinds.iter().map(ToString::to_string))
}

impl Spec {
    /// The package's name.
    pub fn name(&self, node: usize) -> String {
        match node.checked_sub(self.members) {
            None => format!("m{node}"),
            Some(external) => format!("x{external}"),
        }
    }

    fn selector(&self, node: usize) -> String {
        let prefix = if node < self.members { "" } else { "external:" };
        format!("{prefix}{}", self.name(node))
    }

    fn list(&self, nodes: &[usize]) -> String {
        strings(nodes.iter().map(|node| format!("{}?", self.selector(*node))))
    }

    /// The rule of this name, where it is transitive, with its position.
    pub fn transitive(&self, name: &str) -> Option<(usize, &Rule)> {
        let index: usize = name.strip_prefix('r')?.parse().ok()?;
        let rule = self.rules.get(index)?;
        let (Rule::Forbidden { reach, .. } | Rule::Independent { reach, .. }) = rule else {
            return None;
        };
        matches!(reach, Reach::Transitive { .. }).then_some((index, rule))
    }

    /// The boundaries.toml.
    pub fn text(&self) -> String {
        let mut text = format!("[settings]\nkinds = {}\n", words(&self.kinds));
        text += "[settings.layers]\nunassigned = \"allow\"\n[settings.contexts]\nunassigned = \"allow\"\n";
        for (index, layer) in self.layers.iter().enumerate() {
            let own = (0..self.members).filter(|m| self.layer_of[*m] == Some(index));
            let _ = write!(
                text,
                "[[layers]]\nname = \"l{index}\"\nallow-empty = true\ncrates = {}\n",
                strings(own.map(|m| self.name(m)))
            );
            if layer.beside && index > 0 {
                let _ = writeln!(text, "beside = \"l{}\"", index - 1);
            }
            for (key, on) in [
                ("closed", layer.closed),
                ("open", layer.open),
                ("independent", layer.independent),
            ] {
                let _ = writeln!(text, "{key} = {on}");
            }
            if let Some(lower) = self.lower(index) {
                let _ = writeln!(
                    text,
                    "may-use = {}",
                    strings(lower.into_iter().map(|l| format!("l{l}")))
                );
            }
        }
        for (index, context) in self.contexts.iter().enumerate() {
            let own: Vec<usize> = (0..self.members)
                .filter(|m| self.context_of[*m] == Some(index))
                .collect();
            let names = |members: &[usize]| strings(members.iter().map(|m| self.name(*m)));
            let _ = write!(
                text,
                "[contexts.c{index}]\nallow-empty = true\ncrates = {}\n",
                names(&own)
            );
            if let Some(public) = &context.public {
                let face: Vec<usize> = own.iter().copied().filter(|m| public[*m]).collect();
                let _ = writeln!(text, "public = {}", names(&face));
            }
            if let Some(listed) = self.listed(index) {
                let _ = writeln!(
                    text,
                    "may-use = {}",
                    strings(listed.into_iter().map(|c| format!("c{c}")))
                );
            }
            match context.kind {
                Kind::Bounded => {}
                Kind::Kernel => text += "kind = \"shared-kernel\"\n",
                Kind::Root => text += "kind = \"composition-root\"\n",
            }
        }
        for (index, rule) in self.rules.iter().enumerate() {
            self.write_rule(&mut text, index, rule);
        }
        for (rule, from, to, kind) in &self.exceptions {
            let (from, to) = (self.name(*from), self.name(*to));
            let _ = write!(
                text,
                "[[exceptions]]\nrule = \"{rule}\"\nfrom = \"{from}\"\nto = \"{to}\"\nreason = \"r\"\n"
            );
            if let Some(kind) = kind {
                let _ = writeln!(text, "kinds = [\"{kind}\"]");
            }
        }
        text
    }

    fn write_rule(&self, text: &mut String, index: usize, rule: &Rule) {
        let (table, common) = match rule {
            Rule::Forbidden { common, .. } => ("forbidden", common),
            Rule::Allowed { common, .. } => ("allowed", common),
            Rule::Protected { common, .. } => ("protected", common),
            Rule::Independent { common, .. } => ("independent", common),
            Rule::Acyclic { common, .. } => ("acyclic", common),
        };
        let _ = write!(
            text,
            "[[{table}]]\nname = \"r{index}\"\nkinds = {}\n",
            words(&common.kinds)
        );
        if common.ignore_optional {
            *text += "optional-dependencies = \"ignore\"\n";
        }
        match rule {
            Rule::Forbidden { from, to, reach, .. } => {
                let _ = write!(text, "from = {}\nto = {}\n", self.list(from), self.list(to));
                self.write_reach(text, reach);
            }
            Rule::Allowed { from, to, among, .. } => {
                let _ = write!(
                    text,
                    "from = {}\nto = {}\namong = \"{among}\"\n",
                    self.list(from),
                    self.list(to)
                );
            }
            Rule::Protected { from, to, .. } => {
                let _ = write!(text, "from = {}\nto = {}\n", self.list(from), self.list(to));
            }
            Rule::Independent { parties, reach, .. } => {
                let sets: Vec<String> = parties.iter().map(|party| self.list(party)).collect();
                let _ = writeln!(text, "sets = [{}]", sets.join(", "));
                self.write_reach(text, reach);
            }
            Rule::Acyclic { over, .. } => {
                let _ = writeln!(text, "over = \"{over}\"");
            }
        }
    }

    fn write_reach(&self, text: &mut String, reach: &Reach) {
        match reach {
            Reach::Direct => *text += "reach = \"direct\"\n",
            Reach::Transitive { through, not_through } => {
                let _ = write!(text, "reach = \"transitive\"\nthrough = {}\n", words(through));
                let _ = writeln!(text, "not-through = {}", self.list(not_through));
            }
        }
    }

    /// The layers that `may-use` of this one lists: of those that are lower.
    pub fn lower(&self, layer: usize) -> Option<Vec<usize>> {
        let listed = self.layers[layer].may_use.as_ref()?;
        let lower = (0..self.layers.len()).filter(|l| self.rank(*l) > self.rank(layer) && listed[*l]);
        Some(lower.collect())
    }

    /// The contexts that `may-use` of this one lists.
    pub fn listed(&self, context: usize) -> Option<Vec<usize>> {
        let listed = self.contexts[context].may_use.as_ref()?;
        Some(
            (0..self.contexts.len())
                .filter(|c| *c != context && listed[*c])
                .collect(),
        )
    }

    /// A layer's rank: 0 is the highest; one beside the layer before it shares that one's.
    pub fn rank(&self, layer: usize) -> usize {
        (1..=layer).filter(|l| !self.layers[*l].beside).count()
    }

    /// What the tool itself finds.
    pub fn judge(&self) -> Vec<Finding> {
        let mut sources = Sources::default();
        let text = self.text();
        let file = sources.add(SourceFile::new(
            "boundaries.toml".into(),
            "boundaries.toml".into(),
            text.as_str(),
        ));
        let (config, problems) = parse(&text, file);
        assert_eq!(problems, [], "{text}");
        let config = config.expect("a configuration");
        let workspace = self.workspace(&mut sources);
        let graph = Graph::new(&workspace);
        let architecture = Architecture::bind(&config, &graph, &sources).unwrap_or_else(|p| panic!("{p:?}\n{text}"));
        let excuses = Excuses::new(&architecture, None);
        let case = Case {
            graph: &graph,
            architecture: &architecture,
            excuses: &excuses,
            lock: None,
        };
        let wishes = Wishes {
            deny_stale: false,
            show_excepted: false,
            today: jiff::civil::date(2026, 1, 1),
        };
        let report = assemble(&case, &judge(&case), None, Arc::new(sources), wishes);
        let hygiene = |f: &Finding| f.code.as_str() == "stale-exception";
        report.findings.into_iter().filter(|f| !hygiene(f)).collect()
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

    fn member(&self, member: usize, sources: &mut Sources) -> Member {
        let own: Vec<&Dep> = self.deps.iter().filter(|d| d.from == member).collect();
        let path = format!("m{member}/Cargo.toml");
        let manifest = sources.add(SourceFile::new(path.clone(), path.into(), "d\n".repeat(own.len() + 1)));
        let dependency = |(line, dep): (usize, &&Dep)| Dependency {
            to: NodeId::new(dep.to),
            kind: dep.kind,
            target: None,
            optional: dep.optional,
            rename: None,
            requirement: None,
            features: Vec::new(),
            default_features: true,
            origin: Origin::Registry(None),
            key: Span::new(manifest, 2 * line..2 * line + 1),
            inherited: None,
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
            dependencies: own.iter().enumerate().map(dependency).collect(),
        }
    }
}
