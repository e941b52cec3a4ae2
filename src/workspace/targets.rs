//! What a member really builds: what its manifest says, and what cargo's target discovery finds beside it
//! (`cargo::util::toml::targets`). It looks at the disk, so it is asked for one member at a time and only where
//! something needs to know.

use camino::Utf8Path;

use super::{BuildScript, Member};
use crate::source::{Sources, Tree};

mod roots;

pub use roots::{Root, RootKind, library_name, roots};

/// What a member builds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "four facts that are independent of one another"
)]
pub struct TargetFacts {
    /// A library of any sort, a proc macro too.
    pub lib: bool,
    /// The library is a proc macro.
    pub proc_macro: bool,
    /// At least one binary.
    pub bin: bool,
    /// A build script.
    pub build_script: bool,
}

/// What this member builds, by its manifest and the files beside it.
#[must_use]
pub fn facts(member: &Member, sources: &Sources) -> TargetFacts {
    let manifest = &sources.file(member.manifest).absolute;
    let root = manifest.parent().unwrap_or(manifest);
    let targets = &member.targets;
    let tree = sources.tree();
    let lib = targets.lib || targets.autolib != Some(false) && tree.exists(&root.join("src/lib.rs"));
    TargetFacts {
        lib,
        proc_macro: lib && targets.proc_macro,
        // Edition 2015 stops looking for more where one is written down, which makes no difference to whether any is.
        bin: !targets.bins.declared.is_empty() || targets.bins.auto != Some(false) && has_binary(tree, root),
        build_script: match &targets.build {
            Some(BuildScript::Off) => false,
            Some(BuildScript::Default | BuildScript::Paths(_)) => true,
            None => tree.is_file(&root.join("build.rs")),
        },
    }
}

/// Whether `src/main.rs`, `src/bin/NAME.rs` or `src/bin/NAME/main.rs` stands there.
fn has_binary(tree: &Tree, root: &Utf8Path) -> bool {
    tree.exists(&root.join("src/main.rs")) || !roots::inferred(tree, root, "src/bin").is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::manifests;

    /// Reads a lone package with this manifest and these empty files.
    fn read(manifest: &str, files: &[&str]) -> TargetFacts {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8Path::from_path(folder.path()).unwrap();
        let text = format!("[package]\nname = \"a\"\n{manifest}\n[workspace]\n");
        std::fs::write(root.join("Cargo.toml"), text).unwrap();
        for file in files {
            let path = root.join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "").unwrap();
        }
        let mut sources = Sources::default();
        let workspace = manifests::read(&root.join("Cargo.toml"), &mut sources).unwrap();
        facts(&workspace.members[0], &sources)
    }

    #[test]
    fn targets_are_found_as_cargo_finds_them() {
        let check = |manifest: &str, files: &[&str], wanted: &str| {
            let found = read(manifest, files);
            let flags = [
                (found.lib, "lib"),
                (found.proc_macro, "proc-macro"),
                (found.bin, "bin"),
                (found.build_script, "build"),
            ];
            let words: Vec<_> = flags.into_iter().filter(|(on, _)| *on).map(|(_, word)| word).collect();
            assert_eq!(words.join(" "), wanted, "{manifest} {files:?}");
        };
        check("", &["src/lib.rs"], "lib");
        check("", &["src/main.rs", "build.rs"], "bin build");
        check("build = false", &["src/lib.rs", "build.rs"], "lib");
        check("build = \"make.rs\"", &["src/lib.rs"], "lib build");
        check("", &["src/bin/x.rs"], "bin");
        check("", &["src/bin/x/main.rs"], "bin");
        check(
            "",
            &["src/lib.rs", "src/bin/.x.rs", "src/bin/x/lib.rs", "src/bin/x.txt"],
            "lib",
        );
        check("autobins = false", &["src/lib.rs", "src/main.rs"], "lib");
        check("autolib = false", &["src/lib.rs", "src/main.rs"], "bin");
        check("[lib]\npath = \"x.rs\"\nproc-macro = true", &["x.rs"], "lib proc-macro");
        check(
            "[lib]\ncrate-type = [\"proc-macro\"]",
            &["src/lib.rs"],
            "lib proc-macro",
        );
        check("[lib]\nproc_macro = true", &["src/lib.rs"], "lib proc-macro");
        check("[[bin]]\nname = \"b\"\npath = \"b.rs\"", &["b.rs"], "bin");
    }
}
