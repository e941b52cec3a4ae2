//! What public items show of others, as written: the paths of signatures, public fields, bounds, headers of `impl`s and
//! aliases. Whether an item is public all the way, and where a path leads, is seen when paths are resolved.

use proc_macro2::Ident;
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{
    Field, Generics, ImplItem, Item, ItemImpl, ItemTrait, Path, QSelf, Signature, Token, TraitBound, TraitItem, Type,
    TypeImplTrait, TypeParamBound, TypePath, Visibility,
};

use super::super::Shown;
use super::super::facts::{Name, PathText, Show, space};
use super::syntax::generics_of;
use super::walk::Walker;

/// An item of which something is shown.
struct Shower<'w> {
    walker: &'w mut Walker,
    item: String,
    owner: PathText,
    of_trait: Option<PathText>,
    how: Shown,
    /// Generic parameters in scope.
    generics: Vec<Name>,
    found: Vec<Show>,
}

impl Walker {
    /// Takes in what an item shows, where it may be seen from outside.
    pub(super) fn show(&mut self, item: &Item) {
        if let Item::Type(alias) = item {
            self.alias(alias);
        }
        if self.test || self.here().block {
            return;
        }
        let (ident, visibility) = match item {
            Item::Const(item) => (&item.ident, &item.vis),
            Item::Static(item) => (&item.ident, &item.vis),
            Item::Fn(item) => (&item.sig.ident, &item.vis),
            Item::Enum(item) => (&item.ident, &item.vis),
            Item::Struct(item) => (&item.ident, &item.vis),
            Item::Union(item) => (&item.ident, &item.vis),
            Item::Trait(item) => (&item.ident, &item.vis),
            Item::TraitAlias(item) => (&item.ident, &item.vis),
            Item::Type(item) => (&item.ident, &item.vis),
            Item::Impl(item) => return self.show_impl(item),
            _ => return,
        };
        if !matches!(visibility, Visibility::Public(_)) {
            return;
        }
        let owner = self.lone_path(ident);
        let mut shower = Shower::new(self, ident.to_string(), owner, None);
        if let Some(generics) = generics_of(item) {
            shower.bounds(generics);
        }
        match item {
            Item::Const(item) => shower.shows(Shown::Field, &item.ty),
            Item::Static(item) => shower.shows(Shown::Field, &item.ty),
            Item::Fn(item) => shower.signature(&item.sig),
            Item::Struct(item) => shower.fields(item.fields.iter(), false),
            Item::Union(item) => shower.fields(item.fields.named.iter(), false),
            Item::Enum(item) => item
                .variants
                .iter()
                .for_each(|variant| shower.fields(variant.fields.iter(), true)),
            Item::Trait(item) => shower.of_trait_items(item),
            Item::TraitAlias(item) => shower.bound_by(&item.bounds),
            Item::Type(item) => shower.shows(Shown::Alias, &item.ty),
            _ => {}
        }
        let found = shower.found;
        self.here().shown.extend(found);
    }

    /// The paths that a type alias stands for, for those who show the alias.
    fn alias(&mut self, alias: &syn::ItemType) {
        let owner = self.lone_path(&alias.ident);
        let name = owner.names[0];
        let mut shower = Shower::new(self, String::new(), owner, None);
        shower.parameters(&alias.generics);
        shower.shows(Shown::Alias, &alias.ty);
        let paths: Vec<PathText> = shower.found.into_iter().map(|show| show.path).collect();
        let defined = self
            .here()
            .items
            .iter_mut()
            .rev()
            .find(|item| item.name == name && item.spaces == space::TYPE);
        if let Some(defined) = defined {
            defined.alias = paths;
        }
    }

    /// An `impl` shows what its type's public methods show, or the trait that its type gets.
    fn show_impl(&mut self, item: &ItemImpl) {
        let Type::Path(TypePath { qself: None, path, .. }) = &*item.self_ty else {
            return;
        };
        let text = path
            .segments
            .last()
            .map_or_else(String::new, |last| last.ident.to_string());
        let owner = self.whole_path(path);
        let of_trait = item.trait_.as_ref().map(|(path, _)| self.whole_path(path));
        let mut shower = Shower::new(self, text.clone(), owner, of_trait);
        shower.parameters(&item.generics);
        if let Some((path, _)) = &item.trait_ {
            shower.how = Shown::Implementation;
            // The trait itself is what is shown, so that it need not be public for that.
            let of_trait = shower.of_trait.take();
            shower.visit_path(path);
            shower.of_trait = of_trait;
        }
        for inner in &item.items {
            let public = |visibility: &Visibility| matches!(visibility, Visibility::Public(_));
            let generics = shower.generics.len();
            match inner {
                ImplItem::Fn(inner) if public(&inner.vis) => {
                    shower.item = format!("{text}::{}", inner.sig.ident);
                    shower.bounds(&inner.sig.generics);
                    shower.signature(&inner.sig);
                }
                ImplItem::Const(inner) if public(&inner.vis) => {
                    shower.item = format!("{text}::{}", inner.ident);
                    shower.shows(Shown::Field, &inner.ty);
                }
                ImplItem::Type(inner) => {
                    shower.item = format!("{text}::{}", inner.ident);
                    shower.bounds(&inner.generics);
                    shower.shows(Shown::Alias, &inner.ty);
                }
                _ => {}
            }
            shower.generics.truncate(generics);
        }
        let found = shower.found;
        self.here().shown.extend(found);
    }

