//! What a file that is right means: defaults, order and places.

use super::super::parse::parse;
use super::super::{
    Among, Config, ContextKind, Declared, Demand, EngineChoice, Evidence, Parties, Reach, Relation, Units,
};
use crate::finding::Level;
use crate::source::FileId;
use crate::workspace::builds::FeatureSet;
use crate::workspace::{DependencyKind, Kinds};

#[track_caller]
fn config(text: &str) -> Config {
    let (config, problems) = parse(text, FileId::new(0));
    assert!(problems.is_empty(), "{problems:?}");
    config.expect("a configuration")
}

const RULE: &str = "[[forbidden]]\nname = \"r\"\nto = [\"a\"]\n";

#[test]
fn kinds_default_to_normal_and_build_and_are_handed_down() {
    let plain = config(RULE);
    assert_eq!(plain.settings.kinds, Kinds::BUILD);
    assert_eq!(
        (plain.settings.layers.kinds, plain.settings.contexts.kinds),
        (Kinds::BUILD, Kinds::BUILD)
    );
    assert_eq!(plain.rules[0].kinds, Kinds::BUILD);

    let dev: Kinds = [DependencyKind::Dev].into_iter().collect();
    let all = config(&format!(
        "[settings]\nkinds = \"dev\"\n[settings.contexts]\nkinds = [\"normal\", \"build\", \"dev\"]\n{RULE}[externals]\nx = []\n"
    ));
    assert_eq!((all.settings.kinds, all.settings.layers.kinds), (dev, dev));
    assert_eq!(all.settings.contexts.kinds, Kinds::ALL);
    assert!(all.rules.iter().all(|rule| rule.kinds == dev));
}

#[test]
fn settings_default_to_what_the_reference_says() {
    let settings = config(RULE).settings;
    assert_eq!(settings.engine, EngineChoice::Auto);
    assert!(!settings.deny_member_claims);
    assert_eq!((settings.layers.unassigned, settings.contexts.unassigned), (None, None));
    assert!(settings.default_face.is_none());
    let text = format!(
        "{RULE}[settings]\nengine = \"cargo\"\nmember-claims = \"deny\"\n[settings.layers]\nunassigned = \"deny\"\n\
         [settings.contexts]\npublic = []\n"
    );
    let settings = config(&text).settings;
    assert_eq!(settings.engine, EngineChoice::Cargo);
    assert!(settings.deny_member_claims);
    assert_eq!(settings.layers.unassigned, Some(Level::Deny));
    assert!(
        settings
            .default_face
            .expect("unset and empty differ")
            .entries
            .is_empty()
    );
}

#[test]
fn everything_keeps_the_order_of_the_file() {
    let config = config(
        "[[layers]]\nname = \"z\"\n[[layers]]\nname = \"a\"\n[externals]\nzz = []\naa = []\n[contexts.y]\n[contexts.b]\n\
         [[protected]]\nname = \"p\"\nto = \"x\"\nfrom = []\n[[allowed]]\nname = \"b\"\nfrom = \"x\"\nto = []\n\
         [[forbidden]]\nname = \"a\"\nto = \"x\"\n[groups]\nh = []\ng = []\n",
    );
    let names = |names: Vec<&str>| names.join(" ");
    assert_eq!(
        names(config.layers.iter().map(|l| l.name.value.as_str()).collect()),
        "z a"
    );
    assert_eq!(
        names(config.contexts.iter().map(|c| c.name.value.as_str()).collect()),
        "y b"
    );
    assert_eq!(
        names(config.groups.iter().map(|g| g.name.value.as_str()).collect()),
        "h g"
    );
    let rules = config.rules.iter().map(|r| r.name.value.as_str()).collect();
    assert_eq!(names(rules), "externals.zz externals.aa p b a");
    assert_eq!(config.rule_count(), 7);
}

