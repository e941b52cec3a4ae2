//! The forms of selectors, for the reference.

/// The forms and what each selects.
pub const FORMS: &[(&str, &str)] = &[
    (
        "`NAME` or a pattern (`billing-*`, `*`)",
        "members, by package name (not by directory name)",
    ),
    (
        "`path:GLOB`",
        "members, by directory relative to the workspace root, always with `/`: `*` stays inside one segment, `**` \
         spans any number of them; `path:x/**` is what lies below `x`, not `x`; the root package is `path:.`, which \
         no pattern fits",
    ),
    (
        "`layer:NAME`, `context:NAME`, `group:NAME`",
        "what that declares, in a context's own lists too; nothing may be declared by way of itself",
    ),
    (
        "`external:GLOB`, `external:NAME@1`, `external:NAME@0.4`",
        "externals, by package name, and by the version that cargo tells apart: the first number, below 1 the first \
         two",
    ),
    (
        "`metadata:KEY.PATH=VALUE`",
        "members whose `[package.metadata]` holds the value there (or a list containing it), compared as text",
    ),
    ("`tag:NAME`", "short for `metadata:boundaries.tags=NAME`"),
    (
        "`is:published`, `is:private`",
        "members whose `publish` is neither `false` nor `[]`, and the others",
    ),
    (
        "`is:proc-macro`, `is:bin`, `is:lib`",
        "members with such a target, by cargo's target discovery",
    ),
    (
        "`is:default-member`, `is:build-script`, `is:links`",
        "members that a plain `cargo build` builds, that run a build script, that link a native library",
    ),
    ("`edition:2021`", "members of that edition"),
    (
        "`deps-of:NAME`, `users-of:NAME`",
        "members that this member uses directly, members that use it directly (any kind)",
    ),
    (
        "`mod:CRATE::PATH`, `mod:CRATE`",
        "a module of a member, or the member's root module, with all below it that nothing claims more exactly; `*` stays \
         inside one name, and `::**` selects every module below, each for itself; makes the run read source",
    ),
];
