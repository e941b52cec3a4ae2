//! Every file of `cases` holds the files of a workspace and what is read from them. `UPDATE_EXPECTED=1 cargo test code::`
//! writes the expectations anew.

use std::fmt::Write as _;
use std::fs;

use camino::{Utf8Path, Utf8PathBuf};
use tempfile::TempDir;

use super::{Aim, Cache, Code, Form, Pace, Target, read, read_here};
use crate::source::{Sources, Span};
use crate::workspace::{NodeId, Workspace, manifests};

mod cached;
mod exposures;
mod hostile;
mod random;
mod settled;

/// What stands before the name of a file.
const FILE: &str = "--- ";

/// What stands before the expectation.
const EXPECTED: &str = "=== ";

/// Without a manifest, a case is a package of this sort.
const MANIFEST: &str = "[package]\nname = \"a\"\nedition = \"2024\"\n";

#[test]
fn every_case_is_read_as_expected() {
    let folder = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("src/code/tests/cases");
    let mut cases: Vec<Utf8PathBuf> = folder
        .read_dir_utf8()
        .unwrap()
        .map(|e| e.unwrap().into_path())
        .collect();
    cases.sort();
    assert!(cases.len() >= 14, "cases are missing: {cases:?}");
    let mut wrong = Vec::new();
    for case in cases {
        let text = fs::read_to_string(&case).unwrap().replace("\r\n", "\n");
        let (given, wanted) = text.split_once(EXPECTED).unwrap_or((&text, ""));
        let found = answer(given);
        let wanted = wanted.split_once('\n').map_or("", |(_, wanted)| wanted);
        if found != wanted {
            wrong.push(format!(
                "{}: expected\n{wanted}\nand found\n{found}",
                case.file_name().unwrap()
            ));
        }
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            fs::write(&case, format!("{given}{EXPECTED}expected\n{found}")).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is read from the files of a case, as text.
fn answer(given: &str) -> String {
    let (_folder, root) = write(given);
    let (workspace, sources, code) = read_all(&root, None);
    render(&workspace, &sources, &code)
}

/// Writes the files of a case. `\r` and other escapes of its text stand for what they name.
pub(super) fn write(given: &str) -> (TempDir, Utf8PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let root = Utf8PathBuf::from_path_buf(folder.path().canonicalize().unwrap()).unwrap();
    fs::write(root.join("Cargo.toml"), MANIFEST).unwrap();
    for file in given.split(FILE).skip(1) {
        let (name, text) = file.split_once('\n').unwrap_or((file, ""));
        let path = root.join(name.trim());
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let text = text.replace("<BOM>", "\u{feff}").replace("<CR>", "\r");
        fs::write(path, text).unwrap();
    }
    (folder, root)
}

/// Reads all members of the workspace in this folder.
pub(super) fn read_all(root: &Utf8Path, cache: Option<&Cache>) -> (Workspace, Sources, Code) {
    let (workspace, members, mut sources) = manifests_of(root);
    let code = read(&workspace, &members, Aim::Exposures, &mut sources, cache);
    (workspace, sources, code)
}

/// The same on the threads that this is asked on.
fn read_all_here(root: &Utf8Path) -> (Workspace, Sources, Code) {
    let (workspace, members, mut sources) = manifests_of(root);
    let pace = Pace::default();
    let code = read_here(&pace, &workspace, &members, Aim::Exposures, &mut sources, None).unwrap();
    (workspace, sources, code)
}

/// A workspace with its members, of whose source nothing is read yet.
pub(super) fn manifests_of(root: &Utf8Path) -> (Workspace, Vec<NodeId>, Sources) {
    let mut sources = Sources::default();
    let workspace = manifests::read(&root.join("Cargo.toml"), &mut sources).unwrap();
    let members = workspace.member_nodes().collect();
    (workspace, members, sources)
}

/// All of it as text.
fn render(workspace: &Workspace, sources: &Sources, code: &Code) -> String {
    let mut text = String::new();
    let module = |id: super::ModuleId| {
        let module = &code.modules[id.index()];
        let name = workspace.name(module.member);
        if module.path.is_empty() {
            name.to_owned()
        } else {
            format!("{name}::{}", module.path)
        }
    };
    let target = |target: Target| match target {
        Target::Module(id) => module(id),
        Target::Package(node) => workspace.identity(node),
    };
    let place = |span: Span| {
        let at = sources.location(span);
        let quoted = &sources.file(span.file).text[span.range()];
        format!("{}:{}:{} {quoted:?}", at.file, at.line, at.column)
    };
    for (index, found) in code.modules.iter().enumerate() {
        let public = if found.public { " public" } else { "" };
        let name = module(super::ModuleId::new(index));
        writeln!(text, "module {name} {}{public} at {}", found.kind, place(found.place)).unwrap();
    }
    for reference in &code.references {
        let behind = if reference.behind { " behind" } else { "" };
        let form = match reference.form {
            Form::Use => "use",
            Form::Reexport => "reexport",
            Form::Path => "path",
            Form::Macro => "macro",
            Form::Attribute => "attribute",
            Form::ExternCrate => "extern crate",
        };
        let (from, to) = (module(reference.from), target(reference.to));
        writeln!(
            text,
            "{from} -> {to} {} {form}{behind} at {}",
            reference.kind,
            place(reference.place)
        )
        .unwrap();
    }
    for shown in &code.exposures {
        let (from, to) = (module(shown.from), target(shown.to));
        writeln!(
            text,
            "shows {from}: {} shows {} of {to} ({:?}) at {}",
            shown.item,
            shown.shown,
            shown.how,
            place(shown.place)
        )
        .unwrap();
    }
    for unread in &code.unread {
        let at = unread.place.map_or_else(|| "-".to_owned(), place);
        writeln!(text, "unread {} {} at {at}", unread.path, unread.why).unwrap();
    }
    for (member, counted) in &code.unfollowed {
        if *counted != super::Unfollowed::default() {
            writeln!(text, "unfollowed {} {counted:?}", workspace.name(*member)).unwrap();
        }
    }
    text
}