#[test]
fn a_line_of_externals_is_a_protected_rule() {
    let config = config("[externals]\n\"sqlx*\" = \"db\"\n");
    let rule = &config.rules[0];
    assert_eq!(rule.name.value, "externals.sqlx*");
    assert_eq!((rule.name.span.start, rule.name.span.end), (12, 19));
    let Demand::Protected { from, to } = &rule.demand else {
        panic!("{:?}", rule.demand)
    };
    assert_eq!(to.entries[0].text.value, "external:sqlx*");
    assert_eq!(from.entries[0].text.value, "db");
}

const RULES: &str = r#"
[[forbidden]]
name = "f"
to = ["external:x"]
reach = "transitive"
evidence = "lock"
through = []
not-through = ["t"]
level = "warn"
optional-dependencies = "ignore"
allow-empty = true
[[forbidden]]
name = "g"
from = "a"
to = "b"
[[allowed]]
name = "al"
from = "a"
to = ["external:x"]
among = "external"
[[independent]]
name = "i"
crates = ["*"]
[[independent]]
name = "s"
sets = ["a", ["b", "c"]]
reach = "direct"
[[acyclic]]
name = "ac"
over = "crates"
"#;

#[test]
fn rules_say_what_their_tables_say() {
    let rules = config(RULES).rules;
    let rule = &rules[0];
    assert!(rule.level == Some(Level::Warn) && rule.ignore_optional && rule.allow_empty);
    let Demand::Forbidden { from: None, reach, .. } = &rule.demand else {
        panic!("{:?}", rule.demand)
    };
    assert!(
        matches!(reach, Reach::Transitive { through: Kinds::NONE, not_through: Some(over), evidence: Evidence::Lock, .. } if over.entries.len() == 1)
    );
    assert!(matches!(
        &rules[1].demand,
        Demand::Forbidden {
            from: Some(_),
            reach: Reach::Direct,
            ..
        }
    ));
    assert!(matches!(
        &rules[2].demand,
        Demand::Allowed {
            among: Among::External,
            ..
        }
    ));
    let Demand::Independent {
        parties: Parties::Crates(_),
        reach,
    } = &rules[3].demand
    else {
        panic!("{:?}", rules[3].demand)
    };
    assert!(matches!(
        reach,
        Reach::Transitive {
            through: Kinds::BUILD,
            not_through: None,
            evidence: Evidence::Resolved,
            features: FeatureSet::Default,
            ignore_proc_macros: false,
        }
    ));
    let Demand::Independent {
        parties: Parties::Sets(sets),
        reach: Reach::Direct,
    } = &rules[4].demand
    else {
        panic!("{:?}", rules[4].demand)
    };
    assert_eq!(sets.iter().map(|set| set.entries.len()).collect::<Vec<_>>(), [1, 2]);
    assert!(matches!(
        &rules[5].demand,
        Demand::Acyclic {
            over: Units::Crates,
            modules: None
        }
    ));
}

#[test]
fn layers_and_contexts_say_what_their_tables_say() {
    let text = "[[layers]]\nname = \"a\"\ncrates = \"x\"\nclosed = true\nindependent = true\n[[layers]]\nname = \"b\"\nbeside = \
                \"a\"\nrest = true\nopen = true\nmay-use = []\n[contexts.c]\nkind = \"shared-kernel\"\nowners = \"@o\"\npublic = \
                []\nmay-use = [\"d\"]\n[contexts.d]\nrest = false\nkind = \"composition-root\"\nreason = \"r\"\nhelp = \"h\"\n";
    let config = config(text);
    let [a, b] = config.layers.as_slice() else {
        panic!("two layers")
    };
    assert!(a.closed && a.independent && !a.open && a.rest.is_none() && a.may_use.is_none() && a.beside.is_none());
    assert_eq!(&text[a.name.span.range()], "\"a\"");
    assert_eq!(&text[a.crates.key.range()], "crates");
    assert!(b.open && b.may_use.as_ref().is_some_and(|list| list.names.is_empty()));
    assert_eq!(&text[b.rest.expect("the rest").range()], "rest");
    assert!(b.crates.entries.is_empty());
    let [c, d] = config.contexts.as_slice() else {
        panic!("two contexts")
    };
    assert!(
        c.kind == ContextKind::SharedKernel
            && c.owners == ["@o"]
            && c.public.as_ref().is_some_and(|p| p.entries.is_empty())
    );
    assert_eq!(&text[c.name.span.range()], "c");
    assert!(d.kind == ContextKind::CompositionRoot && d.rest.is_none() && d.public.is_none() && d.may_use.is_none());
    assert_eq!((d.reason.as_deref(), d.help.as_deref()), (Some("r"), Some("h")));
}

