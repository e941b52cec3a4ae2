//! The page of `unused-permission`.

use super::{Example, RuleDoc};

/// The page of `unused-permission`.
pub const DOC: RuleDoc = RuleDoc {
    summary: "a list permits what no dependency needs",
    what: "An entry of `may-use`, of a context's `public`, of `to` in `[[allowed]]`, of `from` in `[[protected]]` or of a \
           line of `[externals]` without which no dependency would break its rule. The dependencies are those that the rule \
           judges, whether or not they are excused and whatever the rule's level. A pattern or a group is needed as long as \
           anything that it selects is. Of entries that permit the same the earlier one counts as needed: all that are \
           reported can go at once, and `check` finds nothing new. Never reported: a `!` (it permits nothing), an entry \
           that selects nothing yet, as its `?` lets it, and the default face in `[settings.contexts]`, which is a \
           convention for contexts to come. Not reported unless `[levels]` says so; `cargo boundaries unused` lists all, \
           and `cargo boundaries unused --fix` takes them out. A list that loses its last entry stays as `[]`: nothing is \
           permitted any more, where no list at all would permit everything.",
    why: "A permission that nobody uses is an invitation: the next dependency that it lets in is one that nobody decided \
          about.",
    example: &[
        Example {
            file: "boundaries.toml",
            text: r#"[levels]
unused-permission = "warn"

[contexts.billing]
crates = ["billing"]
may-use = ["identity", "mail"]

[contexts.identity]
crates = ["identity"]

[contexts.mail]
crates = ["mail"]
"#,
        },
        Example {
            file: "billing/Cargo.toml",
            text: r#"[dependencies]
identity = { path = "../identity" }
# mail is no longer used
"#,
        },
    ],
    fix: &[
        "take the entry out: `cargo boundaries unused --fix` does so, and keeps comments and order",
        "write `allow` for `unused-permission` in `[levels]`, where permissions are given in advance",
    ],
};
