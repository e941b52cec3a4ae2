//! What comes of what a scope declares: of its `mod`s, and of its `include!`s.

use super::super::facts::ModuleDeclaration;
use super::files::Folder;
use super::mount::{Putting, What};
use super::{Builder, Condition, Mount, Origin};
use crate::source::Span;

impl Builder<'_> {
    /// What comes of a declaration: a scope to be put in its place, or files to be waited for.
    pub(super) fn enter<'f>(
        &mut self,
        putting: &Putting<'f>,
        child: u32,
        declaration: &ModuleDeclaration,
        scope: u32,
        next: &mut Vec<Mount>,
    ) -> Option<Putting<'f>> {
        let file = &self.forest.files[putting.file as usize];
        let name = file.facts.text(declaration.name).to_owned();
        let place = Span::new(file.id, declaration.start as usize..declaration.end as usize);
        let test = putting.test || declaration.test;
        let when = file.condition(declaration.when);
        let origin = Some(Origin {
            node: putting.node,
            file: putting.file,
            scope,
            at: declaration.start,
            open: declaration.macro_use,
        });
        let conditional = putting.conditional || declaration.conditional;
        if let Some(inline) = declaration.inline {
            return Some(Putting {
                node: child,
                file: putting.file,
                scope: inline,
                folder: putting.folder.of_inline(&name, declaration.path.as_deref()),
                test,
                when,
                origin,
                conditional,
                around: putting.around,
            });
        }
        // Where the only alternative is not meant.
        let otherwise = match &declaration.alternatives[..] {
            [only] if when.is_none() => file.condition(only.when).map(Condition::negated),
            _ => when,
        };
        let alternatives = declaration.alternatives.iter();
        let alternatives = alternatives.map(|other| (file.condition(other.when), test || other.test));
        let conditions: Vec<_> = alternatives.chain([(otherwise, test)]).collect();
        let groups = putting.folder.candidates(&name, declaration, scope == putting.scope);
        for (group, (when, test)) in groups.into_iter().zip(conditions) {
            let (candidates, folders) = group.into_iter().unzip();
            next.push(Mount {
                node: child,
                candidates,
                folders,
                test,
                when,
                origin,
                conditional: conditional || !declaration.alternatives.is_empty(),
                what: What::Module,
                place: Some(place),
                around: putting.around.to_vec(),
            });
        }
        None
    }

    pub(super) fn includes(&mut self, putting: &Putting<'_>, scope: u32, next: &mut Vec<Mount>) {
        let file = &self.forest.files[putting.file as usize];
        let facts = std::sync::Arc::clone(&file.facts);
        let (id, beside) = (file.id, Folder::of_file(&file.path));
        for include in &facts.scopes[scope as usize].includes {
            let Some(path) = &include.path else {
                self.unfollowed(putting.node).includes += 1;
                continue;
            };
            let (path, folder) = beside.named(path);
            next.push(Mount {
                node: putting.node,
                folders: vec![folder],
                candidates: vec![path],
                test: putting.test || include.test,
                when: None,
                origin: Some(Origin {
                    node: putting.node,
                    file: putting.file,
                    scope,
                    at: include.start,
                    open: true,
                }),
                conditional: putting.conditional,
                what: What::Include,
                place: Some(Span::new(id, include.start as usize..include.end as usize)),
                around: putting.around.to_vec(),
            });
        }
    }
}
