//! `cargo boundaries fix`: what can be mended by machine, as a diff, or written.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style as Paint};
use camino::Utf8Path;

use super::mend::{contradiction, counted, listed, write};
use super::{Exit, fail, print, print_error};
use crate::cli::{Common, FixArguments};
use crate::edit::unified;
use crate::error::Error;
use crate::pipeline::{Mend, Mending, load};
use crate::source::printable;

pub(super) fn run(common: &Common, arguments: FixArguments) -> Exit {
    if let Some(error) = contradiction(common) {
        return fail(&error, common);
    }
    common.each_workspace(|manifest| of(common, arguments, manifest))
}

/// One workspace.
fn of(common: &Common, arguments: FixArguments, manifest: Option<&Utf8Path>) -> Result<Exit, Error> {
    let mend = Mend::Reported { sort: arguments.sort };
    let mending = load(&common.options(manifest))?.mend(mend)?;
    let style = common.stdout_style();
    if mending.files.is_empty() {
        say(common, "nothing to mend\n");
        return Ok(Exit::Clean);
    }
    if arguments.write {
        write(&mending)?;
        let text = format!("{}wrote {}\n", listed(&mending, "- "), files(&mending));
        return Ok(print(&text, style));
    }
    let printed = print(&diff(&mending, style.color), style);
    let what = match mending.findings.len() {
        0 => "only order changes".to_owned(),
        _ => format!("{} can go", counted(&mending)),
    };
    let sort = if arguments.sort { " --sort" } else { "" };
    say(
        common,
        &format!("{what}: `cargo boundaries fix{sort} --write` writes this\n"),
    );
    Ok(printed.max(Exit::Findings))
}

/// A note beside the diff, which stands alone on standard output so that `git apply` reads it.
fn say(common: &Common, text: &str) {
    if !common.quiet {
        print_error(text, common.stderr_style());
    }
}

fn files(mending: &Mending) -> String {
    let names: Vec<String> = (mending.files.iter())
        .map(|change| printable(&mending.file(change).path).into_owned())
        .collect();
    names.join(" and ")
}

fn diff(mending: &Mending, color: bool) -> String {
    let mut text = String::new();
    for change in &mending.files {
        let file = mending.file(change);
        text.push_str(&unified(&file.path, &file.text, &change.edits));
    }
    if color { painted(&text) } else { text }
}

/// The diff in the colours that git has taught everybody.
fn painted(diff: &str) -> String {
    let mut out = String::new();
    for line in diff.split_inclusive('\n') {
        let paint = match line.as_bytes() {
            [b'-', b'-', b'-', ..] | [b'+', b'+', b'+', ..] => Paint::new().bold(),
            [b'-', ..] => AnsiColor::Red.on_default(),
            [b'+', ..] => AnsiColor::Green.on_default(),
            [b'@', ..] => AnsiColor::Cyan.on_default(),
            _ => {
                out.push_str(line);
                continue;
            }
        };
        let (content, end) = line.split_at(line.trim_end_matches(['\r', '\n']).len());
        let _ = write!(out, "{paint}{content}{paint:#}{end}");
    }
    out
}
