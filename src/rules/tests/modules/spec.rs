//! Random packages with modules, what names what in them, and rules about both.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use proptest::prelude::*;

use crate::architecture::Architecture;
use crate::code::{Code, Form, Module, ModuleId, Reference, Target};
use crate::config::parse::parse;
use crate::excuses::Excuses;
use crate::graph::Graph;
use crate::pipeline::modules::wanted;
use crate::rules::{Case, Subject, judge};
use crate::source::{FileId, SourceFile, Sources, Span};
use crate::units;
use crate::workspace::{
    Claim, Dependency, DependencyKind, Engine, Features, Member, NodeId, Origin, TargetDeclarations, Workspace,
};

/// The modules of every package, each behind the one that holds it.
pub const PATHS: [&str; 7] = ["", "a", "a::x", "a::x::z", "a::y", "b", "b::x"];

/// What lists are made of: a package, or a package and the pattern of modules behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    pub package: usize,
    pub modules: Option<&'static str>,
}

pub const PATTERNS: [&str; 8] = ["", "a", "a::x", "b", "*", "a::*", "a::**", "**::x"];

impl Word {
    pub fn text(self) -> String {
        match self.modules {
            None => format!("\"p{}\"", self.package),
            Some("") => format!("\"mod:p{}\"", self.package),
            Some(pattern) => format!("\"mod:p{}::{pattern}\"", self.package),
        }
    }

    /// The modules that it names, of its package: written out, so that no pattern is matched twice alike.
    pub fn names(self, path: &str) -> bool {
        let meant: &[&str] = match self.modules {
            None => &[],
            Some("*") => &["a", "b"],
            Some("a::*") => &["a::x", "a::y"],
            Some("a::**") => &["a::x", "a::x::z", "a::y"],
            Some("**::x") => &["a::x", "b::x"],
            Some("") => &[""],
            Some("a") => &["a"],
            Some("a::x") => &["a::x"],
            Some(_) => &["b"],
        };
        meant.contains(&path)
    }

    pub fn is_pattern(self) -> bool {
        self.modules.is_some_and(|pattern| pattern.contains('*'))
    }
}

/// A place that names another: package and module on both sides, the second as a package where it is an external.
pub type Naming = ((usize, usize), Option<(usize, usize)>);

#[derive(Clone, Debug)]
pub struct Spec {
    pub packages: usize,
    pub namings: Vec<Naming>,
    pub layers: Vec<Vec<Word>>,
    pub forbidden: (Vec<Word>, Vec<Word>),
    pub protected: (Vec<Word>, Vec<Word>),
    pub allowed: (Vec<Word>, Vec<Word>),
    pub parties: Vec<Word>,
}

pub fn words(packages: usize) -> impl Strategy<Value = Vec<Word>> {
    let word = (
        0..packages,
        proptest::option::weighted(0.7, proptest::sample::select(&PATTERNS[..])),
    );
    let word = word.prop_map(|(package, modules)| Word { package, modules });
    proptest::collection::vec(word, 1..3)
}

pub fn specs() -> impl Strategy<Value = Spec> {
    let packages = 3usize;
    let place = move || (0..packages, 0..PATHS.len());
    let naming = (place(), proptest::option::weighted(0.9, place()));
    (
        proptest::collection::vec(naming, 0..10),
        proptest::collection::vec(words(packages), 0..3),
        [words(packages), words(packages)],
        [words(packages), words(packages)],
        [words(packages), words(packages)],
        words(packages),
    )
        .prop_map(move |(namings, layers, forbidden, protected, allowed, parties)| Spec {
            packages,
            // A package depends on those behind it alone.
            namings: namings
                .into_iter()
                .filter(|(from, to)| to.is_none_or(|to| from.0 <= to.0))
                .collect(),
            layers,
            forbidden: forbidden.into(),
            protected: protected.into(),
            allowed: allowed.into(),
            parties,
        })
}

pub fn list(words: &[Word]) -> String {
    let words: Vec<String> = words.iter().map(|word| word.text()).collect();
    format!("[{}]", words.join(", "))
}

/// A declared dependency on a package.
pub fn dependency(to: usize, key: Span) -> Dependency {
    Dependency {
        to: NodeId::new(to),
        kind: DependencyKind::Normal,
        target: None,
        optional: false,
        rename: None,
        requirement: None,
        features: Vec::new(),
        default_features: true,
        origin: Origin::Registry(None),
        key,
        inherited: None,
        uses: None,
    }
}

/// The package of this number.
pub fn member(package: usize, at: Span, dependencies: Vec<Dependency>) -> Member {
    Member {
        name: format!("p{package}"),
        version: None,
        directory: format!("p{package}"),
        manifest: at.file,
        name_span: at,
        edition: "2024".into(),
        published: true,
        links: None,
        built_by_default: true,
        metadata: serde_json::Value::Null,
        claim: Claim::default(),
        targets: TargetDeclarations::default(),
        features: Features::default(),
        dependencies,
        module: None,
    }
}

