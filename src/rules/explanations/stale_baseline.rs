//! The page of `stale-baseline`.

use super::{Example, RuleDoc};

/// The page of `stale-baseline`.
pub const DOC: RuleDoc = RuleDoc {
    summary: "a line of the baseline excuses nothing any more",
    what: "An edge in boundaries-baseline.toml that no finding of this run needs. `--deny-stale` makes it fail \
           the run.",
    why: "The baseline is the list of what was broken when the rules came. It only shrinks; a line that stays \
           behind would let the edge come back unseen.",
    example: &[
        Example {
            file: "boundaries.toml",
            text: r#"[[layers]]
name = "adapters"
crates = ["postgres-store"]

[[layers]]
name = "domain"
crates = ["billing-domain"]
"#,
        },
        Example {
            file: "boundaries-baseline.toml",
            text: r#"version = 1
edges = [
  { rule = "layer", from = "billing-domain", to = "postgres-store", kind = "normal" },
]
"#,
        },
        Example {
            file: "billing-domain/Cargo.toml",
            text: "[dependencies]
# postgres-store is no longer used
",
        },
    ],
    fix: &["`cargo boundaries baseline` takes out every such line"],
};
