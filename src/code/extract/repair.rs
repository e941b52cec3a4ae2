//! Reads what rustc takes and syn refuses: such syntax is written anew in an equal form that syn takes.
//!
//! rustc takes more than what a Rust of today is written in: what editions 2015 and 2018 allowed, and what is not stable.
//! Only a file that syn refused comes here. It is cut into its items, and an item that syn refuses is repaired where syn
//! stopped, by the one rule of [`rules`] that lets syn go further; then it is parsed again, as often as [`EFFORT`] allows.
//! No rule adds a name or takes one away, and tokens keep their spans, so that the item says what its source says. What
//! no rule helps is what syn said of it, with its place.

use proc_macro2::{LineColumn, TokenStream};
use syn::parse::Parser;
use syn::{Attribute, Item};

use self::row::Row;
use super::super::facts::Facts;

mod modifiers;
mod parts;
mod row;
mod rules;
mod sugar;
mod unnamed;
pub(super) mod uses;

/// The tokens that may be parsed again in any file: thirty times what the most needed in those of rustc's tests, and a quarter
/// of a second.
const EFFORT: usize = 1_000_000;

/// How often all tokens of a file may be parsed again, above that.
const ROUNDS: usize = 8;

/// What could be read of a file that syn refuses.
#[derive(Default)]
pub(super) struct Repaired {
    /// The attributes of the file.
    pub attributes: Vec<Attribute>,
    /// The items, in their order.
    pub items: Vec<Item>,
    /// What syn says of the others.
    pub errors: Vec<syn::Error>,
}

/// The file that has these tokens.
pub(super) fn file(tokens: TokenStream) -> Repaired {
    let row = Row::of(tokens);
    let mut effort = row.len().saturating_mul(ROUNDS).saturating_add(EFFORT);
    let mut found = Repaired::default();
    for (index, part) in row.parts().into_iter().enumerate() {
        match repaired(part, index == 0, &mut effort) {
            Ok((attributes, items)) => {
                found.attributes.extend(attributes);
                found.items.extend(items);
            }
            Err(error) => found.errors.push(error),
        }
    }
    found
}

/// The inner attributes and the items of a row.
type Part = (Vec<Attribute>, Vec<Item>);

/// What a row holds, repaired wherever syn stops, as long as there is effort left.
fn repaired(mut row: Row, opening: bool, effort: &mut usize) -> syn::Result<Part> {
    let mut error = match parsed(&row, opening) {
        Ok(part) => return Ok(part),
        Err(error) => error,
    };
    // What is said if nothing helps.
    let mut reported = error.clone();
    'again: loop {
        let (stopped, position) = place(&row, &error);
        for rule in rules::ALL {
            let Some((changed, from)) = rule(&row, position) else {
                continue;
            };
            let Some(rest) = effort.checked_sub(changed.len()) else {
                return Err(spent(&error));
            };
            *effort = rest;
            match parsed(&changed, opening) {
                Ok(part) => return Ok(part),
                Err(next) => {
                    let (place, behind) = place(&changed, &next);
                    if place > row.at(from).unwrap_or(stopped) || further(&next, &error) {
                        // A word that is a name now, and no use to syn either, is not what is wrong.
                        if behind > position + 1 {
                            reported = next.clone();
                        }
                        (row, error) = (changed, next);
                        continue 'again;
                    }
                }
            }
        }
        return Err(reported);
    }
}

/// What is said where the effort ends: what syn says of this place may be said of older syntax that it only got to now.
fn spent(error: &syn::Error) -> syn::Error {
    let message = format!(
        "the file holds more syntax of old editions than is read, up to here ({error}); `cargo fix --edition` writes it anew"
    );
    syn::Error::new(error.span(), message)
}

/// A row parsed, with its attributes where it is the first of its file.
fn parsed(row: &Row, opening: bool) -> syn::Result<Part> {
    if opening {
        super::file.parse2(row.tokens())
    } else {
        Ok((Vec::new(), super::items.parse2(row.tokens())?))
    }
}

/// Whether syn came to the end of all brackets this time, and found only then that it had left something in one.
fn further(next: &syn::Error, error: &syn::Error) -> bool {
    let left = |error: &syn::Error| error.to_string().starts_with("unexpected token");
    left(next) && !left(error)
}

/// Takes from what people are shown the `r#` that their source does not have.
pub(super) fn unmark(facts: &mut Facts, text: &str) {
    for word in rules::NEW_KEYWORDS {
        let raw = format!("r#{word}");
        if text.contains(&raw) {
            continue;
        }
        for show in facts.scopes.iter_mut().flat_map(|scope| &mut scope.shown) {
            show.item = show.item.replace(&raw, word);
        }
    }
}

/// Where syn stopped, in the file and in the row. An error without a place is about the end.
fn place(row: &Row, error: &syn::Error) -> (LineColumn, usize) {
    let at = error.span().start();
    match row.position(at) {
        Some(position) => (at, position),
        None => (row.end(), row.len()),
    }
}
