//! Paths among tokens that are no syntax yet: what macros are given, what their definitions hold, and the arguments of
//! attributes.
//!
//! What a macro makes of its tokens is not known, so that only what looks like a path to everybody counts: two names
//! joined by `::`, and a lone name that stands as a type or a call would.

use proc_macro2::{Delimiter, Group, Ident, Spacing, TokenStream, TokenTree};

use super::super::Form;
use super::super::facts::space;
use super::names::Look;
use super::walk::{Manner, Walker};

/// What the tokens are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Input {
    /// What a macro or an attribute is given.
    Call,
    /// The rules of a macro, which say what stands elsewhere: a lone name in them is looked up where it is called.
    Definition,
    /// The list of a derive: every name is a macro.
    Derive,
    /// Rust that syn gives as tokens.
    Code,
}

impl Walker<'_> {
    /// Notes the paths among these tokens.
    pub(super) fn tokens(&mut self, tokens: TokenStream, input: Input, form: Form) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while at < tokens.len() {
            match &tokens[at] {
                TokenTree::Group(group) => {
                    self.tokens(group.stream(), input, form);
                    at += 1;
                }
                TokenTree::Ident(_) => at = self.path_at(&tokens, at, input, form),
                _ => at += 1,
            }
        }
    }

    /// Reads the path that starts with the identifier at this position, and gives the position behind it.
    fn path_at(&mut self, tokens: &[TokenTree], at: usize, input: Input, form: Form) -> usize {
        if let TokenTree::Ident(word) = &tokens[at]
            && KEYWORDS.iter().any(|keyword| word == keyword)
        {
            return at + 1;
        }
        let mut idents = Vec::new();
        let mut next = at;
        let mut open = false;
        while let Some(TokenTree::Ident(ident)) = tokens.get(next) {
            idents.push(ident);
            next += 1;
            open = joined(tokens, next);
            if !open {
                break;
            }
            next += 2;
        }
        if open && !matches!(tokens.get(next), Some(TokenTree::Group(_) | TokenTree::Punct(_))) {
            return next;
        }
        let before = Before::of(tokens, at);
        if let Some(group) = Self::list_behind(tokens.get(next), open) {
            self.listed(before == Before::Colons, &idents, &group, form, input);
            return next + 1;
        }
        let global = match before {
            Before::Colons => true,
            Before::Dollar if idents[0] == "crate" => false,
            Before::Naming if idents.len() > 1 => false,
            Before::Nothing => false,
            _ => return next,
        };
        if idents.len() == 1 && !global && !open {
            self.lone(idents[0], tokens.get(next), input, form);
            return next;
        }
        let called = matches!(tokens.get(next), Some(TokenTree::Punct(punct)) if punct.as_char() == '!');
        let manner = Manner {
            space: match input {
                Input::Derive => space::MACRO,
                _ if called => space::MACRO,
                _ if open => space::TYPE,
                _ => space::ALL,
            },
            form,
            in_definition: input == Input::Definition,
        };
        self.path(global, &idents, manner);
        next
    }

    /// The braces behind `a::`, as in a `use` that a macro is given.
    fn list_behind(token: Option<&TokenTree>, open: bool) -> Option<Group> {
        match token {
            Some(TokenTree::Group(group)) if open && group.delimiter() == Delimiter::Brace => Some(group.clone()),
            _ => None,
        }
    }

    /// Notes the paths of `a::{b, c::d}`, each in full.
    fn listed(&mut self, global: bool, idents: &[&Ident], group: &Group, form: Form, input: Input) {
        let mut full: Vec<Ident> = Vec::new();
        let mut inner: Vec<TokenTree> = group.stream().into_iter().collect();
        inner.push(TokenTree::Punct(proc_macro2::Punct::new(',', Spacing::Alone)));
        let mut skip = false;
        let mut named = false;
        for token in &inner {
            match token {
                TokenTree::Ident(ident) if *ident == "as" => skip = true,
                TokenTree::Ident(ident) if !skip => {
                    named = true;
                    full.push(ident.clone());
                }
                TokenTree::Punct(punct) if punct.as_char() == ',' => {
                    if full.last().is_some_and(|last| *last == "self") {
                        full.pop();
                    }
                    let whole: Vec<&Ident> = idents.iter().copied().chain(&full).collect();
                    let manner = Manner {
                        in_definition: input == Input::Definition,
                        ..Manner::new(space::ALL, form)
                    };
                    if named {
                        self.path_from(global, &whole, manner, idents.len());
                    }
                    full.clear();
                    named = false;
                    skip = false;
                }
                TokenTree::Group(deeper) if deeper.delimiter() == Delimiter::Brace => {
                    let whole: Vec<&Ident> = idents.iter().copied().chain(&full).collect();
                    self.listed(global, &whole, deeper, form, input);
                    full.clear();
                    named = false;
                }
                _ => {}
            }
        }
    }

    /// Notes a name that stands alone, where it stands as a type or a call would.
    fn lone(&mut self, ident: &Ident, next: Option<&TokenTree>, input: Input, form: Form) {
        let next = match next {
            Some(TokenTree::Punct(punct)) => punct.as_char(),
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis => '(',
            Some(TokenTree::Group(_)) => '{',
            _ => ' ',
        };
        let name = self.names.ident(ident);
        let upper = matches!(self.names.look(name), Look::Upper | Look::SelfType);
        let space = match input {
            Input::Derive => space::MACRO,
            Input::Definition => return,
            _ if next == '!' => space::MACRO,
            _ if upper && !matches!(next, ':' | '=') => space::TYPE | space::VALUE,
            _ if next == '(' => space::VALUE,
            _ => return,
        };
        if self.locals.contains(&name) || self.generics.contains(&name) {
            return;
        }
        self.path(false, &[ident], Manner::new(space, form));
    }
}

