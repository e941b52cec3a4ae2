//! The page of `exception-count`.

use super::{Example, RuleDoc};

/// The page of `exception-count`.
pub const DOC: RuleDoc = RuleDoc {
    summary: "an exception excuses more or fewer edges than it expects",
    what: "An `[[exceptions]]` entry whose `expect` is not the number of edges that it excuses in this run. The \
           edges stay excused, and the finding lists them. `expect` is required where `from` or `to` is a pattern.",
    why: "A pattern that excuses three edges today excuses the fourth tomorrow. The number makes every new \
           edge a decision, and every removed one a success that is written down.",
    example: &[
        Example {
            file: "boundaries.toml",
            text: r#"[[layers]]
name = "adapters"
crates = ["postgres-store"]

[[layers]]
name = "domain"
crates = ["*-domain"]

[[exceptions]]
rule = "layer"
from = "*-domain"
to = "postgres-store"
reason = "the queries move to the store one by one"
expect = 1
"#,
        },
        Example {
            file: "billing-domain/Cargo.toml",
            text: r#"[dependencies]
postgres-store = { path = "../postgres-store" }
"#,
        },
        Example {
            file: "orders-domain/Cargo.toml",
            text: r#"[dependencies]
postgres-store = { path = "../postgres-store" }
"#,
        },
    ],
    fix: &[
        "fewer than expected: lower `expect`",
        "more than expected: remove the new edge, or raise `expect` and say in `reason` why",
    ],
};
