//! The walk through expressions, types and patterns: which names they bind, and which paths they hold.

use proc_macro2::TokenStream;
use syn::visit::{self, Visit};
use syn::{
    Arm, Attribute, Block, Expr, ExprClosure, ExprForLoop, ExprIf, ExprPath, ExprStruct, ExprWhile, Field, FieldPat,
    ImplItem, Item, Local, Macro, Pat, PatIdent, PatStruct, PatTupleStruct, Path, Stmt, TraitBound, TraitItem,
    TypePath, Variant, Visibility,
};

use super::super::Form;
use super::super::facts::space;
use super::attributes::{condition, is_test};
use super::items_among;
use super::names::Look;
use super::tokens::Input;
use super::walk::{Manner, Walker};

impl<'ast> Visit<'ast> for Walker<'_> {
    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        self.attribute(&attribute.meta);
    }

    fn visit_item(&mut self, item: &'ast Item) {
        self.item(item);
    }

    fn visit_visibility(&mut self, _: &'ast Visibility) {
        // `pub(in path)` says who may look, and uses nothing.
    }

    fn visit_impl_item(&mut self, item: &'ast ImplItem) {
        let attributes: &[Attribute] = match item {
            ImplItem::Const(item) => &item.attrs,
            ImplItem::Fn(item) => &item.attrs,
            ImplItem::Type(item) => &item.attrs,
            ImplItem::Macro(item) => &item.attrs,
            _ => &[],
        };
        self.under(condition(attributes).test || is_test(attributes), |walker| match item {
            ImplItem::Fn(item) => {
                item.attrs
                    .iter()
                    .for_each(|attribute| walker.visit_attribute(attribute));
                walker.function(&item.sig, Some(&item.block));
            }
            ImplItem::Type(item) => walker.binding(|walker| {
                walker.generics_of(&item.generics);
                walker.visit_type(&item.ty);
            }),
            item => walker.binding(|walker| visit::visit_impl_item(walker, item)),
        });
    }

    fn visit_trait_item(&mut self, item: &'ast TraitItem) {
        let attributes: &[Attribute] = match item {
            TraitItem::Const(item) => &item.attrs,
            TraitItem::Fn(item) => &item.attrs,
            TraitItem::Type(item) => &item.attrs,
            TraitItem::Macro(item) => &item.attrs,
            _ => &[],
        };
        self.under(condition(attributes).test, |walker| match item {
            TraitItem::Fn(item) => {
                item.attrs
                    .iter()
                    .for_each(|attribute| walker.visit_attribute(attribute));
                walker.function(&item.sig, item.default.as_ref());
            }
            TraitItem::Type(item) => walker.binding(|walker| {
                walker.generics_of(&item.generics);
                visit::visit_trait_item_type(walker, item);
            }),
            item => walker.binding(|walker| visit::visit_trait_item(walker, item)),
        });
    }

    fn visit_field(&mut self, field: &'ast Field) {
        self.under(condition(&field.attrs).test, |walker| visit::visit_field(walker, field));
    }

    fn visit_variant(&mut self, variant: &'ast Variant) {
        self.under(condition(&variant.attrs).test, |walker| {
            visit::visit_variant(walker, variant);
        });
    }

    fn visit_block(&mut self, block: &'ast Block) {
        let items = items_among(&block.stmts);
        self.binding(|walker| {
            let rest = |walker: &mut Self| {
                for statement in &block.stmts {
                    walker.visit_stmt(statement);
                }
            };
            if items.is_empty() {
                rest(walker);
            } else {
                let scope = walker.open(walker.scope, true);
                walker.inside(scope, |walker| {
                    walker.items(&items);
                    rest(walker);
                });
            }
        });
    }

    fn visit_stmt(&mut self, statement: &'ast Stmt) {
        let attributes: &[Attribute] = match statement {
            // They come first, all at once.
            Stmt::Item(_) => return,
            Stmt::Local(local) => &local.attrs,
            Stmt::Macro(called) => &called.attrs,
            Stmt::Expr(expression, _) => attributes_of(expression),
        };
        let test = condition(attributes).test;
        self.under(test, |walker| visit::visit_stmt(walker, statement));
    }

    fn visit_local(&mut self, local: &'ast Local) {
        local.attrs.iter().for_each(|attribute| self.visit_attribute(attribute));
        if let Some(init) = &local.init {
            self.binding(|walker| walker.visit_local_init(init));
        }
        self.visit_pat(&local.pat);
    }

    fn visit_expr_path(&mut self, path: &'ast ExprPath) {
        self.qualified(path.qself.as_ref(), &path.path, space::VALUE);
    }

    fn visit_expr_struct(&mut self, literal: &'ast ExprStruct) {
        self.qualified(literal.qself.as_ref(), &literal.path, space::TYPE);
        literal.fields.iter().for_each(|field| self.visit_field_value(field));
        if let Some(rest) = &literal.rest {
            self.visit_expr(rest);
        }
    }

    fn visit_expr_closure(&mut self, closure: &'ast ExprClosure) {
        self.binding(|walker| visit::visit_expr_closure(walker, closure));
    }

    fn visit_expr_if(&mut self, branch: &'ast ExprIf) {
        self.binding(|walker| {
            walker.visit_expr(&branch.cond);
            walker.visit_block(&branch.then_branch);
        });
        if let Some((_, otherwise)) = &branch.else_branch {
            self.visit_expr(otherwise);
        }
    }

    fn visit_expr_while(&mut self, repeated: &'ast ExprWhile) {
        self.binding(|walker| {
            walker.visit_expr(&repeated.cond);
            walker.visit_block(&repeated.body);
        });
    }

    fn visit_expr_let(&mut self, condition: &'ast syn::ExprLet) {
        self.visit_expr(&condition.expr);
        self.visit_pat(&condition.pat);
    }

    fn visit_expr_for_loop(&mut self, repeated: &'ast ExprForLoop) {
        self.visit_expr(&repeated.expr);
        self.binding(|walker| {
            walker.visit_pat(&repeated.pat);
            walker.visit_block(&repeated.body);
        });
    }

    fn visit_arm(&mut self, arm: &'ast Arm) {
        self.under(condition(&arm.attrs).test, |walker| {
            walker.binding(|walker| visit::visit_arm(walker, arm));
        });
    }

    fn visit_pat_ident(&mut self, pattern: &'ast PatIdent) {
        let plain = pattern.by_ref.is_none() && pattern.mutability.is_none() && pattern.subpat.is_none();
        let name = self.names.ident(&pattern.ident);
        if plain && matches!(self.names.look(name), Look::Upper | Look::SelfType) {
            // A constant, a unit struct or a variant; rustc warns of variables that are written so.
            self.path(false, &[&pattern.ident], Manner::new(space::VALUE, Form::Path));
        } else {
            self.locals.push(name);
        }
        if let Some((_, inner)) = &pattern.subpat {
            self.visit_pat(inner);
        }
    }

    fn visit_pat_struct(&mut self, pattern: &'ast PatStruct) {
        self.qualified(pattern.qself.as_ref(), &pattern.path, space::TYPE);
        pattern.fields.iter().for_each(|field| self.visit_field_pat(field));
    }

    fn visit_field_pat(&mut self, field: &'ast FieldPat) {
        self.visit_pat(&field.pat);
    }

    fn visit_pat_tuple_struct(&mut self, pattern: &'ast PatTupleStruct) {
        self.qualified(pattern.qself.as_ref(), &pattern.path, space::VALUE);
        pattern.elems.iter().for_each(|element: &Pat| self.visit_pat(element));
    }

    fn visit_type_path(&mut self, path: &'ast TypePath) {
        self.qualified(path.qself.as_ref(), &path.path, space::TYPE);
    }

    fn visit_trait_bound(&mut self, bound: &'ast TraitBound) {
        self.qualified(None, &bound.path, space::TYPE);
    }

    fn visit_path(&mut self, path: &'ast Path) {
        self.qualified(None, path, space::TYPE);
    }

    fn visit_macro(&mut self, called: &'ast Macro) {
        self.call(called);
    }

    fn visit_token_stream(&mut self, tokens: &'ast TokenStream) {
        self.tokens(tokens.clone(), Input::Code, Form::Path);
    }
}

/// The attributes of an expression that can stand as a statement.
fn attributes_of(expression: &Expr) -> &[Attribute] {
    match expression {
        Expr::Assign(e) => &e.attrs,
        Expr::Async(e) => &e.attrs,
        Expr::Await(e) => &e.attrs,
        Expr::Block(e) => &e.attrs,
        Expr::Call(e) => &e.attrs,
        Expr::ForLoop(e) => &e.attrs,
        Expr::If(e) => &e.attrs,
        Expr::Loop(e) => &e.attrs,
        Expr::Macro(e) => &e.attrs,
        Expr::Match(e) => &e.attrs,
        Expr::MethodCall(e) => &e.attrs,
        Expr::Return(e) => &e.attrs,
        Expr::Try(e) => &e.attrs,
        Expr::Unsafe(e) => &e.attrs,
        Expr::While(e) => &e.attrs,
        _ => &[],
    }
}
