//! `use` and `extern crate`: what they bring, and what they name.

use proc_macro2::{Ident, Span};
use syn::{ItemExternCrate, ItemUse, UseTree, Visibility};

use super::super::Form;
use super::super::facts::{Import, PathText, Sight, space};
use super::attributes::macro_use;
use super::walk::{Manner, Walker};

/// A `use` on the way to one of its leaves.
struct Branch<'t> {
    global: bool,
    names: Vec<&'t Ident>,
    /// Where the part behind the last brace starts.
    start: Option<Span>,
}

impl Walker<'_> {
    /// Takes in a `use`.
    pub(super) fn import(&mut self, item: &ItemUse) {
        let sight = self.sight(&item.vis);
        let mut branch = Branch {
            global: item.leading_colon.is_some(),
            names: Vec::new(),
            start: None,
        };
        self.tree(&item.tree, &mut branch, &sight);
    }

    fn tree<'t>(&mut self, tree: &'t UseTree, branch: &mut Branch<'t>, sight: &Sight) {
        match tree {
            UseTree::Path(path) => {
                branch.start.get_or_insert(path.ident.span());
                branch.names.push(&path.ident);
                self.tree(&path.tree, branch, sight);
                branch.names.pop();
            }
            UseTree::Group(group) => {
                for inner in &group.items {
                    branch.start = None;
                    self.tree(inner, branch, sight);
                }
            }
            UseTree::Name(name) => {
                branch.start.get_or_insert(name.ident.span());
                self.leaf(branch, &name.ident, Some(&name.ident), sight);
            }
            UseTree::Rename(rename) => {
                branch.start.get_or_insert(rename.ident.span());
                self.leaf(branch, &rename.ident, Some(&rename.rename), sight);
            }
            UseTree::Glob(glob) => {
                let end = glob.star_token.spans[0];
                let start = branch.start.unwrap_or(end);
                let path = self.text_of(branch.global, &branch.names);
                self.held_here().globs = true;
                self.bring(path, None, true, false, sight, (start, end));
            }
        }
    }

    fn leaf(&mut self, branch: &Branch<'_>, ident: &Ident, name: Option<&Ident>, sight: &Sight) {
        let of_module = *ident == "self" && !branch.names.is_empty();
        let mut idents = branch.names.clone();
        if !of_module {
            idents.push(ident);
        }
        // `use a::{self}` brings `a`, and `use a::{self as b}` brings `b`.
        let name = match name {
            Some(name) if *name == "self" => idents.last().copied(),
            name => name,
        };
        let name = name.filter(|name| **name != "_").map(|name| self.names.ident(name));
        let path = self.text_of(branch.global, &idents);
        let start = branch.start.unwrap_or_else(|| ident.span());
        self.bring(path, name, false, of_module, sight, (start, ident.span()));
    }

    fn bring(
        &mut self,
        path: PathText,
        name: Option<u32>,
        glob: bool,
        of_module: bool,
        sight: &Sight,
        place: (Span, Span),
    ) {
        let (start, end) = self.range(place.0, place.1);
        if let Some(name) = name {
            self.held_here().imports.insert(name);
        }
        let (test, when) = (self.test, self.when);
        self.here().imports.push(Import {
            path,
            name,
            glob,
            of_crate: false,
            of_module,
            macros: None,
            sight: sight.clone(),
            when,
            test,
            start,
            end,
        });
    }

    /// Takes in an `extern crate`.
    pub(super) fn external(&mut self, item: &ItemExternCrate) {
        let sight = self.sight(&item.vis);
        let known_as = item.rename.as_ref().map_or(&item.ident, |(_, name)| name);
        let path = self.text_of(false, &[&item.ident]);
        let name = (*known_as != "_").then(|| self.names.ident(known_as));
        self.bring(path, name, false, false, &sight, (item.ident.span(), item.ident.span()));
        let macros = macro_use(&item.attrs).map(|listed| listed.iter().map(|ident| self.names.ident(ident)).collect());
        if let Some(import) = self.here().imports.last_mut() {
            import.of_crate = true;
            import.macros = macros;
        }
    }

    fn text_of(&mut self, global: bool, idents: &[&Ident]) -> PathText {
        PathText {
            global,
            names: idents.iter().map(|ident| self.names.ident(ident)).collect(),
        }
    }

    /// What an item of this visibility may be named from.
    pub(super) fn sight(&mut self, visibility: &Visibility) -> Sight {
        match visibility {
            Visibility::Public(_) => Sight {
                public: true,
                within: None,
            },
            Visibility::Restricted(restricted) => {
                let path = &restricted.path;
                let idents: Vec<&Ident> = path.segments.iter().map(|segment| &segment.ident).collect();
                Sight {
                    public: false,
                    within: Some(self.text_of(path.leading_colon.is_some(), &idents)),
                }
            }
            Visibility::Inherited => Sight::default(),
        }
    }

    /// Notes a path of syn's, with what its generic arguments name left to the walk.
    pub(super) fn syn_path(&mut self, path: &syn::Path, count: usize, space: u32, form: Form) {
        // All but the last name modules and types.
        let space = if count < path.segments.len() {
            space::TYPE
        } else {
            space
        };
        let global = path.leading_colon.is_some();
        let mut idents = path.segments.iter().take(count).map(|segment| &segment.ident);
        match (idents.next(), idents.len()) {
            (None, _) => {}
            (Some(only), 0) => self.path(global, &[only], Manner::new(space, form)),
            (Some(first), _) => {
                let idents: Vec<&Ident> = std::iter::once(first).chain(idents).collect();
                self.path(global, &idents, Manner::new(space, form));
            }
        }
    }
}
