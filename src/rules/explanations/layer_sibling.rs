//! The page of `layer-sibling`.

use super::{Example, RuleDoc};

/// The page of `layer-sibling`.
pub const DOC: RuleDoc = RuleDoc {
    summary: "crates of one layer use each other although it is `independent`",
    what: "An edge between two crates of a layer that says `independent = true`. Only direct dependencies \
           count: two siblings that both use a third crate of a lower layer are fine.",
    why: "Siblings that do not know each other can be built in parallel, replaced one by one and owned by \
           different people. One edge between two of them is the first of many.",
    example: &[
        Example {
            file: "boundaries.toml",
            text: r#"[[layers]]
name = "adapters"
crates = ["*-adapter"]
independent = true
"#,
        },
        Example {
            file: "web-adapter/Cargo.toml",
            text: r#"[dependencies]
postgres-adapter = { path = "../postgres-adapter" }
"#,
        },
    ],
    fix: &[
        "move what both need into a lower layer",
        "let a crate above join the two",
        "record the edge as an `[[exceptions]]` entry with a reason",
    ],
};
