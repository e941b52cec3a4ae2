//! Small questions about syntax trees.

use proc_macro2::{TokenStream, TokenTree};
use syn::{Attribute, Generics, Item, ItemMacro};

use super::attributes::braces;
use super::items_of;

/// The items that the call of a macro is given, where it is given nothing else: a row for each branch.
pub(super) fn handed_on(called: &ItemMacro) -> Option<Vec<Vec<Item>>> {
    let name = &called.mac.path.segments.last()?.ident;
    let tokens = &called.mac.tokens;
    if name == "cfg_if" || name == "cfg_select" {
        let mut branches = Vec::new();
        for branch in tokens.clone().into_iter().filter_map(|token| braces(&token)) {
            // A branch may be empty.
            if !branch.is_empty() {
                branches.push(items_of(branch)?);
            }
        }
        return Some(branches);
    }
    // To parse takes time, and nearly all that macros are given starts otherwise.
    let opens = match tokens.clone().into_iter().next()? {
        TokenTree::Punct(punct) => punct.as_char() == '#',
        TokenTree::Ident(word) => OPENING.iter().any(|opening| word == opening),
        _ => false,
    };
    let items = if opens { items_of(tokens.clone()) } else { None };
    Some(vec![items?])
}

/// Words that an item starts with.
const OPENING: [&str; 18] = [
    "pub",
    "mod",
    "use",
    "fn",
    "struct",
    "enum",
    "trait",
    "impl",
    "type",
    "const",
    "static",
    "unsafe",
    "async",
    "extern",
    "macro_rules",
    "union",
    "auto",
    "default",
];

/// Whether this is `include!`, which is followed elsewhere.
pub(super) fn is_include(called: &ItemMacro) -> bool {
    called
        .mac
        .path
        .segments
        .last()
        .is_some_and(|last| last.ident == "include")
}

/// How many modules are declared among these tokens.
pub(super) fn modules_among(tokens: &TokenStream) -> u32 {
    let mut found = 0u32;
    let mut after_mod = false;
    for token in tokens.clone() {
        match &token {
            TokenTree::Group(group) => found = found.saturating_add(modules_among(&group.stream())),
            TokenTree::Ident(_) if after_mod => found = found.saturating_add(1),
            _ => {}
        }
        after_mod = matches!(&token, TokenTree::Ident(word) if *word == "mod");
    }
    found
}

/// An item's attributes.
pub(super) fn attributes_of(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::ExternCrate(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::ForeignMod(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::TraitAlias(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Union(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

/// An item's generic parameters.
pub(super) fn generics_of(item: &Item) -> Option<&Generics> {
    match item {
        Item::Const(item) => Some(&item.generics),
        Item::Enum(item) => Some(&item.generics),
        Item::Impl(item) => Some(&item.generics),
        Item::Struct(item) => Some(&item.generics),
        Item::Trait(item) => Some(&item.generics),
        Item::TraitAlias(item) => Some(&item.generics),
        Item::Type(item) => Some(&item.generics),
        Item::Union(item) => Some(&item.generics),
        Item::Fn(item) => Some(&item.sig.generics),
        _ => None,
    }
}
