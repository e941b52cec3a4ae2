//! The file itself, `[settings]`, and the tables that only map names to values.

use super::rules::{ACYCLIC, ALLOWED, EXPOSED, FEATURES, FORBIDDEN, GATEWAY, INDEPENDENT, PROTECTED};
use super::structure::{CONTEXT, LAYER};
use super::{Choice, KINDS, Key, LEVELS, Table, Type, choice, conditions, key, own, signals};

/// The whole file.
pub static ROOT: Table = Table {
    header: "the file",
    doc: "`boundaries.toml` stands beside the workspace's root manifest. At least one layer, context or rule must be \
          declared: a file that checks nothing is an error, never a silent pass.",
    sections: &[own(VERSIONS), own(STRUCTURE), own(RULES), own(OUTCOME), own(RESERVED)],
    example: "",
};

const VERSIONS: &[Key] = &[
    key(
        "version",
        Type::Version,
        "The version of this language; it is checked before any other key is looked at.",
    )
    .default("`1`")
    .example("version = 1"),
    key(
        "required-version",
        Type::Text,
        "The versions of the tool that may read this file, as a version requirement in Cargo's notation; it is checked \
         before any other key is looked at.",
    )
    .default("any")
    .example("required-version = \">=0.1\""),
    key(
        "settings",
        Type::Table(&SETTINGS),
        "What holds for all rules unless they say otherwise.",
    ),
];

const STRUCTURE: &[Key] = &[
    key(
        "groups",
        Type::Map("NAME", &Type::Selectors),
        "Names for selector lists, used as `group:NAME`; groups may use groups, but not in a circle, nor more than 64 deep.",
    )
    .example("[groups]\ndrivers = [\"external:sqlx*\", \"external:rusqlite\"]"),
    key(
        "layers",
        Type::Tables(&LAYER),
        "The layers, highest first: a crate may use its own layer and the layers below it.",
    ),
    key(
        "contexts",
        Type::Map("NAME", &CONTEXT_TYPE),
        "Bounded contexts: groups of crates with a public face.",
    ),
];

static CONTEXT_TYPE: Type = Type::Table(&CONTEXT);

const RULES: &[Key] = &[
    key("forbidden", Type::Tables(&FORBIDDEN), "Dependencies that may not be."),
    key(
        "allowed",
        Type::Tables(&ALLOWED),
        "Crates that may use nothing but a list.",
    ),
    key(
        "protected",
        Type::Tables(&PROTECTED),
        "Crates that only a list of others may use.",
    ),
    key(
        "independent",
        Type::Tables(&INDEPENDENT),
        "Crates that may not use each other.",
    ),
    key(
        "acyclic",
        Type::Tables(&ACYCLIC),
        "Units that may not use each other in a cycle.",
    ),
    key(
        "externals",
        Type::Map("EXTERNAL", &Type::Selectors),
        "Externals and their only users: each line is short for one `[[protected]]` rule, whose name is \
         `externals.EXTERNAL`.",
    )
    .example("[externals]\n\"sqlx*\" = [\"db\"]\ngit2 = [\"vcs\", \"release-tool\"]"),
    key(
        "gateway",
        Type::Tables(&GATEWAY),
        "Crates that may be reached only through others.",
    ),
    key(
        "features",
        Type::Tables(&FEATURES),
        "Features that dependencies may not turn on.",
    ),
    key(
        "exposed",
        Type::Tables(&EXPOSED),
        "Types that may not show in public items.",
    ),
];

const OUTCOME: &[Key] = &[
    key(
        "levels",
        Type::Map("CODE or RULE", &Type::Choice(LEVELS)),
        "Levels of findings, by code or by a rule's name; a rule's own `level` comes first, then its name here, then \
         its code.",
    )
    .example("[levels]\nstale-exception = \"deny\"\ndomain-is-pure = \"warn\""),
    key(
        "exceptions",
        Type::Tables(&conditions::EXCEPTION),
        "Edges that are excused, each with its reason.",
    ),
    key(
        "signals",
        Type::Table(&signals::TABLE),
        "What `cargo boundaries signals` does unless its command line says otherwise.",
    ),
];

const NOT_YET: &str = "remove the key: a later version may give it a meaning";

