//! The page of `expired-exception`.

use super::{Example, RuleDoc};

/// The page of `expired-exception`.
pub const DOC: RuleDoc = RuleDoc {
    summary: "an exception is past its `until`",
    what: "An `[[exceptions]]` entry whose `until` lies before today (UTC; the day itself still counts). It \
           still excuses its edges, so that this is the one finding, and it is reported whether or not the \
           edges are still there.",
    why: "A date that nobody has to keep is a comment. This one fails the run, once, with the name of the \
           debt.",
    example: &[
        Example {
            file: "boundaries.toml",
            text: r#"[[layers]]
name = "adapters"
crates = ["postgres-store"]

[[layers]]
name = "domain"
crates = ["billing-domain"]

[[exceptions]]
rule = "layer"
from = "billing-domain"
to = "postgres-store"
reason = "the query moves to the store in the next release"
until = 2025-03-31
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
        "remove the dependency and the entry",
        "give it a new `until`, and say in `reason` why it takes longer",
    ],
};
