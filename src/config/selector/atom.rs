//! The smallest selectors: `NAME` and `PREFIX:…`.

use super::parse::{Flaw, shortened};
use super::{Atom, Fact, Glob, Version, module, path};
use crate::config::nearest::{listed, nearest, quoted};

const PREFIXES: [&str; 12] = [
    "path", "layer", "context", "group", "external", "metadata", "tag", "is", "edition", "deps-of", "users-of", "mod",
];

impl Fact {
    /// Every fact and its word.
    pub const ALL: [(&str, Self); 8] = [
        ("published", Self::Published),
        ("private", Self::Private),
        ("proc-macro", Self::ProcMacro),
        ("bin", Self::Bin),
        ("lib", Self::Lib),
        ("default-member", Self::DefaultMember),
        ("build-script", Self::BuildScript),
        ("links", Self::Links),
    ];
}

/// Parses an atom that stands at the byte `at` of its string.
pub(super) fn parse(text: &str, at: usize) -> Result<Atom, Flaw> {
    let Some((prefix, rest)) = text.split_once(':') else {
        return Ok(Atom::Name(glob(text, at)?));
    };
    let inner = at + prefix.len() + 1;
    if rest.is_empty() && PREFIXES.contains(&prefix) {
        return Err(bare(prefix, at..inner));
    }
    Ok(match prefix {
        "path" => Atom::Path(path::parse(rest, inner)?),
        "layer" => Atom::Layer(name(rest, inner, "a layer")?),
        "context" => Atom::Context(name(rest, inner, "a context")?),
        "group" => Atom::Group(name(rest, inner, "a group")?),
        "external" => external(rest, inner)?,
        "metadata" => metadata(rest, inner)?,
        "tag" => Atom::Metadata(vec!["boundaries".to_owned(), "tags".to_owned()], rest.to_owned()),
        "is" => Atom::Is(fact(rest, inner)?),
        "edition" => edition(rest, inner)?,
        "deps-of" => Atom::DepsOf(name(rest, inner, "a member")?),
        "users-of" => Atom::UsersOf(name(rest, inner, "a member")?),
        "mod" => Atom::Module(module::parse(rest, inner)?),
        _ => return Err(unknown_prefix(text, prefix, at)),
    })
}

fn bare(prefix: &str, range: std::ops::Range<usize>) -> Flaw {
    let flaw = Flaw::new(range, format!("`{prefix}:` without a name"), "a name is missing");
    flaw.help(match prefix {
        "external" => "write `external:NAME`, or `external:*` for every external".to_owned(),
        "path" => "write a directory relative to the workspace root; the root package is `path:.`".to_owned(),
        "metadata" => "write `metadata:KEY.PATH=VALUE`".to_owned(),
        "is" => format!(
            "write `is:` and one of {}",
            listed(Fact::ALL.map(|(word, _)| word), "or")
        ),
        "edition" => "write `edition:2021`".to_owned(),
        "mod" => "write `mod:CRATE::PATH`".to_owned(),
        _ => format!("write `{prefix}:NAME`"),
    })
}

fn unknown_prefix(text: &str, prefix: &str, at: usize) -> Flaw {
    let range = at..at + prefix.len();
    let flaw = Flaw::new(
        range,
        format!("unknown kind of selector {}", quoted(&format!("{prefix}:"))),
        "no such kind",
    );
    if text[prefix.len()..].starts_with("::") {
        return flaw.help(format!("a module is written `mod:{}`", shortened(text)));
    }
    match nearest(prefix, PREFIXES) {
        Some(near) => flaw.help(format!(
            "did you mean `{near}:{}`?",
            shortened(&text[prefix.len() + 1..])
        )),
        None => flaw.help(format!(
            "the kinds are {}; a package name stands alone",
            listed(PREFIXES.map(|p| format!("{p}:")).iter().map(String::as_str), "and")
        )),
    }
}

/// The characters that a later version may give a meaning in globs.
pub(super) fn reserved(c: char) -> bool {
    matches!(c, '?' | '[' | ']' | '{' | '}')
}

/// The flaw of a reserved character, if one stands in `text`.
pub(super) fn check_reserved(text: &str, at: usize) -> Result<(), Flaw> {
    let Some((i, c)) = text.char_indices().find(|(_, c)| reserved(*c)) else {
        return Ok(());
    };
    let flaw = Flaw::new(
        at + i..at + i + 1,
        format!("`{c}` is reserved in selectors"),
        "reserved",
    );
    Err(flaw.help(if c == '?' {
        "`?` may only end the whole string, and says that the entry need not exist; `*` is any run of characters"
    } else {
        "write one entry for each name, or `*`, which is any run of characters"
    }))
}

