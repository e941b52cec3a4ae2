//! Attributes: which code is for tests alone, and what derives and attribute macros name.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Attribute, Meta, Token};

use super::super::Form;
use super::super::facts::space;
use super::tokens::Input;
use super::walk::Walker;

/// What `cfg` says of an item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Condition {
    /// It is compiled for tests alone.
    pub test: bool,
    /// It stands under some condition.
    pub any: bool,
}

/// What the `cfg`s among these attributes say.
pub(super) fn condition(attributes: &[Attribute]) -> Condition {
    let mut found = Condition::default();
    for attribute in attributes {
        match &attribute.meta {
            Meta::List(list) if list.path.is_ident("cfg") => {
                found.any = true;
                found.test |= implies_test(&list.tokens.clone().into_iter().collect::<Vec<_>>());
            }
            _ => {}
        }
    }
    found
}

/// Whether a function with these attributes is a test: `#[test]`, `#[bench]`, and those of other harnesses that are
/// named so, as `#[tokio::test]`.
pub(super) fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let last = attribute.path().segments.last();
        last.is_some_and(|last| last.ident == "test" || last.ident == "bench")
    })
}

fn is_comma(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',')
}

/// Whether what stands under this predicate is compiled for tests alone.
pub(super) fn implies_test(predicate: &[TokenTree]) -> bool {
    match predicate {
        [TokenTree::Ident(word)] => word == "test",
        [TokenTree::Ident(word), TokenTree::Group(group)] => {
            let parts = parts(group.stream());
            match word.to_string().as_str() {
                "all" => parts.iter().any(|part| implies_test(part)),
                "any" => !parts.is_empty() && parts.iter().all(|part| implies_test(part)),
                "not" => parts.first().is_some_and(|part| holds_without_test(part)),
                _ => false,
            }
        }
        _ => false,
    }
}

/// Whether this predicate holds wherever `test` does not.
fn holds_without_test(predicate: &[TokenTree]) -> bool {
    match predicate {
        [TokenTree::Ident(word), TokenTree::Group(group)] => {
            let parts = parts(group.stream());
            match word.to_string().as_str() {
                "all" => parts.iter().all(|part| holds_without_test(part)),
                "any" => parts.iter().any(|part| holds_without_test(part)),
                "not" => parts.first().is_some_and(|part| implies_test(part)),
                _ => false,
            }
        }
        _ => false,
    }
}

