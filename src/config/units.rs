//! `[[layers]]` and `[contexts.NAME]`, as they were meant.

use super::selector::SelectorList;
use crate::source::{Span, Spanned};

/// A `[[layers]]` table.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a key of the table, and they do not exclude each other"
)]
pub struct Layer {
    /// Its name: also the place that findings show.
    pub name: Spanned<String>,
    /// `stack`: none for the main stack.
    pub stack: Option<Spanned<String>>,
    /// `crates`; empty with no entries where only `rest` or members' own claims fill the layer.
    pub crates: SelectorList,
    /// `rest = true`: the key's place.
    pub rest: Option<Span>,
    /// `beside`: the layer whose rank it shares.
    pub beside: Option<Spanned<String>>,
    /// `closed = true`: no crate above may directly use a crate below.
    pub closed: bool,
    /// `open = true`: may be used past a closed layer.
    pub open: bool,
    /// `independent = true`: crates of the layer may not directly use each other.
    pub independent: bool,
    /// `may-use`: unset means every layer below.
    pub may_use: Option<NameList>,
    /// `allow-empty`.
    pub allow_empty: bool,
    /// `reason`.
    pub reason: Option<String>,
    /// `help`.
    pub help: Option<String>,
}

impl Layer {
    /// The name of its stack; none for the main one.
    #[must_use]
    pub fn stack_name(&self) -> Option<&str> {
        self.stack.as_ref().map(|stack| stack.value.as_str())
    }
}

/// A list of names (of layers, of contexts) and its key's place.
#[derive(Clone, Debug)]
pub struct NameList {
    /// The key.
    pub key: Span,
    /// The names, each with its place.
    pub names: Vec<Spanned<String>>,
}

/// A `[contexts.NAME]` table.
#[derive(Clone, Debug)]
pub struct Context {
    /// Its name: also the place that findings show.
    pub name: Spanned<String>,
    /// `crates`.
    pub crates: SelectorList,
    /// `rest = true`: the key's place.
    pub rest: Option<Span>,
    /// `public`: unset means the default face, else all of it.
    pub public: Option<SelectorList>,
    /// `public-to`: by the context to which the crates are public besides.
    pub public_to: Vec<Part>,
    /// `faces`: named parts of the public face.
    pub faces: Vec<Part>,
    /// `may-use`, as `CONTEXT` or `CONTEXT:FACE`: unset means any context.
    pub may_use: Option<NameList>,
    /// `kind`.
    pub kind: ContextKind,
    /// `relations`, in file order.
    pub relations: Vec<Declared>,
    /// `owners`.
    pub owners: Vec<String>,
    /// `allow-empty`.
    pub allow_empty: bool,
    /// `reason`.
    pub reason: Option<String>,
    /// `help`.
    pub help: Option<String>,
}

/// A line of `public-to` or of `faces`.
#[derive(Clone, Debug)]
pub struct Part {
    /// The context that it is for, or the face's name.
    pub name: Spanned<String>,
    /// Crates of the context.
    pub crates: SelectorList,
}

/// `kind` of a context.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContextKind {
    /// No `kind`.
    Bounded,
    /// Every context may use its public face unlisted; it may use no context but what it lists.
    SharedKernel,
    /// May use everything; no other context may use it.
    CompositionRoot,
}

/// A line of `relations`.
#[derive(Clone, Debug)]
pub struct Declared {
    /// The other context, at the place of the key.
    pub other: Spanned<String>,
    /// What is declared.
    pub relation: Relation,
    /// The word's place.
    pub word: Span,
}

/// A relation of context mapping (Evans, *Domain-Driven Design*, 2003, chapter 14; Partnership: *Domain-Driven Design Reference*, 2015).
/// Of those with a direction, the declaring context is the downstream one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// It uses what the other publishes.
    PublishedLanguage,
    /// Neither has to do with the other.
    SeparateWays,
    /// Both succeed or fail together.
    Partnership,
    /// It follows the other's model as it is.
    Conformist,
    /// The other plans for it.
    CustomerSupplier,
    /// Both share a small part.
    SharedKernel,
}

impl Relation {
    /// Every relation, in the order of the reference.
    pub const ALL: [Self; 6] = [
        Self::PublishedLanguage,
        Self::SeparateWays,
        Self::Partnership,
        Self::Conformist,
        Self::CustomerSupplier,
        Self::SharedKernel,
    ];

    /// As boundaries.toml writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PublishedLanguage => "published-language",
            Self::SeparateWays => "separate-ways",
            Self::Partnership => "partnership",
            Self::Conformist => "conformist",
            Self::CustomerSupplier => "customer-supplier",
            Self::SharedKernel => "shared-kernel",
        }
    }
}
