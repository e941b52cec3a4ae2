//! The page of `stale-exception`.

use super::{Example, RuleDoc};

/// The page of `stale-exception`.
pub const DOC: RuleDoc = RuleDoc {
    summary: "an exception excuses nothing any more",
    what: "An `[[exceptions]]` entry that no finding of this run needs: the edge is gone, or the rule allows it \
           now. `--deny-stale` makes it fail the run.",
    why: "An exception that outlives its edge excuses the next person who adds it again, without a word.",
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
"#,
        },
        Example {
            file: "billing-domain/Cargo.toml",
            text: "[dependencies]
# postgres-store is no longer used
",
        },
    ],
    fix: &["delete the entry: the debt is paid"],
};
