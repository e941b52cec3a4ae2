//! What is said of files that cannot be read.

use camino::Utf8Path;

use super::super::Unread;
use super::mount::{Mount, What};
use super::{Builder, MOST_MODULES};
use crate::source::{Span, display_path};

impl Builder<'_> {
    /// A file that is not there.
    pub(super) fn absent(&mut self, mount: &Mount) {
        match mount.what {
            What::Include => self.unfollowed(mount.node).includes += 1,
            What::Module if mount.conditional => self.unfollowed(mount.node).absent += 1,
            What::Module | What::Root => {
                let mut shown = mount
                    .candidates
                    .iter()
                    .map(|path| display_path(&self.workspace.root, path));
                let first = mount.candidates.first().cloned().unwrap_or_default();
                let why = match shown.nth(1) {
                    Some(other) => format!("does not exist, nor does `{other}`"),
                    None => "does not exist".to_owned(),
                };
                self.unread(mount, &first, why);
            }
        }
    }

    pub(super) fn unread(&mut self, mount: &Mount, path: &Utf8Path, why: String) {
        if mount.what == What::Include {
            // What is included may be anything: text of another language, or what a build makes.
            self.unfollowed(mount.node).includes += 1;
            return;
        }
        let of = self.forest.nodes[mount.node as usize].of;
        self.forest.unread.push(Unread {
            place: mount.place,
            member: self.forest.crates[of as usize].member,
            path: display_path(&self.workspace.root, path),
            why,
        });
    }

    /// Says that a target has too many modules: none is read any more.
    pub(super) fn too_many(&mut self, node: u32, file: u32) {
        let of = self.forest.nodes[node as usize].of;
        let file = &self.forest.files[file as usize];
        self.forest.unread.push(Unread {
            place: Some(Span::new(file.id, 0..0)),
            member: self.forest.crates[of as usize].member,
            path: display_path(&self.workspace.root, &file.path),
            why: format!("is one of those that make more than {MOST_MODULES} modules"),
        });
    }

    /// What of a file does not parse. Statements are none, where they are included.
    pub(super) fn note_failures(&mut self, mount: &Mount, file: u32) {
        let file = &self.forest.files[file as usize];
        let (facts, id, path) = (std::sync::Arc::clone(&file.facts), file.id, file.path.clone());
        if mount.what == What::Include {
            self.unfollowed(mount.node).includes += usize::from(!facts.failures.is_empty() && !facts.statements);
            return;
        }
        let of = self.forest.nodes[mount.node as usize].of;
        for failure in &facts.failures {
            self.forest.unread.push(Unread {
                place: Some(Span::new(id, failure.start as usize..failure.end as usize)),
                member: self.forest.crates[of as usize].member,
                path: display_path(&self.workspace.root, &path),
                why: failure.message.clone(),
            });
        }
    }
}
