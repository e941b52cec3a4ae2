//! The walk through what one item shows.

use proc_macro2::Ident;
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{
    Field, Generics, ItemTrait, Path, QSelf, Signature, Token, TraitBound, TraitItem, Type, TypeImplTrait,
    TypeParamBound, TypePath, Visibility,
};

use crate::code::Shown;
use crate::code::extract::walk::Walker;
use crate::code::facts::{Name, PathText, Show, space};

/// An item of which something is shown.
pub(super) struct Shower<'w, 't> {
    pub(super) walker: &'w mut Walker<'t>,
    pub(super) item: String,
    pub(super) owner: PathText,
    pub(super) of_impl: bool,
    pub(super) of_trait: Option<PathText>,
    pub(super) how: Shown,
    /// Generic parameters in scope.
    pub(super) generics: Vec<Name>,
    pub(super) found: Vec<Show>,
}

impl<'w, 't> Shower<'w, 't> {
    pub(super) fn new(walker: &'w mut Walker<'t>, item: String, owner: PathText, of_trait: Option<PathText>) -> Self {
        Self {
            walker,
            item,
            owner,
            of_impl: false,
            of_trait,
            how: Shown::Signature,
            generics: Vec::new(),
            found: Vec::new(),
        }
    }

    pub(super) fn shows(&mut self, how: Shown, of: &Type) {
        self.how = how;
        self.visit_type(of);
    }

    pub(super) fn parameters(&mut self, generics: &Generics) {
        for parameter in generics.type_params() {
            let name = self.walker.names.ident(&parameter.ident);
            self.generics.push(name);
        }
    }

    pub(super) fn bounds(&mut self, generics: &Generics) {
        self.parameters(generics);
        self.how = Shown::Bound;
        self.visit_generics(generics);
    }

    pub(super) fn bound_by(&mut self, bounds: &Punctuated<TypeParamBound, Token![+]>) {
        self.how = Shown::Bound;
        bounds.iter().for_each(|bound| self.visit_type_param_bound(bound));
    }

    pub(super) fn signature(&mut self, signature: &Signature) {
        self.how = Shown::Signature;
        for input in &signature.inputs {
            if let syn::FnArg::Typed(input) = input {
                self.visit_type(&input.ty);
            }
        }
        self.visit_return_type(&signature.output);
    }

    pub(super) fn fields<'f>(&mut self, fields: impl Iterator<Item = &'f Field>, all: bool) {
        for field in fields {
            if all || matches!(field.vis, Visibility::Public(_)) {
                self.shows(Shown::Field, &field.ty);
            }
        }
    }

    pub(super) fn of_trait_items(&mut self, item: &ItemTrait) {
        self.bound_by(&item.supertraits);
        let name = item.ident.to_string();
        for inner in &item.items {
            let generics = self.generics.len();
            match inner {
                TraitItem::Fn(inner) => {
                    self.item = format!("{name}::{}", inner.sig.ident);
                    self.bounds(&inner.sig.generics);
                    self.signature(&inner.sig);
                }
                TraitItem::Const(inner) => {
                    self.item = format!("{name}::{}", inner.ident);
                    self.shows(Shown::Field, &inner.ty);
                }
                TraitItem::Type(inner) => {
                    self.item = format!("{name}::{}", inner.ident);
                    self.bounds(&inner.generics);
                    self.bound_by(&inner.bounds);
                    if let Some((_, default)) = &inner.default {
                        self.shows(Shown::Alias, default);
                    }
                }
                _ => {}
            }
            self.generics.truncate(generics);
        }
    }

    /// Notes a path, unless it leads nowhere: a parameter, `Self`, or an item of this very module.
    pub(super) fn path(&mut self, path: &Path, count: usize) {
        let idents: Vec<&Ident> = path.segments.iter().take(count).map(|segment| &segment.ident).collect();
        let (Some(first), Some(last)) = (idents.first(), idents.last()) else {
            return;
        };
        let global = path.leading_colon.is_some();
        let head = self.walker.names.ident(first);
        let local = *first == "Self" || self.generics.contains(&head);
        let lone = idents.len() == 1;
        let alias = self.walker.held[self.walker.scope as usize].aliases.contains(&head);
        if !global && (local || lone && !alias && !self.walker.may_come(head, space::TYPE)) {
            return;
        }
        let (start, end) = self.walker.range(first.span(), last.span());
        let names = idents.iter().map(|ident| self.walker.names.ident(ident)).collect();
        self.found.push(Show {
            item: self.item.clone(),
            owner: self.owner.clone(),
            of_impl: self.of_impl,
            of_trait: self.of_trait.clone(),
            path: PathText { global, names },
            how: self.how.code(),
            start,
            end,
        });
    }

    fn qualified(&mut self, qself: Option<&QSelf>, path: &Path) {
        match qself {
            None => self.path(path, path.segments.len()),
            Some(qself) => {
                self.visit_type(&qself.ty);
                self.path(path, qself.position);
            }
        }
        self.arguments(path);
    }

    /// What a path is given in its brackets.
    pub(super) fn arguments(&mut self, path: &Path) {
        path.segments
            .iter()
            .for_each(|segment| self.visit_path_arguments(&segment.arguments));
    }
}

impl<'ast> Visit<'ast> for Shower<'_, '_> {
    fn visit_type_path(&mut self, path: &'ast TypePath) {
        self.qualified(path.qself.as_ref(), &path.path);
    }

    fn visit_path(&mut self, path: &'ast Path) {
        self.qualified(None, path);
    }

    fn visit_trait_bound(&mut self, bound: &'ast TraitBound) {
        self.qualified(None, &bound.path);
    }

    fn visit_type_impl_trait(&mut self, bounds: &'ast TypeImplTrait) {
        let outer = std::mem::replace(&mut self.how, Shown::Bound);
        visit::visit_type_impl_trait(self, bounds);
        self.how = outer;
    }

    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}

    fn visit_expr(&mut self, _: &'ast syn::Expr) {}

    fn visit_macro(&mut self, _: &'ast syn::Macro) {}
}
