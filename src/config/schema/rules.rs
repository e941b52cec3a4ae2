//! The rule tables.

mod features;
mod gateway;

pub use features::FEATURES;
pub use gateway::GATEWAY;

use super::{Choice, KINDS, Key, LEVELS, Section, Table, Type, choice, key, later, own};

/// Keys of every rule table.
const COMMON: &[Key] = &[
    key(
        "name",
        Type::RuleName,
        "The rule's name: kebab-case, unique, and not a code.",
    )
    .required()
    .example("name = \"domain-is-pure\""),
    key("reason", Type::Text, "Why the rule stands; shown with findings.")
        .example("reason = \"the domain runs without a runtime or a database\""),
    key(
        "help",
        Type::Text,
        "What to do about a finding; shown with findings, before the tool's own advice.",
    ),
    key("level", Type::Choice(LEVELS), "How much the rule's findings weigh.")
        .default("what `[levels]` says, else `\"deny\"`"),
    key(
        "kinds",
        Type::Choices(KINDS),
        "The kinds of dependencies that the rule judges; of a path, its first hop.",
    )
    .default("those of `[settings]`"),
    key(
        "allow-empty",
        Type::Flag,
        "Whether the rule's lists may select nothing.",
    )
    .default("`false`"),
    key(
        "optional-dependencies",
        Type::Choice(JUDGE),
        "Whether optional dependencies count; on a path, at every hop.",
    )
    .default("`\"judge\"`"),
    key(
        "targets",
        Type::Words,
        "Judges only dependencies that can hold on one of these target triples; on a path, at every hop. A condition on a \
         feature of the processor can hold; one on a flag of your own, such as `cfg(loom)`, holds on no target.",
    )
    .default("dependencies for every target")
    .example("targets = [\"x86_64-unknown-linux-gnu\"]"),
];

/// Keys that say how far a rule looks along paths.
const PATHS: &[Key] = &[
    key(
        "through",
        Type::Choices(KINDS),
        "The kinds of dependencies that a path may follow after its first hop.",
    )
    .default("`[\"normal\", \"build\"]`")
    .transitive(),
    key(
        "not-through",
        Type::Selectors,
        "Paths over these packages do not count.",
    )
    .transitive()
    .example("not-through = [\"test-support\"]"),
    key(
        "evidence",
        Type::Choice(EVIDENCE),
        "What decides whether a path onto an external is there.",
    )
    .default("`\"resolved\"`")
    .transitive()
    .example("evidence = \"lock\""),
    key(
        "proc-macros",
        Type::Choice(JUDGE),
        "Whether paths over proc-macros, and onto them, count.",
    )
    .default("`\"judge\"`")
    .transitive(),
    key(
        "features",
        Type::ChoiceOrWords(FEATURE_SETS),
        "With which features of the crate at which it starts a path onto an external is confirmed; a list means these \
         features and what they turn on, and no others: `default` is not among them unless it is listed.",
    )
    .default("`\"default\"`")
    .transitive(),
];

const COMMON_SECTION: Section = Section {
    title: "Keys of every rule table",
    usable: true,
    keys: COMMON,
};

const PATHS_SECTION: Section = Section {
    title: "Keys of rules that follow paths",
    usable: true,
    keys: PATHS,
};

/// For the tables whose rules look at one dependency in this version.
const NO_PATHS: Section = Section {
    usable: false,
    ..PATHS_SECTION
};

const DIRECT: &[Choice] = &[
    choice("direct", "one dependency"),
    later("transitive", "a path of dependencies"),
];

const REACH: &[Choice] = &[
    choice("direct", "one dependency"),
    choice("transitive", "a path of dependencies"),
];

const JUDGE: &[Choice] = &[choice("judge", "they count"), choice("ignore", "they do not count")];

const EVIDENCE: &[Choice] = &[
    choice(
        "resolved",
        "a build of the crate at which the path starts: no path in Cargo.lock is a pass, and where it shows one, cargo's \
         resolved graph decides, with the features that a build of that crate alone turns on",
    ),
    choice("lock", "Cargo.lock: every path that any build could take"),
];

const FEATURE_SETS: &[Choice] = &[
    choice("default", "the default features, as in `cargo build`"),
    choice("all", "all features, as with `--all-features`"),
    choice("none", "no features, as with `--no-default-features`"),
];

pub static FORBIDDEN: Table = Table {
    header: "[[forbidden]]",
    doc: "`from` may not use `to`. Onto externals, a rule with `reach = \"transitive\"` needs `evidence = \"lock\"`.",
    example: "[[forbidden]]\nname = \"domain-is-pure\"\nfrom = [\"layer:domain\"]\nto = [\"external:tokio\", \"group:drivers\"]\nreach = \"transitive\"\nevidence = \"lock\"\nreason = \"the domain runs without a runtime or a database\"",
    sections: &[
        COMMON_SECTION,
        own(&[
            key("from", Type::Selectors, "The members that the rule judges.")
                .default("every member")
                .example("from = [\"layer:domain\"]"),
            key(
                "to",
                Type::Selectors,
                "The members and externals that they may not use.",
            )
            .required()
            .example("to = [\"external:tokio\", \"group:drivers\"]"),
            key("reach", Type::Choice(REACH), "How far the ban reaches.").default("`\"direct\"`"),
        ]),
        PATHS_SECTION,
    ],
};

