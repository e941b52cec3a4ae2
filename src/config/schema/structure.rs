//! `[[layers]]` and `[contexts.NAME]`.

use super::{Choice, Key, RELATIONS, Table, Type, choice, key, own};

const REST: &str = "Takes every member that nothing else of the family claims, beside what `crates` selects; only one \
                    of the family may say so.";

const MODULES: &str = "Modules that belong to it beside the crates, each with all that is below it and that nothing else of \
                       the family claims more exactly.";

const COMMON: &[Key] = &[
    key(
        "allow-empty",
        Type::Flag,
        "Whether `crates` and `modules` may select nothing.",
    )
    .default("`false`"),
    key("reason", Type::Text, "Why it is so; shown with findings."),
    key(
        "help",
        Type::Text,
        "What to do about a finding; shown with findings, before the tool's own advice.",
    ),
];

pub static LAYER: Table = Table {
    header: "[[layers]]",
    doc: "A layer of a stack. The highest stands first: a crate may use its own layer and the layers below it. A \
          layer with neither `crates` nor `rest` is filled by the members that name it in \
          `[package.metadata.boundaries]`.",
    example: "[[layers]]\nname = \"domain\"\ncrates = [\"*-domain\"]\nindependent = true\nmay-use = [\"foundation\"]",
    sections: &[
        own(&[
            key(
                "name",
                Type::UnitName,
                "The layer's name: letters, digits, `-`, `_` and `.`.",
            )
            .required()
            .example("name = \"domain\""),
            key(
                "stack",
                Type::UnitName,
                "The stack that the layer belongs to, for workspaces that are ordered in more than one way: each stack is \
                 judged by itself, and a crate is in at most one layer of each.",
            )
            .default("the main stack")
            .example("stack = \"storage\""),
            key("crates", Type::Selectors, "The layer's crates.").example("crates = [\"*-domain\"]"),
            key("modules", Type::Selectors, MODULES).example("modules = [\"mod:shop::domain\"]"),
            key("rest", Type::Flag, REST).default("`false`"),
            key(
                "beside",
                Type::Text,
                "The layer whose rank this one shares; layers of one rank may not use each other.",
            )
            .example("beside = \"inbound\""),
            key(
                "closed",
                Type::Flag,
                "No crate above may directly use a crate below this layer.",
            )
            .default("`false`"),
            key("open", Type::Flag, "May be used past a closed layer.").default("`false`"),
            key(
                "independent",
                Type::Flag,
                "Crates of this layer may not directly use each other.",
            )
            .default("`false`"),
            key(
                "may-use",
                Type::Names,
                "The layers that this one may use instead of every layer below; it may name only lower layers, and \
                 `[]` means none.",
            )
            .default("every layer below")
            .example("may-use = [\"foundation\"]"),
        ]),
        own(COMMON),
    ],
};

pub static CONTEXT: Table = Table {
    header: "[contexts.NAME]",
    doc: "A bounded context: a group of crates with a public face. A context with neither `crates` nor `rest` is \
          filled by the members that name it in `[package.metadata.boundaries]`.",
    example: "[contexts.billing]\ncrates = [\"path:crates/billing/**\"]\npublic = [\"billing-api\"]\nmay-use = [\"identity\"]\nowners = [\"@shop/billing\"]\n[contexts.billing.public-to]\nledger = [\"billing-events\"]\n[contexts.billing.faces]\napi = [\"billing-api\"]\n[contexts.billing.relations]\nledger = \"published-language\"",
    sections: &[
        own(&[
            key("crates", Type::Selectors, "The context's crates.").example("crates = [\"path:crates/billing/**\"]"),
            key("modules", Type::Selectors, MODULES).example("modules = [\"mod:shop::billing\"]"),
            key("rest", Type::Flag, REST).default("`false`"),
            key(
                "public",
                Type::Selectors,
                "What other contexts may use, among the context's own crates; `[]` means nothing.",
            )
            .default("the default face in `[settings.contexts]`, else all of it")
            .example("public = [\"billing-api\"]"),
            key(
                "public-to",
                Type::Map("CONTEXT", &Type::Selectors),
                "More crates that are public, for one other context each, among the context's own crates.",
            )
            .example("public-to.ledger = [\"billing-events\"]"),
            key(
                "faces",
                Type::Map("FACE", &Type::Selectors),
                "Named parts of the public face: who lists `\"billing:api\"` in `may-use` may use the crates of that face \
                 alone.",
            )
            .example("faces.api = [\"billing-api\"]"),
            key(
                "may-use",
                Type::Names,
                "The other contexts that this one may use, each whole (`\"identity\"`) or by a face (`\"identity:api\"`); \
                 `[]` means none.",
            )
            .default("any, for a shared kernel none")
            .example("may-use = [\"identity\"]"),
            key("kind", Type::Choice(CONTEXT_KINDS), "A part that the context plays.").default("an ordinary context"),
            key(
                "relations",
                Type::Map("CONTEXT", &Type::Choice(RELATIONS)),
                "What the context is to others, in the terms of context mapping; `cargo boundaries signals` tests it by \
                 history, and `check` does not judge it.",
            )
            .example("relations.ledger = \"published-language\""),
            key(
                "owners",
                Type::Words,
                "Whom the context belongs to; shown with findings.",
            )
            .example("owners = [\"@shop/billing\"]"),
        ]),
        own(COMMON),
    ],
};

const CONTEXT_KINDS: &[Choice] = &[
    choice(
        "shared-kernel",
        "every context may use its public face unlisted; it may use no context but what it lists",
    ),
    choice(
        "composition-root",
        "may use everything, public or not; no other context may use it",
    ),
];
