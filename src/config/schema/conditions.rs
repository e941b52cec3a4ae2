//! `[[exceptions]]`.

use super::{KINDS, Table, Type, key, own};

pub static EXCEPTION: Table = Table {
    header: "[[exceptions]]",
    doc: "Excuses an edge (or several, counted by `expect`) from a rule. An exception that excuses nothing any more is \
          reported as stale.",
    example: "[[exceptions]]\nrule = \"layer\"\nfrom = \"composition\"\nto = \"memory-native\"\nreason = \"provider wiring moves in the next release\"\nuntil = 2027-03-31",
    sections: &[own(&[
        key(
            "rule",
            Type::Text,
            "The code or the name of the rule that it excuses from.",
        )
        .required()
        .example("rule = \"layer\""),
        key(
            "from",
            Type::Selector,
            "The member that may use `to`; for cycles, `context:NAME` or `layer:NAME`.",
        )
        .required()
        .example("from = \"composition\""),
        key(
            "to",
            Type::Selector,
            "What it may use: a member, `external:NAME`, or a unit of a cycle.",
        )
        .required()
        .example("to = \"memory-native\""),
        key(
            "kinds",
            Type::Choices(KINDS),
            "The kinds of dependencies that it excuses.",
        )
        .default("all"),
        key("reason", Type::Text, "Why the edge is excused; it may not be empty.")
            .required()
            .example("reason = \"provider wiring moves in the next release\""),
        key(
            "until",
            Type::Date,
            "The last day on which it holds, in UTC; after that it is reported as expired.",
        )
        .example("until = 2027-03-31"),
        key("milestone", Type::Text, "What removes it.").example("milestone = \"2.0\""),
        key("issue", Type::Text, "Where it is discussed.").example("issue = \"https://example.com/1\""),
        key("owner", Type::Text, "Who answers for it.").example("owner = \"@shop/core\""),
        key(
            "expect",
            Type::Count,
            "How many edges it excuses; required where `from` or `to` is a pattern, that is anything but one exact \
             name.",
        )
        .example("expect = 1"),
    ])],
};
