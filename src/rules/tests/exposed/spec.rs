//! Random packages whose public items show things of each other and of externals, and rules and exceptions about that.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::select;

use super::super::modules::spec::{PATHS, PATTERNS, Word, dependency, id, member, modules};
use crate::architecture::Architecture;
use crate::code::{Code, Exposure, Shown, Target};
use crate::config::parse::parse;
use crate::excuses::Excuses;
use crate::finding::{Code as Of, Status};
use crate::graph::Graph;
use crate::pipeline::modules::wanted;
use crate::report::assemble::{Wishes, assemble};
use crate::rules::{Case, judge};
use crate::source::{FileId, SourceFile, Sources, Span};
use crate::units;
use crate::workspace::{Engine, External, NodeId, Workspace};

pub const PACKAGES: usize = 3;
pub const EXTERNALS: usize = 2;

/// Ways of showing, and how each is said.
pub const WAYS: [(Shown, &str); 6] = [
    (Shown::Signature, "`I` takes or returns `T`"),
    (Shown::Field, "`I` holds `T`"),
    (Shown::Bound, "`I` is bound by `T`"),
    (Shown::Implementation, "an `impl` for `I` shows `T`"),
    (Shown::Alias, "`I` stands for `T`"),
    (Shown::Reexport, "`I` re-exports `T`"),
];

/// What is shown: a module of a package, or an external.
#[derive(Clone, Copy, Debug)]
pub enum Thing {
    Module(usize, usize),
    External(usize),
}

/// A place, at this byte, where a public item of a module shows a thing, in one of [`WAYS`].
#[derive(Clone, Copy, Debug)]
pub struct Shows {
    pub from: (usize, usize),
    pub to: Thing,
    pub at: usize,
    pub way: usize,
}

/// A selector of a rule.
#[derive(Clone, Copy, Debug)]
pub enum Selector {
    Word(Word),
    /// The context `c`.
    Context,
    /// An external, all of its versions or one.
    External(usize, Option<usize>),
    EveryExternal,
}

impl Selector {
    fn text(self) -> String {
        match self {
            Self::Word(word) => word.text().trim_matches('"').to_owned(),
            Self::Context => "context:c".to_owned(),
            Self::External(external, None) => format!("external:x{external}"),
            Self::External(external, Some(version)) => format!("external:x{external}@{version}"),
            Self::EveryExternal => "external:x*".to_owned(),
        }
    }
}

/// A list: each entry adds what it selects, or takes it away.
pub type List = Vec<(bool, Selector)>;

#[derive(Clone, Debug)]
pub struct Rule {
    pub from: Option<List>,
    pub to: List,
    /// Whether it judges normal dependencies; else those of tests alone.
    pub normal: bool,
}

/// The rule that an exception names by its number or, without one, by the code, and both ends.
#[derive(Clone, Debug)]
pub struct Exception {
    pub rule: Option<usize>,
    pub from: Word,
    pub to: Selector,
}

#[derive(Clone, Debug)]
pub struct Spec {
    pub shows: Vec<Shows>,
    /// The version of each external that each package requires, where it depends on that.
    pub versions: [[Option<usize>; EXTERNALS]; PACKAGES],
    /// Which packages the context has; the first is always one.
    pub context: [bool; PACKAGES],
    pub rules: Vec<Rule>,
    pub exceptions: Vec<Exception>,
}

fn word() -> impl Strategy<Value = Word> {
    (0..PACKAGES, weighted(0.7, select(&PATTERNS[..]))).prop_map(|(package, modules)| Word { package, modules })
}

fn list(externals: u32) -> impl Strategy<Value = List> {
    let version = weighted(0.5, 1..=2usize);
    let selector = prop_oneof![
        8 => word().prop_map(Selector::Word),
        2 => Just(Selector::Context),
        externals => (0..EXTERNALS, version).prop_map(|(external, version)| Selector::External(external, version)),
        externals => Just(Selector::EveryExternal),
    ];
    let entries = proptest::collection::vec((prop::bool::weighted(0.75), selector), 1..4);
    entries.prop_map(|mut entries| {
        entries[0].0 = true;
        entries
    })
}

fn rule() -> impl Strategy<Value = Rule> {
    let parts = (weighted(0.8, list(0)), list(2), prop::bool::weighted(0.9));
    parts.prop_map(|(from, to, normal)| Rule { from, to, normal })
}

fn exception() -> impl Strategy<Value = Exception> {
    let module = (0..PACKAGES, select(&PATTERNS[..])).prop_map(|(package, modules)| Word {
        package,
        modules: Some(modules),
    });
    let to = prop_oneof![
        2 => word().prop_map(Selector::Word),
        1 => (0..EXTERNALS).prop_map(|external| Selector::External(external, None)),
    ];
    (weighted(0.5, 0..2usize), module, to).prop_map(|(rule, from, to)| Exception { rule, from, to })
}

fn shows() -> impl Strategy<Value = Shows> {
    let place = || (0..PACKAGES, 0..PATHS.len());
    let to = prop_oneof![
        2 => place().prop_map(|(package, module)| Thing::Module(package, module)),
        1 => (0..EXTERNALS).prop_map(Thing::External),
    ];
    (place(), to, 0..8usize, 0..WAYS.len()).prop_map(|(from, to, at, way)| Shows { from, to, at, way })
}

