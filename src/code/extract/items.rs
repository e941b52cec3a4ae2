//! Items: what a scope defines, before anything in it is looked at, and then the walk through each.

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Fields, ForeignItem, Item, ItemMacro, ItemMod, Visibility};

use super::super::Form;
use super::super::facts::{self, Alternative, ModuleDeclaration, space};
use super::attributes::{condition, implies_test, is_test, macro_use, module_paths};
use super::held::CONDITIONAL;
use super::repair::uses;
use super::syntax::{attributes_of, generics_of, handed_on, is_include, modules_among};
use super::tokens::Input;
use super::walk::Walker;

/// The items that a macro is given, each with those of its own.
pub(super) struct Made {
    branches: Vec<(Vec<Item>, Vec<Option<Made>>)>,
}

impl Walker<'_> {
    /// Takes in the items of the current scope.
    pub(super) fn items(&mut self, items: &[&Item]) {
        let anew = uses::anew(items);
        let whole = uses::among(items, &anew);
        let items = whole.as_deref().unwrap_or(items);
        let made = self.made(items);
        self.define_all(items, &made);
        self.visit_all(items, &made);
    }

    /// For each item, the items that stand in it where it is the call of a macro that is given nothing else. Such a macro
    /// hands them on, save for conditions that it puts on them: `cfg_if!`, and the `cfg_…!` of many crates.
    fn made(&self, items: &[&Item]) -> Vec<Option<Made>> {
        let made = |item: &&Item| match item {
            Item::Macro(called) if self.parses_macros && called.ident.is_none() => {
                let branches = handed_on(called)?.into_iter().map(|items| {
                    let inner = self.made(&items.iter().collect::<Vec<_>>());
                    (items, inner)
                });
                Some(Made {
                    branches: branches.collect(),
                })
            }
            _ => None,
        };
        items.iter().map(made).collect()
    }

    fn define_all(&mut self, items: &[&Item], made: &[Option<Made>]) {
        for (item, made) in items.iter().zip(made) {
            let test = condition(attributes_of(item)).test;
            let when = self.when_of(attributes_of(item));
            let outer = std::mem::replace(&mut self.when, when);
            self.under(test, |walker| match (item, made) {
                (Item::Macro(called), Some(made)) => {
                    for (branch, (items, inner)) in made.branches.iter().enumerate() {
                        walker.in_branch(called, branch, |walker| {
                            walker.define_all(&items.iter().collect::<Vec<_>>(), inner);
                        });
                    }
                }
                _ => walker.define(item),
            });
            self.when = outer;
        }
    }

    fn visit_all(&mut self, items: &[&Item], made: &[Option<Made>]) {
        for (item, made) in items.iter().zip(made) {
            match (item, made) {
                (Item::Macro(called), Some(made)) => {
                    self.under(condition(&called.attrs).test, |walker| {
                        walker.syn_path(
                            &called.mac.path,
                            called.mac.path.segments.len(),
                            space::MACRO,
                            Form::Path,
                        );
                        let outer = std::mem::replace(&mut walker.conditional, true);
                        for (branch, (items, inner)) in made.branches.iter().enumerate() {
                            walker.in_branch(called, branch, |walker| {
                                walker.visit_all(&items.iter().collect::<Vec<_>>(), inner);
                            });
                        }
                        walker.conditional = outer;
                    });
                }
                (Item::Macro(called), None) if called.ident.is_none() && !is_include(called) => {
                    let modules = modules_among(&called.mac.tokens);
                    let here = self.here();
                    here.made_modules += modules;
                    here.opaque_macros += 1;
                    self.visit_item(item);
                }
                _ => self.visit_item(item),
            }
        }
    }

    /// Takes in the names that an item defines.
    fn define(&mut self, item: &Item) {
        match item {
            Item::Use(item) => self.import(item),
            Item::ExternCrate(item) => self.external(item),
            Item::Const(item) if item.ident != "_" => self.name(&item.ident, space::VALUE, &item.vis),
            Item::Static(item) => self.name(&item.ident, space::VALUE, &item.vis),
            Item::Fn(item) => self.name(&item.sig.ident, space::VALUE, &item.vis),
            Item::Trait(item) => self.name(&item.ident, space::TYPE, &item.vis),
            Item::TraitAlias(item) => self.name(&item.ident, space::TYPE, &item.vis),
            Item::Union(item) => self.name(&item.ident, space::TYPE, &item.vis),
            Item::Struct(item) => {
                let constructor = if matches!(item.fields, Fields::Named(_)) {
                    0
                } else {
                    space::VALUE
                };
                self.name(&item.ident, space::TYPE | constructor, &item.vis);
            }
            Item::Enum(item) => {
                self.name(&item.ident, space::TYPE, &item.vis);
                let variants = item.variants.iter().map(|v| self.names.ident(&v.ident)).collect();
                self.last_item(|item| item.variants = variants);
            }
            Item::Type(item) => {
                self.name(&item.ident, space::TYPE, &item.vis);
                let name = self.names.ident(&item.ident);
                self.held_here().aliases.insert(name);
            }
            Item::Macro(ItemMacro {
                ident: Some(ident),
                attrs,
                ..
            }) => {
                self.name(ident, space::MACRO, &Visibility::Inherited);
                let exported = attrs.iter().any(|attribute| attribute.path().is_ident("macro_export"));
                let (start, _) = self.range(ident.span(), ident.span());
                self.last_item(|item| {
                    item.exported = exported;
                    item.textual = Some(start);
                });
            }
            Item::Mod(item) => {
                let name = self.names.ident(&item.ident);
                self.held_here().modules.insert(name);
            }
            Item::ForeignMod(block) => {
                for item in &block.items {
                    match item {
                        ForeignItem::Fn(item) => self.name(&item.sig.ident, space::VALUE, &item.vis),
                        ForeignItem::Static(item) => self.name(&item.ident, space::VALUE, &item.vis),
                        ForeignItem::Type(item) => self.name(&item.ident, space::TYPE, &item.vis),
                        _ => {}
                    }
                }
            }
            Item::Verbatim(tokens) => self.define_verbatim(tokens),
            _ => {}
        }
    }

    /// A name of an item that syn leaves as tokens: `macro name`, and functions and constants without a body.
    fn define_verbatim(&mut self, tokens: &TokenStream) {
        let tokens: Vec<TokenTree> = tokens.clone().into_iter().take(12).collect();
        for pair in tokens.windows(2) {
            let [TokenTree::Ident(word), TokenTree::Ident(name)] = pair else {
                continue;
            };
            let space = match word.to_string().as_str() {
                "macro" => space::MACRO,
                "fn" | "const" | "static" => space::VALUE,
                "trait" | "type" | "struct" | "enum" | "union" => space::TYPE,
                _ => continue,
            };
            let public = matches!(tokens.first(), Some(TokenTree::Ident(word)) if *word == "pub");
            self.name(name, space, &Visibility::Inherited);
            self.last_item(|item| item.sight.public = public);
            return;
        }
    }

    fn name(&mut self, ident: &Ident, spaces: u32, visibility: &Visibility) {
        let name = self.names.ident(ident);
        let (sight, when, test) = (self.sight(visibility), self.when, self.test);
        let conditional = if when.is_some() { CONDITIONAL } else { 0 };
        *self.held_here().items.entry(name).or_default() |= spaces | conditional;
        self.here().items.push(facts::Item {
            name,
            spaces,
            sight,
            when,
            test,
            ..facts::Item::default()
        });
    }

    fn last_item(&mut self, change: impl FnOnce(&mut facts::Item)) {
        if let Some(item) = self.here().items.last_mut() {
            change(item);
        }
    }

    /// Walks through one item, which sees neither the variables nor the parameters around it.
    pub(super) fn item(&mut self, item: &Item) {
        let attributes = attributes_of(item);
        let test = condition(attributes).test || matches!(item, Item::Fn(_)) && is_test(attributes);
        self.under(test, |walker| {
            walker.afresh(|walker| {
                walker.show(item);
                // What stands in the item is under no condition there.
                let within = walker.when.filter(|_| matches!(item, Item::Mod(_)));
                let outer = std::mem::replace(&mut walker.when, within);
                walker.inside_item(item);
                walker.when = outer;
            });
        });
    }

    fn inside_item(&mut self, item: &Item) {
        match item {
            Item::Use(item) => item.attrs.iter().for_each(|attribute| self.visit_attribute(attribute)),
            Item::ExternCrate(item) => item.attrs.iter().for_each(|attribute| self.visit_attribute(attribute)),
            Item::Mod(item) => self.module(item),
            Item::Fn(item) => {
                item.attrs.iter().for_each(|attribute| self.visit_attribute(attribute));
                self.function(&item.sig, Some(&item.block));
            }
            Item::Macro(item) if item.ident.is_some() => {
                item.attrs.iter().for_each(|attribute| self.visit_attribute(attribute));
                self.tokens(item.mac.tokens.clone(), Input::Definition, Form::Macro);
            }
            item => {
                if let Some(generics) = generics_of(item) {
                    self.parameters(generics);
                }
                visit::visit_item(self, item);
            }
        }
    }

    /// Takes in the names of generic parameters, whose bounds are walked with the rest of the item.
    fn parameters(&mut self, generics: &syn::Generics) {
        for parameter in &generics.params {
            let ident = match parameter {
                syn::GenericParam::Type(parameter) => &parameter.ident,
                syn::GenericParam::Const(parameter) => &parameter.ident,
                syn::GenericParam::Lifetime(_) => continue,
            };
            let name = self.names.ident(ident);
            self.generics.push(name);
            if matches!(parameter, syn::GenericParam::Const(_)) {
                self.locals.push(name);
            }
        }
    }

    fn module(&mut self, item: &ItemMod) {
        item.attrs.iter().for_each(|attribute| self.visit_attribute(attribute));
        let (path, alternatives) = module_paths(&item.attrs);
        let condition = condition(&item.attrs);
        let (start, end) = self.range(item.ident.span(), item.ident.span());
        let inline = item.content.as_ref().map(|_| self.open(self.scope, false));
        let when = self.when_of(&item.attrs);
        let alternatives = alternatives.into_iter().map(|(predicate, path)| Alternative {
            path,
            when: Some(self.under_predicate(when, &predicate)),
            test: implies_test(&predicate.into_iter().collect::<Vec<_>>()),
        });
        let alternatives = alternatives.collect();
        let declaration = ModuleDeclaration {
            name: self.names.ident(&item.ident),
            sight: self.sight(&item.vis),
            test: self.test,
            when,
            conditional: condition.any || self.conditional,
            macro_use: macro_use(&item.attrs).is_some(),
            path,
            alternatives,
            inline,
            start,
            end,
        };
        self.here().modules.push(declaration);
        if let (Some((_, items)), Some(scope)) = (&item.content, inline) {
            let outer = self.when.take();
            self.inside(scope, |walker| walker.items(&items.iter().collect::<Vec<_>>()));
            self.when = outer;
        }
    }
}