/// Whether `::` stands at this position.
fn joined(tokens: &[TokenTree], at: usize) -> bool {
    let colon = |token: Option<&TokenTree>| match token {
        Some(TokenTree::Punct(punct)) if punct.as_char() == ':' => Some(punct.spacing()),
        _ => None,
    };
    colon(tokens.get(at)) == Some(Spacing::Joint) && colon(tokens.get(at + 1)).is_some()
}

/// What stands before a path.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Nothing,
    /// `::`, with nothing before it that it could belong to.
    Colons,
    /// `::` behind a type in angle brackets or behind `$x`.
    Tail,
    /// `$`.
    Dollar,
    /// A dot or the tick of a lifetime.
    Skip,
    /// A keyword that gives the name to something.
    Naming,
}

impl Before {
    fn of(tokens: &[TokenTree], at: usize) -> Self {
        let Some(last) = at.checked_sub(1) else {
            return Self::Nothing;
        };
        match &tokens[last] {
            TokenTree::Punct(punct) => match punct.as_char() {
                '\'' => Self::Skip,
                // `..a::B` is a range or the rest of a struct.
                '.' if last == 0 || !is_punct(&tokens[last - 1], '.') => Self::Skip,
                '$' => Self::Dollar,
                ':' if last > 0 && joined(tokens, last - 1) => Self::before_colons(tokens, last - 1),
                _ => Self::Nothing,
            },
            TokenTree::Ident(word) if NAMING.iter().any(|naming| word == naming) => Self::Naming,
            _ => Self::Nothing,
        }
    }

    fn before_colons(tokens: &[TokenTree], colons: usize) -> Self {
        match colons.checked_sub(1).map(|before| &tokens[before]) {
            Some(TokenTree::Punct(punct)) if punct.as_char() == '>' => {
                let arrow = colons >= 2
                    && matches!(&tokens[colons - 2], TokenTree::Punct(p) if p.as_char() == '-' || p.as_char() == '=');
                if arrow { Self::Colons } else { Self::Tail }
            }
            Some(TokenTree::Ident(word)) if KEYWORDS.iter().any(|keyword| word == keyword) => Self::Colons,
            Some(TokenTree::Ident(_) | TokenTree::Group(_)) => Self::Tail,
            _ => Self::Colons,
        }
    }
}

fn is_punct(token: &TokenTree, wanted: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == wanted)
}

/// Keywords behind which a name is given.
const NAMING: [&str; 10] = [
    "fn",
    "struct",
    "enum",
    "union",
    "trait",
    "mod",
    "let",
    "macro_rules",
    "static",
    "const",
];

/// Keywords that no path starts with; `::` behind one starts a path of its own.
const KEYWORDS: &[&str] = &[
    "as", "async", "await", "break", "const", "continue", "dyn", "else", "enum", "extern", "false", "fn", "for", "if",
    "impl", "in", "let", "loop", "match", "mod", "move", "mut", "pub", "ref", "return", "static", "struct", "trait",
    "true", "type", "unsafe", "use", "where", "while",
];
