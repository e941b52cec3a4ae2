//! The page of `cycle`.

use super::{Example, RuleDoc};

/// The page of `cycle`.
pub const DOC: RuleDoc = RuleDoc {
    summary: "an `[[acyclic]]` rule finds a cycle",
    what: "A set of units (contexts, layers or crates, as `over` says) each of which reaches all others over \
           dependencies of the rule's `kinds`, with a shortest cycle. Cycles between crates exist through \
           dev-dependencies, which cargo accepts; a crate's dependency on itself is never judged.",
    why: "Crates in a cycle of dev-dependencies cannot be published in any order without help, and every \
           change to one of them rebuilds the tests of all.",
    example: &[
        Example {
            file: "boundaries.toml",
            text: r#"[[acyclic]]
name = "no-crate-cycles"
over = "crates"
kinds = ["normal", "build", "dev"]
"#,
        },
        Example {
            file: "parser/Cargo.toml",
            text: r#"[dev-dependencies]
test-support = { path = "../test-support" }
"#,
        },
        Example {
            file: "test-support/Cargo.toml",
            text: r#"[dependencies]
parser = { path = "../parser" }
"#,
        },
    ],
    fix: &[
        "move the tests that close the cycle into a crate of their own, or into the crate above",
        "split what the tests need from what uses the code under test",
        "judge fewer `kinds`, where cycles of dev-dependencies are accepted",
        "excuse one edge of the cycle with an `[[exceptions]]` entry: it is left out before the search",
    ],
};