#[test]
fn a_declared_relation_has_the_places_of_both_its_words() {
    let text = "[contexts.a]\n[contexts.a.relations]\nc = \"partnership\"\nb = \"published-language\"\n[contexts.b]\n\
                relations.a = \"published-language\"\n[contexts.c]\n[signals]\ndeny = \"relation\"\nmonths = 6\n";
    let config = config(text);
    let declared = |context: usize| {
        let of = |line: &Declared| (&text[line.other.span.range()], line.relation, &text[line.word.range()]);
        config.contexts[context].relations.iter().map(of).collect::<Vec<_>>()
    };
    let published = (Relation::PublishedLanguage, "\"published-language\"");
    assert_eq!(
        declared(0),
        [
            ("c", Relation::Partnership, "\"partnership\""),
            ("b", published.0, published.1)
        ]
    );
    // Each may publish for the other.
    assert_eq!(declared(1), [("a", published.0, published.1)]);
    assert_eq!(config.signals.months, Some(6));
    assert_eq!(
        config
            .signals
            .deny
            .iter()
            .map(|id| id.value.as_str())
            .collect::<Vec<_>>(),
        ["relation"]
    );
}

#[test]
fn the_words_of_the_schema_are_the_relations_that_are_understood() {
    let words = super::super::schema::RELATIONS.iter().map(|choice| choice.word);
    assert!(words.eq(Relation::ALL.map(Relation::as_str)));
}

#[test]
fn an_exception_without_kinds_excuses_all_kinds() {
    let text = format!(
        "{RULE}[[exceptions]]\nrule = \"r\"\nfrom = \"a\"\nto = \"external:x@1\"\nreason = \"so\"\nuntil = 2027-03-31\nexpect = 1\n\
         [[exceptions]]\nrule = \"context-cycle\"\nfrom = \"a\"\nto = \"b\"\nkinds = [\"dev\"]\nreason = \"so\"\n"
    );
    let config = config(&text);
    let [first, second] = config.exceptions.as_slice() else {
        panic!("two exceptions")
    };
    assert_eq!(first.kinds, Kinds::ALL);
    let until = first.until.as_ref().expect("a day");
    assert_eq!((until.value.year, until.value.month, until.value.day), (2027, 3, 31));
    assert_eq!(&text[first.span.range()], "[[exceptions]]");
    assert_eq!(first.expect.as_ref().map(|expect| expect.value), Some(1));
    assert!(!second.kinds.contains(DependencyKind::Normal));
}

#[test]
fn a_configuration_comes_back_beside_its_problems() {
    let (config, problems) = parse(&format!("{RULE}[[forbidden]]\nname = \"s\"\n"), FileId::new(0));
    assert_eq!(config.expect("what could be understood").rules.len(), 1);
    assert_eq!(problems.len(), 1);
}

#[test]
fn a_file_for_another_version_is_not_looked_at() {
    let (config, problems) = parse("version = 2\nnonsense = 1\n[[layers]]\n", FileId::new(0));
    assert!(config.is_none());
    assert_eq!(problems.len(), 1, "{problems:?}");
}

#[test]
fn a_dotted_and_an_inline_table_are_tables() {
    let config = config(
        "layers = [{ name = \"a\", crates = \"x\" }]\ncontexts.b.crates = [\"y\"]\nsettings.kinds = [\"dev\"]\n",
    );
    assert_eq!((config.layers.len(), config.contexts.len()), (1, 1));
    assert!(config.settings.kinds.contains(DependencyKind::Dev));
}
