//! `[[features]]`.

use super::COMMON_SECTION;
use crate::config::schema::{Table, Type, key, own};

pub static FEATURES: Table = Table {
    header: "[[features]]",
    doc: "A dependency of `from` on `to` may not turn these features on.",
    example: "",
    sections: &[
        COMMON_SECTION,
        own(&[
            key("from", Type::Selectors, "The members whose dependencies are judged.").default("every member"),
            key("to", Type::Selectors, "The packages whose features are meant.").required(),
            key("deny", Type::Words, "The features that may not be turned on.").required(),
        ]),
    ],
};