/// Names that are kept for later versions, in every table, and keys that are looked for in the wrong one.
pub const RESERVED: &[Key] = &[
    key("include", Type::Words, "Kept for reading further files.").reserved("write everything in one file"),
    key("extends", Type::Words, "Kept for building upon another file.").reserved("write everything in one file"),
    key("limits", Type::Text, "Kept for bounds on counts.").reserved(NOT_YET),
    key("preset", Type::Text, "Kept for ready-made architectures.").reserved("declare the layers in `[[layers]]`"),
    key("strict", Type::Text, "Stands in `[settings]`.").elsewhere("[settings]"),
    key("relations", Type::Text, "Stands in `[contexts.NAME]`.").elsewhere("[contexts.NAME]"),
];

static SETTINGS: Table = Table {
    header: "[settings]",
    doc: "What holds for all rules unless they say otherwise.",
    example: "[settings]\nkinds = [\"normal\", \"build\", \"dev\"]\nengine = \"manifests\"",
    sections: &[own(&[
        key(
            "kinds",
            Type::Choices(KINDS),
            "The kinds of dependencies that rules judge unless they say otherwise.",
        )
        .default("`[\"normal\", \"build\"]`")
        .example("kinds = [\"normal\", \"build\", \"dev\"]"),
        key("engine", Type::Choice(ENGINES), "What reads the workspace.").default("`\"auto\"`"),
        key(
            "member-claims",
            Type::Choice(CLAIMS),
            "Whether members may name their own layer, context and tags in `[package.metadata.boundaries]`.",
        )
        .default("`\"allow\"`"),
        key(
            "strict",
            Type::Selectors,
            "Members of which nothing is taken into the baseline: what they break fails, though a line of the baseline \
             names it. An exception, which gives a reason, excuses it all the same.",
        )
        .default("none")
        .example("strict = [\"context:billing\"]"),
        key(
            "reexports",
            Type::Choice(REEXPORTS),
            "Which module a name that is re-exported counts for.",
        )
        .default("`\"both\"`")
        .example("reexports = \"facade\""),
        key(
            "layers",
            Type::Table(&SETTINGS_LAYERS),
            "What holds for the layer stack.",
        ),
        key(
            "contexts",
            Type::Table(&SETTINGS_CONTEXTS),
            "What holds for the contexts.",
        ),
    ])],
};

const ENGINES: &[Choice] = &[
    choice(
        "auto",
        "the manifests, and cargo where they hold what only cargo can read",
    ),
    choice("manifests", "the manifests alone: no cargo process, no network"),
    choice("cargo", "`cargo metadata`"),
];

const REEXPORTS: &[Choice] = &[
    choice(
        "both",
        "the module that re-exports it and the one in which it lives: both are used",
    ),
    choice(
        "facade",
        "the module through which it is named alone: what it re-exports is its public face",
    ),
];

const CLAIMS: &[Choice] = &[
    choice("allow", "a member may name its own place"),
    choice("deny", "only boundaries.toml says where a member belongs"),
];

static SETTINGS_LAYERS: Table = Table {
    header: "[settings.layers]",
    doc: "What holds for the layer stack.",
    example: "[settings.layers]\nunassigned = \"deny\"",
    sections: &[own(&[
        key(
            "kinds",
            Type::Choices(KINDS),
            "The kinds of dependencies that the layer rules judge.",
        )
        .default("those of `[settings]`"),
        key(
            "unassigned",
            Type::Choice(LEVELS),
            "What a member in no layer is, once a layer is declared.",
        )
        .default("`\"warn\"`")
        .example("unassigned = \"deny\""),
    ])],
};

static SETTINGS_CONTEXTS: Table = Table {
    header: "[settings.contexts]",
    doc: "What holds for the contexts.",
    example: "[settings.contexts]\nunassigned = \"deny\"\npublic = [\"*-api\"]",
    sections: &[own(&[
        key(
            "kinds",
            Type::Choices(KINDS),
            "The kinds of dependencies that the context rules judge.",
        )
        .default("those of `[settings]`"),
        key(
            "unassigned",
            Type::Choice(LEVELS),
            "What a member in no context is, once a context is declared.",
        )
        .default("`\"warn\"`")
        .example("unassigned = \"deny\""),
        key(
            "public",
            Type::Selectors,
            "The default face: which crates of a context other contexts may use, for contexts without a `public` of \
             their own.",
        )
        .default("all crates of the context")
        .example("public = [\"*-api\"]"),
    ])],
};
