//! The page of `legalised-edge`.

use super::{Example, RuleDoc};

/// The page of `legalised-edge`.
pub const DOC: RuleDoc = RuleDoc {
    summary: "an edge that an earlier boundaries.toml forbade is allowed by today's",
    what: "With `check --since REV`: an edge of today that the boundaries.toml of REV objects to, with the exceptions and \
           the baseline of REV and with what the members said of themselves in `[package.metadata.boundaries]` then, and \
           that today's boundaries.toml allows or excepts. An edge that the baseline took in is `grown-baseline` instead.",
    why: "A rule can be kept by mending the edge or by changing the rule. Both leave the check green, and only one of them \
           was reviewed as a dependency.",
    example: &[
        Example {
            file: "boundaries.toml",
            text: r#"[[forbidden]]
name = "billing-stores-nothing"
from = ["billing-domain"]
to = ["postgres-store"]
"#,
        },
        Example {
            file: "before/boundaries.toml",
            text: r#"[[forbidden]]
name = "billing-stores-nothing"
from = ["billing-domain", "billing-import"]
to = ["postgres-store"]
"#,
        },
        Example {
            file: "billing-import/Cargo.toml",
            text: r#"[dependencies]
postgres-store = { path = "../postgres-store" }
"#,
        },
    ],
    fix: &[
        "take back what made the rule looser, and mend the edge",
        "where it is meant, say so in the review: the finding is there to be seen, and warns by default",
    ],
};
