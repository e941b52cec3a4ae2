//! What a revision is said to have held, in repositories that are made for it.

use std::fs;
use std::process::Command;

use camino::{Utf8Path, Utf8PathBuf};

use super::{Revision, RevisionName};
use crate::error::Problem;
use crate::source::Tree;

/// Runs git, which these tests need.
pub fn git(folder: &Utf8Path, arguments: &[&str]) -> String {
    let mut command = Command::new("git");
    command
        .current_dir(folder)
        .args(["-c", "user.name=Test", "-c", "user.email=test@example.com"]);
    command.args([
        "-c",
        "init.defaultBranch=main",
        "-c",
        "core.autocrlf=false",
        "-c",
        "protocol.file.allow=always",
    ]);
    command.args(arguments);
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(variable);
    }
    command
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null");
    let output = command.output().expect("git is there");
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "git {arguments:?}: {words}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Commits everything in a folder, which becomes a repository if it is none.
pub fn commit(folder: &Utf8Path, message: &str) {
    if !folder.join(".git").exists() {
        git(folder, &["init", "--quiet"]);
    }
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--allow-empty", "--message", message]);
}

fn repository(files: &[(&str, &str)]) -> (tempfile::TempDir, Utf8PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let root = Utf8PathBuf::from_path_buf(folder.path().to_owned()).expect("UTF-8");
    write(&root, files);
    commit(&root, "before");
    (folder, root)
}

fn write(root: &Utf8Path, files: &[(&str, &str)]) {
    for (path, text) in files {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    }
}

fn open(folder: &Utf8Path, name: &str) -> Result<Revision, Problem> {
    Revision::open(folder, &name.parse::<RevisionName>().expect("a revision"))
}

fn past(folder: &Utf8Path, name: &str) -> Tree {
    Tree::past(std::sync::Arc::new(
        open(folder, name).unwrap_or_else(|e| panic!("{e:?}")),
    ))
}

const BEFORE: &[(&str, &str)] = &[
    ("same/Cargo.toml", "same"),
    ("edited/Cargo.toml", "before"),
    ("gone/Cargo.toml", "gone"),
    ("moved/Cargo.toml", "moved"),
    ("moved/src/lib.rs", ""),
    ("kept/readme", "kept"),
    (".gitignore", "/ignored\n"),
];

/// The work tree a while later.
fn later(root: &Utf8Path) {
    write(
        root,
        &[
            ("edited/Cargo.toml", "after"),
            ("new/Cargo.toml", "new"),
            ("kept/Cargo.toml", "new in an old folder"),
            ("untracked/deep/Cargo.toml", "untracked"),
            ("ignored/Cargo.toml", "ignored"),
        ],
    );
    fs::remove_dir_all(root.join("gone")).expect("removed");
    fs::rename(root.join("moved"), root.join("renamed")).expect("renamed");
    git(root, &["add", "--all", "new", "kept"]);
}

#[test]
fn files_are_read_as_they_were_and_the_work_tree_is_left_alone() {
    let (_folder, root) = repository(BEFORE);
    later(&root);
    let status = git(&root, &["status", "--porcelain"]);
    let index = fs::read(root.join(".git/index")).expect("an index");
    let tree = past(&root, "HEAD");
    let text = |path: &str| tree.read_text(&root.join(path)).map_err(|error| error.kind());
    assert_eq!(text("same/Cargo.toml").as_deref(), Ok("same"));
    assert_eq!(text("edited/Cargo.toml").as_deref(), Ok("before"));
    assert_eq!(text("gone/Cargo.toml").as_deref(), Ok("gone"));
    assert_eq!(text("moved/Cargo.toml").as_deref(), Ok("moved"));
    for absent in [
        "new/Cargo.toml",
        "kept/Cargo.toml",
        "untracked/deep/Cargo.toml",
        "renamed/Cargo.toml",
    ] {
        assert_eq!(text(absent), Err(std::io::ErrorKind::NotFound), "{absent}");
    }
    assert_eq!(
        text("ignored/Cargo.toml").as_deref(),
        Ok("ignored"),
        "git knows nothing of it"
    );
    assert!(text("gone").is_err());
    assert_eq!(git(&root, &["status", "--porcelain"]), status);
    assert_eq!(fs::read(root.join(".git/index")).expect("an index"), index);
}

