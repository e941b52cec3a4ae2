//! `[[gateway]]`.

use super::{COMMON_SECTION, PATHS_SECTION};
use crate::config::schema::{Table, Type, key, own};

pub static GATEWAY: Table = Table {
    header: "[[gateway]]",
    doc: "Every path from `from` to `to` passes through `via`. Crates of `to` may use each other, and a path ends where it \
          enters them.",
    example: "[[gateway]]\nname = \"execution-through-its-facade\"\nfrom = [\"node\", \"replay\"]\nto = [\"path:execution/**\"]\nvia = [\"execution\"]",
    sections: &[
        COMMON_SECTION,
        own(&[
            key(
                "from",
                Type::Selectors,
                "The members at which paths start, but for those of `to`; none of `via` may be among them.",
            )
            .default("every member but those of `via`")
            .example("from = [\"node\", \"replay\"]"),
            key(
                "to",
                Type::Selectors,
                "The members and externals at which paths end, but for those of `via`.",
            )
            .required()
            .example("to = [\"path:execution/**\"]"),
            key("via", Type::Selectors, "The members through which paths must pass.")
                .required()
                .example("via = [\"execution\"]"),
        ]),
        PATHS_SECTION,
    ],
};
