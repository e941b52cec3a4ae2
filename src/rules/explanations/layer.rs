//! The page of `layer`.

use super::{Example, RuleDoc};

/// The page of `layer`.
pub const DOC: RuleDoc = RuleDoc {
    summary: "a crate uses a layer that stands above it, beside it, or that its own layer does not list",
    what: "An edge from a crate of one layer to a crate of another that the order of `[[layers]]` does not \
           allow: up the stack, across to a layer of the same rank (`beside`), or to a layer that `may-use` \
           leaves out. The layers stand in the file from the highest to the lowest; a crate may use its own \
           layer and every layer below it. Dependencies for every target and optional ones count. One edge is \
           one finding, also where two tables declare it.",
    why: "A dependency that points upwards ties the stable part of a system to the part that changes most: the \
           domain can no longer be built, tested or moved without the database or the web framework. Cargo \
           accepts it as long as no cycle closes, so nothing else tells you.",
    example: &[
        Example {
            file: "boundaries.toml",
            text: r#"[[layers]]
name = "adapters"
crates = ["postgres-store"]

[[layers]]
name = "domain"
crates = ["billing-domain"]
"#,
        },
        Example {
            file: "billing-domain/Cargo.toml",
            text: r#"[dependencies]
postgres-store = { path = "../postgres-store" }
"#,
        },
    ],
    fix: &[
        "define a trait in the lower crate and implement it in the upper one, so that the dependency points \
         down",
        "move the code that is needed into a crate of the lower layer",
        "if the crate is placed wrongly, change the layer's `crates`, or the crate's own claim in \
         `[package.metadata.boundaries]`",
        "record the edge as an `[[exceptions]]` entry with a reason and an `until`",
    ],
};
