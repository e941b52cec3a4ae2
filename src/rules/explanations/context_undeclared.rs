//! The page of `context-undeclared`.

use super::{Example, RuleDoc};

/// The page of `context-undeclared`.
pub const DOC: RuleDoc = RuleDoc {
    summary: "a crate uses a context that its own context does not list",
    what: "An edge from a crate of one context into another context that `may-use` does not list, into a \
           composition root, or from a shared kernel into any context that it does not list. Without `may-use` \
           a bounded context may use any other; `may-use = []` allows none. `\"identity:api\"` lists the crates of one \
           face alone, and any other crate of that context is then not listed. Shared kernels need not be listed.",
    why: "The list of contexts that a context uses is its contract with the rest of the system. An edge that \
           nobody agreed on is a meeting that did not take place: the other team changes its model and does not \
           know whom it breaks.",
    example: &[
        Example {
            file: "boundaries.toml",
            text: r#"[contexts.billing]
crates = ["billing-*"]
may-use = ["identity"]

[contexts.identity]
crates = ["identity-*"]

[contexts.orders]
crates = ["orders-*"]
"#,
        },
        Example {
            file: "billing-core/Cargo.toml",
            text: r#"[dependencies]
orders-api = { path = "../orders-api" }
"#,
        },
    ],
    fix: &[
        "add the context to `may-use`, if both sides agree",
        "turn the dependency around: let the other context publish an event or call a trait",
        "move what both need into a shared kernel",
        "record the edge as an `[[exceptions]]` entry with a reason",
    ],
};
