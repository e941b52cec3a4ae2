//! The page of `feature`.

use super::{Example, RuleDoc};

/// The page of `feature`.
pub const DOC: RuleDoc = RuleDoc {
    summary: "a dependency turns on a feature that a `[[features]]` rule denies",
    what: "An edge from a crate of `from` (every member, where unset) to a crate of `to` that turns on a feature of `deny`: by \
           the `features` of the declaration or of the one that it inherits, by default features that are not turned off, or by \
           a feature of the crate itself that forwards (`net = [\"store/testing\"]`, also with `?`). Of a member of `to` its own \
           `[features]` are followed, so that `full = [\"testing\"]` counts too; what features of an external turn on is not \
           known. With `default = \"deny\"` the default features count themselves, where there are any. A crate of `to` may \
           forward to a denied feature by one that is denied too: whoever turns that on is judged. One finding an edge.",
    why: "Features are added up over the whole build: one crate that turns on test support, a second TLS library or `std` turns it \
          on for everybody who is built with it, and the crate that needed it off finds out last.",
    example: &[
        Example {
            file: "boundaries.toml",
            text: r#"[[features]]
name = "test-support-stays-in-tests"
to = ["*"]
deny = ["test-support"]
kinds = ["normal", "build"]
"#,
        },
        Example {
            file: "store/Cargo.toml",
            text: r#"[features]
test-support = []
full = ["test-support"]
"#,
        },
        Example {
            file: "app/Cargo.toml",
            text: r#"[dependencies]
store = { path = "../store", features = ["full"] }
"#,
        },
    ],
    fix: &[
        "take the feature out of the declaration that turns it on, or turn it on in `[dev-dependencies]` alone",
        "where another feature implies it: turn on less, or split that feature",
        "where a feature of the crate forwards to it: deny that one too, with the crate in `to`",
        "record the edge as an `[[exceptions]]` entry with a reason",
    ],
};
