//! The page of `unassigned-layer`.

use super::{Example, RuleDoc};

/// The page of `unassigned-layer`.
pub const DOC: RuleDoc = RuleDoc {
    summary: "no layer claims this crate",
    what: "A member that no `[[layers]]` entry selects and that names no layer in \
           `[package.metadata.boundaries]`, once any layer is declared. No layer rule judges such a crate, in \
           either direction. `[settings.layers] unassigned` sets the level.",
    why: "A new crate that belongs nowhere may use everything and be used by everything. The gap grows with \
           every crate, and a clean report says less each time.",
    example: &[
        Example {
            file: "boundaries.toml",
            text: r#"[[layers]]
name = "domain"
crates = ["*-domain"]
"#,
        },
        Example {
            file: "tools/Cargo.toml",
            text: r#"[package]
name = "tools"
version = "0.1.0"
edition = "2024"
"#,
        },
    ],
    fix: &[
        "add the crate, or a pattern that selects it, to a layer's `crates`",
        "let one layer take what is left with `rest = true`",
        "let the crate say it itself: `layer = \"…\"` in `[package.metadata.boundaries]`",
        "write `unassigned = \"allow\"` in `[settings.layers]`, where most crates are to stay outside",
    ],
};
