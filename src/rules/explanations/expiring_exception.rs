//! The page of `expiring-exception`.

use super::{Example, RuleDoc};

/// The page of `expiring-exception`.
pub const DOC: RuleDoc = RuleDoc {
    summary: "an exception reaches its `until` within two weeks",
    what: "An `[[exceptions]]` entry whose `until` is today or at most 14 days away.",
    why: "The run fails on the day after. Whoever reads the report today can still plan it.",
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
until = 2027-03-31 # and today is 2027-03-20
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
        "remove the dependency and the entry in time",
        "give it a new `until`, and say in `reason` why it takes longer",
    ],
};
