//! What public items show of others, as written: the paths of signatures, public fields, bounds, headers of `impl`s and
//! aliases. Whether an item is public all the way, and where a path leads, is seen when paths are resolved.

use proc_macro2::Ident;
use syn::{ImplItem, Item, ItemImpl, Path, Type, TypePath, Visibility};

use super::super::Shown;
use super::super::facts::{PathText, space};
use super::syntax::generics_of;
use super::walk::Walker;

mod shower;

use shower::Shower;

impl Walker<'_> {
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
        let (found, generics) = (shower.found, shower.generics);
        let paths: Vec<PathText> = found.into_iter().map(|show| show.path).collect();
        let stands_for = match &*alias.ty {
            Type::Path(TypePath { qself: None, path, .. }) => Some(self.whole_path(path)),
            _ => None,
        };
        let is_parameter = |path: &PathText| !path.global && generics.contains(&path.names[0]);
        let defined = self
            .here()
            .items
            .iter_mut()
            .rev()
            .find(|item| item.name == name && item.spaces == space::TYPE);
        if let Some(defined) = defined {
            defined.alias = paths;
            defined.stands_for = stands_for.filter(|path| !is_parameter(path));
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
        shower.of_impl = true;
        shower.parameters(&item.generics);
        if let Some((path, _)) = &item.trait_ {
            shower.how = Shown::Implementation;
            // The trait itself is what is shown, so that it need not be public for that, as it must for what it is given.
            let of_trait = shower.of_trait.take();
            shower.path(path, path.segments.len());
            shower.of_trait = of_trait;
            shower.arguments(path);
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
            names: std::iter::once(self.names.ident(ident)).collect(),
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

impl Shown {
    /// The manner as a number of `how` in the facts.
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