pub static ALLOWED: Table = Table {
    header: "[[allowed]]",
    doc: "A crate of `from` may use nothing but `to`. Crates of `from` may use each other only where `to` lists them \
          too.",
    example: "[[allowed]]\nname = \"memory-contract\"\nfrom = [\"memory\"]\nto = [\"host-api\", \"external:serde\"]\namong = \"all\"",
    sections: &[
        COMMON_SECTION,
        own(&[
            key("from", Type::Selectors, "The members that the rule judges.")
                .required()
                .example("from = [\"memory\"]"),
            key("to", Type::Selectors, "What they may use; `[]` means nothing.")
                .required()
                .example("to = [\"host-api\", \"prompt-envelope\"]"),
            key(
                "among",
                Type::Choice(AMONG),
                "What the list closes; `to` may name externals only where it closes them.",
            )
            .default("`\"workspace\"`"),
            key(
                "reach",
                Type::Choice(REACH),
                "How far the list reaches: what is used directly, or everything that is reached.",
            )
            .default("`\"direct\"`"),
        ]),
        PATHS_SECTION,
    ],
};

const AMONG: &[Choice] = &[
    choice("workspace", "members"),
    choice("external", "externals"),
    choice("all", "both"),
];

pub static PROTECTED: Table = Table {
    header: "[[protected]]",
    doc: "Only `from` and the crates of `to` themselves may use `to`.",
    example: "[[protected]]\nname = \"execution-internals\"\nto = [\"path:execution/*\", \"!execution\"]\nfrom = [\"execution\"]",
    sections: &[
        COMMON_SECTION,
        own(&[
            key("to", Type::Selectors, "The members and externals that are protected.")
                .required()
                .example("to = [\"path:execution/*\", \"!execution\"]"),
            key(
                "from",
                Type::Selectors,
                "The members that may use them; `[]` means nobody.",
            )
            .required()
            .example("from = [\"execution\"]"),
            key("reach", Type::Choice(DIRECT), "How far the rule looks.").default("`\"direct\"`"),
        ]),
        NO_PATHS,
    ],
};

pub static INDEPENDENT: Table = Table {
    header: "[[independent]]",
    doc: "Members that may not use each other. Either `crates` or `sets` is given, with two parties at least.",
    example: "[[independent]]\nname = \"plugins\"\ncrates = [\"plugin-*\", \"!plugin-sdk\"]\n\n[[independent]]\nname = \"client-and-server\"\nsets = [[\"client\", \"client-*\"], [\"server\", \"server-*\"]]",
    sections: &[
        COMMON_SECTION,
        own(&[
            key("crates", Type::Selectors, "Members of which each stands alone.")
                .example("crates = [\"plugin-*\", \"!plugin-sdk\"]"),
            key(
                "sets",
                Type::SelectorSets,
                "Sets of members: no crate of one set reaches a crate of another.",
            )
            .example("sets = [[\"client\", \"client-*\"], [\"context:server\"]]"),
            key("reach", Type::Choice(REACH), "How far the ban reaches.").default("`\"transitive\"`"),
        ]),
        PATHS_SECTION,
    ],
};

pub static ACYCLIC: Table = Table {
    header: "[[acyclic]]",
    doc: "The units may not use each other in a cycle. A rule over contexts replaces the built-in check.",
    example: "[[acyclic]]\nname = \"no-context-cycles\"\nover = \"contexts\"\nkinds = [\"normal\", \"build\", \"dev\"]",
    sections: &[
        COMMON_SECTION,
        own(&[
            key("over", Type::Choice(UNITS), "The units between which no cycle may be.")
                .required()
                .example("over = \"contexts\""),
            key(
                "modules",
                Type::Selectors,
                "With `over = \"modules\"`: the modules, each with all below it that no other entry selects.",
            )
            .example("modules = [\"mod:shop::*\"]"),
        ]),
    ],
};

const UNITS: &[Choice] = &[
    choice("contexts", "contexts"),
    choice("layers", "layers"),
    choice("crates", "members"),
    choice("modules", "the modules of `modules`"),
];

pub static EXPOSED: Table = Table {
    header: "[[exposed]]",
    doc: "Public items of `from` may not show types of `to`: in signatures, public fields, trait bounds, type aliases and \
          `pub use`. It is coupling that no manifest shows. What the source writes is judged.",
    example: "[[exposed]]\nname = \"no-sql-in-the-api\"\nfrom = [\"billing-api\"]\nto = [\"external:sqlx*\", \"context:identity\"]",
    sections: &[
        COMMON_SECTION,
        own(&[
            key(
                "from",
                Type::Selectors,
                "The members and modules whose public items are judged.",
            )
            .default("every member")
            .example("from = [\"billing-api\"]"),
            key("to", Type::Selectors, "Those whose types may not show.")
                .required()
                .example("to = [\"external:sqlx*\", \"context:identity\"]"),
        ]),
    ],
};
