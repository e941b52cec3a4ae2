//! Puts files and scopes at their places in the tree of modules.

use camino::{Utf8Path, Utf8PathBuf};

use super::super::Unfollowed;
use super::super::facts::ModuleDeclaration;
use super::files::Folder;
use super::{Body, Builder, Condition, Crate, Found, MOST_MODULES, Node, Origin, position};
use crate::source::Span;
use crate::workspace::NodeId;
use crate::workspace::targets::Root;

/// A module that waits for a file.
#[derive(Debug)]
pub struct Mount {
    pub(super) node: u32,
    /// The files that it may be, the first that is there counts.
    pub(super) candidates: Vec<Utf8PathBuf>,
    pub(super) folders: Vec<Folder>,
    pub(super) test: bool,
    /// The condition that it stands under.
    pub(super) when: Option<Condition>,
    /// Where it is brought; none for a root.
    pub(super) origin: Option<Origin>,
    /// It stands under a condition, so that no file need be there.
    pub(super) conditional: bool,
    pub(super) what: What,
    /// Where it is asked for; none for a root.
    pub(super) place: Option<Span>,
    /// The files around it, outermost first.
    pub(super) around: Vec<u32>,
}

/// What asks for a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Root,
    Module,
    Include,
}

/// A scope that is put in its place.
pub(super) struct Putting<'f> {
    pub node: u32,
    pub file: u32,
    pub scope: u32,
    pub folder: Folder,
    pub test: bool,
    pub when: Option<Condition>,
    pub origin: Option<Origin>,
    pub conditional: bool,
    pub around: &'f [u32],
}

