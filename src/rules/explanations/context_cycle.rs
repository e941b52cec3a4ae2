//! The page of `context-cycle`.

use super::{Example, RuleDoc};

/// The page of `context-cycle`.
pub const DOC: RuleDoc = RuleDoc {
    summary: "contexts use each other in a cycle",
    what: "A set of contexts each of which reaches all others, with a shortest cycle through them. Cargo \
           accepts this: the crates stay free of cycles while their contexts do not. Every edge counts, allowed \
           or not, but for those that an exception or the baseline excuses; composition roots are left aside. \
           An `[[acyclic]]` rule over contexts replaces this check.",
    why: "Contexts in a cycle are one context: they are understood, released and broken together.",
    example: &[
        Example {
            file: "boundaries.toml",
            text: r#"[contexts.billing]
crates = ["billing-*"]

[contexts.orders]
crates = ["orders-*"]
"#,
        },
        Example {
            file: "orders-core/Cargo.toml",
            text: r#"[dependencies]
billing-api = { path = "../billing-api" }
"#,
        },
        Example {
            file: "billing-core/Cargo.toml",
            text: r#"[dependencies]
orders-events = { path = "../orders-events" }
"#,
        },
    ],
    fix: &[
        "cut the direction with the fewest edges: move its types into a shared kernel, or turn it around with \
         a trait",
        "make one context of the two",
        "excuse one edge of the cycle with an `[[exceptions]]` entry: it is left out before the search",
    ],
};
