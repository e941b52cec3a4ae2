//! The page of `layer-skip`.

use super::{Example, RuleDoc};

/// The page of `layer-skip`.
pub const DOC: RuleDoc = RuleDoc {
    summary: "a crate passes over a `closed` layer",
    what: "An edge from a crate above a layer with `closed = true` onto a crate below it. A layer with `open = \
           true` may always be used, and so may one that the using layer's `may-use` lists.",
    why: "A closed layer is where requests are checked, transactions begin or permissions are asked. Code that \
           goes around it works in every test and is wrong in production.",
    example: &[
        Example {
            file: "boundaries.toml",
            text: r#"[[layers]]
name = "inbound"
crates = ["web"]

[[layers]]
name = "application"
crates = ["billing-app"]
closed = true

[[layers]]
name = "domain"
crates = ["billing-domain"]
"#,
        },
        Example {
            file: "web/Cargo.toml",
            text: r#"[dependencies]
billing-domain = { path = "../billing-domain" }
"#,
        },
    ],
    fix: &[
        "use the closed layer, and let it offer what is missing",
        "give a layer of small shared types `open = true`",
        "list the lower layer in the upper one's `may-use` where the way around is meant",
        "record the edge as an `[[exceptions]]` entry with a reason",
    ],
};
