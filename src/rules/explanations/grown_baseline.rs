//! The page of `grown-baseline`.

use super::{Example, RuleDoc};

/// The page of `grown-baseline`.
pub const DOC: RuleDoc = RuleDoc {
    summary: "the baseline took in an edge since an earlier revision",
    what: "With `check --since REV`: a line of boundaries-baseline.toml that the baseline of REV did not have, for an edge \
           that did not stand at REV or that the rules of REV objected to. A line for an edge that stood at REV and that only \
           a stricter rule of today objects to is no growth, and neither is the first baseline of all.",
    why: "The baseline is a list of debts that only gets shorter. One that may be extended in passing excuses whatever is \
           new.",
    example: &[
        Example {
            file: "boundaries.toml",
            text: r#"[[forbidden]]
name = "no-store"
from = ["billing-domain"]
to = ["postgres-store"]
"#,
        },
        Example {
            file: "boundaries-baseline.toml",
            text: r#"version = 1
edges = [
  { rule = "no-store", from = "billing-domain", to = "postgres-store", kind = "normal" },
]
"#,
        },
        Example {
            file: "before/boundaries-baseline.toml",
            text: "version = 1
edges = [
]
",
        },
        Example {
            file: "billing-domain/Cargo.toml",
            text: r#"[dependencies]
postgres-store = { path = "../postgres-store" }
"#,
        },
    ],
    fix: &[
        "take the dependency out, and the line with it: `cargo boundaries baseline`",
        "where the edge is agreed on, write an `[[exceptions]]` entry, which says why it stands and until when",
    ],
};