#[test]
fn folders_and_globs_are_those_of_then() {
    let (_folder, root) = repository(BEFORE);
    later(&root);
    let tree = past(&root, "HEAD");
    let matched = tree.glob(root.join("*").as_str(), 100).expect("a glob");
    let mut names: Vec<String> = matched
        .into_iter()
        .map(|path| {
            path.expect("readable")
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned()
        })
        .filter(|name| !name.starts_with(".git"))
        .collect();
    names.sort();
    assert_eq!(names, ["edited", "gone", "ignored", "kept", "moved", "same"]);
    for (folder, there) in [
        ("gone", true),
        ("new", false),
        ("kept", true),
        ("untracked", false),
        ("renamed", false),
    ] {
        assert_eq!(tree.is_dir(&root.join(folder)), there, "{folder}");
        assert_eq!(tree.exists(&root.join(folder)), there, "{folder}");
        assert!(!tree.is_file(&root.join(folder)), "{folder}");
    }
    let entries = |folder: &str| {
        tree.entries(&root.join(folder))
            .map(|all| all.into_iter().map(|e| e.name).collect())
    };
    let names: Vec<String> = entries("moved").expect("a folder");
    assert_eq!(names, ["Cargo.toml", "src"]);
    let moved = tree.entries(&root.join("moved")).expect("a folder");
    assert!(
        moved.iter().any(|entry| entry.name == "src" && entry.is_dir),
        "{moved:?}"
    );
    let kept: Vec<String> = entries("kept").expect("a folder");
    assert_eq!(kept, ["readme"]);
    assert!(entries("new").map(|_: Vec<String>| ()).is_err());
    let deep = tree.glob(root.join("**/lib.rs").as_str(), 100).expect("a glob");
    assert_eq!(deep.len(), 1, "{deep:?}");
}

#[test]
fn a_worktree_a_subfolder_and_a_link_lead_to_the_same_files() {
    let (_folder, root) = repository(BEFORE);
    let (_other, beside) = repository(&[("x", "")]);
    let worktree = beside.join("tree");
    git(&root, &["worktree", "add", "--quiet", worktree.as_str()]);
    write(&worktree, &[("edited/Cargo.toml", "after")]);
    assert_eq!(
        past(&worktree.join("edited"), "HEAD")
            .read_text(&worktree.join("edited/Cargo.toml"))
            .expect("text"),
        "before"
    );
    #[cfg(unix)]
    {
        let link = beside.join("link");
        std::os::unix::fs::symlink(&worktree, &link).expect("a link");
        assert_eq!(
            past(&link, "HEAD")
                .read_text(&link.join("edited/Cargo.toml"))
                .expect("text"),
            "before"
        );
    }
}

#[test]
fn three_dots_mean_where_the_work_of_today_left() {
    let (_folder, root) = repository(BEFORE);
    git(&root, &["checkout", "--quiet", "-b", "feature"]);
    git(&root, &["checkout", "--quiet", "main"]);
    write(&root, &[("edited/Cargo.toml", "on main")]);
    commit(&root, "main goes on");
    git(&root, &["checkout", "--quiet", "feature"]);
    assert!(
        open(&root, "main")
            .expect("a revision")
            .changed(&root.join("edited/Cargo.toml"))
    );
    assert!(
        !open(&root, "main...")
            .expect("a revision")
            .changed(&root.join("edited/Cargo.toml"))
    );
}

#[test]
fn a_submodule_that_moved_on_is_no_guess() {
    let (_inner, inner) = repository(&[("a/Cargo.toml", "before")]);
    let (_folder, root) = repository(&[("Cargo.toml", "root")]);
    git(&root, &["submodule", "--quiet", "add", inner.as_str(), "sub"]);
    commit(&root, "with a submodule");
    let still = open(&root, "HEAD").expect("a revision");
    let tree = Tree::past(std::sync::Arc::new(still));
    assert_eq!(tree.read_text(&root.join("sub/a/Cargo.toml")).expect("text"), "before");
    write(&root, &[("sub/a/Cargo.toml", "after")]);
    commit(&root.join("sub"), "on");
    let revision = std::sync::Arc::new(open(&root, "HEAD").expect("a revision"));
    let tree = Tree::past(std::sync::Arc::clone(&revision) as _);
    let _ = tree.read_text(&root.join("sub/a/Cargo.toml"));
    let problem = revision.failure().expect("a problem");
    assert!(problem.message.contains("`sub` is a submodule"), "{problem:?}");
}

#[test]
fn what_is_no_revision_is_told_apart() {
    let (_folder, root) = repository(BEFORE);
    let unknown = open(&root, "no-such-branch").expect_err("a problem");
    assert_eq!(unknown.message, "git knows no commit `no-such-branch`");
    assert!(open(&root, "HEAD:same").is_err(), "a folder is no commit");
    commit(&root, "second");
    let (_shallow, clone) = repository(&[("x", "")]);
    let url = format!("file://{root}");
    git(&clone, &["clone", "--quiet", "--depth", "1", &url, "clone"]);
    let shallow = open(&clone.join("clone"), "HEAD~1").expect_err("a problem");
    assert!(shallow.help[0].contains("git fetch --unshallow"), "{shallow:?}");
    let nowhere = tempfile::tempdir().expect("a folder");
    let nowhere = Utf8PathBuf::from_path_buf(nowhere.path().to_owned()).expect("UTF-8");
    let outside = open(&nowhere, "HEAD").expect_err("a problem");
    assert!(outside.message.contains("lies in no git repository"), "{outside:?}");
    for wrong in ["", "-x", "a..b", "a..b..."] {
        assert!(wrong.parse::<RevisionName>().is_err(), "{wrong}");
    }
}
