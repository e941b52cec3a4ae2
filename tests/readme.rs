//! README.md shows what the tool really prints: its picture, and its guide, which is followed step by step.
//! `UPDATE_DOCS=1 cargo test --test readme` writes what is printed into it.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where the guide's reader is taken to work.
const AT_HOME: &str = "/home/you/bookshop";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn readme() -> String {
    let text = fs::read_to_string(root().join("README.md")).expect("the README");
    text.replace("\r\n", "\n")
}

/// What the command prints, standard output first, and its exit code.
fn boundaries(arguments: &[&str], folder: &Path) -> (String, i32) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-boundaries"));
    for variable in [
        "CARGO_TERM_COLOR",
        "NO_COLOR",
        "CLICOLOR",
        "CLICOLOR_FORCE",
        "GITHUB_ACTIONS",
    ] {
        command.env_remove(variable);
    }
    // Exceptions are judged on a day on which the guide's own still holds.
    command.env("BOUNDARIES_TODAY", "2027-01-15");
    let output = command
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("the tool runs");
    let text = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).expect("UTF-8"));
    (
        one_millisecond(&text.concat()),
        output.status.code().expect("no signal"),
    )
}

/// The time that a run takes is the one thing that differs from run to run.
fn one_millisecond(text: &str) -> String {
    let line = |line: &str| match line.split_once(" ms: ").filter(|_| line.starts_with("checked ")) {
        Some((before, after)) => {
            let before = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
            format!("{before}1 ms: {after}\n")
        }
        None => format!("{line}\n"),
    };
    text.lines().map(line).collect()
}

/// Compares the README with what it should be, or writes it.
#[track_caller]
fn expect(right: &str) {
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(root().join("README.md"), right).expect("the README can be written");
        return;
    }
    let found = readme();
    let differing = found.lines().zip(right.lines()).position(|(a, b)| a != b);
    assert!(
        found == right,
        "README.md does not show what the tool prints, first in line {}: `UPDATE_DOCS=1 cargo test --test readme`",
        differing.unwrap_or_else(|| found.lines().count().min(right.lines().count())) + 1
    );
}

/// Two findings of the shop, and the last line.
fn picture() -> String {
    let (text, code) = boundaries(
        &[
            "boundaries",
            "check",
            "--manifest-path",
            "test-workspaces/shop/Cargo.toml",
        ],
        root(),
    );
    assert_eq!(code, 1, "the shop breaks its rules");
    let last = text.lines().last().expect("a last line");
    let mut picture = String::new();
    for finding in [
        "`billing-domain` (layer `domain`) may not use `billing-store`",
        "`orders-app` reaches `billing-payments`",
    ] {
        let mut findings = text.split("\n\nboundaries::");
        let found = findings.find(|drawn| drawn.contains(finding)).expect("the finding");
        let _ = writeln!(picture, "boundaries::{}\n", found.trim_end());
    }
    picture + last + "\n"
}

#[test]
fn the_readme_shows_what_the_tool_prints_and_its_guide_can_be_followed() {
    let text = readme();
    let marker = "cargo test --test readme` writes it anew. -->\n```text\n";
    let (head, rest) = text.split_once(marker).expect("the picture's place");
    let (_, rest) = rest.split_once("```\n").expect("the picture's end");
    let (between, guide) = rest.split_once("\n## A guarded workspace").expect("the guide");
    let (guide, tail) = guide.split_once("\n## ").expect("what follows the guide");
    let picture = picture();
    let guide = followed(guide);
    expect(&format!(
        "{head}{marker}{picture}```\n{between}\n## A guarded workspace{guide}\n## {tail}"
    ));
}

#[test]
fn the_two_commands_for_a_clone_stand_word_for_word() {
    let text = readme();
    for command in [
        "\ncargo run --release -- boundaries check --manifest-path test-workspaces/shop/Cargo.toml\n",
        "\ncargo test\n",
    ] {
        assert!(text.contains(command), "{command}");
    }
}

/// The guide, with what its commands print today. Its files are written and its commands run, in their order.
fn followed(guide: &str) -> String {
    let home = tempfile::tempdir().expect("a folder");
    let home = home.path().canonicalize().expect("a folder");
    let mut reader = Reader {
        folder: root().to_owned(),
        home,
        code: 0,
    };
    let mut text = String::new();
    let mut lines = guide.lines();
    while let Some(line) = lines.next() {
        let _ = writeln!(text, "{line}");
        let Some(language) = line.strip_prefix("```").filter(|language| !language.is_empty()) else {
            continue;
        };
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        match language {
            "console" => {
                for command in block.iter().filter_map(|line| line.strip_prefix("$ ")) {
                    let _ = write!(text, "$ {command}\n{}", reader.run(command));
                }
            }
            "toml" => {
                reader.write(&block);
                let _ = writeln!(text, "{}", block.join("\n"));
            }
            _ => {
                let _ = writeln!(text, "{}", block.join("\n"));
            }
        }
        text.push_str("```\n");
    }
    text
}

/// Who follows the guide.
struct Reader {
    /// Where the reader is.
    folder: PathBuf,
    /// The folder that the guide's own is made in.
    home: PathBuf,
    /// How the last command ended.
    code: i32,
}

impl Reader {
    fn bookshop(&self) -> PathBuf {
        self.home.join("bookshop")
    }

    /// What a command prints.
    fn run(&mut self, command: &str) -> String {
        let words: Vec<&str> = command.split_whitespace().collect();
        match words.as_slice() {
            ["cp", "-r", from, "../bookshop"] => copy(&root().join(from), &self.bookshop()),
            ["cd", "../bookshop"] => self.folder = self.bookshop(),
            ["echo", "$?"] => return format!("{}\n", self.code),
            ["cargo", "boundaries", arguments @ ..] => {
                assert_eq!(self.folder, self.bookshop(), "nothing is written into the clone");
                let (text, code) = boundaries(&[&["boundaries"], arguments].concat(), &self.folder);
                self.code = code;
                let here = self.folder.to_string_lossy().replace('\\', "/");
                let here = here.trim_start_matches("//?/").to_owned();
                return text.replace('\\', "/").replace(&here, AT_HOME);
            }
            _ => panic!("the guide's reader cannot run `{command}`"),
        }
        String::new()
    }

    /// Writes the file that the block's first line names, or adds to its end.
    fn write(&self, block: &[&str]) {
        let name = block[0].strip_prefix("# ").expect("the first line names the file");
        let (name, before) = match name.strip_suffix(", at the end") {
            Some(name) => (name, fs::read_to_string(self.bookshop().join(name)).expect(name) + "\n"),
            None => (name, String::new()),
        };
        let text = block[1..].join("\n");
        fs::write(self.bookshop().join(name), format!("{before}{text}\n")).expect(name);
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).expect("a file");
        }
    }
}