pub fn specs() -> impl Strategy<Value = Spec> {
    let versions = prop::array::uniform3(prop::array::uniform2(weighted(0.6, 1..=2usize)));
    (
        proptest::collection::vec(shows(), 0..12),
        versions,
        prop::array::uniform3(any::<bool>()),
        proptest::collection::vec(rule(), 2),
        proptest::collection::vec(exception(), 0..3),
    )
        .prop_map(|(mut shows, versions, mut context, rules, exceptions)| {
            // A package depends on those behind it alone, and shows externals that some package depends on.
            shows.retain(|shows| match shows.to {
                Thing::Module(package, _) => shows.from.0 <= package,
                Thing::External(external) => versions.iter().any(|of| of[external].is_some()),
            });
            context[0] = true;
            Spec {
                shows,
                versions,
                context,
                rules,
                exceptions,
            }
        })
}

/// What a finding is about: the rule, from and to.
pub type Pair = (String, String, String);

impl Spec {
    pub fn text(&self) -> String {
        let listed = |list: &List| {
            let entry = |(adds, selector): &(bool, Selector)| {
                format!("\"{}{}\"", if *adds { "" } else { "!" }, selector.text())
            };
            let entries: Vec<String> = list.iter().map(entry).collect();
            format!("[{}]", entries.join(", "))
        };
        let context = (0..PACKAGES).filter(|package| self.context[*package]);
        let context: Vec<String> = context.map(|package| format!("\"p{package}\"")).collect();
        let mut text = format!("[contexts.c]\ncrates = [{}]\n", context.join(", "));
        for (index, rule) in self.rules.iter().enumerate() {
            let _ = write!(text, "[[exposed]]\nname = \"r{index}\"\nallow-empty = true\n");
            if let Some(from) = &rule.from {
                let _ = writeln!(text, "from = {}", listed(from));
            }
            let kind = if rule.normal { "normal" } else { "dev" };
            let _ = write!(text, "to = {}\nkinds = [\"{kind}\"]\n", listed(&rule.to));
        }
        for exception in &self.exceptions {
            let rule = exception.rule.map_or("exposed".to_owned(), |rule| format!("r{rule}"));
            let (from, to) = (exception.from.text(), exception.to.text());
            let _ = write!(
                text,
                "[[exceptions]]\nrule = \"{rule}\"\nfrom = {from}\nto = \"{to}\"\n"
            );
            text.push_str("expect = 1\nreason = \"it is so\"\n");
        }
        text
    }

    fn workspace(&self, sources: &mut Sources) -> (Workspace, FileId) {
        let file = sources.add(SourceFile::new("x.rs".into(), "/w/x.rs".into(), "0123456789\n"));
        let key = Span::new(file, 9..10);
        let declared = |package: usize| {
            let members = (package + 1..PACKAGES).map(|to| dependency(to, key));
            let externals = self.versions[package].iter().enumerate();
            let externals = externals.filter_map(|(external, version)| {
                let mut declared = dependency(PACKAGES + external, key);
                declared.requirement = Some(format!("{}.0", (*version)?));
                Some(declared)
            });
            members.chain(externals).collect()
        };
        let workspace = Workspace {
            root: "/w".into(),
            manifest: FileId::new(0),
            members: (0..PACKAGES).map(|p| member(p, key, declared(p))).collect(),
            externals: (0..EXTERNALS).map(|x| External { name: format!("x{x}") }).collect(),
            engine: Engine::Manifests,
            notes: Vec::new(),
        };
        (workspace, file)
    }

    fn code(&self, file: FileId) -> Code {
        let exposure = |shows: &Shows| Exposure {
            place: Span::new(file, shows.at..shows.at + 1),
            from: id(shows.from),
            item: "I".to_owned(),
            to: match shows.to {
                Thing::Module(package, module) => Target::Module(id((package, module))),
                Thing::External(external) => Target::Package(NodeId::new(PACKAGES + external)),
            },
            shown: "T".to_owned(),
            how: WAYS[shows.way].0,
        };
        let mut exposures: Vec<Exposure> = self.shows.iter().map(exposure).collect();
        exposures.sort();
        Code {
            modules: modules(PACKAGES, Span::new(file, 0..1)),
            exposures,
            ..Code::default()
        }
    }

    /// What the rules object to and nothing excuses: rule, from and to, with the first place, how many places there are,
    /// and what is said of the first.
    pub fn judged(&self) -> BTreeMap<Pair, (usize, usize, String)> {
        let mut sources = Sources::default();
        let (workspace, source) = self.workspace(&mut sources);
        let text = self.text();
        let file = SourceFile::new("boundaries.toml".into(), "/w/boundaries.toml".into(), &*text);
        let (config, problems) = parse(&text, sources.add(file));
        assert_eq!(problems, [], "{text}");
        let config = config.expect("a configuration");
        let wanted = wanted(&workspace, &config, &sources);
        let expanded = units::expand(&workspace, &self.code(source), &wanted, false);
        let graph = Graph::new(&expanded);
        let architecture = Architecture::bind(&config, &graph, &sources);
        let architecture = architecture.unwrap_or_else(|problems| panic!("{problems:?}\n{text}"));
        let case = Case {
            graph: &graph,
            architecture: &architecture,
            excuses: &Excuses::new(&architecture, None),
            lock: None,
            builds: None,
        };
        let wishes = Wishes {
            deny_stale: false,
            show_excepted: false,
            today: jiff::civil::date(2026, 1, 1),
        };
        let report = assemble(&case, &judge(&case), None, Arc::new(sources), wishes);
        let active = report.findings.into_iter();
        let active = active.filter(|found| found.code == Of::Exposed && found.status == Status::Active);
        let mut judged = BTreeMap::new();
        for found in active {
            let places = found.usage.map_or(0, |usage| usage.references);
            let seen = (found.primary.byte_start, places, found.label);
            let pair = (found.rule, found.from, found.to);
            assert!(judged.insert(pair, seen).is_none(), "a pair is reported twice\n{text}");
        }
        judged
    }
}
