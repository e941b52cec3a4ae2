//! Selectors: the words by which boundaries.toml names crates. Here they are parsed; [`crate::architecture`] evaluates
//! them.

use crate::source::{Span, Spanned};

mod atom;
mod module;
pub(crate) mod parse;
mod path;
#[cfg(test)]
mod tests;

pub use module::ModuleGlob;
pub use path::PathGlob;

/// A list of selectors: a union, in order, in which `!` takes away from what stands before it.
#[derive(Clone, Debug)]
pub struct SelectorList {
    /// The key that holds the list.
    pub key: Span,
    /// Its entries, in order.
    pub entries: Vec<Selector>,
    /// Entries were refused when the file was read: what the list selects is not known, so nothing more is to be said
    /// of it.
    pub refused: bool,
}

impl SelectorList {
    /// The entries that would open the list with a `!`, which takes away from nothing there, once others are gone.
    #[must_use]
    pub fn left_with_nothing_before(&self, gone: impl Fn(&Selector) -> bool) -> Vec<&Selector> {
        let mut first = self.entries.iter().filter(|entry| !gone(entry));
        let mut negated = Vec::new();
        while let Some(entry) = first.next().filter(|entry| entry.negated) {
            negated.push(entry);
        }
        negated
    }
}

/// One entry of a list: `!a & b & !c?`.
#[derive(Clone, Debug)]
pub struct Selector {
    /// The string as written, without its quotes, and its place with them.
    pub text: Spanned<String>,
    /// `!` in front: takes away from what stands before it.
    pub negated: bool,
    /// `?` behind: need not exist.
    pub optional: bool,
    /// What ` & ` joins; never empty, and the first is never negated.
    pub terms: Vec<Term>,
}

impl Selector {
    /// Whether it is anything but one exact name of a member, a module, an external, a layer or a context.
    #[must_use]
    pub fn is_pattern(&self) -> bool {
        let [term] = self.terms.as_slice() else {
            return true;
        };
        let exact = match &term.atom {
            Atom::Name(glob) | Atom::External(glob, _) => glob.literal().is_some(),
            Atom::Layer(_) | Atom::Context(_) => true,
            Atom::Module(glob) => glob.literal().is_some(),
            _ => false,
        };
        self.negated || term.negated || !exact
    }

    /// Whether it can select more than one member.
    #[must_use]
    pub(crate) fn is_pattern_of_members(&self) -> bool {
        match self.terms.as_slice() {
            [term] => match &term.atom {
                Atom::Name(glob) => glob.literal().is_none(),
                Atom::Path(glob) => glob.literal().is_none(),
                Atom::Module(glob) => glob.literal().is_none(),
                _ => true,
            },
            _ => true,
        }
    }
}

/// One part of an intersection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// `!` in front: keeps what it does not select.
    pub negated: bool,
    /// What it selects.
    pub atom: Atom,
}

/// The smallest selector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Atom {
    /// Members, by package name.
    Name(Glob),
    /// `path:`: members, by directory relative to the workspace root.
    Path(PathGlob),
    /// `layer:`.
    Layer(String),
    /// `context:`.
    Context(String),
    /// `group:`.
    Group(String),
    /// `external:NAME` and `external:NAME@1`: externals, by package name and version.
    External(Glob, Option<Version>),
    /// `metadata:KEY.PATH=VALUE` and `tag:NAME`: members whose `[package.metadata]` holds the value there, or a list
    /// containing it.
    Metadata(Vec<String>, String),
    /// `is:`.
    Is(Fact),
    /// `edition:`.
    Edition(String),
    /// `deps-of:`: members that this one uses directly.
    DepsOf(String),
    /// `users-of:`: members that use this one directly.
    UsersOf(String),
    /// `mod:`: modules of members.
    Module(ModuleGlob),
}

/// What `is:` asks of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact {
    /// `publish` is neither `false` nor `[]`.
    Published,
    /// The opposite.
    Private,
    /// Its library is a proc-macro.
    ProcMacro,
    /// It builds a binary.
    Bin,
    /// It builds a library.
    Lib,
    /// A plain `cargo build` builds it.
    DefaultMember,
    /// It runs a build script.
    BuildScript,
    /// It links a native library.
    Links,
}

/// The `@1` of `external:NAME@1`: a major version, or `0.4` for the zero ones, as cargo holds them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Version {
    /// The first number.
    pub major: u64,
    /// The second, where it was given.
    pub minor: Option<u64>,
}

impl Version {
    /// Whether this means that version.
    #[must_use]
    pub fn means(self, version: &semver::Version) -> bool {
        version.major == self.major && self.minor.is_none_or(|minor| version.minor == minor)
    }
}

/// A pattern over a name, in which `*` is any run of characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glob {
    text: String,
}

impl Glob {
    /// A pattern; `text` holds none of the reserved characters.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self { text: text.to_owned() }
    }

    /// The name, where the pattern is none.
    #[must_use]
    pub fn literal(&self) -> Option<&str> {
        (!self.text.contains('*')).then_some(&self.text)
    }

    /// Whether the whole of `name` fits.
    #[must_use]
    pub fn matches(&self, name: &str) -> bool {
        matches_run(self.text.as_bytes(), name.as_bytes())
    }
}

/// `*` against any run of bytes, by the usual backtracking to the last star: linear for one star, never exponential.
fn matches_run(pattern: &[u8], text: &[u8]) -> bool {
    let (mut p, mut t) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while t < text.len() {
        if pattern.get(p) == Some(&b'*') {
            retry = Some((p, t));
            p += 1;
        } else if pattern.get(p) == Some(&text[t]) {
            p += 1;
            t += 1;
        } else if let Some((star, from)) = retry {
            p = star + 1;
            t = from + 1;
            retry = Some((star, from + 1));
        } else {
            return false;
        }
    }
    pattern[p..].iter().all(|b| *b == b'*')
}
