//! `relations` of a context, and `[signals]`: what history is asked, and never what `check` judges.

use super::{Choice, Table, Type, choice, key, own};

/// The relations of context mapping that a context may declare to another. Of those that have a direction the declaring context is
/// the downstream one, which uses the other.
pub const RELATIONS: &[Choice] = &[
    choice(
        "published-language",
        "it uses what the other publishes: a change there seldom ripples into it",
    ),
    choice(
        "separate-ways",
        "neither depends on the other, and they do not change together",
    ),
    choice(
        "partnership",
        "they succeed or fail together: that they change together is expected",
    ),
    choice(
        "conformist",
        "it follows the other's model as it is: that changes ripple into it is expected, and the other does not depend on it",
    ),
    choice(
        "customer-supplier",
        "the other plans for it: that they change together is expected, but the other changes without it more often than not, \
         and does not depend on it",
    ),
    choice(
        "shared-kernel",
        "they share a small part: that they change together is expected, but each changes alone more often than not",
    ),
];

/// The signals that may fail a run; the others inform, and flag nothing.
pub const SIGNALS: &[Choice] = &[
    choice("co-change", "two contexts change together more than chance"),
    choice(
        "hidden-coupling",
        "two crates change together, and neither depends on the other",
    ),
    choice("ripple", "changes of a dependency reach a dependent"),
    choice("merge-candidate", "a crate and its only dependent change as one"),
    choice("split-candidate", "a module changes alone"),
    choice("context-fit", "a crate fits another context better than its own"),
    choice("relation", "a declared relation that history does not bear out"),
];

/// The table of the answer's settings.
pub static TABLE: Table = Table {
    header: "[signals]",
    doc: "What `cargo boundaries signals` does unless its command line says otherwise. `check` judges none of it.",
    example: "[signals]\ndeny = [\"relation\"]\nmonths = 12",
    sections: &[own(&[
        key(
            "deny",
            Type::Choices(SIGNALS),
            "The signals that fail a run of `cargo boundaries signals`, beside those of `--deny`.",
        )
        .default("none: signals inform")
        .example("deny = [\"relation\"]"),
        key("months", Type::Count, "How many months of history are read.")
            .default("`24`")
            .example("months = 12"),
    ])],
};
