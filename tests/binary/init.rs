//! `test-workspaces/init`: small workspaces, what `init` makes of each, and edges that it then stops.
//! `UPDATE_SNAPSHOTS=1 cargo test` writes what is expected anew.

use std::fs;
use std::path::Path;

use crate::common::{Ran, run, test_workspaces, write};

/// A workspace as its `workspace.txt` tells it.
struct Told {
    /// What `init` is called with.
    arguments: Vec<String>,
    members: Vec<Member>,
    /// Edges that are to fail, each `from → to`.
    wrong: Vec<(String, String)>,
}

struct Member {
    name: String,
    directory: String,
    bin: bool,
    uses: Vec<String>,
}

/// `arguments: --preset layers`, `wrong: a → b`, or a member: `name directory: other other(dev) external/sqlx`, with a
/// `*` after the directory of a binary.
fn told(text: &str) -> Told {
    let mut told = Told {
        arguments: Vec::new(),
        members: Vec::new(),
        wrong: Vec::new(),
    };
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (head, tail) = line.split_once(':').expect("a colon");
        let words = || tail.split_whitespace().map(str::to_owned);
        match head {
            "arguments" => told.arguments.extend(words()),
            "wrong" => {
                let (from, to) = tail.split_once('→').expect("an arrow");
                told.wrong.push((from.trim().to_owned(), to.trim().to_owned()));
            }
            _ => {
                let (name, directory) = head.split_once(' ').expect("a folder");
                told.members.push(Member {
                    name: name.to_owned(),
                    directory: directory.trim_end_matches('*').to_owned(),
                    bin: directory.ends_with('*'),
                    uses: words().collect(),
                });
            }
        }
    }
    told
}

impl Told {
    fn manifest(&self, member: &Member) -> String {
        let mut tables = [("dependencies", String::new()), ("dev-dependencies", String::new())];
        let up = "../".repeat(member.directory.split('/').count());
        for used in &member.uses {
            let bare = used.trim_end_matches("(dev)");
            let line = match bare.strip_prefix("external/") {
                Some(external) => format!("{external} = \"1\"\n"),
                None => format!("{bare} = {{ path = \"{up}{}\" }}\n", self.directory(bare)),
            };
            tables[usize::from(used.ends_with("(dev)"))].1.push_str(&line);
        }
        let tables = tables.map(|(name, lines)| format!("\n[{name}]\n{lines}"));
        format!(
            "[package]\nname = \"{}\"\nedition = \"2024\"\n{}",
            member.name,
            tables.concat()
        )
    }

    fn directory(&self, name: &str) -> &str {
        let member = self.members.iter().find(|m| m.name == name);
        &member.unwrap_or_else(|| panic!("no member {name}")).directory
    }

    fn build(&self, root: &Path) {
        let list: Vec<String> = self.members.iter().map(|m| format!("\"{}\"", m.directory)).collect();
        let workspace = format!("[workspace]\nresolver = \"3\"\nmembers = [{}]\n", list.join(", "));
        write(root, &[("Cargo.toml", workspace.as_bytes())]);
        for member in &self.members {
            let manifest = format!("{}/Cargo.toml", member.directory);
            let source = format!(
                "{}/src/{}",
                member.directory,
                if member.bin { "main.rs" } else { "lib.rs" }
            );
            write(root, &[(&manifest, self.manifest(member).as_bytes()), (&source, b"")]);
        }
    }
}

#[test]
fn what_init_writes_is_written_down_holds_and_stops_what_points_the_wrong_way() {
    let mut seen = 0;
    for entry in fs::read_dir(test_workspaces().join("init")).expect("the folder") {
        let folder = entry.expect("an entry").path();
        let told = told(
            &fs::read_to_string(folder.join("workspace.txt"))
                .expect("a workspace")
                .replace("\r\n", "\n"),
        );
        let home = tempfile::tempdir().expect("a folder");
        told.build(home.path());
        let mut arguments = vec!["init"];
        arguments.extend(told.arguments.iter().map(String::as_str));
        let ran = run(home.path(), &arguments);
        assert_eq!(ran.code, Some(0), "{}: {}", folder.display(), ran.stderr);
        compare(&folder, "said.txt", Some(&said(&ran)));
        for name in ["boundaries.toml", "boundaries-baseline.toml"] {
            compare(
                &folder,
                name,
                fs::read_to_string(home.path().join(name)).ok().as_deref(),
            );
        }
        let clean = run(home.path(), &["check", "--deny-warnings", "--deny-stale"]);
        assert_eq!(
            clean.code,
            Some(0),
            "{}: {}{}",
            folder.display(),
            clean.stdout,
            clean.stderr
        );
        assert!(!told.wrong.is_empty(), "{}: no edge is stopped", folder.display());
        for (from, to) in &told.wrong {
            let mut broken = self::told(&fs::read_to_string(folder.join("workspace.txt")).expect("a workspace"));
            let member = broken.members.iter_mut().find(|m| m.name == *from).expect("a member");
            member.uses.push(to.clone());
            broken.build(home.path());
            let stopped = run(home.path(), &["check", "--format", "short"]);
            assert_eq!(stopped.code, Some(1), "{}: {from} → {to}", folder.display());
            // Where the edge closes a cycle of crates, which cargo refuses by itself, that is told besides.
            let told = stopped.stdout.lines().filter(|line| !line.contains("[cycle]"));
            assert_eq!(told.count(), 1, "{}", stopped.stdout);
        }
        seen += 1;
    }
    assert!(seen >= 5, "{seen}");
}

/// What was said, without the folder, which differs from run to run.
fn said(ran: &Ran) -> String {
    let line = |line: &str| match line.rsplit_once('/').filter(|_| line.starts_with("wrote ")) {
        Some((_, name)) => format!("wrote …/{name}\n"),
        None => format!("{line}\n"),
    };
    ran.stdout.replace('\\', "/").lines().map(line).collect()
}

#[track_caller]
fn compare(folder: &Path, name: &str, found: Option<&str>) {
    let path = folder.join(name);
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        match found {
            Some(text) => fs::write(&path, text).expect("written"),
            None => drop(fs::remove_file(&path)),
        }
        return;
    }
    let expected = fs::read_to_string(&path).ok().map(|text| text.replace("\r\n", "\n"));
    assert_eq!(
        found,
        expected.as_deref(),
        "{}: `UPDATE_SNAPSHOTS=1 cargo test --test binary init`",
        path.display()
    );
}
