//! The page of `not-allowed`.

use super::{Example, RuleDoc};

/// The page of `not-allowed`.
pub const DOC: RuleDoc = RuleDoc {
    summary: "an `[[allowed]]` rule does not list this dependency",
    what: "An edge from a crate of `from` to anything that `to` does not list. `among` says what the list \
           closes: members (`workspace`, the default), third-party crates (`external`) or both (`all`). Crates \
           of `from` may use each other only where `to` lists them too.",
    why: "A crate that is read by everybody, shipped to customers or compiled to another target lives from how \
           little it needs. A short list of what it may use keeps it so; a ban would have to know the future.",
    example: &[
        Example {
            file: "boundaries.toml",
            text: r#"[[allowed]]
name = "contract-stays-small"
from = ["billing-api"]
to = ["common-types"]
"#,
        },
        Example {
            file: "billing-api/Cargo.toml",
            text: r#"[dependencies]
billing-store = { path = "../billing-store" }
"#,
        },
    ],
    fix: &[
        "do without the dependency",
        "add it to `to`, if it belongs there",
        "record the edge as an `[[exceptions]]` entry with a reason",
    ],
};
