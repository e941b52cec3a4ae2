//! Mistakes in boundaries.toml, one each, with what must be said of them.

/// A mistake in boundaries.toml: the file, its place there, and a phrase that says what is wrong or what to do.
pub struct Mistake(pub &'static str, pub &'static str, pub &'static str);

pub const MISTAKES: &[Mistake] = &[
    Mistake("", "boundaries.toml:1:1", "nothing to check"),
    Mistake("# later\n\n", "boundaries.toml:1:1", "nothing to check"),
    Mistake(
        "version = 1\n[groups]\nx = [\"a\"]\n",
        "boundaries.toml:1:1",
        "nothing to check",
    ),
    Mistake("[[layers]\n", "boundaries.toml:1:", "not valid TOML"),
    Mistake("x = \"\n", "boundaries.toml:1:", "not valid TOML"),
    Mistake("version = 2\n", "boundaries.toml:1:11", "write `version = 1`"),
    Mistake("version = \"one\"\n", "boundaries.toml:1:11", "number"),
    Mistake("required-version = \">=99\"\n", "boundaries.toml:1:20", "99"),
    Mistake("required-version = \"newest\"\n", "boundaries.toml:1:20", "newest"),
    Mistake(
        "[[layer]]\nname = \"x\"\ncrates = [\"a\"]\n",
        "boundaries.toml:1:3",
        "`layers`",
    ),
    Mistake(
        "[[layers]]\nname = \"x\"\ncrate = [\"a\"]\n",
        "boundaries.toml:3:1",
        "`crates`",
    ),
    Mistake(
        "[settings]\nkinds = [\"normal\", \"devel\"]\n[[layers]]\nname = \"x\"\ncrates = [\"*\"]\n",
        "boundaries.toml:2:20",
        "dev",
    ),
    Mistake(
        "[[layers]]\nname = \"x\"\ncrates = [\"*\"]\n[[forbidden]]\nname = \"n\"\nto = [\"layer:z\"]\n",
        "boundaries.toml:6:14",
        "`x`",
    ),
    Mistake(
        "[contexts.billing]\ncrates = [\"a\"]\n[contexts.orders]\ncrates = [\"b\"]\nmay-use = [\"biling\"]\n",
        "boundaries.toml:5:12",
        "did you mean `billing`?",
    ),
    Mistake(
        "[groups]\ndrivers = [\"a\"]\n[[forbidden]]\nname = \"n\"\nto = [\"group:driver\"]\n",
        "boundaries.toml:5:14",
        "did you mean `drivers`?",
    ),
    Mistake(
        "[[forbidden]]\nname = \"n\"\nto = [\"bb\"]\n",
        "boundaries.toml:3:7",
        "did you mean `b`?",
    ),
    Mistake(
        "[[forbidden]]\nname = \"n\"\nto = [\"zz-*\"]\n",
        "boundaries.toml:3:7",
        "zz-*",
    ),
    Mistake(
        "[[forbidden]]\nname = \"n\"\nto = [\"path:c/**\"]\n",
        "boundaries.toml:3:7",
        "path:c/**",
    ),
    Mistake(
        "[[forbidden]]\nname = \"n\"\nto = [\"a[bc]\"]\n",
        "boundaries.toml:3:9",
        "`[`",
    ),
    Mistake(
        "[[forbidden]]\nname = \"n\"\nto = [\"\"]\n",
        "boundaries.toml:3:8",
        "empty",
    ),
    Mistake(
        "[[forbidden]]\nname = \"n\"\nto = [\"!a\"]\n",
        "boundaries.toml:3:8",
        "cannot start with `!`",
    ),
    Mistake("[[forbidden]]\nname = \"n\"\n", "boundaries.toml:1:", "`to`"),
    Mistake("[[forbidden]]\nto = [\"a\"]\n", "boundaries.toml:1:", "`name`"),
    Mistake(
        "[[forbidden]]\nname = 7\nto = [\"a\"]\n",
        "boundaries.toml:2:8",
        "string",
    ),
    Mistake(
        "[[forbidden]]\nname = \"Not Kebab\"\nto = [\"a\"]\n",
        "boundaries.toml:2:8",
        "kebab",
    ),
    Mistake(
        "[[forbidden]]\nname = \"layer\"\nto = [\"a\"]\n",
        "boundaries.toml:2:8",
        "code",
    ),
    Mistake(
        "[groups]\nx = [\"group:y\"]\ny = [\"group:x\"]\n[[forbidden]]\nname = \"n\"\nto = [\"group:x\"]\n",
        "boundaries.toml:2:6",
        "by way of itself",
    ),
    Mistake(
        "[[layers]]\nname = \"x\"\ncrates = [\"a*\"]\n[[layers]]\nname = \"y\"\ncrates = [\"*a\", \"b\"]\n",
        "boundaries.toml:3:11",
        "`a`",
    ),
    Mistake(
        "[[layers]]\nname = \"x\"\nrest = true\n[[layers]]\nname = \"y\"\nrest = true\n",
        "boundaries.toml:6:1",
        "rest",
    ),
    Mistake(
        "[[layers]]\nname = \"x\"\ncrates = [\"a\"]\n[[layers]]\nname = \"x\"\ncrates = [\"b\"]\n",
        "boundaries.toml:5:8",
        "`x`",
    ),
    Mistake(
        "[[forbidden]]\nname = \"n\"\nto = [\"a\"]\n[[protected]]\nname = \"n\"\nto = [\"a\"]\nfrom = []\n",
        "boundaries.toml:5:8",
        "`n`",
    ),
    Mistake(
        "[[layers]]\nname = \"x\"\ncrates = [\"*\"]\n[[exceptions]]\nrule = \"layer\"\nfrom = \"a\"\nto = \"b\"\n",
        "boundaries.toml:4:",
        "`reason`",
    ),
    Mistake(
        "[[layers]]\nname = \"x\"\ncrates = [\"*\"]\n[[exceptions]]\nrule = \"layer\"\nfrom = \"a\"\nto = \"b\"\nreason = \" \"\n",
        "boundaries.toml:8:10",
        "reason",
    ),
    Mistake(
        "[[layers]]\nname = \"x\"\ncrates = [\"*\"]\n[[exceptions]]\nrule = \"layer\"\nfrom = \"*\"\nto = \"b\"\nreason = \"r\"\n",
        "boundaries.toml:6:8",
        "`expect",
    ),
    Mistake(
        "[[layers]]\nname = \"x\"\ncrates = [\"*\"]\n[[exceptions]]\nrule = \"layer\"\nfrom = \"a\"\nto = \"b\"\nreason = \"r\"\nuntil = \"2027-02-30\"\n",
        "boundaries.toml:9:9",
        "write `until = 2027-03-31`",
    ),
    Mistake(
        "[[layers]]\nname = \"x\"\ncrates = [\"*\"]\n[[exceptions]]\nrule = \"layer\"\nfrom = \"a\"\nto = \"b\"\nreason = \"r\"\nuntil = 2027-02-30\n",
        "boundaries.toml:9:9",
        "between 01 and 28",
    ),
    Mistake(
        "[[layers]]\nname = \"x\"\ncrates = [\"*\"]\n[[exceptions]]\nrule = \"lyer\"\nfrom = \"a\"\nto = \"b\"\nreason = \"r\"\n",
        "boundaries.toml:5:8",
        "`layer`",
    ),
    Mistake(
        "[levels]\nlayr = \"deny\"\n[[forbidden]]\nname = \"n\"\nto = [\"a\"]\n",
        "boundaries.toml:2:1",
        "`layer`",
    ),
    Mistake(
        "[levels]\nlayer = \"error\"\n[[forbidden]]\nname = \"n\"\nto = [\"a\"]\n",
        "boundaries.toml:2:9",
        "deny",
    ),
    Mistake(
        "extends = \"x\"\n[[forbidden]]\nname = \"n\"\nto = [\"a\"]\n",
        "boundaries.toml:1:1",
        "0.1",
    ),
    Mistake(
        "[[exposed]]\nname = \"e\"\nto = []\n",
        "boundaries.toml:3:1",
        "allow-empty",
    ),
    Mistake(
        "[[gateway]]\nname = \"g\"\nfrom = [\"*\"]\nto = [\"b\"]\nvia = [\"a\"]\n",
        "boundaries.toml:3:1",
        "take it out of `from`: `!a`",
    ),
    Mistake(
        "[[features]]\nname = \"f\"\nto = [\"a\"]\ndeny = [\"testing\"]\n",
        "boundaries.toml:4:9",
        "no crate of `to` has a feature `testing`",
    ),
    Mistake(
        "[[features]]\nname = \"f\"\nto = [\"a\"]\ndefault = \"deny\"\n",
        "boundaries.toml:4:1",
        "no crate of `to` has a feature `default`",
    ),
    Mistake(
        "[[gateway]]\nname = \"g\"\nto = [\"b\"]\nvia = [\"b\"]\n",
        "boundaries.toml:3:1",
        "`to` selects nothing but crates of `via`",
    ),
    Mistake(
        "[[gateway]]\nname = \"g\"\nfrom = [\"b\"]\nto = [\"b\"]\nvia = [\"a\"]\n",
        "boundaries.toml:3:1",
        "no path starts outside of `to`",
    ),
    Mistake(
        "[[gateway]]\nname = \"g\"\nto = [\"b\"]\nvia = [\"aa\"]\n",
        "boundaries.toml:4:8",
        "no member is called `aa`",
    ),
    Mistake(
        "[[forbidden]]\nname = \"n\"\nto = [\"tokio\"]\n",
        "boundaries.toml:3:7",
        "no member is called `tokio`",
    ),
    Mistake(
        "[[forbidden]]\nname = \"n\"\nto = [\"external:b\"]\n",
        "boundaries.toml:3:7",
        "is a member",
    ),
    Mistake(
        "[[independent]]\nname = \"n\"\ncrates = [\"a\"]\n",
        "boundaries.toml:3:1",
        "two",
    ),
    Mistake(
        "[[layers]]\nname = \"x\"\ncrates = [\"*\"]\n[[acyclic]]\nname = \"n\"\nover = \"crates\"\n[[exceptions]]\nrule = \"cycle\"\nfrom = \"layer:x\"\nto = \"b\"\nreason = \"r\"\n",
        "boundaries.toml:9:8",
        "`expect`",
    ),
    Mistake(
        "[[forbidden]]\nname = \"n\"\nto = [\"external:tokio & a\"]\n",
        "boundaries.toml:3:25",
        "nothing is both",
    ),
    Mistake(
        "[contexts.c]\ncrates = [\"a\"]\nfaces.api = [\"b\"]\n",
        "boundaries.toml:3:14",
        "`faces` chooses among the crates of `c` itself",
    ),
    Mistake(
        "[contexts.c]\ncrates = [\"*\"]\npublic = [\"a\"]\nfaces.api = [\"a\", \"b\"]\n",
        "boundaries.toml:4:7",
        "holds `b`, which is not public",
    ),
    Mistake(
        "[contexts.c]\ncrates = [\"a\"]\npublic = []\npublic-to.d = [\"b\"]\n[contexts.d]\ncrates = [\"b\"]\n",
        "boundaries.toml:4:16",
        "`public-to` chooses among the crates of `c` itself",
    ),
];
