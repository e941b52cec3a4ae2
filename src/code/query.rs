//! What others ask of what was read.

use super::{Code, Module, ModuleId, Reference, Target, Unfollowed};
use crate::workspace::NodeId;

impl Code {
    /// The module at this position.
    ///
    /// # Panics
    /// With an id of another `Code`.
    #[must_use]
    pub fn module(&self, id: ModuleId) -> &Module {
        &self.modules[id.index()]
    }

    /// The modules of a member, by path: the root comes first. Empty for a member that was not read.
    pub fn modules_of(&self, member: NodeId) -> impl Iterator<Item = (ModuleId, &Module)> {
        let start = self.modules.partition_point(|module| module.member < member);
        let modules = self.modules[start..]
            .iter()
            .take_while(move |module| module.member == member);
        modules
            .enumerate()
            .map(move |(position, module)| (ModuleId::new(start + position), module))
    }

    /// The package that a target belongs to.
    #[must_use]
    pub fn package_of(&self, target: Target) -> NodeId {
        match target {
            Target::Module(id) => self.module(id).member,
            Target::Package(package) => package,
        }
    }

    /// What a module refers to, by target, kind and place.
    #[must_use]
    pub fn references_of(&self, from: ModuleId) -> &[Reference] {
        let start = self.references.partition_point(|reference| reference.from < from);
        let length = self.references[start..].partition_point(|reference| reference.from == from);
        &self.references[start..start + length]
    }

    /// Whether nothing in the source of a member was left unread or unfollowed that could name a package: what macros make
    /// of their input aside.
    #[must_use]
    pub fn is_followed_whole(&self, member: NodeId) -> bool {
        let unread = self.unread.iter().any(|unread| unread.member == member);
        let unfollowed = self.unfollowed.iter().find(|(of, _)| *of == member);
        let whole = |what: &Unfollowed| {
            what.macros + what.modules + what.includes + what.absent == 0 && what.unknown.is_empty()
        };
        !unread && unfollowed.is_none_or(|(_, what)| whole(what))
    }

    /// Where a member names a package, whichever of its modules: by place, each place once, and as what was named rather
    /// than as what stands behind a re-export, where both lead to the package.
    #[must_use]
    pub fn uses(&self, member: NodeId, package: NodeId) -> Vec<&Reference> {
        let all = self.modules_of(member).flat_map(|(id, _)| self.references_of(id));
        let mut found: Vec<&Reference> = all
            .filter(|reference| self.package_of(reference.to) == package)
            .collect();
        found.sort_by_key(|reference| (reference.place, reference.behind));
        found.dedup_by_key(|reference| reference.place);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{read_all, write};

    #[test]
    fn uses_of_a_package_come_by_place_and_each_place_once() {
        let given = "--- Cargo.toml\n[workspace]\nmembers = [\"a\", \"b\"]\n--- a/Cargo.toml\n[package]\nname = \"a\"\n\
                     edition = \"2024\"\n[dependencies]\nb = { path = \"../b\" }\n--- a/src/lib.rs\nmod z { fn f() { b::X; } }\n\
                     mod c { use b::X; }\n--- b/Cargo.toml\n[package]\nname = \"b\"\nedition = \"2024\"\n--- b/src/lib.rs\n\
                     mod x { pub struct X; }\npub use x::X;\n";
        let (_folder, root) = write(given);
        let (workspace, sources, code) = read_all(&root, None);
        let (a, b) = (
            workspace.member_named("a").unwrap(),
            workspace.member_named("b").unwrap(),
        );
        let uses = code.uses(a, b);
        let shown: Vec<_> = uses
            .iter()
            .map(|found| (sources.location(found.place).line, found.behind))
            .collect();
        assert_eq!(shown, [(1, false), (2, false)]);
        let paths: Vec<&str> = code.modules_of(a).map(|(_, module)| module.path.as_str()).collect();
        assert_eq!(paths, ["", "c", "z"]);
        let (c, _) = code.modules_of(a).nth(1).unwrap();
        assert!(code.references_of(c).iter().all(|found| found.from == c));
        assert!(code.uses(b, a).is_empty());
    }
}