/// A pattern over package names.
fn glob(text: &str, at: usize) -> Result<Glob, Flaw> {
    check_reserved(text, at)?;
    let odd = |c: char| c.is_ascii() && !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | '*');
    if let Some((i, c)) = text
        .char_indices()
        .find(|(_, c)| odd(*c) || c.is_control() || c.is_whitespace())
    {
        let shown = match c {
            _ if c.is_control() => "a control character".to_owned(),
            _ if c.is_whitespace() => "a space".to_owned(),
            _ => format!("`{c}`"),
        };
        let range = at + i..at + i + c.len_utf8();
        let flaw = Flaw::new(
            range,
            format!("{shown} cannot stand in a package name"),
            "not part of a name",
        );
        return Err(match c {
            '/' | '\\' | '.' if text.contains(['/', '\\']) => {
                let text = shortened(text).replace('\\', "/");
                flaw.help(format!(
                    "a directory is written `path:{}`",
                    text.trim_start_matches("./")
                ))
            }
            '&' | ' ' => flaw.help("an intersection is written with one space on each side: `a & b`"),
            '!' => flaw.help("`!` stands in front of a selector, and in front of one after ` & `"),
            ',' => flaw.help("write one string for each name"),
            '@' => flaw.help("only externals have a version here: `external:NAME@1`"),
            _ => flaw.help("a package name is letters, digits, `-` and `_`, and `*` is any run of characters"),
        });
    }
    Ok(Glob::new(text))
}

/// One exact name of what boundaries.toml or a manifest declares.
fn name(text: &str, at: usize, what: &str) -> Result<String, Flaw> {
    check_reserved(text, at)?;
    if let Some(i) = text.find('*') {
        let flaw = Flaw::new(
            at + i..at + i + 1,
            format!("`*` cannot stand in the name of {what}"),
            "no pattern here",
        );
        return Err(flaw.help(format!("name {what} exactly, and write one entry for each")));
    }
    if let Some((i, c)) = text
        .char_indices()
        .find(|(_, c)| c.is_whitespace() || c.is_control() || *c == '&')
    {
        let range = at + i..at + i + c.len_utf8();
        let flaw = Flaw::new(
            range,
            format!("a space or `&` cannot stand in the name of {what}"),
            "not part of a name",
        );
        return Err(flaw.help("an intersection is written with one space on each side: `a & b`"));
    }
    Ok(text.to_owned())
}

fn external(text: &str, at: usize) -> Result<Atom, Flaw> {
    let Some((package, version)) = text.split_once('@') else {
        return Ok(Atom::External(glob(text, at)?, None));
    };
    if package.is_empty() {
        return Err(bare("external", at..at + 1));
    }
    let package_glob = glob(package, at)?;
    let start = at + package.len() + 1;
    let numbers: Option<Vec<u64>> = version.split('.').map(number).collect();
    let parsed = match numbers.as_deref() {
        Some([major]) => Some(Version {
            major: *major,
            minor: None,
        }),
        Some([0, minor]) => Some(Version {
            major: 0,
            minor: Some(*minor),
        }),
        _ => None,
    };
    if parsed.is_some() {
        return Ok(Atom::External(package_glob, parsed));
    }
    let shown = quoted(&format!("@{version}"));
    let flaw = Flaw::new(
        start - 1..at + text.len(),
        format!("{shown} is no major version"),
        "not a major version",
    );
    Err(flaw.help(match numbers.as_deref() {
        Some([0, minor, ..]) => format!("cargo tells these versions apart by `0.{minor}`: write `@0.{minor}`"),
        Some([major, ..]) => format!("cargo tells versions apart by the first number: write `@{major}`"),
        _ => "write `@1`, or `@0.4` below 1".to_owned(),
    }))
}

/// A number without sign, space or leading zeros.
fn number(text: &str) -> Option<u64> {
    let plain = text.bytes().all(|b| b.is_ascii_digit()) && (text.len() == 1 || !text.starts_with('0'));
    plain.then(|| text.parse().ok()).flatten()
}

fn metadata(text: &str, at: usize) -> Result<Atom, Flaw> {
    let range = at..at + text.len();
    let Some((keys, value)) = text.split_once('=') else {
        let flaw = Flaw::new(range, "`metadata:` without a value", "`=VALUE` is missing");
        return Err(flaw.help(format!("write `metadata:{}=VALUE`", shortened(text))));
    };
    if keys.split('.').any(|key| key.is_empty() || key != key.trim()) {
        let flaw = Flaw::new(
            at..at + keys.len().max(1),
            "a key of `metadata:` is missing",
            "a key is missing",
        );
        return Err(flaw.help("write `metadata:KEY.PATH=VALUE`, as under `[package.metadata]`"));
    }
    Ok(Atom::Metadata(
        keys.split('.').map(str::to_owned).collect(),
        value.to_owned(),
    ))
}

fn fact(text: &str, at: usize) -> Result<Fact, Flaw> {
    if let Some((_, fact)) = Fact::ALL.iter().find(|(word, _)| *word == text) {
        return Ok(*fact);
    }
    let words = Fact::ALL.map(|(word, _)| word);
    let flaw = Flaw::new(
        at..at + text.len(),
        format!("unknown `is:` fact {}", quoted(text)),
        "no such fact",
    );
    Err(match nearest(text, words) {
        Some(near) => flaw.help(format!("did you mean `is:{near}`?")),
        None => flaw.help(format!("the facts are {}", listed(words, "and"))),
    })
}

fn edition(text: &str, at: usize) -> Result<Atom, Flaw> {
    if text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(Atom::Edition(text.to_owned()));
    }
    let flaw = Flaw::new(
        at..at + text.len(),
        format!("{} is no edition", quoted(text)),
        "not a year",
    );
    Err(flaw.help("write a year, as in `edition:2021`"))
}
