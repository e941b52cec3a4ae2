//! What the walk does with functions, generic parameters, qualified paths and calls of macros.

use syn::visit::Visit;
use syn::{Block, Macro, Path, QSelf, Signature};

use super::super::Form;
use super::super::facts::{Include, space};
use super::tokens::Input;
use super::walk::Walker;

impl Walker<'_> {
    /// Does something and forgets what it bound.
    pub(super) fn binding(&mut self, act: impl FnOnce(&mut Self)) {
        let (locals, generics) = (self.locals.len(), self.generics.len());
        act(self);
        self.locals.truncate(locals);
        self.generics.truncate(generics);
    }

    /// A path behind an optional `<T as …>`: of it, only the trait's path leads anywhere.
    pub(super) fn qualified(&mut self, qself: Option<&QSelf>, path: &Path, space: u32) {
        match qself {
            None => self.syn_path(path, path.segments.len(), space, Form::Path),
            Some(qself) => {
                self.visit_type(&qself.ty);
                if qself.position > 0 {
                    self.syn_path(path, qself.position, space::TYPE, Form::Path);
                }
            }
        }
        for segment in &path.segments {
            self.visit_path_arguments(&segment.arguments);
        }
    }

    /// A function: what it takes is bound in its body.
    pub(super) fn function(&mut self, signature: &Signature, body: Option<&Block>) {
        let outer = std::mem::take(&mut self.locals);
        self.binding(|walker| {
            walker.generics_of(&signature.generics);
            for input in &signature.inputs {
                walker.visit_fn_arg(input);
            }
            walker.visit_return_type(&signature.output);
            if let Some(body) = body {
                walker.visit_block(body);
            }
        });
        self.locals = outer;
    }

    /// Takes in generic parameters, and notes what their bounds name.
    pub(super) fn generics_of(&mut self, generics: &syn::Generics) {
        for param in &generics.params {
            match param {
                syn::GenericParam::Type(param) => {
                    let name = self.names.ident(&param.ident);
                    self.generics.push(name);
                }
                syn::GenericParam::Const(param) => {
                    let name = self.names.ident(&param.ident);
                    self.generics.push(name);
                    self.locals.push(name);
                }
                syn::GenericParam::Lifetime(_) => {}
            }
        }
        self.visit_generics(generics);
    }

    /// A call of a macro: its name, and what it is given.
    pub(super) fn call(&mut self, called: &Macro) {
        self.syn_path(&called.path, called.path.segments.len(), space::MACRO, Form::Path);
        if called.path.segments.last().is_some_and(|last| last.ident == "include") {
            self.include(called);
        } else {
            self.tokens(called.tokens.clone(), Input::Call, Form::Macro);
        }
    }

    fn include(&mut self, called: &Macro) {
        let (Some(first), Some(last)) = (called.path.segments.first(), called.path.segments.last()) else {
            return;
        };
        let (start, end) = self.range(first.ident.span(), last.ident.span());
        let path = syn::parse2::<syn::LitStr>(called.tokens.clone()).ok();
        let test = self.test;
        self.here().includes.push(Include {
            path: path.map(|path| path.value()),
            test,
            start,
            end,
        });
    }
}
