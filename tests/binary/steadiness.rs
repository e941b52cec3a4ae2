//! The same input gives the same bytes, however many threads there are and wherever one stands; and a check leaves the
//! tree as it found it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use crate::common::{Ran, binary, run, test_workspaces, write};

/// Enough members for several threads, and enough findings to be put out of order.
fn large() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        &[(
            "Cargo.toml",
            b"[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n",
        )],
    );
    for i in 0..120 {
        let used = [(i * 7 + 1) % 120, (i * 11 + 5) % 120, (i + 60) % 120];
        let mut manifest =
            format!("[package]\nname = \"c{i}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dev-dependencies]\n");
        for used in std::collections::BTreeSet::from(used)
            .into_iter()
            .filter(|used| *used != i)
        {
            writeln!(manifest, "c{used} = {{ path = \"../c{used}\" }}").unwrap();
        }
        write(
            folder.path(),
            &[
                (&format!("crates/c{i}/Cargo.toml"), manifest.as_bytes()),
                (&format!("crates/c{i}/src/lib.rs"), b""),
            ],
        );
    }
    let config = "[settings]\nkinds = [\"dev\"]\n\
        [[layers]]\nname = \"upper\"\ncrates = [\"c1*\"]\n[[layers]]\nname = \"lower\"\nrest = true\n\
        [[forbidden]]\nname = \"far\"\nfrom = [\"c2*\"]\nto = [\"c3*\"]\nreach = \"transitive\"\nthrough = [\"dev\"]\n\
        [[acyclic]]\nname = \"no-cycles\"\nover = \"crates\"\n";
    write(folder.path(), &[("boundaries.toml", config.as_bytes())]);
    folder
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let folder = large();
    let with = |threads: &str, format: &str| {
        let arguments = ["check", "--all", "--show-excepted", "--format", format];
        let output = binary(folder.path())
            .env("RAYON_NUM_THREADS", threads)
            .args(arguments)
            .output()
            .unwrap();
        let ran = Ran::of(&output);
        assert_eq!(ran.code, Some(1), "{}", ran.stderr);
        timeless(&ran.stdout)
    };
    for format in ["json", "short", "human"] {
        let one = with("1", format);
        assert!(
            one.lines().count() > 50 || one.len() > 20_000,
            "{format}: nothing to be put out of order"
        );
        for threads in ["2", "8", "8"] {
            assert!(
                with(threads, format) == one,
                "{format}: {threads} threads write something else"
            );
        }
    }
}

#[test]
fn the_folder_from_which_it_is_asked_changes_no_byte() {
    let folder = large();
    let arguments = ["check", "--format", "json"];
    let at_the_root = timeless(&run(folder.path(), &arguments).stdout);
    for below in ["crates", "crates/c7", "crates/c7/src"] {
        let ran = run(&folder.path().join(below), &arguments);
        assert!(
            timeless(&ran.stdout) == at_the_root,
            "{below}: something else is written"
        );
    }
    let manifest = folder.path().join("crates/c9/Cargo.toml");
    let elsewhere = tempfile::tempdir().unwrap();
    let ran = run(
        elsewhere.path(),
        &[
            "check",
            "--format",
            "json",
            "--manifest-path",
            manifest.to_str().unwrap(),
        ],
    );
    assert!(
        timeless(&ran.stdout) == at_the_root,
        "by its manifest something else is written: {}",
        ran.stderr
    );
}

#[test]
fn a_check_leaves_the_tree_as_it_found_it() {
    let folder = large();
    let before = listing(folder.path());
    for arguments in [
        &["check"][..],
        &["check", "--format", "json"],
        &["list"],
        &["init", "--dry-run"],
    ] {
        run(folder.path(), arguments);
        assert!(listing(folder.path()) == before, "{arguments:?} touches the tree");
    }
}

#[test]
fn comparing_with_cargo_leaves_the_tree_as_it_found_it() {
    if !cargo_is_there() {
        eprintln!("not tried: there is no cargo");
        return;
    }
    for name in ["rules/layer/holds", "decisions/the-baseline-excuses-by-identity"] {
        let folder = tempfile::tempdir().unwrap();
        copy(&test_workspaces().join(name), folder.path());
        let plain = run(folder.path(), &["check", "--format", "short"]);
        let before = files(folder.path());
        // A lockfile is missing: cargo writes one as soon as it resolves, which is taken away again. All that shows of it
        // is the time of the folder.
        for arguments in [
            &["check", "--verify", "--offline", "--format", "short"][..],
            &["check", "--engine", "cargo", "--offline"],
        ] {
            let ran = run(folder.path(), arguments);
            let now = files(folder.path());
            assert!(now == before, "{name}: {arguments:?} touches the tree");
            if arguments.contains(&"--verify") {
                assert_eq!((ran.code, &ran.stdout), (plain.code, &plain.stdout), "{}", ran.stderr);
            }
        }
    }
}

#[cfg(unix)]
#[test]
fn a_tree_that_cannot_be_written_can_be_checked() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = large();
    let set = |mode| std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(mode)).unwrap();
    set(0o555);
    let ran = run(folder.path(), &["check", "--format", "short"]);
    set(0o755);
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
}

/// The text without what a clock says.
fn timeless(text: &str) -> String {
    let mut text = text.to_owned();
    for (before, after) in [("\"elapsed_ms\":", "}"), (" rules in ", ":")] {
        if let Some(at) = text.find(before) {
            let start = at + before.len();
            let end = start + text[start..].find(after).unwrap();
            text.replace_range(start..end, "…");
        }
    }
    text
}

/// The same without folders.
fn files(folder: &Path) -> BTreeMap<PathBuf, (u64, SystemTime)> {
    let mut found = listing(folder);
    found.retain(|path, _| path.is_file());
    found
}

/// Every path below a folder, with its length and when it was changed.
fn listing(folder: &Path) -> BTreeMap<PathBuf, (u64, SystemTime)> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let metadata = std::fs::metadata(&folder).unwrap();
        found.insert(folder.clone(), (0, metadata.modified().unwrap()));
        for entry in std::fs::read_dir(&folder).unwrap() {
            let entry = entry.unwrap();
            let metadata = entry.metadata().unwrap();
            if metadata.is_dir() {
                folders.push(entry.path());
            } else {
                found.insert(entry.path(), (metadata.len(), metadata.modified().unwrap()));
            }
        }
    }
    found
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            std::fs::create_dir(&target).unwrap();
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).unwrap();
        }
    }
}

fn cargo_is_there() -> bool {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    Command::new(cargo)
        .arg("--version")
        .output()
        .is_ok_and(|output| output.status.success())
}