/// The module of a package.
pub fn id((package, module): (usize, usize)) -> ModuleId {
    ModuleId::new(package * PATHS.len() + module)
}

/// The modules of all packages.
pub fn modules(packages: usize, at: Span) -> Vec<Module> {
    let all = (0..packages).flat_map(|package| (0..PATHS.len()).map(move |module| (package, module)));
    let module = |(package, module): (usize, usize)| {
        let above = PATHS[module].rsplit_once("::").map_or("", |(above, _)| above);
        let above = PATHS.iter().position(|path| *path == above).expect("a module");
        Module {
            member: NodeId::new(package),
            path: PATHS[module].to_owned(),
            parent: (module > 0).then(|| id((package, above))),
            place: at,
            kind: DependencyKind::Normal,
            public: true,
        }
    };
    all.map(module).collect()
}

impl Spec {
    pub fn text(&self) -> String {
        let mut text = String::from("[settings.layers]\nunassigned = \"allow\"\n");
        for (index, words) in self.layers.iter().enumerate() {
            let _ = write!(
                text,
                "[[layers]]\nname = \"l{index}\"\nallow-empty = true\ncrates = {}\n",
                list(words)
            );
        }
        let rule = |table: &str, name: &str, (from, to): &(Vec<Word>, Vec<Word>), more: &str| {
            format!(
                "[[{table}]]\nname = \"{name}\"\nallow-empty = true\nfrom = {}\nto = {}\n{more}",
                list(from),
                list(to)
            )
        };
        text += &rule("forbidden", "f", &self.forbidden, "");
        text += &rule("protected", "p", &self.protected, "");
        text += &rule("allowed", "a", &self.allowed, "among = \"workspace\"\n");
        let _ = write!(
            text,
            "[[independent]]\nname = \"i\"\nreach = \"direct\"\nallow-empty = true\ncrates = {}\n",
            list(&self.parties)
        );
        text
    }

    pub fn workspace(&self, sources: &mut Sources) -> (Workspace, Span) {
        let file = sources.add(SourceFile::new("x.rs".into(), "/w/x.rs".into(), "0123456789\n"));
        let at = Span::new(file, 0..1);
        let member = |package: usize| {
            let declared = (package + 1..=self.packages).map(|to| dependency(to, Span::new(file, 9..10)));
            member(package, at, declared.collect())
        };
        let workspace = Workspace {
            root: "/w".into(),
            manifest: FileId::new(0),
            members: (0..self.packages).map(member).collect(),
            externals: vec![crate::workspace::External { name: "e".into() }],
            engine: Engine::Manifests,
            notes: Vec::new(),
        };
        (workspace, at)
    }

    pub fn code(&self, at: Span) -> Code {
        let mut references: Vec<Reference> = (self.namings.iter())
            .map(|(from, to)| Reference {
                from: id(*from),
                to: match to {
                    Some(to) => Target::Module(id(*to)),
                    None => Target::Package(NodeId::new(self.packages)),
                },
                kind: DependencyKind::Normal,
                place: at,
                form: Form::Path,
                behind: false,
            })
            .collect();
        references.sort();
        Code {
            modules: modules(self.packages, at),
            references,
            ..Code::default()
        }
    }

    /// What every rule objects to: rule, from and to; none where the file is wrong.
    pub fn judged(&self) -> Option<BTreeSet<(String, String, String)>> {
        let mut sources = Sources::default();
        let (workspace, at) = self.workspace(&mut sources);
        let text = self.text();
        let file = sources.add(SourceFile::new(
            "boundaries.toml".into(),
            "/w/boundaries.toml".into(),
            &*text,
        ));
        let (config, problems) = parse(&text, file);
        let config = config.filter(|_| problems.is_empty())?;
        let wanted = wanted(&workspace, &config, &sources);
        let expanded = units::expand(&workspace, &self.code(at), &wanted, false);
        let graph = Graph::new(&expanded);
        let architecture = Architecture::bind(&config, &graph, &sources).ok()?;
        let excuses = Excuses::new(&architecture, None);
        let case = Case {
            graph: &graph,
            architecture: &architecture,
            excuses: &excuses,
            lock: None,
            builds: None,
        };
        let name = |node| expanded.name(node).to_owned();
        let found = judge(&case).into_iter().filter_map(|candidate| {
            let Subject::Edge(id, _) = candidate.subject else {
                return None;
            };
            let edge = graph.edge(id);
            let rule = candidate.charges[0].rule_name(&config).to_owned();
            Some((rule, name(edge.from), name(edge.to)))
        });
        Some(found.collect())
    }
}
