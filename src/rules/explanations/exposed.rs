//! The page of `exposed`.

use super::{Example, RuleDoc};

/// The page of `exposed`.
pub const DOC: RuleDoc = RuleDoc {
    summary: "a public item shows a type that an `[[exposed]]` rule keeps inside",
    what: "A public item of `from` (every member, where unset) shows a type of `to`: in what a function takes or returns, \
           in a public field or a variant, in a constant, in a bound, as an `impl` for a public type, as a type alias, or by \
           `pub use`. An item is public where all modules around it are, or where a public `pub use` leads to it; aliases are \
           followed inside the crate, and `pub use` to where the item lives. Its own types, those of its package and those \
           of the standard library are never meant. What the source writes is judged: what derives and other macros \
           make, and types that the compiler infers, are not seen. Code for tests does not count. One finding for each \
           module and what it shows, at the first place; its start is always the module that holds the item \
           (`mod:CRATE::PATH`), and its end a package, or a module where the rule names modules of that package.",
    why: "Who uses an item has to know every type that it shows: a driver's type in a public signature is a dependency \
         of all who call it, which no manifest shows, and an upgrade of the driver breaks them.",
    example: &[
        Example {
            file: "boundaries.toml",
            text: r#"[[exposed]]
name = "no-sql-in-the-api"
from = ["billing-api"]
to = ["external:sqlx*"]
"#,
        },
        Example {
            file: "billing-api/Cargo.toml",
            text: r#"[dependencies]
sqlx = "0.8"
"#,
        },
        Example {
            file: "billing-api/src/lib.rs",
            text: r"pub struct Invoices {
    pool: sqlx::PgPool,
}

impl Invoices {
    pub fn new(pool: sqlx::PgPool) -> Self {
        Self { pool }
    }
}
",
        },
    ],
    fix: &[
        "wrap the type in one of your own that shows nothing of it",
        "put it behind a trait of your own, which the crate implements for it",
        "make the item `pub(crate)`, where nobody outside needs it",
        "record the pair as an `[[exceptions]]` entry with a reason",
    ],
};
