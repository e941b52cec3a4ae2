//! The page of `gateway`.

use super::{Example, RuleDoc};

/// The page of `gateway`.
pub const DOC: RuleDoc = RuleDoc {
    summary: "a path leads past the crates that a `[[gateway]]` rule has it pass through",
    what: "A path from a crate of `from` (every member, where unset) to a crate of `to` that passes through no crate of \
           `via`. The first hop is of the rule's `kinds`, the later ones of `through`. A path ends where it enters `to`: \
           the crates of `to` may use each other. One finding a pair, with a shortest such path; a crate that gets there only \
           by way of others with a finding is listed under theirs.",
    why: "A facade keeps its promises only where nobody walks around it: versions are chosen in one place, invariants \
          are checked in one place. `[[protected]]` closes the direct way in; a gateway closes the way through a helper too.",
    example: &[
        Example {
            file: "boundaries.toml",
            text: r#"[[gateway]]
name = "execution-through-its-facade"
from = ["node"]
to = ["execution-*"]
via = ["execution"]
reason = "the facade picks the version of the execution layer"
"#,
        },
        Example {
            file: "node/Cargo.toml",
            text: r#"[dependencies]
execution = { path = "../execution" }
tracing-tools = { path = "../tracing-tools" }
"#,
        },
        Example {
            file: "tracing-tools/Cargo.toml",
            text: r#"[dependencies]
execution-v1 = { path = "../execution-v1" }
"#,
        },
        Example {
            file: "execution/Cargo.toml",
            text: r#"[dependencies]
execution-v1 = { path = "../execution-v1" }
"#,
        },
    ],
    fix: &[
        "use the gateway instead: take the dependency out at the last hop, and let that crate depend on a crate of `via`",
        "where the crate that is used holds what everybody may use, move that out of the crates of `to`",
        "cut the path at another hop, or leave a crate aside with `not-through`",
        "record the pair as an `[[exceptions]]` entry with a reason",
    ],
};
