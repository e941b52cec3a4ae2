//! The page of `independent`.

use super::{Example, RuleDoc};

/// The page of `independent`.
pub const DOC: RuleDoc = RuleDoc {
    summary: "crates that an `[[independent]]` rule keeps apart use each other",
    what: "A path, or with `reach = \"direct\"` an edge, between two parties of the rule: between any two of its \
           `crates`, or from a crate of one of its `sets` to a crate of another. A crate outside the rule that \
           uses several parties is fine. The rule is transitive by default: the path through a third crate \
           counts.",
    why: "Plugins, drivers, a client and its server: parties that are chosen, shipped or replaced one by one \
           must not need each other, not even through a helper.",
    example: &[
        Example {
            file: "boundaries.toml",
            text: r#"[[independent]]
name = "plugins-stand-alone"
crates = ["plugin-*", "!plugin-sdk"]
"#,
        },
        Example {
            file: "plugin-pdf/Cargo.toml",
            text: r#"[dependencies]
plugin-fonts = { path = "../plugin-fonts" }
"#,
        },
    ],
    fix: &[
        "move what both need into a crate that is no party of the rule",
        "let the crate that uses both join them",
        "record the pair as an `[[exceptions]]` entry with a reason",
    ],
};