    fn lone_path(&mut self, ident: &Ident) -> PathText {
        PathText {
            global: false,
            names: vec![self.names.ident(ident)],
        }
    }

    fn whole_path(&mut self, path: &Path) -> PathText {
        PathText {
            global: path.leading_colon.is_some(),
            names: path
                .segments
                .iter()
                .map(|segment| self.names.ident(&segment.ident))
                .collect(),
        }
    }
}

impl<'w> Shower<'w> {
    fn new(walker: &'w mut Walker, item: String, owner: PathText, of_trait: Option<PathText>) -> Self {
        Self {
            walker,
            item,
            owner,
            of_trait,
            how: Shown::Signature,
            generics: Vec::new(),
            found: Vec::new(),
        }
    }

    fn shows(&mut self, how: Shown, of: &Type) {
        self.how = how;
        self.visit_type(of);
    }

    fn parameters(&mut self, generics: &Generics) {
        for parameter in generics.type_params() {
            let name = self.walker.names.ident(&parameter.ident);
            self.generics.push(name);
        }
    }

    fn bounds(&mut self, generics: &Generics) {
        self.parameters(generics);
        self.how = Shown::Bound;
        self.visit_generics(generics);
    }

    fn bound_by(&mut self, bounds: &Punctuated<TypeParamBound, Token![+]>) {
        self.how = Shown::Bound;
        bounds.iter().for_each(|bound| self.visit_type_param_bound(bound));
    }

    fn signature(&mut self, signature: &Signature) {
        self.how = Shown::Signature;
        for input in &signature.inputs {
            if let syn::FnArg::Typed(input) = input {
                self.visit_type(&input.ty);
            }
        }
        self.visit_return_type(&signature.output);
    }

    fn fields<'f>(&mut self, fields: impl Iterator<Item = &'f Field>, all: bool) {
        for field in fields {
            if all || matches!(field.vis, Visibility::Public(_)) {
                self.shows(Shown::Field, &field.ty);
            }
        }
    }

    fn of_trait_items(&mut self, item: &ItemTrait) {
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
    fn path(&mut self, path: &Path, count: usize) {
        let idents: Vec<&Ident> = path.segments.iter().take(count).map(|segment| &segment.ident).collect();
        let (Some(first), Some(last)) = (idents.first(), idents.last()) else {
            return;
        };
        let global = path.leading_colon.is_some();
        let head = self.walker.names.ident(first);
        let local = *first == "Self" || self.generics.contains(&head);
        let lone = idents.len() == 1;
        let alias = self.walker.held[self.walker.scope as usize].aliases.contains_key(&head);
        if !global && (local || lone && !alias && !self.walker.may_come(head, space::TYPE)) {
            return;
        }
        let (start, end) = self.walker.range(first.span(), last.span());
        let names = idents.iter().map(|ident| self.walker.names.ident(ident)).collect();
        self.found.push(Show {
            item: self.item.clone(),
            owner: self.owner.clone(),
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
        path.segments
            .iter()
            .for_each(|segment| self.visit_path_arguments(&segment.arguments));
    }
}

impl<'ast> Visit<'ast> for Shower<'_> {
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

impl Shown {
    /// The manner as a number of [`Show::how`].
    fn code(self) -> u32 {
        match self {
            Self::Signature => 0,
            Self::Field => 1,
            Self::Bound => 2,
            Self::Implementation => 3,
            Self::Alias => 4,
            Self::Reexport => 5,
        }
    }

    /// The manner of a number.
    pub(in crate::code) fn of_code(code: u32) -> Self {
        match code {
            1 => Self::Field,
            2 => Self::Bound,
            3 => Self::Implementation,
            4 => Self::Alias,
            5 => Self::Reexport,
            _ => Self::Signature,
        }
    }
}
