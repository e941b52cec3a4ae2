//! The page of `context-private`.

use super::{Example, RuleDoc};

/// The page of `context-private`.
pub const DOC: RuleDoc = RuleDoc {
    summary: "a crate uses a crate of another context that is not public",
    what: "An edge into another context's crate that is neither in its `public` list nor, where the list is \
           unset, in the default face (`[settings.contexts] public`), nor opened to the context that uses it by \
           `public-to`. A composition root may use everything.",
    why: "Behind its public crates a context may change as it likes. Every outside user of an inner crate \
           takes a piece of that freedom away, and nobody notices until the refactoring.",
    example: &[
        Example {
            file: "boundaries.toml",
            text: r#"[contexts.billing]
crates = ["billing-*"]
public = ["billing-api"]

[contexts.orders]
crates = ["orders-*"]
"#,
        },
        Example {
            file: "orders-core/Cargo.toml",
            text: r#"[dependencies]
billing-store = { path = "../billing-store" }
"#,
        },
    ],
    fix: &[
        "use one of the context's public crates; the message names them",
        "ask the owners to offer what is missing in a public crate",
        "add the crate to `public`, if it is meant to be relied on, or to `public-to` for one context alone",
        "record the edge as an `[[exceptions]]` entry with a reason",
    ],
};
