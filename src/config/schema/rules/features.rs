//! `[[features]]`.

use super::COMMON_SECTION;
use crate::config::schema::{Choice, Table, Type, choice, key, own};

pub static FEATURES: Table = Table {
    header: "[[features]]",
    doc: "A dependency of `from` on `to` may not turn these features on: not by its own `features` and default features, not \
          by what it inherits, and not by a feature of `from` that forwards, as `net = [\"store/testing\"]` does. Either \
          `deny` or `default = \"deny\"` is given, or both.",
    example: "[[features]]\nname = \"test-support-stays-in-tests\"\nto = [\"*\"]\ndeny = [\"test-support\", \"testing\"]\nkinds = [\"normal\", \"build\"]",
    sections: &[
        COMMON_SECTION,
        own(&[
            key("from", Type::Selectors, "The members whose dependencies are judged.")
                .default("every member")
                .example("from = [\"*-app\"]"),
            key(
                "to",
                Type::Selectors,
                "The members and externals whose features are meant. Of a member its own `[features]` are followed; of an \
                 external only what is declared is known.",
            )
            .required()
            .example("to = [\"*\"]"),
            key(
                "deny",
                Type::Words,
                "The features that may not be turned on; where `to` names members alone, one of them must have it. A \
                 member of `to` may forward such a feature by one that is denied too.",
            )
            .example("deny = [\"test-support\", \"testing\"]"),
            key(
                "default",
                Type::Choice(DEFAULT),
                "Whether the default features may be turned on.",
            )
            .default("`\"allow\"`")
            .example("default = \"deny\""),
        ]),
    ],
};

const DEFAULT: &[Choice] = &[
    choice("allow", "they may"),
    choice("deny", "`to` must be used with `default-features = false`"),
];