impl Builder<'_> {
    /// Takes in a target, whose root is to be read.
    pub(super) fn target(&mut self, member: NodeId, root: Root) -> Mount {
        let node = position(self.forest.nodes.len());
        let of = position(self.forest.crates.len());
        self.forest.crates.push(Crate {
            member,
            kind: root.kind,
            root: node,
        });
        self.forest.nodes.push(Node {
            of,
            parent: None,
            unit: node,
            path: String::new(),
            name: None,
            public: true,
            within: None,
            when: Vec::new(),
            place: None,
            children: Vec::new(),
            bodies: Vec::new(),
        });
        Mount {
            node,
            folders: vec![Folder::of_file(&root.path)],
            candidates: vec![root.path],
            test: false,
            when: None,
            origin: None,
            conditional: false,
            what: What::Root,
            place: None,
            around: Vec::new(),
        }
    }

    /// Puts a file in its place, and notes what it waits for in turn.
    pub(super) fn mount(&mut self, mount: &Mount, next: &mut Vec<Mount>) {
        for (path, folder) in mount.candidates.iter().zip(&mount.folders) {
            match self.found.get(path).cloned() {
                None => return self.unread(mount, path, "lies outside of the workspace".to_owned()),
                Some(Found::Nothing) => {}
                Some(Found::Unreadable(why)) => return self.unread(mount, path, why),
                Some(Found::File(file)) => return self.put_file(mount, file, folder.clone(), next),
            }
        }
        self.absent(mount);
    }

    fn put_file(&mut self, mount: &Mount, file: u32, folder: Folder, next: &mut Vec<Mount>) {
        if self.goes_round(file, &mount.around) {
            let path = self.forest.files[file as usize].path.clone();
            return self.unread(mount, &path, "is a module of itself".to_owned());
        }
        self.note_failures(mount, file);
        if mount.what == What::Root {
            let id = self.forest.files[file as usize].id;
            self.forest.nodes[mount.node as usize].place = Some(Span::new(id, 0..0));
        }
        let around: Vec<u32> = mount.around.iter().copied().chain([file]).collect();
        let putting = Putting {
            node: mount.node,
            file,
            scope: 0,
            folder,
            test: mount.test || self.forest.files[file as usize].facts.test,
            when: mount.when,
            origin: mount.origin,
            conditional: mount.conditional,
            around: &around,
        };
        self.put(putting, next);
    }

    /// Whether the file stands among those around it, under this path or, by way of a link, another.
    fn goes_round(&self, file: u32, around: &[u32]) -> bool {
        let files = &self.forest.files;
        let this = &files[file as usize];
        around.iter().map(|outer| &files[*outer as usize]).any(|outer| {
            let same_text = outer.key == this.key && this.key.length > 0;
            let real = |path: &Utf8Path| path.canonicalize_utf8().ok();
            outer.path == this.path
                || same_text && real(&outer.path).is_some_and(|outer| Some(outer) == real(&this.path))
        })
    }

    /// Puts a scope, and the inline modules in it, in their places.
    fn put(&mut self, first: Putting<'_>, next: &mut Vec<Mount>) {
        let mut left = vec![first];
        while let Some(putting) = left.pop() {
            let file = &self.forest.files[putting.file as usize];
            let facts = std::sync::Arc::clone(&file.facts);
            let blocks = file.blocks[putting.scope as usize].clone();
            self.forest.nodes[putting.node as usize].bodies.push(Body {
                file: putting.file,
                scope: putting.scope,
                test: putting.test,
                when: putting.when,
                origin: putting.origin,
            });
            let first = left.len();
            for scope in std::iter::once(putting.scope).chain(blocks) {
                let in_block = scope != putting.scope;
                for (index, declaration) in (0u32..).zip(&facts.scopes[scope as usize].modules) {
                    if self.forest.nodes.len() >= MOST_MODULES {
                        self.too_many(putting.node, putting.file);
                        return;
                    }
                    let child = self.child(&putting, scope, index, declaration, in_block);
                    left.extend(self.enter(&putting, child, declaration, scope, next));
                }
                self.includes(&putting, scope, next);
                let counted = &facts.scopes[scope as usize];
                let unfollowed = self.unfollowed(putting.node);
                unfollowed.macros += counted.opaque_macros as usize;
                unfollowed.modules += counted.made_modules as usize;
            }
            // In the order of the file.
            left[first..].reverse();
        }
    }

    /// The node of a module: of this name already, where it is declared a second time.
    fn child(
        &mut self,
        putting: &Putting<'_>,
        scope: u32,
        index: u32,
        declaration: &ModuleDeclaration,
        in_block: bool,
    ) -> u32 {
        let file = &self.forest.files[putting.file as usize];
        let name = file.symbols[declaration.name as usize];
        let place = Span::new(file.id, declaration.start as usize..declaration.end as usize);
        let when = file.condition(declaration.when);
        if let Some(child) = self.children.get(&(putting.node, name)).filter(|_| !in_block) {
            let node = &mut self.forest.nodes[*child as usize];
            node.public |= declaration.sight.public;
            node.when.push(when);
            return *child;
        }
        let child = position(self.forest.nodes.len());
        let parent = &self.forest.nodes[putting.node as usize];
        let anonymous = in_block || parent.unit != putting.node;
        let (of, unit) = (parent.of, if anonymous { parent.unit } else { child });
        let text = self.forest.symbols.text(name);
        let path = match (anonymous, parent.path.as_str()) {
            (true, _) => String::new(),
            (false, "") => text.to_owned(),
            (false, above) => format!("{above}::{text}"),
        };
        self.forest.nodes.push(Node {
            of,
            parent: Some(putting.node),
            unit,
            path,
            name: Some(name),
            public: declaration.sight.public,
            within: declaration.sight.within.as_ref().map(|_| (putting.file, scope, index)),
            when: vec![when],
            place: Some(place),
            children: Vec::new(),
            bodies: Vec::new(),
        });
        self.forest.nodes[putting.node as usize].children.push(child);
        if !in_block {
            self.children.insert((putting.node, name), child);
        }
        child
    }

    pub(super) fn unfollowed(&mut self, node: u32) -> &mut Unfollowed {
        let of = self.forest.nodes[node as usize].of;
        let member = self.forest.crates[of as usize].member;
        self.forest.unfollowed.entry(member).or_default()
    }
}
