//! From a file's text to its [`Facts`].
//!
//! Nothing here may overflow the stack, whatever the text: [`guard`] measures it before syn sees it, and the threads
//! that come here have [`STACK`].

use std::str::FromStr;

use proc_macro2::TokenStream;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Block, Item, Stmt};

use self::lean::Lean;
use self::places::Places;
use self::walk::Walker;
use super::facts::Facts;

mod attributes;
mod conditions;
mod expressions;
mod finish;
pub mod guard;
mod held;
mod imports;
mod items;
mod lean;
mod names;
mod noted;
mod opening;
mod parts;
mod places;
mod repair;
mod shown;
mod syntax;
#[cfg(test)]
mod tests;
mod tokens;
mod walk;

/// How much stack a thread needs that comes here.
pub const STACK: usize = 512 * 1024 * 1024;

/// What this text says.
pub fn facts(text: &str) -> Facts {
    let found = read(text);
    // The lexer keeps the text of every file that it has seen, for the places; all places are read by now.
    proc_macro2::extra::invalidate_current_thread_spans();
    found
}

fn read(text: &str) -> Facts {
    let lean = Lean::new(text, opening::length(text));
    let depth = guard::measure(&lean.text);
    if depth.code > guard::MOST || depth.brackets > guard::MOST_BRACKETS {
        let at = lean.place(depth.deepest);
        return Facts::failed("is nested too deeply to be read", at, at + 1);
    }
    let places = Places::new(text, &lean);
    let tokens = match TokenStream::from_str(&lean.text) {
        Ok(tokens) => tokens,
        Err(error) => {
            let (at, _) = places.exact(error.span());
            return Facts::failed(
                "does not parse: a bracket or a quote has no end, or a character stands here that no Rust starts with",
                at as usize,
                (at as usize + 1).min(text.len()),
            );
        }
    };
    let mut walker = Walker::new(places, depth.macros <= guard::MOST);
    // Tokens that nobody else holds are not copied, so that what does not parse at first is lexed again.
    match file.parse2(tokens) {
        Ok((attributes, parsed)) => {
            walker.attributes_of_file(&attributes);
            walker.file(&parsed.iter().collect::<Vec<_>>());
            walker.finish()
        }
        Err(error) => piecemeal(walker, &lean.text, &error),
    }
}

/// Reads what is no row of items.
fn piecemeal(mut walker: Walker, text: &str, error: &syn::Error) -> Facts {
    walker.fail(error.span(), &error.to_string());
    let Ok(tokens) = TokenStream::from_str(text) else {
        return walker.finish();
    };
    // What `include!` puts into a function is a row of statements.
    if let Ok(statements) = Block::parse_within.parse2(tokens.clone()) {
        walker.statements_of_file(&statements);
        let mut facts = walker.finish();
        facts.statements = true;
        return facts;
    }
    walker.facts.failures.clear();
    by_item(walker, text, tokens)
}

/// A file: its inner attributes, and all its items.
fn file(input: ParseStream<'_>) -> syn::Result<(Vec<Attribute>, Vec<Item>)> {
    Ok((Attribute::parse_inner(input)?, items(input)?))
}

/// All items.
fn items(input: ParseStream<'_>) -> syn::Result<Vec<Item>> {
    let mut items = Vec::new();
    while !input.is_empty() {
        items.push(input.parse()?);
    }
    Ok(items)
}

/// Reads a file that does not parse as a whole: what can be repaired, and every other item on its own.
fn by_item(mut walker: Walker, text: &str, tokens: TokenStream) -> Facts {
    let read = repair::file(tokens);
    walker.attributes_of_file(&read.attributes);
    for error in &read.errors {
        walker.fail(error.span(), &error.to_string());
    }
    walker.file(&read.items.iter().collect::<Vec<_>>());
    let mut facts = walker.finish();
    repair::unmark(&mut facts, text);
    facts
}

/// The items of a macro's call, where its input is nothing else.
fn items_of(tokens: TokenStream) -> Option<Vec<Item>> {
    let parsed = file.parse2(tokens).ok().map(|(_, items)| repair::uses::written(items));
    parsed.filter(|items: &Vec<Item>| {
        let whole = |item: &Item| !matches!(item, Item::Verbatim(_));
        !items.is_empty() && items.iter().all(whole)
    })
}

/// The items among statements.
fn items_among(statements: &[Stmt]) -> Vec<&Item> {
    let mut items = Vec::new();
    for statement in statements {
        if let Stmt::Item(item) = statement {
            items.push(item);
        }
    }
    items
}