/// The parts between commas.
fn parts(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut parts = vec![Vec::new()];
    for token in tokens {
        match token {
            token if is_comma(&token) => parts.push(Vec::new()),
            token => parts.last_mut().into_iter().for_each(|part| part.push(token.clone())),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// The paths of `#[path]` on a module: the one that always holds, and those of `cfg_attr`
/// with their conditions.
pub(super) fn module_paths(attributes: &[Attribute]) -> (Option<String>, Vec<(TokenStream, String)>) {
    let (mut plain, mut conditional) = (None, Vec::new());
    for attribute in attributes {
        match &attribute.meta {
            Meta::NameValue(_) if plain.is_none() => plain = path_value(&attribute.meta),
            Meta::List(list) if list.path.is_ident("cfg_attr") && plain.is_none() => {
                let predicate: TokenStream = list
                    .tokens
                    .clone()
                    .into_iter()
                    .take_while(|token| !is_comma(token))
                    .collect();
                let paths = metas(list.tokens.clone())
                    .into_iter()
                    .skip(1)
                    .filter_map(|meta| path_value(&meta));
                conditional.extend(paths.map(|path| (predicate.clone(), path)));
            }
            _ => {}
        }
    }
    (plain, conditional)
}

/// What `#[macro_use]` lists, where it is there: nothing where it brings all macros. That of `cfg_attr` counts.
pub(super) fn macro_use(attributes: &[Attribute]) -> Option<Vec<Ident>> {
    let listed = |meta: &Meta| match meta {
        Meta::Path(path) if path.is_ident("macro_use") => Some(Vec::new()),
        Meta::List(list) if list.path.is_ident("macro_use") => {
            let parser = Punctuated::<Ident, Token![,]>::parse_terminated;
            let names = parser.parse2(list.tokens.clone()).ok()?;
            Some(names.into_iter().collect())
        }
        _ => None,
    };
    attributes.iter().find_map(|attribute| match &attribute.meta {
        Meta::List(list) if list.path.is_ident("cfg_attr") => {
            metas(list.tokens.clone()).iter().skip(1).find_map(listed)
        }
        meta => listed(meta),
    })
}

/// The value of `path = "…"`.
fn path_value(meta: &Meta) -> Option<String> {
    let Meta::NameValue(pair) = meta else { return None };
    match &pair.value {
        syn::Expr::Lit(literal) if pair.path.is_ident("path") => match &literal.lit {
            syn::Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

/// What stands between the commas of `cfg_attr(…)`; empty where it is not so built.
fn metas(tokens: TokenStream) -> Vec<Meta> {
    let parser = Punctuated::<Meta, Token![,]>::parse_terminated;
    parser
        .parse2(tokens)
        .map_or_else(|_| Vec::new(), |metas| metas.into_iter().collect())
}

/// Attributes whose contents are no code: rustc's own, and words about lints.
const PLAIN: [&str; 20] = [
    "doc",
    "cfg",
    "allow",
    "warn",
    "deny",
    "forbid",
    "expect",
    "inline",
    "repr",
    "must_use",
    "path",
    "macro_use",
    "test",
    "bench",
    "deprecated",
    "feature",
    "no_std",
    "derive_const",
    "target_feature",
    "rustfmt",
];

impl Walker<'_> {
    /// Notes what an attribute names.
    pub(super) fn attribute(&mut self, meta: &Meta) {
        let path = meta.path();
        if path
            .get_ident()
            .is_some_and(|ident| PLAIN.iter().any(|plain| ident == plain))
        {
            return;
        }
        match meta {
            Meta::List(list) if path.is_ident("cfg_attr") => self.conditional(list.tokens.clone()),
            Meta::List(list) if path.is_ident("derive") => {
                self.tokens(list.tokens.clone(), Input::Derive, Form::Attribute);
            }
            _ => {
                self.syn_path(path, path.segments.len(), space::MACRO, Form::Attribute);
                if let Meta::List(list) = meta {
                    self.tokens(list.tokens.clone(), Input::Call, Form::Attribute);
                }
            }
        }
    }

    /// `cfg_attr(predicate, attribute, …)`.
    fn conditional(&mut self, tokens: TokenStream) {
        let parts = parts(tokens);
        let Some((predicate, attributes)) = parts.split_first() else {
            return;
        };
        self.under(implies_test(predicate), |walker| {
            for part in attributes {
                let parsed = syn::parse2::<Meta>(part.iter().cloned().collect());
                if let Ok(meta) = parsed {
                    walker.attribute(&meta);
                }
            }
        });
    }
}

/// Whether these tokens are one group in braces.
pub(super) fn braces(token: &TokenTree) -> Option<TokenStream> {
    match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group.stream()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_for_tests_where_its_condition_cannot_hold_without_them() {
        let check = |predicate: &str, wanted: bool| {
            let tokens: TokenStream = predicate.parse().unwrap();
            let tokens: Vec<_> = tokens.into_iter().collect();
            assert_eq!(implies_test(&tokens), wanted, "{predicate}");
        };
        check("test", true);
        check("all(test, unix)", true);
        check("all(unix, any(test))", true);
        check("any(test, all(test, feature = \"x\"))", true);
        check("not(not(test))", true);
        check("not(any(not(test), unix))", true);
        check("not(test)", false);
        check("any(test, unix)", false);
        check("any()", false);
        check("all()", false);
        check("not(all(not(test), unix))", false);
        check("feature = \"test\"", false);
        check("unix", false);
    }
}
