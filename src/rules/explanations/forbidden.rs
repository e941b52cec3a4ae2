//! The page of `forbidden`.

use super::{Example, RuleDoc};

/// The page of `forbidden`.
pub const DOC: RuleDoc = RuleDoc {
    summary: "a `[[forbidden]]` rule does not let these crates use those",
    what: "An edge from a crate of `from` (every member, where unset) to a crate of `to`. With `reach = \
           \"transitive\"` a path of any length: the first hop is of the rule's `kinds`, the later ones of \
           `through`. A path onto an external counts where a build of the crate at which it starts has it, with \
           the features that a build of that crate alone turns on; no path in Cargo.lock is a pass at once, and \
           `evidence = \"lock\"` takes what Cargo.lock shows for the verdict. One finding a pair, with a shortest \
           path.",
    why: "Some dependencies must never be: a runtime in the domain, a database driver in a parser, test \
           support in a release. A ban that a machine checks needs no reviewer to remember it.",
    example: &[
        Example {
            file: "boundaries.toml",
            text: r#"[[forbidden]]
name = "domain-is-pure"
from = ["*-domain"]
to = ["external:tokio", "external:sqlx*"]
reason = "the domain runs without a runtime or a database"
"#,
        },
        Example {
            file: "billing-domain/Cargo.toml",
            text: r#"[dependencies]
tokio = "1"
"#,
        },
    ],
    fix: &[
        "remove the dependency, or move the code that needs it into a crate that the rule does not name",
        "put it behind a trait that a crate outside implements",
        "for a path: cut it at the hop that is easiest to change, or leave optional dependencies out with \
         `optional-dependencies = \"ignore\"`",
        "record the pair as an `[[exceptions]]` entry with a reason",
    ],
};
