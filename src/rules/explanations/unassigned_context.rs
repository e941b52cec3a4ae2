//! The page of `unassigned-context`.

use super::{Example, RuleDoc};

/// The page of `unassigned-context`.
pub const DOC: RuleDoc = RuleDoc {
    summary: "no context claims this crate",
    what: "A member that no `[contexts.NAME]` table selects and that names no context in \
           `[package.metadata.boundaries]`, once any context is declared. No context rule judges such a crate, \
           in either direction. `[settings.contexts] unassigned` sets the level.",
    why: "A crate between the contexts is the way around every contract that they have: whatever it uses, all \
           can use through it.",
    example: &[
        Example {
            file: "boundaries.toml",
            text: r#"[contexts.billing]
crates = ["billing-*"]
"#,
        },
        Example {
            file: "helpers/Cargo.toml",
            text: r#"[package]
name = "helpers"
version = "0.1.0"
edition = "2024"
"#,
        },
    ],
    fix: &[
        "add the crate, or a pattern that selects it, to a context's `crates`",
        "make a context of kind `shared-kernel` of what everybody uses",
        "let the crate say it itself: `context = \"…\"` in `[package.metadata.boundaries]`",
        "write `unassigned = \"allow\"` in `[settings.contexts]`, where most crates are to stay outside",
    ],
};
