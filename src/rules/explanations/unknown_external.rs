//! The page of `unknown-external`.

use super::{Example, RuleDoc};

/// The page of `unknown-external`.
pub const DOC: RuleDoc = RuleDoc {
    summary: "a ban names a third-party crate that looks misspelt",
    what: "An `external:` selector of a ban that matches no dependency of any member while one that is a single \
           edit away, or spelled otherwise in `-` and `_` alone, is there. Where a rule looks at Cargo.lock, its \
           packages count as being there too. A ban may name a crate that nobody uses yet; this one probably means \
           another.",
    why: "A ban on a crate that does not exist passes for ever.",
    example: &[
        Example {
            file: "boundaries.toml",
            text: r#"[[forbidden]]
name = "no-openssl"
to = ["external:openssl-sis"]
"#,
        },
        Example {
            file: "tls/Cargo.toml",
            text: r#"[dependencies]
openssl-sys = "0.9"
"#,
        },
    ],
    fix: &[
        "correct the name; the message offers the near one",
        "write `allow` for `unknown-external` in `[levels]`, where the name is meant as it is",
    ],
};
