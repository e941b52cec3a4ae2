//! The page of `protected`.

use super::{Example, RuleDoc};

/// The page of `protected`.
pub const DOC: RuleDoc = RuleDoc {
    summary: "only the crates that a `[[protected]]` rule or an `[externals]` line names may use this one",
    what: "An edge to a crate of `to` from a crate that is neither in `from` nor in `to` itself. `from = []` \
           lets nobody in. A line of `[externals]` is the same for a third-party crate, and its rule is called \
           `externals.PATTERN`.",
    why: "A crate with one door is easy to replace: the database driver that one crate uses, the unsafe code \
           that one facade wraps.",
    example: &[
        Example {
            file: "boundaries.toml",
            text: r#"[externals]
"sqlx*" = ["billing-store"]
"#,
        },
        Example {
            file: "orders-core/Cargo.toml",
            text: r#"[dependencies]
sqlx = "0.8"
"#,
        },
    ],
    fix: &[
        "use one of the crates that may: they are the door",
        "add the crate to `from` (or to the line of `[externals]`), if it is a door too",
        "record the edge as an `[[exceptions]]` entry with a reason",
    ],
};
